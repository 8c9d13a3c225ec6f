"""Which duty to record an activity is under: the text's rule by the reading in force, the agency's own row, or the list's recommendation."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.policy.conditions import applies, questions
from desktop.policy.listing import EXCUSES, LEVELS, Listing, Row, chosen
from desktop.policy.rules import DutyRule, Profile
from desktop.policy.vocabulary import vocabulary
from models.facts import Activity, CaseFacts

WITNESS = "witness"
WITNESS_PRESENT = "witness_present"
WRITTEN = "unsuitable_reasoned"
CONTESTED = "contested"  # said of one activity, or of the whole case


@dataclass(frozen=True)
class Owed:
    """What is owed for one activity. Without `rule` the text is silent: `level` is then the agency's or the list's, and no violation follows.

    `open` is a stricter rule that hangs on a question not answered yet.
    """

    level: str
    excuse: str
    rule: DutyRule | None
    row: Row | None
    sharpened: bool = False
    open: DutyRule | None = None


def owed(profile: Profile, facts: CaseFacts, activity: Activity, listing: Listing) -> Owed | None:
    """The duty an activity is under; None where it is no matter of recording at all."""
    row = listing.row_for(activity.kind, facts.kind)
    held = traits(facts, activity)
    sure, unsure = _candidates(profile, facts, activity, held)
    best = max(sure, key=lambda rule: _weight(profile, rule), default=None)
    doubt = max(unsure, key=lambda rule: _weight(profile, rule), default=None)
    if doubt is not None and best is not None and _rank(doubt.level) <= _rank(best.level):
        doubt = None
    raised = listing.raised(activity.kind, held)
    if best is None and doubt is None:
        if raised is not None:
            return Owed(raised.level, raised.excuse or WRITTEN, None, row, sharpened=True)
        event = vocabulary().keys("event").get(activity.kind)
        if row is None and not (event is not None and event.recorded):
            return None
        silent = row is None or row.level in ("none", "text_only")
        return Owed("may" if silent or row is None else row.level, "unsuitable", None, row)
    level, excuse = (best.level, best.excuse) if best is not None else ("may", "none")
    if raised is not None and _rank(raised.level) > _rank(level):
        stricter = max(excuse, raised.excuse or excuse, key=EXCUSES.index) if best is not None else raised.excuse or WRITTEN
        return Owed(raised.level, stricter, best, row, sharpened=True, open=doubt)
    return Owed(level, excuse, best, row, open=doubt)


def traits(facts: CaseFacts, activity: Activity) -> frozenset[str]:
    """What an activity touches, a witness where one signed a paper of it, and a dispute where the whole case is likely to bring one."""
    signed = any(WITNESS in paper.signers for paper in facts.papers if paper.activity == activity.id)
    contested = facts.conditions.get(CONTESTED) is True
    return activity.traits | ({WITNESS_PRESENT} if signed else set()) | ({CONTESTED} if contested else set())


def _candidates(profile: Profile, facts: CaseFacts, activity: Activity, held: frozenset[str]) -> tuple[list[DutyRule], list[DutyRule]]:
    """The duties that apply, and those of which it is not known yet; the ones that give way are gone."""
    sure: list[DutyRule] = []
    unsure: list[DutyRule] = []
    asked = questions(profile, facts)
    for rule in profile.duty:
        if activity.kind not in rule.events or not set(rule.traits) <= held or held & set(rule.lacking) or not chosen(profile, rule):
            continue
        answer = applies(asked, rule)
        if answer is not False:
            (sure if answer else unsure).append(rule)
    away = {rule.instead_of for rule in sure if rule.instead_of}
    return [rule for rule in sure if rule.id not in away], [rule for rule in unsure if rule.id not in away]


def _rank(level: str) -> int:
    return LEVELS.index(level)


def _weight(profile: Profile, rule: DutyRule) -> tuple[int, bool, int]:
    """The higher level first; of the same, the text's own before the base's; then the one that knows the fewest excuses."""
    return _rank(rule.level), rule.id not in profile.national, EXCUSES.index(rule.excuse)
