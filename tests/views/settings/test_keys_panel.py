"""设置 → 档案库 for a leader: keys sealed anew, and the recovery sheet renewed in the page, by keys; the words go when the page is left."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLabel

from desktop.renewal import prepare_sheet
from models.base import Fact
from models.cases import Record
from models.secrecy import Label
from models.terms import RecordId
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.common.dialogs import PasswordAgain
from views.settings import SettingsPage
from views.settings.renewing import Renewing


def panel(at):
    page = at.go("settings", tab="archive")
    at.settle()
    return page, page.about.keys


def said(part) -> str:
    return " ".join(label.text() for label in part.findChildren(QLabel))


def test_what_waits_is_said_and_sealed_anew(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    record = RecordId(Record.get(Record.title == o.RECORDING).id)
    archive.cases.label(record, Label(trade=True, privacy=True), "先严")
    archive.cases.label(record, Label(trade=True), "已经遮盖")
    at = desk(o.LEADER)
    page, keys = panel(at)
    assert keys.reseal.isEnabled()
    assert "1 个文件的封装比标签要求的严" in said(keys).replace("\u2009", " ").replace("\xa0", " ")
    at.click(keys.reseal)
    dialog = next(d for d in at.shell.findChildren(PasswordAgain) if d.isVisible())
    dialog.password.setText("wrong")
    at.click(dialog.verb)
    assert dialog.entry.verdict
    dialog.password.setText(o.PASSWORD)
    at.click(dialog.verb)
    assert page.banner.kind == "good"
    assert not keys.reseal.isEnabled()


def test_others_see_no_buttons(desk):
    at = desk(o.ARCHIVIST)
    _page, keys = panel(at)
    assert not keys.may
    assert not keys.renew.isVisible()


def renewing(at) -> Renewing:
    page, keys = panel(at)
    at.click(keys.renew)
    assert page.about.renewing is not None
    return page.about.renewing


def prove(at, place: Renewing) -> None:
    for sheet, number, control, _field in place.proof.asked:
        control.setText(sheet.words[number])
    place.witness.choose(o.SYSADMIN)


def test_the_sheet_is_renewed_in_the_page(desk, archive):
    at = desk(o.LEADER)
    place = renewing(at)
    page = at.page
    at.press("Tab")
    at.press("Tab")
    assert QApplication.focusWidget() is not None
    at.click(place.make)
    assert place.sheet is not None
    words = place.sheet.sheets[0].words
    assert len(words) == 24
    at.click(place.on)
    at.click(place.put)
    assert all(one.verdict for one in place.proof.fields())
    prove(at, place)
    at.click(place.put)
    assert place.mine_field.verdict
    place.mine.setText(o.PASSWORD)
    place.theirs.setText("wrong password")
    at.click(place.put)
    assert place.theirs_field.verdict
    assert not Fact.select().where(Fact.name == "recovery_file").exists()
    place.mine.setText(o.PASSWORD)
    place.theirs.setText(o.PASSWORD)
    at.click(place.put)
    assert page.banner.kind == "good"
    assert page.about.renewing is None
    assert Fact.select().where(Fact.name == "recovery_file").exists()
    assert "下次启动" in said(page.about.keys)


def test_the_words_go_when_the_page_is_left(desk, archive):
    at = desk(o.LEADER)
    place = renewing(at)
    at.click(place.make)
    assert place.sheet is not None
    page = at.page
    page.show_tab(1)
    at.settle()
    assert page.about.renewing is None
    page.show_tab(2)
    at.settle()
    assert sorted(p.name for p in archive.paths.keys.glob("recovery*")) == ["recovery.json"]


def test_the_words_go_also_while_something_else_is_written(desk):
    at = desk(o.LEADER)
    place = renewing(at)
    at.click(place.make)
    over = threading.Event()
    at.bridge.run(lambda _progress: over.wait(10))  # as an hour of intake would
    at.page.show_tab(1)
    gone = at.page.about.renewing is None
    over.set()
    at.settle()
    assert gone


def test_who_leaves_while_keys_are_made_finds_nothing_of_them(desk):
    at = desk(o.LEADER)
    place = renewing(at)
    over = threading.Event()
    at.bridge.run(lambda _progress: over.wait(10))
    place.make.click()
    at.page.show_tab(1)
    over.set()
    at.settle()
    assert at.page.about.renewing is None


def test_behind_the_lock_nothing_is_read_in_vain(desk, archive):
    at = desk(o.LEADER)
    place = renewing(at)
    at.click(place.make)
    archive.lock()
    at.shell.hide()
    at.settle()
    at.shell.show()
    assert (at.page.about.renewing, at.page.banner.kind) == (None, "")


def test_nothing_is_cut_at_any_size(look, desk, archive, bridge, tmp_path: Path):
    at = desk(o.LEADER)
    sheet = prepare_sheet(archive, True)

    def stage(number: int) -> SettingsPage:
        page = SettingsPage(archive, bridge, at.shell)
        page.show_tab(2)
        if number:
            page.about.renew_sheet()
            place = page.about.renewing
            if number == 2:
                place.isVisible = lambda: True
                place._made((sheet, b""))
                place._prove()
        return page

    for number in (0, 1, 2):
        check_page(look, lambda number=number: stage(number))
