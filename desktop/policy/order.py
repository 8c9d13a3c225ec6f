"""What in a case is out of order: a record dated before its event, a decision before the notice, one officer in two interviews at once.

An alarm says what stands in the file, not that somebody did wrong; `suspected` where the law knows exceptions that only a person can see.
Moments with an hour are compared to the second; a day without one is compared by its day, so the same day is never an alarm.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.conditions import Questions, applies, questions
from desktop.policy.grounds import ground
from desktop.policy.moments import parse_moments
from desktop.policy.rules import ItemRule, OrderRule, Profile
from desktop.policy.verdicts import Ground, OrderAlarm
from desktop.policy.vocabulary import Term, vocabulary
from desktop.policy.wording import day_words, listed_words, moment_words
from models.facts import CaseFacts, Paper

At = datetime | date
# Before and after these years a date is a slip of the pen or of a device's clock.
FIRST_YEAR, LAST_YEAR = 1990, 2099


def alarms(profile: Profile, facts: CaseFacts) -> tuple[OrderAlarm, ...]:
    """Everything out of order in the case, each told once."""
    return (*_implausible(facts), *_ends_before_start(facts), *_by_rules(profile, questions(profile, facts)), *_records_before_events(profile, facts),
            *_deposits(facts), *_case_end(facts), *_served_before_date(facts), *_two_at_once(facts), *_too_few(profile, facts))


@dataclass(frozen=True)
class _Named:
    """A moment of the case and what it is the moment of."""

    what: str
    at: At
    traits: frozenset[str] = frozenset()

    @property
    def words(self) -> str:
        return _("{what}: {when}").format(what=self.what, when=_when(self.at))


def _alarm(kind: str, first: _Named, second: _Named, words: str, given: Ground | None = None, suspected: bool = False) -> OrderAlarm:
    return OrderAlarm(kind, words, first.words, second.words, given, suspected)


# ---- what the law orders
def _by_rules(profile: Profile, asked: Questions) -> Iterator[OrderAlarm]:
    for rule in profile.order:
        scope = applies(asked, rule)
        if scope is False:
            continue
        first = _earliest(_moments(rule.first, asked.facts))
        second = _earliest(one for one in _moments(rule.second, asked.facts) if not one.traits & set(rule.lacking))
        if first is not None and second is not None and _before(second.at, first.at):
            yield _alarm(f"order.{rule.id}", first, second, _order_words(rule, first, second), ground(profile, rule), rule.suspected or scope is None)


def _order_words(rule: OrderRule, first: _Named, second: _Named) -> str:
    return _("{rule}: {second} ({at}) comes before {first} ({then})").format(
        rule=rule.title, second=second.what, at=_when(second.at), first=first.what, then=_when(first.at))


def _moments(text: str, facts: CaseFacts) -> Iterator[_Named]:
    """Every moment of the case that an expression names; those of recordings and requests have no order among each other."""
    for one in parse_moments(text):
        if one.subject == "activity":
            for activity in facts.activities:
                at = activity.start if one.face == "start" else activity.end
                if at is not None and one.covers(activity.kind) and plausible(at):
                    yield _Named(vocabulary().title("event", activity.kind), at, activity.traits)
        elif one.subject == "paper":
            for paper in facts.papers:
                if paper.dated is not None and one.covers(paper.form) and plausible(paper.dated):
                    yield _Named(f"《{paper.form}》", paper.dated)
        elif one.face == "case_end" and facts.case_end is not None:
            yield _Named(_("end of the case"), facts.case_end.on)
        elif one.face == "filed" and facts.filed is not None:
            yield _Named(_("filing"), facts.filed)


def _earliest(found: Iterable[_Named]) -> _Named | None:
    best: _Named | None = None
    for one in found:
        if best is None or _before(one.at, best.at):
            best = one
    return best


# ---- what cannot be
def _implausible(facts: CaseFacts) -> Iterator[OrderAlarm]:
    for one in _all_moments(facts):
        if not plausible(one.at):
            words = _("{what} is dated {when}. That cannot be right: correct the date, or the clock of the device.").format(
                what=one.what, when=_when(one.at))
            yield _alarm("implausible", one, one, words, suspected=True)


def plausible(at: At) -> bool:
    """Whether a date can be one of a case at all."""
    return FIRST_YEAR <= at.year <= LAST_YEAR


def _ends_before_start(facts: CaseFacts) -> Iterator[OrderAlarm]:
    for what, start, end in _spans(facts):
        if start is not None and end is not None and _before(end, start):
            first, second = _Named(_("start"), start), _Named(_("end"), end)
            words = _("{what} ends ({end}) before it starts ({start}). Correct one of the two.").format(what=what, end=_when(end), start=_when(start))
            yield _alarm("end_before_start", first, second, words)


def _spans(facts: CaseFacts) -> Iterator[tuple[str, At | None, At | None]]:
    for activity in facts.activities:
        title = vocabulary().title("event", activity.kind)
        yield title, activity.start, activity.end
        yield title, activity.start, activity.finished
    for footage in facts.footage:
        yield _("the recording {id}").format(id=footage.id), footage.start, footage.end
        for gap in footage.gaps:
            yield _("a gap in the recording {id}").format(id=footage.id), gap.start, gap.end
        for span in footage.points:
            yield _("a key point in the recording {id}").format(id=footage.id), span.start, span.end
    for paper in facts.papers:
        yield f"《{paper.form}》", paper.start, paper.end
    for request in facts.disclosures:
        yield _("the request {id}").format(id=request.id), request.received, request.answered
        for pause in request.pauses:
            yield vocabulary().title("pause", pause.kind), pause.start, pause.end


def _all_moments(facts: CaseFacts) -> Iterator[_Named]:
    seen: set[tuple[str, At]] = set()
    singles: list[tuple[str, At | None]] = [(f"《{paper.form}》", paper.dated) for paper in facts.papers]
    for footage in facts.footage:
        name = _("the recording {id}").format(id=footage.id)
        singles += [(name, footage.returned), (name, footage.deposited)]
    singles += [(_("end of the case"), facts.case_end.on if facts.case_end else None), (_("filing"), facts.filed)]
    singles += [(_("the request {id}").format(id=request.id), request.confirmed) for request in facts.disclosures]
    for what, start, end in _spans(facts):
        singles += [(what, start), (what, end)]
    for what, at in singles:
        if at is not None and (what, at) not in seen:
            seen.add((what, at))
            yield _Named(what, at)


# ---- what stands in the papers and recordings
def _records_before_events(profile: Profile, facts: CaseFacts) -> Iterator[OrderAlarm]:
    """Papers of a face-to-face activity that are dated before it. What goes out or is served by it may well be older."""
    activities = {one.id: one for one in facts.activities if (term := _event(one.kind)) is not None and term.recorded}
    made = {(kind, form) for rule in profile.item for kind in rule.each_of for form in rule.forms}
    for paper in facts.papers:
        activity = activities.get(paper.activity or "")
        if activity is None or activity.start is None or paper.dated is None or paper.outgoing or activity.document == paper.id:
            continue
        if plausible(paper.dated) and plausible(activity.start) and _before(paper.dated, activity.start):
            first, second = _Named(vocabulary().title("event", activity.kind), activity.start), _Named(f"《{paper.form}》", paper.dated)
            words = _("{paper} is dated {dated}, before the event that it records: {event} ({at})").format(
                paper=second.what, dated=_when(paper.dated), event=first.what, at=_when(activity.start))
            certain = (activity.kind, paper.form) in made or paper.start is not None
            yield _alarm("record_before_event", first, second, words, suspected=not certain)


def _event(kind: str) -> Term | None:
    return vocabulary().keys("event").get(kind)


def _deposits(facts: CaseFacts) -> Iterator[OrderAlarm]:
    for footage in facts.footage:
        if footage.deposited is not None and footage.end is not None and plausible(footage.end) and footage.deposited < footage.end:
            first, second = _Named(_("end of the recording"), footage.end), _Named(_("deposit"), footage.deposited)
            words = _("The recording {id} was deposited ({deposited}) before it ended ({end}). Look at the clock of the device.").format(
                id=footage.id, deposited=_when(footage.deposited), end=_when(footage.end))
            yield _alarm("deposit_before_end", first, second, words, suspected=True)


def _case_end(facts: CaseFacts) -> Iterator[OrderAlarm]:
    if facts.case_end is None or not plausible(facts.case_end.on):
        return
    end = _Named(_("end of the case"), facts.case_end.on)
    for kind in ("decision", "licence_decision", "on_the_spot"):
        decided = _earliest(_moments(f"activity({kind}).start", facts))
        if decided is not None and _before(end.at, decided.at):
            words = _("The case ended ({end}) before the decision ({decided})").format(end=_when(end.at), decided=_when(decided.at))
            yield _alarm("end_before_decision", decided, end, words)
    if facts.filed is not None and plausible(facts.filed) and _before(facts.filed, end.at):
        words = _("The case was filed ({filed}) before it ended ({end})").format(filed=_when(facts.filed), end=_when(end.at))
        yield _alarm("filed_before_end", end, _Named(_("filing"), facts.filed), words)


# ---- officers
@dataclass(frozen=True)
class _Interview:
    what: str
    activity: str
    start: datetime
    end: datetime
    officers: frozenset[str]


def _two_at_once(facts: CaseFacts) -> Iterator[OrderAlarm]:
    """One officer in two interviews at the same time. An interview and its own record are one; ending and beginning in one minute is no overlap."""
    seen: set[tuple[str, str, frozenset[str]]] = set()
    for one, other in combinations(_interviews(facts), 2):
        both = one.officers & other.officers
        same = one.activity and one.activity == other.activity
        pair = (min(one.activity, other.activity), max(one.activity, other.activity), both)
        if both and not same and max(one.start, other.start) < min(one.end, other.end) and not (pair[0] and pair in seen):
            seen.add(pair)  # the records of the same two interviews say the same again
            words = _("{officers} took part in two interviews at once: {one} and {other}").format(
                officers=listed_words(sorted(both)), one=_span_words(one), other=_span_words(other))
            yield _alarm("two_interviews", _Named(one.what, one.start), _Named(other.what, other.start), words)


def _span_words(one: _Interview) -> str:
    return _("{what} ({start} to {end})").format(what=one.what, start=_when(one.start), end=_when(one.end))


def _interviews(facts: CaseFacts) -> Sequence[_Interview]:
    found = []
    for activity in facts.activities:
        if activity.kind == "interview" and isinstance(activity.start, datetime) and (end := activity.finished or activity.end) is not None:
            found.append(_Interview(vocabulary().title("event", activity.kind), activity.id, activity.start, end, frozenset(activity.officers)))
    for paper in facts.papers:
        if paper.interviewed and paper.start is not None and paper.end is not None:
            what = _("《{form}》 of {person}").format(form=paper.form, person=paper.interviewed)
            found.append(_Interview(what, paper.activity or "", paper.start, paper.end, frozenset(paper.officers)))
    return found


def _served_before_date(facts: CaseFacts) -> Iterator[OrderAlarm]:
    """A paper that was served on a day before its own date."""
    papers = {paper.id: paper for paper in facts.papers}
    for activity in facts.activities:
        paper = papers.get(activity.document) if activity.kind.startswith("service_") else None
        if paper is None or paper.dated is None or activity.start is None or not (plausible(paper.dated) and plausible(activity.start)):
            continue
        if _before(activity.start, paper.dated):
            first, second = _Named(f"《{paper.form}》", paper.dated), _Named(vocabulary().title("event", activity.kind), activity.start)
            yield _alarm("served_before_date", first, second, _("{paper} is dated {dated}, but was served before, {served}").format(
                paper=first.what, dated=_when(first.at), served=_when(second.at)))


def _too_few(profile: Profile, facts: CaseFacts) -> Iterator[OrderAlarm]:
    """Fewer officers than the first rule in force asks for; where no officer is named, completeness asks for the names."""
    asked = questions(profile, facts)
    told: set[str] = set()
    papers: set[str] = set()
    for rule in profile.item:
        scope = applies(asked, rule) if rule.min_officers else False
        if scope is False:
            continue
        for activity in facts.activities:
            term, present = _event(activity.kind), len(set(activity.officers))
            if term is None or term.stage != rule.stage or not term.recorded or activity.id in told or not 0 < present < rule.min_officers:
                continue
            told.add(activity.id)
            what = vocabulary().title("event", activity.kind)
            words = _("{event}: {n} officers took part, at least {least} are needed").format(event=what, n=present, least=rule.min_officers)
            yield OrderAlarm("too_few_officers", words, what, listed_words(activity.officers), ground(profile, rule), scope is None)
        for alarm, paper in _papers_of_too_few(profile, rule, facts, scope is None):
            if paper.id not in papers and paper.activity not in told:
                papers.add(paper.id)
                yield alarm


def _papers_of_too_few(profile: Profile, rule: ItemRule, facts: CaseFacts, unsure: bool) -> Iterator[tuple[OrderAlarm, Paper]]:
    """Papers of the rule's stage that name too few. Only suspected where the rule speaks of who acts and not of papers."""
    forms = set(rule.forms) or {form for one in profile.item if one.stage == rule.stage for form in one.forms}
    for paper in facts.papers:
        named = len(set(paper.officers))
        if paper.form in forms and 0 < named < rule.min_officers:
            words = _("《{form}》: {n} officers are named, at least {least} are needed").format(form=paper.form, n=named, least=rule.min_officers)
            found = ground(profile, rule)
            yield OrderAlarm("too_few_officers", words, f"《{paper.form}》", listed_words(paper.officers), found, unsure or not rule.forms), paper


def _before(one: At, other: At) -> bool:
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one) < day_of(other)


def _when(at: At) -> str:
    return moment_words(at) if isinstance(at, datetime) else day_words(at)
