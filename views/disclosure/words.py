"""A request and its steps in words: how it stands, what was done on which day, what happened to which field."""

from __future__ import annotations

import json
from datetime import date, datetime

from desktop.clock import moment
from desktop.disclosure import DisclosureLine, StepLine
from desktop.grants import local_text
from desktop.i18n import _
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.disclosure import regime
from desktop.policy.verdicts import Clock, ClockState
from desktop.policy.vocabulary import vocabulary
from models.terms import DisclosureStepKind as Kind
from views.common.limits import clock_chip
from views.common.tags import label_words

_LABELS = ("trade", "privacy", "internal")


def channel_words(key: str) -> str:
    return vocabulary().title("channel", key)


def state_of(line: DisclosureLine, now: datetime) -> tuple[str, str]:
    """Kind and words of a request's chip: 还有 6 个工作日, 暂停计算, 已超期 2 天, 部分公开, 已归档."""
    if line.closed_on is not None:
        return "quiet", _("filed")
    if line.withdrawn_on is not None:
        return "quiet", _("withdrawn")
    if line.answer:
        kind = regime().answers.get(line.answer)
        late = line.clock is not None and line.clock.late
        words = kind.title if kind is not None else line.answer
        return ("late", _("{answer}, late").format(answer=words)) if late else ("good", words)
    if line.clock is None:
        return "quiet", _("no limit")
    return clock_state(line.clock, line.days, now)


def clock_state(clock: Clock, days: int, now: datetime) -> tuple[str, str]:
    """Kind and words of any limit of a request that has so many days left: the same in the list and beside it."""
    if clock.state is ClockState.PAUSED:
        return "wait", _("stands still")
    if clock.state is ClockState.LAPSED:
        return "soon", _("their time is over")
    kind, words = clock_chip(clock, days, now)
    running = clock.provisional and clock.state in (ClockState.RUNNING, ClockState.SOON)
    return kind, _("{words} (provisional)").format(words=words) if running else words


def due_words(clock: Clock | None) -> str:
    """The last day that is in time."""
    return last_day(clock.limit).isoformat() if clock is not None and clock.limit is not None else "–"


def step_title(step: StepLine) -> str:
    """What was done: 征求第三方意见：和润公司, 延长 20 个工作日, 答复：部分公开."""
    if step.kind is Kind.CORRECTION:
        return _("Asked for a correction")
    if step.kind in (Kind.THIRD_PARTY, Kind.OTHER_AGENCY):
        return _("{asked}: {whom}").format(asked=vocabulary().title("pause", step.kind.value), whom=step.whom)
    if step.kind is Kind.EXTENSION:
        return _("Put off by {n} working days, approved by {who}").format(n=step.number, who=step.whom)
    if step.kind is Kind.ANSWER:
        kind = regime().answers.get(step.outcome)
        return _("Answered: {answer}").format(answer=kind.title if kind is not None else step.outcome)
    return _("Withdrawn by the applicant")


def step_ended(step: StepLine) -> str:
    """What came back, or what is waited for."""
    if step.kind is Kind.CORRECTION:
        if step.ended_on is not None:
            return _("corrected request received on {day}").format(day=step.ended_on.isoformat())
        return _("to be corrected by {day}").format(day=step.until.isoformat()) if step.until else _("not corrected yet")
    if step.kind in (Kind.THIRD_PARTY, Kind.OTHER_AGENCY):
        if step.ended_on is None:
            return _("no opinion yet")
        opinion = regime().opinions.get(step.outcome)
        return _("{day}: {opinion}").format(day=step.ended_on.isoformat(), opinion=opinion.title if opinion else step.outcome)
    return _("decided by {who}").format(who=step.whom) if step.kind is Kind.ANSWER and step.whom else ""


def about_words(first: date | None, last: date | None, place: str, officer: str) -> str:
    """Which doings it is about: 2026-10-20，新开路 77 号，周敏."""
    days = ""
    if first is not None or last is not None:
        begun, over = first or last, last or first
        assert begun is not None
        assert over is not None
        days = begun.isoformat() if begun == over else f"{begun.isoformat()} – {over.isoformat()}"
    return "，".join(filter(None, (days, place, officer)))


def change_words(at: str, person: str, name: str, old: str | None, new: str | None, reason: str) -> str:
    """One line of the history: 2026-11-19 16:30　赵平　来文方式：当面 → 互联网　登记有误."""
    was = _("{field}: {old} → {new}").format(field=field_words(name), old=_value(name, old), new=_value(name, new))
    return f"{moment(at).astimezone(BEIJING):%Y-%m-%d %H:%M}　{person}　{was}　{reason}"


def _value(name: str, value: str | None) -> str:
    if name in _LABELS:
        return _("yes") if value and json.loads(value) else _("no")
    if not value:
        return "–"
    if name == "channel":
        return channel_words(value)
    return local_text(value) if name == "withdrawn_at" else value


def field_words(name: str) -> str:
    """What a field is called in the history."""
    if name in _LABELS:
        return label_words(name)
    return {"applicant": _("Applicant"), "contact": _("How to reach them"), "wanted": _("Information asked for"),
            "received_on": _("Received on"), "confirmed_on": _("Receipt agreed on"), "channel": _("How it came"), "about_from": _("About, from"),
            "about_to": _("About, until"), "place": _("Place"), "officer": _("Officers named"), "handler": _("In charge"),
            "number": _("Register number"), "closed_on": _("Closed on"), "withdrawn_at": _("Step taken back"), "about": _("What it is about"),
            "complainant": _("Who complains"), "case_id": _("Case"), "result": _("Result of the complaint")}.get(name, name)
