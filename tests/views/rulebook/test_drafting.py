"""A new version: values changed in the rule's own form, mistakes by line, kept without being asked, confirmed by another person."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton

from desktop.cases import CaseDraft
from models.ledger import LedgerTree
from models.terms import EnforcementKind
from tests.views import office as o
from tests.views.rulebook.test_rulebook_page import buttons, pick
from views.common import Para
from views.common.dialogs import PasswordAgain
from views.rulebook.draft import TEXT

KEY = "xigang-finance"


def drafting(at):
    """A copy of the version in force, as a draft."""
    page = at.go("rulebook")
    at.press("Ctrl+N")
    return page.regulations.draft


def on(at, draft, rule):
    """The form of one rule."""
    draft.rules.stand_on(rule)
    at.settle()
    return draft.rules.form


def put(at, form, key, words):
    """Type a value over what stands in its field."""
    control = form.controls[key]
    control.setFocus()
    control.selectAll()
    at.type(words)
    at.press("Return")


def press(at, place, words):
    """Press the button that says so."""
    at.click(next(one for one in place.findChildren(QPushButton) if one.isVisible() and getattr(one, "label", one.text()) == words))


def test_thirty_days_become_twenty_in_the_rule_s_own_row(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    before = draft.words
    form = on(at, draft, "XG-18-filing")
    put(at, form, "number", "20")
    assert [(a, b) for a, b in zip(before.splitlines(), draft.words.splitlines(), strict=True) if a != b] == [("number = 30", "number = 20")]
    assert "原为：30 日" in " ".join(label.plain() for label in form.findChildren(type(form.why._below[2] if form.why._below else draft.note.title)))
    assert draft.rules.table.row().state == "changed"
    at.press("Ctrl+Return")
    assert "请写明理由" in draft.why_field.verdict
    form.why.control.setText("局务会决定从严")
    at.press("Ctrl+Return")
    assert "第 2 版已起草" in at.page.banner.title.plain()
    standing = at.page.regulations.standing
    assert standing.line.version == 2
    assert "确认……" not in buttons(standing)  # nobody confirms their own draft
    line = archive.rulebook.versions(KEY)[0]
    assert (line.in_force, line.reason) == (False, "第十八条“立卷归档”：局务会决定从严")
    assert "number = 20\n" in archive.rulebook.text(KEY, 2)


def test_unit_level_yes_and_list_are_chosen_in_words(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    form = on(at, draft, "XG-18-filing")
    pick(form.controls["unit"], "working_day")
    at.settle()
    assert 'unit = "working_day"' in draft.words
    assert draft.rules.table.row().brief == "30个工作日"
    pick(form.controls["override"], False)
    at.settle()
    assert "override = false" in draft.words
    form = on(at, draft, "XG-16-deposit")
    put(at, form, "exceptions", "连续工作（执法）、异地工作（执法）")
    assert 'exceptions = ["continuous", "away"]' in draft.words
    put(at, form, "exceptions", "刮风下雨")
    assert "没有“刮风下雨”" in at.page.banner.title.plain()
    assert 'exceptions = ["continuous", "away"]' in draft.words


def test_what_the_text_leaves_unsaid_is_added_and_put_back(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    before = draft.words
    form = on(at, draft, "XG-18-filing")
    form._further("before")
    at.settle()
    pick(form.controls["before"], True)
    at.settle()
    assert "before = true\n" in draft.words
    press(at, form, "恢复原值")
    assert draft.words == before
    at.click(draft.undo)
    assert "before = true\n" in draft.words
    at.click(draft.undo)
    assert draft.words == before
    assert not draft.undo.isEnabled()


def test_two_values_set_at_once_are_both_written(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    draft.set_value(("deadline", 2, "number"), 20)
    draft.set_value(("deadline", 2, "unit"), "working_day")
    at.settle()
    assert 'number = 20\nunit = "working_day"\n' in draft.words


def test_what_asks_less_wants_its_reason_at_the_rule(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    form = on(at, draft, "XG-13a")
    pick(form.controls["level"], "may")
    at.settle()
    assert [(one.rule, one.line > 0) for one in draft.faults.rows] == [("XG-13a", True)]
    draft.why.setText("局务会决定")
    assert not draft.send.isEnabled()
    assert "写明理由" in draft.send.toolTip()
    on(at, draft, "XG-8-emergency")
    draft.go_to(draft.faults.rows[0])
    at.settle()
    assert form.rule.id == "XG-13a"
    notice = draft.lowered[0].said
    assert notice in [part.plain() for part in form.findChildren(Para)]
    form._further("note")  # the form is made anew with one value more
    at.settle()
    assert notice in [part.plain() for part in form.findChildren(Para)]
    draft.go_to(draft.faults.rows[0])
    at.settle()
    assert form.why.control.hasFocus()
    at.type("抽样调查改由文字记录")
    at.press("Ctrl+Return")
    assert "第 2 版已起草" in at.page.banner.title.plain()
    o.sign_in(archive, o.LEADER)
    assert "可以记录" in archive.rulebook.lowered(KEY, 1, 2)[0].words


def test_the_leader_finds_it_by_the_count_compares_and_confirms(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    text = archive.rulebook.text(KEY, 1).replace("version = 1\n", "version = 2\n", 1).replace("number = 24\n", "number = 12\n", 1)
    archive.rulebook.draft(KEY, text, "从严")
    at = desk(o.LEADER)
    assert at.shell.rail.buttons["rulebook"]._count == 1
    section = at.go("rulebook").regulations
    assert "第 2 版等待您确认" in section.note.title.plain()
    assert at.page.tabs.group.button(0).label.endswith("1")
    press(at, section.note, "去看")
    assert section.shelf.line.version == 2
    assert not section.note.isVisible()
    at.click(section.apart)
    told = section.difference
    assert [(d.sign, d.article) for d in told.model.rows] == [("changed", "西岗办法第八条")]
    shown = " ".join(p.plain() for p in told.area.findChildren(type(section.standing.more)))
    assert "24小时内" in shown
    assert "12小时内" in shown
    lines = told.lines.toPlainText().splitlines()
    assert [line[0] for line in lines if line[0] in "+-"] == ["-", "+", "-", "+"]
    at.press("Escape")
    standing = section.standing
    standing.day.setText("不是日期")
    standing.confirm()
    assert "请按 2026-10-20 的样子填写" in at.page.banner.title.plain()
    standing.day.setText("2026-11-19")
    standing.confirm()
    asking = next(d for d in at.shell.findChildren(PasswordAgain) if d.isVisible())
    assert "自 2026-11-19 起开始的案卷" in asking.what.plain()
    asking.password.setText("不对的口令")
    asking.decide()
    at.settle()
    assert "不正确" in asking.entry.verdict
    assert archive.rulebook.versions(KEY)[0].seconded_at is None
    asking.password.setText(o.PASSWORD)
    asking.decide()
    at.settle()
    assert "第 2 版已确认" in at.page.banner.title.plain()
    assert archive.rulebook.versions(KEY)[0].in_force
    assert section.shelf.line.version == 2
    assert at.shell.rail.buttons["rulebook"]._count == 0
    o.sign_in(archive, o.ARCHIVIST)
    new = archive.cases.create(CaseDraft("西财罚〔2026〕30号", "新案", EnforcementKind.PENALTY, started_on="2026-11-19"))
    for case, version in ((new, 2), (o.case(archive), 1)):
        archive.cases.look(case)
        assert archive.procedure.answers(case).version == version


def test_mistakes_stand_by_line_and_a_click_goes_there(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    draft.turn(TEXT)
    good = draft.code.toPlainText()
    at_line = next(n for n, line in enumerate(good.splitlines(), 1) if line == 'unit = "hour"')
    draft.code.setPlainText(good.replace('unit = "hour"', 'unit = "ohur"', 1).replace('article = "第十八条"\n', "", 1))
    draft.check()
    at.settle()
    assert [m.line for m in draft.mistakes] == [at_line, good.splitlines().index('id = "XG-18-filing"')]
    assert not draft.send.isEnabled()
    draft.turn(0)
    rect = draft.faults.table.visualRect(draft.faults.model.index(0, 2))
    at.bot.mouseClick(draft.faults.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    at.settle()
    assert draft.faces.number == TEXT
    assert draft.code.hasFocus()
    assert draft.code.textCursor().blockNumber() == at_line - 1
    draft.why.setText("试")
    draft.submit()  # even so the room refuses it
    at.settle()
    assert "没有保存" in at.page.banner.title.plain() + at.page.banner.body.plain()
    assert len(archive.rulebook.versions(KEY)) == 1
    draft.code.setPlainText("[[deadline")
    draft.check()
    at.settle()
    assert draft.mistakes[0].line == 1
    draft.code.setPlainText(good)
    at.bot.waitUntil(lambda: draft.send.isEnabled())  # read by itself after a pause
    assert draft.mistakes == []


def test_a_wrong_number_stays_out_of_the_text(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    before, form = draft.words, on(at, draft, "XG-18-filing")
    put(at, form, "number", "abc")
    assert draft.words == before
    assert form.controls["number"].text() == "30"
    assert "须填整数" in at.page.banner.title.plain()


def test_a_draft_is_kept_by_itself_and_found_by_whoever_comes_back(desk, archive, bridge):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    size = LedgerTree.get().size
    for number in ("29", "28", "27"):
        put(at, on(at, draft, "XG-18-filing"), "number", number)
    at.press("Escape")  # leaving keeps it: one entry for three changes
    assert LedgerTree.get().size - size <= 2
    assert archive.rulebook.draft_state(KEY).own.text.count("number = 27\n") == 1
    assert at.page.primary.label == "继续起草"
    at.press("Ctrl+N")
    assert "number = 27" in draft.words
    again = desk(o.ARCHIVIST)  # another window, as after a crash: what is in memory is gone
    found = again.go("rulebook")
    assert found.primary.label == "继续起草"
    again.press("Ctrl+N")
    assert "number = 27" in found.regulations.draft.words
    assert found.regulations.draft.rules.table.model().rowCount() > 50


def test_what_was_typed_a_moment_ago_is_kept_when_the_window_goes(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    draft.turn(TEXT)
    draft.code.appendPlainText("# 半句")
    draft.why.setText("从")
    at.page.left()  # as at a lock, or when somebody else sits down
    own = archive.rulebook.draft_state(KEY).own
    assert own.text.endswith("# 半句")
    assert own.reason == "从"


def test_what_an_act_came_to_stands_in_its_section_and_goes_with_the_next_thing(desk):
    at = desk(o.ARCHIVIST)
    drafting(at).throw_away()
    at.settle()
    page = at.page

    def thrown() -> None:
        at.press("Ctrl+N")
        page.regulations.draft.throw_away()
        at.settle()
        assert page.banner.isVisible()

    assert page.banner.isVisible()
    assert page.tabs.mapTo(page, QPoint(0, page.tabs.height())).y() < page.banner.y(), "below the choice, in the section"
    at.press("F5")
    assert page.banner.isVisible(), "what was read again says nothing new"
    at.click(page.tabs.group.button(1))
    assert not page.banner.isVisible()
    at.click(page.tabs.group.button(0))
    assert not page.banner.isVisible()
    thrown()
    page.regulations.look.setText("移交")
    assert not page.banner.isVisible()
    thrown()
    page.regulations.which.setCurrentIndex(1)
    page.regulations.which.activated.emit(1)
    at.settle()
    assert not page.banner.isVisible()
    page.regulations.turn(KEY, 0)
    at.settle()
    thrown()
    at.go("cases")
    assert not at.go("rulebook").banner.isVisible()
    thrown()
    at.press("Ctrl+N")
    assert not page.banner.isVisible()


def test_thrown_away_and_taken_back_at_once_or_later(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    put(at, on(at, draft, "XG-18-filing"), "number", "27")
    draft.throw_away()
    at.settle()
    assert at.page.primary.label == "复制并修改"
    assert "草稿已放弃" in at.page.banner.title.plain()
    press(at, at.page.banner, "取回放弃的草稿")
    assert "number = 27" in draft.words
    draft.throw_away()
    at.settle()
    again = desk(o.ARCHIVIST)
    section = again.go("rulebook").regulations
    assert section.again.isVisible()
    again.click(section.again)
    assert "number = 27" in section.draft.words


def test_two_drafts_are_warned_and_a_newer_version_is_taken_in(desk, archive):
    at = desk(o.ARCHIVIST)
    put(at, on(at, drafting(at), "XG-18-filing"), "number", "20")
    at.press("Escape")
    o.sign_in(archive, o.REVIEWER)
    line = archive.rulebook.draft_begin(KEY, 1)
    assert [one.person for one in archive.rulebook.draft_state(KEY).others] == [o.ARCHIVIST]
    archive.rulebook.draft(KEY, line.text.replace("number = 24\n", "number = 12\n", 1), "从严")
    o.sign_in(archive, o.ARCHIVIST)
    at.page.refresh()
    at.settle()
    at.press("Ctrl+N")
    draft = at.page.regulations.draft
    assert f"{o.REVIEWER}已于" in draft.note.title.plain()
    at.press("Escape")
    o.sign_in(archive, o.LEADER)
    archive.rulebook.second(KEY, 2, at.page.archive.rules.day_of(archive.clock.now()), o.PASSWORD)
    o.sign_in(archive, o.ARCHIVIST)
    at.page.refresh()
    at.settle()
    at.press("Ctrl+N")
    assert "第 2 版已经确认" in draft.note.title.plain()
    press(at, draft.note, "对照")
    assert [d.article for d in at.page.regulations.difference.model.rows] == ["西岗办法第八条"]
    at.press("Escape")
    assert at.page.regulations.faces.number == 1  # back to the draft, not to the articles
    press(at, draft.note, "并入它的改动")
    assert "number = 12\n" in draft.words
    assert "number = 20\n" in draft.words
    assert not draft.note.isVisible()
    draft.why.setText("从严")
    at.press("Ctrl+Return")
    assert archive.rulebook.versions(KEY)[0].version == 3


def test_one_s_own_version_is_taken_back_to_write_on(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    put(at, on(at, draft, "XG-18-filing"), "number", "20")
    draft.why.setText("从严")
    at.press("Ctrl+Return")
    press(at, at.page.regulations.standing, "收回修改……")
    at.reason("还要改")
    assert draft.line is not None
    assert "number = 20\n" in draft.words
    assert archive.rulebook.versions(KEY)[0].withdrawn_at


def test_the_province_is_set_by_the_user(desk, archive):
    at = desk(o.REVIEWER)
    section = at.go("rulebook").regulations
    pick(section.which, "provincial")
    at.settle()
    at.press("Ctrl+N")
    form = section.draft.rules.form
    assert form.rule.title == "省名"
    put(at, form, "province", "某省")
    section.draft.why.setText("填写省名")
    at.press("Ctrl+Return")
    assert "省名：某省" in section.standing.more.plain()
    assert archive.rulebook.rules("provincial", 2).province == "某省"
    section.standing.withdraw()
    at.reason("省名有误")
    assert archive.rulebook.versions("provincial")[0].withdrawn_at
    assert section.shelf.line.version == 1


def test_nothing_of_it_holds_the_window(desk, monkeypatch):
    """In time of the window's own thread: opening a draft, standing on a rule, changing a value, its text."""
    at = desk(o.ARCHIVIST)
    page = at.go("rulebook")
    took = {}
    section = page.regulations
    line = section.page.archive.rulebook.draft_begin(KEY, 1)
    for name, act in (("open", lambda: section._open(line)), ("rule", lambda: section.draft.rules.stand_on("XG-13a")),
                      ("text", lambda: section.draft.turn(TEXT)), ("again", lambda: section.draft.turn(0))):
        begun = time.thread_time()
        act()
        took[name] = time.thread_time() - begun
        at.settle()
    assert max(took.values()) < 0.05, took
