"""What the rules answer: clocks with their sums, items, duties, alarms, retention. Pure values; words are those of the office (Chinese law terms)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ClockState(StrEnum):
    """`WAITING` has no start yet, `RUNNING` runs, `SOON` is within its warning, `LATE` is over and not met, `MET` in time, `MET_LATE` too late,
    `PAUSED` stands still, `LAPSED` is over for somebody outside, whose right has lapsed: nobody here is late. A claim that the text does not
    list leaves the ordinary limit running and is told in `Clock.refused_claim`."""

    WAITING = "waiting"
    RUNNING = "running"
    SOON = "soon"
    LATE = "late"
    MET = "met"
    MET_LATE = "met_late"
    PAUSED = "paused"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Ground:
    """Where a verdict comes from: the rule, its article as cited («西岗办法第十六条»), its words, its mark, and whether it is the base's."""

    rule: str
    article: str
    text: str
    mark: str
    national: bool = False
    note: str = ""


@dataclass(frozen=True)
class Step:
    """One line of a sum: a day or stretch, and what it did (start, counted, skipped, rolled, paused, due); `words` are ready to show."""

    kind: str
    at: datetime | date
    words: str


@dataclass(frozen=True)
class Clock:
    """One limit of time in one case, opened into its sum. `subject` is the id of the footage, activity or disclosure it is about, else empty.

    `raw` is the limit as counted, `due` after roll-over to a working day where that applies; the alarm is always on `raw` where the
    roll-over is by analogy. `provisional`: a year whose notice of days off is not loaded takes part.
    """

    topic: str
    title: str
    ground: Ground
    subject: str
    state: ClockState
    start: datetime | date | None
    raw: datetime | None
    due: datetime | None
    alarm: datetime | None
    met: datetime | date | None
    steps: tuple[Step, ...]
    provisional: bool = False
    calendar: str = ""
    refused_claim: str = ""
    unit: str = ""  # what it is counted in: hour, day, working_day …

    @property
    def late(self) -> bool:
        """Whether it is over and was not met in time."""
        return self.state in (ClockState.LATE, ClockState.MET_LATE)

    @property
    def limit(self) -> datetime | None:
        """The last moment that is still in time, by the later of the two readings."""
        return None if self.due is None else max(self.due, self.raw or self.due)


class Standing(StrEnum):
    """How a required item or a duty stands."""

    PRESENT = "present"
    MISSING = "missing"
    INCOMPLETE = "incomplete"  # there, but a field, signer or paper of it is not
    NOT_APPLICABLE = "not_applicable"  # by the case's own answers
    WAIVED = "waived"  # not applicable with a written reason
    UNANSWERED = "unanswered"  # depends on a question not answered yet
    VIOLATED = "violated"  # cannot be made good
    EXCUSED = "excused"  # not recorded, for a reason that the text allows
    OPTIONAL = "optional"


@dataclass(frozen=True)
class ItemVerdict:
    """One required item: how it stands, the papers that answer it, and what exactly is wanting, in words."""

    id: str
    title: str
    stage: str
    ground: Ground
    standing: Standing
    must: bool
    papers: tuple[str, ...] = ()
    wanting: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    waivable: bool = True
    waiver: str = ""

    @property
    def open(self) -> bool:
        """Whether it holds up filing."""
        return self.must and self.standing in (Standing.MISSING, Standing.INCOMPLETE, Standing.UNANSWERED)


@dataclass(frozen=True)
class Stretch:
    """A stretch of wall clock: proven, unproven, or a gap (`kind`), and which key point it is about, if any."""

    start: datetime
    end: datetime
    kind: str
    point: str = ""
    footage: str = ""
    words: str = ""


@dataclass(frozen=True)
class PointVerdict:
    """One key point of one activity: proven by these seconds, or not."""

    point: str
    title: str
    proven: tuple[Stretch, ...]


@dataclass(frozen=True)
class DutyVerdict:
    """One activity under its duty to record: level, whether an excuse is possible, what is proven and what stays red.

    `coverage` is the activity from arrival to leaving, cut into proven and unproven stretches and gaps, in order. `meaning` says what
    "proven" means at this level. Without `ground` the text is silent and the level is the list's recommendation: never a violation.
    """

    activity: str
    kind: str
    title: str
    level: str
    excuse: str
    ground: Ground | None
    standing: Standing
    footage: tuple[str, ...]
    coverage: tuple[Stretch, ...]
    points: tuple[PointVerdict, ...]
    wanting: tuple[str, ...] = ()
    sharpened: bool = False  # by the agency's own list
    meaning: str = ""
    row: int = 0  # of the list of matters to record (音像记录事项清单); 0 where none covers it


@dataclass(frozen=True)
class GapVerdict:
    """One gap between or inside recordings: exact stretch, how it is explained, and what is still owed (spoken reason, statement, report).

    Without `ground` the text is silent: nothing is wanting, and `recommended` says what is wise. `footage` is the recording before the gap,
    `resumed` the one after it, empty where recording was not taken up again. `cause` is a key of the vocabulary.

    `kind` is gap; or unplaced: somewhere in the stretch so many `seconds` are missing (0: nobody can tell how many), and nothing says where; or
    no_file: a recorder's log tells of a recording there that was never deposited. `words` say the stretch.
    """

    activity: str
    start: datetime
    end: datetime
    ground: Ground | None
    explained: str
    wanting: tuple[str, ...]
    recommended: tuple[str, ...] = ()
    cause: str = ""
    footage: str = ""
    resumed: str = ""
    kind: str = "gap"
    seconds: int = 0
    words: str = ""


@dataclass(frozen=True)
class OrderAlarm:
    """A thing out of order: `kind` is the rule of order, `first` and `second` what is in the wrong order, with their moments."""

    kind: str
    words: str
    first: str
    second: str
    ground: Ground | None = None
    suspected: bool = False


@dataclass(frozen=True)
class RetentionVerdict:
    """How long one recording is kept: the longer of file and footage rule; `until` None and `permanent` for ever; `held` stops any disposal."""

    footage: str
    permanent: bool
    until: date | None
    grounds: tuple[Ground, ...]
    held: tuple[str, ...]
    words: str
    unsafe: bool = False  # shorter than a dispute can still come
    provisional: bool = False  # the file's own period or its beginning is not known yet


@dataclass(frozen=True)
class Answers:
    """Everything the rules say about one case at one moment. `unheard` is what was given with the facts and no rule takes up."""

    profile: str
    version: int
    calendar: str
    clocks: tuple[Clock, ...]
    items: tuple[ItemVerdict, ...]
    duties: tuple[DutyVerdict, ...]
    gaps: tuple[GapVerdict, ...]
    alarms: tuple[OrderAlarm, ...]
    retention: tuple[RetentionVerdict, ...]
    silences: tuple[str, ...]
    unheard: tuple[str, ...] = ()
