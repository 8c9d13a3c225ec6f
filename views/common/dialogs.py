"""Dialogs: only for a password, a reason, or a decision that cannot be undone. Everything else happens in the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from views.bridge import Bridge
from views.common.buttons import Button, button
from views.common.focus import FocusRing
from views.common.inputs import Field, edit, field, password, text_area
from views.common.layout import fill, frame, hbox, vbox
from views.common.text import para, text
from views.errors import words_of
from views.theme import THEME, color, wear

WIDTH = 480


class Scrim(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), color("scrim", 0.32))


class Dialog(QDialog):
    """Verb as title, what will happen in one sentence, controls, buttons right with the safe one focused; Esc leaves."""

    def __init__(self, place: QWidget, title: str, what: str, verb: str, icon: str = "", danger: bool = False) -> None:
        super().__init__(place.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self.room = vbox(gap=8)
        self.leave: Button = button(_("Not now"), on=self.reject)
        self.verb: Button = button(verb, "danger" if danger else "primary", icon, on=self.decide)
        self.leave.setAutoDefault(False)
        self.verb.setAutoDefault(False)
        self.what = para(what)
        body = vbox(text(title, "heading"), self.what, self.room, 4, hbox(None, self.leave, self.verb, gap=8), gap=8)
        body.setContentsMargins(24, 20, 24, 16)
        self._face = frame(body, "dialog", title)
        self.setLayout(vbox(self._face, gap=0))
        self.setFixedWidth(THEME.px(WIDTH))
        self._scrim: Scrim | None = None
        self.ring = FocusRing(self)
        self.finished.connect(self._gone)

    def start(self, first: QWidget | None = None) -> None:
        """Show it in the middle of its window and stand on `first`, else on the safe button."""
        window = self.parentWidget()
        assert window is not None
        self._scrim = Scrim(window)
        wear(self)
        self.fit()
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.open()
        (first or self.leave).setFocus(Qt.FocusReason.OtherFocusReason)

    def decide(self) -> None:
        """The verb was pressed."""
        self.accept()

    def fit(self) -> None:
        """Grow to what has come into it; `adjustSize` would leave room for lines that do not wrap at this width."""
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        self.ensurePolished()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    def _gone(self, _result: int) -> None:
        self.ring.let_go()
        if self._scrim is not None:
            self._scrim.hide()
            self._scrim.deleteLater()
            self._scrim = None


class Confirm(Dialog):
    """A decision that cannot be undone; a grave one asks to type the case number, not "yes"."""

    def __init__(
        self, place: QWidget, title: str, what: str, verb: str, on: Callable[[], object], danger: bool, typed: str
    ) -> None:
        super().__init__(place, title, what, verb, danger=danger)
        self._on, self._wanted = on, typed
        self.typed: Field | None = None
        if typed:
            self.typed = field(_("Type {words} to make sure that it is this one").format(words=typed), edit())
            self.room.addWidget(self.typed)
            self.typed.control.textChanged.connect(self._compare)  # type: ignore[attr-defined]  # it is the edit above
            self._compare("")

    def _compare(self, words: str) -> None:
        self.verb.allow(words.strip() == self._wanted, _("What is typed is not {words} yet").format(words=self._wanted))

    def decide(self) -> None:
        self.accept()
        self._on()


class Reason(Dialog):
    """Asks why; the reason is written to the ledger with the act."""

    def __init__(
        self, place: QWidget, title: str, what: str, verb: str, on: Callable[[str], object], label: str, danger: bool
    ) -> None:
        super().__init__(place, title, what, verb, danger=danger)
        self._on = on
        self.area = text_area(lines=3)
        self.reason = field(label, self.area)
        self.room.addWidget(self.reason)

    def decide(self) -> None:
        words = self.area.toPlainText().strip()
        if not words:
            self.reason.tell("bad", _("Please write the reason; it stands in the ledger"))
            self.fit()
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.accept()
        self._on(words)


class PasswordAgain(Dialog):
    """Asks for the password again and does the work with it; a wrong one is told under the field and the dialog stays."""

    def __init__(
        self,
        place: QWidget,
        bridge: Bridge,
        title: str,
        what: str,
        verb: str,
        job: Callable[[str, Progress], Any],
        done: Callable[[Any], object],
    ) -> None:
        super().__init__(place, title, what, verb, "key")
        self._bridge, self._job, self._done = bridge, job, done
        self.password = password()
        self.entry = field(_("Password"), self.password, _("The password only opens your signing key."), mnemonic="K")
        self.password.installEventFilter(self)
        self.room.addWidget(self.entry)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter decides, and Enter in the only field does too; the verb is never the default of the dialog."""
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]  # a key event
            self.decide()
            return True
        return False

    def decide(self) -> None:
        words = self.password.text()
        if not words:
            self.entry.tell("bad", _("Please type the password"))
            self.fit()
            return
        if not self.verb.isEnabled():
            return
        self.verb.allow(False, _("Checking …"))
        self.leave.setEnabled(False)
        self.password.clear()
        self._bridge.run(lambda progress: self._job(words, progress), self._well, self._failed)

    def _well(self, result: Any) -> None:
        self.accept()
        self._done(result)

    def _failed(self, error: Exception) -> None:
        self.verb.allow(True)
        self.leave.setEnabled(True)
        said = words_of(error)
        self.entry.tell("bad", str(error) if isinstance(error, Refusal) else f"{said.what} {said.then}")
        self.fit()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(error, Cancelled):
            self.reject()

    def reject(self) -> None:
        if self.leave.isEnabled():  # while the work is under way there is nothing to leave
            super().reject()


def confirm(
    place: QWidget, title: str, what: str, verb: str, on: Callable[[], object], danger: bool = False, typed: str = ""
) -> Confirm:
    """Ask before what cannot be undone; `typed` must be typed word for word first."""
    out = Confirm(place, title, what, verb, on, danger, typed)
    out.start(out.typed.control if out.typed else None)
    return out


def ask_reason(
    place: QWidget, title: str, what: str, verb: str, on: Callable[[str], object], label: str = "", danger: bool = False
) -> Reason:
    """Ask for a written reason and hand it to `on`."""
    out = Reason(place, title, what, verb, on, label or _("Reason"), danger)
    out.start(out.area)
    return out


def ask_password(
    place: QWidget,
    bridge: Bridge,
    title: str,
    what: str,
    verb: str,
    job: Callable[[str, Progress], Any],
    done: Callable[[Any], object],
    *parts: Any,
) -> PasswordAgain:
    """Ask for the password again; `job(password, progress)` runs in the records lane, `done` gets its result.

    `parts` stand between the sentence and the field (the digest that is signed, for one).
    """
    out = PasswordAgain(place, bridge, title, what, verb, job, done)
    out.room.removeWidget(out.entry)
    fill(out.room, [*parts, out.entry])
    out.start(out.password)
    return out
