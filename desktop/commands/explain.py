"""`policy explain --profile KEY FACTS.json`: every verdict of a regulation on facts given as JSON, with sums and articles. Opens no archive."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.clock import SystemClock
from desktop.commands.terminal import WELL, Terminal, line
from desktop.i18n import _

if TYPE_CHECKING:
    from desktop.policy.calendar import OfficeCalendar
    from desktop.policy.rules import Profile
    from desktop.policy.verdicts import Answers, GapVerdict, Ground


def add(families: Any, common: list[argparse.ArgumentParser]) -> None:
    command = families.add_parser("explain", parents=common, help=_("every clock, duty and verdict of a regulation on facts given as JSON"))
    command.add_argument("--profile", required=True, metavar="KEY", help=_("the regulation by its key, or a file of rules to try"))
    command.add_argument("--now", type=_moment, metavar="TIME", help=_("as of this moment, 2026-09-01T09:30+08:00; else the present one"))
    command.add_argument("--calendar", action="append", type=Path, default=[], metavar="FILE", help=_("days off of a further year, as TOML"))
    command.add_argument("file", type=Path, metavar="FACTS", help=_("one case as a JSON object, or a list of them; “-” reads standard input"))
    command.set_defaults(run=run)


def _moment(text: str) -> datetime:
    from desktop.policy.clocks import BEIJING
    from desktop.policy.counting import in_reach
    from desktop.policy.facts_reading import moment_of

    at = moment_of(text)
    if at is None or not in_reach(at):
        raise argparse.ArgumentTypeError(_("a moment is written 2026-09-01T09:30+08:00"))
    return at if at.tzinfo is not None else at.replace(tzinfo=BEIJING)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    from desktop.commands.policy import read_text
    from desktop.policy.answers import answer
    from desktop.policy.facts_reading import read_facts
    from desktop.policy.listing import in_force

    rules, calendar = _rules(options.profile), _calendar(options.calendar)
    text = read_text(options.file)
    now = options.now or SystemClock().now()
    listing = in_force(rules)
    cases = read_facts(text, [one.key for one in rules.condition], [one.id for one in (*rules.deadline, *rules.item)])
    told = [answer(rules, facts, calendar, now, listing) for facts in cases]
    if terminal.as_json:
        print(line([{"number": facts.number, **_plain(one)} for facts, one in zip(cases, told, strict=True)]))
    if not cases:
        terminal.say(_("No case was given: the list of facts is empty."))
    for facts, one in zip(cases, told, strict=True):
        terminal.say("\n".join(_told(rules, facts.number, one)))
    return WELL


def _rules(named: str) -> Profile:
    """A built-in profile, or one from a file. Raises `Refusal` profile.unknown, profile.damaged, input.unreadable."""
    from desktop.commands.policy import read_rules
    from desktop.policy.profile import BASE, parse_profile, profile

    return parse_profile(read_rules(Path(named)), profile(BASE)) if named.endswith(".toml") else profile(named)


def _calendar(files: Iterable[Path]) -> OfficeCalendar:
    """The calendars that came with the program, and those of the files in their place. Raises `Refusal` as their reading does."""
    from desktop.commands.policy import read_text
    from desktop.policy.calendar import OfficeCalendar, built_in_calendar, built_in_years
    from desktop.policy.calendar_reading import parse_calendar

    further = [parse_calendar(read_text(one)) for one in files]
    return OfficeCalendar([*built_in_years(), *further]) if further else built_in_calendar()


def _plain(value: Any) -> Any:
    """Verdicts as JSON knows them."""
    if dataclasses.is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    if isinstance(value, tuple | list | frozenset):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _told(rules: Profile, number: str, one: Answers) -> Iterator[str]:
    yield _("■ {number} · {title}, version {version} · calendars {calendar}").format(
        number=number or _("case without a number"), title=rules.title, version=rules.version, calendar=one.calendar)
    yield from _section(_("Given, and not reckoned with"), (("", words, None, ()) for words in one.unheard))
    yield from _clocks(one)
    yield from _section(_("Required items"), ((_standing(item.standing.value), item.title, item.ground, item.wanting) for item in one.items))
    yield from _section(_("Duties to record"), ((_standing(duty.standing.value), duty.title, duty.ground, duty.wanting) for duty in one.duties))
    yield from _section(_("Interruptions"), ((gap.explained, _gap(gap), gap.ground, gap.wanting)
                                             for gap in one.gaps))
    yield from _section(_("Out of order"), ((_("suspected") if alarm.suspected else _("alarm"), alarm.words, alarm.ground, ())
                                            for alarm in one.alarms))
    yield from _section(_("Keeping"), ((kept.footage, kept.words, kept.grounds[0] if kept.grounds else None, kept.held) for kept in one.retention))
    yield from _section(_("Where the regulation is silent"), (("", words, None, ()) for words in one.silences))
    yield ""


def _gap(gap: GapVerdict) -> str:
    return f"{gap.start.isoformat()} – {gap.end.isoformat()}" if gap.kind == "gap" else gap.words


def _clocks(one: Answers) -> Iterator[str]:
    from desktop.policy.wording import limit_words

    if one.clocks:
        yield _("● Limits of time")
    for clock in one.clocks:
        due = _("due {day}").format(day=limit_words(clock.due)) if clock.due is not None else ""
        yield "  " + " · ".join(filter(None, (_state(clock.state.value), clock.title, clock.subject, clock.ground.article, due)))
        yield f"      “{clock.ground.text}”"
        for step in clock.steps:
            yield f"      – {step.words}"
        if clock.calendar:
            yield f"      – {clock.calendar}"


def _section(title: str, rows: Iterable[tuple[str, str, Ground | None, Iterable[str]]]) -> Iterator[str]:
    for at, (standing, words, ground, wanting) in enumerate(rows):
        if not at:
            yield f"● {title}"
        yield "  " + " · ".join(filter(None, (standing, words, ground.article if ground is not None else "")))
        yield from (f"      – {one}" for one in wanting)


def _state(key: str) -> str:
    return {"waiting": _("not begun"), "running": _("time is left"), "soon": _("soon over"), "late": _("LATE"), "met": _("in time"),
            "met_late": _("done late"), "paused": _("standing still"), "lapsed": _("lapsed")}[key]


def _standing(key: str) -> str:
    return {"present": _("there"), "missing": _("MISSING"), "incomplete": _("incomplete"), "not_applicable": _("does not apply"),
             "waived": _("does not apply, with a reason"), "unanswered": _("a question is open"), "violated": _("VIOLATED"),
             "excused": _("excused"), "optional": _("optional")}[key]
