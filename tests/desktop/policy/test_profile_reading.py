"""The loader of profiles: every kind of mistake with its line and a sentence, whatever is wrong beside it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import Refusal
from desktop.i18n import set_language
from desktop.paths import RESOURCES
from desktop.policy import profile
from desktop.policy.checks import SECTIONS, circles
from desktop.policy.moments import Moment, parse_moments
from desktop.policy.profile import check, parse_profile
from desktop.policy.toml_lines import toml_lines

HEAD = """format = 1
key = "own"
version = 1
title = "本局办法"
short = "本办法"
issuer = "本局"
effective = "2026-01-01"
base = "national"
"""
DEADLINE = """
[[deadline]]
id = "A-1"
article = "第一条"
text = "应在24小时内移交。"
topic = "deposit"
title = "移交"
per = "footage"
start = "footage.end"
end = "footage.deposited"
number = 24
unit = "hour"
"""
ITEM = """
[[item]]
id = "A-2"
article = "第二条"
text = "制作询问笔录。"
stage = "investigate"
title = "询问笔录"
forms = ["询问笔录"]
"""
GOOD = HEAD + DEADLINE + ITEM
DUTY = '[[duty]]\nid = "D"\narticle = "第三条"\ntext = "录"\ntitle = "录"\nexcuse = "none"\n'
OURS = [path for path in sorted((RESOURCES / "policy").glob("*.toml"))
        if path.stem == "national" or (RESOURCES / "regulations" / f"{path.stem}.txt").exists()]


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def line_of(text: str, part: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


def only(text: str) -> tuple[int, str, str]:
    found = check(text)
    assert len(found) == 1, found
    return found[0].line, found[0].where, found[0].words


def test_what_is_right_has_no_mistake() -> None:
    assert check(GOOD) == []
    read = parse_profile(GOOD, profile("national"))
    assert (read.key, read.limits("deposit")[0].number, read.item[0].forms) == ("own", 24, ["询问笔录"])


# What the issue asks of bad input, and every other kind of mistake: the line it stands on, and what the sentence must say.
@pytest.mark.parametrize(("good", "bad", "line", "where", "says"), [
    ('unit = "hour"', 'unit = "hours"', 'unit = "hours"', "A-1", "“unit”不能是“hours”"),
    ('article = "第一条"', "", "[[deadline]]", "A-1", "缺少“article”"),
    ('article = "第一条"', 'article = ""', 'article = ""', "A-1", "缺少条文号"),
    ('text = "制作询问笔录。"', 'text = " "', 'text = " "', "A-2", "缺少条文原文"),
    ('text = "制作询问笔录。"', "", "[[item]]", "A-2", "缺少“text”"),
    ('stage = "investigate"', 'stage = "middle"', 'stage = "middle"', "A-2", "“stage”不能是“middle”"),
    ("number = 24", 'number = "24"', 'number = "24"', "A-1", "“number”须是整数"),
    ("number = 24", "number = true", "number = true", "A-1", "“number”须是整数"),
    ("number = 24", "number = -1", "number = -1", "A-1", "不能小于零"),
    ("number = 24", "number = 99999999999999999999", "number = 9", "A-1", "“number”最多是10000"),
    ('number = 24\nunit = "hour"', 'number = 101\nunit = "year"', "number = 101", "A-1", "“number”最多是100"),
    ("number = 24", 'number = 24\nextension = 9999\nextension_by = "负责人"', "extension = 9", "A-1", "延长后最多是10000"),
    ("number = 24", 'number = 24\nexceptions = ["water"]\nexception_number = 10001\nexception_start = "footage.returned"', "exception_number",
     "A-1", "“exception_number”最多是10000"),
    ('base = "national"', 'base = "nationl"', "base =", "", "“base”只能是“national”"),
    ("number = 24", "nummer = 24\nnumber = 24", "nummer", "A-1", "没有“nummer”这个键"),
    ('id = "A-2"', 'id = "A-1"', None, "A-1", "编号“A-1”已经用过"),
    ('forms = ["询问笔录"]', 'forms = "询问笔录"', "forms =", "A-2", "方括号"),
    ('forms = ["询问笔录"]', 'forms = ["询问笔录", "询问笔录"]', "forms =", "A-2", "写了两次"),
    ('forms = ["询问笔录"]', 'forms = [\n"询问笔录",\n"",\n]', '""', "A-2", "有一项是空的"),
    ('forms = ["询问笔录"]', 'signers = ["officer",\n"offcer"]', '"offcer"', "A-2", "“签字人”里没有“offcer”"),
    ('forms = ["询问笔录"]', 'each = "interview"', "each =", "A-2", "没有写文书名称"),
    ('forms = ["询问笔录"]', 'when = ["hering"]', "when =", "A-2", "“问题”里没有“hering”。可用的有：hearing"),
    ('forms = ["询问笔录"]', 'kinds = ["fine"]', "kinds =", "A-2", "“执法行为种类”里没有“fine”"),
    ('forms = ["询问笔录"]', 'procedures = ["short"]', "procedures =", "A-2", "“程序”里没有“short”"),
    ('start = "footage.end"', 'start = "footage.ended"', "start =", "A-1", "“start”里的“footage.ended”不认识"),
    ('start = "footage.end"', 'start = "footage.end | activity(hering).end"', "start =", "A-1", "“事件”里没有“hering”"),
    ('end = "footage.deposited"', 'end = "activity(servis_*).start"', "end =", "A-1", "“事件”里没有“servis_*”"),
    ("number = 24", 'number = 24\nexceptions = ["moon"]\nexception_number = 24\nexception_start = "footage.returned"', '"moon"', "A-1",
     "“例外种类”里没有“moon”"),
    ("number = 24", "number = 24\nexception_number = 24", "exception_number", "A-1", "没有写种类"),
    ("number = 24", 'number = 24\nexceptions = ["water"]', "exceptions", "A-1", "有多长、从何时起算"),
    ("number = 24", 'number = 24\npauses = ["lunch"]', "pauses", "A-1", "“不计算期限的情形”里没有“lunch”"),
    ("number = 24", "number = 24\nextension = 10", "extension =", "A-1", "由谁批准延长"),
    ("number = 24", 'number = 24\ndue_on = "02-30"', "due_on", "A-1", "MM-DD"),
    ("number = 24", "number = 24\nsoon_percent = 0", "soon_percent", "A-1", "1 到 100"),
    ('per = "footage"', 'per = "year"', 'per = "year"', "A-1", "每年一次"),
    ("format = 1", "format = 2", "format = 2", "", "只认识格式 1"),
    ("version = 1", "", "format = 1", "", "缺少“version”"),
])
def test_a_mistake_has_its_line_and_says_what_to_do(good: str, bad: str, line: str | None, where: str, says: str) -> None:
    text = GOOD.replace(good, bad, 1)
    at, rule, words = only(text)
    assert says in words
    assert rule == where
    assert at == (line_of(text, line) if line is not None else line_of(text, "[[item]]") + 1)
    assert words.endswith("。")


@pytest.mark.parametrize(("rules", "line", "says"), [
    (DUTY + 'level = "all"\nevents = ["hearing"]', "level", "“level”不能是“all”"),
    (DUTY + 'level = "full"\nevents = ["herring"]', "events", "“事件”"),
    (DUTY + 'level = "full"\nevents = ["hearing"]\ntraits = ["big"]',
     "traits", "“情形”"),
    (DUTY + 'level = "full"\nevents = ["hearing"]\nchoice = "a=b"',
     "choice", "没有对应的选项"),
    (DUTY + 'level = "full"\nevents = ["hearing"]\ninstead_of = "X"',
     "instead_of", "不是本文件里的记录义务"),
    ('[[points]]\nid = "P"\narticle = "第四条"\ntext = "摄"\npoints = ["sky"]', "points =", "“重点摄录内容”"),
    ('[[interruption]]\nid = "I"\narticle = "第五条"\ntext = "止"\ncauses = ["sleep"]', "causes", "“中止原因”"),
    ('[[retention]]\nid = "R"\narticle = "第六条"\ntext = "存"\npermanent = ["heavy"]', "permanent", "“永久保存的情形”"),
    ('[[choice]]\nkey = "c"\narticle = "第七条"\nquestion = "？"\nchosen = "z"\noptions = { a = "甲", b = "乙" }', "chosen", "选项：a, b"),
    ('[[silence]]\ntopic = "x"\ntitle = "无"\nnational = ["CF-60", "CF-61x"]', "national =", "没有编号为“CF-61x”的规则。可用的有：CF-61"),
    ('[[condition]]\nkey = "a"\ntitle = "甲"\nany = ["b"]\n[[condition]]\nkey = "b"\ntitle = "乙"\nall = ["a"]', "[[condition]]", "a → b → a"),
    ('[[condition]]\nkey = "a"\ntitle = "甲"\nall = ["a"]', "[[condition]]", "a → a"),
    ('[[condition]]\nkey = "penalty_case"\ntitle = "甲"\nall = ["ordinary_penalty"]', "[[condition]]", "ordinary_penalty → penalty_case"),
    ('[[order]]\nid = "O"\narticle = "第八条"\ntext = "先"\ntitle = "先后"\nfirst = "case_end"\nsecond = "file"',
     "second", "“second”里的“file”不认识"),
])
def test_every_section_is_checked(rules: str, line: str, says: str) -> None:
    text = GOOD + "\n" + rules + "\n"
    at, _where, words = only(text)
    assert says in words
    assert at == line_of(text, line)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = (GOOD.replace('unit = "hour"', 'unit = "hours"').replace('article = "第二条"\n', "").replace('forms = ["询问笔录"]', "formes = 3")
            + '\n[[condition]]\nkey = "a"\ntitle = "甲"\nany = ["b"]\n\n[[condition]]\nkey = "b"\ntitle = "乙"\nany = ["a"]\n')
    found = check(text)
    assert [one.line for one in found] == sorted(one.line for one in found)
    said = " ".join(one.words for one in found)
    assert len(found) == 4
    assert all(part in said for part in ("hours", "“article”", "“formes”", "a → b → a"))


@pytest.mark.parametrize(("text", "line"), [("a = \n", 1), ('a = 1\nb = "x\n', 2), ("a = 1\na = 2\n", 2), ("[x\n", 1),
                                          ("format = 1\n[[deadline]\n", 2)])
def test_what_is_no_toml_is_told_with_its_line(text: str, line: int) -> None:
    at, _where, words = only(text)
    assert at == line
    assert "TOML" in words


def test_a_faulty_profile_is_refused_with_the_first_lines() -> None:
    with pytest.raises(Refusal) as refused:
        parse_profile(GOOD.replace('unit = "hour"', 'unit = "week"'), profile("national"))
    assert refused.value.code == "profile.damaged"
    assert refused.value.facts["profile"] == "own"
    assert "第 20 行" in str(refused.value)


def test_english_says_it_too() -> None:
    set_language("en")
    at, _where, words = only(GOOD.replace('unit = "hour"', 'unit = "hours"'))
    assert (at, words) == (20, "“unit” cannot be “hours”. Choose one of: hour, day, working_day, month, year.")


# ---- the lines
NASTY = '''# [[item]] in a comment
"quoted.key" = 'a # no comment'
a.b = [1, # one
  [2, 3], "]",
  { c = 1, "d e" = """
]] two
lines""" }]
text = """one "quoted" \\""" two
[[item]]
\'\'\' three"""""
[[ item ]] # first
id = "x"
[item.sub]
y = 1979-05-27T07:32:00Z
[[item]]
z = \'\'\'
[[item]]
\'\'\'
'''


def test_lines_are_right_in_spite_of_strings_and_comments() -> None:
    tomllib.loads(NASTY)
    lines = toml_lines(NASTY)
    assert {path: lines[path] for path in [("quoted.key",), ("a", "b"), ("a", "b", 1), ("a", "b", 3), ("a", "b", 3, "d e"), ("text",),
                                           ("item", 0, "id"), ("item", 0, "sub", "y"), ("item", 1), ("item", 1, "z")]} == {
        ("quoted.key",): 2, ("a", "b"): 3, ("a", "b", 1): 4, ("a", "b", 3): 5, ("a", "b", 3, "d e"): 5, ("text",): 8,
        ("item", 0, "id"): 12, ("item", 0, "sub", "y"): 14, ("item", 1): 15, ("item", 1, "z"): 16}


@pytest.mark.parametrize("path", sorted((RESOURCES / "policy").glob("*.toml")), ids=lambda path: path.stem)
def test_every_key_of_our_own_files_has_its_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines, rows = toml_lines(text), text.splitlines()

    def walk(value: object, at: tuple[str | int, ...]) -> None:
        assert at in lines
        if at and isinstance(at[-1], str) and not isinstance(value, dict | list):
            assert at[-1] in rows[lines[at] - 1]
        for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            walk(part, (*at, key))

    walk(tomllib.loads(text), ())


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.sampled_from(["", '"', "[", "]", "=", "\n", "#", "x", "'''", "\\", "9"]))
def test_no_slip_of_the_pen_ends_the_check(at: int, slip: str) -> None:
    text = GOOD[:at] + slip + GOOD[at + 1:]
    for one in check(text):
        assert one.words
        assert 1 <= one.line <= text.count("\n") + 1


