"""A small archive and three pages, enough for the frame of the window: real objects that answer, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.jobs import Progress
from views.common import button, hbox, page_head, panel, table, text
from views.common.page import Page
from views.common.tables import Cell, Column


@dataclass
class Person:
    name: str = "沈静宜"
    role: str = "archivist"
    role_title: str = "档案员"


@dataclass(frozen=True)
class Answer:
    allowed: bool
    reason: str = ""


@dataclass(frozen=True)
class State:
    size: int = 48213
    checked_to: int = 48209
    checked_at: datetime | None = datetime(2026, 11, 19, 2, 30, tzinfo=UTC)
    sound: bool = True


class Rulebook:
    """No day or rule has changed: nothing is to be reckoned anew."""

    def recompute_due(self) -> bool:
        return False


@dataclass
class SmallArchive:
    """Answers what the frame asks."""

    name: str = "西岗区财政局档案室"
    profile_title: str = "西岗办法，叠加省办法"
    person: Person = field(default_factory=Person)
    clock: FrozenClock = field(default_factory=lambda: FrozenClock(datetime(2026, 11, 19, 2, 48, tzinfo=UTC)))
    forbidden: set[str] = field(default_factory=set)
    listeners: list[Callable[[str, Any], None]] = field(default_factory=list)
    locked: int = 0
    waiting: int = 2
    state: State = State()
    rulebook: Rulebook = field(default_factory=Rulebook)

    def may(self, act: str, **subject: Any) -> Answer:
        return Answer(False, "只有档案员可以办这件事") if act in self.forbidden else Answer(True)

    def listen(self, listener: Callable[[str, Any], None]) -> Callable[[], None]:
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def announce(self, act: str) -> None:
        for listener in list(self.listeners):
            listener(act, {})

    def lock(self) -> None:
        self.locked += 1

    def ledger_state(self) -> State:
        return self.state

    def free_space(self) -> int:
        return 3_100_000_000_000


def sign_in(name: str, password: str) -> None:
    """Lets in whoever knows the word."""
    if password != "right":
        raise Refusal("test.password")


class TodayPage(Page):
    name, icon, listens_to = "today", "calendar-check", frozenset({"cases."})

    @classmethod
    def title(cls) -> str:
        return "工作台"

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return int(archive.waiting)

    def build(self) -> None:
        self.read, self.opens = 0, []
        self.first = button("移交入库", "primary", "tray-arrow-down", "F2")
        head = page_head("工作台", button("打印今日清单", "", "scroll", "Ctrl+P"), self.first, sub="1 项已逾期。先办最上面的。")
        self.rows = table(
            [Column("题名", 0, lambda r: Cell(r, "周敏 · 批准 韩立")), Column("页", 60, lambda r: "2", right=True)],
            [f"行政执法立案审批表 {i}" for i in range(30)],
            "卷内目录",
        )
        self.lay(head, (hbox((panel("卷内目录", self.rows), 1), panel("等待批准", text("没有"), None), gap=16), 1))

    def refresh(self) -> None:
        self.read += 1

    def opened(self, **kw: Any) -> None:
        self.opens.append(kw)
        super().opened(**kw)


class CasesPage(TodayPage):
    name, icon, act, listens_to = "cases", "archive", "cases.list", frozenset({"intake."})

    @classmethod
    def title(cls) -> str:
        return "案卷"

    @classmethod
    def waiting(cls, archive: Any) -> int:
        return 0


class SearchPage(CasesPage):
    name, icon, act, searches = "search", "magnifying-glass", "search.find", False

    @classmethod
    def title(cls) -> str:
        return "检索"


class SettingsPage(CasesPage):
    name, icon, act, at_bottom = "settings", "gear-six", "", True

    @classmethod
    def title(cls) -> str:
        return "设置"


PAGES = [TodayPage, CasesPage, SearchPage, SettingsPage]


def slow(progress: Progress, steps: int = 112) -> int:
    """A job that never ends by itself: it steps until it is stopped."""
    progress.begin(steps, "items")
    for _i in range(37):
        progress.step("DSJ0412_20261020_1044.mp4")
    while True:
        progress.step(amount=0)
