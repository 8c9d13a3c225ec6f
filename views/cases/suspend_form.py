"""Entering a stretch that a limit leaves out (检测, 鉴定, 听证 …): of the article's own list, from when until when, on what ground, told to whom;
or correcting one, or taking it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.rules import DeadlineRule
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import SuspensionDraft, SuspensionLine
from views.cases.side_form import SideForm
from views.common import Check, Combo, Edit, Field, Verdict, combo, edit, field, hbox, para, vbox
from views.common.layout import content, empty, fill
from views.terms import read_day


def stretch_words(draft: SuspensionDraft) -> str:
    """检测 2026-10-28 至 2026-11-04."""
    kind = vocabulary().title("suspension", draft.kind)
    if draft.end is None:
        return _("{kind} since {start}, not over").format(kind=kind, start=draft.start.isoformat())
    return _("{kind} {start} to {end}").format(kind=kind, start=draft.start.isoformat(), end=draft.end.isoformat())


class SuspendForm(SideForm):
    """`line` is the stretch that is corrected, None for a new one."""

    def __init__(self) -> None:
        super().__init__(_("Enter the stretch"), "check", _("A stretch that the limit leaves out"))
        self.line: SuspensionLine | None = None
        self._must_tell = False
        self._head = vbox(gap=4)
        self.what = field(_("What took the time"), combo([]))
        self.start = field(_("First day of it"), edit("", "2026-10-28"), check=lambda: self._check_day(self.start, True))
        self.end = field(_("Last day of it"), edit("", _("empty while it lasts")), check=lambda: self._check_day(self.end, False))
        self.how = para(_("The first day still counts; from the day after it until the last, days are left out."), "small", "ink3", lead=1.5)
        self.ground = field(_("Written ground"), edit("", _("e.g. number of the order for the test, and why")), check=self._check_ground)
        self.whom = field(_("Told in writing"), edit(), check=self._check_whom)
        self.told = field(_("Told on"), edit("", "2026-10-28"), check=lambda: self._check_day(self.told, self._must_tell))
        self.back = Check(_("Take this stretch back: its days count again"))
        self.back.toggled.connect(self._turn)
        days = hbox((vbox(self.start, None), 1), (vbox(self.end, None), 1), gap=12)
        notice = hbox((vbox(self.whom, None), 1), (vbox(self.told, None), 1), gap=12)
        self.lay(content(self._head), self.what, days, self.how, self.ground, notice, self.back)

    def begin(self, limit: DeadlineRule, article: str, line: SuspensionLine | None, may: Verdict) -> None:
        """Start from the stretch that stands, or from nothing; `article` is the one that leaves it out."""
        self.line, self._must_tell = line, bool(limit.suspension_told)
        empty(self._head)
        told = _("{article} leaves these out of the limit; another kind is not accepted:") if not limit.suspension_told else _(
            "{article} leaves these out of the limit and wants {whom} told in writing; another kind is not accepted:")
        fill(self._head, [para(told.format(article=article, whom=limit.suspension_told), "small", "ink2", lead=1.5),
                          para(f"“{limit.suspension_text or limit.text}”", "body", "ink", "serif")])
        words, draft = vocabulary(), line.draft if line else None
        choice = _combo(self.what)
        choice.offer([(words.title("suspension", key), key) for key in limit.suspensions])
        choice.choose(draft.kind if draft else limit.suspensions[0])
        for one, day in ((self.start, draft and draft.start), (self.end, draft and draft.end), (self.told, draft and draft.told_on)):
            _edit(one).setText(day.isoformat() if day else "")
            one.tell("")
        _edit(self.ground).setText(draft.reason if draft else "")
        _edit(self.whom).setText(draft.told if draft else "")
        for one in (self.ground, self.whom):
            one.tell("")
        self.back.setVisible(line is not None)
        self.back.setChecked(False)
        self._turn(False)
        self.begin_anew(line is not None, may)
        (_edit(self.end) if draft and draft.end is None else choice).setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, back: bool) -> None:
        for one in (self.what, self.start, self.end, self.ground, self.whom, self.told):
            one.setEnabled(not back)
        self.send.say(_("Take back") if back else _("Correct the stretch") if self.line else _("Enter the stretch"))

    # What is wrong with it
    def _check_day(self, one: Field, must: bool) -> tuple[str, str]:
        try:
            day = read_day(_edit(one).text())
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20")
        if day is None and must and not self.takes_back:
            return "bad", _("Please write a day like 2026-10-20")
        _edit(one).setText(day or "")
        if one is self.end and day and (begun := self._day(self.start)) and date.fromisoformat(day) < begun:
            return "bad", _("This is before the day on which it began")
        return "", ""

    def _check_ground(self) -> tuple[str, str]:
        return ("", "") if self.takes_back or _edit(self.ground).text().strip() else ("bad", _("Please write the ground"))

    def _check_whom(self) -> tuple[str, str]:
        there = self.takes_back or not self._must_tell or _edit(self.whom).text().strip()
        return ("", "") if there else ("bad", _("Please write who was told"))

    def sound(self) -> bool:
        if self.takes_back:
            return True
        checks = ((self.start, self._check_day(self.start, True)), (self.end, self._check_day(self.end, False)), (self.ground, self._check_ground()),
                  (self.whom, self._check_whom()), (self.told, self._check_day(self.told, self._must_tell)))
        for one, said in checks:
            one.tell(*said)
        bad = next((one for one, said in checks if said[0]), None)
        if bad is not None:
            bad.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return bad is None

    @property
    def takes_back(self) -> bool:
        return self.back.isChecked()

    def draft(self) -> SuspensionDraft:
        """What is written; only where it is sound."""
        start = self._day(self.start)
        assert start is not None
        return SuspensionDraft(str(_combo(self.what).value()), start, self._day(self.end), _edit(self.ground).text().strip(),
                               _edit(self.whom).text().strip(), self._day(self.told))

    def _day(self, one: Field) -> date | None:
        try:
            day = read_day(_edit(one).text())
        except ValueError:
            return None
        return date.fromisoformat(day) if day else None


def _combo(one: Field) -> Combo:
    assert isinstance(one.control, Combo)
    return one.control


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control
