"""试算: one case tried under every regulation, from the archive, from a file of facts or from the example; nothing is written by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.acts import Service, reading
from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.comparison import ComparedRow, compare
from desktop.policy.facts_reading import read_facts
from desktop.policy.profile import profile, profile_names
from models.facts import CaseFacts
from models.terms import CaseId

EXAMPLE = RESOURCES / "policy" / "examples" / "one_case.json"
# The order in which regulations stand beside each other: that of the archive first, the others as they are named.
_MOST = 4_000_000  # characters of a file of facts: more than that is no list of cases


@dataclass(frozen=True)
class Tried:
    """One case under the regulations: their titles as they are cited and in full, and a row for each matter."""

    number: str
    shorts: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[ComparedRow, ...]


class Trial(Service):
    """Reads only. Every regulation is taken as it came with the program, under the calendar that is in force here."""

    @reading("rulebook.read")
    def example(self) -> Tried:
        """The example case that came with the program."""
        return self._tried(read_facts(EXAMPLE.read_text("utf-8"))[0])

    @reading("rulebook.read")
    def file(self, path: Path) -> Tried:
        """The first case of a file of facts (JSON). Raises `Refusal` input.unreadable, facts.none, facts.* with the place of the mistake."""
        try:
            text = path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise Refusal("input.unreadable", path=str(path)) from error
        if len(text) > _MOST:
            raise Refusal("input.unreadable", path=str(path))
        cases = read_facts(text)
        if not cases:
            raise Refusal("facts.none")
        return self._tried(cases[0])

    @reading("procedure.read", subject=lambda case_id: {"case": case_id})
    def case(self, case_id: CaseId) -> Tried:
        """A case folder of this archive, as it stands."""
        return self._tried(self.archive.procedure.facts(case_id))

    def _tried(self, facts: CaseFacts) -> Tried:
        own = self.archive.header.profile
        profiles = [profile(key) for key in sorted(profile_names(), key=lambda key: (key != own, key))]
        rows = compare(facts, self.archive.rulebook.calendar(), self.archive.clock.now(), profiles)
        return Tried(facts.number, tuple(p.short for p in profiles), tuple(p.title for p in profiles), rows)
