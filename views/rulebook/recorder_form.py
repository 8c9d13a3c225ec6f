"""The form for one recorder of the register: number, model, holder, unit, note, whether it is in service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.procedure import RecorderDraft, RecorderLine
from views.common import Check, button, content, edit, field, hbox, scroll, vbox
from views.rulebook.section import tell_at

if TYPE_CHECKING:
    from views.rulebook.recorders import RecordersSection

_TEXTS = ("number", "model", "holder", "unit", "note")


class RecorderForm(QWidget):
    """Begun for a new recorder or for one that is there; a change asks why."""

    def __init__(self, section: RecordersSection) -> None:
        super().__init__()
        self.section, self.page, self.line = section, section.page, None
        names = {"number": _("Number of the recorder"), "model": _("Model"), "holder": _("Holder"), "unit": _("Unit"), "note": _("Remark")}
        self.texts = {name: edit() for name in _TEXTS}
        self.fields = {name: field(names[name], control) for name, control in self.texts.items()}
        self.active, self.why = Check(_("In service"), True), edit()
        self.why_field = field(_("Reason"), self.why)
        self.keep = button(_("Keep"), "primary", "check", "Ctrl+Return", on=self.submit)
        self.setLayout(self._lay())

    def _lay(self) -> Any:
        body = vbox(*self.fields.values(), self.active, None, gap=10, margins=(0, 0, 14, 0))
        leave = button(_("Do not change"), "quiet", on=self.section.close_form)
        foot = vbox(self.why_field, hbox(None, leave, self.keep, gap=8), gap=8)
        return vbox((scroll(content(body), _("Register of recorders")), 1), foot, gap=8)

    def begin(self, line: RecorderLine | None) -> None:
        """Start from a recorder, or from nothing."""
        self.line = line
        draft = line.draft if line is not None else RecorderDraft("")
        for name, control in self.texts.items():
            control.setText(getattr(draft, name))
        self.active.setChecked(draft.active)
        self.active.setVisible(line is not None)
        self.why.clear()
        self.why_field.setVisible(line is not None)
        for one in (self.fields["number"], self.why_field):
            one.tell("")
        self.keep.allow(True)
        self.texts["number"].setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> RecorderDraft:
        """What is filled in."""
        words = {name: control.text().strip() for name, control in self.texts.items()}
        return RecorderDraft(**words, active=self.active.isChecked())

    def submit(self) -> None:
        """Keep the recorder."""
        draft, line, why, room = self.draft(), self.line, self.why.text().strip(), self.page.archive.procedure
        for one in (self.fields["number"], self.why_field):
            one.tell("")
        if line is not None and not why:
            self.why_field.tell("bad", _("Please write the reason; it stands in the ledger"))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.keep.allow(False, _("Sending …"))
        if line is None:
            self.page.run(lambda _p: room.recorder_add(draft), lambda _n: self.section.kept(draft), self._failed)
        else:
            changes = {name: getattr(draft, name) for name in (*_TEXTS, "active")}
            self.page.run(lambda _p: room.recorder_edit(line.id, changes, why), lambda _n: self.section.kept(draft), self._failed)

    def _failed(self, error: Exception) -> None:
        self.keep.allow(True)
        tell_at(self.fields["number"], self.page, error, "recorders.number_")
