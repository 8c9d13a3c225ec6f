"""Interruptions (中止记录): every gap between the recordings of one activity and inside them, how it is explained, and what is still owed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import zip_longest

from desktop.i18n import _
from desktop.policy import coverage
from desktop.policy.grounds import ground
from desktop.policy.rules import InterruptionRule, Profile
from desktop.policy.said import clock, joined, length, stretch
from desktop.policy.verdicts import GapVerdict, Stretch
from desktop.policy.vocabulary import vocabulary
from models.facts import Activity, CaseFacts, Footage, Gap, Logged

REASON = "reason"
RECORDING = "recording"  # the kind of a log's stretch
UNPLACED, NO_FILE = "unplaced", "no_file"
NEAR = timedelta(seconds=30)  # a recorder closes its file before it writes that it goes off
_EVENTS_MOST = 6


@dataclass(frozen=True)
class _Break:
    """A gap with what facts say of it: the statements that touch it, and the spoken reason after it."""

    start: datetime
    end: datetime
    before: str
    after: str  # empty: never resumed
    told: tuple[Gap, ...]
    spoken_at: datetime | None

    @property
    def spoken(self) -> bool:
        return self.spoken_at is not None or any(gap.spoken for gap in self.told)

    @property
    def written(self) -> bool:
        return any(gap.written for gap in self.told)

    @property
    def cause(self) -> str:
        return next((gap.cause for gap in self.told if gap.cause), "")

    @property
    def reported(self) -> datetime | None:
        return min((gap.reported for gap in self.told if gap.reported is not None), default=None)


def gaps(profile: Profile, facts: CaseFacts) -> tuple[GapVerdict, ...]:
    """Every gap of every recorded activity, in the order of activities and of time.

    Where recording was not taken up again before the activity ended and somebody told so, the stretch until the end is a gap too. What is missing
    of a recording without a place, and what a recorder's log tells of recordings that never came, are found beside them.
    Where the text has no rule of interruptions nothing is owed: `recommended` names a written statement.
    """
    rule = profile.interruption[0] if profile.interruption else None
    found = []
    for activity in facts.activities:
        footage = coverage.linked(facts, activity)
        for one in _breaks(footage, _ends(profile, activity), _begins(activity)):
            found.append(_verdict(profile, rule, activity, one, events_near(facts, activity, one.start, one.end)))
        found += [_unplaced(profile, rule, activity, piece) for piece in footage if piece.unplaced is not None]
        found += [_no_file(activity, one) for one in facts.log if one.activity == activity.id and one.kind == RECORDING and not one.footage]
    return tuple(found)


def _unplaced(profile: Profile, rule: InterruptionRule | None, activity: Activity, piece: Footage) -> GapVerdict:
    """What is missing of a recording, nobody knows where: it is explained as a gap is."""
    missing = piece.unplaced
    assert missing is not None
    said = min((mark.start for mark in coverage.points_proven((piece,), REASON)), default=None)
    told = Gap(missing.start, missing.end, missing.cause, False, missing.written, missing.reported)
    one = _verdict(profile, rule, activity, _Break(missing.start, missing.end, piece.id, piece.id, (told,), said))
    span = stretch(missing.start, missing.end)
    places = joined(clock(at) for at in missing.places)
    if not missing.seconds:  # a timeline that begins anew may be how the recorder joins its files: nobody is blamed for that alone
        words = _("{stretch}: the timeline begins anew at {places}; for how long nothing was recorded is not known").format(
            stretch=span, places=places)
        return replace(one, kind=UNPLACED, words=words, wanting=(), recommended=(*one.recommended, *one.wanting))
    length_of = length(timedelta(seconds=missing.seconds))
    words = _("{stretch}: {length} of it were not recorded, place not known").format(stretch=span, length=length_of)
    if places:
        words = _("{stretch}: {length} of it were not recorded; the timeline begins anew at {places}").format(
            stretch=span, length=length_of, places=places)
    return replace(one, kind=UNPLACED, seconds=missing.seconds, words=words)


def _no_file(activity: Activity, one: Logged) -> GapVerdict:
    """A recording that a log tells of and nobody deposited."""
    end = one.end or one.start
    wanting = () if one.written else (
        _("The recorder’s log tells of a recording here, and no file of it was deposited. Deposit it, or state in writing where it is."),)
    return GapVerdict(activity.id, one.start, end, None, _("stated in writing") if one.written else "", wanting, kind=NO_FILE,
                      words=_("{stretch}: recorded by {recorder} according to its log, no file").format(
                          stretch=stretch(one.start, end), recorder=one.recorder or "—"))


def events_near(facts: CaseFacts, activity: Activity, start: datetime, end: datetime) -> tuple[Logged, ...]:
    """What the logs of an activity's recorders say of a gap, from a little before it broke off until it went on."""
    return tuple(one for one in facts.log if one.kind != RECORDING and one.activity == activity.id and start - NEAR <= one.start <= end + NEAR)


