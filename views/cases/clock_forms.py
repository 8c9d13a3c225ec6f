"""Stating that a limit is another one: an exception of the regulation's own list, or another provision that goes before it."""

from __future__ import annotations

from datetime import date
from typing import get_args

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.rules import DeadlineRule, Unit
from desktop.policy.verdicts import Clock
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import ReasonLine
from models.facts import Claim
from views.cases.side_form import SideForm
from views.common import Check, Combo, Edit, Field, Verdict, combo, edit, field, hbox, para, vbox
from views.common.layout import content, empty, fill
from views.terms import read_day


def unit_words(unit: str) -> str:
    return {"hour": _("hours"), "day": _("days"), "working_day": _("working days"), "month": _("months"), "year": _("years")}[unit]


def rank_words(rank: str) -> str:
    return {"law": _("a law"), "regulation": _("a regulation"), "rule": _("a rule"), "normative": _("a normative paper")}[rank]


class ClaimForm(SideForm):
    """移交例外: kinds of the regulation's own list, who claims it, why."""

    def __init__(self) -> None:
        super().__init__(_("Claim the exception"), "check", _("Claim an exception to the limit"))
        self.ground = para("", "small", "ink2", lead=1.5)
        self.what = field(_("Which exception"), combo([]))
        self.who = field(_("Who claims it"), edit("", _("name of the officer")), check=self._check_who)
        self.back = Check(_("Take back the exception that stands"))
        self.back.toggled.connect(self._turn)
        self.lay(self.ground, self.what, self.who, self.back)

    def begin(self, clock: Clock, limit: DeadlineRule, there: Claim | None, may: Verdict) -> None:
        """Start from what stands, if anything."""
        words = vocabulary()
        self.ground.setText(_("{article} lists these exceptions; another one is not accepted.").format(article=clock.ground.article))
        choice = _combo(self.what)
        choice.offer([(words.title("exception", key), key) for key in limit.exceptions])
        choice.choose(there.kind if there else None)
        _edit(self.who).setText(there.claimant if there else "")
        self.back.setVisible(there is not None)
        self.back.setChecked(False)
        self.begin_anew(True, may)
        choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, back: bool) -> None:
        self.what.setEnabled(not back)
        self.who.setEnabled(not back)
        self.send.say(_("Take back") if back else _("Claim the exception"))

    def _check_who(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or self.claimant else ("bad", _("Please write who claims it"))

    def sound(self) -> bool:
        self.who.tell(*self._check_who())
        return self.takes_back or bool(self.claimant)

    @property
    def takes_back(self) -> bool:
        return self.back.isChecked()

    @property
    def kind(self) -> str:
        return str(_combo(self.what).value() or "")

    @property
    def claimant(self) -> str:
        return _edit(self.who).text().strip()


class OverrideForm(SideForm):
    """从其规定: another number and unit, the provision that sets it, and its rank; a normative paper is offered and refused with the article."""

    def __init__(self) -> None:
        super().__init__(_("State the other limit"), "check", _("Another provision on this limit"))
        self._head = vbox(gap=4)
        self.amount = field(_("Number"), edit("", "30"), check=self._check_number)
        self.of = field(_("Unit"), combo([(unit_words(one), one) for one in get_args(Unit)]))
        self.by = field(_("Provision, with its article"), edit(), check=self._check_cites)
        self.is_a = field(_("It is"), combo([(rank_words(one), one) for one in ("law", "regulation", "rule", "normative")]))
        self.back = Check(_("Take back the other limit: the regulation’s own runs again"))
        self.back.toggled.connect(self._turn)
        self.lay(content(self._head), hbox((vbox(self.amount, None), 1), (vbox(self.of, None), 1), gap=12), self.by, self.is_a, self.back)

    def begin(self, clock: Clock, standing: ReasonLine | None, may: Verdict) -> None:
        """Start from the other limit that stands, if any."""
        empty(self._head)
        fill(self._head, [para(_("{article} gives way to other provisions:").format(article=clock.ground.article), "small", "ink2", lead=1.5),
                          para(f"“{clock.ground.text}”", "body", "ink", "serif")])
        facts = standing.facts if standing else {}
        _edit(self.amount).setText(str(facts.get("number", "")))
        _combo(self.of).choose(facts.get("unit", "day"))
        _edit(self.by).setText(standing.reason if standing else "")
        _combo(self.is_a).choose(facts.get("rank", "law"))
        self.back.setVisible(standing is not None)
        self.back.setChecked(False)
        self.begin_anew(False, may)
        _edit(self.amount).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, back: bool) -> None:
        for one in (self.amount, self.of, self.by, self.is_a):
            one.setEnabled(not back)
        self.why.setVisible(back)
        self.send.say(_("Take back") if back else _("State the other limit"))

    def _check_number(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or self.number > 0 else ("bad", _("Please write a whole number above zero"))

    def _check_cites(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or self.cites else ("bad", _("Please name the provision and its article"))

    def sound(self) -> bool:
        self.amount.tell(*self._check_number())
        self.by.tell(*self._check_cites())
        return self.takes_back or (self.number > 0 and bool(self.cites))

    @property
    def takes_back(self) -> bool:
        return self.back.isChecked()

    @property
    def number(self) -> int:
        words = _edit(self.amount).text().strip()
        return int(words) if words.isdecimal() else 0

    @property
    def unit(self) -> str:
        return str(_combo(self.of).value())

    @property
    def cites(self) -> str:
        return _edit(self.by).text().strip()

    @property
    def rank(self) -> str:
        return str(_combo(self.is_a).value())


class ExtendForm(SideForm):
    """延长: by how many of the units that the limit counts in, who approved it, on which day, and why."""

    def __init__(self) -> None:
        super().__init__(_("Enter the extension"), "check", _("An approved extension of this limit"))
        self._head = vbox(gap=4)
        self.amount = field(_("Longer by"), edit("", "30"), check=self._check_number)
        self.who = field(_("Who approved it"), edit(), check=self._check_who)
        self.day = field(_("Approved on"), edit("", "2026-11-02"), check=self._check_day)
        self.back = Check(_("Take back the newest extension"))
        self.back.toggled.connect(self._turn)
        self.lay(content(self._head), self.amount, self.who, self.day, self.back)

    def begin(self, clock: Clock, limit: DeadlineRule, standing: ReasonLine | None, may: Verdict) -> None:
        """As far as the article allows, by whom it names."""
        empty(self._head)
        fill(self._head, [para(_("{article} allows an extension approved by {who}, in {unit}.").format(
            article=clock.ground.article, who=limit.extension_by, unit=unit_words(limit.unit)), "small", "ink2", lead=1.5)])
        _edit(self.amount).clear()
        _edit(self.who).setText(limit.extension_by)
        _edit(self.day).clear()
        self.back.setVisible(standing is not None)
        self.back.setChecked(False)
        self.begin_anew(True, may)
        _edit(self.amount).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, back: bool) -> None:
        for one in (self.amount, self.who, self.day):
            one.setEnabled(not back)
        self.send.say(_("Take back") if back else _("Enter the extension"))

    def _check_number(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or self.number > 0 else ("bad", _("Please write a whole number above zero"))

    def _check_who(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or self.approver else ("bad", _("Please write who approved it"))

    def _check_day(self) -> tuple[str, str]:
        try:
            day = read_day(_edit(self.day).text())
        except ValueError:
            day = None
        return ("", "") if self.takes_back or day else ("bad", _("Please write a day like 2026-10-20"))

    def sound(self) -> bool:
        for one, check in ((self.amount, self._check_number), (self.who, self._check_who), (self.day, self._check_day)):
            one.tell(*check())
            if check()[0]:
                one.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    @property
    def takes_back(self) -> bool:
        return self.back.isChecked()

    @property
    def number(self) -> int:
        words = _edit(self.amount).text().strip()
        return int(words) if words.isdecimal() else 0

    @property
    def approver(self) -> str:
        return _edit(self.who).text().strip()

    @property
    def on(self) -> date:
        return date.fromisoformat(read_day(_edit(self.day).text()) or "")


def _combo(one: Field) -> Combo:
    assert isinstance(one.control, Combo)
    return one.control


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control
