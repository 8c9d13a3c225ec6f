"""Short forms on the end of a case: kind and day of the end, years of keeping, and a reason alone; they stand open in their panels."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.vocabulary import vocabulary
from views.cases.side_form import ReasonField
from views.common import Check, Edit, Verdict, button, combo, edit, field, hbox, para, vbox
from views.terms import read_day


class _Short(QWidget):
    """Fields, a button, and below it why it is closed or was refused."""

    sent = Signal()

    def __init__(self, verb: str, icon: str, *fields: QWidget) -> None:
        super().__init__()
        self.send = button(verb, "", icon, on=self._send)
        self.refusal = para("", "small", "late", lead=1.5)
        self.refusal.hide()
        self.first: QWidget = self.send
        self.setLayout(vbox(*fields, self.refusal, hbox(None, self.send), gap=8))

    def _sound(self) -> bool:
        return True

    def _send(self) -> None:
        if self._sound():
            self.refuse("")
            self.sent.emit()

    def _open(self, may: Verdict) -> None:
        self.send.heed(may)
        self.refuse("" if may.allowed else may.reason, "ink3")

    def refuse(self, words: str, ink: str = "late") -> None:
        """Why not, in its place."""
        self.refusal.setText(words)
        self.refusal.set_ink(ink)
        self.refusal.setVisible(bool(words))


class ReasonForm(_Short):
    """A reason and a button."""

    def __init__(self, verb: str, icon: str, label: str) -> None:
        self.why = ReasonField(label)
        self.why.caption.setText(label)  # several stand on one page: a letter can lead to one of them only
        super().__init__(verb, icon, self.why)
        self.first = self.why.area

    def begin(self, may: Verdict) -> None:
        self.why.begin()
        self.why.setVisible(may.allowed)
        self._open(may)

    def _sound(self) -> bool:
        return self.why.sound()


class EndingForm(_Short):
    """行政执法行为终结: how and on which day; who states it signs."""

    def __init__(self) -> None:
        ends = [(term.title, key) for key, term in vocabulary().keys("end").items()]
        self.how, self.on = combo(ends), edit("", "2026-11-19")
        self._how = field(_("How it ended"), self.how)
        self._on = field(_("On which day"), self.on, check=self._check_day)
        super().__init__(_("State the end and sign …"), "signature", self._how, self._on)
        self.first = self.how

    def begin(self, today: date, may: Verdict) -> None:
        """Today is offered."""
        if not self.on.text():
            self.on.setText(today.isoformat())
        self._on.tell("")
        for one in (self._how, self._on):
            one.setVisible(may.allowed)
        self._open(may)

    def _check_day(self) -> tuple[str, str]:
        try:
            day = read_day(self.on.text())
        except ValueError:
            day = None
        return ("", "") if day else ("bad", _("Please write a day like 2026-10-20"))

    def _sound(self) -> bool:
        self._on.tell(*self._check_day())
        return not self._check_day()[0]

    @property
    def kind(self) -> str:
        return str(self.how.value())

    @property
    def day(self) -> date:
        return date.fromisoformat(read_day(self.on.text()) or "")


class RetentionForm(_Short):
    """保管期限: so many years, or for ever; with a reason."""

    def __init__(self) -> None:
        self.ever = Check(_("For ever"))
        self.number: Edit = edit("", "30")
        self._number = field(_("Years"), self.number, check=self._check)
        self.why = ReasonField(_("Reason of this period"), lines=1)
        self.why.caption.setText(_("Reason of this period"))
        super().__init__(_("Set the period"), "check", self._number, self.ever, self.why)
        self.first = self.number
        self.ever.toggled.connect(lambda on: self.number.setEnabled(not on))

    def begin(self, years: int | None, may: Verdict) -> None:
        """As it is set now."""
        self.number.setText(str(years) if years else "")
        self.ever.setChecked(years == 0)
        self._number.tell("")
        self.why.begin()
        for one in (self._number, self.ever, self.why):
            one.setVisible(may.allowed)
        self._open(may)

    def _check(self) -> tuple[str, str]:
        words = self.number.text().strip()
        return ("", "") if self.ever.isChecked() or (words.isdecimal() and int(words) > 0) else ("bad", _("Please write a whole number above zero"))

    def _sound(self) -> bool:
        self._number.tell(*self._check())
        return not self._check()[0] and self.why.sound()

    @property
    def years(self) -> int:
        """0 is for ever."""
        return 0 if self.ever.isChecked() else int(self.number.text())


