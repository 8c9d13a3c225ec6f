"""The window of a person who is signed in: header, rail, pages with a way back, foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from desktop.i18n import _, language
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from views.bridge import Bridge
from views.common.layout import PageScroll, hbox, vbox
from views.common.measures import clock_words, moment_words
from views.common.page import ArchiveLike, LedgerState, Page
from views.common.text import figures
from views.frame.foot import Foot
from views.frame.header import Header
from views.frame.help import HelpPanel
from views.frame.rail import Rail
from views.reckoning import Reckoning
from views.slices import Slices
from views.theme import THEME, catch_up, dress, wear

NARROW_UNDER = 1360
GATHER = 200  # ms: a running intake announces many acts a second; pages re-read once for all of them
Visit = tuple[str, dict[str, Any]]


class Shell(QWidget):
    """The frame of every page. Pages are made at their first visit and kept; `go` and `back` are the only ways between them."""

    _heard = Signal(str)

    def __init__(self, archive: ArchiveLike, bridge: Bridge, pages: Sequence[type[Page]], lock: Callable[[], object],
                 begin: bool = True) -> None:
        """With `begin` False the first page waits for `begin`, so that frame and page need not be made in one piece."""
        super().__init__()
        self.archive, self.bridge, self.language = archive, bridge, language()
        self.setAutoFillBackground(True)
        self._kinds = {p.name: p for p in pages}
        self.allowed = [p for p in pages if not p.act or archive.may(p.act).allowed]
        railed = [p for p in self.allowed if p.in_rail]
        self.made: dict[str, Page] = {}
        self._places: dict[str, PageScroll] = {}
        self._visits: list[Visit] = []
        self._acts: set[str] = set()
        self.slices = Slices(self)
        self.paused = False
        self.reckoning: Reckoning | None = None
        self.header = Header(archive.name, archive.profile_title, self._search, self.help, lock)
        self.header.person(archive.person.name, archive.person.role_title)
        self.rail, self.foot, self.stack = Rail(railed, self.go), Foot(bridge), QStackedWidget()
        self.setLayout(vbox(self.header, (hbox(self.rail, (self.stack, 1), gap=0), 1), self.foot, gap=0))
        for part in (self.header, self.rail, self.foot):
            wear(part)
        THEME.tailored.connect(self._redress)
        self._timers()
        self._keys(railed)
        self._heard.connect(self._hear)
        self._deaf = archive.listen(lambda act, _subject: self._heard.emit(act))
        bridge.troubled.connect(self.tell)
        if begin:
            self.begin()

    def begin(self, page: str = "") -> None:
        """Show a page, the first where none is named, and read what the frame tells."""
        if self.allowed:
            self.go(page or self.allowed[0].name)
        self._read_state()
        self.reckoning = Reckoning(self.archive, self.bridge, self)

    def _timers(self) -> None:
        self._gather, self._minute = QTimer(self), QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(GATHER)
        self._gather.timeout.connect(self._settle)
        self._minute.timeout.connect(self._tick)
        self._minute.start(10_000)
        self._tick()

    def _keys(self, railed: Sequence[type[Page]]) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.to_search),
            ("F5", self.read_again),
            ("F6", lambda: self.next_part(1)),
            ("Shift+F6", lambda: self.next_part(-1)),
            ("Esc", self.back),
            ("Alt+Left", self.back),
        ]
        keys += [(f"Ctrl+{i}", partial(self.go, page.name)) for i, page in enumerate(railed[:9], 1)]
        keys += [(page.key, lambda name=page.name: self.go(name)) for page in self.allowed if page.key]
        for key, act in keys:
            one = QShortcut(QKeySequence(key), self)
            one.activated.connect(lambda act=act: act())

    @property
    def places(self) -> list[PageScroll]:
        """Where the pages stand that are made."""
        return list(self._places.values())

    # Going about
    @property
    def page(self) -> Page | None:
        """The page in view; none while it is being made."""
        page = self.made.get(self._visits[-1][0]) if self._visits else None
        return page if page is not None and page.built else None

    def go(self, page: str, **kw: Any) -> None:
        """Show a page by its name and hand it `kw`; one that is not for this person says so where one stands."""
        kind = self._kinds[page]
        if kind not in self.allowed:
            if self.page is not None:
                self.page.say("refused", self.archive.may(kind.act).reason)
            return
        if not self._visits or self._visits[-1] != (page, kw):
            self._visits.append((page, kw))
            del self._visits[:-50]
        self._show(page, kw)

    def back(self) -> None:
        """Close what is open on the page, else go to the page before."""
        if self.page is not None and self.page.step_back():
            return
        if len(self._visits) > 1:
            self._visits.pop()
            self._show(*self._visits[-1])

    def _show(self, name: str, kw: dict[str, Any]) -> None:
        """A page that is not there yet is made in slices and then shown, so that keys come in between; another page may be wanted meanwhile."""
        self.slices.clear()
        if name not in self.made:
            place = self._places[name] = PageScroll(None)
            place.setParent(self.stack)
            place.hide()  # and not among the pages of the stack yet: half made it can be neither shown nor measured
            self.made[name] = self._kinds[name](self.archive, self.bridge, self, place.viewport(), at_once=False)
        page, place = self.made[name], self._places[name]
        if place.widget() is page:
            self._bring(name, kw)
        else:
            self.slices.add(page.go_on_building, partial(place.hold, page), partial(dress, place), partial(self._bring, name, kw))

    def _bring(self, name: str, kw: dict[str, Any]) -> None:
        shown, here = self.stack.currentWidget(), QApplication.focusWidget()
        inside = here is None or (shown is not None and shown.isAncestorOf(here))
        page, place = self.made[name], self._places[name]
        catch_up()
        dress(place)
        if self.stack.indexOf(place) < 0:
            self.stack.addWidget(place)
        if isinstance(shown, PageScroll) and shown is not place:
            before = shown.widget()
            assert isinstance(before, Page)
            before.left()
        self.stack.setCurrentWidget(place)
        if inside:  # else Qt hands the focus of what it hides to a neighbour outside the page
            self.stand()
        self.rail.show_page(self._kinds[name].under or name)
        self.header.search.setVisible(page.searches and any(p.name == "search" for p in self.allowed))
        page.opened(**kw)

    def _redress(self) -> None:
        """The page in view follows a switch of the look at once; the others do when they are shown again."""
        shown = self.stack.currentWidget()
        if isinstance(shown, PageScroll):
            dress(shown)

    def stand(self) -> None:
        """Put the focus on the page in view: the next Tab is its first control."""
        shown = self.stack.currentWidget()
        page = shown.widget() if isinstance(shown, PageScroll) else None
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def to_search(self) -> None:
        """Ctrl+K: into the search field, or onto the search page where the header has none."""
        if self.header.search.isVisible():
            self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.header.search.selectAll()
        elif any(p.name == "search" for p in self.allowed):
            self.go("search")

    def _search(self, words: str) -> None:
        if words.strip():
            self.go("search", words=words.strip())
            self.header.search.clear()

    def next_part(self, step: int) -> None:
        """F6: rail, page, foot, and round again; a part with nothing to focus is passed over."""
        parts: list[QWidget] = [self.rail, self.stack, self.foot]
        here = QApplication.focusWidget()
        at = next((i for i, part in enumerate(parts) if here is not None and part.isAncestorOf(here)), -1 if step > 0 else 0)
        for k in range(1, len(parts) + 1):
            if (control := first_control(parts[(at + step * k) % len(parts)])) is not None:
                control.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def help(self) -> None:
        """F1: what the control in focus is for, and the keys."""
        HelpPanel(self, QApplication.focusWidget()).open_under(self.header)

    def tell(self, error: BaseException) -> None:
        """Show a failure that nobody took on the page in view."""
        if self.page is not None:
            self.page.tell(error)

    # Keeping true
    def read_again(self) -> None:
        """F5: read the page in view and the state of the archive again."""
        if self.page is not None:
            self.page.reread()
        self._read_state()

    def _hear(self, act: str) -> None:
        self._acts.add(act)
        if not self._gather.isActive():
            self._gather.start()

    def _settle(self) -> None:
        """After acts: mark what they touch as stale, and read again what is in view."""
        acts, self._acts = self._acts, set()
        if self.paused:
            return
        if self.reckoning is not None:
            self.reckoning.heed(acts)
        for page in self.made.values():
            if any(act.startswith(prefix) for act in acts for prefix in page.listens_to):
                page.stale = True
        if self.page is not None and self.page.stale:
            self.page.reread()
        self._read_state()

    def _read_state(self) -> None:
        """Counts of the rail, ledger and space: short reads, off the GUI thread."""
        pages, archive = [p for p in self.allowed if p.in_rail], self.archive

        def read(_progress: Progress) -> tuple[dict[str, int], LedgerState, int]:
            return {p.name: p.waiting(archive) for p in pages}, archive.ledger_state(), archive.free_space()

        self.bridge.run(read, self._state, lane="reads")

    def _state(self, state: tuple[dict[str, int], LedgerState, int]) -> None:
        counts, ledger, free = state
        for name, count in counts.items():
            self.rail.count(name, count)
        self.foot.space(free)
        now = self.archive.clock.now().astimezone(BEIJING)
        if not ledger.sound:
            self.foot.ledger(_("The ledger does not hold together: see Ledger"), "late")
        elif ledger.checked_at is None:
            self.foot.ledger(_("Ledger: {size} entries, not yet checked here").format(size=figures(ledger.size)), "soon")
        else:
            words = _("Ledger checked to entry {number}, {when}")
            when = moment_words(ledger.checked_at.astimezone(BEIJING), now)
            self.foot.ledger(words.format(number=figures(ledger.checked_to), when=when))

    def _tick(self) -> None:
        self.foot.now(clock_words(self.archive.clock.now().astimezone(BEIJING)))

    # Coming and going
    def resume(self) -> None:
        """The same person is back after a lock: what happened meanwhile is read."""
        self.paused = False
        for page in self.made.values():
            page.stale = True
        self.read_again()

    def close_down(self) -> None:
        """Stop listening and watching; the window lets the shell go after this."""
        self.paused = True
        self.slices.clear()
        if self.reckoning is not None:
            self.reckoning.close()
        self._deaf()
        self._gather.stop()
        self._minute.stop()
        self.bridge.troubled.disconnect(self.tell)
        if self.page is not None:
            self.page.left()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_UNDER
        self.rail.narrow(narrow)
        self.header.narrow(narrow)
        self.foot.narrow(narrow)


def first_control(part: QWidget) -> QWidget | None:
    """The first control inside a part that Tab would reach; in the rail, the page in view."""
    if isinstance(part, Rail):
        chosen = next((b for b in part.buttons.values() if b.isChecked()), None)
        return chosen
    control = part.nextInFocusChain()
    while control is not None and control is not part:
        reachable = bool(control.focusPolicy() & Qt.FocusPolicy.TabFocus) and control.isEnabled()
        if part.isAncestorOf(control) and reachable and control.isVisible():
            return control
        control = control.nextInFocusChain()
    return None
