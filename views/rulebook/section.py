"""What every section of the rules' page is: it reads itself, and says what the page's one first act is while it is in view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from views.common import Field, vbox
from views.common.page import Page


class First(NamedTuple):
    """The first act of a section: its words, its icon, the act that it takes."""

    words: str
    icon: str
    act: str


class Section(QWidget):
    """One section. `changed` tells that another first act is due: a form was opened, or closed."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page

    def read(self) -> None:
        """Read again what is shown."""

    def first(self) -> First | None:
        """What the primary button of the page does now; None while a form has its own."""
        return None

    def begin(self) -> None:
        """The primary button was pressed."""

    def step_back(self) -> bool:
        """Esc: True when there was something to close."""
        return False


class Faces(QWidget):
    """Several parts in one place, one of them in view, each made when it is first wanted. Only the one in view counts for the size: a
    stacked widget would ask for the highest of all."""

    def __init__(self, *makers: Callable[[], QWidget]) -> None:
        super().__init__()
        self._makers, self._parts, self.number = makers, dict[int, QWidget](), 0
        self._room = vbox(gap=0)
        self.setLayout(self._room)
        self.at(0)

    @property
    def part(self) -> QWidget:
        """The one in view."""
        return self.at(self.number)

    def made(self, number: int) -> bool:
        """Whether anybody wanted it yet."""
        return number in self._parts

    def at(self, number: int) -> Any:
        """One of the parts; made now if nobody wanted it before."""
        if number not in self._parts:
            part = self._parts[number] = self._makers[number]()
            if number != self.number:
                part.hide()
            self._room.addWidget(part, 1)
        return self._parts[number]

    def turn(self, number: int) -> None:
        """Show another."""
        self.number = number
        self.at(number)
        for n, part in self._parts.items():
            part.setVisible(n == number)


def tell_at(one: Field, page: Page, error: Exception, *codes: str) -> None:
    """A refusal with one of these codes stands under its field; any other in the banner of the page."""
    if isinstance(error, Refusal) and error.code.startswith(codes):
        one.tell("bad", str(error))
        one.control.setFocus()
    else:
        page.tell(error)
