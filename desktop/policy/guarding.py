"""Guards over many recordings at once: ten thousand open things laid out by day, place and officer, so that a list asks each in no time."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from desktop.i18n import _
from desktop.policy.clocks import DAY, day_of
from desktop.policy.retention import Guard, Window, guards
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from models.facts import Footage

SHOWN = 3
_LONG = 31 * DAY  # what lasts longer is not laid out day by day


@dataclass(frozen=True)
class Guarded:
    """What guards one recording: how many open things in all, and the nearest of them: first what touches it in more than one way."""

    count: int = 0
    nearest: tuple[Guard, ...] = ()

    def __bool__(self) -> bool:
        return self.count > 0


class Watch:
    """Open things, laid out once; `over` says of any recording what `guards` would, without looking at each of them."""

    def __init__(self, windows: Iterable[Window]) -> None:
        every = list(windows)
        standing = sorted(((one.start, n) for n, one in enumerate(every) if one.start is not None and one.end is None))
        self._starts = [start for start, _n in standing]
        self._all = [*(every[n] for _start, n in standing), *(one for one in every if one.start is None or one.end is not None)]
        self._days: defaultdict[date, set[int]] = defaultdict(set)
        self._long: list[int] = []
        self._places: defaultdict[str, set[int]] = defaultdict(set)
        self._officers: defaultdict[str, set[int]] = defaultdict(set)
        self._named: defaultdict[str, set[int]] = defaultdict(set)
        for at, one in enumerate(self._all):
            self._lay(at, one)

    def _lay(self, at: int, one: Window) -> None:
        for place in one.places:
            self._places[plain_place(place)].add(at)
        for officer in one.officers:
            self._officers[officer].add(at)
        for piece in one.named:
            self._named[piece].add(at)
        if one.start is None or one.end is None:
            return
        if one.end < one.start or one.end - one.start > _LONG:
            self._long.append(at)
            return
        day = one.start
        while day <= one.end:
            self._days[day].add(at)
            day += DAY

    def over(self, piece: Footage, most: int = SHOWN) -> Guarded:
        """What guards a recording; nothing guards one that an activity claims, for that is its case's matter."""
        if piece.activity is not None or not self._all:
            return Guarded()
        place = self._places.get(plain_place(piece.place), set()) if piece.place else set()
        officer = self._officers.get(piece.officer, set()) if piece.officer else set()
        standing, dated = self._at_the_time(piece)
        named = self._named.get(piece.id, set())
        touched = place | officer | named
        count = len(standing) + len(dated) + sum(at not in standing and at not in dated for at in touched)
        chosen: list[int] = []
        more = (named & (place | officer), touched.intersection(dated), touched.intersection(standing), place & officer)
        for tier in (*more, named, dated, touched, standing):
            chosen += _first(tier, chosen, most - len(chosen))
        return Guarded(count, tuple(guards(piece, [self._all[at] for at in chosen])))

    def _at_the_time(self, piece: Footage) -> tuple[range, set[int] | range]:
        """What stands open then, and what had its own days; everything, where the recording has no reliable time."""
        if piece.start is None:
            return range(len(self._starts)), range(len(self._starts), len(self._all))
        begun, over = sorted((day_of(piece.start), day_of(piece.end or piece.start)))
        standing = range(bisect_right(self._starts, over))
        if over - begun > _LONG:
            return standing, {at for at in range(len(self._starts), len(self._all)) if self._meets(at, begun, over)}
        dated = {at for at in self._long if self._meets(at, begun, over)}
        for number in range((over - begun).days + 1):
            dated |= self._days.get(begun + number * DAY, set())
        return standing, dated

    def _meets(self, at: int, begun: date, over: date) -> bool:
        one = self._all[at]
        return one.start is not None and one.start <= over and (one.end is None or one.end >= begun)


def _first(tier: set[int] | range, chosen: Sequence[int], number: int) -> list[int]:
    """The first so many that are not chosen yet."""
    if number <= 0:
        return []
    fresh = (at for at in tier if at not in chosen)
    return list(islice(fresh, number)) if isinstance(tier, range) else heapq.nsmallest(number, fresh)


def _under_way() -> str:
    return _("case under way")


# What a window of a register is called; every other one is a case.
_REGISTERS = {"disclosure": lambda: _("request for information"), "complaint_made": lambda: _("complaint")}


def guard_words(guarded: Guarded, piece: Footage) -> str:
    """«与西财罚〔2026〕17号的现场检查时间重叠，暂不得处理»; empty where nothing guards."""
    if not guarded.nearest:
        return ""
    first = guarded.nearest[0]
    what = {"hold": _("hold"), "request": _("request"), "asked": _("information asked for"), "complained": _("complained of")}.get(
        first.window.kind, "")
    title = vocabulary().title("event", first.window.what)
    activity = title.partition("（")[0].partition(" (")[0] if first.window.what else _REGISTERS.get(first.window.kind, _under_way)()
    name = _("{activity} ({what})").format(activity=activity, what=what) if what else activity
    how = listed_words(_how(first, piece))
    if guarded.count > 1:
        words = _("{how} as {activity} of {number}, and {n} more: nothing may be done with it yet")
    else:
        words = _("{how} as {activity} of {number}: nothing may be done with it yet")
    return words.format(how=how, activity=name, number=first.window.id, n=guarded.count - 1)


def _how(guard: Guard, piece: Footage) -> Iterator[str]:
    window = guard.window
    if "named" in guard.by:
        yield _("named in it")
    if "time" in guard.by:
        met = (piece.start is not None and piece.end is not None and window.begun is not None and window.over is not None
               and piece.start <= window.over and window.begun <= piece.end)
        day = window.what or window.start == window.end
        yield _("same time") if met else _("same day") if day else _("within the time")
    if "time_unknown" in guard.by:
        yield _("no reliable time, perhaps the same")
    if "place" in guard.by:
        yield _("same place")
    if "officer" in guard.by:
        yield _("same officer")


def plain_place(place: str) -> str:
    """Two ways of writing one place are one place."""
    return "".join(place.split()).casefold()
