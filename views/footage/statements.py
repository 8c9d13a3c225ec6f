"""Written statements: the form that is drafted with the exact stretch and signed, and those that were signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.procedure import StatementDraft, StatementLine
from models.terms import ActivityId, ComponentId, StatementKind
from views.common import Button, button, chip, combo, field, hbox, para, quote, rule, scroll, text, text_area, vbox
from views.common.layout import content, empty, fill
from views.footage.forms import SideForm, choice, terms
from views.footage.moments import MomentField
from views.footage.words import gap_words
from views.terms import office_time

BLANK = "______"  # where the archive leaves the reason open


def kind_words(kind: StatementKind) -> str:
    """未摄录原因说明, 中止说明, 逾期移交说明."""
    return {
        StatementKind.NOT_RECORDED: _("Statement why nothing was recorded"),
        StatementKind.INTERRUPTION: _("Statement on an interruption"),
        StatementKind.LATE_DEPOSIT: _("Statement on a late deposit"),
    }[kind]


@dataclass(frozen=True)
class Subject:
    """What a statement is to be about, with the exact stretch."""

    kind: StatementKind
    activity: ActivityId | None = None
    component: ComponentId | None = None
    start: datetime | None = None
    end: datetime | None = None
    cause: str = ""


class StatementForm(SideForm):
    """The words come from the archive with the stretch in them; `asked` tells what they are to be about. They may be completed."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Sign the statement"), "signature", _("Statement"))
        self.subject: Subject | None = None
        self._draft: StatementDraft | None = None
        self.about = para("", "small", "ink2", lead=1.5)
        causes: list[tuple[str, object]] = [(_("not known yet"), ""), *((words, key) for key, words in terms("cause"))]
        self.cause = combo(causes, _("Cause of the interruption"), on=lambda _v: self._ask())
        self.cause_field = field(_("Cause of the interruption"), self.cause, mnemonic="C")
        self.reported = MomentField(_("Reported at"), self._near)
        self.words = text_area(lines=9)
        self.words_field = field(_("The statement, as it will be printed"), self.words, _("Complete it where a line is open."), mnemonic="W")
        self.lay(self.about, self.cause_field, self.reported, self.words_field)

    def begin(self, subject: Subject, report_to: str) -> None:
        """Ask for the draft; `report_to` is whom the text wants told at once."""
        self.subject, self._draft = subject, None
        interruption = subject.kind is StatementKind.INTERRUPTION
        stretch = gap_words(subject.start, subject.end) if interruption and subject.start and subject.end else ""
        self.about.setText(stretch)
        self.about.setVisible(bool(stretch))
        self.cause.choose(subject.cause)
        self.cause_field.setVisible(interruption)
        self.reported.caption.setText(_("Reported to {role} at").format(role=report_to))
        self.reported.entry.setAccessibleName(self.reported.caption.full)
        self.reported.show_moment(None)
        self.reported.setVisible(bool(report_to) and interruption)
        self.words.setPlainText("")
        self.begin_form()
        self.send.allow(False, _("The draft is being written"))
        self._ask()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self, subject: Subject, draft: StatementDraft) -> None:
        """The words with what is known already; what somebody completed meanwhile stays."""
        if subject != self._wanted():
            return
        before, self._draft = self._draft, draft
        if before is None or self.words.toPlainText() == before.text:
            self.words.setPlainText(draft.text)
            self.words.find(BLANK)  # chosen, so that typing fills it in
        else:  # another cause in a text that was completed: only its own words change
            words = dict(terms("cause"))
            self.words.setPlainText(self.words.toPlainText().replace(words.get(before.cause, "—"), words.get(draft.cause, "—"), 1))
            self._draft = replace(draft, text=before.text)
        self.send.allow(True)

    def signed(self) -> StatementDraft:
        """What is to be signed."""
        assert self._draft is not None
        return replace(self._draft, text=self.words.toPlainText().strip(), cause=choice(self.cause), reported=self.reported.moment())

    def faults(self) -> list[QWidget]:
        words = self.words.toPlainText()
        if not words.strip() or BLANK in words:
            self.words_field.tell("bad", _("The reason is still open: write it where the line is"))
            return [self.words]
        self.words_field.tell("")
        return [] if self.reported.sound else [self.reported.entry]

    def _wanted(self) -> Subject | None:
        return replace(self.subject, cause=choice(self.cause)) if self.subject else None

    def _ask(self) -> None:
        if self.subject is not None:
            self.asked.emit(self._wanted())

    def _near(self) -> date:
        at = self.subject.start if self.subject else None
        return at.astimezone(BEIJING).date() if at else date(2000, 1, 1)


class Statements(QWidget):
    """Signed statements of an activity and its recordings in Song, also withdrawn ones; `begun` tells a kind, `withdrawn` a line."""

    begun = Signal(object)
    withdrawn = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._box = vbox(gap=10, margins=(0, 0, 14, 0))
        self.place = scroll(content(self._box), _("Statements"))
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = {StatementKind.NOT_RECORDED: _("Why nothing was recorded"), StatementKind.LATE_DEPOSIT: _("Why it came late")}
        self.buttons: dict[StatementKind, Button] = {
            kind: button(words[kind], "", "note", on=partial(self.begun.emit, kind)) for kind in words}
        self.setLayout(vbox((self.place, 1), hbox(*((one, 1) for one in self.buttons.values()), gap=8), gap=8))

    def show_statements(self, lines: Sequence[StatementLine], now: datetime, may_withdraw: bool) -> None:
        """Show them in the order in which they were signed."""
        empty(self._box)
        parts: list[object] = []
        for line in lines:
            parts += [*([rule()] if parts else []), *self._statement(line, now, may_withdraw)]
        none = _("Nothing is stated in writing. An interruption is explained beside it, under coverage.")
        fill(self._box, [*(parts or [para(none, "body", "ink2")]), None])

    def _statement(self, line: StatementLine, now: datetime, may_withdraw: bool) -> list[object]:
        head: list[object] = [(text(kind_words(line.draft.kind), "strong", elide=True), 1)]
        if line.withdrawn_at:
            head.append(chip(_("taken back"), "quiet"))
        elif may_withdraw:
            back = button(_("Take it back"), "quiet", "arrow-u-up-left", on=partial(self.withdrawn.emit, line))
            back.setProperty("mini", True)
            head.append(back)
        signed = _("{person}, {time}").format(person=line.person, time=office_time(line.at, now))
        fits = chip(_("signature fits"), "good") if line.sound else chip(_("signature does not fit"), "late")
        return [hbox(*head, gap=8), quote(line.draft.text), hbox((text(signed, "small", "ink3", elide=True), 1), fits, gap=8)]
