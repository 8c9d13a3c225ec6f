"""How long recordings are kept: the longer of the file's rule and the recording's own. Nothing here deletes anything, and no clock does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.grounds import ground
from desktop.policy.listing import Horizon, Listing, Row
from desktop.policy.rules import Profile, RetentionRule
from desktop.policy.said import joined
from desktop.policy.verdicts import Ground, RetentionVerdict
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from models.facts import CaseFacts, Footage

PENALTY_EVIDENCE = "penalty_evidence"
PENALTY = "penalty"


@dataclass(frozen=True)
class Window:
    """Something open that a recording may be about: a case, a request, a complaint. `end` None: still open. `kind` and `id` name it.

    `start` None: it says no time, so that no recording meets it by that. `what` is the activity that it is, as a key of the vocabulary, and
    `begun` and `over` its moments where they are known. `named` are the recordings that it is about by name.
    """

    kind: str
    id: str
    start: date | None
    end: date | None = None
    places: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    what: str = ""
    begun: datetime | None = None
    over: datetime | None = None
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guard:
    """Why a recording is guarded: the open thing, and by what it touches it (named, time, time_unknown, place, officer)."""

    window: Window
    by: frozenset[str]


def retention(profile: Profile, facts: CaseFacts, listing: Listing) -> tuple[RetentionVerdict, ...]:
    """How long each recording of the case is kept, in order: the longer of file and recording, held as long as anything holds the case."""
    return tuple(_one(profile, facts, listing, piece) for piece in facts.footage)


def guards(piece: Footage, windows: Iterable[Window]) -> tuple[Guard, ...]:
    """What guards a recording that no activity claims: anything open that it touches by time, place or officer. A recording without a
    reliable time may belong to any of them."""
    if piece.activity is not None:
        return ()
    found = []
    for window in windows:
        by = {name for name, touches in (("named", piece.id in window.named), ("time", _meets(piece, window)),
                                         ("time_unknown", piece.start is None),
                                         ("place", bool(piece.place) and _plain(piece.place) in {_plain(one) for one in window.places}),
                                         ("officer", bool(piece.officer) and piece.officer in window.officers)) if touches}
        if by:
            found.append(Guard(window, frozenset(by)))
    return tuple(found)


def add_years(day: date, years: int) -> date:
    """The same day so many years on; of 29 February the last day of February. Beyond the last year of the calendar there is none later."""
    year = min(day.year + years, date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def _one(profile: Profile, facts: CaseFacts, listing: Listing, piece: Footage) -> RetentionVerdict:
    file_for_ever = facts.retention_years == 0
    lasting = [vocabulary().title("weight", why) for rule in profile.retention for why in _for_ever(facts, piece, rule)]
    row = _row(facts, listing, piece)
    if row is not None and profile.key in row.permanent_under:
        lasting.append(row.title)
    grounds: list[Ground] = list(dict.fromkeys(ground(profile, rule) for rule in profile.retention))
    if file_for_ever or lasting:
        named = list(dict.fromkeys(lasting)) or [_("the case file is kept for ever")]
        return RetentionVerdict(piece.id, True, None, tuple(grounds), facts.holds, _("Kept for ever: {why}").format(why=joined(named)))
    ends = [end for end in (_least(profile, piece), _file_end(facts)) if end is not None]
    provisional = _file_end(facts) is None
    until = max(ends, default=None)
    unsafe = until is not None and _unsafe(facts, listing.horizon, until)
    words = _words(until, provisional, unsafe, facts.holds)
    if row is not None and row.keeping == "permanent":
        words = joined((words, _("the list of matters recommends keeping it for ever, which the agency must decide")))
    return RetentionVerdict(piece.id, False, until, tuple(grounds), facts.holds, words, unsafe, provisional)


def _row(facts: CaseFacts, listing: Listing, piece: Footage) -> Row | None:
    """The row of the list that the recording's activity falls under."""
    kind = next((one.kind for one in facts.activities if one.id == piece.activity), None)
    return None if kind is None else listing.row_for(kind, facts.kind)


def _for_ever(facts: CaseFacts, piece: Footage, rule: RetentionRule) -> list[str]:
    """The grounds of this rule for keeping this recording for ever. Evidence of a penalty is known from the case, the rest is marked."""
    held = set(piece.weight)
    if piece.evidence and facts.kind == PENALTY:
        held.add(PENALTY_EVIDENCE)
    found = [why for why in rule.permanent if why in held]
    if rule.evidence == "permanent" and PENALTY_EVIDENCE not in rule.permanent and piece.evidence:
        found.append(PENALTY_EVIDENCE)
    return found


def _least(profile: Profile, piece: Footage) -> date | None:
    """The end of the least period of the text, from the day of the recording (of its deposit where it has no time of its own)."""
    begun = piece.end or piece.start or piece.deposited
    years = max((rule.least_years for rule in profile.retention), default=0)
    return add_years(begun.astimezone(BEIJING).date(), years) if begun is not None and years else None


def _file_end(facts: CaseFacts) -> date | None:
    """The end of the file's own period, counted from its filing; None while period or filing are not known."""
    if not facts.retention_years or facts.filed is None:
        return None
    return add_years(facts.filed.astimezone(BEIJING).date(), facts.retention_years)


def _unsafe(facts: CaseFacts, horizon: Iterable[Horizon], until: date) -> bool:
    """Whether a dispute can still come after this day: years from the decision, else from the end of the case, else from the last activity."""
    decided = [_day(one.start) for one in facts.activities if one.start is not None]
    begun = facts.case_end.on if facts.case_end is not None else max(decided, default=None)
    return begun is not None and any(until < add_years(begun, one.years) for one in horizon)


def _words(until: date | None, provisional: bool, unsafe: bool, holds: tuple[str, ...]) -> str:
    parts = []
    if until is None:
        parts.append(_("No period is known yet: kept until the file’s own period is set and over"))
    elif provisional:
        parts.append(_("Kept at least until {day}; the file’s own period may be longer").format(day=until.isoformat()))
    else:
        parts.append(_("Kept until {day}, the longer of the file’s period and the recording’s own").format(day=until.isoformat()))
    if unsafe:
        parts.append(_("this is shorter than a dispute can still come: keep it longer"))
    if holds:
        parts.append(_("held: {holds}").format(holds=listed_words(holds)))
    return joined(parts)


def _meets(piece: Footage, window: Window) -> bool:
    if piece.start is None or window.start is None:
        return False
    begun, over = sorted((_day(piece.start), _day(piece.end or piece.start)))
    return over >= window.start and (window.end is None or begun <= window.end)


def _day(at: datetime | date) -> date:
    return at.astimezone(BEIJING).date() if isinstance(at, datetime) else at


def _plain(place: str) -> str:
    return "".join(place.split()).casefold()
