"""The hands of an archivist on one case in the window: form, deposit, recordings, papers, answers, end, filing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.policy.verdicts import Standing
from models.ledger import LedgerEntry
from models.terms import CaseId, EnforcementKind
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.cases.beside import CLOSING, CONTENTS
from views.common import Check, Combo, Edit
from views.common.dialogs import PasswordAgain, Reason
from views.footage.page import COVERAGE
from views.pages import pages

PLACE, CASES = "新开路 77 号", "Ctrl+2"  # the second page of the rail


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
        self.qtbot.waitUntil(lambda: page.ready.case.settled)
        self.desk.press("Ctrl+Return")
        self.qtbot.waitUntil(page.report.isVisible)
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
        self.password()
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
