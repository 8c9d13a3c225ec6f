"""One case under several regulations, side by side: what each asks, row by row, so that two regulations are never mistaken for one another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.i18n import _
from desktop.policy.answers import answer
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.duties import recorded_words
from desktop.policy.listing import Listing, in_force, level_words
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Answers, Clock, ClockState, DutyVerdict, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import day_words, limit_words
from models.facts import CaseFacts


@dataclass(frozen=True)
class Cell:
    """One answer of one regulation: in words, with the article and its own words; `tone` is plain, good, soon, late or quiet (nothing asked).

    `brief` is for a narrow column, where the whole words would not be read to their end."""

    words: str
    article: str = ""
    tone: str = "plain"
    text: str = ""
    brief: str = ""


@dataclass(frozen=True)
class ComparedRow:
    """One matter and the answer of each regulation, in the order they were given; `group` is the heading it stands under."""

    group: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the regulations answer differently; the article alone is no difference."""
        return len({(cell.words, cell.tone) for cell in self.cells}) > 1


def compare(
    facts: CaseFacts, calendar: OfficeCalendar, now: datetime, profiles: Sequence[Profile], listings: Sequence[Listing] = (),
) -> tuple[ComparedRow, ...]:
    """What each profile answers on the same facts. Without `listings` every profile is taken with the default list of matters to record."""
    lists = listings or [in_force(profile) for profile in profiles]
    told = [answer(profile, facts, calendar, now, listing) for profile, listing in zip(profiles, lists, strict=True)]
    return (*_limits(told), *_duties(told), *_explanations(told), *_keeping(told), *_papers(told))


def _rows(group: str, told: Sequence[Answers], keys: Iterable[tuple[str, str]], cell: Callable[[Answers, str], Cell]) -> list[ComparedRow]:
    titles: dict[str, str] = {}
    for key, title in keys:
        titles.setdefault(key, title)  # a matter is called as the first regulation calls it
    return [ComparedRow(group, title, tuple(cell(one, key) for one in told)) for key, title in titles.items()]


def _limits(told: Sequence[Answers]) -> list[ComparedRow]:
    known = [clock for one in told for clock in one.clocks]
    keys = [(f"{clock.topic} {clock.subject}", clock.title + (f"（{clock.subject}）" if clock.subject else "")) for clock in known]

    def cell(one: Answers, key: str) -> Cell:
        clock = next((c for c in one.clocks if f"{c.topic} {c.subject}" == key), None)
        return Cell(_("no such limit"), "", "quiet") if clock is None else _limit(clock)

    return _rows(_("Limits of time"), told, keys, cell)


def _limit(clock: Clock) -> Cell:
    tones = {ClockState.LATE: "late", ClockState.MET_LATE: "late", ClockState.SOON: "soon", ClockState.MET: "good", ClockState.WAITING: "quiet",
             ClockState.LAPSED: "quiet"}
    if clock.raw is None:
        words = _("not begun")
    elif clock.due is not None and clock.due != clock.raw:
        words = _("{raw}, rolled to {due}").format(raw=limit_words(clock.raw), due=limit_words(clock.due))
    else:
        words = limit_words(clock.raw)
    state = {ClockState.LATE: _("overdue"), ClockState.MET_LATE: _("done late"), ClockState.MET: _("done in time")}.get(clock.state, "")
    word = _("over time") if clock.state in (ClockState.LATE, ClockState.MET_LATE) else state
    brief = "" if clock.raw is None else f"{word} {_short(clock.raw)}".strip()
    return Cell("，".join(filter(None, (state, words))), clock.ground.article, tones.get(clock.state, "plain"), clock.ground.text, brief)


def _short(ends: datetime) -> str:
    """2026-10-01 15:30; a day that is over ends at 24:00."""
    day = last_day(ends)
    at = ends.astimezone(BEIJING)
    return f"{day:%Y-%m-%d} {'24:00' if day != at.date() else f'{at:%H:%M}'}"


def _duties(told: Sequence[Answers]) -> list[ComparedRow]:
    keys = [(duty.activity, vocabulary().title("event", duty.kind) or duty.title) for one in told for duty in one.duties]

    def cell(one: Answers, key: str) -> Cell:
        duty = next((d for d in one.duties if d.activity == key), None)
        return Cell(_("no duty to record"), "", "quiet") if duty is None or duty.ground is None else _duty(duty)

    return _rows(_("Duties to record"), told, keys, cell)


def _duty(duty: DutyVerdict) -> Cell:
    standing = {Standing.PRESENT: (recorded_words(duty), "good"), Standing.VIOLATED: (_("violated"), "late"),
                Standing.MISSING: (_("missing"), "late"), Standing.INCOMPLETE: (_("incomplete"), "late"), Standing.EXCUSED: (_("excused"), "good"),
                Standing.UNANSWERED: (_("circumstances to be told"), "soon")}
    words, tone = standing.get(duty.standing, ("", "plain"))
    ground = duty.ground
    return Cell("，".join(filter(None, (level_words(duty.level), words))), ground.article if ground else "", tone, ground.text if ground else "")


def _explanations(told: Sequence[Answers]) -> list[ComparedRow]:
    keys = [(gap.start.isoformat(), _("Interruption of {activity}").format(activity=gap.activity)) for one in told for gap in one.gaps]

    def cell(one: Answers, key: str) -> Cell:
        gap = next((g for g in one.gaps if g.start.isoformat() == key), None)
        if gap is None or gap.ground is None:
            return Cell(_("the text is silent; a written statement is recommended"), "", "quiet")
        return Cell("；".join(gap.wanting) or _("explained"), gap.ground.article, "late" if gap.wanting else "good", gap.ground.text)

    return _rows(_("Interruptions"), told, keys, cell)


def _keeping(told: Sequence[Answers]) -> list[ComparedRow]:
    keys = [(kept.footage, kept.footage) for one in told for kept in one.retention]

    def cell(one: Answers, key: str) -> Cell:
        kept = next(k for k in one.retention if k.footage == key)
        article, text = (kept.grounds[0].article, kept.grounds[0].text) if kept.grounds else ("", "")
        until = _("to {day} at least").format(day=day_words(kept.until)) if kept.until else _("as long as the file")
        return Cell(_("for ever") if kept.permanent else until, article, "plain", text)

    return _rows(_("Keeping"), told, keys, cell)


def _papers(told: Sequence[Answers]) -> list[ComparedRow]:
    def cell(one: Answers, _key: str) -> Cell:
        owed = [item for item in one.items if item.must and item.standing not in (Standing.NOT_APPLICABLE,)]
        lacking = sum(item.open for item in owed)
        return Cell(_("{owed} demanded, {lacking} not there").format(owed=len(owed), lacking=lacking), "", "late" if lacking else "good")

    return _rows(_("Required items"), told, [("items", _("What must be in the folder"))], cell)
