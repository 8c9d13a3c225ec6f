"""Duties to record (音像记录): each activity under its duty, what recordings prove of it, and what stays wanting."""

from __future__ import annotations

from datetime import date, datetime

from desktop.i18n import _
from desktop.policy import coverage
from desktop.policy.clocks import day_of
from desktop.policy.conditions import questions
from desktop.policy.continuity import settled
from desktop.policy.grounds import ground
from desktop.policy.listing import Listing, level_words
from desktop.policy.owed import Owed, owed
from desktop.policy.rules import Profile
from desktop.policy.said import joined, stretch
from desktop.policy.verdicts import DutyVerdict, PointVerdict, Standing, Stretch
from desktop.policy.vocabulary import vocabulary
from models.facts import Activity, CaseFacts, Footage

SECRECY = "state_secret"


def duties(profile: Profile, facts: CaseFacts, listing: Listing) -> tuple[DutyVerdict, ...]:
    """Every activity of the case that is a matter of recording, in the order of the facts, with its standing.

    A violation is told only where the text itself asks for a recording; where it is silent the list recommends.
    """
    verdicts = []
    for activity in facts.activities:
        due = owed(profile, facts, activity, listing)
        if due is not None:
            verdicts.append(_verdict(profile, facts, listing, activity, due))
    return tuple(verdicts)


def _verdict(profile: Profile, facts: CaseFacts, listing: Listing, activity: Activity, due: Owed) -> DutyVerdict:
    footage = coverage.linked(facts, activity)
    between = coverage.span(profile, activity)
    pieces = coverage.cut(*between, footage) if between else ()
    points = _points(profile, footage)
    if due.open is not None:
        standing, wanting = Standing.UNANSWERED, [_asked(profile, facts, due)]
    elif footage:
        standing, wanting = _with_footage(profile, listing, activity, due, footage, pieces)
        if unspoken := _unspoken(profile, points):
            standing = Standing.INCOMPLETE if standing == Standing.PRESENT else standing
            wanting += unspoken
    else:
        standing, wanting = _without(activity, due)
    return DutyVerdict(activity.id, activity.kind, vocabulary().title("event", activity.kind), due.level, due.excuse,
                       None if due.rule is None else ground(profile, due.rule), standing, tuple(piece.id for piece in footage), pieces, points,
                       tuple(wanting), due.sharpened, meaning(due.level), due.row.number if due.row else 0)


def meaning(level: str) -> str:
    """What counts as proven at a level, in words; only the highest makes begin and end a demand."""
    return {
        "full": _("Proven is what was recorded without a break from arrival to the end."),
        "sync": _("Proven is what was recorded while the activity went on. Stretches without one are shown and are no violation by themselves."),
        "suitable": _("Any suitable way of recording proves it, photographs among them; begin and end are not demanded."),
        "as_needed": _("How much is recorded depends on the circumstances; where nothing was, write down the circumstances."),
        "may": _("Recording is left to the agency; without one nothing is wanting."),
    }.get(level, "")


def recorded_words(duty: DutyVerdict) -> str:
    """What a recorded activity is called by: with the share of its time that is proven, unless the level demanded the whole and has it. No
    share is told where none is proven, as by photographs: that something is on record does not say how much."""
    share = coverage.percent(duty.coverage)
    if duty.level == "full" or share is None or share == 100:
        return _("recorded")
    if share:
        return _("recorded to {n} %").format(n=share)
    return _("recorded to less than 1 %") if any(piece.kind == coverage.PROVEN for piece in duty.coverage) else _("something is on record")


def _with_footage(profile: Profile, listing: Listing, activity: Activity, due: Owed, footage: tuple[Footage, ...],
                  pieces: tuple[Stretch, ...]) -> tuple[Standing, list[str]]:
    if due.level == "full":
        return _full(profile, listing, activity, footage, pieces)
    if due.level == "sync" and activity.start is not None:
        around = coverage.outer(footage)
        if around is None:
            return Standing.INCOMPLETE, [_("The recording has no reliable time: it does not prove that it was made during the activity.")]
        if _outside(activity.start, activity.end, *around):
            return Standing.INCOMPLETE, [_("The recording lies outside the activity: it was made {span}.").format(span=stretch(*around))]
    return Standing.PRESENT, []


def _outside(start: datetime | date, end: datetime | None, begun: datetime, over: datetime) -> bool:
    """Whether nothing was recorded while the activity went on. One that is dated by its day alone went on during that day."""
    if end is not None and begun >= end:
        return True
    if isinstance(start, datetime):
        return over <= start
    return day_of(over) < start or (end is None and day_of(begun) > start)


def _full(profile: Profile, listing: Listing, activity: Activity, footage: tuple[Footage, ...],
          pieces: tuple[Stretch, ...]) -> tuple[Standing, list[str]]:
    """Unbroken from begin to end. A gap explained as the text allows it is no longer held against the recording; it stays shown."""
    if not pieces:
        return Standing.INCOMPLETE, [_("Enter when the activity began and when it ended: without both, an unbroken recording cannot be proven.")]
    wanting, told = [], settled(profile, footage, pieces)
    for piece in pieces:
        if piece.kind == coverage.PROVEN or (piece.end - piece.start).total_seconds() <= listing.slack_seconds:
            continue
        if piece.kind == coverage.GAP:
            if piece not in told:
                words = _("Broken off and not explained: {span}") if profile.interruption else _(
                    "Broken off: {span}. This text knows no interruption; a reason that is stated does not stand for the whole recording.")
                wanting.append(words.format(span=stretch(piece.start, piece.end)))
        elif piece.start == activity.start and len(pieces) > 1:
            wanting.append(_("Begun late: {span} is not recorded").format(span=stretch(piece.start, piece.end)))
        elif len(pieces) > 1:
            if piece not in told:
                wanting.append(_("Stopped early: {span} is not recorded").format(span=stretch(piece.start, piece.end)))
        else:
            wanting.append(_("No recording holds the activity: {span}").format(span=stretch(piece.start, piece.end)))
    return (Standing.INCOMPLETE if wanting else Standing.PRESENT), wanting


