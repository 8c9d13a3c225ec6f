"""The facts of one case as the rules see it: pure values, the same whether they come from the archive or from a jurist's JSON file.

Keys (`kind`, `traits`, `conditions`, `form`, `signers`, `fields`, `points` …) are those of `resources/policy/vocabulary.toml`.
Moments carry their zone; a day without an hour is a `date`. What is not known is None or left out, never guessed.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Unsuitable:
    """不适宜音像记录: why an activity was not recorded, and who answers for it. `ground` is a key of the vocabulary."""

    ground: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class Activity:
    """One enforcement activity (执法活动) or step of the procedure, with its own time: an inspection, a hearing, a decision, a service.

    `start` is the arrival or the moment itself, `end` the leaving; `finished` is when the acting stopped, where that is not the leaving.
    `traits` say what it touches (major_property, liberty, contested …). `answers` are the ids of the activities whose limit it ends (which
    registration a disposal answers, which seizure a release ends); empty where it does not say, and then it answers any before it.
    """

    id: str
    kind: str
    start: datetime | date | None = None
    end: datetime | None = None
    finished: datetime | None = None
    place: str = ""
    officers: tuple[str, ...] = ()
    traits: frozenset[str] = frozenset()
    unsuitable: Unsuitable | None = None
    document: str = ""  # id of the paper that it serves, notifies or decides
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """An exception to the deposit limit, claimed by somebody for a reason; `kind` must be on the profile's own list."""

    kind: str
    claimant: str
    reason: str


@dataclass(frozen=True)
class Gap:
    """中止: a stretch that was not recorded. Explained by a spoken reason on resuming, or in writing; some profiles want a report at once."""

    start: datetime
    end: datetime
    cause: str = ""
    spoken: bool = False
    written: bool = False
    reported: datetime | None = None


@dataclass(frozen=True)
class Unplaced:
    """中止，位置不明: between `start` and `end` so many seconds were not recorded, and nothing says where; 0 where nothing says how many either.
    `places` are moments at which the file's own timeline begins anew. Explained as a gap is."""

    start: datetime
    end: datetime
    seconds: int
    places: tuple[datetime, ...] = ()
    cause: str = ""
    written: bool = False
    reported: datetime | None = None


@dataclass(frozen=True)
class Logged:
    """What a recorder's own log (设备日志) tells, in corrected wall clock: `kind` is a key of `log` in the vocabulary; `recording` is a stretch
    that it recorded, `footage` the recording that holds it, empty where no file came. `written`: its absence is explained in writing."""

    kind: str
    start: datetime
    end: datetime | None = None
    recorder: str = ""
    activity: str | None = None
    footage: str = ""
    written: bool = False


@dataclass(frozen=True)
class PointSpan:
    """A stretch of wall clock in which a recording proves one key point (重点摄录内容), arrival, leaving or a spoken notice."""

    point: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Footage:
    """One recording. Times are corrected wall clock; `gaps` are those inside the file; `deposited` is None while it is outside the archive.

    `weight` holds the grounds for keeping it for ever that apply (obstruction, major_incident, difficult_case).
    """

    id: str
    activity: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    returned: datetime | None = None
    deposited: datetime | None = None
    claim: Claim | None = None
    device: str = ""
    officer: str = ""
    place: str = ""
    sound: bool = False
    evidence: bool = False
    weight: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    points: tuple[PointSpan, ...] = ()
    label: Mapping[str, str] = field(default_factory=dict)
    sheet: Mapping[str, str] = field(default_factory=dict)
    transcript: str = ""
    intact: bool | None = None  # whether the digest still is that of the deposit; None: not verified yet
    unplaced: Unplaced | None = None


@dataclass(frozen=True)
class Paper:
    """One paper of the case folder: which form it is, when dated, which required items it answers, and what a person confirmed of it.

    `outgoing` goes to a party and must be served; `approved_by` is the role that approved it, as the regulation names it; `signed_pages`
    of `pages` bear the signatures.
    """

    id: str
    form: str
    items: frozenset[str] = frozenset()
    dated: datetime | date | None = None
    activity: str | None = None
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
    copy: bool = False  # 复制件: its source and who checked it against the original stand on it
    state: bool = False  # a state secret


@dataclass(frozen=True)
class Waiver:
    """不适用: a required item that does not apply to this case, with the written reason and who gave it."""

    item: str
    reason: str
    by: str


