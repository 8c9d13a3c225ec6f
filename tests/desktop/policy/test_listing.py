"""The list of matters to record: 32 rows that say what the five texts say; an agency's rows add and raise, and never lower a must."""

from __future__ import annotations

import pytest

from desktop.errors import Refusal
from desktop.paths import RESOURCES
from desktop.policy.listing import check_defaults, check_own, defaults, in_force, own_rows
from desktop.policy.owed import owed
from desktop.policy.profile import profile, profile_names
from models.facts import Activity, CaseFacts

TEXT = (RESOURCES / "policy" / "duty_list.toml").read_text(encoding="utf-8")


def own(title: str, event: str, level: str, rest: str = "") -> str:
    return f'format = 1\n[[row]]\ntitle = "{title}"\nevents = ["{event}"]\nlevel = "{level}"\n{rest}\n'


def test_there_are_thirty_two_matters_from_thirteen_sources() -> None:
    assert [row.number for row in defaults().rows] == list(range(1, 33))
    assert {number for row in defaults().rows for number in row.sources} == set(range(1, 14))


@pytest.mark.parametrize("key", profile_names())
def test_every_row_says_what_the_rules_of_the_profile_answer(key: str) -> None:
    """Two ways to one answer: the jurist's table row by row, and the rules of the articles."""
    rules, wrong = profile(key), []
    for row in defaults().rows:
        for event in row.events:
            for held in {frozenset(), *(frozenset(one.traits) for one in row.own if one.profile == key)}:
                traits = held | ({"witness_present"} if event == "service_left" else set())
                kind = row.kinds[0] if row.kinds else row.kind if row.kind in ("inspection", "coercion") else "penalty"
                simple = "simple" if event in ("on_the_spot", "fine_collection") else "ordinary"
                one = Activity("a", event, traits=frozenset(traits))
                facts = CaseFacts(kind=kind, procedure=simple, activities=(one,), conditions={"contested": "contested" in traits})
                due = owed(rules, facts, one, in_force(rules))
                got = (due.level, due.excuse) if due and due.rule else ("none", "none")
                own_levels = row.levels(key, traits)
                said = (own_levels[0].level, own_levels[0].excuse) if own_levels else ("none", "none")
                if got != (("none", "none") if said[0] == "text_only" else said):
                    wrong.append((row.number, event, sorted(traits), said, got))
    assert wrong == []


@pytest.mark.parametrize(("key", "event", "level", "article"), [
    ("xigang-finance", "hearing", "sync", "西岗办法第十三条"), ("provincial", "seize", "may", "第十五条"),
    ("jinpu-development", "confiscated_goods", "none", "第二十九条"), ("minhou-statistics", "refusal_to_sign", "may", "闽侯制度第十一条"),
    ("fushun-culture", "service_public", "may", "抚顺办法第二十六条"), ("provincial", "interview", "may", "第十五条")])
def test_a_row_that_lowers_a_must_is_refused_with_the_article(key: str, event: str, level: str, article: str) -> None:
    with pytest.raises(Refusal) as told:
        in_force(profile(key), own_rows(own("本机关", event, level)))
    assert told.value.code == "listing.lowers"
    assert article in str(told.value)


def test_a_row_may_not_add_an_excuse_that_the_text_does_not_know() -> None:
    """金普第二十条: 听证应当全程进行音像记录, without any excuse."""
    with pytest.raises(Refusal) as told:
        in_force(profile("jinpu-development"), own_rows(own("听证", "hearing", "full", 'excuse = "unsuitable"')))
    assert told.value.code == "listing.excuses"


def test_a_row_may_raise_and_may_add() -> None:
    rules = profile("provincial")
    listing = in_force(rules, own_rows(own("询问", "interview", "full") + own("听证", "premises", "full", 'excuse = "none"')[11:]))
    one = Activity("a", "interview")
    due = owed(rules, CaseFacts(activities=(one,)), one, listing)
    assert due is not None
    assert (due.level, due.sharpened) == ("full", True)


def test_a_row_that_says_nothing_of_excuses_takes_the_texts_own() -> None:
    rules, one = profile("jinpu-development"), Activity("a", "hearing")
    due = owed(rules, CaseFacts(activities=(one,)), one, in_force(rules, own_rows(own("听证", "hearing", "full"))))
    assert due is not None
    assert (due.level, due.excuse, due.sharpened) == ("full", "none", False)


def test_a_recommendation_may_be_dropped() -> None:
    """西岗 is silent on interviews, so its agency is free."""
    assert in_force(profile("xigang-finance"), own_rows(own("询问", "interview", "none"))).agency[0].level == "none"


@pytest.mark.parametrize(("broken", "line", "words"), [
    ('format = 1\n[[row]]\ntitle = "x"\nevents = ["hearin"]\nlevel = "full"\n', 4, "hearin"),
    ('format = 1\n[[row]]\ntitle = "x"\nevents = ["hearing"]\nlevel = "always"\n', 5, "always"),
    ('format = 1\n[[row]]\ntitle = "x"\nevents = ["hearing"]\n', 2, "level"),
    ('format = 1\n[[row]]\ntitle = ""\nevents = ["hearing"]\nlevel = "full"\n', 3, "title"),
    ('format = 1\nrows = 1\n[[row]]\ntitle = "x"\nevents = ["hearing"]\nlevel = "full"\n', 2, "rows"),
    ('format = 2\n[[row]]\ntitle = "x"\nevents = ["hearing"]\nlevel = "full"\n', 1, "1")])
def test_a_mistake_is_told_with_its_line(broken: str, line: int, words: str) -> None:
    mistakes = check_own(broken)
    assert [one.line for one in mistakes] == [line]
    assert words in mistakes[0].words
    with pytest.raises(Refusal, match="清单"):
        own_rows(broken)


@pytest.mark.parametrize(("old", "new"), [("number = 2\nkind", "number = 1\nkind"), ("sources = [3]", "sources = [99]"),
                                          ('certainty = "proposed"', 'certainty = "source"')])
def test_the_default_list_is_checked_as_strictly(old: str, new: str) -> None:
    assert check_defaults(TEXT) == []
    assert check_defaults(TEXT.replace(old, new, 1)) != []
