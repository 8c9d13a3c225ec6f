"""What a profile is made of: one typed value for each kind of rule, as `resources/policy/*.toml` writes them.

Every rule carries its id, its article, the article's own words and the mark of its source: `text` (the regulation itself), `V` read in the
statute, `v` seen in a published page, `k` known but not verified; a `k` is shown as to be confirmed. Keys of events, forms, signers,
fields, conditions and key points are those of `resources/policy/vocabulary.toml`.

Where a clock starts and ends is written in a small language: `case_end`, `filed`, `footage.end`, `footage.day`, `footage.returned`,
`footage.deposited`, `disclosure.received`, `disclosure.confirmed`, `disclosure.answered`, `year`, `activity(KIND).start`,
`activity(KIND).end`, `paper(FORM).dated`, `disclosure.pause(KIND).start`, `disclosure.pause(KIND).end`; `service_*` names every way of
service; several are parted by `|`, the first known counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["text", "V", "v", "k"]
Unit = Literal["hour", "day", "working_day", "month", "year"]
Per = Literal["case", "footage", "activity", "disclosure", "year"]
Level = Literal["full", "sync", "suitable", "as_needed", "may"]
Excuse = Literal["none", "unsuitable", "unsuitable_reasoned", "secrecy"]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What every rule has. `note` says what is inferred, disputed or to be chosen, in the office's words."""

    id: str
    article: str
    text: str
    mark: Mark = "text"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """To which cases a rule applies: all of `when` true and none of `unless`; empty lists do not narrow."""

    when: list[str] = field(default_factory=list)
    unless: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class DeadlineRule(Rule, Scope):
    """A limit of time. `topic` is what it is about (deposit, filing, emergency …): a profile's rule takes the place of the base's with the
    same topic, unless the base's is `always`. `before` counts back from the start (「七日前」). `override`: 从其规定. `given` is a moment that
    must be known for the limit to exist at all; an activity before `after`, where that is known, is not the start that is meant. `exceptions` are the
    kinds that may be claimed, and then `exception_number` of `exception_unit` run from `exception_start`. `due_on` is a fixed day MM-DD; with
    `before` («1月31日前») the day before it is the safe one. `pauses` are kinds of pause whose days do not count, `restarts` those after
    which the count begins anew. `suspensions` are kinds of stretch (检测, 鉴定 …) whose days the limit leaves out once a person enters them:
    `suspension_article` and `suspension_text` say where the text has it, `suspension_told` whom it wants told in writing. `soon_percent`: the last
    share of the span in which the clock warns. `lapses`: a right of the party or of a third person, which goes out unused; nobody is late."""

    topic: str
    title: str
    per: Per = "case"
    given: str = ""
    after: str = ""
    start: str
    end: str
    number: int = 0
    unit: Unit = "day"
    before: bool = False
    due_on: str = ""
    override: bool = False
    always: bool = False
    exceptions: list[str] = field(default_factory=list)
    exception_number: int = 0
    exception_unit: Unit = "hour"
    exception_start: str = ""
    pauses: list[str] = field(default_factory=list)
    restarts: list[str] = field(default_factory=list)
    soon_percent: int = 25
    lapses: bool = False
    extension: int = 0
    extension_by: str = ""
    suspensions: list[str] = field(default_factory=list)
    suspension_article: str = ""
    suspension_text: str = ""
    suspension_told: str = ""
    inferred_roll: bool = False  # the roll-over of the last day is by analogy: show both days, alarm on the raw one


@dataclass(frozen=True, kw_only=True)
class ItemRule(Rule, Scope):
    """A thing that must be on record in a stage. `forms` are named papers (all of them, or any when `any_form`); `fields` must be in them;
    `signers` must have signed (any of them when `any_signer`). `each` asks for one paper for every activity of that kind (or of one of several,
    parted by |); with `or_recorded` a recording of that activity does as well as the signers and fields, and where no form is named as the
    whole (「文字或音像」). `every` asks only that each paper of those forms that is in the folder is signed so (「上述文书均应由……签字」):
    without one it does not apply. `signers_if_any` sign too where there is such a person (委托代理人): shown, never demanded."""

    stage: Literal["start", "investigate", "decide", "serve", "file"]
    title: str
    forms: list[str] = field(default_factory=list)
    any_form: bool = False
    fields: list[str] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)
    any_signer: bool = False
    signers_if_any: list[str] = field(default_factory=list)
    every: bool = False
    each_page: bool = False
    each: str = ""
    or_recorded: bool = False
    min_officers: int = 0
    approver: str = ""
    must: bool = True
    waivable: bool = True

    @property
    def each_of(self) -> tuple[str, ...]:
        """The kinds of activity that need a paper each."""
        return tuple(self.each.split("|")) if self.each else ()

    def approved(self, by: str) -> bool:
        """Whether it is enough that this one approved: of 「办案科室负责人签署意见，局领导（含局主要领导）批准」 the last clause counts."""
        return bool(by) and by in self.approver.split("，")[-1]


@dataclass(frozen=True, kw_only=True)
class DutyRule(Rule, Scope):
    """A duty to record (音像记录): for activities of `events`, and with all of `traits` where given. `choice` names the reading it belongs to
    as `choice=option`, empty for all. `lacking` are traits that must not be there (no witness). `instead_of` names the id of the duty that
    gives way where this one applies."""

    title: str
    level: Level
    excuse: Excuse
    events: list[str]
    traits: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    instead_of: str = ""
    uninterrupted: bool = False
    choice: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderRule(Rule, Scope):
    """先后顺序: what `second` names must not come before what `first` names (both in the small language; of several the earliest counts).
    An activity with one of the traits in `lacking` is excepted. `suspected`: the law knows exceptions that only a person can see."""

    title: str
    first: str
    second: str
    lacking: list[str] = field(default_factory=list)
    suspected: bool = False


