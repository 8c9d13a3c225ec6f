"""The five regulations as data, held against their own texts: every article used, every word verbatim, every item and duty there."""

from __future__ import annotations

import re

import pytest

from desktop.paths import RESOURCES
from desktop.policy.checks import SECTIONS
from desktop.policy.profile import profile
from tests.desktop.policy.regulations import ARTICLE, KEYS, articles, bare, line_of, own, rules

# The extraction of the founding documents, by hand: items and duties to record that each text makes.
ITEMS = {
    "XG": "9-1 9-2 9-3 9-4 10-1 10-2 10-3 10-4 10-5 10-6 10-7 10-8 10-9 10-10 10-11 10-S 11-1 11-2 11-3 11-4 11-5 11-6 11-7 11-8 12-1 12-2 12-3 "
          "12-4 12-5",
    "FS": "8 9 10 11-1 11-2 11-3 11-4 11-5 11-6 11-7 11-8 11-S 11-R 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
    "PV": "9-1 9-2 9-3 10-1 10-2 10-3 10-4 10-5 10-6 10-7 10-8 10-9 10-10 10-11 10-12 11-1 11-2 11-3 11-4 11-5 12-1 12-2 12-3 12-4 13",
    "JP": "6 7-1 7-2 7-3 8 9 10a 10b 10c 11 12a 12b 13 14-0 14-1 14-2 14-3 14-4 14-5 14-6 14-7 14-S 14-R 15 16 17 18 19 19b 20 21 22 23 24 25 26 "
          "27-1 27-2 27-3 28 29 30",
    "MH": "7 8 9-1 9-2 9-3 9-4 9-5 9-6 9-7 9-8 10 11 13 15-1 15-2 15-3 15-4 15-5 16 17 18-1 18-2 18-3 18-4 18-5 18-6 19 20 21"}
DUTIES = {
    "XG": "13a 13b", "FS": "12a 12b 14v 21v 24v 26v 27v 29v", "PV": "15a 15b 15c", "JP": "14v 20v 27v 28v 29v",
    "MH": "11v 12-1 12-2 12-3 12-4 14v 17v 18v 18w 19v"}
COUNTS = {"XG": (29, 2), "FS": (31, 8), "PV": (25, 3), "JP": (42, 5), "MH": (29, 10)}
SIGNED_BY_ALL = {"XG-10-S", "FS-11-S", "FS-11-R", "JP-14-S", "JP-14-R"}  # closing sentences of an article, not lines of its list


@pytest.mark.parametrize("key", KEYS)
def test_the_articles_of_the_text_are_counted(key: str) -> None:
    numbers = {"xigang-finance": 22, "fushun-culture": 37, "provincial": 28, "jinpu-development": 36, "minhou-statistics": 28}
    assert len(articles(key)) == own(key).articles == numbers[key]


@pytest.mark.parametrize("key", KEYS)
def test_every_article_is_a_rule_or_said_to_be_none(key: str) -> None:
    used = {found[0] for rule in rules(key) if (found := re.match(ARTICLE, rule.article))}
    none = {one.article for one in own(key).no_rule}
    assert set(articles(key)) == used | none
    assert not used & none, "an article cannot be both"
    assert all(one.why.strip() for one in own(key).no_rule)


@pytest.mark.parametrize("key", KEYS)
def test_every_rule_quotes_its_article_word_for_word(key: str) -> None:
    for rule in rules(key):
        cited = re.fullmatch(rf"({ARTICLE})(?:第（([一二三四五六七八九十]+)）项)?", rule.article)
        assert cited, f"{rule.id}: {rule.article}"
        where = articles(key)[cited[1]]
        if cited[2]:
            where = line_of(where, cited[2])
        assert bare(rule.text) in bare(where), f"{rule.id} does not quote {rule.article}"
        assert len(rule.text) > 6
        assert "\n" not in rule.text
        assert rule.mark == "text"


