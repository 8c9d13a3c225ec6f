"""At the first sign-in: the password that somebody else handed over is changed before anything else can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.people import SHORTEST_PASSWORD
from views.bridge import Bridge
from views.common.buttons import button
from views.common.feedback import Banner
from views.common.inputs import Field, field, password
from views.common.layout import PageScroll, content, hbox, vbox
from views.common.seal import Seal
from views.common.text import para, text
from views.errors import actions_for, words_of
from views.theme import THEME, wear

WIDE = 416


def shortest_words() -> str:
    """How long a password must be."""
    return _("{n} characters at least").format(n=SHORTEST_PASSWORD)


def typed_well(new: Field, again: Field) -> bool:
    """Whether a new password is long enough and the same twice; says which is not."""
    first, second = new.control.text(), again.control.text()  # type: ignore[attr-defined]  # both hold an Edit
    short = len(first) < SHORTEST_PASSWORD
    new.tell("bad" if short else "", shortest_words() if short else "")
    again.tell("bad" if first != second else "", _("The two are not the same") if first != second else "")
    return not short and first == second


class FirstPassword(QWidget):
    """The first password, a new one twice; `change(old, new)` runs in a worker, `done` goes on, `leave` goes back to sign-in."""

    def __init__(self, bridge: Bridge, name: str, change: Callable[[str, str], object], done: Callable[[], object],
                 leave: Callable[[], object]) -> None:
        super().__init__()
        self._bridge, self._change, self._done = bridge, change, done
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("First sign-in"))
        self.old, self.new, self.again = password(_("First password")), password(_("New password")), password(_("New password again"))
        self.old_field = field(_("First password"), self.old)
        self.new_field = field(_("New password"), self.new, shortest_words())
        self.again_field = field(_("New password again"), self.again)
        self.change = button(_("Change password and go on"), "primary", "key", on=self.submit)
        self.again.returnPressed.connect(self.submit)
        self.banner = Banner()
        why = para(_("Somebody else knows the first password. Choose one that only you know; it opens your signing key."), "body", "ink2")
        form = content(vbox(hbox(Seal(48), 12, text(_("{name}, first sign-in").format(name=name), "title", elide=True), gap=0), 12, why, 8,
                            self.banner, self.old_field, self.new_field, self.again_field, 8, self.change,
                            hbox(button(_("Somebody else"), "quiet", on=leave), None), gap=8))
        form.setFixedWidth(THEME.px(WIDE))
        self.setLayout(vbox(PageScroll(content(vbox(None, hbox(None, form, None), None, margins=(24, 24, 24, 24)))), gap=0))
        wear(self)

    def ready(self) -> None:
        """Stand in the first field."""
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def submit(self) -> None:
        """Change it and go on."""
        if not self.change.isEnabled() or not typed_well(self.new_field, self.again_field):
            return
        old, new = self.old.text(), self.new.text()
        if old == new:
            self.new_field.tell("bad", _("This is still the first password"))
            return
        self.change.allow(False, _("Checking …"))
        self._bridge.run(lambda _progress: self._change(old, new), self._well, self._failed)

    def _well(self, _none: object) -> None:
        self._done()

    def _failed(self, error: Exception) -> None:
        self.change.allow(True)
        if isinstance(error, Refusal):
            self.old_field.tell("bad", str(error))
            self.old.clear()
            self.old.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = words_of(error)
        self.banner.say(said.kind, said.what, said.then, *actions_for(said))
