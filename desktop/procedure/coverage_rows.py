"""What recordings prove of each activity as rows, in seconds: cut anew where an act changed activities or recordings, read by the statistics."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.policy.coverage import PROVEN, cut, linked, span
from desktop.policy.rules import Profile
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.gathering import Gathered

Seconds = tuple[int, int]  # due, proven
_AMONG = "IN (SELECT value FROM json_each(?))"


def proven_seconds(profile: Profile, gathered: Gathered) -> dict[int, Seconds]:
    """Of each activity that is a matter of recording and whose begin and end are known: how long it went on, and how much of that is proven."""
    recorded, found = vocabulary().keys("event"), {}
    for activity in gathered.facts.activities:
        between = span(profile, activity) if activity.kind in recorded and recorded[activity.kind].recorded else None
        if between is not None:
            pieces = cut(*between, linked(gathered.facts, activity))
            proven = sum((piece.end - piece.start).total_seconds() for piece in pieces if piece.kind == PROVEN)
            found[int(activity.id)] = (round((between[1] - between[0]).total_seconds()), round(proven))
    return found


def write_coverage(connection: Any, reckoned: Mapping[int, Mapping[int, Seconds]]) -> None:
    """Write what differs, by case and activity; rows of activities that are none any more are taken out."""
    before: dict[int, tuple[int, Seconds]] = {}
    for ident, activity, due, proven in connection.execute(
            f"SELECT id, activity_id, due, proven FROM activity_coverage WHERE case_id {_AMONG}", (json.dumps(list(reckoned)),)):
        before[activity] = (ident, (due, proven))
    made = {activity: (case, seconds) for case, found in reckoned.items() for activity, seconds in found.items()}
    gone = [(ident,) for activity, (ident, _seconds) in before.items() if activity not in made]
    changed = [(*seconds, before[activity][0]) for activity, (_case, seconds) in made.items()
               if activity in before and before[activity][1] != seconds]
    added = [(activity, case, *seconds) for activity, (case, seconds) in made.items() if activity not in before]
    for statement, values in (("DELETE FROM activity_coverage WHERE id = ?", gone),
                              ("UPDATE activity_coverage SET due = ?, proven = ? WHERE id = ?", changed),
                              ("INSERT INTO activity_coverage (activity_id, case_id, due, proven) VALUES (?, ?, ?, ?)", added)):
        if values:
            connection.executemany(statement, values)


def linked_ever(connection: Any, components: Iterable[int]) -> bool:
    """Whether any of these recordings was ever linked to an activity: one that just came in proves nothing yet."""
    rows: Sequence[Any] = connection.execute(f"SELECT 1 FROM footage_facts WHERE component_id {_AMONG} LIMIT 1",
                                             (json.dumps(sorted(components)),)).fetchall()
    return bool(rows)
