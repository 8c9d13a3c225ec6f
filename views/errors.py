"""How a "no" and a fault are shown: in the page, in words, with what to do next; never a toast, never a trace."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple

from PySide6.QtWidgets import QApplication, QWidget

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from views.common.buttons import Button, button

_log = logging.getLogger("lantai.views")


class Unexpected(Exception):
    """A fault of ours, already in the log under a number that a person can quote."""

    def __init__(self, number: str, cause: BaseException) -> None:
        super().__init__(number)
        self.number, self.cause = number, cause


def unexpected(error: BaseException) -> Unexpected:
    """Write a fault to the log and give it a number: the same fault at the same place has the same one."""
    if isinstance(error, Unexpected):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    place = "".join(f"{f.name}:{f.lineno}" for f in frames[-3:])
    number = "F-" + hashlib.sha256(f"{type(error).__name__}{place}".encode()).hexdigest()[:8].upper()
    _log.error("%s", number, exc_info=error)
    return Unexpected(number, error)


class Said(NamedTuple):
    """A failure in words: kind of banner, what happened, what follows and what to do, number to quote."""

    kind: str
    what: str
    then: str
    number: str


def words_of(error: BaseException) -> Said:
    """What to show for a `Refusal`, a `Cancelled` or a fault."""
    if isinstance(error, Refusal):
        what, then = _split(str(error))
        return Said("refused", what, then, "")
    if isinstance(error, Cancelled):
        return Said("info", _("Stopped."), _("What was finished before stays."), "")
    fault = unexpected(error)
    then = _("Nothing was saved by this step. Try again. If it happens again, tell the administrator this number: {number}")
    return Said("late", _("The program made a mistake here."), then.format(number=fault.number), fault.number)


def _split(sentence: str) -> tuple[str, str]:
    """The first sentence says what happened, the rest what to do."""
    found = re.match(r"(.+?[。！？]|.+?[.!?](?=\s|$))\s*(.*)", sentence, flags=re.S)
    return (found[1], found[2].strip()) if found else (sentence, "")


def copy_button(number: str) -> Button:
    """Copies the number of a fault."""
    return button(_("Copy error number {number}").format(number=number), "quiet", "copy", on=lambda: _copy(number))


def _copy(number: str) -> None:
    QApplication.clipboard().setText(number)


def actions_for(said: Said) -> tuple[QWidget, ...]:
    """What a banner offers beside the words of a failure."""
    return (copy_button(said.number),) if said.number else ()


def install(show: Callable[[BaseException], None]) -> Callable[[], None]:
    """Send every exception that leaves a slot to `show`, so that the window stays; returns a callable that undoes it."""
    before, before_thread = sys.excepthook, threading.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            before(kind, error, trace)
            return
        show(error if isinstance(error, Refusal | Cancelled) else unexpected(error))

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            unexpected(args.exc_value)

    sys.excepthook, threading.excepthook = hook, thread_hook

    def undo() -> None:
        sys.excepthook, threading.excepthook = before, before_thread

    return undo
