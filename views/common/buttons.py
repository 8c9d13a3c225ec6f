"""Buttons: primary, plain, quiet, danger, tool and segmented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from views.common.layout import hbox
from views.common.text import tip
from views.theme import THEME, follow, font, icon, icon_size

_INK = {"primary": "on_accent", "danger": "late", "quiet": "accent"}


class Verdict(Protocol):
    """What the archive answers to "may I?"."""

    @property
    def allowed(self) -> bool: ...
    @property
    def reason(self) -> str: ...


class Button(QPushButton):
    """A button whose icon and font follow the look. Disabled means dashed edge and the reason in the tooltip."""

    def __init__(self, label: str, kind: str = "", icon_name: str = "", key: str = "", hint: str = "") -> None:
        super().__init__()
        self.kind, self.icon_name, self._key, self._hint = kind, icon_name, key, hint
        self.setProperty("kind", kind)
        self.say(label)
        if key:
            self.setShortcut(key)
        follow(self, self._restyle)

    def say(self, label: str, icon_name: str | None = None) -> None:
        """Other words (and icon) on the same button."""
        self.icon_name = self.icon_name if icon_name is None else icon_name
        self.label = label
        key = self.shortcut()
        shown = label.replace("&", "&&")  # Qt would take it for a mnemonic
        self.setText(f" {shown}" if self.icon_name and label else shown)  # QSS has no icon spacing: a space is the gap
        self.setShortcut(key)  # setText forgets it
        self.setAccessibleName(label or self._hint)
        self._tell("")
        if icon_name is not None:
            self._restyle()

    def heed(self, verdict: Verdict) -> None:
        """Follow the archive's verdict: enabled, or disabled with the reason in the tooltip."""
        self.allow(verdict.allowed, verdict.reason)

    def allow(self, allowed: bool, reason: str = "") -> None:
        """Enable, or disable and say why."""
        self.setEnabled(allowed)
        self._tell("" if allowed else reason)

    def _tell(self, reason: str) -> None:
        words = reason or "  ".join(filter(None, [self._hint or (self.label if self._key else ""), self._key]))
        self.setToolTip(tip(words))
        self.setAccessibleDescription(reason)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.kind == "seg":  # the chosen one is bold, and in English bold is wider
            bold = QFontMetrics(font("body", bold=True))
            hint.setWidth(hint.width() + bold.horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text()))
        return hint

    def _restyle(self) -> None:
        self.setFont(font("body", bold=self.kind == "primary"))
        if self.icon_name:
            self.setIcon(icon(self.icon_name, _INK.get(self.kind, "ink2"), THEME.px(20)))
            self.setIconSize(icon_size())


def button(
    label: str,
    kind: str = "",
    icon_name: str = "",
    key: str = "",
    hint: str = "",
    on: Callable[[], object] | None = None,
) -> Button:
    """A button: kind "" plain, "primary" (one a page), "quiet", "danger"; `on` is called when it is pressed."""
    out = Button(label, kind, icon_name, key, hint)
    if on is not None:
        out.clicked.connect(lambda *_: on())
    return out


def tool(icon_name: str, hint: str, key: str = "", on: Callable[[], object] | None = None) -> Button:
    """An icon alone, with its words and key in the tooltip."""
    return button("", "tool", icon_name, key, hint, on)


def toggle(icon_name: str, hint: str, key: str = "", on: bool = False) -> Button:
    """A tool that stays pressed."""
    out = Button("", "tool", icon_name, key, hint)
    out.setCheckable(True)
    out.setChecked(on)
    return out


class Segmented(QFrame):
    """A few exclusive choices side by side; `picked` tells the number of the one chosen."""

    picked = Signal(int)

    def __init__(self, labels: Sequence[str], chosen: int = 0, name: str = "") -> None:
        super().__init__()
        self.setProperty("panel", "seg")
        self.setAccessibleName(name)
        self.group = QButtonGroup(self)
        box = hbox(gap=2, margins=(2, 2, 2, 2))
        for i, label in enumerate(labels):
            one = Button(label, "seg")
            one.setCheckable(True)
            one.setChecked(i == chosen)
            self.group.addButton(one, i)
            box.addWidget(one)
        self.setLayout(box)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.group.idClicked.connect(self.picked)
        follow(self, self._restyle)

    @property
    def chosen(self) -> int:
        return self.group.checkedId()

    def choose(self, number: int) -> None:
        """Choose without telling."""
        self.group.button(number).setChecked(True)

    def label(self, number: int, words: str) -> None:
        """Other words on one choice, for a count that changed."""
        one = self.group.button(number)
        assert isinstance(one, Button)
        one.say(words)

    def _restyle(self) -> None:
        self.setFixedHeight(THEME.metric("control"))


def segmented(labels: Sequence[str], chosen: int = 0, name: str = "", on: Callable[[int], object] | None = None) -> Segmented:
    """A few exclusive choices; `on` is called with the number of the chosen one."""
    out = Segmented(labels, chosen, name)
    if on is not None:
        out.picked.connect(lambda number: on(number))
    return out


def shortcut(place: QWidget, key: str, on: Callable[[], object]) -> QShortcut:
    """A key that works anywhere inside `place` (a widget), without a button."""
    out = QShortcut(QKeySequence(key), place)
    out.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    out.activated.connect(lambda: on())
    return out
