"""How the marking sheet's items about papers are judged from the facts: each judge finds faults, none of them knows points."""

from __future__ import annotations

import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from itertools import combinations

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.conditions import Questions
from desktop.policy.registers import NONE, Registers
from desktop.policy.rules import ItemRule, Profile
from desktop.policy.said import about
from desktop.policy.sheet import Part
from desktop.policy.verdicts import Answers, ClockState, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from models.facts import Activity, CaseFacts, Paper

LATE = (ClockState.LATE, ClockState.MET_LATE)
LEADER = "leader"


@dataclass(frozen=True)
class Jump:
    """Where to look: the kind of thing (paper, activity, footage, item, clock) and its id."""

    kind: str
    id: str


@dataclass(frozen=True)
class Fault:
    """One fault: which kind (the sheet prices it), what it is in words, and where to look."""

    kind: str
    words: str
    jump: Jump | None = None


@dataclass
class Found:
    """What one judge found. `applies` False: there is nothing of the sort in this case. `open`: what a person must look at first."""

    faults: list[Fault] = field(default_factory=list)
    applies: bool = True
    open: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Case:
    """Everything that judges look at; `seen` is what they have looked at, in order, for whoever wants to look there too."""

    profile: Profile
    facts: CaseFacts
    answers: Answers
    asked: Questions
    registers: Registers = NONE
    seen: dict[Jump, None] = field(default_factory=dict)

    def papers(self, forms: Iterable[str]) -> list[Paper]:
        """The papers of these forms; brackets and signs of either width are the same."""
        wanted = {plain(form) for form in forms}
        return self.saw(paper for paper in self.facts.papers if plain(paper.form) in wanted)

    def activities(self, kinds: Iterable[str]) -> list[Activity]:
        wanted = set(kinds)
        found = [one for one in self.facts.activities if one.kind in wanted]
        self.look(*(Jump("activity", one.id) for one in found))
        return found

    def saw(self, papers: Iterable[Paper]) -> list[Paper]:
        """These papers were looked at."""
        found = list(papers)
        self.look(*(paper_jump(paper) for paper in found))
        return found

    def look(self, *places: Jump) -> None:
        """Something else was looked at."""
        self.seen.update(dict.fromkeys(places))


def plain(form: str) -> str:
    """A form's title for comparing."""
    return unicodedata.normalize("NFKC", form).replace("《", "").replace("》", "").replace(" ", "")


def wanting(fields: Iterable[str], held: Container[str]) -> list[str]:
    """The fields that are not there, by their first name; a field may have several, parted by |."""
    named = [field.split("|") for field in fields]
    return [names[0] for names in named if not any(name in held for name in names)]


def paper_jump(paper: Paper) -> Jump:
    return Jump("paper", paper.id)


def present(case: Case, part: Part) -> Found:
    """One paper of the forms must be there."""
    if case.papers(part.forms):
        return Found()
    return Found([Fault("missing", _("Not on record: {name}").format(name=part.name or part.forms[0]))])


def fields(case: Case, part: Part) -> Found:
    """Every field must be filled on every paper of the forms; priced by field or by paper."""
    found, papers = Found(), case.papers(part.forms)
    for paper in papers:
        absent = wanting(part.fields, paper.fields)
        if "paper" in part.lose and absent:
            found.faults.append(Fault("paper", _("{form}: not there {names}").format(form=paper.form, names=listed_words(absent)), paper_jump(paper)))
        elif "field" in part.lose:
            found.faults += [Fault("field", _("{form}: not there {names}").format(form=paper.form, names=name), paper_jump(paper)) for name in absent]
    found.applies = bool(papers)
    return found


def any_field(case: Case, part: Part) -> Found:
    """The fields must stand on some paper of the forms."""
    held = {name for paper in case.papers(part.forms) for name in paper.fields}
    absent = wanting(part.fields, held)
    return Found([Fault("missing", _("No paper shows: {names}").format(names=listed_words(absent)))] if absent else [])


def signed(case: Case, part: Part) -> Found:
    """Every signer must have signed every paper of the forms; with `number`, so many papers of them at least, no matter which."""
    found, papers = Found(), case.papers(part.forms)
    if part.number:
        good = [paper for paper in papers if set(part.signers) <= paper.signers]
        if len(good) < part.number:
            found.faults.append(Fault("signer", _("No paper bears the signature of: {signers}").format(signers=_signers(part.signers))))
        return found
    for paper in papers:
        found.faults += [Fault("signer", _("{form}: not signed by {signers}").format(form=paper.form, signers=_signers([one])), paper_jump(paper))
                         for one in part.signers if one not in paper.signers]
    found.applies = bool(papers)
    return found


def dated(case: Case, part: Part) -> Found:
    papers = case.papers(part.forms)
    return Found([Fault("undated", _("{form}: no date").format(form=paper.form), paper_jump(paper))
                  for paper in papers if paper.dated is None], bool(papers))


