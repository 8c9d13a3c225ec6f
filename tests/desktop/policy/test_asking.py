"""Every question that anything hangs on can be answered: asked of a person, or shown by something that the vocabulary lets one enter."""

from __future__ import annotations

import pytest

from desktop.policy import profile, profile_names
from desktop.policy.asking import approvers_of, asked_by_rules, asked_by_sheet, conditions_of, forms_of
from desktop.policy.listing import in_force
from desktop.policy.sheet import default_sheet
from desktop.policy.vocabulary import vocabulary

ALL = ("national", *profile_names())


@pytest.mark.parametrize("key", ALL)
def test_every_question_is_asked_or_shown_by_what_can_be_entered(key: str) -> None:
    rules, words = profile(key), vocabulary()
    known, forms = conditions_of(rules), forms_of(rules, default_sheet())
    wanted = asked_by_rules(rules, in_force(rules, [])) | asked_by_sheet(rules, default_sheet())
    assert wanted
    for one in (known[name] for name in wanted):
        assert one.asked or one.derived, one.key
        assert set(one.activities) <= set(words.keys("event")), one.key
        assert set(one.traits) <= set(words.keys("trait")), one.key
        assert set(one.forms) <= set(forms), one.key
        assert set(one.kinds) <= set(words.keys("kind")), one.key
        assert set(one.procedures) <= set(words.keys("procedure")), one.key


def test_a_dispute_that_is_likely_is_asked_where_a_duty_hangs_on_it() -> None:
    asking = {key for key in ALL if "contested" in asked_by_rules(profile(key), in_force(profile(key), []))}
    bearing = {key for key in ALL if any("contested" in rule.traits for rule in profile(key).duty)}
    assert asking >= bearing
    assert bearing


@pytest.mark.parametrize("key", ALL)
def test_whoever_a_rule_wants_to_approve_can_be_named(key: str) -> None:
    rules = profile(key)
    named = approvers_of(rules, ("局相关负责人", "本机关负责人", "局领导", "局主要领导"))
    for rule in rules.item:
        assert not rule.approver or any(rule.approved(one) for one in named), (rule.id, rule.approver)


def test_the_sheet_asks_what_a_regulation_does_not() -> None:
    rules = profile("provincial")
    assert "emergency" in asked_by_sheet(rules, default_sheet()) - asked_by_rules(rules, in_force(rules, []))
