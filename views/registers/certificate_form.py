"""The form for one certificate: number, holder, from when until when it is valid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.registers import CertificateDraft, CertificateLine
from views.common import Edit, Field, button, content, edit, field, hbox, scroll, vbox
from views.common.page import Page
from views.rulebook.section import tell_at
from views.terms import read_day


class CertificateForm(QWidget):
    """Begun for a new certificate, for a renewed one of the same holder, or to correct one, which asks why."""

    def __init__(self, page: Page, kept: Callable[[CertificateDraft], object], left: Callable[[], object]) -> None:
        super().__init__()
        self.page, self._kept = page, kept
        self.line: CertificateLine | None = None
        self.number, self.name = field(_("Certificate number"), edit("", "LN-0412")), field(_("Holder of the certificate"), edit())
        self.unit, self.note = field(_("Unit of the officer"), edit()), field(_("Remark"), edit())
        self.first, self.last = field(_("Valid from"), edit("", "2021-05-01")), field(_("Valid until"), edit("", "2026-04-30"))
        self.why = field(_("Reason"), edit())
        self.keep = button(_("Keep"), "primary", "check", "Ctrl+Return", on=self.submit)
        body = vbox(self.number, self.name, hbox((vbox(self.first, None), 1), (vbox(self.last, None), 1), gap=8), self.unit, self.note, None, gap=10,
                    margins=(0, 0, 14, 0))
        foot = vbox(self.why, hbox(None, button(_("Do not change"), "quiet", on=left), self.keep, gap=8), gap=8)
        self.setLayout(vbox((scroll(content(body), _("A certificate")), 1), foot, gap=8))

    def begin(self, line: CertificateLine | None, renewed: CertificateDraft | None = None) -> None:
        """Start from a certificate that is corrected, from the one that is renewed, or from nothing."""
        self.line = line
        draft = line.draft if line is not None else renewed
        for one, words in ((self.number, draft.number if draft else ""), (self.name, draft.name if draft else ""),
                           (self.unit, draft.unit if draft else ""), (self.note, draft.note if line is not None and draft else ""),
                           (self.first, draft.valid_from.isoformat() if line is not None and draft else ""),
                           (self.last, draft.valid_until.isoformat() if line is not None and draft else ""), (self.why, "")):
            _edit(one).setText(words)
            one.tell("")
        self.why.setVisible(line is not None)
        self.keep.allow(True)
        _edit(self.first if renewed is not None else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Keep the certificate, if all is well written."""
        first, last = self._day(self.first), self._day(self.last)
        missing = [one for one in (self.number, self.name, *([self.why] if self.line is not None else [])) if not _words(one)]
        for one in (self.number, self.name, self.why):
            one.tell("bad" if one in missing else "", _("Please fill this in") if one in missing else "")
        if missing:
            _edit(missing[0]).setFocus(Qt.FocusReason.OtherFocusReason)
        if missing or first is None or last is None:
            return
        draft = CertificateDraft(_words(self.number), _words(self.name), first, last, _words(self.unit), _words(self.note))
        self.keep.allow(False, _("Sending …"))
        self.page.run(self._job(draft), lambda _n: self._kept(draft), self._failed)

    def _job(self, draft: CertificateDraft) -> Callable[[Any], object]:
        room, line, why = self.page.archive.registers, self.line, _words(self.why)
        if line is None:
            return lambda _p: room.certificate_add(draft)
        changes = {name: getattr(draft, name) for name in CertificateDraft.__dataclass_fields__}
        return lambda _p: room.certificate_edit(line.id, changes, why)

    def _failed(self, error: Exception) -> None:
        self.keep.allow(True)
        tell_at(self.last if str(getattr(error, "code", "")) == "certificates.days" else self.number, self.page, error, "certificates.")

    def _day(self, one: Field) -> date | None:
        try:
            written = read_day(_words(one))
        except ValueError:
            written = None
        one.tell("" if written else "bad", "" if written else _("Please write a day like 2026-10-20"))
        return date.fromisoformat(written) if written else None


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control


def _words(one: Field) -> str:
    return _edit(one).text().strip()
