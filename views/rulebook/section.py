"""Pages of several sections behind one choice: what a section is, and the page that holds them and shows the first act of the one in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from views.common import Field, button, fill, hbox, page_head, segmented, vbox
from views.common.page import Page
from views.theme import THEME


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


class SectionedPage(Page):
    """`opened(tab=…)` shows one of the sections `keys`; each is made when it is first shown, and read when it is.

    What an act came to stands above the section where it was made. It goes with the next thing: when a form is opened, another section
    is shown or the page is left.
    """

    keys: tuple[str, ...] = ()

    @classmethod
    def titles(cls) -> Sequence[str]:
        """The words of the choice."""
        raise NotImplementedError

    def kinds(self) -> Sequence[type[Section]]:
        """The sections."""
        raise NotImplementedError

    def lay_sections(self, name: str) -> None:
        """For `build`: the head, the choice called `name`, and the first section."""
        self.primary = button("", "primary", "plus", "Ctrl+N", on=lambda: self.section.begin())
        self.tabs = segmented(list(self.titles()), 0, name, on=self.show_tab)
        self.faces = Faces(*[partial(self._make, kind) for kind in self.kinds()])
        head = page_head(self.title(), self.primary)
        head.layout().addStrut(THEME.metric("control"))  # type: ignore[union-attr]  # it has one; the head stays where it is when the button goes
        fill(self.room, [head, hbox(self.tabs, None), self.banner, (self.faces, 1)])
        self._read: set[int] = set()
        self._stand_on(0)

    def _make(self, kind: type[Section]) -> Section:
        out = kind(self)
        out.changed.connect(self._first)
        return out

    @property
    def section(self) -> Any:
        """The section in view."""
        return self.faces.part

    def want(self, **kw: Any) -> None:
        """Somebody goes here for something."""
        if kw.get("tab") in self.keys:
            self._stand_on(self.keys.index(kw["tab"]))

    def opened(self, **kw: Any) -> None:
        self.want(**kw)
        super().opened(**kw)
        self.show_tab(self.faces.number)  # a page that was read already may not have read this section

    def left(self) -> None:
        self.banner.clear()

    def refresh(self) -> None:
        """Only what is in view is read; the others when they are shown."""
        self._read = {self.faces.number}
        self.section.read()

    def show_tab(self, number: int) -> None:
        """Show one of the sections."""
        self._stand_on(number)
        if number not in self._read:
            self._read.add(number)
            self.section.read()

    def step_back(self) -> bool:
        return bool(self.section.step_back())

    def _stand_on(self, number: int) -> None:
        if number != self.faces.number:
            self.banner.clear()
        self.tabs.choose(number)
        self.faces.turn(number)
        self._first()

    def _first(self) -> None:
        first = self.section.first()
        if first is None and not self.primary.isHidden():  # a form was opened
            self.banner.clear()
        self.primary.setVisible(first is not None and self.may(first.act).allowed)
        if first is not None:
            self.primary.say(first.words, first.icon)


def tell_at(one: Field, page: Page, error: Exception, *codes: str) -> None:
    """A refusal with one of these codes stands under its field; any other in the banner of the page."""
    if isinstance(error, Refusal) and error.code.startswith(codes):
        one.tell("bad", str(error))
        one.control.setFocus()
    else:
        page.tell(error)