@dataclass(frozen=True, kw_only=True)
class SpanRule(Rule):
    """From when to when a FULL recording runs: arrival until `leave` or until the `activity_end`."""

    end: Literal["leave", "activity_end"]
    spoken: list[str] = field(default_factory=list)  # what must be said aloud (语音说明), as key points


@dataclass(frozen=True, kw_only=True)
class PointsRule(Rule):
    """重点摄录内容: the key points, as keys of the vocabulary."""

    points: list[str]


@dataclass(frozen=True, kw_only=True)
class InterruptionRule(Rule):
    """中止记录: the causes that the text lists (open where `open_list`), and what is owed on resuming, or where it cannot be resumed. With
    `written_on_resuming` a written reason does as well as a spoken one (「说明」, not 「语音说明」)."""

    causes: list[str]
    open_list: bool = True
    spoken_on_resuming: bool = True
    written_on_resuming: bool = False
    written_otherwise: bool = True
    report_to: str = ""  # a role: at once


@dataclass(frozen=True, kw_only=True)
class RetentionRule(Rule):
    """保存期限 of recordings: least years (0: the text gives none), what evidence follows, and grounds for keeping for ever."""

    least_years: int = 0
    in_principle: bool = False
    evidence: Literal["", "case_file", "permanent"] = ""
    permanent: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class EvidenceRule(Rule):
    """What a recording needs to serve as evidence: fields of its description sheet; whether a disc is attached, a copy is filed."""

    fields: list[str]
    disc: bool = False
    copy: bool = False
    transcript: bool = False


@dataclass(frozen=True, kw_only=True)
class LabelRule(Rule):
    """What must be marked on a stored recording (案号、当事人、承办人)."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class UseRule(Rule):
    """查阅复制: who may ask, and whose approval it takes; empty where the text is silent."""

    who: str = ""
    approver: str = ""


@dataclass(frozen=True, kw_only=True)
class Provision(Rule):
    """Any other article that the program shows or cites: custody, equipment, secrecy, violations, off-site backup … `topic` says which."""

    topic: str
    title: str
    points: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A disputed reading: the options with their words, and the one in force."""

    key: str
    article: str
    question: str
    options: dict[str, str]
    chosen: str


@dataclass(frozen=True, kw_only=True)
class NoRule:
    """An article without a rule for the software, and why."""

    article: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Silence:
    """本制度未规定，适用上位法: a topic that the text leaves open, and the base's rules that apply instead (empty: none that fixes a number)."""

    topic: str
    title: str
    national: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A question about the case. Asked of a person, or derived: true if any of `any` is (or all of `all` are), if an activity of one of
    `activities` exists (with `traits`: one that bears any of them), if a paper of one of `forms` does, or if kind or procedure is among
    those named. With `ask` a person is asked where nothing on record shows it yet (作出决定). An activity of one of `denied_by` answers no
    where nobody has said otherwise (不启动 of a case that was started)."""

    key: str
    title: str
    any: list[str] = field(default_factory=list)
    all: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    traits: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    denied_by: list[str] = field(default_factory=list)
    ask: bool = False

    @property
    def derived(self) -> bool:
        """Whether anything on record can show it."""
        return bool(self.any or self.all or self.activities or self.forms or self.kinds or self.procedures)

    @property
    def asked(self) -> bool:
        """Whether a person is asked: where nothing on record can show it, or where `ask` says so."""
        return self.ask or not self.derived


@dataclass(frozen=True, kw_only=True)
class Profile:
    """One regulation as the archive works by it. The base (`national`) has the same shape."""

    format: int
    key: str
    version: int
    title: str
    short: str
    issuer: str
    effective: str
    base: str = ""
    province: str = ""  # of the provincial measures: set by the user, empty until then
    kinds: list[str] = field(default_factory=list)
    procedures: list[str] = field(default_factory=list)
    articles: int = 0
    deadline: list[DeadlineRule] = field(default_factory=list)
    item: list[ItemRule] = field(default_factory=list)
    duty: list[DutyRule] = field(default_factory=list)
    order: list[OrderRule] = field(default_factory=list)
    span: list[SpanRule] = field(default_factory=list)
    points: list[PointsRule] = field(default_factory=list)
    interruption: list[InterruptionRule] = field(default_factory=list)
    retention: list[RetentionRule] = field(default_factory=list)
    evidence: list[EvidenceRule] = field(default_factory=list)
    label: list[LabelRule] = field(default_factory=list)
    use: list[UseRule] = field(default_factory=list)
    provision: list[Provision] = field(default_factory=list)
    choice: list[Choice] = field(default_factory=list)
    no_rule: list[NoRule] = field(default_factory=list)
    silence: list[Silence] = field(default_factory=list)
    condition: list[Condition] = field(default_factory=list)
    national: frozenset[str] = field(default_factory=frozenset, metadata={"made": True})  # ids of the rules that came from the base

    def cite(self, article: str) -> str:
        """An article as the law names it: «西岗办法第十六条»; the short title alone where there is none."""
        return f"{self.short}{article}"

    def cite_rule(self, rule: Rule) -> str:
        """The article of a rule; those of the base name their statute themselves."""
        return rule.article if rule.id in self.national or self.key == "national" else self.cite(rule.article)

    def limits(self, topic: str) -> list[DeadlineRule]:
        """The limits of time about one topic: more than one where a text sets several."""
        return [rule for rule in self.deadline if rule.topic == topic]
