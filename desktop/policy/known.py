"""What the facts of a case know of a moment that a rule names, for the case itself or for one recording, activity, request or year of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.policy.clocks import DAY, begin_of, day_of
from desktop.policy.counting import in_reach
from desktop.policy.disclosure import regime
from desktop.policy.moments import Moment
from models.facts import Activity, CaseFacts, Deeds, Disclosure, Footage

At = datetime | date


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clock is about; the case itself where nothing is set."""

    id: str = ""
    footage: Footage | None = None
    activity: Activity | None = None
    disclosure: Disclosure | None = None
    year: int = 0


CASE = Subject()


def as_moment(at: At) -> datetime:
    """A moment for comparing: a day stands for its 0:00."""
    return at if isinstance(at, datetime) else begin_of(at)


def subjects(facts: CaseFacts, per: str, starts: Sequence[Moment], ends: Sequence[Moment]) -> Iterator[Subject]:
    """Everything in the case that such a rule runs for."""
    if per == "case":
        yield CASE
    elif per == "footage":
        yield from (Subject(one.id, footage=one) for one in facts.footage)
    elif per == "disclosure":
        yield from (Subject(one.id, disclosure=one) for one in facts.disclosures)
    elif per == "year":
        yield from (Subject(str(year), year=year) for year in years_of(facts))
    else:
        meant = [m for m in starts if m.subject == "activity"] or [m for m in ends if m.subject == "activity"]
        kinds = {kind for kind in facts.deeds if any(m.covers(kind) for m in meant)}
        yield from (Subject(one.id, activity=one) for one in facts.activities if one.kind in kinds)


def years_of(facts: CaseFacts) -> list[int]:
    """The years in which something of the case happened."""
    found = {day_of(one.start).year for one in facts.activities if one.start is not None and in_reach(one.start)}
    if facts.case_end is not None and in_reach(facts.case_end.on):
        found.add(facts.case_end.on.year)
    return sorted(found)


def known(facts: CaseFacts, moment: Moment, subject: Subject) -> list[At]:
    """Every time that the facts hold for that moment, in no order; none where it is not known."""
    if moment.subject == "case":
        at = facts.filed if moment.face == "filed" else facts.case_end.on if facts.case_end is not None else None
        return [] if at is None else [at]
    if moment.subject == "footage":
        return _of_footage(facts, moment, subject.footage)
    if moment.subject == "activity":
        return _of_activities(facts, moment, subject)
    if moment.subject == "paper":
        return _of_papers(facts, moment, subject)
    if moment.subject == "year":
        return [date(subject.year, 12, 31)] if subject.year else []
    return _of_disclosure(moment, subject.disclosure)


def _of_footage(facts: CaseFacts, moment: Moment, footage: Footage | None) -> list[At]:
    if footage is None:
        return []
    if moment.face != "day":
        at: At | None = getattr(footage, moment.face)
        return [] if at is None else [at]
    if footage.end is not None:
        return [_work_day(facts, footage, footage.end)]
    recorded = [one for one in facts.activities if one.id == footage.activity]
    return [day_of(at) for one in recorded if (at := one.end or one.start) is not None]


def _work_day(facts: CaseFacts, footage: Footage, end: datetime) -> date:
    """The day on which that day's enforcement ended: the day after, where the act itself went on over midnight. One of several days is not meant."""
    for one in facts.activities:
        if (one.id == footage.activity and one.end is not None and isinstance(one.start, datetime) and one.start <= end <= one.end
                and one.end - one.start < DAY):
            return day_of(one.end)
    return day_of(end)


def _of_activities(facts: CaseFacts, moment: Moment, subject: Subject) -> list[At]:
    """Of an activity's own limit: itself, or what answers it; what names no activity answers any, what names others does not answer this one."""
    own = subject.activity
    if own is not None and moment.covers(own.kind):
        meant = [own]
    else:
        meant = []
        for deeds in _covered(facts, moment):
            meant += deeds.every if own is None else (*deeds.free, *deeds.answering.get(own.id, ()))
    found = [_face(one, moment.face) for one in meant]
    return [at for at in found if at is not None]


