"""The ticks of a secrecy label; a state secret is refused in place, with what to do instead."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import _, sentence
from models.secrecy import Label
from views.common import Check, Verdict, glyph, hbox, para, text, vbox
from views.common.layout import content
from views.common.tags import label_words

_NAMES = ("internal", "trade", "privacy", "state")


class LabelTicks(QWidget):
    """内部, 商业秘密, 个人隐私, 国家秘密, so many `across`: none of them means 公开."""

    changed = Signal()

    def __init__(self, caption: bool = True, across: int = 4) -> None:
        super().__init__()
        self.ticks = {name: Check(label_words(name)) for name in _NAMES}
        self._words = para("", "small", "late", lead=1.5)
        self._below = content(hbox(vbox(2, glyph("warning-circle", "late", 16), None), (self._words, 1), gap=4))
        self._below.hide()
        self._closed = ""
        places = QGridLayout()
        places.setHorizontalSpacing(16)
        places.setVerticalSpacing(0)
        for i, tick in enumerate(self.ticks.values()):
            places.addWidget(tick, i // across, i % across)
        head = [text(_("Label"), "small", "ink2")] if caption else []
        self.setLayout(vbox(*head, hbox(places, None), self._below, gap=4))
        self.setAccessibleName(_("Label"))
        for tick in self.ticks.values():
            tick.toggled.connect(self._ticked)
        self.show_label(Label())

    @property
    def label(self) -> Label:
        """What is ticked; a state secret counts as its lowest level, which is refused all the same."""
        on = {name: tick.isChecked() for name, tick in self.ticks.items()}
        return Label(int(on["state"]), on["trade"], on["privacy"], on["internal"])

    def show_label(self, label: Label) -> None:
        """Tick what a thing has."""
        for name, tick in self.ticks.items():
            tick.blockSignals(True)
            tick.setChecked(bool(getattr(label, name)))
            tick.blockSignals(False)
        self._tell()

    def heed(self, verdict: Verdict) -> None:
        """Whether the person may set labels; if not, the reason stands below."""
        for tick in self.ticks.values():
            tick.setEnabled(verdict.allowed)
        self._closed = "" if verdict.allowed else verdict.reason
        self._tell()

    @property
    def refused(self) -> str:
        """Why this label cannot be set here, or ""."""
        return sentence("cases.state_secret") if self.ticks["state"].isChecked() else ""

    def _ticked(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        self._say(self.refused or self._closed, "late" if self.refused else "ink3")

    def _say(self, words: str, ink: str) -> None:
        self._words.setText(words)
        self._words.set_ink(ink)
        self._below.setVisible(bool(words))
        self.setAccessibleDescription(words)
