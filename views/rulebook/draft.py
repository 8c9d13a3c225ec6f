"""A new version in the making: its text with every mistake by line, simple fields for the commonest values, the reason; then a second person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.mistakes import Mistake
from desktop.policy.settings_in_text import Setting, next_text, settings_in, with_setting
from desktop.rulebook import VersionLine
from views.common import Cell, Column, Combo, Edit, Rows, Table, button, combo, edit, empty, field, fill, hbox, panel, para, scroll, text, vbox
from views.common.layout import content
from views.rulebook.code_edit import CodeEdit
from views.rulebook.words import version_name

if TYPE_CHECKING:
    from views.rulebook.regulations import RegulationsSection

PAUSE = 400  # ms after the last key before the text is read for mistakes


class Draft(QWidget):
    """Kept until it is sent or thrown away: leaving it is no loss."""

    def __init__(self, section: RegulationsSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.kept, self.mistakes, self._settings, self._fields = False, list[Mistake](), list[Setting](), list[QWidget]()
        self.head, self.sub = text("", "strong", elide=True), text("", "small", "ink2", elide=True)
        self.code = CodeEdit(_("Text of the new version"))
        self.rows = Rows([Column(_("Line"), 64, lambda m: Cell(str(m.line) if m.line else "–"), right=True),
                          Column(_("Mistake"), 0, lambda m: Cell(m.words, m.where, ink="late"))])
        self.table = Table(self.rows, _("Mistakes"))
        self.table.opened.connect(lambda m: self.code.jump(m.line))
        self.table.setMinimumHeight(96)
        self.sound = para("", "small", "ink2")
        self._values = vbox(gap=10, margins=(0, 0, 12, 0))
        self.why = edit(name=_("Reason"))
        self.why_field = field(_("Reason"), self.why, mnemonic="R")
        self.send = button(_("Hand to the second person"), "primary", "paper-plane-tilt", "Ctrl+Return", on=self.submit)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.check)
        self.code.textChanged.connect(self._touched)
        self.setLayout(self._lay())

    def _lay(self) -> Any:
        drop = button(_("Throw away"), "quiet", on=self.throw_away)
        back = button(_("Back to reading"), "", "arrow-left", on=self.section.back)
        self.values = panel(_("Commonest values"), (scroll(content(self._values), _("Commonest values")), 1))
        faults = panel(_("Mistakes"), self.sound, (self.table, 1))
        side = content(vbox((self.values, 3), (faults, 2), gap=12))
        side.setFixedWidth(376)
        foot = hbox((self.why_field, 1), content(vbox(None, hbox(drop, self.send, gap=8), gap=0)), gap=16)
        head = hbox(back, (vbox(self.head, self.sub, gap=0), 1), gap=12)
        return vbox(head, (hbox((panel(_("Text"), (self.code, 1)), 1), side, gap=12), 1), foot, gap=12)

    def begin(self, line: VersionLine, title: str, words: str, number: int) -> None:
        """A copy of one version under the next number."""
        self.line, self.number, self.kept = line, number, True
        self.head.setText(_("{title}: version {n}").format(title=title, n=number))
        self.sub.setText(_("Copied from {version}. It holds nothing until another person confirms it.").format(version=version_name(line)))
        self.why.clear()
        self.code.setPlainText(next_text(words, number))
        self.code.document().setModified(False)
        self.section.turn_to(1)
        self.check()
        self.enter()

    def enter(self) -> None:
        """To the first simple field, else to the text."""
        (self._fields[0] if self._fields else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def throw_away(self) -> None:
        """Nothing is kept of it."""
        self.kept = False
        self.section.back()

    # The text and what is wrong with it
    def _touched(self) -> None:
        self._soon.start()
        self.send.allow(False, _("The text is being read"))

    def check(self) -> None:
        """Read the text for mistakes and for its simple values."""
        self._soon.stop()
        room, words = self.page.archive.rulebook, self.code.toPlainText()
        self.page.run(lambda _p: (words, room.mistakes(words), settings_in(words)), self._checked, lane="reads")

    def _checked(self, got: tuple[str, list[Mistake], list[Setting]]) -> None:
        words, self.mistakes, settings = got
        if words != self.code.toPlainText():
            return  # typed on meanwhile; the next reading is on its way
        self.rows.show_rows(self.mistakes)
        self.code.mark(one.line for one in self.mistakes)
        n = len(self.mistakes)
        self.sound.setText(_("{n} mistakes; Enter goes to the line.").format(n=n) if n else _("None found. The text can be handed on."))
        self.send.allow(not n, _("{n} mistakes to mend first").format(n=n))
        self._offer(settings)

    # Simple fields
    def _offer(self, settings: list[Setting]) -> None:
        """One field a value; the fields stay while the same values stand in the text."""
        same = [(one.path, one.title) for one in settings] == [(one.path, one.title) for one in self._settings]
        before, self._settings = self._settings, settings
        if same and before:
            for one, control in zip(settings, self._fields, strict=True):
                _show(control, one.value)
            return
        empty(self._values)
        self._fields = [self._control(one) for one in settings]
        rows = [_labelled(one, control) for one, control in zip(settings, self._fields, strict=True)]
        none = para(_("No simple value can be read while the text has mistakes of writing."), "small", "ink2")
        fill(self._values, [*(rows or [none]), None])

    def _control(self, one: Setting) -> QWidget:
        if one.options:
            choice = combo([(words, key) for key, words in one.options.items()], on=partial(self.set_value, one.path))
            choice.choose(one.value)
            choice.setMinimumContentsLength(8)
            choice.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            return choice
        line = edit(str(one.value))
        line.editingFinished.connect(lambda: self.set_value(one.path, line.text().strip()))
        return line

    def set_value(self, path: tuple[str | int, ...], value: object) -> None:
        """Write one value into its line of the text."""
        one = next((known for known in self._settings if known.path == path), None)
        if one is None or str(value) == str(one.value):
            return
        control = self._fields[self._settings.index(one)]
        if isinstance(one.value, int) and not str(value).isdecimal():
            _show(control, one.value)
            self.page.say("late", _("{name}: a whole number is wanted, not “{given}”").format(name=one.name, given=value))
            return
        words = self.code.toPlainText()
        try:
            changed = with_setting(words, path, int(str(value)) if isinstance(one.value, int) else str(value))
        except Refusal as no:
            _show(control, one.value)
            self.page.tell(no)
            return
        self.code.put_line(one.line, changed.splitlines()[one.line - 1])
        self.check()

    # On to the second person
    def submit(self) -> None:
        """Keep it as a draft that somebody else confirms."""
        why, words, line = self.why.text().strip(), self.code.toPlainText(), self.line
        if not why:
            self.why_field.tell("bad", _("Please write the reason; it stands in the ledger"))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.why_field.tell("")
        self.send.allow(False, _("Sending …"))
        room = self.page.archive.rulebook
        self.page.run(lambda _p: room.draft(line.key, words, why), self._sent, self._not_sent)

    def _sent(self, number: int) -> None:
        self.kept = False
        self.send.allow(True)
        self.page.say("good", _("Version {n} is drafted").format(n=number),
                      _("The leader or the reviewer reads it on this page, gives the day and confirms it. Until then nothing changes."))
        self.section.back()
        self.section.turn(self.line.key, number)

    def _not_sent(self, error: Exception) -> None:
        self.send.allow(True)
        self.page.tell(error)


def _labelled(one: Setting, control: QWidget) -> QWidget:
    what = f"{one.name} · {one.title}" if one.article else one.name
    if not one.options and one.unit and isinstance(control, Edit):
        control.setFixedWidth(96)
        row = content(hbox(control, text(_unit(one.unit), "small", "ink2"), None, gap=8))
        label = text(what, "small", "ink2", elide=True)
        control.setAccessibleName(f"{one.article}，{what}，{_unit(one.unit)}")
        return content(vbox(label, row, gap=4))
    control.setAccessibleName(f"{one.article}，{what}")
    return content(vbox(text(what, "small", "ink2", elide=True), control, gap=4))


def _unit(unit: str) -> str:
    return {"hour": _("hours"), "day": _("days"), "working_day": _("working days"), "month": _("months"), "year": _("years")}[unit]


def _show(control: QWidget, value: str | int) -> None:
    if isinstance(control, Combo):
        control.choose(value)
    elif isinstance(control, Edit) and control.text() != str(value):
        control.setText(str(value))