def settled(profile: Profile, footage: Iterable[Footage], pieces: Sequence[Stretch]) -> frozenset[Stretch]:
    """Of the stretches of one activity, the unrecorded ones that are explained as the text demands; none where it has no rule of interruptions."""
    if not profile.interruption or not pieces:
        return frozenset()
    last = pieces[-1]
    told = [one for one in _breaks(tuple(footage), last.end if last.kind == coverage.UNPROVEN else None, None)
            if not _wanting(profile.interruption[0], one)]
    return frozenset(piece for piece in pieces if piece.kind != coverage.PROVEN
                     and any(one.start <= piece.start and piece.end <= one.end for one in told))


def _begins(activity: Activity) -> datetime | None:
    return activity.start if isinstance(activity.start, datetime) else None


def _ends(profile: Profile, activity: Activity) -> datetime | None:
    between = coverage.span(profile, activity)
    return between[1] if between else None


def _breaks(footage: tuple[Footage, ...], until: datetime | None, since: datetime | None) -> list[_Break]:
    around = coverage.outer(footage)
    if around is None:
        return []
    start, last = around if since is None else (max(since, around[0]), around[1])
    inner_end = last if until is None else min(last, until)
    pieces = coverage.cut(start, inner_end, footage)
    holes = [(piece.start, piece.end) for piece in pieces if piece.kind == coverage.GAP]
    if until is not None and last < until and any(gap.end > last or gap.start >= last for piece in footage for gap in piece.gaps):
        holes.append((last, until))
    spans = [(span, piece.id) for piece in footage for span in coverage.recorded(piece)]
    by_end, by_start = sorted(spans, key=lambda one: one[0][1]), sorted(spans, key=lambda one: one[0][0])
    ends, starts = [span[1] for span, _id in by_end], [span[0] for span, _id in by_start]
    said = sorted(mark.start for mark in coverage.points_proven(footage, REASON))
    told = [gap for piece in footage for gap in piece.gaps]
    found = []
    for (begun, over), later in zip_longest(holes, (hole[0] for hole in holes[1:])):
        before, after = bisect_right(ends, begun), bisect_left(starts, over)
        spoken = [mark for mark in said if mark >= over and (later is None or mark < later)] if after < len(starts) else []
        found.append(_Break(begun, over, by_end[before - 1][1] if before else "", by_start[after][1] if after < len(starts) else "",
                            tuple(gap for gap in told if gap.start < over and begun < gap.end), min(spoken, default=None)))
    return found


def _verdict(profile: Profile, rule: InterruptionRule | None, activity: Activity, one: _Break, events: tuple[Logged, ...] = ()) -> GapVerdict:
    wanting = _wanting(rule, one) if rule is not None else []
    recommended = [] if rule is not None or one.spoken or one.written else [
        _("This text is silent on interruptions. A written statement of the cause is recommended; not having one is no violation.")]
    return GapVerdict(activity.id, one.start, one.end, ground(profile, rule) if rule is not None else None, _explained(one, events), tuple(wanting),
                      tuple(recommended), one.cause, one.before, one.after, words=stretch(one.start, one.end))


def _wanting(rule: InterruptionRule, one: _Break) -> list[str]:
    """What the text still asks: a reason on resuming, or in writing where recording could not be taken up again, and then the report."""
    wanting = []
    if one.after:
        if not (rule.spoken_on_resuming and one.spoken) and not (rule.written_on_resuming and one.written):
            wanting.append(_("The reason of the interruption was not said on resuming. Mark the seconds that say it, or state it in writing.")
                           if rule.written_on_resuming else
                           _("The reason of the interruption was not said aloud on resuming, as the text asks. Mark the seconds that say it."))
    else:
        if rule.written_otherwise and not one.written:
            wanting.append(_("Recording was not taken up again. State in writing why."))
        if rule.report_to and one.reported is None:
            wanting.append(_("Recording was not taken up again. It must be reported at once to: {role}.").format(role=rule.report_to))
    if one.cause and one.cause not in rule.causes and not rule.open_list:
        wanting.append(_("The text does not list this cause: {cause}.").format(cause=vocabulary().title("cause", one.cause)))
    return wanting


def _explained(one: _Break, events: tuple[Logged, ...] = ()) -> str:
    parts = [_("recorder {recorder} at {at}: {event} (its own log)").format(
        recorder=event.recorder, at=clock(event.start)[11:], event=vocabulary().title("log", event.kind)) for event in events[:_EVENTS_MOST]]
    if one.cause:
        parts.append(_("cause: {cause}").format(cause=vocabulary().title("cause", one.cause)))
    if one.spoken_at is not None:
        parts.append(_("said aloud at {at}").format(at=clock(one.spoken_at)))
    elif one.spoken:
        parts.append(_("said aloud on resuming"))
    if one.written:
        parts.append(_("stated in writing"))
    if one.reported is not None:
        parts.append(_("reported {after} after it began").format(after=length(max(one.reported - one.start, one.start - one.start))))
    return joined(parts)
