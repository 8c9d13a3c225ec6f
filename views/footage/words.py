"""Words of recordings: how a duty stands, how much is covered, when something was, which recorder it was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.continuity import NO_FILE, UNPLACED
from desktop.policy.coverage import PROVEN, percent
from desktop.policy.duties import recorded_words
from desktop.policy.listing import level_words
from desktop.policy.said import length
from desktop.policy.verdicts import DutyVerdict, GapVerdict, Ground, Standing, Stretch
from desktop.procedure import FootageLine

_MINUTE = timedelta(minutes=1)
_BY_MINUTES = timedelta(minutes=10)  # a shorter activity is told by the second


def standing_words(duty: DutyVerdict) -> tuple[str, str]:
    """Kind of the chip and its words: 已录, 已录 2 %, 缺录, 不完整, 违反规定, 已说明免录 …; what is only recommended is not praised for a part."""
    owed = duty.ground is not None or duty.sharpened
    return {
        Standing.PRESENT: ("good" if owed or percent(duty.coverage) in (None, 100) else "quiet", recorded_words(duty)),
        Standing.MISSING: ("late", _("not recorded")),
        Standing.INCOMPLETE: ("late", _("recorded in part")),
        Standing.VIOLATED: ("refused", _("against the rule")),
        Standing.EXCUSED: ("quiet", _("excused")),
        Standing.UNANSWERED: ("wait", _("waits for an answer")),
        Standing.OPTIONAL: ("quiet", _("recording left open")),
        Standing.NOT_APPLICABLE: ("quiet", _("no matter of recording")),
        Standing.WAIVED: ("quiet", _("no matter of recording")),
    }[duty.standing]


def duty_title(duty: DutyVerdict) -> str:
    """现场检查：全程不间断."""
    return _("{activity}: {level}").format(activity=duty.title, level=level_words(duty.level))


def covered(pieces: Sequence[Stretch]) -> tuple[timedelta, timedelta]:
    """How much of an activity recordings prove, and how long it was."""
    whole = sum((piece.end - piece.start for piece in pieces), timedelta())
    return sum((piece.end - piece.start for piece in pieces if piece.kind == PROVEN), timedelta()), whole


def coverage_words(pieces: Sequence[Stretch]) -> str:
    """覆盖 154 / 167 分（92 %）; what is not reached is never rounded up to. Empty where begin or end is not known."""
    if not pieces:
        return ""
    proven, whole = covered(pieces)
    if whole >= _BY_MINUTES:
        return _("covered {proven} of {whole} min ({percent} %)").format(proven=proven // _MINUTE, whole=round(whole / _MINUTE),
                                                                         percent=percent(pieces))
    return _("covered {proven} of {whole} ({percent} %)").format(proven=length(proven), whole=length(whole), percent=percent(pieces))


def clock_time(at: datetime, seconds: bool = False) -> str:
    """09:05 or 09:06:12, by the office's clock."""
    return at.astimezone(BEIJING).strftime("%H:%M:%S" if seconds else "%H:%M")


def span_words(start: datetime, end: datetime) -> str:
    """10:31–10:44; by the second where it is shorter than ten minutes, with the days where they differ."""
    fine = end - start < _BY_MINUTES
    begun, over = start.astimezone(BEIJING), end.astimezone(BEIJING)
    if begun.date() != over.date():
        return f"{begun:%m-%d} {clock_time(start, fine)}–{over:%m-%d} {clock_time(end, fine)}"
    return f"{clock_time(start, fine)}–{clock_time(end, fine)}"


def when_words(start: datetime | date | None, end: datetime | None) -> str:
    """2026-10-20 09:05–11:52: when an activity was; a day alone where no hour is known."""
    if start is None:
        return _("no time yet")
    if not isinstance(start, datetime):
        return start.isoformat()
    begun = start.astimezone(BEIJING)
    if end is None:
        return f"{begun:%Y-%m-%d %H:%M}"
    over = end.astimezone(BEIJING)
    return f"{begun:%Y-%m-%d %H:%M}–{over:%H:%M}" if begun.date() == over.date() else f"{begun:%Y-%m-%d %H:%M}–{over:%m-%d %H:%M}"


def exact(at: datetime | None) -> str:
    """2026-10-20 09:05:12, or that it is not known."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S") if at else _("not known")


def gap_words(start: datetime, end: datetime) -> str:
    """10:31–10:44 未录 13 分."""
    return _("{span} not recorded, {length}").format(span=span_words(start, end), length=short_length(end - start))


def verdict_words(gap: GapVerdict) -> str:
    """10:31–10:44 未录 13 分; 10:00–10:23 之间未录 13 分，位置不明; 10:05–10:20 日志有录像而无文件."""
    if gap.kind == NO_FILE:
        return _("{span} recorded by its log, no file").format(span=span_words(gap.start, gap.end))
    if gap.kind == UNPLACED:
        return unplaced_words(gap.start, gap.end, gap.seconds)
    return gap_words(gap.start, gap.end)


def unplaced_words(start: datetime, end: datetime, seconds: int) -> str:
    """10:00–10:23 之间未录 13 分，位置不明."""
    if not seconds:
        return _("{span}: the timeline begins anew, how long is not known").format(span=span_words(start, end))
    return _("{span}: {length} not recorded, place not known").format(
        span=span_words(start, end), length=short_length(timedelta(seconds=seconds)))


def walked_words(walked: str) -> str:
    """How far a recording was searched for interruptions; empty where it was searched to its end."""
    return {"": _("Not yet searched for interruptions."), "none": _("This format keeps no times: a pause leaves no trace in it."),
            "part": _("Searched for interruptions in part only.")}.get(walked, "")


def short_length(span: timedelta) -> str:
    """13 分, 2 分 5 秒: whole minutes where there are enough of them."""
    return _("{n} min").format(n=span // _MINUTE) if span >= _BY_MINUTES else length(span)


def offset_words(ahead_ms: int | None) -> str:
    """比本机快 12 秒, 与本机一致, 没有校过时."""
    if ahead_ms is None:
        return _("clock never read")
    if abs(ahead_ms) < 1000:
        return _("clock as the desk’s")
    told = length(timedelta(milliseconds=abs(ahead_ms)))
    return _("clock ahead by {span}").format(span=told) if ahead_ms > 0 else _("clock behind by {span}").format(span=told)


def recorder_name(line: FootageLine) -> str:
    """What a recording's bar is called: its recorder, else the file."""
    return line.device or line.name


def mark_words(ground: Ground) -> str:
    """What stands under a quoted article: whose it is, and whether its words were checked."""
    parts = [_("This text is silent; the higher law applies")] if ground.national else []
    if ground.mark == "k":
        parts.append(_("to be confirmed: these words were not checked against the source"))
    return " · ".join([*parts, ground.note] if ground.note else parts)
