"""The questions of a case: what is on record proves itself, what is not on record may be answered by a person, a circle never loops."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy import profile, profile_names
from desktop.policy.conditions import Questions, applies, every, questions, some
from desktop.policy.rules import Condition, Scope
from desktop.policy.vocabulary import vocabulary
from models.facts import Activity, CaseFacts, Paper

HEARING = Activity("1", "hearing", date(2026, 3, 2))
RECORD = Paper("1", "询问笔录")


def answer(key: str, facts: CaseFacts, **own: Condition) -> bool | None:
    return Questions({**vocabulary().conditions, **own}, facts).answer(key)


@pytest.mark.parametrize(("key", "facts", "expected"), [
    ("crime_suspected", CaseFacts(), None),  # only a person can say
    ("crime_suspected", CaseFacts(conditions={"crime_suspected": True}), True),
    ("crime_suspected", CaseFacts(conditions={"crime_suspected": False}), False),
    ("hearing", CaseFacts(), False),
    ("hearing", CaseFacts(activities=(HEARING,)), True),
    ("hearing", CaseFacts(conditions={"hearing": True}), True),  # held, and not registered yet
    ("hearing", CaseFacts(activities=(HEARING,), conditions={"hearing": False}), True),  # cannot be answered away
    ("decided", CaseFacts(), None),  # nothing on record shows it: asked
    ("decided", CaseFacts(conditions={"decided": False}), False),
    ("decided", CaseFacts(activities=(Activity("1", "decision", date(2026, 3, 2)),)), True),
    ("interviewed", CaseFacts(papers=(RECORD,)), True),
    ("interviewed", CaseFacts(papers=(RECORD,), conditions={"interviewed": False}), True),
    ("penalty_case", CaseFacts(kind="penalty"), True),
    ("penalty_case", CaseFacts(kind="licensing"), False),
    ("penalty_case", CaseFacts(kind="licensing", conditions={"penalty_case": True}), False),  # the kind is known: nobody answers it
    ("ordinary_penalty", CaseFacts(procedure="simple"), False),
    ("ordinary_penalty", CaseFacts(procedure="ordinary"), True),
    ("ordinary_penalty", CaseFacts(procedure="simple", conditions={"ordinary_penalty": True}), False),
    ("simple", CaseFacts(procedure="simple"), True),
])
def test_answers(key: str, facts: CaseFacts, expected: bool | None) -> None:
    assert answer(key, facts) is expected


BOTH = Condition(key="both", title="两者", all=["crime_suspected", "hearing_right"])
EITHER = Condition(key="either", title="其一", any=["crime_suspected", "hearing_right"])


@pytest.mark.parametrize(("said", "both", "either"), [
    ({}, None, None), ({"crime_suspected": True}, None, True), ({"crime_suspected": False}, False, None),
    ({"crime_suspected": True, "hearing_right": True}, True, True), ({"crime_suspected": False, "hearing_right": False}, False, False),
    ({"both": True, "either": False}, True, False),  # its parts are open, so the whole may be answered
    ({"crime_suspected": False, "both": True}, False, None), ({"hearing_right": True, "either": False}, None, True)])
def test_questions_made_of_questions(said: dict[str, bool], both: bool | None, either: bool | None) -> None:
    facts = CaseFacts(conditions=said)
    assert (answer("both", facts, both=BOTH, either=EITHER), answer("either", facts, both=BOTH, either=EITHER)) == (both, either)


PARTS = st.lists(st.sampled_from("abcd"), max_size=2)


@given(st.dictionaries(st.sampled_from("abcd"), st.tuples(PARTS, PARTS)),
       st.dictionaries(st.sampled_from("abcd"), st.booleans()))
def test_no_circle_ever_loops(asked: Mapping[str, tuple[list[str], list[str]]], said: dict[str, bool]) -> None:
    conditions = {key: Condition(key=key, title=key, any=(asked[key][0] if key in asked else []), all=(asked[key][1] if key in asked else []))
                  for key in "abcd"}
    whole = Questions(conditions, CaseFacts(conditions=said))
    for key in "abcd":
        assert whole.answer(key) in (True, False, None)
        assert set(whole.open([key])) <= {key for key in conditions if conditions[key].asked and key not in said}


@given(st.lists(st.sampled_from([True, False, None])))
def test_three_values(answers: list[bool | None]) -> None:
    """As with two values, for every way in which the open ones could turn out."""
    known = [one for one in answers if one is not None]
    assert (every(answers) is False) == (not all(known))
    assert (some(answers) is True) == any(known)
    assert (every(answers) is None) == (None in answers and all(known))
    assert (some(answers) is None) == (None in answers and not any(known))


@pytest.mark.parametrize(("scope", "facts", "expected"), [
    (Scope(), CaseFacts(), True), (Scope(kinds=["licensing"]), CaseFacts(kind="penalty"), False),
    (Scope(procedures=["simple"]), CaseFacts(procedure="ordinary"), False), (Scope(when=["hearing"]), CaseFacts(), False),
    (Scope(when=["hearing", "crime_suspected"]), CaseFacts(), False), (Scope(when=["crime_suspected"]), CaseFacts(), None),
    (Scope(unless=["crime_suspected"]), CaseFacts(), None), (Scope(unless=["hearing"]), CaseFacts(activities=(HEARING,)), False),
    (Scope(unless=["crime_suspected"]), CaseFacts(conditions={"crime_suspected": False}), True),
    (Scope(kinds=["licensing"], when=["crime_suspected"]), CaseFacts(kind="penalty"), False)])
def test_scope(scope: Scope, facts: CaseFacts, expected: bool | None) -> None:
    assert applies(questions(profile("xigang-finance"), facts), scope) is expected


def test_what_is_asked_is_only_what_a_person_can_say() -> None:
    whole = Questions({**vocabulary().conditions, "both": BOTH}, CaseFacts(conditions={"hearing_right": True}))
    assert whole.open(["both", "hearing", "both"]) == ("crime_suspected",)
    assert whole.open(["decided"]) == ("decided",)
    assert whole.title("crime_suspected") == "涉嫌犯罪"


@pytest.mark.parametrize("key", ["national", *profile_names()])
def test_every_question_of_every_profile_can_be_asked(key: str) -> None:
    own = profile(key)
    asked = questions(own, CaseFacts())
    for section in (own.deadline, own.item, own.duty, own.order):
        for rule in section:
            assert applies(asked, rule) in (True, False, None)
            assert all(asked.title(one) for one in asked.open([*rule.when, *rule.unless]))


@pytest.mark.parametrize(("facts", "expected"), [
    (CaseFacts(), None), (CaseFacts(activities=(Activity("1", "start_approved", date(2026, 9, 1)),)), False),
    (CaseFacts(activities=(Activity("1", "start_approved", date(2026, 9, 1)),), conditions={"not_started": True}), True),
    (CaseFacts(activities=(Activity("1", "complaint_reception", date(2026, 9, 1)),)), None)])
def test_a_case_that_was_started_is_not_one_that_was_not(facts: CaseFacts, expected: bool | None) -> None:
    """A complaint refused is never asked about in a case whose start is on record: its items are missing, not undecided (xigang §9, fushun §8)."""
    asked = questions(profile("xigang-finance"), facts)
    assert asked.answer("not_started") is expected
    if expected is False:
        assert asked.answer("not_pursued") is False
        assert asked.open(["not_pursued"]) == ()
