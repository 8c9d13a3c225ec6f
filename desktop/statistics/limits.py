"""Sums over the clocks of cases, made by the database in one pass: a hundred thousand cases are counted, not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from desktop.clock import stamp
from desktop.policy.grounds import ground
from desktop.policy.rules import Profile
from desktop.statistics.forms import ArticleLine, Belonging, LimitSums, MonthLine, Period, Tally, merged
from desktop.statistics.months import month_of
from models.secrecy import Clearance

DEPOSIT, FILING = "deposit", "filing"
# Not a limit of one case, and a limit that is inferred where the text names no days: neither is held against anybody.
LEFT_OUT = ("annual_list", "correction_check")

# What the person may not know of is little: it is listed once, and cheaper to leave out than to look up for each of half a million clocks.
_WITHIN = """k.case_id NOT IN (SELECT id FROM case_folder WHERE state > ? OR trade > ? OR privacy > ?)
    AND (k.component_id IS NULL OR k.component_id NOT IN (SELECT m.id FROM record r JOIN component m ON m.record_id = r.id
    WHERE r.state > ? OR r.trade > ? OR r.privacy > ?))"""
# How a limit came out: met in time, met too late, over, still running.
_OUTCOME = "CASE WHEN k.met IS NOT NULL THEN k.late WHEN max(k.due, coalesce(k.counted, k.due)) < ? THEN 2 ELSE 3 END"
Rule = tuple[str, str, str, str]  # rule, topic, title, article


def rules_of(connection: Any, profiles: Iterable[Profile]) -> list[Rule]:
    """The rules that any clock stands under, without a right of somebody outside, which goes out unused: nobody here is late."""
    present = {rule for (rule,) in connection.execute("SELECT DISTINCT rule FROM case_clock")}
    found: dict[str, Rule] = {}
    for profile in profiles:
        for rule in profile.deadline:
            if rule.id in present and not rule.lapses and rule.topic not in LEFT_OUT:
                found.setdefault(rule.id, (rule.id, rule.topic, rule.title, ground(profile, rule).article))
    return sorted(found.values(), key=lambda rule: (rule[1] != DEPOSIT, rule[1] != FILING, rule[0]))  # the frequent first: they are found sooner


# A limit that ends at 24:00 ends at the first moment of the next day: it belongs to the month before, hence «later than» and not «as late».
def limit_sums(connection: Any, clearance: Clearance, period: Period, now: Any, rules: Sequence[Rule]) -> LimitSums:
    """Limits that end in the period, by month and by article."""
    tallies: dict[tuple[int, int], Tally] = {}
    if rules:
        chosen = f"CASE k.rule {' '.join(f'WHEN ? THEN {n}' for n in range(1, len(rules) + 1))} ELSE 0 END"
        statement = f"""SELECT (({chosen}) * 16 + ({month_of('k.due', '>', period)})) * 4 + {_OUTCOME}, count(*)
            FROM case_clock k WHERE k.due > ? AND k.due <= ? AND {_WITHIN} GROUP BY 1"""
        bounds = period.bounds
        for key, count in connection.execute(statement, (*(rule[0] for rule in rules), stamp(now), bounds[0], bounds[-1],
                                                         *secrecy(clearance))):
            rule, month, outcome = key // 64, key // 4 % 16, key % 4
            if rule:
                tallies[(rule, month)] = tallies.get((rule, month), Tally()) + tally(outcome, count)
    return LimitSums(_by_month(period, rules, tallies), _by_article(rules, tallies))


def officer_sums(connection: Any, clearance: Clearance, period: Period, now: Any, rules: Sequence[Rule],
                 unit_of: Callable[[str, date], str]) -> dict[Belonging, tuple[Tally, Tally]]:
    """Deposits and filings by who leads the case, its first officer, by unit and month."""
    wanted = {topic: [rule[0] for rule in rules if rule[1] == topic] for topic in (DEPOSIT, FILING)}
    names = [*wanted[DEPOSIT], *wanted[FILING]]
    found: dict[Belonging, tuple[Tally, Tally]] = {}
    if not names:
        return found
    statement = f"""WITH leading AS MATERIALIZED (SELECT case_id, name FROM case_officer WHERE position = 0)
        SELECT o.name, (({month_of('k.due', '>', period)}) * 2 + (k.topic = 'filing')) * 4 + {_OUTCOME}, count(*)
        FROM case_clock k JOIN leading o ON o.case_id = k.case_id
        WHERE k.rule IN ({', '.join('?' * len(names))}) AND k.due > ? AND k.due <= ? AND {_WITHIN} GROUP BY 1, 2"""
    bounds = period.bounds
    for name, key, count in connection.execute(statement, (stamp(now), *names, bounds[0], bounds[-1], *secrecy(clearance))):
        month = period.months[key // 8]
        who = (name, unit_of(name, month), month)
        deposit, filing = found.get(who, (Tally(), Tally()))
        one = tally(key % 4, count)
        found[who] = (deposit, filing + one) if key % 8 >= 4 else (deposit + one, filing)
    return found


def secrecy(clearance: Clearance) -> tuple[int, ...]:
    """What `_WITHIN` asks for, of the case and of the recording."""
    return (int(clearance.state), int(clearance.trade), int(clearance.privacy)) * 2


def tally(outcome: int, count: int) -> Tally:
    return Tally(*(count if outcome == n else 0 for n in range(4)))


def _by_month(period: Period, rules: Sequence[Rule], tallies: dict[tuple[int, int], Tally]) -> tuple[MonthLine, ...]:
    lines = []
    for number, month in enumerate(period.months):
        sums = {DEPOSIT: Tally(), FILING: Tally(), "": Tally()}
        for place, rule in enumerate(rules, 1):
            topic = rule[1] if rule[1] in sums else ""
            sums[topic] += tallies.get((place, number), Tally())
        lines.append(MonthLine(month, sums[DEPOSIT], sums[FILING], sums[""]))
    return tuple(lines)


def _by_article(rules: Sequence[Rule], tallies: dict[tuple[int, int], Tally]) -> tuple[ArticleLine, ...]:
    lines = []
    for place, (_rule, _topic, title, article) in enumerate(rules, 1):
        whole = sum((one for (rule, _month), one in tallies.items() if rule == place), Tally())
        lines.append(ArticleLine(article, title, whole.late, whole.over))
    return merged(lines)
