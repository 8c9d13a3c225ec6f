"""The window heeds the desk: a first password, another language, another idle lock; and a lock that stops a deposit."""

from __future__ import annotations

import os
import threading
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.i18n import set_language
from desktop.people import Newcomer
from models.terms import DepositState
from tests.views import office as o
from tests.views.deposit.files import many
from tests.views.lookcheck import check_page
from views.bridge import Bridge
from views.deposit import DepositPage
from views.desk import DESK, DeskSettings
from views.first_password import FirstPassword
from views.settings import SettingsPage
from views.sign_in import Door
from views.today import TodayPage
from views.window import MainWindow


@pytest.fixture
def window(qtbot: QtBot, archive: Archive, bridge: Bridge) -> MainWindow:
    people = archive.people
    door = Door(archive.name, archive.profile_title, people.sign_in, must_change=people.must_change, change_password=people.change_password)
    out = MainWindow(archive, bridge, lambda: [TodayPage, DepositPage, SettingsPage], door)
    qtbot.addWidget(out)
    out.resize(1440, 900)
    out.show()
    return out


def come_in(qtbot: QtBot, window: MainWindow, name: str, secret: str = o.PASSWORD) -> None:
    asking = window.sign_in
    if not asking.fixed:
        asking.who.setText(name)
    asking.password.setText(secret)
    asking.submit()
    qtbot.waitUntil(lambda: window.shell is not None and window.sign_in is None)
    rest(qtbot, window)


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.bridge.busy() and (window.shell is None or not window.shell.slices.busy))


def go(qtbot: QtBot, window: MainWindow, page: str) -> None:
    """Go to a page and wait until it stands there."""
    window.shell.go(page)
    qtbot.waitUntil(lambda: not window.shell.slices.busy)


def test_a_deposit_goes_on_behind_the_lock_and_the_keys_go_when_it_has_ended(qtbot, window, archive, tmp_path):
    come_in(qtbot, window, o.ARCHIVIST)
    go(qtbot, window, "deposit")
    page = window.shell.page
    page.take([os.fsencode(many(tmp_path / "记录仪", 9))])
    rest(qtbot, window)
    begun, locked = threading.Event(), threading.Event()

    def hold(act: str, _subject: object) -> None:
        """The deposit waits behind its beginning until the desk is locked."""
        if act == "intake.begin":
            begun.set()
            locked.wait(20)

    deaf = archive.listen(hold)
    page.start()
    go(qtbot, window, "settings")  # the deposit goes on while one looks elsewhere
    qtbot.waitUntil(begun.is_set)
    window.lock()
    assert window.sign_in is not None
    assert archive.session is not None
    locked.set()
    qtbot.waitUntil(lambda: archive.session is None)
    deaf()
    come_in(qtbot, window, o.ARCHIVIST)
    assert archive.intake.deposits()[0].state is DepositState.DONE
    assert archive.intake.deposits()[0].counts == {"admitted": 9}
    go(qtbot, window, "deposit")
    qtbot.waitUntil(page.report.isVisible)


def test_the_next_person_finds_nothing_running(qtbot, window, archive, tmp_path):
    come_in(qtbot, window, o.ARCHIVIST)
    before = archive.ledger_state().size
    go(qtbot, window, "deposit")
    window.shell.page.take([os.fsencode(many(tmp_path / "记录仪", 9))])
    rest(qtbot, window)
    window.shell.page.start()
    window.lock()
    window.change_person()
    come_in(qtbot, window, o.OFFICER)
    told = "SELECT person FROM ledger_entry WHERE act LIKE 'intake.%' AND seq > ?"
    acts = archive.database.connection().execute(told, (before,)).fetchall()
    assert {p for (p,) in acts} <= {o.ARCHIVIST}


def test_a_first_password_is_changed_before_anything_else(qtbot, window, archive):
    o.sign_in(archive, o.SYSADMIN)
    archive.people.create(Newcomer("林悦", "clerk"), "first-pass-1")
    archive.lock()
    window.sign_in.who.setText("林悦")
    window.sign_in.password.setText("first-pass-1")
    window.sign_in.submit()
    qtbot.waitUntil(lambda: window._first_page is not None)
    page = window._first_page
    assert window.shell is None
    for old, new, again, field, said in (
        ("first-pass-1", "first-pass-1", "first-pass-1", page.new_field, "首个口令"),
        ("first-pass-1", "my-own-pass", "my-own-pas", page.again_field, "不一致"),
        ("不是这个口令", "my-own-pass", "my-own-pass", page.old_field, "不正确"),
    ):
        for box, words in ((page.old, old), (page.new, new), (page.again, again)):
            box.setText(words)
        page.submit()
        qtbot.waitUntil(lambda field=field, said=said: said in field.verdict)
    for box, words in ((page.old, "first-pass-1"), (page.new, "my-own-pass"), (page.again, "my-own-pass")):
        box.setText(words)
    page.submit()
    qtbot.waitUntil(lambda: window.shell is not None)
    rest(qtbot, window)
    assert not archive.people.must_change()


def test_who_will_not_change_it_goes_back_to_sign_in(qtbot, window, archive):
    o.sign_in(archive, o.SYSADMIN)
    archive.people.create(Newcomer("林悦", "clerk"), "first-pass-1")
    window.sign_in.who.setText("林悦")
    window.sign_in.password.setText("first-pass-1")
    window.sign_in.submit()
    qtbot.waitUntil(lambda: window._first_page is not None)
    window._leave_first()
    assert archive.session is None
    assert window._first_page is None
    assert window.sign_in.isVisible()


def test_another_language_and_idle_lock_reach_the_window(qtbot, window, archive):
    come_in(qtbot, window, o.ARCHIVIST)
    go(qtbot, window, "settings")
    before = window.shell
    DESK.settings = DeskSettings(mode="light")
    try:
        DESK.put_in_force(replace(DESK.settings, language="en", idle_minutes=30))
        qtbot.waitUntil(lambda: window.shell is not before and window.shell.isVisible())
        rest(qtbot, window)
        assert window.idle_minutes == 30
        assert window.shell.page.name == "settings"
        assert window.shell.rail.buttons["today"].toolTip().startswith("Today")
    finally:
        set_language("zh_CN")
        DESK.settings = DeskSettings()


def test_the_first_password_looks_right(look, bridge):
    check_page(look, lambda: FirstPassword(bridge, "林悦", lambda _o, _n: None, lambda: None, lambda: None), frame=False)
