"""The decision at the right: what is signed, why, the password, and three buttons; or what was decided and how to take it back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.approvals import Digest, RequestLine
from desktop.i18n import _
from models.terms import RequestState
from views.common import button, content, edit, field, glyph, hbox, panel, para, password, rule, text, vbox
from views.common.digests import hash_lines
from views.common.layout import empty, fill
from views.terms import office_time, request_state

FULL, BRIEF = 16, 4  # groups of the digest shown


class DecisionPanel(QWidget):
    """Reason, password and buttons for the request in view. The page connects `yes`, `part`, `no` and `back`."""

    def __init__(self) -> None:
        super().__init__()
        self.reason = edit(example=_("May stay empty when all is approved"))
        self.reason_field = field(_("Reason"), self.reason, _("Must be written for a part or a no"), mnemonic="L")
        self.password = password()
        self.password.setPlaceholderText(_("your own"))
        self.password_field = field(_("Password"), self.password, _("It only opens your signing key."), mnemonic="K")
        self.yes = button(_("Approve"), "primary", "stamp", "Ctrl+Return")
        self.part = button(_("Approve in part"), "", "selection")
        self.part.setCheckable(True)
        self.no = button(_("Do not approve"), "danger", "prohibit")
        self.back = button(_("Take back"), "danger", "arrow-u-up-left")
        self.digest = vbox(gap=0)
        self._groups, self._hex = FULL, ""
        self.note = text(_("SHA-256; one letter changed and the signature is void"), "small", "ink3", elide=True)
        self.signing = content(vbox(text(_("You sign this digest"), "small", "ink3"), self.digest, self.note, rule(), self.reason_field,
                                    self.password_field, 2, self.yes, self.part, self.no, gap=7))
        self.state, self.by = text("", "strong", elide=True), para("", "small", "ink2")
        self.why = para("", "body", "ink")
        self.decided = content(vbox(self.state, self.by, self.why, 8, self.back, gap=6))
        self.past_head = text(_("Earlier requests for this case"), "small", "ink3")
        self.past = vbox(gap=4)
        self.panel = panel(_("Decision"), self.signing, self.decided, None, rule(), self.past_head, self.past, gap=7)
        self.setLayout(vbox(self.panel, gap=0))
        self.decided.hide()

    def show_digest(self, digest: Digest, now: datetime) -> None:
        """The request in view: the fields are empty again."""
        line = digest.request
        waits = line.state is RequestState.WAITING
        self.signing.setVisible(waits)
        self.decided.setVisible(not waits)
        self.panel.rename(_("Decision") if waits else _("Already decided"))
        self.clear()
        self._hex = digest.digest
        self._show_hex()
        if not waits:
            self._show_decided(line, now)
        empty(self.past)
        fill(self.past, [self._earlier(one, now) for one in digest.earlier[:3]] or [text(_("No earlier requests"), "small", "ink2")])

    def clear(self) -> None:
        """Nothing typed, nothing narrowed."""
        self.reason.clear()
        self.password.clear()
        self.reason_field.tell("")
        self.password_field.tell("")

    def partial(self, on: bool) -> None:
        """While a part is chosen, the primary button signs that part."""
        self.yes.say(_("Approve this part") if on else _("Approve"))
        self.part.say(_("Back to the whole request") if on else _("Approve in part"))
        self.part.setChecked(on)

    def busy(self, on: bool) -> None:
        """While a signature is being made nothing else can be pressed."""
        for one in (self.yes, self.part, self.no):
            one.allow(not on, _("Signing …") if on else "")
        self.reason.setReadOnly(on)
        self.password.setReadOnly(on)

    def tighten(self, tight: bool) -> None:
        """One line of the digest where the window is low; the whole is in its tooltip."""
        self._groups = BRIEF if tight else FULL
        self._show_hex()
        self.note.setVisible(not tight)

    def _show_hex(self) -> None:
        empty(self.digest)
        fill(self.digest, hash_lines(self._hex, "body", "ink2", self._groups))

    def _show_decided(self, line: RequestLine, now: datetime) -> None:
        kind, words = request_state(line, now)
        self.state.setText(words)
        self.state.set_ink("late" if kind == "refused" else "ink")
        self.by.setText(_("{name}, {time}").format(name=line.decided_by, time=office_time(line.decided_at, now)) if line.decided_at else "")
        reasons = [_("Reason: {words}").format(words=line.reason)] if line.reason else []
        if line.revoked_at:
            taken = _("Taken back {time}: {words}")
            reasons.append(taken.format(time=office_time(line.revoked_at, now), words=line.revoke_reason))
        self.why.setText("\n".join(reasons))
        self.why.setVisible(bool(reasons))
        self.back.setVisible(line.usable)

    def _earlier(self, line: RequestLine, now: datetime) -> QWidget:
        kind, words = request_state(line, now)
        icon, ink = ("check-circle", "good") if kind == "good" else ("x-circle", "late") if kind == "refused" else ("minus-circle", "ink3")
        said = _("approved") if kind == "good" else words
        row = content(hbox(glyph(icon, ink, 16), (text(f"{line.number}　{said}", "small", "ink2", elide=True), 1),
                           text(office_time(line.decided_at or line.created_at, now), "small", "ink3"), gap=6))
        row.setAccessibleName(f"{line.number}，{words}")
        return row
