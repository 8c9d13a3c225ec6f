"""评查表: the agency's marking sheet in its versions, read by items, and a new version written as text with its mistakes by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.mistakes import Mistake
from desktop.policy.sheet import Block, Sheet, SheetRow
from desktop.scoring import SheetVersionLine
from views.common import Cell, Column, Rows, Table, button, content, edit, field, frame, hbox, page_head, panel, para, text, vbox
from views.common.page import Page
from views.rulebook.code_edit import CodeEdit
from views.scoring.words import certainty_words, judged_words
from views.terms import office_day
from views.theme import THEME, follow

PAUSE = 400  # ms after the last key before the text is read for mistakes
READ, WRITE = range(2)
Line = Block | SheetRow


@dataclass(frozen=True)
class _Held:
    """The versions, and the one that is read, with its text."""

    versions: list[SheetVersionLine]
    number: int
    sheet: Sheet
    words: str


class SheetsPage(Page):
    """`go("score_sheet")`. A version never changes once it is kept; a marking keeps the one that it began under."""

    name, icon, act, in_rail, under = "score_sheet", "list-bullets", "scoring.read", False, "scoring"
    listens_to = frozenset({"scoring.sheet_edit"})
    margins = (24, 14, 24, 14)

    @classmethod
    def title(cls) -> str:
        return _("The marking sheet")

    def build(self) -> None:
        self.held: _Held | None = None
        self.number = 0
        self.change = button(_("Write a new version"), "primary", "pencil-simple", "Ctrl+N", on=self.begin)
        self.head = page_head(self.title(), self.change, sub=" ", back=self.shell.back, hint=_("Back"))
        self.versions = Table(Rows([Column(_("Kept versions"), 0, self._version)]), _("Kept versions"))
        self.versions.chosen.connect(self._choose)
        self.items = Table(Rows(_columns(), (), lambda line: "sunken" if isinstance(line, Block) else ""), _("Items of the marking sheet"))
        self.grades, self.source = text("", "body", elide=True), para("", "small", "ink2")
        reading = frame(vbox(self.grades, (self.items, 1), self.source, gap=8, margins=(16, 12, 16, 12)), "plain", _("Items of the marking sheet"))
        self.writing = Writing(self)
        self.stack = QStackedWidget()
        self.stack.addWidget(reading)
        self.stack.addWidget(self.writing)
        self.left_side = frame(vbox(self.versions, margins=(16, 12, 16, 12)), "plain", _("Kept versions"))
        self.lay(self.head, (hbox(self.left_side, (self.stack, 1), gap=16), 1))
        self.room.setSpacing(10)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.left_side.setFixedWidth(THEME.px(248))

    def _version(self, line: SheetVersionLine) -> Cell:
        who = " · ".join([line.person, office_day(line.at), line.reason]) if line.person else _("came with the program")
        return Cell(_("sheet version {n}").format(n=line.version), who)

    def opened(self, **kw: Any) -> None:
        super().opened(**kw)
        self.versions.setFocus()

    def refresh(self) -> None:
        room, number = self.archive.scoring, self.number
        self.change.heed(self.may("scoring.sheet_edit"))

        def read(_progress: Progress) -> _Held:
            chosen = number or room.sheet_version()
            return _Held(room.sheet_versions(), chosen, room.sheet(chosen), room.sheet_text(chosen))

        self.run(read, self._show, lane="reads")

    def _show(self, held: _Held) -> None:
        fresh = self.held is None or [one.version for one in self.held.versions] != [one.version for one in held.versions]
        self.held = held
        if fresh:
            _rows(self.versions).show_rows(held.versions)
            self.versions.choose(next(n for n, one in enumerate(held.versions) if one.version == held.number))
        sheet = held.sheet
        items = sum(row.block != sheet.veto_block for row in sheet.row)
        self.head.say(sheet.title, _("Version {n}: {items} items that bear points, {vetoes} that decide alone").format(
            n=held.number, items=items, vetoes=len(sheet.row) - items))
        self.grades.setText("　".join(_("{grade} from {points}").format(grade=one.title, points=one.from_points) for one in sheet.grade))
        self.source.setText(sheet.source_words)
        lines: list[Line] = []
        for block in sheet.block:
            lines += [block, *(row for row in sheet.row if row.block == block.key)]
        _rows(self.items).show_rows(lines)

    def _choose(self, line: SheetVersionLine) -> None:
        if self.held is not None and line.version != self.held.number:
            self.number = line.version
            self.reread()

    def begin(self) -> None:
        """Write a new version from a copy of the one in view."""
        if self.held is not None:
            self.writing.begin(self.held.words)
            self.turn(WRITE)
            self.writing.code.setFocus()

    def turn(self, face: int) -> None:
        """Reading or writing; while one writes there is nothing else to press."""
        self.stack.setCurrentIndex(face)
        self.change.setVisible(face == READ)
        self.left_side.setVisible(face == READ)

    def step_back(self) -> bool:
        """From writing back to reading; what is written stays until it is kept or begun anew."""
        if self.stack.currentIndex() == READ:
            return False
        self.turn(READ)
        self.versions.setFocus()
        return True

    def kept(self, number: int) -> None:
        """A new version is kept."""
        self.number = number
        self.turn(READ)
        self.say("good", _("Version {n} is kept. Markings begun from now on go by it; earlier ones keep theirs.").format(n=number))
        self.reread()


class Writing(QWidget):
    """The text of a new version, its mistakes by line, the reason, and the button that keeps it."""

    def __init__(self, page: SheetsPage) -> None:
        super().__init__()
        self._page = page
        self.code = CodeEdit(_("Text of the marking sheet"))
        self.faults = Rows([Column(_("On line"), 72, lambda m: Cell(str(m.line) if m.line else "–"), right=True),
                            Column(_("What is wrong"), 0, lambda m: Cell(m.words, m.where, ink="late"))])
        self.table = Table(self.faults, _("What is wrong"))
        self.table.opened.connect(lambda m: self.code.jump(m.line))
        self.sound = para("", "small", "ink2")
        self.why = edit(name=_("Reason"))
        self.why_field = field(_("Reason"), self.why, mnemonic="L")
        self.keep = button(_("Keep as a new version"), "primary", "floppy-disk", "Ctrl+Return", on=self.send)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.check)
        self.code.textChanged.connect(self._touched)
        side = panel(_("Checked"), self.sound, (self.table, 1))
        side.setFixedWidth(340)
        foot = hbox((self.why_field, 1), content(vbox(None, self.keep)), gap=16)
        self.setLayout(vbox((hbox((frame(vbox(self.code, margins=(12, 12, 12, 12)), "plain", _("Text of the marking sheet")), 1), side, gap=12), 1),
                            foot, gap=12))

    def begin(self, words: str) -> None:
        """A copy of one version."""
        self.why.clear()
        self.why_field.tell("")
        self.code.setPlainText(words)
        self.check()

    def _touched(self) -> None:
        self._soon.start()
        self.keep.allow(False, _("The text is being checked"))

    def check(self) -> None:
        """Read the text for mistakes."""
        self._soon.stop()
        room, words = self._page.archive.scoring, self.code.toPlainText()
        self._page.run(lambda _p: room.sheet_mistakes(words), lambda found: self._checked(words, found), lane="reads")

    def _checked(self, words: str, found: list[Mistake]) -> None:
        if words != self.code.toPlainText():
            return  # typed on meanwhile; the next check is on its way
        self.faults.show_rows(found)
        self.table.setVisible(bool(found))
        self.code.mark(one.line for one in found)
        self.sound.setText(_("{n} places are wrong; Enter goes to the line.").format(n=len(found)) if found else _(
            "Nothing wrong was found: the items of each block come to its points, and the blocks to 100."))
        self.keep.allow(not found, _("{n} places must be mended first").format(n=len(found)))

    def send(self) -> None:
        """Keep the text, with its reason."""
        words, why, room = self.code.toPlainText(), self.why.text().strip(), self._page.archive.scoring
        if not why:
            self.why_field.tell("bad", _("Write why the sheet is changed; it is kept with the version"))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.keep.allow(False, _("Saving …"))

        def refused(error: Exception) -> None:
            self.keep.allow(True)
            self._page.tell(error)

        self._page.run(lambda _p: room.sheet_edit(words, why), self._page.kept, refused, lane="reads")


def _rows(table: Table) -> Rows:
    model = table.model()
    assert isinstance(model, Rows)
    return model


def _columns() -> list[Column]:
    return [Column(_("No. of the item"), 56, lambda line: Cell("" if isinstance(line, Block) else line.id, ink="ink2")),
            Column(_("What is looked at"), 0, _what),
            Column(_("Points"), 72, lambda line: Cell(str(line.points) if line.points else "–", bold=isinstance(line, Block)), right=True),
            Column(_("Judged by"), 84, lambda line: Cell("" if isinstance(line, Block) else judged_words(line.judged), ink="ink3")),
            Column(_("Where from"), 224, lambda line: Cell("" if isinstance(line, Block) else certainty_words(line.certainty), ink="ink3"))]


def _what(line: Line) -> Cell:
    return Cell(line.title, bold=True) if isinstance(line, Block) else Cell(line.words, " · ".join(filter(None, [line.deduction, line.applies])))
