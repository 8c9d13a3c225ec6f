"""Which registration, seizure or freezing a disposal, release or decision answers: what may be named, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from desktop.errors import Refusal
from desktop.policy.answering import answered_by, enders, only_answers
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.deadlines import clocks
from desktop.policy.known import as_moment, earlier
from desktop.policy.rules import Profile
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.forms import AnswerableLine
from desktop.procedure.times import read, shown
from models.facts import CaseFacts
from models.procedure import CaseActivity
from models.terms import ActivityId


def answerable_lines(profile: Profile, facts: CaseFacts, calendar: OfficeCalendar, now: datetime) -> list[AnswerableLine]:
    """Every activity of the case whose limit another one ends, the earliest first; those without a day last."""
    kinds, only = answered_by(profile), only_answers(profile)
    ended = {rule.id: enders(rule) for rule in profile.deadline if rule.per == "activity"}
    waits: dict[str, frozenset[str]] = {}
    for clock in clocks(profile, facts, calendar, now, due_only=True):
        if clock.met is None and clock.ground.rule in ended:
            waits[clock.subject] = waits.get(clock.subject, frozenset()) | ended[clock.ground.rule]
    lines = [AnswerableLine(ActivityId(int(one.id)), vocabulary().title("event", one.kind), one.start, one.place, kinds[one.kind],
                            kinds[one.kind] & only, waits.get(one.id, frozenset())) for one in facts.activities if one.kind in kinds]
    return sorted(lines, key=lambda one: (one.start is None, as_moment(one.start).isoformat() if one.start else "", one.id))


def check_answers(profile: Profile, case_id: int, kind: str, start: str | None, answers: Sequence[int]) -> list[int]:
    """The activities that one of this kind answers, each checked. Raises `Refusal`: not_found for one that is not in the case,
    procedure.answers_wrong where the rules know no such answer, procedure.answers_before where it would come before what it answers."""
    kinds, found = answered_by(profile), []
    for ident in dict.fromkeys(int(one) for one in answers):
        row = CaseActivity.get_or_none((CaseActivity.id == ident) & (CaseActivity.case == case_id) & CaseActivity.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        words = vocabulary()
        if kind not in kinds.get(row.kind, ()):
            raise Refusal("procedure.answers_wrong", kind=words.title("event", kind), other=words.title("event", row.kind))
        at, before = read(start), read(row.start)
        if at is not None and before is not None and earlier(at, before):
            raise Refusal("procedure.answers_before", kind=words.title("event", kind), at=shown(at), other=words.title("event", row.kind),
                          before=shown(before))
        found.append(ident)
    return sorted(found)
