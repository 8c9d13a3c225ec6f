"""试算: five regulations beside each other, the articles under them, a file that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.trial import EXAMPLE
from tests.views.lookcheck import faults
from tests.views.walk import Desk
from views.common import Rows
from views.trial import TrialPage


@pytest.fixture
def pages() -> list[type[TrialPage]]:
    return [TrialPage]


def said(part: QWidget) -> str:
    """Every word in a part of the page."""
    return " ".join(label.text() for label in part.findChildren(QLabel)).replace("\u2060", "")


def shown(page: TrialPage) -> Rows:
    assert page.table is not None
    model = page.table.model()
    assert isinstance(model, Rows)
    return model


def test_the_example_stands_under_five_regulations_that_of_the_archive_first(desk: Callable[..., Desk]) -> None:
    one = desk()
    page = one.go("trial")
    assert page.tried.shorts[0] == "西岗办法"
    assert len(page.tried.shorts) == 5
    assert shown(page).rowCount() == len(page.tried.rows) > 10


def test_only_what_differs_is_left_and_opens_into_the_articles_words(desk: Callable[..., Desk]) -> None:
    one = desk()
    page = one.go("trial")
    page.only.picked.emit(1)
    page.only.choose(1)
    page._fill()
    rows = shown(page).rows
    assert rows
    assert all(row.differs for row in rows)
    number = next(n for n, row in enumerate(rows) if "归档" in row.title)
    page.table.choose(number)
    one.settle()
    words = said(page.words)
    assert "20个工作日内" in words
    assert "60日内" in words


def test_a_file_of_facts_is_tried_and_a_bad_one_says_where_and_changes_nothing(desk: Callable[..., Desk], tmp_path: Path) -> None:
    one = desk()
    page = one.go("trial")
    facts = json.loads(EXAMPLE.read_text("utf-8"))
    facts["number"] = "另一件"
    good, bad = tmp_path / "facts.json", tmp_path / "bad.json"
    good.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    facts["activities"][0]["start"] = "昨天下午"
    bad.write_text(json.dumps(facts, ensure_ascii=False), "utf-8")
    page.take_file(good)
    one.settle()
    assert page.tried.number == "另一件"
    page.take_file(bad)
    one.settle()
    assert page.tried.number == "另一件"
    assert page.banner.isVisible()
    assert "activities" in said(page.banner)


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_nothing_is_cut_off(desk: Callable[..., Desk], size: tuple[int, int]) -> None:
    one = desk(size=size)
    one.go("trial")
    assert faults(one.shell) == []
