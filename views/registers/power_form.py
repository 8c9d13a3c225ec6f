"""The form for one power: the act, the organ, the article, and the penalties with their bounds, one under the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.powers import ENTRUSTED, Basis, Power, Range, read_yuan
from desktop.policy.vocabulary import vocabulary
from views.common import Combo, Edit, Field, button, combo, content, edit, field, hbox, para, scroll, text, tool, vbox
from views.common.layout import empty


class PenaltyLine(QWidget):
    """One penalty: its kind, from how many to how many yuan, and which grade of discretion."""

    def __init__(self, one: Range, drop: Callable[[PenaltyLine], object]) -> None:
        super().__init__()
        words = vocabulary().keys("penalty")
        self.kind: Combo = combo([(term.title, key) for key, term in words.items()], _("Kind of penalty"))
        self.kind.choose(one.kind)
        self.least = edit(one.least, _("least, yuan"), name=_("Least amount in yuan"))
        self.most = edit(one.most, _("most, yuan"), name=_("Most amount in yuan"))
        self.grade = edit(one.grade, _("grade"), name=_("Grade of discretion"))
        self.gone = tool("trash", _("Take this penalty out"), on=lambda: drop(self))
        self.setLayout(vbox(hbox((self.kind, 1), self.gone, gap=4), hbox((self.least, 1), (self.most, 1), (self.grade, 1), gap=6), gap=4))

    def value(self) -> Range:
        """What is written, amounts without the commas of thousands."""
        least, most = (one.text().replace(",", "").replace("，", "").strip() for one in (self.least, self.most))
        return Range(kind=str(self.kind.value()), least=least, most=most, grade=self.grade.text().strip())

    def fault(self) -> Edit | None:
        """The field whose amount is none, or the lower bound above the upper one."""
        value = self.value()
        for control, words in ((self.least, value.least), (self.most, value.most)):
            if words and not _is_yuan(words):
                return control
        if value.least and value.most and read_yuan(value.least) > read_yuan(value.most):
            return self.least
        return None


class PowerForm(QWidget):
    """Begun for a new row or one that is there. `kept` gets the power; nothing is in the archive before the list is kept as a version."""

    def __init__(self, kept: Callable[[Power], object], left: Callable[[], object]) -> None:
        super().__init__()
        self._kept, self._taken = kept, frozenset[str]()
        self.number = field(_("Number of the power"), edit("", "1"))
        self.cause = field(_("Unlawful act (cause)"), edit())
        self.organ = field(_("Organ"), edit())
        self.basis: Combo = combo([(vocabulary().title("power_basis", key), key) for key in get_args(Basis)], on=lambda _v: self._of_basis())
        self.for_organ = field(_("Entrusted by (decides in its name)"), edit())
        self.article = field(_("Article it rests on"), edit("", _("law, article, paragraph")))
        self.years = field(_("Limitation in years"), edit("", _("empty: the general one")))
        self.refusal = para("", "small", "late", lead=1.5)
        self.penalties: list[PenaltyLine] = []
        self._lines = vbox(gap=10)
        self.more = button(_("Another penalty"), "quiet", "plus", on=lambda: self._add(Range(kind="fine")))
        self.keep = button(_("Put into the list"), "primary", "check", "Ctrl+Return", on=self.submit)
        body = vbox(hbox((vbox(self.number, None), 1), (vbox(self.years, None), 1), gap=8), self.cause, self.organ,
                    field(_("Whose power it is"), self.basis), self.for_organ, self.article, text(_("Penalties"), "small", "ink2"), self._lines,
                    hbox(self.more, None), None, gap=10, margins=(0, 0, 14, 0))
        foot = hbox(None, button(_("Do not change"), "quiet", on=left), self.keep, gap=8)
        self.setLayout(vbox((scroll(content(body), _("A power")), 1), self.refusal, foot, gap=8))

    def begin(self, power: Power | None, number: str, organ: str, taken: frozenset[str]) -> None:
        """Start from a row, or from the next number and the organ of the others. `taken` are the numbers of the other rows."""
        one, self._taken = power or Power(number=number, cause="", organ=organ, penalty=(Range(kind="fine"),)), taken
        for part, words in ((self.number, one.number), (self.cause, one.cause), (self.organ, one.organ), (self.for_organ, one.for_organ),
                            (self.article, one.article), (self.years, str(one.years) if one.years else "")):
            _edit(part).setText(words)
            part.tell("")
        self.basis.choose(one.basis)
        self._of_basis()
        empty(self._lines)
        self.penalties = []
        for part_ in one.penalty:
            self._add(part_)
        self.refusal.hide()
        _edit(self.cause if power is None else self.number).setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, one: Range) -> None:
        line = PenaltyLine(one, self._drop)
        self.penalties.append(line)
        self._lines.addWidget(line)
        line.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self, line: PenaltyLine) -> None:
        self.penalties.remove(line)
        line.hide()
        line.deleteLater()
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)

    def _of_basis(self) -> None:
        self.for_organ.setVisible(self.basis.value() == ENTRUSTED)

    def submit(self) -> None:
        """Put the power into the list that is being drafted, if all is well written."""
        if not self._sound():
            return
        basis = next(one for one in get_args(Basis) if one == self.basis.value())
        self._kept(Power(number=_words(self.number), cause=_words(self.cause), organ=_words(self.organ), basis=basis,
                         for_organ=_words(self.for_organ) if basis == ENTRUSTED else "", article=_words(self.article),
                         years=int(_words(self.years) or 0), penalty=tuple(one.value() for one in self.penalties)))

    def _sound(self) -> bool:
        wanted = [self.number, self.cause, self.organ, *([self.for_organ] if self.basis.value() == ENTRUSTED else [])]
        faults = [(one, _("Please fill this in")) for one in wanted if not _words(one)]
        if _words(self.number) in self._taken:
            faults.append((self.number, _("This number is taken already")))
        if (years := _words(self.years)) and not (years.isdecimal() and int(years) <= 100):
            faults.append((self.years, _("Please write a number of years")))
        for one in (*wanted, self.years):
            one.tell("")
        for one, told in faults:
            one.tell("bad", told)
        wrong = next((fault for line in self.penalties if (fault := line.fault()) is not None), None)
        self.refusal.setText(_("Amounts are written in yuan, the least before the most.") if wrong is not None
                             else "" if self.penalties else _("Name at least one penalty."))
        self.refusal.setVisible(bool(self.refusal.text()))
        first = _edit(faults[0][0]) if faults else wrong
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        return not faults and wrong is None and bool(self.penalties)


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control


def _words(one: Field) -> str:
    return _edit(one).text().strip()


def _is_yuan(words: str) -> bool:
    try:
        read_yuan(words)
    except ValueError:
        return False
    return True
