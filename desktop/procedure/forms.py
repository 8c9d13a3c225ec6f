"""What the room of procedure takes and gives: drafts that a person fills in, and lines that pages show. Moments carry their zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from models.facts import Claim, Gap, Unplaced, Unsuitable
from models.terms import ActivityId, CaseId, ComponentId, DepositId, RecorderId, RecordId, StatementId, StatementKind, SuspensionId


@dataclass(frozen=True)
class ActivityDraft:
    """One enforcement activity or step as it is first written; `kind` and `traits` are keys of the vocabulary. `answers` are the registrations,
    seizures … whose limit it ends; empty where it does not say, and then it ends those of all before it."""

    kind: str
    start: datetime | date | None = None
    end: datetime | None = None
    finished: datetime | None = None
    place: str = ""
    officers: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    document: RecordId | None = None
    note: str = ""
    answers: tuple[ActivityId, ...] = ()


@dataclass(frozen=True)
class ActivityLine:
    """One activity of a case; `title` and `stage` are the vocabulary's. `recorded`: recordings are usual for its kind."""

    id: ActivityId
    kind: str
    title: str
    stage: str
    recorded: bool
    start: datetime | date | None
    end: datetime | None
    finished: datetime | None
    place: str
    officers: tuple[str, ...]
    traits: frozenset[str]
    document: RecordId | None
    unsuitable: Unsuitable | None
    note: str
    footage: tuple[ComponentId, ...]
    person: str
    at: str
    answers: tuple[ActivityId, ...] = ()


@dataclass(frozen=True)
class AnswerableLine:
    """An activity with a limit of its own that another one ends. `by` are the kinds that end it, `must` those of them that end nothing else and
    so say which they answer; `open` those for which a limit of it still waits."""

    id: ActivityId
    title: str
    start: datetime | date | None
    place: str
    by: frozenset[str]
    must: frozenset[str]
    open: frozenset[str]


@dataclass(frozen=True)
class SuspensionDraft:
    """不计入期限: a stretch that a limit leaves out, as it is entered. `kind` is a key of the rule's own list; `start` is its first day, which still
    counts, `end` its last, None while it lasts; `told` was told of it in writing on `told_on`."""

    kind: str
    start: date
    end: date | None = None
    reason: str = ""
    told: str = ""
    told_on: date | None = None


@dataclass(frozen=True)
class SuspensionLine:
    """One stretch that was entered, also one taken back: of which rule and subject, what, by whom, when."""

    id: SuspensionId
    rule: str
    subject: str
    draft: SuspensionDraft
    person: str
    at: str
    withdrawn_at: str | None


@dataclass(frozen=True)
class PaperDraft:
    """What a person confirms of one paper: which form it is, which required items it answers, when dated, who signed, which fields are in it.

    `outgoing` goes to a party and must be served; `approved_by` is the role that approved it, as the regulation names it; `signed_pages` of
    `pages` bear the signatures.
    """

    form: str
    items: frozenset[str] = frozenset()
    dated: datetime | date | None = None
    activity: ActivityId | None = None
    signers: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    officers: tuple[str, ...] = ()
    interviewed: str = ""
    start: datetime | None = None
    end: datetime | None = None
    evidence: bool = False
    outgoing: bool = False
    approved_by: str = ""
    pages: int | None = None
    signed_pages: int | None = None
    copy: bool = False  # 复制件: its source and who checked it stand on it


@dataclass(frozen=True)
class PaperLine:
    """One paper of a case; `confirmed` None while nobody has looked at it, then `suggested` is the form that its title names."""

    record: RecordId
    title: str
    stage: str
    made_on: str | None
    confirmed: PaperDraft | None
    suggested: str = ""
    person: str = ""
    at: str = ""


@dataclass(frozen=True)
class FootageDraft:
    """Where a recording belongs. Without `start` it is reckoned from the camera's time less what the recorder was ahead at docking."""

    activity: ActivityId | None = None
    recorder: RecorderId | None = None
    start: datetime | None = None
    end: datetime | None = None
    returned: datetime | None = None
    officer: str = ""


@dataclass(frozen=True)
class FootageLine:
    """One recording of a case. `camera_time` is the device's own text, untouched; `start` and `end` are corrected by `ahead_ms`.

    Of `gaps` those in `found` are told by the file itself and noted by nobody; `unplaced` is what is missing of it without a place. `walked`
    says how that is known: by its index, by its packets (part: not to its end), not at all (none: the format keeps no times), never looked at ("").
    """

    component: ComponentId
    record: RecordId
    title: str
    name: str
    sound: bool
    duration_us: int | None
    camera_time: str | None
    start: datetime | None
    end: datetime | None
    ahead_ms: int
    confirmed: bool
    activity: ActivityId | None
    recorder: RecorderId | None
    device: str
    returned: datetime | None
    deposited: datetime
    officer: str
    claim: Claim | None
    evidence: bool
    weight: frozenset[str]
    gaps: tuple[Gap, ...]
    sheet: Mapping[str, str]
    transcript: str
    found: tuple[Gap, ...] = ()
    unplaced: Unplaced | None = None
    walked: str = ""


