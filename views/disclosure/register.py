"""What both registers are: a list, beside it the line one stands on, and in its place the form of the register or of a step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.record_lines import RecordLine
from desktop.register_desk import CLOSED
from views.common import Empty, Panel, Table, button, content, hbox, panel, vbox
from views.common.page import Page
from views.disclosure.entry_form import EntryForm
from views.disclosure.step_form import StepForm, spec
from views.errors import words_of
from views.rulebook.section import Faces, Section

SIDE = 480
DETAIL, ENTRY, STEP = range(3)


class RegisterSection(Section):
    """Enter goes into what one stands on, Esc comes back; a refusal stands in the form where it was tried. `lay_out` first."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._wanted: int | None = None
        self._to_list = False  # until a register is read there is no list to stand in
        self._correcting: Any = None
        self._closed = CLOSED
        self.older = button(_("Show older ones"), "quiet", "caret-down", on=self._read_older)
        self.older.hide()

    def lay_out(self, title: str, table: Table, nothing: Empty, detail: QWidget, entry: Callable[[], EntryForm], name: str) -> None:
        """Stand the list beside its detail; the forms are made when they are first wanted."""
        self.table, self.nothing, self._make_form, self._name = table, nothing, entry, name
        table.setMinimumHeight(240)
        table.hide()
        nothing.hide()
        self.detail_panel: Panel = panel(name, (detail, 1))
        self.side = Faces(lambda: content(vbox((self.detail_panel, 1), gap=0)), self._make_entry, self._make_step)
        self.side.setFixedWidth(SIDE)
        self.setLayout(hbox((panel(title, (nothing, 1), (table, 1), self.older), 1), self.side, gap=16))

    def _make_entry(self) -> Panel:
        self.entry = self._make_form()
        self.entry.sent.connect(self._send_entry)
        self.entry.left.connect(self.close_form)
        self.entry_panel = panel(self._name, (self.entry, 1))
        return self.entry_panel

    def _make_step(self) -> Panel:
        self.form = StepForm(self.page)
        self.form.sent.connect(self._send_step)
        self.form.left.connect(self.close_form)
        self.step_panel = panel("", (self.form, 1))
        return self.step_panel

    # Reading
    def stand_on(self, ident: int) -> None:
        """Choose this line when the register is read."""
        self._wanted = ident
        self.close_form()

    def to_list(self) -> None:
        """Into the list, now or as soon as there is one."""
        self._to_list = self.table.isHidden()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, lines: list[Any], stood: int | None) -> None:
        """Show the lines, and stand where one stood."""
        wanted, self._wanted = self._wanted or stood, None
        model: Any = self.table.model()
        model.show_rows(lines)
        self.older.setVisible(sum(not one.open for one in lines) >= self._closed)
        self.nothing.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.side.setVisible(bool(lines) or bool(self.side.number))
        if lines:
            self.table.choose(next((n for n, one in enumerate(lines) if one.id == wanted), 0))
        if self._to_list and lines:
            self._to_list = False
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read_older(self) -> None:
        self._closed *= 10
        self.read()

    # What may be done
    def write_new(self, draft: Any) -> Callable[[], int]:
        """The act that registers; its result is the new line's number."""
        raise NotImplementedError

    def write_correction(self, line: Any, draft: Any, why: str) -> Callable[[], object]:
        """The act that corrects."""
        raise NotImplementedError

    def begin(self) -> None:
        self.open_entry(None)

    def open_entry(self, line: Any) -> None:
        """Into the form of the register, for a new line or to correct one."""
        self._correcting = line
        self._turn(ENTRY)
        self.entry.begin(line)
        if line is None:
            self.entry.days["received_on"].write(self._today())

    def open_step(self, step: str, target: Any, about: str = "", most: tuple[int, str, str] | None = None,
                  recordings: Sequence[RecordLine] = ()) -> None:
        """Into the form of a step."""
        self._turn(STEP)
        self.step_panel.rename(spec(step).name)
        self.form.begin(step, target, about, self._today(), most, recordings)

    def _send_entry(self) -> None:
        line, draft, why = self._correcting, self.entry.draft(), self.entry.why.words
        self.entry.send.allow(False, _("Sending …"))
        if line is None:
            made = self.write_new(draft)
            self.page.run(lambda _p: made(), self._registered, self._refused(self.entry))
        else:
            changed = self.write_correction(line, draft, why)
            self.page.run(lambda _p: changed(), lambda _d: self._kept(_("The correction is kept")), self._refused(self.entry))

    def _send_step(self) -> None:
        job, done = self.form.job(self.page.archive), _("{step}: entered").format(step=self.form.spec.name)
        self.form.send.allow(False, _("Sending …"))
        self.page.run(lambda _p: job(), lambda _d: self._kept(done), self._refused(self.form))

    def _refused(self, form: Any) -> Callable[[Exception], None]:
        def told(error: Exception) -> None:
            said = words_of(error)
            form.refuse("".join(filter(None, (said.what, said.then))))
        return told

    def _registered(self, ident: int) -> None:
        self._wanted, self._to_list = ident, True
        self._kept(_("It is in the register"))

    def _kept(self, words: str) -> None:
        self.close_form()
        self.page.say("good", words)
        self.page.reread()

    def close_form(self) -> None:
        """Back to what one stands on."""
        if self.side.number:
            self._turn(DETAIL)
            self.side.setVisible(not self.table.isHidden())
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_inside(self) -> bool:
        """Close what is open in the detail; False where nothing is."""
        return False

    def step_back(self) -> bool:
        if self.side.number:
            self.close_form()
            return True
        if self.close_inside():
            return True
        if not self.table.hasFocus() and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _turn(self, number: int) -> None:
        self.side.turn(number)
        self.side.show()
        self.changed.emit()

    def _today(self) -> date:
        return day_of(self._now())

    def _now(self) -> datetime:
        now: datetime = self.page.archive.clock.now()
        return now
