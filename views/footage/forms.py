"""What the forms beside the lists share: fields that scroll, the reason, what was refused, and two buttons that stay in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.vocabulary import vocabulary
from views.common import Banner, Check, Combo, Edit, button, edit, field, hbox, scroll, text, text_area, vbox
from views.common.layout import content, empty, fill
from views.errors import words_of


class SideForm(QWidget):
    """`sent` when everything is well written, `left` when somebody goes without. Ctrl+Enter sends."""

    sent = Signal()
    left = Signal()

    def __init__(self, verb: str, icon: str, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.banner = Banner()
        self.reason = text_area(lines=1)
        self.why = field(_("Reason of the change"), self.reason, mnemonic="R")
        self.send = button(verb, "", icon, "Ctrl+Return", on=self._send)
        self.leave = button(_("Do not change"), "quiet", on=self.left.emit)
        self._foot = vbox(self.banner, self.why, hbox(None, self.leave, self.send, gap=8), gap=8)
        self._must = False

    def lay(self, *parts: Any) -> None:
        """Stand the fields one under the other."""
        inner = vbox(*parts, gap=10, margins=(0, 0, 14, 0))
        inner.addStretch(1)
        self.place = scroll(content(inner), self.accessibleName())
        self.setLayout(vbox((self.place, 1), self._foot, gap=8))

    def begin_form(self, asks_why: bool = False, must: bool = False) -> None:
        """Start anew; `asks_why` offers the reason, `must` does not send without one."""
        self._must = must
        self.reason.clear()
        self.why.tell("")
        self.why.setVisible(asks_why or must)
        self.banner.clear()
        self.send.allow(True)
        self.place.verticalScrollBar().setValue(0)

    @property
    def reason_words(self) -> str:
        return self.reason.toPlainText().strip()

    def faults(self) -> list[QWidget]:
        """The controls that are not well written, each with its words below it."""
        return []

    def refuse(self, error: BaseException) -> None:
        """Show a refusal where the act was made."""
        self.send.allow(True)
        if isinstance(error, Refusal) and error.code == "change.reason_missing" and self.why.isVisible():
            self.why.tell("bad", str(error))
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = words_of(error)
        self.banner.say(said.kind, said.what, said.then)

    def _send(self) -> None:
        found = self.faults()
        if self._must and not self.reason_words:
            self.why.tell("bad", _("Please write the reason; it stands in the ledger"))
            found.append(self.reason)
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.send.allow(False, _("Saving …"))
        self.sent.emit()


class Ticks(QWidget):
    """Several of a few, ticked: officers, traits, grounds."""

    def __init__(self, name: str, across: int = 1) -> None:
        super().__init__()
        self._across = across
        self._name = text(name, "small", "ink2")
        self._rows = vbox(gap=0)
        self.ticks: dict[str, Check] = {}
        self.setAccessibleName(name)
        self.setLayout(vbox(self._name, self._rows, gap=4))

    def offer(self, choices: Iterable[tuple[str, str]], chosen: Iterable[str] = ()) -> None:
        """Offer (key, words), those of `chosen` ticked."""
        held = set(chosen)
        empty(self._rows)
        self.ticks = {key: Check(words, key in held) for key, words in choices}
        parts = list(self.ticks.values())
        for n in range(0, len(parts), self._across):
            fill(self._rows, [hbox(*((one, 1) for one in parts[n : n + self._across]), gap=8)])
        self.setVisible(bool(parts))

    @property
    def chosen(self) -> tuple[str, ...]:
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())


class Officers(QWidget):
    """执法人员: those of the case to tick, and others by name."""

    def __init__(self) -> None:
        super().__init__()
        self.known = Ticks(_("Officers of the case"), across=2)
        self.others: Edit = edit("", _("others, parted by 、"), name=_("Other officers"))
        self.setLayout(vbox(self.known, self.others, gap=4))
        self.setAccessibleName(_("Officers"))

    def show_names(self, known: Sequence[str], chosen: Sequence[str]) -> None:
        self.known.offer([(name, name) for name in known], chosen)
        self.others.setText("、".join(name for name in chosen if name not in known))

    def value(self) -> tuple[str, ...]:
        named = [one.strip() for part in self.others.text().split("、") for one in part.replace("，", ",").split(",")]
        return (*self.known.chosen, *(one for one in named if one))


def terms(section: str) -> list[tuple[str, str]]:
    """The words of a section of the vocabulary: (key, title)."""
    return [(key, term.title) for key, term in vocabulary().keys(section).items()]


def choice(combo: Combo) -> str:
    """The key that is chosen, "" for none: Qt gives words back as plain words."""
    value = combo.value()
    return value if isinstance(value, str) else ""
