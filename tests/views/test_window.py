"""The window by keyboard: sign-in, rail, history, search, lock, the ring, and what happens after acts and faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Refusal
from desktop.i18n import set_language
from tests.views.lookcheck import check_page, faults, settle
from tests.views.stand_in import PAGES, CasesPage, SmallArchive, TodayPage, sign_in, slow
from views.bridge import Bridge
from views.errors import Unexpected, install
from views.main_window import Shell
from views.sign_in import Door, SignIn
from views.window import MainWindow

PEOPLE = [("沈静宜", "档案员"), ("韩立", "负责人")]


@pytest.fixture
def archive() -> SmallArchive:
    return SmallArchive()


@pytest.fixture
def window(qtbot: QtBot, bridge: Bridge, archive: SmallArchive) -> Iterator[MainWindow]:
    door = Door("西岗区财政局档案室", "西岗办法", sign_in, PEOPLE, another=lambda: None, version="兰台 1.0.0")
    out = MainWindow(archive, bridge, lambda: PAGES, door)
    out.resize(1440, 900)
    out.show()
    qtbot.waitExposed(out)
    out.activateWindow()
    yield out
    out.close()
    out.deleteLater()


def enter(qtbot: QtBot, window: MainWindow) -> Shell:
    """Sign in as the person at the top of the list."""
    assert window.sign_in is not None
    window.sign_in.password.setText("right")
    window.sign_in.submit()
    qtbot.waitUntil(lambda: window.shell is not None and window.sign_in is None)
    assert window.shell is not None
    return window.shell


class Shown(QObject):
    """Hears of every widget that opens as a window; keeps their names, never the widgets, which may be gone by then."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_nothing_opens_as_a_window_of_its_own(qtbot: QtBot, window: MainWindow) -> None:
    """A part made visible before it stands in a layout would flash up as a window and take the focus."""
    app = QApplication.instance()
    shown = Shown()
    app.installEventFilter(shown)
    shell = enter(qtbot, window)
    for page in PAGES:
        shell.go(page.name)
    settle(app)
    app.removeEventFilter(shown)
    assert shown.names == []
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [window]


