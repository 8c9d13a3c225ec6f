"""职权清单: the list in force, a draft of it row by row or from a spreadsheet, kept as a version, confirmed by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.powers import Power, parse_powers, powers_text
from desktop.registers import PowerLine
from models.filenames import safe_export_name
from views.common import Cell, Column, Empty, Rows, Table, banner, button, chip, content, edit, empty, field, fill, hbox, panel, vbox
from views.common.dialogs import ask_password, ask_reason
from views.common.page import Page
from views.common.panels import Panel, pair
from views.registers.power_form import PowerForm
from views.registers.words import basis_words, organ_words, penalties_words, version_more, version_state, version_words
from views.reports.saved import Chooser, choose_file
from views.rulebook.section import Faces, First, Section
from views.terms import read_day

SIDE = 440


@dataclass(frozen=True)
class _Read:
    """The versions, and the rows of the one in view."""

    versions: tuple[PowerLine, ...]
    version: int
    rows: tuple[Power, ...]


class PowersSection(Section):
    """A list, and beside it the versions and the row one stands on, or the form."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.choose_file: Chooser = choose_file
        self.rows: list[Power] = []
        self.drafting = False
        self._versions: tuple[PowerLine, ...] = ()
        self._version, self._editing = 0, ""
        self.model = Rows([Column(_("No."), 56, lambda one: Cell(one.number, ink="ink2")),
                           Column(_("Unlawful act and article"), 0, lambda one: Cell(one.cause, one.article)),
                           Column(_("Organ"), 176, lambda one: Cell(organ_words(one), basis_words(one))),
                           Column(_("Penalties"), 232, lambda one: Cell(penalties_words(one)))])
        self.table = Table(self.model, _("Powers"))
        self.table.setMinimumHeight(160)
        self.table.chosen.connect(self._show_row)
        self.table.opened.connect(lambda _one: self.edit_row())
        self.bring, self.take = (button(_("Import …"), "", "download-simple", on=self._choose), button(_("Save as a spreadsheet"), "", "table",
                                                                                                       on=self._save_sheet))
        self.nothing = Empty("seal", _("The list of powers is empty"), _(
            "Until it is filled, a person judges V1 (power of the organ) and V7 (kind and amount) of the marking sheet. Save the empty spreadsheet, "
            "fill it in and import it, or add the first power here."))
        self._strip = vbox(gap=0)
        self._make_side()
        self.side = Faces(lambda: self.beside, self._make_form)
        self.side.setFixedWidth(SIDE)
        left = panel(_("List of powers"), content(self._strip), (self.nothing, 1), (self.table, 1), tail=(self.take, self.bring))
        self.setLayout(hbox((left, 1), self.side, gap=16))

    def _make_side(self) -> None:
        self._row = vbox(gap=6)
        self.edit_it = button(_("Edit …"), "quiet", "pencil-simple", on=self.edit_row)
        self.drop_it = button(_("Take out"), "quiet", "trash", on=self.drop_row)
        self.detail = panel(_("The power in the list"), content(self._row), tail=(self.drop_it, self.edit_it))
        self.lines = Rows([Column(_("Version"), 56, lambda one: Cell(str(one.version), ink="ink2")),
                           Column(_("Drafted and confirmed"), 0, lambda one: Cell(version_words(one), version_more(one))),
                           Column(_("State"), 152, lambda one: Cell(version_state(one)[1], chip=version_state(one)[0]))])
        self.versions = Table(self.lines, _("Versions of the list"))
        self.versions.setMinimumHeight(84)
        self.versions.chosen.connect(self._chose_version)
        self.from_day = field(_("In force from"), edit("", "2026-01-01"), _("The day may lie behind, for decisions made since."))
        self.second = button(_("Confirm as the second person …"), "", "signature", on=self._second)
        self.back = button(_("Take back …"), "quiet", "arrow-u-up-left", on=self._withdraw)
        self.held = panel(_("Versions of the list"), (self.versions, 1), self.from_day, hbox(None, self.back, self.second, gap=8))
        self.beside = content(vbox(self.detail, (self.held, 1), gap=12))

    def _make_form(self) -> Panel:
        self.form = PowerForm(self._kept_row, self.close_form)
        return panel(_("A power"), (self.form, 1))

    # Reading
    def read(self) -> None:
        room, wanted, drafting = self.page.archive.registers, self._version, self.drafting

        def read(_progress: Any) -> _Read:
            versions = tuple(room.powers_versions())
            known = {one.version for one in versions}
            shown = wanted if wanted in known else room.powers().version or max(known, default=0)
            return _Read(versions, shown, tuple(room.power_list(shown).power) if shown and not drafting else ())

        self.page.run(read, self._fill, lane="reads")

    def _fill(self, got: _Read) -> None:
        self._versions, self._version = got.versions, got.version
        self.lines.show_rows(list(got.versions))
        self.held.setVisible(bool(got.versions))
        if not self.drafting:
            self.rows = list(got.rows)
        if got.versions:
            self.versions.choose(next((n for n, one in enumerate(got.versions) if one.version == got.version), 0))
        self._offer()
        self._show()

    def _show(self, number: str = "") -> None:
        """The rows in view, and what stands above them."""
        self.model.show_rows(self.rows)
        self.nothing.setVisible(not self.rows)
        self.table.setVisible(bool(self.rows))
        self.detail.setVisible(bool(self.rows))
        self.side.setVisible(bool(self.rows or self._versions or self.side.number))
        if self.rows:
            self.table.choose(next((n for n, one in enumerate(self.rows) if one.number == number), 0))
        empty(self._strip)
        if self.drafting:
            keep = button(_("Keep as a version …"), "primary", "check", "Ctrl+S", on=self._keep)
            drop = button(_("Drop the draft"), "quiet", on=self._drop_draft)
            fill(self._strip, [banner("soon", _("Changed and not kept yet"), _("{n} powers").format(n=len(self.rows)), hbox_of(drop, keep)), 8])
        self.take.say(_("Save as a spreadsheet") if self.rows else _("Save the empty spreadsheet"))
        self.changed.emit()

    def _offer(self) -> None:
        may = self.page.may
        self.bring.setVisible(may("registers.powers_draft").allowed)
        line = self._line()
        waits = line is not None and line.waits
        for part in (self.second, self.from_day):
            part.setVisible(waits and may("registers.powers_second").allowed)
        self.second.allow(line is not None and not line.mine, _("Another person must confirm what you drafted"))
        self.back.setVisible(line is not None and line.withdrawn_at is None and may("registers.powers_withdraw").allowed)
        control = self.from_day.control
        if waits and not control.text():  # type: ignore[attr-defined]  # an edit
            control.setText(day_of(self.page.archive.clock.now()).isoformat())  # type: ignore[attr-defined]

    def _line(self) -> PowerLine | None:
        return next((one for one in self._versions if one.version == self._version), None)

    def _chose_version(self, line: PowerLine) -> None:
        if line.version != self._version and not self.drafting:
            self._version = line.version
            self.read()
        self._offer()

    def _show_row(self, one: Power) -> None:
        empty(self._row)
        facts = [(_("Unlawful act"), one.cause), (_("Organ"), organ_words(one)), (_("Whose power"), basis_words(one)), (_("Article"), one.article),
                 (_("Its penalties"), penalties_words(one)),
                 (_("Limitation"), _("{n} years").format(n=one.years) if one.years else _("the general one"))]
        fill(self._row, [chip(_("row {number}").format(number=one.number), "quiet"), *[pair(name, words, 72) for name, words in facts if words]])
        may = self.page.may("registers.powers_draft").allowed
        self.edit_it.setVisible(may)
        self.drop_it.setVisible(may)

    # What may be done
    def first(self) -> First | None:
        return None if self.side.number else First(_("Add a power"), "plus", "registers.powers_draft")

    def begin(self) -> None:
        numbers = [int(one.number) for one in self.rows if one.number.isdecimal()]
        organ = self.rows[-1].organ if self.rows else ""
        self._open(None, str(max(numbers, default=0) + 1), organ)

    def edit_row(self) -> None:
        """The form for the row one stands on."""
        one = self.table.row()
        if isinstance(one, Power) and self.page.may("registers.powers_draft").allowed:
            self._open(one, one.number, one.organ)

    def _open(self, power: Power | None, number: str, organ: str) -> None:
        self._editing = power.number if power is not None else ""
        self.side.show()
        self.side.turn(1)
        self.form.begin(power, number, organ, frozenset(one.number for one in self.rows if one.number != self._editing))
        self.changed.emit()

    def close_form(self) -> None:
        """Back to the list."""
        self.side.turn(0)
        self.side.setVisible(bool(self.rows or self._versions))
        self.changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept_row(self, power: Power) -> None:
        place = next((n for n, one in enumerate(self.rows) if self._editing and one.number == self._editing), len(self.rows))
        self.rows[place:place + 1] = [power]
        self._drafted(power.number)
        self.close_form()

    def drop_row(self) -> None:
        """Take the row one stands on out of the draft."""
        one = self.table.row()
        if isinstance(one, Power):
            self.rows.remove(one)
            self._drafted()

    def _drafted(self, number: str = "") -> None:
        self.drafting = True
        self._show(number)

    def _drop_draft(self) -> None:
        self.drafting = False
        self.read()

    def _choose(self) -> None:
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ReadOnly
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose the list of powers"), str(Path.home()), "*.xlsx *.toml", options=options)
        if chosen:
            self.load(Path(chosen))

    def load(self, path: Path) -> None:
        """Show a file's rows as a draft; a mistake is told with its row, and nothing is changed then."""
        room = self.page.archive.registers
        self.page.run(lambda _p: parse_powers(room.powers_file(path)).power, self._loaded, lane="reads")

    def _loaded(self, rows: list[Power]) -> None:
        self.rows = list(rows)  # one's own: what was read is kept for whoever reads the same text again
        self._drafted()
        self.page.say("good", _("{n} powers were read").format(n=len(rows)), _("Look through them, then keep them as a version."))

    def _save_sheet(self) -> None:
        path = self.choose_file(self, _("Where the spreadsheet is to go"), safe_export_name(f"{_('List of powers')}.xlsx"))
        if path is not None:
            room, rows = self.page.archive.registers, tuple(self.rows)
            self.page.run(lambda _p: room.powers_sheet(rows, path),
                          lambda saved: self.page.say("good", _("Saved: {name}").format(name=saved.name), str(saved.parent)), lane="wide")

    def _keep(self) -> None:
        room, written = self.page.archive.registers, powers_text(self.rows)
        ask_reason(self, _("Keep the list as a version"), _("It holds nothing until a second person has confirmed it."), _("Keep"),
                   lambda why: self.page.run(lambda _p: room.powers_draft(written, why), self._kept), _("Why, and after which paper"))

    def _kept(self, version: int) -> None:
        self.drafting, self._version = False, version
        self.page.say("good", _("Version {n} of the list is kept").format(n=version), _("Another person must confirm it now."))
        self.page.reread()

    def _second(self) -> None:
        line, day = self._line(), self._day()
        if line is None or day is None:
            return
        room, version = self.page.archive.registers, line.version
        what = _("Version {n} with {rows} powers, drafted by {name}, is in force from {day}: cases decided since then are judged by it.").format(
            n=version, rows=line.rows, name=line.author, day=day.isoformat())
        ask_password(self, self.page.bridge, _("Confirm the list of powers"), what, _("Confirm"),
                     lambda password, _p: room.powers_second(version, day, password), lambda _n: self._in_force(version))

    def _day(self) -> date | None:
        try:
            written = read_day(self.from_day.control.text())  # type: ignore[attr-defined]  # an edit
        except ValueError:
            written = None
        self.from_day.tell("" if written else "bad", "" if written else _("Please write a day like 2026-10-20"))
        return date.fromisoformat(written) if written else None

    def _in_force(self, version: int) -> None:
        self.page.say("good", _("Version {n} of the list is confirmed").format(n=version))
        self.page.reread()

    def _withdraw(self) -> None:
        line, room = self._line(), self.page.archive.registers
        if line is not None:
            ask_reason(self, _("Take version {n} of the list back").format(n=line.version), _("The one before it counts again, or none."),
                       _("Take back"), lambda why: self.page.run(lambda _p: room.powers_withdraw(line.version, why),
                                                                  lambda _n: self.page.reread()), danger=True)

    def step_back(self) -> bool:
        if self.side.number:
            self.close_form()
            return True
        if not self.table.hasFocus() and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False


def hbox_of(*parts: QWidget) -> QWidget:
    """Parts side by side as one."""
    return content(hbox(*parts, gap=8))