def officers(case: Case, part: Part) -> Found:
    """Every paper of the forms names and is signed by so many officers."""
    papers = case.papers(part.forms)
    faults = [Fault("paper", _("{form}: {count} officers signed, {number} must").format(
        form=paper.form, count=len(set(paper.officers)) if "officer" in paper.signers else 0, number=part.number), paper_jump(paper))
        for paper in papers if "officer" not in paper.signers or len(set(paper.officers)) < part.number]
    return Found(faults, bool(papers))


def one_each(case: Case, part: Part) -> Found:
    """One record for one person interviewed."""
    found, papers = Found(), case.papers(part.forms)
    for paper in papers:
        if not paper.interviewed.strip():
            found.open.append(_("{form}: enter who was interviewed").format(form=paper.form))
        elif any(sign in paper.interviewed for sign in "、，,；;/"):
            found.faults.append(Fault("merged", _("{form}: one record for several persons ({names})").format(
                form=paper.form, names=paper.interviewed), paper_jump(paper)))
    found.applies = bool(papers)
    return found


def overlap(case: Case, part: Part) -> Found:
    """Nobody takes two records at the same time."""
    timed = [(paper, paper.start, paper.end) for paper in case.papers(part.forms) if paper.start is not None and paper.end is not None]
    faults = []
    for (one, begun, over), (other, start, end) in combinations(timed, 2):
        both = sorted(set(one.officers) & set(other.officers))
        if both and begun < end and start < over:
            faults.append(Fault("overlap", _("{one} and {other} overlap in time for {names}").format(
                one=one.form, other=other.form, names=listed_words(both)), paper_jump(other)))
    return Found(faults, bool(timed))


def signed_pages(case: Case, part: Part) -> Found:
    found, papers = Found(), case.papers(part.forms)
    for paper in papers:
        if paper.pages is None or paper.signed_pages is None:
            found.open.append(_("{form}: count the pages and the signed ones").format(form=paper.form))
        else:
            found.faults += [Fault("page", _("{form}: a page without signature").format(form=paper.form), paper_jump(paper))
                             for _n in range(paper.pages - paper.signed_pages)]
    found.applies = bool(papers)
    return found


def start_rules(case: Case, part: Part) -> list[ItemRule]:
    wanted = {plain(form) for form in part.forms}
    return [rule for rule in case.profile.item if rule.stage == "start" and (rule.approver or wanted & {plain(form) for form in rule.forms})
            and case.facts.procedure in (rule.procedures or [case.facts.procedure]) and case.facts.kind in (rule.kinds or [case.facts.kind])]


def start_papers(case: Case, part: Part) -> list[Paper]:
    """The paper that the procedure was started with: of the forms, or of those that the text names, or that answers its item."""
    rules = start_rules(case, part)
    named = case.papers([*part.forms, *(form for rule in rules for form in rule.forms)])
    return named or case.saw(paper for paper in case.facts.papers if paper.items & {rule.id for rule in rules})


def start_form(case: Case, part: Part) -> Found:
    """The fields of the start form that the text in force asks for."""
    papers = start_papers(case, part)
    if not papers:
        return Found([Fault("missing", _("Not on record: {name}").format(name=part.name or part.forms[0]))])
    wanted = dict.fromkeys(name for rule in start_rules(case, part) for name in rule.fields)
    held = {name for paper in papers for name in paper.fields}
    return Found([Fault("field", _("{form}: not there {names}").format(form=papers[0].form, names=name), paper_jump(papers[0]))
                  for name in wanted if name not in held])


def approver(case: Case, part: Part) -> Found:
    """Approved by the rank that the text names; where it names none, by anybody."""
    rules = [rule for rule in start_rules(case, part) if rule.approver]
    ranks = {rule.approver for rule in rules}
    found = Found(applies=bool(ranks))
    for paper in start_papers(case, part) if ranks else []:
        if LEADER in paper.signers and not paper.approved_by:
            found.open.append(_("{form}: enter who approved it").format(form=paper.form))
        elif paper.approved_by and not any(rule.approved(paper.approved_by) for rule in rules):
            found.faults.append(Fault("rank", _("Approved by {given}; the text asks for {role}").format(
                given=paper.approved_by, role=listed_words(sorted(ranks))), paper_jump(paper)))
    return found


def items(case: Case, part: Part) -> Found:
    """The papers that the text asks for under these conditions, as the completeness of the file answers."""
    wanted = {rule.id for rule in case.profile.item if set(part.conditions) & set(rule.when)}
    verdicts = [one for one in case.answers.items if one.id in wanted and one.standing != Standing.NOT_APPLICABLE]
    case.look(*(Jump("item", one.id) for one in verdicts))
    faults = [Fault("piece", about(one.title, [words]), Jump("item", one.id)) for one in verdicts if one.open
              for words in (one.wanting or (_("not on record in the file"),))]
    return Found(faults, bool(verdicts))