@dataclass(frozen=True)
class Override:
    """从其规定: a statute, regulation or rule with its own limit. `rank` is law, regulation, rule or normative; a normative paper does not bind."""

    rule: str
    number: int
    unit: str
    cites: str
    rank: str


@dataclass(frozen=True)
class Extension:
    """延长: a decision that makes the limit of one rule longer, by as many units as the rule itself counts in. `by` approved it, `on` that day.

    `subject` is the activity or request whose limit it is, where the rule runs for several of them.
    """

    rule: str
    number: int
    unit: str
    by: str
    on: date
    reason: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Suspension:
    """不计入期限: a stretch (检测, 鉴定, 听证 …) that the limit of one rule leaves out, from the day it began, which still counts, to the day it
    ended, which does not; None while it lasts. `kind` must be on the rule's own list; `told` was told of it in writing, on `told_on`.

    `subject` is the activity whose limit it is, where the rule runs for several of them.
    """

    rule: str
    kind: str
    start: date
    end: date | None = None
    reason: str = ""
    told: str = ""
    told_on: date | None = None
    subject: str = ""


@dataclass(frozen=True)
class CaseEnd:
    """行政执法行为终结: an explicit, signed event; never inferred from the last paper."""

    kind: str
    on: date
    signed_by: str


@dataclass(frozen=True)
class Pause:
    """A stretch that does not count (补正, 征求第三方意见): from the day it began to the day it ended, None while it lasts."""

    kind: str
    start: date
    end: date | None = None


@dataclass(frozen=True)
class Disclosure:
    """A request for government information about the case: its days, pauses, extension and answer."""

    id: str
    received: date
    channel: str = "in_person"
    confirmed: date | None = None
    pauses: tuple[Pause, ...] = ()
    extension: int = 0
    extension_by: str = ""
    answered: date | None = None


@dataclass(frozen=True)
class Penalty:
    """One penalty that was decided: its kind, and for money the amount in fen."""

    kind: str
    fen: int | None = None


@dataclass(frozen=True)
class Matter:
    """What the case is about and what was decided: the number of the row in the list of powers, the organ in whose name the decision was made,
    the penalties, when the unlawful act ended and when it was discovered. `grave`: life, health or financial security, with harm done."""

    power: str = ""
    organ: str = ""
    penalties: tuple[Penalty, ...] = ()
    act_ended: date | None = None
    discovered: date | None = None
    grave: bool | None = None


@dataclass(frozen=True)
class Volume:
    """案卷 as it is bound: which fields of the cover (封面) and of the closing note (备考表) are filled, and the list of contents (卷内目录)
    as ids of papers in their order. `alone`: no other folder bears its number; None where that was not looked at. `unseen` are fields of the
    cover or the closing note that stand on paper alone: whether they are filled, a person looks."""

    archive_number: str = ""
    alone: bool | None = None
    cover: frozenset[str] = frozenset()
    closing_note: frozenset[str] = frozenset()
    contents: tuple[str, ...] = ()
    pages_run_on: bool | None = None
    unseen: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Deeds:
    """The activities of one kind in a case: all of them, those that do not say what they answer, and those that do, by the id of it."""

    every: list[Activity] = field(default_factory=list)
    free: list[Activity] = field(default_factory=list)
    answering: dict[str, list[Activity]] = field(default_factory=dict)


@dataclass(frozen=True)
class CaseFacts:
    """One case, whole. `conditions` holds the answers given (hearing held? seizure? …); a condition left out is not answered yet."""

    number: str = ""
    kind: str = "penalty"
    procedure: str = "ordinary"
    conditions: Mapping[str, bool] = field(default_factory=dict)
    activities: tuple[Activity, ...] = ()
    footage: tuple[Footage, ...] = ()
    papers: tuple[Paper, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    overrides: tuple[Override, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    case_end: CaseEnd | None = None
    filed: datetime | None = None
    retention_years: int | None = None  # of the case file; 0 means for ever
    holds: tuple[str, ...] = ()
    volume: Volume | None = None
    extensions: tuple[Extension, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    matter: Matter | None = None
    log: tuple[Logged, ...] = ()

    @functools.cached_property
    def deeds(self) -> Mapping[str, Deeds]:
        """The activities by their kinds, read once: of a thousand seizures each asks what released it."""
        found: dict[str, Deeds] = {}
        for one in self.activities:
            deeds = found.setdefault(one.kind, Deeds())
            deeds.every.append(one)
            if not one.answers:
                deeds.free.append(one)
            for answered in one.answers:
                deeds.answering.setdefault(answered, []).append(one)
        return found
