"""What every section of the rules' page is: it reads itself, and says what the page's one first act is while it is in view."""

from __future__ import annotations

from typing import NamedTuple

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
    """Several parts in one place, one of them in view. Only that one counts for the size: a stacked widget would ask for the highest of all."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self.parts, self.number = parts, 0
        for part in parts[1:]:
            part.hide()
        self.setLayout(vbox(*[(part, 1) for part in parts], gap=0))

    @property
    def part(self) -> QWidget:
        """The one in view."""
        return self.parts[self.number]

    def turn(self, number: int) -> None:
        """Show another."""
        self.number = number
        for n, part in enumerate(self.parts):
            part.setVisible(n == number)


def tell_at(one: Field, page: Page, error: Exception, *codes: str) -> None:
    """A refusal with one of these codes stands under its field; any other in the banner of the page."""
    if isinstance(error, Refusal) and error.code.startswith(codes):
        one.tell("bad", str(error))
        one.control.setFocus()
    else:
        page.tell(error)
