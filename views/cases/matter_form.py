"""违法行为和处罚: which row of the list of powers the case rests on, in whose name it was decided, which penalties, and the days of the act."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import _
from desktop.policy.powers import PowerList, read_yuan, yuan
from desktop.policy.vocabulary import vocabulary
from models.facts import Matter, Penalty
from views.cases.side_form import SideForm, Ticks
from views.common import Combo, Edit, Field, Verdict, combo, edit, field, hbox, para, segmented, text, vbox
from views.common.layout import content
from views.terms import read_day

MONEY = ("fine", "gains")  # penalties that have an amount
_GRAVE: tuple[bool | None, ...] = (True, False, None)


class MatterForm(SideForm):
    """What the marking compares with the list of powers (V1, V7), and from which day a late start is counted (A6)."""

    def __init__(self) -> None:
        super().__init__(_("Save what was decided"), "check", _("Act and penalties"), wide=True)
        self.listed: PowerList | None = None
        self.before = Matter()
        self.hint = para("", "small", "ink3", lead=1.5)
        self.power = field(_("Row of the list of powers"), combo([], on=lambda _v: self._of_power()))
        self.organ = field(_("Decided in the name of"), edit())
        self.penalties = Ticks(_("Penalties decided"), _("Other penalties …"), across=2)
        self.penalties.changed.connect(self._of_penalties)
        words = vocabulary()
        self.amounts = {key: field(_("{penalty}, yuan").format(penalty=words.title("penalty", key)), edit("", "2000.00"),
                                   check=lambda key=key: self._check_amount(key)) for key in MONEY}
        self.ended = field(_("The act ended on"), edit("", "2026-03-02"), check=lambda: _check_day(self.ended))
        self.discovered = field(_("Discovered on"), edit("", "2026-03-09"), check=lambda: _check_day(self.discovered))
        self.grave = segmented([_("Yes"), _("No"), _("Not answered")], 2, _("Life, health or financial security, with harm done"))
        grave = vbox(text(_("Life, health or financial security, with harm done"), "small", "ink2"), hbox(self.grave, None), gap=4)
        left = vbox(self.power, self.organ, _beside(self.ended, self.discovered), grave, None, gap=10)
        right = vbox(self.penalties, _beside(*self.amounts.values()), None, gap=10)
        self.lay(self.hint, content(hbox((left, 1), (right, 1), gap=24)))

    def begin(self, listed: PowerList | None, there: Matter | None, may: Verdict) -> None:
        """Start from what was stated of the case, if anything."""
        self.listed, self.before = listed, there or Matter()
        rows = [(f"{one.number} · {one.cause}", one.number) for one in (listed.power if listed is not None else [])]
        known = {number for _words, number in rows}
        own = [] if self.before.power in known or not self.before.power else [(self.before.power, self.before.power)]
        _combo(self.power).offer([(_("not chosen"), ""), *rows, *own])
        _combo(self.power).choose(self.before.power)
        self.hint.setText("" if rows else _("The agency’s list of powers is empty (Rules → Powers); the row can be chosen once it is filled."))
        self.hint.setVisible(not rows)
        _edit(self.organ).setText(self.before.organ)
        amounts = {one.kind: yuan(one.fen) for one in self.before.penalties if one.fen is not None}
        for key, one in self.amounts.items():
            _edit(one).setText(amounts.get(key, ""))
            one.tell("")
        for one, day in ((self.ended, self.before.act_ended), (self.discovered, self.before.discovered)):
            _edit(one).setText(day.isoformat() if day else "")
            one.tell("")
        self.grave.choose(_GRAVE.index(self.before.grave))
        self._offer_penalties(frozenset(one.kind for one in self.before.penalties))
        self.begin_anew(there is not None, may)
        _combo(self.power).setFocus(Qt.FocusReason.OtherFocusReason)

    def _of_power(self) -> None:
        """Another row: its organ, where none is written yet, and its penalties first."""
        row = self.listed.row(str(_combo(self.power).value())) if self.listed is not None else None
        if row is not None and not _edit(self.organ).text().strip():
            _edit(self.organ).setText(row.decides)
        self._offer_penalties(self.penalties.value)

    def _offer_penalties(self, on: frozenset[str]) -> None:
        words = [(key, term.title) for key, term in vocabulary().keys("penalty").items()]
        row = self.listed.row(str(_combo(self.power).value())) if self.listed is not None else None
        own = {one.kind for one in row.penalty} if row is not None else {"warning", "criticism", "fine", "gains", "goods"}
        self.penalties.offer([one for one in words if one[0] in own], [one for one in words if one[0] not in own], on)
        self._of_penalties()

    def _of_penalties(self) -> None:
        for key, one in self.amounts.items():
            one.setVisible(key in self.penalties.value)

    @property
    def matter(self) -> Matter:
        """What is written; `sound` was asked before."""
        penalties = tuple(Penalty(key, self._fen(key)) for key in vocabulary().keys("penalty") if key in self.penalties.value)
        return Matter(str(_combo(self.power).value() or ""), _edit(self.organ).text().strip(), penalties, _day(self.ended), _day(self.discovered),
                      _GRAVE[self.grave.chosen])

    def sound(self) -> bool:
        checks = [(self.ended, _check_day(self.ended)), (self.discovered, _check_day(self.discovered)),
                  *((one, self._check_amount(key)) for key, one in self.amounts.items())]
        for one, told in checks:
            one.tell(*told)
        wrong = next((one for one, told in checks if told[0] == "bad"), None)
        if wrong is not None:
            wrong.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def _fen(self, key: str) -> int | None:
        written = _edit(self.amounts[key]).text().strip() if key in self.amounts else ""
        return read_yuan(written) if written else None

    def _check_amount(self, key: str) -> tuple[str, str]:
        try:
            self._fen(key)
        except ValueError:
            return ("bad", _("Please write an amount in yuan like 2000.00")) if key in self.penalties.value else ("", "")
        return "", ""


def _beside(*fields: Field) -> QHBoxLayout:
    """Fields on one line, their controls at one height."""
    return hbox(*((vbox(one, None), 1) for one in fields), gap=12)


def _check_day(one: Field) -> tuple[str, str]:
    try:
        _day(one)
    except ValueError:
        return "bad", _("Please write a day like 2026-10-20")
    return "", ""


def _day(one: Field) -> date | None:
    written = read_day(_edit(one).text())
    return date.fromisoformat(written) if written else None


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control


def _combo(one: Field) -> Combo:
    assert isinstance(one.control, Combo)
    return one.control
