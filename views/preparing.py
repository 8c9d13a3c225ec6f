"""Imports what lies behind the sign-in page while that waits for the password: some modules at a tick, so that no key waits."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from PySide6.QtCore import QObject, QTimer

STEP, WAITED_FOR = 0.006, 0.025  # s of CPU after which a step begins no further module; the one begun may take some 10 ms
PAUSE = 12  # ms between two steps: the keys of the sign-in page come first
AFTER = 250  # ms before the first step: its picture comes first, too
OURS = ("views.", "desktop.", "models.")

# Imported first, so that the pages' own imports are short: a chain of half-imported modules is walked again by every step.
# The first few stand behind `segno`, which alone would take more than one step's time.
FIRST = ("email.parser", "http.client", "urllib.request", "segno", "typst", "PIL.Image", "vlc", "desktop.policy.profile", "desktop.cases",
         "desktop.intake.room", "desktop.procedure.room", "desktop.rulebook.room", "desktop.approvals", "desktop.search", "desktop.audit.room",
         "desktop.media.room", "desktop.today", "views.common.tables", "views.common.panels", "views.common.dial", "views.common.windowed",
         "views.common.sums", "views.common.dialogs", "views.main_window", "desktop.reports.room", "desktop.scoring", "desktop.trial",
         "desktop.statistics.room", "desktop.standing")
ASIDE = "av"  # one package of fifty compiled parts: four steps' time in one piece


def first() -> None:
    """Import what most pages stand on."""
    if ASIDE not in sys.modules:
        threading.Thread(target=import_module, args=(ASIDE,), name="preparing").start()
    for name in FIRST:
        import_module(name)


class _Enough(BaseException):
    """Ends a step between two modules. Not an `Exception`, so that nobody takes it for an import that failed."""


class _Brake:
    """A finder that finds nothing; it ends the step when its time is over and at least one more module is there.

    What was imported whole stays imported. A module that stood amid its imports is forgotten, and begun anew by the next step: our
    modules import before they define. Other people's packages, which may not bear that, are imported in one piece.
    """

    def __init__(self, step: float) -> None:
        self._thread, self._until = threading.get_ident(), time.thread_time() + step
        self._begun: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Called for each module that is not there yet, by whichever thread wants it."""
        if (name.startswith(OURS) or name in FIRST) and threading.get_ident() == self._thread:
            if time.thread_time() > self._until and any(map(_whole, self._begun)):
                raise _Enough
            self._begun.append(name)
        return None


def _whole(name: str) -> bool:
    """Whether a module was imported to its end."""
    module = sys.modules.get(name)
    return module is not None and not getattr(module.__spec__, "_initializing", False)


class Preparing(QObject):
    """Calls `work`, which imports and returns what it imported, a step at a tick; then calls whoever waits, with the result."""

    def __init__(self, work: Callable[[], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._result: list[Any] = []
        self._waiting: Callable[[Any], object] | None = None
        self._ticks = QTimer(self)
        self._ticks.setInterval(AFTER)
        self._ticks.timeout.connect(self._step)
        self._ticks.start()

    @property
    def ready(self) -> bool:
        """Whether everything is imported."""
        return bool(self._result)

    def then(self, on: Callable[[Any], object]) -> None:
        """Call `on` with the result: at once where it is there, else as soon as it is. Only the last who asks is called."""
        if self._result:
            on(self._result[0])
        elif self._ticks.isActive():
            self._waiting = on
            self._ticks.setInterval(0)
        else:  # a step failed; whoever needs the result is told
            on(self._work())

    def stop(self) -> None:
        """The window closes: begin no further step."""
        self._ticks.stop()

    def _step(self) -> None:
        brake = _Brake(STEP if self._waiting is None else WAITED_FOR)
        sys.meta_path.insert(0, brake)  # type: ignore[arg-type]  # a finder by what it does
        self._ticks.stop()
        try:
            self._result = [self._work()]
        except _Enough:
            self._ticks.start(PAUSE if self._waiting is None else 0)
            return
        finally:
            sys.meta_path.remove(brake)  # type: ignore[arg-type]  # as above
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting(self._result[0])
