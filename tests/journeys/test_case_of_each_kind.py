"""A case of each kind from opening to filing in the window, as an archivist drives it: form, deposit, recordings, papers, answers, end, filing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.policy.verdicts import Standing
from models.ledger import LedgerEntry
from models.terms import CaseId, EnforcementKind, StatementKind
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.cases.beside import CLOSING, CONTENTS
from views.common import Check, Combo, Edit
from views.common.dialogs import PasswordAgain, Reason
from views.footage.page import COVERAGE, STATEMENTS
from views.pages import pages

PLACE, CASES = "新开路 77 号", "Ctrl+2"  # the second page of the rail
Walking = Callable[[str], "Walk"]


class Walk:
    """One case, driven by one person at a time; the hands of the archivist: keys, typed words, pressed buttons."""

    def __init__(self, qtbot: QtBot, archive: Archive, bridge: Bridge) -> None:
        self.qtbot, self.archive, self.bridge = qtbot, archive, bridge
        self.at: Desk | None = None
        self.case: CaseId | None = None
        self.sit(o.ARCHIVIST)

    # Hands
    def sit(self, name: str) -> None:
        """Somebody signs in and sits down where another stood up."""
        self.stand_up()
        o.sign_in(self.archive, name)
        self.at = Desk(self.qtbot, self.archive, self.bridge, pages=pages())

    def stand_up(self) -> None:
        if self.at is not None:
            self.at.leave()
        self.at = None

    @property
    def desk(self) -> Desk:
        assert self.at is not None
        return self.at

    def write(self, into: QWidget, words: str) -> None:
        """Go into a field, take out what is there, type."""
        into.setFocus(Qt.FocusReason.OtherFocusReason)
        assert into.hasFocus(), into.accessibleName()
        assert isinstance(into, Edit | QPlainTextEdit)
        into.selectAll()
        self.desk.type(words)

    def choose(self, combo: Combo, value: object) -> None:
        """Go to a line of a choice by its arrows."""
        wanted = [n for n in range(combo.count()) if combo.itemData(n) == value]
        assert wanted, (value, [combo.itemData(n) for n in range(combo.count())])
        steps = wanted[0] - combo.currentIndex()
        for _step in range(abs(steps)):
            QTest.keyClick(combo, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
        assert combo.value() == value

    def tick(self, checks: Mapping[str, Check], wanted: Sequence[str]) -> None:
        for key in wanted:
            if not checks[key].isChecked():
                QTest.mouseClick(checks[key], Qt.MouseButton.LeftButton)
            assert checks[key].isChecked()

    def password(self) -> None:
        dialog = next(d for d in self.desk.shell.findChildren(PasswordAgain) if d.isVisible())
        assert dialog.password.hasFocus()
        self.desk.type(o.PASSWORD)
        QTest.keyClick(dialog.password, Qt.Key.Key_Return)
        self.desk.settle()
        self.desk.shell.activateWindow()  # a screen without a window manager does not give it back
        self.qtbot.waitActive(self.desk.shell)

    # Opening and deposit
    def open_case(self, number: str, cause: str, kind: EnforcementKind, begun: str, procedure: str = "ordinary") -> None:
        """The form of a new case folder, saved by its key; its page follows."""
        self.desk.press(CASES)
        self.desk.press("Ctrl+N")
        assert self.page.name == "case_form"
        form = self.page.form
        self.write(form.number.control, number)
        self.write(form.cause.control, cause)
        self.choose(form.kind.control, kind)
        self.choose(form.procedure.control, procedure)
        self.write(form.started.control, begun)
        self.write(form.place.control, PLACE)
        self.write(form.parties.lines[0].first, "大连和润商贸有限公司")
        for name, certificate in ((o.OFFICER, ""), (o.OUTSIDER, "LN-0207-044")):
            if form.officers.value():
                self.desk.click(form.officers.more)
            self.write(form.officers.lines[-1].first, name)
            if certificate:
                self.write(form.officers.lines[-1].number, certificate)
        self.desk.press("Ctrl+S")
        assert self.desk.page.name == "case", [f.verdict for f in form.faults()]
        self.case = self.desk.page.case
        assert self.desk.page.head.number.full == number

    def deposit(self, folder: Path) -> None:
        """Hand a folder in for the case; its number is typed."""
        number = self.page.head.number.full
        self.desk.press("F2")
        page = self.page
        page.take([os.fsencode(folder)])
        self.desk.settle()
        self.write(page.ready.case.entry, number)
        self.qtbot.waitUntil(lambda: page.ready.case.settled, timeout=10_000)
        self.desk.press("Ctrl+Return")
        self.qtbot.waitUntil(page.report.isVisible, timeout=20_000)
        self.desk.settle()
        self.folder()

    def folder(self) -> Any:
        """The page of the case, from wherever one is."""
        if self.page.name == "footage":
            self.desk.press("Alt+Left")
        elif self.page.name != "case":
            self.desk.press(CASES)
            self.desk.press("Return")
        assert (self.page.name, self.page.case) == ("case", self.case)
        return self.page

    @property
    def page(self) -> Any:
        return self.desk.page

    # Recordings
    def recordings(self) -> Any:
        """From the case to its recordings."""
        self.desk.click(self.folder().head.footage)
        assert self.page.name == "footage"
        return self.page

    def activity(self, kind: str, start: str, end: str = "") -> None:
        """One activity by keys."""
        self.desk.press("Ctrl+N")
        form = self.page.side.activity
        self.choose(form.kind, kind)
        self.write(form.start.entry, start)
        if end:
            self.write(form.end.entry, end)
        self.desk.press("Ctrl+Return")
        assert self.page.side.form is None, (form.banner.accessibleName(), form.start.verdict, form.end.verdict)

    def link(self, *titles: str) -> None:
        """L on each recording: it belongs to the activity that one stands on."""
        for title in titles:
            rows = self.page.recordings.model().rows
            self.page.recordings.choose(next(n for n, one in enumerate(rows) if one.title == title))
            self.page.recordings.setFocus()
            self.desk.press("L")
            assert self.page.banner.kind == "good", self.page.banner.accessibleName()

    def explain_gap(self, cause: str, why: str) -> None:
        """The first gap of the coverage, explained in a signed statement with its cause."""
        side = self.page.side
        self.desk.click(side.tabs.group.button(COVERAGE))
        self.desk.click(next(b for b in side.lens.findChildren(QPushButton) if b.accessibleName().startswith("补写说明")))
        self.choose(side.statement.cause, cause)
        self.desk.settle()
        self.sign_statement(why)

    def sign_statement(self, why: str) -> None:
        """The reason goes where the draft leaves its line open."""
        form = self.page.side.statement
        assert self.page.side.form is form
        form.words.setFocus(Qt.FocusReason.OtherFocusReason)
        assert form.words.textCursor().selectedText() == "______"
        self.desk.type(why)
        self.desk.press("Ctrl+Return")
        assert self.page.side.form is None, form.words_field.verdict

    # Papers, answers, items
    def answer(self, **answers: bool) -> None:
        """Every question on which items wait: those named as named, the others no."""
        page = self.page
        self.desk.click(page.completeness.ask)
        form = page.procedure.questions
        pressing = set(page.read.course.pressing)
        assert set(answers) <= set(form.choices), set(answers) - set(form.choices)
        for key in (pressing | set(answers)):
            self.desk.click(form.choices[key].group.button(0 if answers.get(key) else 1))
        self.desk.press("Ctrl+Return")
        assert not form.isVisible(), form.refusal.plain()
        if page.read.course.pressing:  # an answer may raise another question
            self.answer()

    def open_item(self, item: str) -> None:
        """Click an item in the list of what must be on record; it opens beside."""
        rows = self.page.completeness.list
        number = next(n for n, row in enumerate(rows.model_.rows) if row.item is not None and row.item.id == item)
        rows.scrollTo(rows.model_.index(number, 0))
        place = rows.visualRect(rows.model_.index(number, 0)).center()
        QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.desk.settle()
        view = self.page.procedure.item
        assert view.isVisible()
        assert view.item.id == item

    def confirm(self, title: str, item: str, *also: str, dated: str, approver: str = "") -> None:
        """Confirm a paper for an item and others: every field and signature that they ask for is in it."""
        page = self.page
        self.open_item(item)
        self.desk.click(page.procedure.item.paper)
        form = page.procedure.paper
        records = {one.title: int(one.record) for one in page.read.course.papers}
        self.choose(form.paper.control, records[title])
        if not set(also) <= set(form.items.checks):
            self.desk.click(form.items.more)
        self.tick(form.items.checks, (item, *also))
        self.tick(form.fields_.checks, tuple(form.fields_.checks))
        self.tick(form.signers.checks, tuple(form.signers.checks))
        self.tick(form.officers.checks, tuple(form.officers.checks))
        if form.approved.isVisible():
            self.choose(form.approved.control, approver)
        self.write(form.dated.control, dated)
        self.desk.press("Ctrl+Return")
        assert not form.isVisible(), form.refusal.plain()
        assert page_holds_focus(page)
        line = next(r for r in page.read.folder.records if r.title == title)
        assert (line.made_on, line.stage) == (dated[:10], page.read.course.rule(item).stage)
        there = {one.id: one for one in page.read.course.answers.items}
        assert {there[key].standing for key in (item, *also)} == {Standing.PRESENT}, [there[key] for key in (item, *also)]

    def waive(self, item: str, why: str) -> None:
        """State that an item does not apply, with the reason."""
        view = self.page.procedure.item
        self.open_item(item)
        self.desk.click(view.not_applicable)
        self.desk.type(why)
        self.desk.click(view.not_applicable)
        assert page_holds_focus(self.page)
        assert self.standing(item) is Standing.WAIVED
        self.desk.press("Esc")

    def standing(self, item: str) -> Standing:
        return next(one for one in self.page.read.course.answers.items if one.id == item).standing

    @property
    def wanting(self) -> list[str]:
        return [f"{one.id} {one.title} {one.standing} {one.wanting} {one.questions}" for one in self.page.read.course.wanting]

    # End and filing
    def end(self, kind: str, on: str) -> None:
        """The end, signed with the password."""
        page = self.page
        self.desk.click(page.sections.group.button(CLOSING))
        form = page.procedure.closing.end_form
        self.choose(form.how, kind)
        self.write(form.on, on)
        self.desk.click(form.send)
        self.password()
        assert [(e.kind, e.on.isoformat(), e.sound) for e in page.read.course.endings] == [(kind, on, True)]
        self.desk.click(page.sections.group.button(CONTENTS))

    def order_filing(self, why: str) -> None:
        """The leader sits down, orders filing as it is, and signs; then the archivist is back. Who keeps the file cannot order it."""
        for name in (o.LEADER, o.ARCHIVIST):
            assert self.page.procedure.closing.order_form.isHidden()
            self.sit(name)
            page = self.folder()
            if name == o.LEADER:
                self.desk.click(page.sections.group.button(CLOSING))
                form = page.procedure.closing.order_form
                self.write(form.why.area, why)
                self.desk.click(form.send)
                self.password()

    def refused(self) -> str:
        """Press 归档 while something is open: the list of it instead; returns what is said."""
        page = self.page
        assert page.head.file.label.startswith("归档 · 缺")
        self.desk.click(page.head.file)
        assert page.banner.kind == "soon"
        assert page.completeness.list.hasFocus()
        assert page.completeness.list.row().item.id in {one.id for one in page.read.course.wanting}
        assert not [d for d in self.desk.shell.findChildren(Reason) if d.isVisible()]
        return f"{page.banner.accessibleName()} {page.banner.accessibleDescription()}"

    def file(self) -> None:
        """归档 with its reason; the head says it, and nothing more can be changed."""
        page = self.page
        assert not self.wanting
        assert page.head.file.label == "归档"
        self.desk.click(page.head.file)
        dialog = next(d for d in self.desk.shell.findChildren(Reason) if d.isVisible())
        assert dialog.area.hasFocus()
        self.desk.type("办结归档")
        self.desk.click(dialog.verb)
        assert page.read.folder.line.filed_at
        assert "已归档 2026-11-19" in self.tags()
        assert page.line.left_out == 0
        assert not page.head.edit.isEnabled()

    def tags(self) -> list[str]:
        box = self.page.head._tags
        return [box.itemAt(n).widget().words for n in range(box.count())]

    def ledger(self) -> list[str]:
        """The acts on record, each once, in their order."""
        told = (json.loads(row.leaf) for row in LedgerEntry.select().order_by(LedgerEntry.id) if row.leaf)
        return list(dict.fromkeys(one["act"] for one in told if one["outcome"] == "done"))


def page_holds_focus(page: QWidget) -> bool:
    """Whether somebody at the keyboard goes on where they acted, and not in the head of the window."""
    here = QApplication.focusWidget()
    return here is not None and page.isAncestorOf(here)


@pytest.fixture
def walking(qtbot: QtBot, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walking]:
    """`walking("xigang-finance")`: the archivist at the desk of an empty archive under that regulation."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    walks: list[Walk] = []

    def begin(profile: str) -> Walk:
        walks.append(Walk(qtbot, o.founded(tmp_path, profile), bridge))
        return walks[-1]

    yield begin
    for one in walks:
        one.stand_up()
        one.archive.close()


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    out = tmp_path / "移交"
    out.mkdir()
    return out


