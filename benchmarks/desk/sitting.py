"""A person before the real window: does one thing after another, and every turn of the thread counts for what was done."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from benchmarks.desk.prepared import password_of
from benchmarks.desk.turns import REST, Turns


class Sitting:
    """The program as `desktop.app` starts it, over an archive that may be written; `do` and `go` are all that a journey needs."""

    def __init__(self, root: Path, why: bool = False) -> None:
        from desktop.app import application, build, dress
        from desktop.opening import open_archive
        from desktop.settings import DeskSettings
        from views.collector import Collector
        from views.desk import DESK

        app = application()
        self.turns = Turns(app, why)
        self.settings = DESK.settings = DeskSettings(mode="light")
        dress(app, self.settings)
        self.archive = open_archive(root)
        self.running = build(self.archive, self.settings)
        self.window = self.running.window
        self.window.show()
        gc.freeze()
        self.collector = Collector()

    def do(self, step: str, act: Callable[[], object], until: Callable[[], object] | None = None, rest: int = REST) -> None:
        """Let the window do this in its next turn, then work until `until` holds and it rests for so many turns."""
        self.turns.step = step
        QTimer.singleShot(0, self.window, act)
        self.turns.run(lambda: not self._busy() and (until is None or until()), rest)

    def _busy(self) -> bool:
        shell = self.window.shell
        return self.window.bridge.busy() or (shell is not None and (shell._gather.isActive() or shell.slices.busy))

    @property
    def shell(self) -> Any:
        """The frame of the window."""
        return self.window.shell

    @property
    def page(self) -> Any:
        """The page in view."""
        return self.shell.page

    def go(self, page: str, step: str = "", **kw: object) -> None:
        """Go to a page as its line in the rail, or a row of a list, would."""
        self.do(step or page, lambda: self.shell.go(page, **kw))

    def sign_in(self, name: str) -> None:
        """As everybody: choose the name, type the password, Enter; whoever sat here before stands up."""
        if self.window.shell is not None:
            self.do(f"{name} sits down", self.window.change_person)
        page = self.window.sign_in
        assert page is not None
        page.who.choose(name)
        self._enter(f"{name} signs in", name)

    def unlock(self, name: str) -> None:
        """The same person comes back."""
        self._enter("unlock", name)

    def _enter(self, step: str, name: str) -> None:
        page = self.window.sign_in
        assert page is not None
        page.password.setText(password_of(name))
        self.do(step, page.submit, lambda: self.window.shell is not None and self.window.sign_in is None)

    def close(self) -> None:
        """Take the window down."""
        self.running.close()
        self.turns.turn()