# ---- the small language and the circles
@pytest.mark.parametrize(("text", "expected"), [
    ("case_end", (Moment("case", "case_end"),)), ("footage.day", (Moment("footage", "day"),)), ("year", (Moment("year", "end"),)),
    ("activity(service_*).start", (Moment("activity", "start", "service_*"),)),
    ("paper(先行登记保存（证据）通知书).dated", (Moment("paper", "dated", "先行登记保存（证据）通知书"),)),
    ("disclosure.pause(correction).end", (Moment("pause", "end", "correction"),)),
    ("activity(decision).start | case_end", (Moment("activity", "start", "decision"), Moment("case", "case_end")))])
def test_moments(text: str, expected: tuple[Moment, ...]) -> None:
    assert parse_moments(text) == expected


@pytest.mark.parametrize("text", ["", "case", "footage.start", "activity().start", "activity(a).dated", "paper(x).end", "a|", "disclosure.end",
                                  "disclosure.pause(x)", "activity(hearing)", "case_end extra"])
def test_what_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError):
        parse_moments(text)


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.sampled_from("abcdef"), max_size=3), max_size=6))
def test_a_circle_is_found_if_and_only_if_there_is_one(asks: dict[str, list[str]]) -> None:
    def reaches(start: str, at: str, seen: frozenset[str]) -> bool:
        return any(part == start or (part not in seen and reaches(start, part, seen | {part})) for part in asks.get(at, ()))

    found = circles(asks)
    assert bool(found) == any(reaches(key, key, frozenset()) for key in asks)
    for circle in found:
        assert all(after in asks[key] for key, after in zip(circle, (*circle[1:], circle[0]), strict=True))


# ---- the profiles that come with the program
@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_profiles_have_no_mistake(path: Path) -> None:
    assert check(path.read_text(encoding="utf-8")) == []


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("key", ["xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"])
def test_every_rule_quotes_its_own_article(key: str) -> None:
    """`text` is the regulation's own words, and stands between the heading of its article and the next."""
    whole = bare((RESOURCES / "regulations" / f"{key}.txt").read_text(encoding="utf-8"))
    heads = [(m[0], m.start()) for m in re.finditer(r"第[一二三四五六七八九十]+条(?![第规款、的])", whole)]
    articles = [(name, whole[at:heads[n + 1][1] if n + 1 < len(heads) else None]) for n, (name, at) in enumerate(heads)]
    own, wrong = profile(key), []
    for section in SECTIONS:
        for rule in getattr(own, section):
            named = re.match(r"第[一二三四五六七八九十]+条", rule.article)
            quoted = named and any(bare(rule.text) in words for name, words in articles if name == named[0])
            if rule.id not in own.national and not quoted:
                wrong.append((rule.id, rule.article, rule.text))
    assert wrong == []
