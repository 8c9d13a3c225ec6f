"""What is no JSON of facts is told in plain words with its line and character; days and names are taken as they are documented only."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from desktop.errors import Refusal
from desktop.i18n import set_language
from desktop.policy.facts_json import DEEPEST, load
from desktop.policy.facts_reading import parse_facts
from tests.desktop.policy.test_worked_cases import _chinese as _chinese

DEEP = "[" * 100_000
NO_JSON = [
    ('{\n "kind": "penalty",\n "kind": "other"\n}', 3, 2, "键“kind”写了两次"),
    ('{"activities": [{"id": "a", "\\u0069d": "b"}]}', 1, 29, "键“id”写了两次"),
    ('[{"id": 1},\n {"id": 2, "b": {"x": "}", "id": 1}, "b": 3}]', 2, 38, "键“b”写了两次"),
    (DEEP, 1, DEEPEST + 1, "层数太多"), ("\n\n" + '{"a":' * 50_000, 3, 5 * DEEPEST + 1, "层数太多"),
    ('{"retention_years":\n  ' + "9" * 5000 + "}", 2, 3, "5000 位的数"), ('{"a": [1, -' + "1" * 6000 + "]}", 1, 11, "6000 位的数"),
    ('{"a": 1,}', 1, 9, "带引号的键"),
    ('{"a" 1}', 1, 6, "冒号"), ('{"a": tru}', 1, 7, "缺少值"), ('{} {}', 1, 4, "结尾之后还有内容"), ("", 1, 1, "缺少值")]


@pytest.mark.parametrize(("text", "line", "column", "says"), NO_JSON)
def test_it_is_told_where_and_what(text: str, line: int, column: int, says: str) -> None:
    with pytest.raises(Refusal) as told:
        load(text)
    assert told.value.code == "facts.not_json"
    sentence = str(told.value)
    assert f"第 {line} 行第 {column} 个字符：" in sentence
    assert re.findall(r"[A-Za-z]{5,}", sentence) == []
    assert len(sentence) < 150
    assert says in sentence


def test_in_english_too() -> None:
    set_language("en")
    with pytest.raises(Refusal, match="line 2, character 3: a number of 5000 digits cannot be one of a case"):
        load("[\n  " + "9" * 5000)


def test_a_mark_of_the_coding_at_the_start_is_no_fault() -> None:
    assert load('\ufeff{"a": "{[\\"1"}') == {"a": '{["1'}


DAYS = ["20260930", "2026-W10-1", "2026W101", "2026-10", "２０２６-09-30", " 2026-09-30", "2026/09/30", "26-09-30", 20260930]
MOMENTS = ["2026-09-30 09:30+08:00", "2026-09-30T09+08:00", "20260930T093000+0800", "2026-W10-1T09:30+08:00", "2026-09-30T09:30+0800",
           "2026-09-30T09:30:00+08:00:30", "2026-09-30T0930+08:00"]


@pytest.mark.parametrize("given", [*DAYS, *MOMENTS])
def test_a_day_is_written_in_one_way(given: Any) -> None:
    facts, (wrong,) = parse_facts({"activities": [{"id": "a", "kind": "started", "start": given}]})
    assert facts is None
    assert (wrong.where, wrong.words) == ("$.activities[0].start", "这里要写日期或时刻：2026-09-01 或 2026-09-01T09:30:00+08:00")


@pytest.mark.parametrize(("given", "says"), [("2026-02-30", "没有“2026-02-30”这个日期或时刻"), ("2026-09-30T24:01:00+08:00", "没有“2026-09-30T24"),
                                             ("2026-09-30T09:30:00+25:00", "没有“"), ("2026-09-30T09:30:00", "请写明时区")])
def test_what_cannot_be_is_told(given: str, says: str) -> None:
    _facts, (wrong,) = parse_facts({"activities": [{"id": "a", "kind": "started", "start": given}]})
    assert says in wrong.words


@pytest.mark.parametrize(("given", "says"), [
    ("20260930", "日期要写成四位年、两位月、两位日：2026-09-01"), ("2026-09-30T09:30:00+08:00", "这里只写日期")])
def test_where_only_a_day_is_wanted_no_hour_is_asked_for(given: str, says: str) -> None:
    _facts, (wrong,) = parse_facts({"case_end": {"kind": "performed", "on": given, "signed_by": "x"}})
    assert (wrong.where, says in wrong.words) == ("$.case_end.on", True)


def test_where_a_moment_is_wanted_the_hour_is() -> None:
    _facts, (wrong,) = parse_facts({"footage": [{"id": "f", "end": "20260930"}]})
    assert wrong.words == "时刻要写明日期、时分和时区：2026-09-01T09:30:00+08:00"


@pytest.mark.parametrize("given", ["2026-09-30", "2026-09-30T09:30+08:00", "2026-09-30T09:30:00Z", "2026-09-30T09:30:00.123456+08:00"])
def test_what_is_documented_is_taken(given: str) -> None:
    assert parse_facts({"activities": [{"id": "a", "kind": "started", "start": given}]})[1] == []


@pytest.mark.parametrize("name", ["activities", "papers"])
def test_a_blank_name_is_no_second_officer(name: str) -> None:
    """处罚法§42: two officers at least; a blank is none, and the same name with a space behind it is the same person."""
    kind = {"kind": "inspection"} if name == "activities" else {"form": "询问笔录"}
    for blank in ("", " ", "　"):
        facts, (wrong,) = parse_facts({name: [{"id": "a", **kind, "officers": ["周敏", blank]}]})
        assert facts is None
        assert (wrong.where, wrong.words) == (f"$.{name}[0].officers[1]", "姓名不能空着，请写上，或者删去这一项")
    _facts, (wrong,) = parse_facts({name: [{"id": "a", **kind, "officers": ["周敏", "周敏 "]}]})
    assert (wrong.where, wrong.words) == (f"$.{name}[0].officers[1]", "“周敏”写了两次")


@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_an_end_that_nobody_signed_is_no_end(blank: str) -> None:
    """行政执法行为终结 is a signed event: filing, service and keeping count from it, so a blank name must not start them."""
    facts, (wrong,) = parse_facts({"case_end": {"kind": "performed", "on": "2026-09-01", "signed_by": blank}})
    assert facts is None
    assert wrong.where == "$.case_end.signed_by"


HINTS = [({"colour": "red"}, "number, kind, procedure"), ({"activities": [{"id": "a", "kind": "dance"}]}, "source_registered"),
         ({"kind": "lottery"}, "penalty"), ({"conditions": {"zzz": True}}, "…"),
         ({"case_end": {"kind": "x", "on": "2026-09-01", "signed_by": "韩立"}}, "performed"),
         ({"activities": [{"id": "a", "kind": "inspektion"}]}, "inspection, random_inspection")]


@pytest.mark.parametrize(("given", "shows"), HINTS)
def test_a_hint_shows_what_is_near_or_else_the_list(given: dict[str, Any], shows: str) -> None:
    _facts, (wrong,) = parse_facts(given)
    assert shows in wrong.words
    shown = wrong.words.partition("可用的有：")[2].split(", ")
    assert 1 <= len(shown) <= 13


def test_of_a_short_list_every_word_is_shown() -> None:
    _facts, (wrong,) = parse_facts({"procedure": "smple"})
    assert wrong.words == "这里不认识“smple”，可用的有：simple, ordinary"
    _facts, (wrong,) = parse_facts({"overrides": [{"rule": "CF-60", "number": 3, "unit": "moon", "cites": "x", "rank": "law"}]})
    assert wrong.words.endswith("可用的有：month, hour, day, working_day, year")


def test_of_very_many_mistakes_the_first_are_told_and_that_soon() -> None:
    import time

    begun = time.process_time()
    facts, wrong = parse_facts({"activities": [{"id": str(n), "kind": f"dance{n}"} for n in range(20_000)], "x" * 10_000: 1})
    assert facts is None
    assert len(wrong) < 1000
    assert all(len(str(one)) < 400 for one in wrong)
    assert time.process_time() - begun < 3


def test_the_schema_says_the_same_of_days() -> None:
    from desktop.policy.facts_schema import facts_schema

    assert json.dumps(facts_schema()).count('"format": "date"') > 5
