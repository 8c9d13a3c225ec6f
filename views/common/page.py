"""What every page is: a title, an act that opens it, what it listens to, and a place to say what happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.clock import Clock
from views.bridge import Bridge, Handle, Job
from views.common.buttons import Verdict
from views.common.feedback import Banner
from views.common.layout import Margins, fill, vbox
from views.errors import actions_for, words_of


class LedgerState(Protocol):
    """How far the ledger has been checked at this desk."""

    @property
    def size(self) -> int: ...
    @property
    def checked_to(self) -> int: ...
    @property
    def checked_at(self) -> datetime | None: ...
    @property
    def sound(self) -> bool: ...


class PersonLike(Protocol):
    """The person who is signed in."""

    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def role_title(self) -> str: ...


class ArchiveLike(Protocol):
    """What the frame of the window needs of an archive; pages know the rooms behind it."""

    @property
    def name(self) -> str: ...
    @property
    def profile_title(self) -> str: ...
    @property
    def person(self) -> PersonLike: ...
    @property
    def clock(self) -> Clock: ...
    def may(self, act: str, **subject: Any) -> Verdict: ...
    def listen(self, listener: Callable[[str, Any], None]) -> Callable[[], None]: ...
    def lock(self) -> None: ...
    def ledger_state(self) -> LedgerState: ...
    def free_space(self) -> int: ...


class ShellLike(Protocol):
    """What a page may ask of the window it stands in."""

    def go(self, page: str, **kw: Any) -> None: ...
    def back(self) -> None: ...


class Page(QWidget):
    """One page of the window. A subclass names itself, builds its widgets in `build`, and re-reads in `refresh`.

    name: what other pages call it in `go`; title and icon: its line in the rail; act: the permission that shows it ("" for
    everybody); listens_to: prefixes of acts ("cases." or "intake.admit") after which it is read again; in_rail: whether it
    has a line there, or else `under` which page's line it is shown; searches: whether the header keeps its search field
    while it is in view; key: opens it from anywhere.
    """

    name = ""
    icon = "file"
    act = ""
    listens_to: frozenset[str] = frozenset()
    in_rail = True
    under = ""
    at_bottom = False
    searches = True
    key = ""
    margins: Margins = (24, 20, 24, 20)

    @classmethod
    def title(cls) -> str:
        """The words of its line in the rail."""
        raise NotImplementedError

    def __init__(self, archive: Any, bridge: Bridge, shell: ShellLike, place: QWidget | None = None, at_once: bool = True) -> None:
        """`place` is the widget that it will stand in. Not `at_once`: what `build` yields between is left to `go_on_building`."""
        super().__init__(place)
        self.archive, self.bridge, self.shell = archive, bridge, shell
        self.stale = True
        self.banner = Banner()
        self.room: QVBoxLayout = vbox(gap=16, margins=self.margins)
        self.setLayout(self.room)
        self.setAccessibleName(self.title())
        self._unbuilt = self.build()
        while at_once and self.go_on_building():
            pass

    @property
    def built(self) -> bool:
        """Whether all its widgets are made."""
        return self._unbuilt is None

    def go_on_building(self) -> bool:
        """The next slice of `build`; False when it was the last."""
        if self._unbuilt is not None and next(self._unbuilt, self) is self:
            self._unbuilt = None
        return not self.built

    # What a page writes
    def build(self) -> Iterator[None] | None:
        """Make the widgets, once: `self.lay(head, part, ...)`. A page of many parts yields between them, so that a key may come in."""
        return None

    def refresh(self) -> None:
        """Read again what is shown: at opening, on F5, and after an act that it listens to."""

    def opened(self, **kw: Any) -> None:
        """Somebody went here, perhaps with something to show; the default only reads what is stale."""
        if self.stale:
            self.reread()

    def left(self) -> None:
        """Another page is shown now: stop what should not go on unseen."""

    def step_back(self) -> bool:
        """Esc and Alt+← come here first; True when the page had something to close."""
        return False

    @classmethod
    def waiting(cls, archive: Any) -> int:
        """How many pieces of work wait on this page, for the pill in the rail: a short read, made in a worker."""
        return 0

    # What a page uses
    def lay(self, head: QWidget | None, *parts: Any) -> None:
        """Stand the page head, the banner and the parts one under the other."""
        fill(self.room, ([head] if head is not None else []) + [self.banner, *parts])

    def reread(self) -> None:
        self.stale = False
        self.refresh()

    def run(
        self,
        job: Job[Any],
        done: Callable[[Any], object] | None = None,
        failed: Callable[[Exception], object] | None = None,
        lane: str = "records",
        title: str = "",
    ) -> Handle:
        """Run a job for this page; a failure nobody takes is told in its banner."""
        return self.bridge.run(job, self._while_here(done), self._while_here(failed or self.tell), lane, title)

    def _while_here(self, told: Callable[[Any], object] | None) -> Callable[[Any], object] | None:
        """Call back only while the page is there, and the part of it whose method it is: somebody else may have sat down before the job
        came to its end, or another line have been chosen."""
        part = getattr(told, "__self__", None)
        mine = part if isinstance(part, QObject) else self
        return told and (lambda what: told(what) if isValid(self) and isValid(mine) else None)

    def tell(self, error: BaseException) -> None:
        """Show a refusal, a stop or a fault in the page's banner."""
        said = words_of(error)
        self.banner.say(said.kind, said.what, said.then, *actions_for(said))

    def say(self, kind: str, title: str, body: str = "", *tail: QWidget) -> None:
        """Show the result of an act where it was made: kind good, soon, late or info."""
        self.banner.say(kind, title, body, *tail)

    def go(self, page: str, **kw: Any) -> None:
        """Go to another page by its name."""
        self.shell.go(page, **kw)

    def may(self, act: str, **subject: Any) -> Verdict:
        """Whether the person may do this now, with the reason if not: for `Button.heed`."""
        verdict: Verdict = self.archive.may(act, **subject)
        return verdict
