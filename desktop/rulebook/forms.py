"""What the room of rules takes and gives: versions of profiles, calendars, local days, rows of the agency's own list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class VersionLine:
    """One version of a profile. The one that came with the program has no author; `in_force` as of today."""

    key: str
    version: int
    title: str
    built_in: bool
    author: str = ""
    at: str = ""
    reason: str = ""
    seconded_by: str = ""
    seconded_at: str | None = None
    effective_from: date | None = None
    withdrawn_at: str | None = None
    in_force: bool = False


@dataclass(frozen=True)
class DifferenceLine:
    """One line of the difference of two versions: `sign` is blank for what both have, `-` for the first's, `+` for the second's."""

    sign: str
    text: str
    old_line: int | None
    new_line: int | None


@dataclass(frozen=True)
class CalendarLine:
    """One year of days off: its newest version, where it comes from, and who loaded it (nobody: it came with the program)."""

    year: int
    version: int
    source: str
    off: int
    work: int
    person: str = ""
    at: str = ""


@dataclass(frozen=True)
class LocalDayLine:
    """A local day off, or a working day by local order."""

    id: int
    day: date
    off: bool
    name: str
    source: str
    person: str
    at: str


@dataclass(frozen=True)
class DutyDraft:
    """A row of the agency's own list of matters to record; `level` and `excuse` are keys of the vocabulary and of the rules."""

    event: str
    level: str
    excuse: str = "unsuitable_reasoned"
    traits: frozenset[str] = frozenset()
    what: str = ""
    place: str = ""
    begins: str = ""
    ends: str = ""
    keeping: str = ""
    reason: str = ""


@dataclass(frozen=True)
class DutyLine:
    """A row of the agency's own list, and who entered it."""

    id: int
    draft: DutyDraft
    title: str
    person: str
    at: str


@dataclass(frozen=True)
class DraftLine:
    """One's own new version in the making. `base_text` is what it was copied from; `seen` the newest confirmed version that it reckons with;
    `reasons` are why each rule was changed, by the rule's id."""

    key: str
    base: int
    base_text: str
    seen: int
    text: str
    reason: str
    reasons: dict[str, str]
    revision: int
    begun_at: str
    kept_at: str


@dataclass(frozen=True)
class OtherDraft:
    """Somebody else's draft of the same profile, or (with its `version`) one that waits for its second person."""

    person: str
    base: int
    at: str
    version: int


@dataclass(frozen=True)
class DraftState:
    """How it stands with drafts of a profile: one's own, the one thrown away last, the newest confirmed version, those of others."""

    own: DraftLine | None
    thrown: DraftLine | None
    confirmed: int
    others: tuple[OtherDraft, ...]

    @property
    def moved(self) -> bool:
        """Whether a version was confirmed that one's own draft does not reckon with yet."""
        return self.own is not None and self.confirmed > self.own.seen


@dataclass(frozen=True)
class PendingLine:
    """A version that waits for the person here to confirm it."""

    key: str
    version: int
    title: str
    author: str
    at: str
    reason: str


@dataclass(frozen=True)
class Waiting:
    """What waits for the person here: versions to confirm, years whose notice of days off is wanted, rows of the list that count no more,
    versions of the list of powers."""

    versions: tuple[PendingLine, ...] = ()
    years: tuple[int, ...] = ()
    rows: tuple[str, ...] = ()
    powers: int = 0

    @property
    def count(self) -> int:
        """How many pieces of work that is."""
        return len(self.versions) + len(self.years) + len(self.rows) + self.powers
