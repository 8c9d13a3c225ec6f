"""设置: accounts by whoever may, passwords asked again, the look of the desk at once, and the archive in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from desktop.errors import Refusal
from desktop.i18n import language, set_language
from desktop.paths import desk_settings
from desktop.settings import load_settings
from models.secrecy import Clearance
from tests.views import office as o
from tests.views.lookcheck import check_page
from views import theme
from views.common import Button, Para, Text
from views.common.dialogs import Confirm, PasswordAgain
from views.desk import DESK, DeskSettings
from views.settings import SettingsPage
from views.settings.account import OwnPassword, PersonActs


def person(archive, name):
    return next(p for p in archive.people.everybody() if p.name == name)


def acts(page) -> PersonActs:
    return page.people.detail.findChildren(PersonActs)[-1]


def shown(at, kind):
    """The dialog of this kind that is open."""
    at.bot.waitUntil(lambda: any(d.isVisible() for d in at.shell.findChildren(kind)))
    return next(d for d in at.shell.findChildren(kind) if d.isVisible())


def test_an_account_is_made_with_a_first_password_that_must_be_changed(desk, archive):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    page.people.new_account()
    form = page.people._new
    form.submit()
    assert form.name_field.verdict == "请填写姓名"
    form.first.setText("林悦")
    form.role.choose("clerk")
    form.secret.setText("短")
    form.submit()
    assert "至少 8 个字符" in form.secret_field.verdict
    form.secret.setText("first-pass-1")
    at.click(form.make)
    assert person(archive, "林悦").role == "clerk"
    assert "林悦" in page.banner.title.plain()
    archive.people.sign_in("林悦", "first-pass-1")
    assert archive.people.must_change()


def test_a_name_that_is_taken_is_told_at_the_field(desk):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    page.people.new_account()
    form = page.people._new
    form.first.setText(o.OFFICER)
    form.secret.setText("first-pass-1")
    at.click(form.make)
    assert o.OFFICER in form.name_field.verdict
    at.press("Escape")
    assert page.people._new is None


def test_clearance_takes_the_password_again_and_a_wrong_one_changes_nothing(desk, archive):
    at = desk(o.SECADMIN)
    page = at.go("settings")
    page.people.choose(o.OUTSIDER)
    panel = acts(page)
    panel.trade.setChecked(True)
    at.click(panel.clear)
    asking = shown(at, PasswordAgain)
    asking.password.setText("不对的口令")
    asking.decide()
    at.settle()
    assert asking.isVisible()
    assert "不正确" in asking.entry.verdict
    assert person(archive, o.OUTSIDER).clearance == Clearance()
    asking.password.setText(o.PASSWORD)
    asking.decide()
    at.settle()
    assert person(archive, o.OUTSIDER).clearance == Clearance(0, True, False)
    assert "商业秘密" in page.banner.body.plain()


def test_each_administrator_is_offered_only_their_own_acts(desk, archive):
    close, clear, reset = "停用账户……", "设定知悉范围……", "重设……"
    for name, there, absent in ((o.SYSADMIN, close, clear), (o.SECADMIN, clear, close), (o.ARCHIVIST, "", reset)):
        page = desk(name).go("settings")
        page.people.choose(o.OUTSIDER)
        labels = [b.label for b in acts(page).findChildren(Button)]
        assert absent not in labels
        assert not there or there in labels
        assert page.new.isVisible() == (name == o.SYSADMIN)
        assert "系统管理员" in " ".join(p.plain() for p in page.people.detail.findChildren(Para))


def test_a_locked_account_is_let_in_again(desk, archive):
    for _try in range(5):
        with pytest.raises(Refusal):
            archive.people.sign_in(o.CLERK, "不对的口令")
    at = desk(o.SECADMIN)
    page = at.go("settings")
    page.people.choose(o.CLERK)
    at.click(acts(page).unlock)
    assert not person(archive, o.CLERK).locked
    page.people.choose(o.CLERK)
    assert not acts(page).unlock.isEnabled()


def test_closing_asks_for_the_name(desk, archive):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    page.people.choose(o.CLERK)
    at.click(acts(page).close_account)
    asking = shown(at, Confirm)
    assert not asking.verb.isEnabled()
    asking.typed.control.setText(o.CLERK)
    at.click(asking.verb)
    assert not person(archive, o.CLERK).active


def test_a_reset_gives_a_new_first_password(desk, archive):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    page.people.choose(o.CLERK)
    acts(page).secret.setText("again-pass-1")
    at.click(acts(page).reset)
    at.click(shown(at, Confirm).verb)
    archive.people.sign_in(o.CLERK, "again-pass-1")
    assert archive.people.must_change()


def test_a_second_leader_is_entrusted_with_keys(desk, archive):
    o.sign_in(archive, o.SYSADMIN)
    from desktop.people import Newcomer

    archive.people.create(Newcomer("何局", "leader"), "first-pass-1")
    at = desk(o.LEADER)
    page = at.go("settings")
    page.people.choose("何局")
    at.click(acts(page).entrust)
    asking = shown(at, PasswordAgain)
    asking.password.setText(o.PASSWORD)
    asking.decide()
    at.settle()
    assert person(archive, "何局").entrusted


def test_ones_own_password_is_changed(desk, archive):
    at = desk(o.CLERK)
    page = at.go("settings")
    own = page.people.detail.findChildren(OwnPassword)[-1]
    for old, new, again, field, said in (
        (o.PASSWORD, "kurz", "kurz", own.new_field, "至少 8 个字符"), (o.PASSWORD, "new-pass-12", "new-pass-13", own.again_field, "不一致"),
        ("不对的口令", "new-pass-12", "new-pass-12", own.old_field, "不正确"),
    ):
        for box, words in ((own.old, old), (own.new, new), (own.again, again)):
            box.setText(words)
        own.submit()
        at.settle()
        assert said in field.verdict
    for box, words in ((own.old, o.PASSWORD), (own.new, "new-pass-12"), (own.again, "new-pass-12")):
        box.setText(words)
    at.click(own.change)
    assert page.banner.kind == "good"
    archive.people.sign_in(o.CLERK, "new-pass-12")


@pytest.fixture
def as_before(look):
    """The look and the language of the tests, whatever the test chose."""
    DESK.settings = DeskSettings(mode="light")
    yield
    set_language("zh_CN")
    DESK.settings = DeskSettings()
    theme.apply(look, "light", "comfortable", contrast=False)


def test_the_look_holds_at_once_and_is_kept(desk, as_before):
    at = desk()
    page = at.go("settings", tab="desk")
    page.desk.mode.group.button(2).click()
    at.settle()
    page.desk.density.group.button(1).click()
    at.settle()
    assert theme.THEME.dark
    assert theme.THEME.density == "compact"
    kept = load_settings()
    assert (kept.mode, kept.density, kept.unread) == ("dark", "compact", ())
    assert "password" not in desk_settings().read_text(encoding="utf-8")


def test_the_language_is_switched_at_once(desk, as_before):
    at = desk()
    page = at.go("settings", tab="desk")
    told: list[bool] = []
    DESK.spoken.connect(lambda: told.append(True))
    page.desk.language.choose("en")
    page.desk.language.activated.emit(1)
    at.settle()
    assert language() == "en"
    assert told == [True]
    assert load_settings().language == "en"


def test_only_the_system_administrator_sets_the_idle_lock(desk, archive, as_before):
    page = desk().go("settings", tab="desk")
    assert not page.desk.idle.isEnabled()
    assert "档案员" in " ".join(p.plain() for p in page.desk.findChildren(Para))
    at = desk(o.SYSADMIN)
    page = at.go("settings", tab="desk")
    page.desk.idle.choose(30)
    page.desk.idle.activated.emit(3)
    at.settle()
    assert load_settings().idle_minutes == 30
    last = archive.database.connection().execute("SELECT act, outcome FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchone()
    assert tuple(last) == ("settings.edit", "done")


def test_damaged_settings_are_told_and_stand_at_their_defaults(desk, as_before):
    desk_settings().parent.mkdir(parents=True, exist_ok=True)
    desk_settings().write_text("mode = 'purple'\nlanguage = 'zh_CN'\n", encoding="utf-8")
    page = desk().go("settings", tab="desk")
    assert page.banner.kind == "soon"
    assert "没有全部读出" in page.banner.title.plain()


def test_the_archive_says_where_it_lies_to_whom_it_concerns(desk, archive):
    page = desk(o.SYSADMIN).go("settings", tab="archive")
    said = "\n".join([t.full for t in page.about.findChildren(Text)] + [p.plain() for p in page.about.findChildren(Para)])
    for words in (str(archive.paths.root), "练习档案库", "第十六条", "应在24小时内将记录信息导出保存", "恢复页", "每个文件各用一把钥匙加密"):
        assert words in said, words
    page = desk(o.CLERK).go("settings", tab="archive")
    assert str(archive.paths.root) not in "\n".join(t.full for t in page.about.findChildren(Text))


@pytest.mark.parametrize(("who", "tab"), [(o.SYSADMIN, "people"), (o.SECADMIN, "people"), (o.CLERK, "people"), (o.SYSADMIN, "desk"),
                                          (o.SYSADMIN, "archive")])
def test_every_section_looks_right(look, desk, archive, bridge, who, tab):
    at = desk(who)

    def settings():
        page = SettingsPage(archive, bridge, at.shell)
        page.opened(tab=tab)
        at.settle()
        if who != o.CLERK:
            page.people.choose(o.OUTSIDER)
        QApplication.processEvents()
        return page

    check_page(look, settings, [(1440, 900, "comfortable"), (1280, 720, "compact")])


def test_people_are_walked_through_faster_than_their_units_are_read(desk):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    for name in (o.OUTSIDER, o.CLERK, o.OFFICER):
        page.people.choose(name)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    at.settle()  # what was read for somebody passed by finds nobody to tell, and no fault
    assert page.banner.kind == ""
