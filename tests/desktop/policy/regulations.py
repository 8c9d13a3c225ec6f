"""The five profiles and the texts they come from, article by article, for the tests that hold one against the other."""

from __future__ import annotations

import re
from functools import cache

from desktop.paths import RESOURCES
from desktop.policy.checks import SECTIONS
from desktop.policy.profile import parse_profile
from desktop.policy.rules import Profile, Rule

KEYS = ("xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics")
ARTICLE = r"第[一二三四五六七八九十]+条"
LINES = "一二三四五六七八九十"


@cache
def own(key: str) -> Profile:
    """A profile without the national base."""
    return parse_profile((RESOURCES / "policy" / f"{key}.toml").read_text(encoding="utf-8"), None)


@cache
def articles(key: str) -> dict[str, str]:
    """The articles of a text, by their numbers, in order. The provincial text is one long line with its chapters in it."""
    text = (RESOURCES / "regulations" / f"{key}.txt").read_text(encoding="utf-8")
    if key == "provincial":
        text = re.sub(r"第[一二三四五六]章 [^ 第]{1,4}(?: [^ 第])? ", "", text).replace("|", "")
        parts = re.split(rf"(?:^| )({ARTICLE}) ", " " + text)
    else:
        text = re.sub(r"(?m)^第[一二三四五六七八]章.*$", "", text)
        parts = re.split(rf"(?m)^\s*({ARTICLE})", text)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def line_of(article: str, number: str) -> str:
    """One numbered line of an article, from its number to the next."""
    order = LINES.index(number) + 1 if len(number) == 1 else 10 + LINES.index(number[1]) + 1
    after = {10: "十一"}.get(order, LINES[order] if order < 10 else "十" + LINES[order - 10])
    found = re.search(rf"[（(](?:{number}|{order})[)）].*?(?=[（(](?:{after}|{order + 1})[)）]|$)", article, re.DOTALL)
    assert found, number
    return found[0]


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)


def rules(key: str) -> list[Rule]:
    return [rule for section in SECTIONS for rule in getattr(own(key), section)]