def many(case: Case, part: Part) -> Found:
    """More pieces of evidence than `number` want a list."""
    pieces = case.saw(paper for paper in case.facts.papers if paper.evidence)
    if len(pieces) <= part.number:
        return Found(applies=False)
    if case.papers(part.forms):
        return Found()
    return Found([Fault("missing", _("{count} pieces of evidence and no list of them").format(count=len(pieces)))])


def clocks(case: Case, part: Part) -> Found:
    """Limits of these topics that were missed, each counted; a refused exception leaves the ordinary limit standing."""
    running = [one for one in case.answers.clocks if one.topic in part.topics]
    case.look(*(Jump("clock", one.subject or one.topic) for one in running))
    faults = [Fault("late", _("{title}: late ({article})").format(title=one.title, article=one.ground.article) +
                    (f" {one.refused_claim}" if one.refused_claim else ""), Jump("clock", one.subject or one.topic))
              for one in running if one.state in LATE]
    return Found(faults, bool(running))


def order(case: Case, part: Part) -> Found:
    """Alarms of order whose kind begins with one of the topics: what the law puts in order, not every odd date."""
    case.look(*(Jump("activity", one.id) for one in case.facts.activities if one.start is not None))
    return Found([Fault("order", one.words, Jump("alarm", one.kind)) for one in case.answers.alarms if one.kind.startswith(tuple(part.topics))])


def approved_activity(case: Case, part: Part) -> Found:
    """Approved: by an event of approval, or a paper of the forms with the leader's signature."""
    if part.events and not case.activities(part.events):
        return Found(applies=False)
    if case.activities(part.by) or any(LEADER in paper.signers for paper in case.papers(part.forms)):
        return Found()
    return Found([Fault("unapproved", _("No approval is on record: {name}").format(name=part.name or part.forms[0]))])


def served(case: Case, part: Part) -> Found:
    """Every outgoing paper has its proof of service, and the proof has its fields and a signature."""
    outgoing = case.saw(paper for paper in case.facts.papers if paper.outgoing)
    proofs = case.papers(part.forms)
    found = Found(applies=bool(outgoing))
    for paper in outgoing:
        services = [one.id for one in case.facts.activities if one.document == paper.id and one.kind.startswith("service_")]
        own = [proof for proof in proofs if proof.activity in services]
        if not own:
            found.faults.append(Fault("unserved", _("{form}: no proof of service").format(form=paper.form), paper_jump(paper)))
        for proof in own:
            absent = wanting(part.fields, proof.fields)
            absent += [] if set(part.signers) & proof.signers else [_signers(part.signers[:1])]
            found.faults += [Fault("field", _("{form}: not there {names}").format(form=proof.form, names=name), paper_jump(proof)) for name in absent]
    return found


def way_fields(case: Case, part: Part) -> Found:
    """Every service of these ways has a proof with these fields."""
    services = case.activities(part.events)
    faults = []
    for one in services:
        held = {name for proof in case.papers(part.forms) if proof.activity == one.id for name in proof.fields}
        faults += [Fault("piece", _("{name}: not there {names}").format(name=part.name, names=name), Jump("activity", one.id))
                   for name in wanting(part.fields, held)]
    return Found(faults, bool(services))


def way_paper(case: Case, part: Part) -> Found:
    services = case.activities(part.events)
    return Found([Fault("piece", _("Not on record: {name}").format(name=part.name), Jump("activity", one.id)) for one in services
                  if not any(paper.activity in (one.id, None) for paper in case.papers(part.forms))], bool(services))


def way_witnessed(case: Case, part: Part) -> Found:
    """Left without a witness and without a recording, service is not proven."""
    services = case.activities(part.events)
    faults = []
    for one in services:
        witnessed = any(set(part.signers) <= proof.signers for proof in case.papers(part.forms) if proof.activity == one.id)
        if not witnessed and not any(piece.activity == one.id for piece in case.facts.footage):
            faults.append(Fault("unproven", _("Left without a witness and without a recording"), Jump("activity", one.id)))
    return Found(faults, bool(services))


def follows(case: Case, part: Part) -> Found:
    """Checked, and not before what it is about was due."""
    checks = case.activities(part.events)
    if not checks and not case.papers(part.forms):
        return Found([Fault("missing", _("Not on record: {name}").format(name=part.name))])
    return Found([Fault("late", _("{title}: late").format(title=one.title), Jump("clock", one.topic)) for one in case.answers.clocks
                  if one.topic in part.topics and one.state in LATE])


def precedes(case: Case, part: Part) -> Found:
    """Before the first of the events something must have been done: an activity of `by`, or a paper of the forms."""
    starts = [day_of(one.start) for one in case.activities(part.events) if one.start is not None]
    if not starts:
        return Found(applies=False)
    before = [one.start for one in case.activities(part.by)] + [paper.dated for paper in case.papers(part.forms)]
    if any(at is not None and day_of(at) <= min(starts) for at in before):
        return Found()
    return Found([Fault("missing", _("Not on record before it: {name}").format(name=part.name))])


def _signers(keys: Iterable[str]) -> str:
    return listed_words(vocabulary().title("signer", key) for key in keys)


