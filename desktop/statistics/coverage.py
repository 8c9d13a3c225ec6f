"""Sums over activities that must be recorded: the database counts the kinds of cases that there are, the rules judge each kind once."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from desktop.policy.duties import duties
from desktop.policy.listing import Listing
from desktop.policy.rules import Profile
from desktop.policy.verdicts import DutyVerdict, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.statistics.forms import ArticleLine, Belonging, CoverageSums, Covered, Period, merged
from desktop.statistics.months import month_of
from models.facts import Activity, CaseFacts, Unsuitable
from models.secrecy import Clearance

_KIND = " || char(31) || ".join(("c.profile", "c.profile_version", "c.kind", "c.procedure", "c.conditions", "a.kind", "a.traits",
                                 "a.unsuitable_ground", "(trim(a.unsuitable_reason) <> '')"))
# 2: all recordings of it are known to the person, 1: some are, 0: none, or there is none.
_RECORDED = """coalesce((SELECT max(known) + min(known) FROM (SELECT r.state <= ? AND (r.trade = 0 OR ?) AND (r.privacy = 0 OR ?) AS known
    FROM footage_facts f JOIN component m ON m.id = f.component_id JOIN record r ON r.id = m.record_id WHERE f.activity_id = a.id)), 0)"""
_LEADS = "(SELECT o.name FROM case_officer o WHERE o.case_id = c.id AND o.position = 0)"
_OPEN = (Standing.UNANSWERED,)
_TIMED = ("full", "sync")  # levels at which begin and end count; any suitable way of recording has no seconds
_WANTING = (Standing.MISSING, Standing.INCOMPLETE, Standing.VIOLATED)

_ALL = 2

Rules = Callable[[str, int], tuple[Profile, Listing]]
UnitOf = Callable[[str, date], str]


def coverage_sums(connection: Any, clearance: Clearance, period: Period, rules: Rules, unit_of: UnitOf) -> CoverageSums:
    """Activities begun in the period that must be recorded, counted, and in seconds as they were last cut. Where the person may not know of
    every recording of an activity, its seconds are left out: they would tell of it."""
    kinds = [key for key, term in vocabulary().keys("event").items() if term.recorded]
    bounds = period.bounds
    statement = f"""SELECT {_KIND}, ({month_of('a.start', '>=', period)}) * 3 + {_RECORDED}, {_LEADS}, count(*), total(v.due), total(v.proven)
        FROM case_activity a CROSS JOIN case_folder c ON c.id = a.case_id LEFT JOIN activity_coverage v ON v.activity_id = a.id
        WHERE a.removed_at IS NULL AND a.kind IN (SELECT value FROM json_each(?)) AND a.start >= ? AND a.start < ?
        AND c.state <= ? AND (c.trade = 0 OR ?) AND (c.privacy = 0 OR ?) GROUP BY 1, 2, 3"""
    known = (int(clearance.state), int(clearance.trade), int(clearance.privacy))
    found = connection.execute(statement, (*known, json.dumps(kinds), bounds[0], bounds[-1], *known))
    sums = _Sums(period, rules, unit_of)
    for kind, place, leads, count, due, proven in found:
        sums.add(kind, place // 3, place % 3, leads or "", (count, round(due), round(proven)))
    return sums.made()


class _Sums:
    """What has been counted so far; each kind of activity in each kind of case is judged once."""

    def __init__(self, period: Period, rules: Rules, unit_of: UnitOf) -> None:
        self._period, self._rules, self._unit_of = period, rules, unit_of
        self._judged: dict[str, tuple[str, str, bool, Covered] | None] = {}
        self._months: dict[date, Covered] = dict.fromkeys(period.months, Covered())
        self._matters: dict[str, Covered] = {}
        self._officers: dict[Belonging, Covered] = {}
        self._articles: list[ArticleLine] = []

    def add(self, kind: str, month: int, recorded: int, leads: str, sums: tuple[int, int, int]) -> None:
        """So many activities of a kind, how long they went on, and how much of that is proven; `recorded` as `_RECORDED` says."""
        if kind not in self._judged:
            self._judged[kind] = _judge(kind, self._rules)
        judged = self._judged[kind]
        if judged is None:
            return
        title, article, timed, without = judged
        count, due, proven = sums
        if recorded:
            one = Covered(count, seconds=due, proven=proven) if timed and recorded == _ALL else Covered(count)
        else:
            one = Covered(0, without.excused * count, without.missing * count, without.open * count, due if timed and without.missing else 0)
        at = self._period.months[month]
        self._months[at] += one
        self._matters[title] = self._matters.get(title, Covered()) + one
        who = (leads, self._unit_of(leads, at), at)
        self._officers[who] = self._officers.get(who, Covered()) + one
        if one.missing:
            self._articles.append(ArticleLine(article, title, unrecorded=one.missing))

    def made(self) -> CoverageSums:
        matters = sorted(self._matters.items(), key=lambda pair: (-pair[1].missing, -pair[1].due, pair[0]))
        return CoverageSums(tuple(self._months.items()), tuple(matters), merged(self._articles), self._officers)


def _judge(kind: str, rules: Rules) -> tuple[str, str, bool, Covered] | None:
    """Title, article, whether its time counts, and what one such activity counts as where nothing was recorded; None where it need not be."""
    profile, version, of_case, procedure, conditions, event, traits, ground, reasoned = kind.split("\x1f")
    unsuitable = Unsuitable(ground, "–" if reasoned == "1" else "") if ground else None
    activity = Activity("", event, traits=frozenset(json.loads(traits)), unsuitable=unsuitable)
    facts = CaseFacts(kind=of_case, procedure=procedure, conditions=json.loads(conditions), activities=(activity,))
    verdict = next(iter(duties(*_with(rules(profile, int(version)), facts))), None)
    if verdict is None or verdict.ground is None:  # where the text is silent, the list only recommends
        return None
    return None if (one := _counts(verdict)) is None else (verdict.title, verdict.ground.article, verdict.level in _TIMED, one)


def _with(held: tuple[Profile, Listing], facts: CaseFacts) -> tuple[Profile, CaseFacts, Listing]:
    return held[0], facts, held[1]


def _counts(verdict: DutyVerdict) -> Covered | None:
    if verdict.standing is Standing.EXCUSED:
        return Covered(excused=1)
    if verdict.standing in _WANTING:
        return Covered(missing=1)
    return Covered(open=1) if verdict.standing in _OPEN else None