def _without(activity: Activity, due: Owed) -> tuple[Standing, list[str]]:
    """Nothing was recorded: excused, to be made good in writing, or a violation, by the excuse that the text knows. Where the agency raised
    the level, a violation is still only what the text's own level makes one."""
    if due.sharpened and due.rule is not None:
        standing, wanting = _without(activity, Owed(due.rule.level, due.rule.excuse, due.rule, due.row))
        return (standing, wanting) if standing not in (Standing.OPTIONAL, Standing.UNANSWERED) else _by_the_agency(activity)
    if due.level == "may" or (due.rule is None and not due.sharpened):
        silent = _("This text is silent; the list recommends: {level}.").format(level=level_words(due.level))
        return Standing.OPTIONAL, [] if due.level == "may" else [silent]
    claim = activity.unsuitable
    if due.level == "as_needed":
        if claim is not None and claim.reason.strip():
            return Standing.EXCUSED, []
        return Standing.UNANSWERED, [_("Nothing was recorded: write down the circumstances, or link the recording.")]
    if due.rule is None:
        return _by_the_agency(activity)
    if due.rule.lacking:  # one of two ways: that the other is not on record does not prove that it was not taken
        other = joined(vocabulary().title("trait", one) for one in due.rule.lacking)
        words = _("Nothing was recorded, and the file does not show either: {other}. One of the two is needed.")
        return Standing.MISSING, [words.format(other=other)]
    if due.excuse == "none":
        return Standing.VIOLATED, [_("Nothing was recorded, and the text knows no excuse.")]
    if claim is None:
        return Standing.MISSING, [_ask(due.excuse)]
    return _excused(claim.ground, claim.reason, due.excuse)


def _by_the_agency(activity: Activity) -> tuple[Standing, list[str]]:
    if activity.unsuitable is not None and activity.unsuitable.reason.strip():
        return Standing.EXCUSED, []
    return Standing.MISSING, [_("The agency’s own list asks for a recording. Link it, or write down why there is none.")]


def _excused(claimed: str, reason: str, excuse: str) -> tuple[Standing, list[str]]:
    if excuse == "secrecy":
        if claimed != SECRECY:
            # 「涉及国家秘密等」 is open: whether this is like a state secret, a person says by claiming it as such
            return Standing.INCOMPLETE, [_("The text excuses only: {ground}. If this is such a case, claim it as that and write why.").format(
                ground=vocabulary().title("ground", SECRECY))]
        unnamed = _("Name what made the recording unsuitable, without any secret content.")
        return (Standing.EXCUSED, []) if reason.strip() else (Standing.INCOMPLETE, [unnamed])
    if excuse == "unsuitable_reasoned" and not reason.strip():
        return Standing.INCOMPLETE, [_("Write down why the activity was unsuitable for recording: the text demands the reason in writing.")]
    if not reason.strip():
        return Standing.EXCUSED, [_("The text does not demand the reason; writing it down is recommended.")]
    return Standing.EXCUSED, []


def _ask(excuse: str) -> str:
    if excuse == "unsuitable_reasoned":
        return _("Nothing was recorded. Link the recording, or write down why the activity was unsuitable for recording.")
    if excuse == "secrecy":
        return _("Nothing was recorded. Link the recording; the text excuses only: {ground}.").format(ground=vocabulary().title("ground", SECRECY))
    return _("Nothing was recorded. Link the recording, or say that the activity was unsuitable for recording.")


def _asked(profile: Profile, facts: CaseFacts, due: Owed) -> str:
    rule = due.open
    assert rule is not None
    asked = questions(profile, facts)
    titles = [asked.title(key) for key in asked.open((*rule.when, *rule.unless))]
    return _("Answer first: {questions} ({article} may ask for: {level})").format(
        questions=joined(titles), article=ground(profile, rule).article, level=level_words(rule.level))


def _points(profile: Profile, footage: tuple[Footage, ...]) -> tuple[PointVerdict, ...]:
    """The key points of the text and what must be said aloud, each with the seconds that prove it; none where nothing was recorded."""
    if not footage:
        return ()
    keys = [key for rule in profile.points for key in rule.points] + [key for one in profile.span for key in one.spoken]
    return tuple(PointVerdict(key, vocabulary().title("point", key), coverage.points_proven(footage, key)) for key in dict.fromkeys(keys))


def _unspoken(profile: Profile, points: tuple[PointVerdict, ...]) -> list[str]:
    spoken = {key for rule in profile.span for key in rule.spoken}
    return [_("Not proven: {point}. Mark the seconds in which it is said.").format(point=point.title)
            for point in points if point.point in spoken and not point.proven]
