"""The papers of the training archive's three cases, from `resources/demo/papers.toml`; the same bytes each time."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from desktop.paths import RESOURCES
from desktop.tools.typesetting import typeset
from models.terms import EnforcementKind, Stage

SOURCE = RESOURCES / "demo" / "papers.toml"


@dataclass(frozen=True)
class CaseOutline:
    """One training case: what stands on its folder."""

    key: str
    number: str
    unit: str
    kind: EnforcementKind
    reason: str
    party: str
    officers: tuple[str, ...]


@dataclass(frozen=True)
class CasePaper:
    """One paper of a training case. `facts` are what the form asks; `pdf` sets them."""

    case_key: str
    title: str
    number: str
    stage: Stage
    date: date
    facts: dict[str, Any] = field(repr=False, hash=False)

    @property
    def file_name(self) -> str:
        """`20261022-现场检查笔录.pdf`: as an office names its scans."""
        return f"{self.date:%Y%m%d}-{self.title}.pdf"

    def pdf(self) -> bytes:
        """The paper as PDF/A-2b, dated at nine o'clock in the morning of its day in China."""
        return typeset("paper", self.facts, datetime.combine(self.date, time(1), UTC))


def case_outlines() -> list[CaseOutline]:
    """The three cases: a finance inspection, a culture-market inspection, a statistics inspection."""
    return [
        CaseOutline(
            key=case["key"],
            number=case["number"],
            unit=case["unit"],
            kind=EnforcementKind(case["kind"]),
            reason=case["reason"],
            party=case["party"],
            officers=tuple(case["officers"]),
        )
        for case in _source()["cases"]
    ]


def case_papers(case_key: str | None = None) -> list[CasePaper]:
    """Every paper of the three cases, or of one, in the order of its file. No PDF is set before `pdf` is called."""
    source = _source()
    return [
        _paper(case, paper, source["mark"])
        for case in source["cases"]
        if case_key in (None, case["key"])
        for paper in case["papers"]
    ]


def on_paper(day: date) -> str:
    """A day as it stands on paper: 2026年11月2日."""
    return f"{day.year}年{day.month}月{day.day}日"


@functools.cache
def _source() -> dict[str, Any]:
    with open(SOURCE, "rb") as f:
        return tomllib.load(f)


def _paper(case: dict[str, Any], paper: dict[str, Any], mark: str) -> CasePaper:
    facts = {
        "unit": case["unit"],
        "title": paper["title"],
        "number": paper["number"],
        "mark": mark,
        "date": on_paper(paper["date"]),
        "seal": case["seal"] if paper.get("seal") else "",
    }
    facts |= {name: paper[name] for name in ("pairs", "text", "table", "opinions", "signs") if name in paper}
    return CasePaper(case["key"], paper["title"], paper["number"], Stage(paper["stage"]), paper["date"], facts)
