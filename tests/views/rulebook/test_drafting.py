"""A new version: changed by simple fields and in the text, its mistakes by line, confirmed by another person with their password."""

from __future__ import annotations

from desktop.cases import CaseDraft
from models.terms import EnforcementKind
from tests.views import office as o
from tests.views.rulebook.test_rulebook_page import buttons, pick
from views.common.dialogs import PasswordAgain

KEY = "xigang-finance"


def drafting(at):
    """The text of version 2, as copied."""
    page = at.go("rulebook")
    at.press("Ctrl+N")
    return page.regulations.draft


def named(draft, words):
    """The simple field whose name holds these words."""
    return next(control for control in draft._fields if words in control.accessibleName())


def test_a_number_is_changed_in_its_field_and_a_second_person_puts_it_in_force(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    hours = named(draft, "紧急启动后补报")
    assert hours.text() == "24"
    hours.setFocus()
    hours.selectAll()
    at.type("12")
    at.press("Return")
    assert "number = 12" in draft.code.toPlainText()
    pick(named(draft, "采用的理解"), "property")
    at.settle()
    assert 'chosen = "property"' in draft.code.toPlainText()
    at.press("Ctrl+Return")
    assert "请写明理由" in draft.why_field.verdict
    draft.why.setText("局务会决定从严")
    at.press("Ctrl+Return")
    assert "第 2 版已起草" in at.page.banner.title.plain()
    standing = at.page.regulations.standing
    assert standing.line.version == 2
    assert "确认……" not in buttons(standing)  # nobody confirms their own draft
    assert archive.rulebook.versions(KEY)[0].in_force is False


def test_the_leader_compares_and_confirms(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    text = archive.rulebook.text(KEY, 1).replace("version = 1\n", "version = 2\n", 1).replace("number = 24\n", "number = 12\n", 1)
    archive.rulebook.draft(KEY, text, "从严")
    at = desk(o.LEADER)
    section = at.go("rulebook").regulations
    pick(section.version, 2)
    at.settle()
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
    o.sign_in(archive, o.ARCHIVIST)
    new = archive.cases.create(CaseDraft("西财罚〔2026〕30号", "新案", EnforcementKind.PENALTY, started_on="2026-11-19"))
    for case, version in ((new, 2), (o.case(archive), 1)):
        archive.cases.look(case)
        assert archive.procedure.answers(case).version == version


def test_mistakes_stand_by_line_and_enter_goes_there(desk, archive):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    good = draft.code.toPlainText()
    at_line = next(n for n, line in enumerate(good.splitlines(), 1) if line == 'unit = "hour"')
    draft.code.setPlainText(good.replace('unit = "hour"', 'unit = "ohur"', 1))
    draft.check()
    at.settle()
    assert [m.line for m in draft.mistakes] == [at_line]
    assert not draft.send.isEnabled()
    draft.table.setFocus()
    draft.table.choose(0)
    at.press("Return")
    assert draft.code.hasFocus()
    assert draft.code.textCursor().blockNumber() == at_line - 1
    draft.why.setText("试")
    draft.submit()  # even so the room refuses it
    at.settle()
    assert "没有保存" in at.page.banner.title.plain() + at.page.banner.body.plain()
    assert len(archive.rulebook.versions(KEY)) == 1
    draft.code.setPlainText(good)
    at.bot.waitUntil(lambda: draft.send.isEnabled(), timeout=10_000)  # read by itself after a pause
    assert draft.mistakes == []


def test_a_wrong_number_stays_out_of_the_text(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    before, control = draft.code.toPlainText(), named(draft, "立卷归档")
    control.setText("三十")
    control.editingFinished.emit()
    at.settle()
    assert draft.code.toPlainText() == before
    assert control.text() == "30"
    assert "须填整数" in at.page.banner.title.plain()


def test_a_draft_is_kept_when_left_and_gone_when_thrown_away(desk):
    at = desk(o.ARCHIVIST)
    draft = drafting(at)
    draft.set_value(("deadline", 0, "number"), 12)
    at.settle()
    at.press("Escape")
    assert at.page.primary.label == "继续起草"
    at.press("Ctrl+N")
    assert "number = 12" in draft.code.toPlainText()
    draft.throw_away()
    at.settle()
    assert at.page.primary.label == "复制并修改"


def test_the_province_is_set_by_the_user(desk, archive):
    at = desk(o.REVIEWER)
    section = at.go("rulebook").regulations
    pick(section.which, "provincial")
    at.settle()
    at.press("Ctrl+N")
    named(section.draft, "省名").setText("某省")
    named(section.draft, "省名").editingFinished.emit()
    at.settle()
    section.draft.why.setText("填写省名")
    at.press("Ctrl+Return")
    assert "省名：某省" in section.standing.more.plain()
    assert archive.rulebook.rules("provincial", 2).province == "某省"
    section.standing.withdraw()
    at.reason("省名有误")
    assert archive.rulebook.versions("provincial")[0].withdrawn_at
    assert section.shelf.line.version == 1
