"""Before a deposit: where the files are, what there is, which case and label they take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.intake.listing import Listed, shown_path
from desktop.tools.mounts import Mount
from models.secrecy import Label
from views.bridge import Bridge
from views.cases.labels import LabelTicks
from views.common import Panel, Row, button, content, empty, fill, glyph, hbox, para, text, vbox
from views.common.case_field import CaseField
from views.common.measures import size_words
from views.common.panels import pair
from views.common.text import figures
from views.deposit.words import short_path, show_source

P = TypeVar("P", bound=QWidget)


class Choose(QWidget):
    """Nothing chosen yet: a folder, files, a drop, or a recorder that stands plugged in."""

    def __init__(self, folder: Callable[[], object], files: Callable[[], object], mount: Callable[[Mount], object]) -> None:
        super().__init__()
        self._mount = mount
        self.folder = button(_("Choose folder …"), "primary", "folder-open", "Ctrl+O", on=folder)
        self.files = button(_("Choose files …"), "", "files", on=files)
        words = para(_("Plug in a recorder, choose a folder, or drop files anywhere on this page."), "body", "ink2")
        left = vbox(hbox(glyph("tray-arrow-down", "ink3", 32), (text(_("Where are the files?"), "heading"), 1), gap=12), words, 8,
                    hbox(self.folder, self.files, None), None, gap=8)
        self._mounts = vbox(gap=0)
        self._shown: tuple[Mount, ...] | None = None
        right = vbox(text(_("Plugged in"), "small", "ink3"), self._mounts, None, gap=4)
        self.setLayout(hbox((content(left), 1), (content(right), 1), gap=32))
        self.show_mounts([])

    def allow(self, allowed: bool, reason: str) -> None:
        """Follow whether this person may deposit."""
        for one in (self.folder, self.files):
            one.allow(allowed, reason)

    def show_mounts(self, mounts: Sequence[Mount]) -> None:
        """The recorders and cards of now."""
        if self._shown == tuple(mounts):
            return
        self._shown = tuple(mounts)
        empty(self._mounts)
        if not mounts:
            fill(self._mounts, [hbox(glyph("usb", "ink3", 20), (para(_("No recorder or card is plugged in."), "body", "ink2"), 1), gap=8)])
        for one in mounts:
            used = _("{used} of {size} used").format(used=size_words(one.used), size=size_words(one.size))
            words = vbox(text(one.name, "strong", elide=True), text(shown_path(one.path), "small", "ink2", elide=True), gap=0)
            tail = text(used, "small", "ink2"), glyph("caret-right", "ink3", 16)
            row = hbox(glyph("usb", "accent", 20), (words, 1), *tail, gap=12, margins=(8, 4, 8, 4))
            self._mounts.addWidget(Row(row, _("Recorder or card {name}, {used}").format(name=one.name, used=used), self._taker(one)))

    def _taker(self, one: Mount) -> Callable[[], object]:
        return lambda: self._mount(one)


class Ready(QWidget):
    """A source is chosen: its facts, the case, the label. `changed` tells that `obstacle` may be another."""

    changed = Signal()

    def __init__(self, archive: Any, bridge: Bridge, other: Callable[[], object], stop: Callable[[], object]) -> None:
        super().__init__()
        self._archive = archive
        self.count: int | None = None
        self._source, self._files = text("", "body", elide=True), text("", "body")
        self._size = text("", "body")
        self.other = button(_("Another source"), "quiet", "arrow-u-up-left", on=other)
        self.stop = button(_("Stop counting"), "quiet", "x", on=stop)
        facts = vbox(pair(_("Source"), self._source), pair(_("Files"), self._files), pair(_("Size"), self._size), 4,
                     hbox(self.other, self.stop, None), None, gap=4)
        self.case = CaseField(archive, bridge, _("Case number"), _("Left empty, the files wait without a case and can be linked later."), "C")
        self.case.changed.connect(self.changed)
        self.setLayout(hbox((content(facts), 1), (content(vbox(self.case, self._labels(), None, gap=12)), 1), gap=32))
        self.forget()

    def _labels(self) -> QWidget:
        """The ticks; what is beyond the person's own clearance cannot be ticked, for they would lose sight of it."""
        may = self._archive.person.clearance
        self.ticks = LabelTicks()
        beyond = []
        for name, label in (("trade", Label(trade=True)), ("privacy", Label(privacy=True))):
            self.ticks.ticks[name].setEnabled(may.covers(label))
            if not may.covers(label):
                beyond.append(self.ticks.ticks[name].text())
        self.ticks.changed.connect(self.changed)
        why = _("{labels}: beyond what you may know of").format(labels="、".join(beyond)) if beyond else ""
        hint = para(why, "small", "ink2")
        hint.setVisible(bool(why))
        return content(vbox(self.ticks, hint, gap=4))

    @property
    def label(self) -> Label:
        """What the ticks say."""
        return self.ticks.label

    @property
    def obstacle(self) -> str:
        """Why it cannot begin yet, in words; "" when it can."""
        if self.label.state:
            return _("State secrets are not taken in here")
        if self.count is None:
            return _("The files are still being counted")
        if not self.case.ready:
            return _("The case number is not settled yet")
        return ""

    def forget(self) -> None:
        """As if nothing had been chosen."""
        self.count = None
        self.case.choose(None)
        self.ticks.show_label(Label())

    def counting(self, sources: Sequence[bytes], seen: int = 0) -> None:
        """The source, while its files are counted."""
        paths = [shown_path(one) for one in sources]
        first = short_path(paths[0])
        show_source(self._source, "\n".join(paths), first if len(paths) == 1 else _("{first} and {n} more").format(first=first, n=len(paths) - 1))
        self._files.setText(_("counting …  {n} so far").format(n=figures(seen)))
        self._size.setText("–")
        self.stop.show()

    def counted(self, files: Sequence[Listed]) -> None:
        """What there is."""
        self.count = len(files)
        self._files.setText(_("{n} files").format(n=figures(len(files))))
        self._size.setText(size_words(sum(f.size for f in files)))
        self.stop.hide()
        self.changed.emit()


def intake_panel(first: QWidget) -> Panel:
    """The surface in which a deposit is prepared, runs and is reported: one part of it at a time."""
    out = Panel(_("Deposit"))
    fill(out.body, [first])
    return out


def add_part(panel: Panel, part: P) -> P:
    """One more part, hidden until it is its turn: unlike a stack, the panel is as high as what it shows."""
    part.hide()
    panel.body.addWidget(part)
    return part
