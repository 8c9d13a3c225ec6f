"""当事人 and 承办人: a line for each, added and taken away in the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.cases import OfficerName, PartyName
from desktop.i18n import _
from desktop.people import PersonLine
from views.common import Combo, Edit, button, combo, edit, hbox, text, tool, vbox
from views.common.layout import content, empty

_LOOKS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return,
          Qt.Key.Key_Enter)


class Offer(Combo):
    """Takes what is chosen at once, so whatever looks for something opens its list; only Enter or a click in it takes."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        words = event.text().strip() if event.text().isprintable() else ""
        if plain and (words or Qt.Key(event.key()) in _LOOKS):
            self._look_for(words)
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A name typed in Chinese leads to it in the open list."""
        if event.commitString():
            self._look_for(event.commitString())

    def _look_for(self, words: str) -> None:
        self.showPopup()
        if words:
            self.view().keyboardSearch(words)


class _Lines(QWidget):
    """Lines of controls with an add button below; a line is taken away by its own button."""

    changed = Signal()

    def __init__(self, title: str, more: str) -> None:
        super().__init__()
        self.lines: list[QWidget] = []
        self._box: QVBoxLayout = vbox(gap=8)
        self.more = button(more, "quiet", "plus", on=lambda: self.add(True))
        self.foot = hbox(self.more, None, gap=8)
        self.setLayout(vbox(text(title, "heading"), self._box, self.foot, gap=8))
        self.setAccessibleName(title)

    def add(self, focus: bool = False, value: Any = None) -> None:
        """One more line; with `focus` one stands in it."""
        line = self._line(value)
        self.lines.append(line)
        self._box.addWidget(line)
        if focus:
            line.first.setFocus(Qt.FocusReason.OtherFocusReason)  # type: ignore[attr-defined]  # set by _line
        self.changed.emit()

    def take(self, line: QWidget) -> None:
        """Away with one line; the focus goes to the add button, so that it is not lost."""
        self.lines.remove(line)
        self._box.removeWidget(line)
        line.hide()
        line.deleteLater()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def show_all(self, values: Sequence[Any]) -> None:
        """Other lines; at least an empty one."""
        empty(self._box)
        self.lines = []
        for value in values or (None,):
            self.add(value=value)

    def _line(self, value: Any) -> QWidget:
        raise NotImplementedError

    def _as_line(self, first: Edit, *others: Any) -> QWidget:
        bin_ = tool("trash", _("Take this line away"))
        out = content(hbox((first, 3), *others, bin_, gap=8))
        out.first = first  # type: ignore[attr-defined]  # where one stands when the line is new
        bin_.clicked.connect(lambda *_a: self.take(out))
        first.textChanged.connect(lambda _t: self.changed.emit())
        return out


class PartyLines(_Lines):
    """当事人, person or organisation."""

    def __init__(self) -> None:
        super().__init__(_("Parties"), _("Add a party"))

    def _line(self, value: PartyName | None) -> QWidget:
        name = edit(value.name if value else "", _("e.g. a company’s full name"), name=_("Name of the party"))
        sorts = [(_("a person"), False), (_("an organisation"), True)]
        sort = combo(sorts, _("Person or organisation"), lambda _v: self.changed.emit())
        sort.choose(value.organisation if value else True)
        sort.setMinimumWidth(104)
        out = self._as_line(name, sort)
        out.sort = sort  # type: ignore[attr-defined]  # read back in `value`
        return out

    def value(self) -> tuple[PartyName, ...]:
        """What is written; empty lines do not count."""
        found = ((line.first.text().strip(), bool(line.sort.value())) for line in self.lines)  # type: ignore[attr-defined]
        return tuple(PartyName(name, sort) for name, sort in found if name)


class OfficerLines(_Lines):
    """承办人 with 执法证号; those who have an account are offered, and bring their number with them."""

    def __init__(self) -> None:
        self._people: dict[str, PersonLine] = {}
        super().__init__(_("Officers"), _("Add an officer"))
        self.offer = Offer([(_("Choose from the people"), None)], _("Choose from the people"))
        self.offer.activated.connect(lambda _i: self._offered(self.offer.value()))
        self.foot.insertWidget(1, self.offer)

    def know(self, people: Sequence[PersonLine]) -> None:
        """Who is offered: active enforcement officers."""
        known = [p for p in people if p.active and p.role == "officer"]
        self._people = {p.name: p for p in known}
        lines = [(f"{p.name}　{p.certificate}" if p.certificate else p.name, p.name) for p in known]
        self.offer.offer([(_("Choose from the people"), None), *lines])

    def _offered(self, name: object) -> None:
        self.offer.setCurrentIndex(0)
        person = self._people.get(str(name)) if name else None
        if person is None or any(o.name == person.name for o in self.value()):
            return
        if len(self.lines) == 1 and not self.value():
            self.take(self.lines[0])
        self.add(value=OfficerName(person.name, person.certificate, person.id))

    def _line(self, value: OfficerName | None) -> QWidget:
        name = edit(value.name if value else "", _("Officer"), name=_("Name of the officer"))
        number = edit(value.certificate if value else "", _("Certificate number"), name=_("Certificate number"))
        number.textChanged.connect(lambda _t: self.changed.emit())
        name.editingFinished.connect(lambda: self._fill(name, number))
        out = self._as_line(name, (number, 3))
        out.number = number  # type: ignore[attr-defined]  # read back in `value`
        return out

    def _fill(self, name: Edit, number: Edit) -> None:
        """Somebody known brings their number."""
        person = self._people.get(name.text().strip())
        if person is not None and not number.text().strip():
            number.setText(person.certificate)

    def value(self) -> tuple[OfficerName, ...]:
        """What is written; a name that has an account points at it."""
        out = []
        for line in self.lines:
            name = line.first.text().strip()  # type: ignore[attr-defined]
            person = self._people.get(name)
            if name:
                out.append(OfficerName(name, line.number.text().strip(), person.id if person else None))  # type: ignore[attr-defined]
        return tuple(out)
