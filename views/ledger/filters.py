"""What narrows the entries: words, time, person, kind of act, result; from, to and case number in a second row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.audit.entries import EntryFilter
from desktop.clock import stamp
from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from models.terms import Outcome
from views.common import Field, combo, content, edit, field, frame, hbox, search_box, toggle, vbox
from views.terms import read_day

PERIODS = ("all", "today", "week", "month")


class Filters(QWidget):
    """`changed` comes on Enter, a choice, or a date left; `narrowed` is what is asked for, the case number apart."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = search_box(_("Words in the entries"), name=_("Words in the entries"), on=lambda _words: self.changed.emit())
        tell = self._choose
        periods = list(zip((_("All time"), _("Since midnight"), _("Last 7 days"), _("This month")), PERIODS, strict=True))
        self.period = combo(periods, _("Time"), tell)
        self.person = combo([(_("All people"), "")], _("Person"), tell)
        self.kind = combo([(_("All acts"), ""), *_kinds()], _("Kind of entry"), tell)
        outcomes = ((_("All results"), None), (_("Refused only"), Outcome.REFUSED), (_("Done only"), Outcome.DONE),
                    (_("Cancelled only"), Outcome.CANCELLED), (_("Failed only"), Outcome.FAILED))
        self.outcome = combo(outcomes, _("Result"), tell)
        self.more = toggle("funnel-simple", _("More: from, to, case number"))
        self.more.toggled.connect(self._show_more)
        self.since, self.until = edit(example="2026-11-01"), edit(example="2026-11-30")
        self.case = edit(example="西财罚〔2026〕17号")
        self.since_field = field(_("From"), self.since, check=lambda: _day(self.since.text()))
        self.until_field = field(_("To, this day included"), self.until, check=lambda: _day(self.until.text()))
        self.case_field: Field = field(_("Case number"), self.case)
        for one in (self.since, self.until, self.case):
            one.returnPressed.connect(self.changed)
        self.second = frame(hbox((vbox(self.since_field, None), 1), (vbox(self.until_field, None), 1), (vbox(self.case_field, None), 2),
                                 gap=16, margins=(16, 8, 16, 8)), "plain", _("More filters"))
        self.second.hide()
        first = hbox((self.words, 1), self.period, self.person, self.kind, self.outcome, self.more, gap=8)
        self.setLayout(vbox(content(first), self.second, gap=8))

    def offer_people(self, names: Sequence[str]) -> None:
        """Who may be chosen; the one chosen stays."""
        self.person.offer([(_("All people"), ""), *((name, name) for name in names)])

    def clear(self) -> None:
        """Everything again."""
        for one in (self.words, self.since, self.until, self.case):
            one.clear()
        for choice in (self.period, self.person, self.kind, self.outcome):
            choice.setCurrentIndex(0)
        self.case_field.tell("")
        self.changed.emit()

    @property
    def active(self) -> bool:
        """Whether anything narrows the list."""
        return self.narrowed(datetime.now(BEIJING)) != EntryFilter() or bool(self.case_number)

    @property
    def case_number(self) -> str:
        return self.case.text().strip() if self.more.isChecked() else ""

    def narrowed(self, now: datetime) -> EntryFilter:
        """The filter as it stands; a day that cannot be read is told under its field and does not narrow."""
        outcome = self.outcome.value()  # Qt keeps it as plain text
        asked = EntryFilter(person=str(self.person.value()), act=str(self.kind.value()), text=self.words.text().strip(),
                            outcome=Outcome(str(outcome)) if outcome else None, since=_since(str(self.period.value()), now))
        if not self.more.isChecked():
            return asked
        since, until = _begin(self.since.text(), 0), _begin(self.until.text(), 1)
        return replace(asked, since=since or asked.since, until=until or asked.until)

    def _choose(self, _value: object) -> None:
        self.changed.emit()

    def _show_more(self, on: bool) -> None:
        self.second.setVisible(on)
        if on:
            self.since.setFocus()
        elif self.since.text() or self.until.text() or self.case.text():
            self.changed.emit()


def _kinds() -> list[tuple[str, object]]:
    return [(_("Requests and decisions"), "requests."), (_("Opening, playing, copying"), "media."), (_("Marks"), "annotations."),
            (_("Deposit"), "intake."), (_("Case folders"), "cases."), (_("Records"), "records."), (_("Search"), "search."),
            (_("People and sign-in"), "people."), (_("Ledger and verification"), "ledger."), (_("Settings"), "settings.")]


def _since(period: str, now: datetime) -> str:
    today = now.astimezone(BEIJING).replace(hour=0, minute=0, second=0, microsecond=0)
    begin = {"today": today, "week": today - timedelta(days=6), "month": today.replace(day=1)}.get(period)
    return stamp(begin) if begin else ""


def _begin(written: str, later: int) -> str:
    """The stamp of midnight of the day, or of the day after; nothing for nothing and for what is no day."""
    try:
        day = read_day(written)
    except ValueError:
        return ""
    return stamp(datetime.fromisoformat(day).replace(tzinfo=BEIJING) + timedelta(days=later)) if day else ""


def _day(written: str) -> tuple[str, str]:
    try:
        read_day(written)
    except ValueError:
        return "bad", _("Write the day as 2026-11-01")
    return "", ""
