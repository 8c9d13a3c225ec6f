"""What the forms beside the contents share: fields that scroll, a reason where one is asked, two buttons that stay in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import _
from views.common import Area, Check, Field, Verdict, button, hbox, para, scroll, text, text_area, vbox
from views.common.layout import content, empty, fill


class ReasonField(Field):
    """A written reason; it is asked for on sending, and on leaving the field."""

    def __init__(self, label: str = "", lines: int = 2) -> None:
        self.area: Area = text_area(lines=lines)
        super().__init__(label or _("Reason"), self.area, mnemonic="R", check=self.verdict_now)

    @property
    def words(self) -> str:
        return self.area.toPlainText().strip()

    def verdict_now(self) -> tuple[str, str]:
        return ("", "") if self.words or self.isHidden() else ("bad", _("Please write the reason; it stands in the ledger"))

    def sound(self) -> bool:
        """Whether there is one; if not, one stands in it."""
        self.tell(*self.verdict_now())
        if not self.words and not self.isHidden():
            self.area.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def begin(self) -> None:
        self.area.clear()
        self.tell("")


class SideForm(QWidget):
    """`sent` when all is well written, `left` when nothing is to be changed. A refusal is shown above the buttons."""

    sent = Signal()
    left = Signal()

    def __init__(self, verb: str, icon: str, name: str, wide: bool = False) -> None:
        """`wide`: it has the width for its reason and its buttons side by side."""
        super().__init__()
        self.why = ReasonField()
        self.send = button(verb, "", icon, "Ctrl+Return", on=self.try_send)
        self.leave = button(_("Do not change"), "quiet", on=self.left.emit)
        self.refusal = para("", "small", "late", lead=1.5)
        self.refusal.hide()
        self.fields: QVBoxLayout = vbox(gap=10, margins=(0, 0, 14, 0))
        self.place = scroll(content(self.fields), name)
        buttons = hbox(None, self.leave, self.send, gap=8)
        foot = [self.refusal, hbox((self.why, 1), (vbox(None, buttons), 1), gap=8)] if wide else [self.why, self.refusal, buttons]
        self.setLayout(vbox((self.place, 1), *foot, gap=8))
        self.setAccessibleName(name)

    def lay(self, *parts: object) -> None:
        """The fields, one under the other."""
        fill(self.fields, [*parts, None])

    def try_send(self) -> None:
        if self.sound() and self.why.sound():
            self.refusal.hide()
            self.sent.emit()

    def sound(self) -> bool:
        """Whether everything but the reason is well written."""
        return True

    def begin_anew(self, asks_why: bool, may: Verdict | None = None) -> None:
        """Nothing refused, nothing written."""
        self.why.setVisible(asks_why)
        self.why.begin()
        self.refuse("")
        self.send.allow(may is None or may.allowed, may.reason if may is not None else "")
        self.place.verticalScrollBar().setValue(0)

    def refuse(self, words: str) -> None:
        """Why it was not done, where it was tried."""
        self.refusal.setText(words)
        self.refusal.setVisible(bool(words))
        self.send.allow(True)


class Ticks(QWidget):
    """Words to tick: first those that are wanted, the others when one asks for them. `changed` after every tick."""

    changed = Signal()

    def __init__(self, title: str, more: str = "", across: int = 1) -> None:
        super().__init__()
        self._caption, self._across = text(title, "small", "ink2"), across
        self._box = QGridLayout()
        self._box.setHorizontalSpacing(12)
        self._box.setVerticalSpacing(0)
        self._rest: list[tuple[str, str]] = []
        self.checks: dict[str, Check] = {}
        self.more = button(more or _("Others …"), "quiet", "caret-down", on=lambda: self.show_rest())
        self.setLayout(vbox(self._caption, self._box, hbox(self.more, None), gap=2))
        self.setAccessibleName(title)

    def offer(self, first: Sequence[tuple[str, str]], rest: Sequence[tuple[str, str]] = (), on: Iterable[str] = ()) -> None:
        """Offer words as (key, words); ticked ones are never among the hidden."""
        ticked = set(on)
        empty(self._box)
        self.checks = {}
        shown = [*first, *(one for one in rest if one[0] in ticked and one not in first)]
        names = {key for key, _words in shown}
        self._rest = [one for one in rest if one[0] not in names]
        for key, words in shown:
            self._add(key, words, key in ticked)
        self.more.setVisible(bool(self._rest))
        self.setVisible(bool(shown or self._rest))

    def show_rest(self) -> None:
        """The other words, and the focus on the first of them."""
        rest, self._rest = self._rest, []
        for key, words in rest:
            self._add(key, words, False)
        self.more.hide()
        if rest:
            self.checks[rest[0][0]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, key: str, words: str, on: bool) -> None:
        one = Check(words, on)
        one.setToolTip(words)
        one.toggled.connect(lambda _on: self.changed.emit())
        self.checks[key] = one
        self._box.addWidget(one, (len(self.checks) - 1) // self._across, (len(self.checks) - 1) % self._across)

    @property
    def value(self) -> frozenset[str]:
        """What is ticked."""
        return frozenset(key for key, one in self.checks.items() if one.isChecked())

    def tick(self, key: str, on: bool = True) -> None:
        if key in self.checks:
            self.checks[key].setChecked(on)