def press(window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key as the window system sends it, through the native window."""
    QTest.keyClick(window.windowHandle(), key, modifier)
    QApplication.processEvents()


def focused() -> QWidget:
    here = QApplication.focusWidget()
    assert here is not None
    return here


# ---------------------------------------------------------------- sign-in
def test_a_wrong_password_is_told_under_the_field_and_the_field_is_emptied(qtbot: QtBot, window: MainWindow) -> None:
    page = window.sign_in
    assert page is not None
    assert focused() is page.password
    QTest.keyClicks(page.password, "wrong")
    QTest.keyClick(page.password, Qt.Key.Key_Return)
    assert not page.enter.isEnabled()
    qtbot.waitUntil(lambda: page.password_field.verdict == "test.password")
    assert page.password.text() == ""
    assert page.enter.isEnabled()
    assert window.shell is None


def test_caps_lock_shows_itself(qtbot: QtBot, window: MainWindow) -> None:
    page = window.sign_in
    assert page is not None
    QTest.keyClick(page.password, "A", Qt.KeyboardModifier.NoModifier)
    assert page.password_field.verdict == "大写锁定已打开"
    QTest.keyClick(page.password, "a", Qt.KeyboardModifier.NoModifier)
    assert page.password_field.verdict == ""


def test_nothing_typed_says_what_is_missing(window: MainWindow) -> None:
    assert window.sign_in is not None
    window.sign_in.submit()
    assert window.sign_in.password_field.verdict == "请输入口令"


@pytest.mark.parametrize("fixed", ["", "沈静宜"])
def test_sign_in_and_lock_fit_at_every_size(look: QApplication, bridge: Bridge, fixed: str) -> None:
    door = Door("西岗区财政局档案室", "西岗区财政局行政执法全过程记录实施办法", sign_in, PEOPLE, lambda: None,
                version="兰台 1.0.0", checkpoint="日志检查点 2026-11-18 18:00", notices=["国家秘密载体不得接入本机。"])  # fmt: skip

    def build() -> QWidget:
        page = SignIn(bridge, door, lambda name: None, fixed, (lambda: None) if fixed else None)
        page.password_field.tell("bad", "口令不对，再错 3 次将暂停 15 分钟。忘记口令的，请安全管理员重发")
        return page

    check_page(look, build, frame=False)


# ---------------------------------------------------------------- the frame
def test_the_rail_holds_what_the_person_may_open(qtbot: QtBot, window: MainWindow, archive: SmallArchive) -> None:
    archive.forbidden = {"cases.list"}
    shell = enter(qtbot, window)
    assert list(shell.rail.buttons) == ["today", "search", "settings"]
    shell.go("cases")
    assert isinstance(shell.page, TodayPage)
    assert shell.page.banner.accessibleName() == "只有档案员可以办这件事"


def test_pages_by_number_back_by_esc_and_arrow(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert type(shell.page) is CasesPage
    shell.go("cases", case=7)
    shell.go("settings")
    press(window, Qt.Key.Key_Escape)
    assert shell.page.opens == [{}, {"case": 7}, {"case": 7}]
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.page.opens[-1] == {}
    press(window, Qt.Key.Key_Escape)
    assert type(shell.page) is TodayPage
    press(window, Qt.Key.Key_Escape)
    assert type(shell.page) is TodayPage


def test_search_from_anywhere(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert focused() is shell.header.search
    QTest.keyClicks(focused(), "kuaiji")
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert shell.page.name == "search"
    qtbot.waitUntil(lambda: not shell.slices.busy)
    assert shell.page.opens == [{"words": "kuaiji"}]
    assert not shell.header.search.isVisible()


def test_f6_goes_round_rail_page_and_foot(qtbot: QtBot, window: MainWindow, bridge: Bridge) -> None:
    shell = enter(qtbot, window)
    handle = bridge.run(slow, title="入库", lane="wide")
    qtbot.waitUntil(lambda: shell.foot.jobs.stop.isVisible())
    seen = []
    for _i in range(4):
        press(window, Qt.Key.Key_F6)
        seen.append(next(name for name in ("rail", "stack", "foot") if getattr(shell, name).isAncestorOf(focused())))
    assert seen == ["foot", "rail", "stack", "foot"], "one stands on the page after signing in"
    press(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert shell.stack.isAncestorOf(focused())
    handle.cancel()
    qtbot.waitUntil(lambda: not shell.foot.jobs.stop.isVisible())


def test_tab_reaches_every_control_and_leaves_the_table(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)
    window.setFocus()
    seen = []
    for _i in range(40):
        press(window, Qt.Key.Key_Tab)
        if seen and focused() is seen[0]:
            break
        seen.append(focused())
    assert shell.page.rows in seen
    assert shell.page.first in seen
    assert shell.header.lock in seen
    assert all(part.accessibleName() for part in seen)
    at = seen.index(shell.page.rows)
    assert seen.index(shell.page.first) < at, "the order of Tab is the order of reading"


def test_f5_and_acts_read_the_page_again(qtbot: QtBot, window: MainWindow, archive: SmallArchive) -> None:
    shell = enter(qtbot, window)
    page = shell.page
    assert page.read == 1
    press(window, Qt.Key.Key_F5)
    assert page.read == 2
    for _i in range(100):
        archive.announce("cases.create")
    archive.announce("people.create")
    qtbot.waitUntil(lambda: page.read == 3)
    shell.go("cases")
    other = shell.page
    archive.announce("cases.create")
    qtbot.waitUntil(lambda: page.stale)
    assert (page.read, other.read) == (3, 1)
    shell.go("today")
    assert page.read == 4


def test_the_foot_tells_the_ledger_in_words(qtbot: QtBot, window: MainWindow, archive: SmallArchive) -> None:
    shell = enter(qtbot, window)
    qtbot.waitUntil(lambda: "48\u2009209" in shell.foot._ledger.full)
    qtbot.waitUntil(lambda: shell.rail.buttons["today"].accessibleName() == "工作台，2 项待办")
    archive.state = type(archive.state)(sound=False)
    shell.read_again()
    qtbot.waitUntil(lambda: shell.foot._ledger.full.startswith("日志不相连"))


def test_a_running_job_is_shown_and_can_be_stopped_from_the_foot(qtbot: QtBot, window: MainWindow, bridge: Bridge) -> None:
    shell = enter(qtbot, window)
    handle = bridge.run(slow, title="入库", lane="wide")
    qtbot.waitUntil(lambda: "37 / 112 件" in shell.foot.jobs.words.text())
    shell.foot.jobs.words.click()
    panel = QApplication.activePopupWidget()
    assert panel is shell.foot.jobs.panel
    assert faults(panel) == []
    panel.close()
    with qtbot.waitSignal(handle.ended):
        shell.foot.jobs.stop.click()
    assert shell.foot.jobs.words.text() == "没有正在进行的任务"


# ---------------------------------------------------------------- lock
def test_lock_keeps_the_page_for_the_same_person_only(qtbot: QtBot, window: MainWindow, archive: SmallArchive) -> None:
    shell = enter(qtbot, window)
    shell.go("cases")
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: archive.locked == 1)
    assert window.sign_in is not None
    assert window.sign_in.person() == "沈静宜"
    archive.announce("intake.admit")
    assert enter(qtbot, window) is shell
    assert type(shell.page) is CasesPage
    assert shell.page.read == 2
    window.lock()
    window.change_person()
    assert window.shell is None
    assert enter(qtbot, window) is not shell


@pytest.mark.parametrize("locked_first", [True, False])
def test_a_lock_amid_a_switch_of_the_language_leaves_page_and_language_whole(
        qtbot: QtBot, window: MainWindow, archive: SmallArchive, locked_first: bool) -> None:
    enter(qtbot, window).go("cases")
    set_language("en")
    steps = [window.lock, window.speak_again] if locked_first else [window.speak_again, window.lock]
    for step in steps:  # the word that the language is another comes queued: the idle clock may run out before it, or right after
        step()
    qtbot.waitUntil(lambda: archive.locked == 1)
    settle(QApplication.instance())  # type: ignore[arg-type]  # the application
    assert window.sign_in is not None, "the lock stays over what is put up behind it"
    assert window._stack.currentWidget() is window.sign_in
    shell = enter(qtbot, window)
    qtbot.waitUntil(lambda: shell.page is not None)
    assert type(shell.page) is CasesPage
    assert shell.isVisible()
    assert shell.rail.accessibleName() == "Pages"
    settle(QApplication.instance())  # type: ignore[arg-type]  # as above
    assert window._stack.count() == 1, "nothing of the one before is left"


def test_an_idle_desk_locks_itself_and_a_key_puts_it_off(qtbot: QtBot, window: MainWindow, archive: SmallArchive) -> None:
    enter(qtbot, window)
    window._idle.start(150)
    window.idle_minutes = 1
    press(window, Qt.Key.Key_Shift)
    assert window._idle.remainingTime() > 50_000
    window._idle.start(30)
    qtbot.waitUntil(lambda: archive.locked == 1)
    assert window.sign_in is not None


# ---------------------------------------------------------------- ring
def test_the_ring_follows_the_keyboard_and_not_the_mouse(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)
    ring = window.ring
    press(window, Qt.Key.Key_Tab)
    assert ring.isVisible()
    here = focused()
    top = here.mapTo(window, here.rect().topLeft())
    assert (ring.x(), ring.y()) == (top.x() - 4, top.y() - 4)
    assert (ring.width(), ring.height()) == (here.width() + 8, here.height() + 8)
    target = shell.rail.buttons["cases"]
    spot = target.mapTo(window, target.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
    settle(QApplication.instance())
    assert type(shell.page) is CasesPage
    assert not ring.isVisible()


def test_the_ring_moves_with_its_control(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    before = window.ring.x()
    window.resize(1200, 800)
    settle(QApplication.instance())
    search = shell.header.search
    assert window.ring.x() != before
    assert window.ring.x() == search.mapTo(window, search.rect().topLeft()).x() - 4


# ---------------------------------------------------------------- sizes, faults
@pytest.mark.parametrize("size", [(1440, 900), (1280, 720), (1920, 1080), (960, 600)])
def test_the_frame_fits(qtbot: QtBot, window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    shell = enter(qtbot, window)
    qtbot.waitUntil(lambda: bool(shell.foot._ledger.full))
    settle(QApplication.instance())
    assert faults(window) == []
    assert shell.rail.width() == (88 if size[0] < 1360 else 184)


def test_a_fault_in_a_slot_is_shown_with_a_number_and_the_window_stays(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    import sys

    shell = enter(qtbot, window)
    undo = install(window.tell)
    try:
        try:
            raise LookupError("a bug in a slot")
        except LookupError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        undo()
    assert shell.page.banner.kind == "late"
    assert "F-" in shell.page.banner.body.plain()
    assert "a bug in a slot" in caplog.text
    window.tell(Refusal("not_found"))
    assert shell.page.banner.kind == "refused"
    caplog.clear()


def test_a_job_of_a_page_that_is_refused_is_told_on_the_page(qtbot: QtBot, window: MainWindow) -> None:
    shell = enter(qtbot, window)

    def refused(_progress: Any) -> None:
        raise Refusal("test.no")

    shell.page.run(refused)
    qtbot.waitUntil(lambda: shell.page.banner.kind == "refused")
    assert shell.page.banner.accessibleName() == "test.no"
    assert issubclass(Unexpected, Exception)