def _covered(facts: CaseFacts, moment: Moment) -> Iterator[Deeds]:
    """The activities of every kind that is meant."""
    if not moment.key.endswith("*"):
        if moment.key in facts.deeds:
            yield facts.deeds[moment.key]
        return
    yield from (deeds for kind, deeds in facts.deeds.items() if moment.covers(kind))


def _face(activity: Activity, face: str) -> At | None:
    if face == "start":
        return activity.start
    if activity.end is not None or activity.finished is not None:
        return activity.end or activity.finished
    return None if isinstance(activity.start, datetime) else activity.start  # dated by its day alone, it ended on it


def _of_papers(facts: CaseFacts, moment: Moment, subject: Subject) -> list[At]:
    meant = [one for one in facts.papers if one.dated is not None and moment.covers(one.form)]
    own = [one for one in meant if one.activity is not None and one.activity == subject.id]
    return [one.dated for one in own or meant if one.dated is not None]


def _of_disclosure(moment: Moment, disclosure: Disclosure | None) -> list[At]:
    if disclosure is None:
        return []
    if moment.subject == "disclosure":
        at: At | None = getattr(disclosure, moment.face)
        if moment.face == "confirmed" and (channel := regime().channels.get(disclosure.channel)) is not None and not channel.confirmed:
            return []  # handed in or signed for, it was received that day, whatever was confirmed later (条例§31)
        return [] if at is None else [at]
    spans = [one for one in disclosure.pauses if one.kind == moment.key]
    return [at for one in spans if (at := one.start if moment.face == "start" else one.end) is not None]


def first_known(facts: CaseFacts, moments: Sequence[Moment], subject: Subject, since: At | None = None) -> tuple[At, Moment] | None:
    """The first alternative that is known; of several times the earliest, for a recording none before its end, no activity before `since`."""
    least = subject.footage.end if subject.footage is not None else None
    for moment in moments:
        found = known(facts, moment, subject)
        if least is not None and moment.subject in ("activity", "paper"):
            found = [at for at in found if day_of(at) >= day_of(least)]
        if since is not None and moment.subject == "activity":
            found = [at for at in found if not earlier(at, since)]
        if found:
            return min(found, key=as_moment), moment
    return None


def met_after(facts: CaseFacts, moments: Sequence[Moment], subject: Subject, start: At | None, before: bool) -> At | None:
    """When what the rule asks for was done: the first time from the start on (the last one up to it, where it counts back), else any.

    Where each activity has its own limit, what was done before it and does not name it was done for another: a seizure is not released
    before it is made.
    """
    every: list[At] = []
    own = subject.activity
    for moment in moments:
        found = known(facts, moment, subject)
        if start is not None:
            fit = [at for at in found if (as_moment(at) <= as_moment(start) if before else not earlier(at, start))]
            if fit:
                return (max if before else min)(fit, key=as_moment)
            if own is not None and moment.subject == "activity" and not before:
                named = [own] if moment.covers(own.kind) else []
                for deeds in _covered(facts, moment):
                    named += deeds.answering.get(own.id, ())
                found = [at for one in named if (at := _face(one, moment.face)) is not None]
        if not _another_paper(moment):
            every += found
    return min(every, key=as_moment) if every else None


def done_before(facts: CaseFacts, moments: Sequence[Moment], subject: Subject) -> At | None:
    """What may have been meant for this activity but came before it: worth a look at both dates, though it ends no limit."""
    if subject.activity is None:
        return None
    every = [at for moment in moments if moment.subject == "activity" and not _another_paper(moment) for at in known(facts, moment, subject)]
    return min(every, key=as_moment) if every else None


def _another_paper(moment: Moment) -> bool:
    """What was served before a decision is not its service, but another paper's."""
    return moment.subject == "activity" and moment.key.startswith("service_")


def earlier(one: At, other: At) -> bool:
    """Whether one is before the other; where either is only a day, whether it is an earlier day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day_of(one) < day_of(other)
