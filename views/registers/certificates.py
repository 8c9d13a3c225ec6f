"""执法证: the register of certificates, each with its days; renewed ones beside the old, which still count for the acts of their days."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.registers import CertificateDraft, CertificateLine
from views.common import Cell, Column, Empty, Rows, Table, button, chip, content, empty, fill, hbox, panel, search_box, vbox
from views.common.dialogs import ask_reason
from views.common.page import Page
from views.common.panels import Panel, pair
from views.registers.certificate_form import CertificateForm
from views.registers.words import certificate_state
from views.rulebook.section import Faces, First, Section
from views.terms import office_day

SIDE = 424


class CertificatesSection(Section):
    """A list, and beside it the certificate one stands on, or the form."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.lines: list[CertificateLine] = []
        self.look = search_box(_("Holder, number or unit"), name=_("Find a certificate"))
        self.look.textChanged.connect(lambda _words: self._show())
        self.model = Rows([Column(_("Holder of the certificate"), 0, lambda one: Cell(one.draft.name, one.draft.unit)),
                           Column(_("Certificate number"), 168, lambda one: Cell(one.draft.number)),
                           Column(_("Valid"), 208, lambda one: Cell(_("{first} to {last}").format(
                               first=one.draft.valid_from.isoformat(), last=one.draft.valid_until.isoformat()))),
                           Column(_("State"), 128, lambda one: Cell(certificate_state(one)[1], chip=certificate_state(one)[0]))])
        self.table = Table(self.model, _("Certificates"))
        self.table.setMinimumHeight(160)
        self.table.chosen.connect(self._show_line)
        self.table.opened.connect(lambda _one: self.correct())
        self.nothing = Empty("user-circle", _("No certificate is registered"), _(
            "Register each officer’s certificate with its days. Until then a person judges V2 (qualification of officers) of the marking sheet."))
        self._facts = vbox(gap=6)
        self.renew = button(_("Renewed …"), "quiet", "arrow-clockwise", on=self._renew)
        self.edit_it = button(_("Correct …"), "quiet", "pencil-simple", on=self.correct)
        self.gone = button(_("Take out …"), "quiet", "trash", on=self._remove)
        self.detail = panel(_("The certificate in the list"), content(self._facts), tail=(self.gone, self.edit_it, self.renew))
        self.side = Faces(lambda: content(vbox(self.detail, None, gap=0)), self._make_form)
        self.side.setFixedWidth(SIDE)
        left = panel(_("Register of certificates"), self.look, (self.nothing, 1), (self.table, 1))
        self.setLayout(hbox((left, 1), self.side, gap=16))

    def _make_form(self) -> Panel:
        self.form = CertificateForm(self.page, self._kept, self.close_form)
        return panel(_("A certificate"), (self.form, 1))

    def read(self) -> None:
        room = self.page.archive.registers
        self.page.run(lambda _progress: room.certificates(), self._fill, lane="reads")

    def _fill(self, lines: list[CertificateLine]) -> None:
        self.lines = lines
        self._show()

    def _show(self) -> None:
        words, stood = self.look.text().strip(), self.table.row()
        rows = [one for one in self.lines if not words or words in f"{one.draft.name} {one.draft.number} {one.draft.unit}"]
        self.model.show_rows(rows)
        self.look.setVisible(bool(self.lines))
        self.nothing.setVisible(not self.lines)
        self.table.setVisible(bool(self.lines))
        self.detail.setVisible(bool(rows))
        self.side.setVisible(bool(self.lines or self.side.number))
        if rows:
            self.table.choose(next((n for n, one in enumerate(rows) if isinstance(stood, CertificateLine) and one.id == stood.id), 0))

    def _show_line(self, line: CertificateLine) -> None:
        draft, (kind, words) = line.draft, certificate_state(line)
        self.detail.rename(draft.name)
        empty(self._facts)
        facts = [(_("Certificate number"), draft.number), (_("Unit of the officer"), draft.unit), (_("Valid"), _("{first} to {last}").format(
            first=draft.valid_from.isoformat(), last=draft.valid_until.isoformat())), (_("Remark"), draft.note),
            (_("Entered"), _("{name}, {day}").format(name=line.person, day=office_day(line.at)))]
        fill(self._facts, [hbox(chip(words, kind), None), *[pair(name, told, 72) for name, told in facts if told]])
        for one, act in ((self.renew, "add"), (self.edit_it, "edit"), (self.gone, "remove")):
            one.setVisible(self.page.may(f"registers.certificate_{act}").allowed)

    # What may be done
    def first(self) -> First | None:
        return None if self.side.number else First(_("Register a certificate"), "plus", "registers.certificate_add")

    def begin(self) -> None:
        self._open(None, None)

    def correct(self) -> None:
        """The form for the certificate one stands on."""
        line = self.table.row()
        if isinstance(line, CertificateLine) and self.page.may("registers.certificate_edit").allowed:
            self._open(line, None)

    def _renew(self) -> None:
        line = self.table.row()
        if isinstance(line, CertificateLine):
            self._open(None, line.draft)

    def _open(self, line: CertificateLine | None, renewed: CertificateDraft | None) -> None:
        self.side.show()
        self.side.turn(1)
        self.form.begin(line, renewed)
        self.changed.emit()

    def close_form(self) -> None:
        """Back to the list."""
        self.side.turn(0)
        self.side.setVisible(bool(self.lines))
        self.changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _kept(self, draft: CertificateDraft) -> None:
        self.close_form()
        self.page.say("good", _("The certificate of {name} is in the register").format(name=draft.name))
        self.page.reread()

    def _remove(self) -> None:
        line, room = self.table.row(), self.page.archive.registers
        if isinstance(line, CertificateLine):
            ask_reason(self, _("Take the certificate of {name} out").format(name=line.draft.name), _(
                "Only what was entered by mistake: one that has ended still counts for the acts of its days."), _("Take out"),
                lambda why: self.page.run(lambda _p: room.certificate_remove(line.id, why), lambda _n: self.page.reread()), danger=True)

    def step_back(self) -> bool:
        if self.side.number:
            self.close_form()
            return True
        if not self.table.hasFocus() and self.table.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False
