"""The window itself: sign-in, then the shell, then the lock over it, with one focus ring and the idle clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.i18n import _, language
from views.bridge import Bridge, Handle
from views.common.focus import FocusRing
from views.common.layout import vbox
from views.desk import DESK
from views.errors import unexpected
from views.preparing import Preparing, first
from views.sign_in import Door, SignIn
from views.slices import Slices

if TYPE_CHECKING:
    from views.common.page import Page
    from views.first_password import FirstPassword
    from views.main_window import Shell

Behind = tuple["type[Shell]", "Sequence[type[Page]]"]
_STIRS = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


class MainWindow(QWidget):
    """Holds the sign-in page and, behind it, the shell of whoever is signed in.

    `door` knows who may sit here and how to let them in; `pages` is asked when somebody is in, so that the sign-in page does not
    wait for what lies behind it. After `idle_minutes` without a key or a movement the window locks
    (0: never); the page in view stays as it was for the same person.
    """

    def __init__(self, archive: Any, bridge: Bridge, pages: Callable[[], Sequence[type[Page]]], door: Door, idle_minutes: int = 10) -> None:
        super().__init__()
        self.archive, self.bridge, self._pages, self._door = archive, bridge, pages, door
        self.setWindowTitle(_("Lantai — {archive}").format(archive=archive.name))
        self.setAutoFillBackground(True)
        self.setMinimumSize(QSize(960, 600))
        self.shell: Shell | None = None
        self._before: Shell | None = None  # the one in view while another is put up in another language
        self._slices = Slices(self)
        self._name = ""
        self._first_page: FirstPassword | None = None
        self.sign_in: SignIn | None = None
        self._stack = QStackedWidget()
        self.setLayout(vbox(self._stack, gap=0))
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self.idle_minutes = idle_minutes
        self.on_close: Callable[[], object] | None = None
        self.ring = FocusRing(self)
        DESK.spoken.connect(self.speak_again, Qt.ConnectionType.QueuedConnection)  # the button that asked for it goes too
        DESK.idle.connect(self._set_idle)
        self._behind = Preparing(self._import_behind, self)
        self._ask()

    # In and out
    def _ask(self, fixed: str = "") -> None:
        """Show the sign-in page: for anybody, or as a lock for the person who sits here."""
        self._forget_sign_in()
        self.sign_in = SignIn(self.bridge, self._door, self._enter, fixed, self.change_person if fixed else None)
        self._stack.addWidget(self.sign_in)
        self._stack.setCurrentWidget(self.sign_in)
        self.sign_in.ready()

    def _enter(self, name: str) -> None:
        """Somebody has signed in; a first password is changed before anything else."""
        if self._door.must_change is None:
            self._go_in(name)
            return
        asked = self._door.must_change
        self.bridge.run(lambda _progress: asked(), lambda must: self._first(name) if must else self._go_in(name), lane="reads")

    def _first(self, name: str) -> None:
        change = self._door.change_password
        assert change is not None
        from views.first_password import FirstPassword  # here, because few people ever see it

        self._first_page = FirstPassword(self.bridge, name, change, lambda: self._go_in(name), self._leave_first)
        self._stack.addWidget(self._first_page)
        self._stack.setCurrentWidget(self._first_page)
        self._first_page.ready()

    def _leave_first(self) -> None:
        self.archive.lock()
        self._forget_first()
        self._ask()

    def _forget_first(self) -> None:
        if self._first_page is not None:
            self._stack.removeWidget(self._first_page)
            self._first_page.deleteLater()
            self._first_page = None

    def _go_in(self, name: str) -> None:
        if self.shell is not None and self._name == name and self._whole(self.shell):
            self.shell.resume()
            self._be_in()
        else:
            page = self._page_in_view() if self._name == name else ""
            self._forget_shell()
            self._name = name
            self._behind.then(lambda behind: self._furnish(behind, page))

    def _whole(self, shell: Shell) -> bool:
        """Whether it was put up to its end and speaks as the desk does: the lock may have come amid a switch of the language."""
        return self._stack.indexOf(shell) >= 0 and shell.language == language()

    def _page_in_view(self) -> str:
        shell = self._before or self.shell
        return shell.page.name if shell is not None and shell.page is not None else ""

    def _furnish(self, behind: Behind, page: str = "") -> None:
        """Put the shell up in slices, the sign-in page in view until the last: frame, first page, and then all that is seen."""
        shell = self._framed(behind)
        self._next(shell, lambda: self._begin(shell, page))

    def _begin(self, shell: Shell, page: str = "") -> None:
        shell.begin(page)
        shell.slices.add(lambda: self._be_in() if self.shell is shell and not shell.paused else None)

    def _framed(self, behind: Behind) -> Shell:
        shell_of, pages = behind
        self.shell = shell_of(self.archive, self.bridge, pages, self.lock, begin=False)
        return self.shell

    def _next(self, shell: Shell, slice_of: Callable[[], object]) -> None:
        """The next slice at the next tick, if that shell is still the one that is put up."""
        QTimer.singleShot(0, self, lambda: slice_of() if self.shell is shell and not shell.paused else None)

    def _be_in(self) -> None:
        assert self.shell is not None
        if self._stack.indexOf(self.shell) < 0:
            self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self._forget_before()
        self._forget_first()
        self._forget_sign_in()
        self.shell.stand()
        self._stir()

    def _import_behind(self) -> Behind:
        first()
        from views.main_window import Shell  # here, because the sign-in page need not wait for it

        return Shell, self._pages()

    def lock(self) -> None:
        """Put the lock over the page and forget the person's keys; a deposit under way, and nothing else, goes on behind it.

        An hour of intake would otherwise end whenever somebody goes to lunch. The keys go when the last such job has ended.
        """
        if self.shell is None or self.sign_in is not None:
            return
        self._idle.stop()
        self.shell.slices.finish()
        self.shell.paused = True
        if self.shell.page is not None:
            self.shell.page.left()
        going = self._going_on()
        for job in going:
            job.ended.connect(partial(self._forget_keys, self.archive.session))
        if not going:
            self.archive.lock()
        self._ask(self._name)

    def _going_on(self) -> list[Handle]:
        return [job for job in self.bridge.running if job.title]

    def _forget_keys(self, session: object) -> None:
        """Of that session only: whoever has signed in since then, be it a moment ago, keeps theirs."""
        if self.archive.session is session and self.sign_in is not None and not self._going_on():
            self.archive.lock()

    def change_person(self) -> None:
        """Let somebody else sit down: what the person before had open or under way is closed."""
        self.bridge.stop_titled()
        if self.shell is not None and self.shell.page is not None:
            self.shell.page.left()  # while the person is still known: what they were writing is kept
        self.archive.lock()
        self._forget_shell()
        self._ask()

    def speak_again(self) -> None:
        """Make what is on screen anew in the language in force; the page in view stays in view."""
        self.setWindowTitle(_("Lantai — {archive}").format(archive=self.archive.name))
        if self.shell is None or self.sign_in is not None:
            return
        page = self._page_in_view()
        self._forget_before()
        before = self._before = self.shell
        before.close_down()
        self._behind.then(self._framed)  # the one before stays in view until this one is whole
        shell = self.shell
        self._next(shell, lambda: self._begin(shell, page))

    def _set_idle(self, minutes: int) -> None:
        self.idle_minutes = minutes
        self._stir()

    def tell(self, error: BaseException) -> None:
        """Show a fault from anywhere on the page in view; for `views.errors.install`."""
        if self.sign_in is not None:
            self.sign_in.tell(error)
        elif self.shell is not None:
            self.shell.tell(error)
        else:
            unexpected(error)

    def _forget_shell(self) -> None:
        if self.shell is not None:
            self.shell.close_down()
            self._take_away(self.shell)
            self.shell = None
        self._forget_before()

    def _forget_before(self) -> None:
        if self._before is not None:
            self._take_away(self._before)
            self._before = None

    def _take_away(self, shell: Shell) -> None:
        """Out of sight now, and gone a page at a turn: somebody may have opened them all."""
        self._stack.removeWidget(shell)
        self._slices.add(*[place.deleteLater for place in shell.places], shell.deleteLater)

    def _forget_sign_in(self) -> None:
        if self.sign_in is not None:
            self._stack.removeWidget(self.sign_in)
            self.sign_in.deleteLater()
            self.sign_in = None

    # Idle
    def _stir(self) -> None:
        if self.idle_minutes and self.shell is not None and self.sign_in is None:
            self._idle.start(self.idle_minutes * 60_000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _STIRS and self._idle.isActive():
            self._stir()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        handle = self.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.shell is not None:
            self.shell.close_down()
        if self.windowHandle() is not None:
            self.windowHandle().removeEventFilter(self)
        self.ring.let_go()
        self._behind.stop()
        self.bridge.close()
        if self.on_close is not None:
            self.on_close()
        super().closeEvent(event)