def test_an_ordinary_penalty_with_an_interrupted_recording(walking: Walking, bag: Path) -> None:
    for title in ("行政执法立案审批表", "现场检查（勘验）笔录", "行政处罚决定审批表"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    o.recording(bag / "检查一.mp4", 120, "2026-10-20T09:00:00+08:00")
    o.recording(bag / "检查二.mp4", 90, "2026-10-20T09:02:30+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财罚〔2026〕31号", "未按规定设置会计账簿案", EnforcementKind.PENALTY, "2026-10-12")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("inspection", "2026-10-20 9:00", "9:04")
    walk.link("检查一", "检查二")
    walk.explain_gap("battery", "更换电池，中断三十秒")
    assert [bool(gap.explained) for gap in side.lens.gaps] == [True]
    assert [s.draft.kind for s in walk.archive.procedure.statements(walk.case)] == [StatementKind.INTERRUPTION]
    walk.activity("decision", "2026-11-02 10:00")
    walk.folder()
    assert "启动审批文书（西岗办法第八条）" in walk.refused()
    walk.answer()
    walk.confirm("行政执法立案审批表", "XG-8", "XG-9-1", dated="2026-10-12", approver="局相关负责人")
    walk.confirm("现场检查（勘验）笔录", "XG-10-4", "XG-10-1", "XG-10-9", dated="2026-10-20 9:04")
    walk.confirm("行政处罚决定审批表", "XG-11-1", "XG-11-2", "XG-11-3", "XG-11-7", "XG-12-1", dated="2026-11-02")
    assert "当事人履行情况" in walk.refused()
    walk.waive("XG-12-2", "只予警告，没有需要履行的内容")
    assert walk.standing("CF-42") is Standing.PRESENT
    walk.end("closed_approved", "2026-11-18")
    walk.file()
    told = ["cases.create", "intake.begin", "procedure.activity_add", "procedure.footage_link", "procedure.statement_sign", "procedure.answer",
            "procedure.paper_confirm", "procedure.waive", "procedure.case_end", "cases.file"]
    assert [act for act in walk.ledger() if act in told] == told


def test_a_simple_penalty_that_nobody_recorded(walking: Walking, bag: Path) -> None:
    o.paper(bag / "当场行政处罚决定书.pdf", "当场行政处罚决定书", "当场予以警告。")
    walk = walking("xigang-finance")
    walk.open_case("西财简罚〔2026〕4号", "未按规定保管会计凭证案", EnforcementKind.PENALTY, "2026-11-05", "simple")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("on_the_spot", "2026-11-05 10:00", "10:12")
    walk.desk.click(side.tabs.group.button(STATEMENTS))
    walk.desk.click(side.statements.buttons[StatementKind.NOT_RECORDED])
    walk.sign_statement("记录仪没有电")
    assert "记录仪没有电" in walk.archive.procedure.statements(walk.case)[0].draft.text
    page = walk.folder()
    assert "XG-8" not in {one.id for one in page.read.course.answers.items}  # 简易程序不要求启动审批
    assert "启动原因、案件来源、基本案情" in walk.refused()
    walk.answer()
    walk.confirm("当场行政处罚决定书", "XG-9-1", "XG-10-1", "XG-10-9", "XG-11-1", "XG-11-2", "XG-11-7", "XG-12-1", "XG-12-2", dated="2026-11-05")
    walk.waive("XG-11-3", "执法人员当场作出，没有部门审核")
    walk.end("performed", "2026-11-05")
    walk.file()


def test_an_inspection_that_the_leader_orders_filed_with_gaps(walking: Walking, bag: Path) -> None:
    o.paper(bag / "现场检查（勘验）笔录.pdf", "现场检查（勘验）笔录", "清点账簿十四册。")
    o.recording(bag / "抽查.mp4", 180, "2026-10-20T09:00:00+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财检〔2026〕12号", "会计信息质量检查", EnforcementKind.INSPECTION, "2026-10-19")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("random_inspection", "2026-10-20 9:00", "9:03")
    walk.link("抽查")
    assert not side.lens.gaps
    walk.folder()
    walk.answer()
    walk.confirm("现场检查（勘验）笔录", "XG-10-4", "XG-10-1", dated="2026-10-20 9:03")
    walk.end("performed", "2026-10-30")
    gaps = [one.id for one in walk.page.read.course.wanting]
    assert gaps == ["XG-8", "XG-9-1", "XG-10-9"]
    assert "告知权利及行使情况" in walk.refused()
    walk.order_filing("经办人已调离，审批文书无法补齐")
    walk.file()
    assert "带缺归档：缺 3 项" in walk.tags()
    rows = {row.item.id: row.more for row in walk.page.completeness.list.model_.rows if row.item is not None}
    assert all("负责人" in rows[item] for item in gaps)
    order = walk.page.read.course.orders[0]
    assert (order.person, order.sound, [gap[0] for gap in order.gaps]) == (o.LEADER, True, gaps)


def test_a_sealing_is_recorded_throughout(walking: Walking, bag: Path) -> None:
    for title in ("查封审批表", "查封决定书"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    o.recording(bag / "查封.mp4", 120, "2026-10-20T09:00:00+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财强〔2026〕2号", "查封涉案账簿", EnforcementKind.COERCION, "2026-10-19")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("seal", "2026-10-20 9:00", "9:02")
    assert (side.lens.duty.level, side.lens.duty.standing) == ("full", Standing.MISSING)
    walk.link("查封")
    assert "第十三条" in side.lens.duty.ground.article
    assert side.lens.duty.coverage[0].end - side.lens.duty.coverage[0].start == timedelta(minutes=2)
    walk.activity("release", "2026-11-10 9:00")
    walk.folder()
    assert "启动审批文书" in walk.refused()
    walk.answer(decided=True)
    walk.confirm("查封审批表", "XG-8", "XG-9-1", "XG-11-1", "XG-11-2", "XG-11-3", "XG-11-7", dated="2026-10-19", approver="本机关负责人")
    walk.confirm("查封决定书", "XG-10-1", "XG-10-9", "XG-12-1", "XG-12-2", dated="2026-10-20")
    assert "行政强制执行情况" in walk.refused()
    walk.waive("XG-12-3", "只采取强制措施，没有强制执行")
    assert walk.standing("QZ-18") is Standing.PRESENT
    walk.end("closed_approved", "2026-11-12")
    walk.file()


def test_a_licence_under_the_regulation_of_jinpu(walking: Walking, bag: Path) -> None:
    for title in ("受理通知书", "现场勘验笔录", "行政许可审批表"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    walk = walking("jinpu-development")
    walk.open_case("金发许〔2026〕8号", "企业投资项目核准", EnforcementKind.LICENSING, "2026-10-12")
    assert "金普" in walk.page.read.course.profile.short
    walk.deposit(bag)
    walk.recordings()
    walk.activity("licence_survey", "2026-10-20 9:00", "9:40")
    walk.activity("licence_decision", "2026-10-28 10:00")
    walk.folder()
    assert "第六条" in walk.refused()
    walk.answer(materials_wanting=True)
    walk.confirm("受理通知书", "JP-6d", "JP-6", dated="2026-10-13")
    walk.confirm("现场勘验笔录", "JP-7-3", "JP-7-1", "JP-7-2", dated="2026-10-20 9:40")
    walk.confirm("行政许可审批表", "JP-8", dated="2026-10-28")
    assert "补充材料的一次性全面告知" in walk.refused()
    walk.waive("JP-6c", "申请人当场补齐，没有另行告知")
    walk.end("closed_approved", "2026-10-28")
    walk.file()