DEFINITIONS = re.compile(r"本办法所称|本制度所称|[文音][字像]记录方式包括|[文音][字像]记录，?是|本省行政区域内|行政执法全过程记录的方式包括")
LEAD = re.compile(r"[^。；;]*[：:；](?=[（(][一1][)）])")  # «…应当重点记录下列内容：» before the first line of a list


@pytest.mark.parametrize("key", KEYS)
def test_no_clause_of_an_article_in_use_is_left_out(key: str) -> None:
    """Of an article with rules every clause is quoted by one of them; only definitions and the words that lead to a list are not."""
    quoted: dict[str, str] = {}
    for rule in rules(key):
        article = rule.article.split("第（")[0]
        quoted[article] = quoted.get(article, "") + "|" + bare(rule.text)
    for article, text in articles(key).items():
        for sentence in re.findall(r"[^。；;]+", LEAD.sub("", bare(text))) if article in quoted else ():
            if not DEFINITIONS.match(sentence):
                for clause in re.split(r"[，,]", sentence):
                    assert clause in quoted[article], f"{key} {article}: {clause}"


@pytest.mark.parametrize(("prefix", "key"), list(zip(ITEMS, KEYS, strict=True)))
def test_every_item_and_duty_of_the_extraction_is_there(prefix: str, key: str) -> None:
    items, duties = ({f"{prefix}-{one}" for one in table[prefix].split()} for table in (ITEMS, DUTIES))
    assert (len(items), len(duties)) == COUNTS[prefix]
    assert items <= {rule.id for rule in own(key).item}
    assert duties <= {rule.id for rule in own(key).duty}
    assert all(rule.id.startswith(prefix) for rule in rules(key))


def test_the_extraction_is_whole() -> None:
    assert sum(items for items, _duties in COUNTS.values()) == 156
    assert sum(items for items, _duties in COUNTS.values()) - len(SIGNED_BY_ALL) == 151
    assert sum(duties for _items, duties in COUNTS.values()) == 28


@pytest.mark.parametrize("key", KEYS)
def test_only_what_a_text_leaves_to_others_is_no_must(key: str) -> None:
    """「其他」 lines demand nothing by themselves; everything else does."""
    optional = {rule.id for rule in own(key).item if not rule.must}
    wanted = {"xigang-finance": {"XG-9-4", "XG-10-11", "XG-11-8", "XG-12-5"}, "fushun-culture": {"FS-11-8", "FS-21-7"},
              "provincial": {"PV-9-3", "PV-10-12"}, "jinpu-development": {"JP-14-7"}, "minhou-statistics": {"MH-9-8", "MH-17-7"}}
    assert optional == wanted[key]
    assert all("其他" in rule.text for rule in own(key).item if not rule.must)


def test_no_province_is_named() -> None:
    assert own("provincial").province == ""
    text = (RESOURCES / "policy" / "provincial.toml").read_text(encoding="utf-8")
    names = ("河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾")
    assert not [name for name in re.findall(r"\S+", names) if name in text]


@pytest.mark.parametrize("key", KEYS)
def test_what_is_left_open_is_said_and_falls_to_national_law(key: str) -> None:
    mine, base = own(key), profile("national")
    said = {one.topic: one.national for one in mine.silence}
    topics = {rule.topic for rule in mine.deadline}
    for rule in base.deadline:
        if rule.kinds == ["licensing"] and "licensing" not in mine.kinds:
            continue
        assert rule.topic in topics or rule.id in said.get(rule.topic, []), f"{key} says nothing of {rule.topic}"
    assert not topics & set(said), "what the text rules is not left open"
    whole = {rule.id for section in SECTIONS for rule in getattr(profile(key), section)}
    assert {rule for ids in said.values() for rule in ids} <= whole, "a rule of the base that is named must be in force"
    for section in ("evidence", "retention", "use", "interruption", "span", "points", "label"):
        assert bool(getattr(mine, section)) != (section in said), f"{key}: {section}"
