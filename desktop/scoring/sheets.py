"""The agency's marking sheet in its versions: kept as text, checked strictly; a marking keeps the version that it began under."""

from __future__ import annotations

from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.mistakes import Mistake
from desktop.policy.sheet import Sheet, check_sheet, default_sheet, parse_sheet
from desktop.scoring.forms import SheetVersionLine
from models.people import Person
from models.rulebook import MarkingSheet

BUILT_IN = 1  # the version that came with the program


class SheetActs(Service):
    """评查表: version 1 came with the program, every later one is the agency's own."""

    @act("scoring.sheet_edit")
    def sheet_edit(self, text: str, reason: str) -> int:
        """Keep a new version of the sheet, in force for markings begun from now on; returns its number.

        Raises `Refusal`: change.reason_missing, sheet.faulty (with the first mistake and its line), scoring.sheet_unchanged.
        """
        if not reason.strip():
            raise Refusal("change.reason_missing")
        parse_sheet(text)
        held = self._version()
        if text == self._text(held):
            raise Refusal("scoring.sheet_unchanged", version=held)
        MarkingSheet.create(version=held + 1, text=text, reason=reason.strip(), person=self.archive.person.id,
                            at=stamp(self.archive.clock.now()))
        self._note(version=held + 1, reason=reason.strip())
        return held + 1

    @reading("scoring.read")
    def sheet_version(self) -> int:
        """The version in force."""
        return self._version()

    @reading("scoring.read")
    def sheet(self, version: int) -> Sheet:
        """The sheet in one version. Raises `Refusal` not_found."""
        return self._sheet(version)

    @reading("scoring.read")
    def sheet_text(self, version: int) -> str:
        """The text of one version, as it may be copied for a new one."""
        return self._text(version)

    @reading("scoring.read")
    def sheet_mistakes(self, text: str) -> list[Mistake]:
        """Every mistake of a text, by line: for an editor, before it is kept."""
        return check_sheet(text)

    @reading("scoring.read")
    def sheet_versions(self) -> list[SheetVersionLine]:
        """Every version, the newest first."""
        rows = MarkingSheet.select(MarkingSheet, Person).join(Person).order_by(MarkingSheet.version.desc())
        lines = []
        for row in rows:
            held = parse_sheet(row.text)
            lines.append(SheetVersionLine(row.version, held.title, len(held.row), row.person.name, row.at, row.reason))
        return [*lines, SheetVersionLine(BUILT_IN, default_sheet().title, len(default_sheet().row))]

    def _version(self) -> int:
        newest = MarkingSheet.select(MarkingSheet.version).order_by(MarkingSheet.version.desc()).first()
        return newest.version if newest else BUILT_IN

    def _text(self, version: int) -> str:
        if version == BUILT_IN:
            return (RESOURCES / "policy" / "marking_sheet.toml").read_text(encoding="utf-8")
        row = MarkingSheet.get_or_none(MarkingSheet.version == version)
        if row is None:
            raise Refusal("not_found")
        return str(row.text)

    def _sheet(self, version: int) -> Sheet:
        return default_sheet() if version == BUILT_IN else parse_sheet(self._text(version))
