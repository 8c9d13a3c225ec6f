"""The two lists of the page: activities with how they stand, and recordings with where they belong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.coverage import percent
from desktop.policy.listing import level_words
from desktop.policy.verdicts import DutyVerdict
from desktop.procedure import ActivityLine, FootageLine
from models.terms import ActivityId
from views.common import Cell, Column, Rows, Table
from views.common.tables import DASH
from views.footage.words import recorder_name, standing_words, when_words


@dataclass(frozen=True)
class Entry:
    """One activity with what the rules say of it."""

    line: ActivityLine
    duty: DutyVerdict | None


def activity_table() -> Table:
    """执法活动, by their time."""
    columns = [
        Column(_("Activity"), 0, lambda one: Cell(one.line.title, when_words(one.line.start, one.line.end))),
        Column(_("Level"), 172, _level),
        Column(_("How it stands"), 148, _standing),
        Column(_("Covered"), 76, _covered, right=True),
    ]
    return Table(Rows(columns), _("Activities"))


def recording_table(chosen: Callable[[], ActivityId | None], title_of: Callable[[ActivityId], str]) -> Table:
    """音像: those of the chosen activity, then those of none, then the rest."""

    def belongs(line: FootageLine) -> Cell:
        if line.activity is None:
            return Cell(_("linked to no activity"), chip="soon")
        if line.activity == chosen():
            return Cell(_("this activity"), chip="good")
        return Cell(title_of(line.activity), ink="ink3")

    columns = [
        Column(_("Recording"), 0, lambda one: Cell(one.title, f"{recorder_name(one)} · {one.name}", "file-audio" if one.sound else "video-camera")),
        Column(_("Truly ran"), 148, _ran),
        Column(_("Belongs to"), 152, belongs),
    ]
    return Table(Rows(columns), _("Recordings"))


def _level(one: Entry) -> Cell:
    if one.duty is None:
        return DASH
    source = one.duty.ground.article if one.duty.ground else _("the agency’s list") if one.duty.sharpened else _("recommended")
    return Cell(level_words(one.duty.level), source)


def _standing(one: Entry) -> Cell:
    if one.duty is None:
        return Cell(_("no matter of recording"), ink="ink3")
    kind, words = standing_words(one.duty)
    return Cell(words, chip=kind)


def _covered(one: Entry) -> Cell:
    if one.duty is None or not one.duty.coverage or one.duty.level not in ("full", "sync"):
        return DASH  # where begin and end are not demanded, a share of the time says nothing
    return Cell(_("{n} %").format(n=percent(one.duty.coverage)))


def _ran(line: FootageLine) -> Cell:
    if line.start is None:
        return Cell(_("time not known"), ink="soon")
    begun = line.start.astimezone(BEIJING)
    over = f"–{line.end.astimezone(BEIJING):%H:%M:%S}" if line.end else ""
    return Cell(f"{begun:%m-%d %H:%M:%S}", over)