@dataclass(frozen=True)
class SheetDraft:
    """音像资料的文字说明: the fields by their titles, the transcript of sound, whether it is evidence, grounds for keeping it for ever."""

    fields: Mapping[str, str] = field(default_factory=dict)
    transcript: str = ""
    evidence: bool = False
    weight: frozenset[str] = frozenset()


@dataclass(frozen=True)
class StatementDraft:
    """A written statement with the exact stretch that it is about, ready to be read, completed and signed."""

    kind: StatementKind
    text: str
    activity: ActivityId | None = None
    component: ComponentId | None = None
    start: datetime | None = None
    end: datetime | None = None
    cause: str = ""
    reported: datetime | None = None


@dataclass(frozen=True)
class StatementLine:
    """One signed statement; one that was withdrawn stays. `sound` says whether the signature fits what the statement says."""

    id: StatementId
    draft: StatementDraft
    person: str
    at: str
    withdrawn_at: str | None
    sound: bool = True


@dataclass(frozen=True)
class ReasonLine:
    """A waiver, an override, a hold: what, why, who, when, and when it was taken back. `what` is the item, the rule, or empty."""

    id: int
    what: str
    reason: str
    person: str
    at: str
    ended_at: str | None = None
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True)
class EndingLine:
    """行政执法行为终结 as it was signed; `sound` says whether the signature fits."""

    kind: str
    on: date
    person: str
    at: str
    withdrawn_at: str | None
    sound: bool


@dataclass(frozen=True)
class FilingOrderLine:
    """A leader's order to file with gaps, and the gaps as they stood: (item, title, article)."""

    gaps: tuple[tuple[str, str, str], ...]
    reason: str
    person: str
    at: str
    sound: bool


@dataclass(frozen=True)
class RecorderDraft:
    """One recorder of the agency's register."""

    number: str
    model: str = ""
    holder: str = ""
    unit: str = ""
    note: str = ""
    active: bool = True


@dataclass(frozen=True)
class RecorderLine:
    """One recorder, with the clock as it was last read: by how many milliseconds it was ahead of the desk's."""

    id: RecorderId
    draft: RecorderDraft
    ahead_ms: int | None
    read_at: str | None
    readings: int


@dataclass(frozen=True)
class ClockReadingLine:
    """One reading of a recorder's clock: what it said, what the desk's said, and by how many milliseconds it was ahead."""

    device_time: str
    desk_time: str
    ahead_ms: int
    person: str


@dataclass(frozen=True)
class RecorderLogLine:
    """One log of a recorder: its file, by which layout it was read, from when to when it tells by the recorder's own clock, how many events."""

    component: ComponentId
    name: str
    layout: str
    first: str
    last: str
    count: int
    person: str
    at: str


@dataclass(frozen=True)
class WaitingLogLine:
    """A log that came with a deposit and belongs to no recorder yet; `numbers` are those that it names."""

    component: ComponentId
    name: str
    layout: str
    first: str
    last: str
    count: int
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class DockDraft:
    """The clock of a recorder as it was read at docking, against the clock of the desk."""

    device_time: datetime
    deposit: DepositId | None = None


@dataclass(frozen=True)
class TimelineMark:
    """One thing on the timeline of a case: `lane` is a stage, `kind` activity, paper, footage, gap, clock, statement, ending or approval."""

    lane: str
    kind: str
    id: str
    title: str
    start: datetime | date
    end: datetime | None = None


@dataclass(frozen=True)
class DueLine:
    """One clock that somebody should look at: in which case, what, under which article, when it alarms and when it is due.

    `late` as of now; `left` in seconds until the limit, negative when it is over.
    """

    case: CaseId
    case_number: str
    rule: str
    subject: str
    component: ComponentId | None
    topic: str
    title: str
    article: str
    alarm: datetime
    due: datetime
    late: bool
    left: int
    provisional: bool


@dataclass(frozen=True)
class QuestionLine:
    """A question about the case that rules ask and only a person can answer; `answer` None while nobody has. `of_sheet`: no rule of the
    regulation hangs on it, only the marking sheet."""

    key: str
    title: str
    answer: bool | None
    of_sheet: bool = False
