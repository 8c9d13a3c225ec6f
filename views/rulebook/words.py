"""Words of the rules' page: versions and their state, the clock of a recorder, a day of the office's year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from desktop.i18n import _
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import BEIJING
from desktop.policy.rule_fields import FieldValue
from desktop.policy.wording import day_words
from desktop.rulebook import OtherDraft, VersionLine
from views.terms import office_day


def version_state(line: VersionLine, today: date) -> tuple[str, str]:
    """Kind and words of a version's chip: 施行中, 待另一人确认, 2026-12-01 起施行, 已撤回, 已由新版接替."""
    if line.withdrawn_at:
        return "quiet", _("withdrawn")
    if line.in_force:
        return "good", _("in force")
    if not line.built_in and not line.seconded_at:
        return "wait", _("waits for a second person")
    if line.effective_from is not None and line.effective_from > today:
        return "soon", _("in force from {day}").format(day=line.effective_from.isoformat())
    return "quiet", _("a newer version holds")


def version_name(line: VersionLine) -> str:
    """第 2 版."""
    return _("Version {n}").format(n=line.version)


def version_story(line: VersionLine) -> str:
    """Who drafted it, when and why, who confirmed it."""
    if line.built_in:
        return _("came with the program")
    parts = [_("drafted by {name}, {day}: {reason}").format(name=line.author, day=office_day(line.at), reason=line.reason)]
    if line.seconded_at:
        parts.append(_("confirmed by {name}, {day}").format(name=line.seconded_by, day=office_day(line.seconded_at)))
    if line.effective_from is not None:
        parts.append(_("from {day} on").format(day=line.effective_from.isoformat()))
    return " · ".join(parts)


def ahead_words(ahead_ms: int) -> str:
    """比本机快 12 秒, 比本机慢 1 分 5 秒, 与本机一致 (within half a second)."""
    seconds = round(abs(ahead_ms) / 1000)
    if seconds == 0:
        return _("agrees with this desk")
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [(hours, _("{n} h")), (minutes, _("{n} min")), (seconds, _("{n} s"))]
    amount = " ".join(words.format(n=n) for n, words in parts if n)
    return (_("{amount} ahead of this desk") if ahead_ms > 0 else _("{amount} behind this desk")).format(amount=amount)


def day_said(calendar: OfficeCalendar, day: date) -> str:
    """One day in full: 2026年10月1日（星期四）：国庆节假日，不上班."""
    why = calendar.why(day)
    works = _("worked") if calendar.is_working(day) else _("not worked")
    said = _("{day}: {why}, {works}").format(day=day_words(day), why=why, works=works) if why else _("{day}: {works}").format(
        day=day_words(day), works=works)
    return said if calendar.announced(day.year) else _("{said} (provisional)").format(said=said)


def today_of(now: datetime) -> date:
    """The day it is in the office."""
    return now.astimezone(BEIJING).date()


def listed(one: FieldValue) -> str:
    """A list as it is written in one field: 甲、乙、丙."""
    return "、".join(one.options.get(part, part) for part in one.value)


def unlisted(one: FieldValue, words: str) -> tuple[list[str], str]:
    """The keys of a list that a person wrote, and the first word that is none of the vocabulary's. Commas inside brackets part nothing."""
    keys = {title: key for key, title in one.options.items()}
    parts = [part.strip() for part in re.split(r"[、;；](?![^（(]*[)）])", words) if part.strip()]
    strange = next((part for part in parts if one.options and part not in keys and part not in one.options), "")
    return [keys.get(part, part) for part in dict.fromkeys(parts)], strange


def others_words(others: Sequence[OtherDraft]) -> str:
    """Who else has a draft of the same regulation, or one that waits, in a sentence each."""
    said = []
    for one in others:
        told = _("{name} has a draft of it too, kept {day}.")
        if one.version:
            told = _("{name} handed version {n} on, {day}; it waits for a second person.")
        said.append(told.format(name=one.person, n=one.version, day=office_day(one.at)))
    return " ".join(said)


def read_clock(now: datetime) -> str:
    """09:31, office time."""
    return f"{now.astimezone(BEIJING):%H:%M}"
