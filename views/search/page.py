"""检索: what is typed is looked for after a short pause; an older answer never covers a newer one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.search import Hit
from desktop.search import Page as Found
from views.bridge import Handle
from views.common import Check, Empty, button, frame, hbox, rule, search_box, text, vbox
from views.common.page import Page
from views.search.hits import HitList, kind_words
from views.theme import THEME, follow

PAUSE = 200  # ms after the last key
AT_ONCE = 50
KINDS = ("case", "record", "paper", "annotation")


class SearchPage(Page):
    """`go("search", words=…)`. Down or Enter goes from the box into the list, Enter opens what was found."""

    name, icon, act, searches = "search", "magnifying-glass", "search.read", False
    listens_to = frozenset({"cases.create", "cases.edit", "records.", "intake.admit", "intake.link", "annotations."})
    margins = (24, 16, 24, 16)

    @classmethod
    def title(cls) -> str:
        return _("Search")

    def build(self) -> None:
        self._age = 0
        self._next: int | None = None
        self._running: Handle | None = None
        self._shown: tuple[str, tuple[str, ...]] | None = None
        self.box = search_box(_("e.g. a number, a party, a title, words of a paper"), on=lambda _w: self._enter())
        self.box.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.look)
        self.box.textChanged.connect(lambda _t: self._pause.start())
        self.list = HitList(_("What was found"))
        self.list.opened.connect(self._open)
        self.counted, self.more = text("", "heading"), button(_("Show more"), "quiet", "caret-down", on=self.look_on)
        self.scope = text(_("within what you may view, newest first"), "small", "ink3")
        self._lay_out()

    def _lay_out(self) -> None:
        self.kinds = {kind: Check(kind_words(kind), True) for kind in KINDS}
        for tick in self.kinds.values():
            tick.toggled.connect(lambda _on: self.look())
        facets = vbox(text(_("Kinds"), "small", "ink3", bold=True), *self.kinds.values(), None, gap=4, margins=(16, 12, 16, 12))
        self.side = frame(facets, "plain", _("Kinds"))
        head = hbox(self.counted, self.scope, None, self.more, gap=8, margins=(16, 8, 16, 8))
        self.full = frame(vbox(head, rule(), (self.list, 1), gap=0, margins=(1, 1, 1, 1)), "plain", _("What was found"))
        self.idle = Empty("magnifying-glass", _("Search cases, titles, papers and annotations"),
                          _("Words divided by spaces must all be there. Two characters find most."))
        self.none = Empty("magnifying-glass", _("Nothing found"), _("Other words, or more kinds, may find it."))
        self.place = QStackedWidget()
        for part in (self.full, frame(vbox(self.idle), "plain"), frame(vbox(self.none), "plain")):
            self.place.addWidget(part)
        self.place.setCurrentIndex(1)
        title = text(self.title(), "title")
        self.lay(None, hbox(title, 8, (self.box, 1), gap=8), (hbox(self.side, (self.place, 1), gap=16), 1))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.side.setFixedWidth(THEME.px(168))

    # Coming and going
    def opened(self, words: str = "", **kw: Any) -> None:
        if words:
            self.box.setText(words)
            self.look()
        super().opened()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.selectAll()

    def left(self) -> None:
        self._pause.stop()

    def refresh(self) -> None:
        """Look again for the same words, as after an act that may have changed what they find."""
        if self._shown is not None:
            self._ask(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self._into_list()
            return True
        return False

    def _enter(self) -> None:
        """Enter looks at once; if that is what is shown already, it goes into the list."""
        if self._pause.isActive() or self._shown != self._wanted():
            self.look()
        else:
            self._into_list()

    def _into_list(self) -> None:
        if self.list.hits.rows:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    # Looking
    def _wanted(self) -> tuple[str, tuple[str, ...]]:
        return self.box.text().strip(), tuple(k for k, tick in self.kinds.items() if tick.isChecked())

    def look(self) -> None:
        """Look for what stands in the box now."""
        self._pause.stop()
        wanted = self._wanted()
        if wanted == self._shown:
            return
        self._shown = wanted
        self._ask(None)

    def look_on(self) -> None:
        """The following page of the same."""
        if self._next is not None:
            self._ask(self._next)

    def _ask(self, before: int | None) -> None:
        assert self._shown is not None
        self._age += 1
        age, (words, kinds), search = self._age, self._shown, self.archive.search
        if self._running is not None:
            self._running.cancel()
        if not words:
            self._took(age, Found(), None)
            return

        def find(_progress: Progress) -> Found:
            return search.find(words, before=before, limit=AT_ONCE, kinds=None if len(kinds) == len(KINDS) else kinds) if kinds else Found()

        self._running = self.run(find, lambda found: self._took(age, found, before), lambda e: self._failed(age, e), lane="reads")

    def _failed(self, age: int, error: Exception) -> None:
        if age == self._age:
            self.tell(error)

    def _took(self, age: int, found: Found, before: int | None) -> None:
        """Show an answer, unless something else has been asked since."""
        if age != self._age or self._shown is None:
            return
        self.banner.clear()
        here = self.list.hits.rows if before is not None else []
        stood = self.list.currentIndex().row() if before is not None else 0
        hits = [*here, *found.hits]
        self.list.hits.show_rows(hits)
        self._next = found.next
        self.more.setVisible(found.next is not None)
        self.counted.setText(_("{n} found").format(n=len(hits)) if found.next is None else _("the first {n}").format(n=len(hits)))
        self.place.setCurrentIndex(0 if hits else 2 if self._shown[0] else 1)
        if hits:
            self.list.choose(max(stood, 0))

    def _open(self, hit: Hit) -> None:
        if hit.case is None:
            self.say("info", _("This item is in no case folder yet."), _("It can be put into one on the folder’s page, or under Deposit."))
        elif hit.record is not None:
            self.go("case", case=hit.case, record=hit.record)
        else:
            self.go("case", case=hit.case)
