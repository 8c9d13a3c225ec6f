"""What a clock's sum says beside the counting: the event it starts from, what is odd about the dates, and how it was met."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import day_of
from desktop.policy.counting import Counted
from desktop.policy.known import At, Subject, as_moment, earlier
from desktop.policy.moments import Moment
from desktop.policy.verdicts import Step
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import day_words, moment_words


def moment_title(moment: Moment | None) -> str:
    """What a moment is called: 音像记录制作完成, 听证结束, 《立案审批表》的日期."""
    if moment is None:
        return ""
    if moment.subject == "activity":
        name = _("service") if moment.key.endswith("*") else vocabulary().title("event", moment.key)
        return (_("{event}, end") if moment.face == "end" else "{event}").format(event=name)
    if moment.subject == "paper":
        return _("date of the {form}").format(form=moment.key)
    if moment.subject == "pause":
        name = vocabulary().title("pause", moment.key)
        return (_("{kind} sent") if moment.face == "start" else _("{kind} received")).format(kind=name)
    return {("case", "case_end"): _("end of the enforcement act"), ("case", "filed"): _("filing"), ("year", "end"): _("end of the year"),
            ("footage", "end"): _("recording finished"), ("footage", "day"): _("end of that day’s enforcement"),
            ("footage", "returned"): _("return to the office"), ("footage", "deposited"): _("recording handed in"),
            ("disclosure", "received"): _("request received"), ("disclosure", "confirmed"): _("receipt confirmed with the applicant"),
            ("disclosure", "answered"): _("request answered")}[moment.subject, moment.face]


def at_words(at: At) -> str:
    """A moment or a day, as it is known."""
    return moment_words(at) if isinstance(at, datetime) else day_words(at)


def met_words(met: At, counted: Counted, latest: datetime) -> str:
    """How it was met: in time, within the roll-over only, or late."""
    over = met > latest if isinstance(met, datetime) else as_moment(met) >= latest
    if over:
        return _("done {day}: late").format(day=at_words(met))
    if as_moment(met) >= min(counted.raw, counted.due) and counted.raw != counted.due:
        return _("done {day}: in time by the later of the two days only").format(day=at_words(met))
    return _("done {day}: in time").format(day=at_words(met))


def at_once_words(met: At) -> str:
    """How a limit without a number (立即) was met: only a person can say whether that was at once."""
    return _("done {day}: the text names no hours; whether that was at once, a person judges").format(day=at_words(met))


def odd_words(calendar: OfficeCalendar, subject: Subject, start: At, met: At | None, now: datetime, before: bool) -> Iterator[Step]:
    """Dates that cannot be right, told and counted all the same."""
    if calendar.years and start.year < min(calendar.years):
        yield Step("odd", start, _("{day} is before every calendar that is loaded: check the date").format(day=at_words(start)))
    if not before and as_moment(start) > now and day_of(start) > day_of(now) and not subject.year:
        yield Step("odd", start, _("{day} is still to come: check the date").format(day=at_words(start)))
    if met is not None and not before and earlier(met, start):
        yield Step("odd", met, _("done {end}, before its start {start}: check both dates").format(end=at_words(met), start=at_words(start)))
    span = subject.footage or subject.activity
    if span is not None and span.start is not None and span.end is not None and earlier(span.end, span.start):
        yield Step("odd", span.end, _("ends {end}, before it begins {start}: check both times").format(
            end=at_words(span.end), start=at_words(span.start)))
    yield from odd_request(subject)
    footage = subject.footage
    if footage is not None and footage.returned is not None and footage.end is not None and earlier(footage.returned, footage.end):
        yield Step("odd", footage.returned, _("back at the office {day}, before the recording ended {end}: check both times").format(
            day=at_words(footage.returned), end=at_words(footage.end)))


def odd_request(subject: Subject) -> Iterator[Step]:
    """What cannot be right about the days of a request: confirmed, asked about or put right before it came in."""
    request = subject.disclosure
    if request is None:
        return
    if request.confirmed is not None and request.confirmed < request.received:
        yield Step("odd", request.confirmed, _("confirmed {day}, before the request came in {received}: check both days").format(
            day=day_words(request.confirmed), received=day_words(request.received)))
    for pause in request.pauses:
        title = vocabulary().title("pause", pause.kind)
        if pause.start < request.received:
            yield Step("odd", pause.start, _("{kind} sent {day}, before the request came in {received}: check both days").format(
                kind=title, day=day_words(pause.start), received=day_words(request.received)))
        if pause.end is not None and pause.end < pause.start:
            yield Step("odd", pause.end, _("{kind} ends {end}, before it begins {start}: check both days").format(
                kind=title, end=day_words(pause.end), start=day_words(pause.start)))
