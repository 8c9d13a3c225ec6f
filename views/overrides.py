"""What Qt calls back by name (paintEvent, data, sizeHint …) may fail without bringing the program down."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

QT = "PySide6."


def guard() -> None:
    """Have every class made from now on let only whole exceptions out of what it overrides.

    Python before 3.12 leaves an exception that was raised in C unmade until somebody catches it, and PySide 6.11.3 reads the arguments of
    one that comes out of an override without making it first: a widget that is gone, or a wrong index, was a segmentation fault where it
    should be a sentence on the page. Whatever is caught is made; so each is caught, and raised again.
    """
    if sys.version_info < (3, 12) and "__init_subclass__" not in vars(QObject):
        QObject.__init_subclass__ = classmethod(_guarded)  # type: ignore[assignment]  # the one place where all classes of Qt pass


def _guarded(cls: type[QObject], **kwargs: Any) -> None:
    super(QObject, cls).__init_subclass__(**kwargs)
    for name in overridden(cls):
        setattr(cls, name, _whole(vars(cls)[name]))


def overridden(cls: type) -> list[str]:
    """The methods of a class that Qt may call by name."""
    of_qt = [vars(base) for base in cls.__mro__[1:] if base.__module__.startswith(QT)]
    ours = [name for name, found in vars(cls).items() if isinstance(found, FunctionType) and not name.startswith("__")]
    return [name for name in ours if any(name in one for one in of_qt)]


def _whole(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def override(*args: Any, **kwargs: Any) -> Any:
        try:
            return method(*args, **kwargs)
        except BaseException:
            raise  # made by being caught
    return override
