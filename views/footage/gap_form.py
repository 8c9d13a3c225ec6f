"""Two small forms: a stretch that was not recorded, with its cause; and why an activity was unsuitable for recording."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.verdicts import DutyVerdict
from models.facts import Gap
from models.terms import ComponentId
from views.common import Check, combo, edit, field, para, text_area
from views.footage.forms import SideForm, choice, terms
from views.footage.grounds import Cited
from views.footage.moments import MomentField
from views.footage.words import duty_title

SECRECY = "state_secret"


class GapForm(SideForm):
    """中断: from when to when, its cause, whether it was explained aloud, and when it was reported where the text asks for that."""

    def __init__(self) -> None:
        super().__init__(_("Note the interruption"), "link-break", _("Interruption of a recording"))
        self.component: ComponentId | None = None
        self._day = date(2000, 1, 1)
        self.start = MomentField(_("Broken off"), lambda: self._day, seconds=True, mnemonic="S")
        self.end = MomentField(_("Taken up again, or until"), self._near, seconds=True, mnemonic="E")
        causes: list[tuple[str, object]] = [(_("not known yet"), ""), *((words, key) for key, words in terms("cause"))]
        self.cause = combo(causes, _("Cause of the interruption"))
        self.spoken = Check(_("Explained aloud on resuming"))
        self.reported = MomentField(_("Reported at"), self._near)
        self.told = para(_("In writing it is explained by a statement that you sign."), "small", "ink2", lead=1.5)
        self.lay(self.start, self.end, field(_("Cause of the interruption"), self.cause, mnemonic="C"), self.spoken, self.reported, self.told)

    def begin(self, component: ComponentId, start: datetime | None, end: datetime | None, known: Gap | None, report_to: str) -> None:
        """Start from a stretch behind or inside a recording; `known` is what was noted of it, `report_to` whom the text wants told."""
        self.component = component
        self._day = start.astimezone(BEIJING).date() if start else date(2000, 1, 1)
        self.start.show_moment(start)
        self.end.show_moment(end)
        self._stretch = (start, end)
        self.cause.choose(known.cause if known else "")
        self.spoken.setChecked(bool(known and known.spoken))
        self.reported.show_moment(known.reported if known else None)
        self.reported.caption.setText(_("Reported to {role} at").format(role=report_to) if report_to else _("Reported at"))
        self.reported.entry.setAccessibleName(self.reported.caption.full)
        self.reported.setVisible(bool(report_to or (known and known.reported)))
        self.begin_form(asks_why=known is not None, must=known is not None)
        self.start.entry.setFocus(Qt.FocusReason.OtherFocusReason)

    def gap(self) -> Gap:
        """What is written; the stretch to the part of a second where it was not changed."""
        start, end = self.start.moment(), self.end.moment()
        assert start is not None
        assert end is not None
        first, last = self._stretch
        if first is not None and start == first.replace(microsecond=0):
            start = first
        if last is not None and end == last.replace(microsecond=0):
            end = last
        return Gap(start, end, choice(self.cause), self.spoken.isChecked(), False, self.reported.moment())

    def faults(self) -> list[QWidget]:
        found: list[QWidget] = [one.entry for one in (self.start, self.end, self.reported) if not one.sound]
        begun, over = self.start.moment(), self.end.moment()
        for one, at in ((self.start, begun), (self.end, over)):
            if at is None and not found:
                one.tell("bad", _("Please write the exact time"))
                found.append(one.entry)
        if not found and begun is not None and over is not None and over <= begun:
            self.end.tell("bad", _("This is not after it broke off"))
            found.append(self.end.entry)
        return found

    def _near(self) -> date:
        at = self.start.moment()
        return at.astimezone(BEIJING).date() if at else self._day


class UnsuitableForm(SideForm):
    """不适宜音像记录: offered only where the duty's own text knows such an excuse; asks the reason where the text does."""

    def __init__(self) -> None:
        super().__init__(_("State that it was unsuitable"), "hand-palm", _("Unsuitable for recording"))
        self.duty: DutyVerdict | None = None
        self._must_reason = False
        self.title = para("", "strong", lead=1.5)
        self.cited = Cited()
        self.ground = combo([], _("Which excuse"))
        self.words = field(_("Why it was unsuitable"), text_area(lines=4), mnemonic="W")
        self.by = field(_("Who answers for it"), edit())
        self.lay(self.title, self.cited, field(_("Which excuse"), self.ground), self.words, self.by)

    def begin(self, duty: DutyVerdict, by: str) -> None:
        """Start for the activity of a duty; `by` answers for it."""
        self.duty = duty
        self.title.setText(duty_title(duty))
        self.cited.show_ground(duty.ground)
        self.ground.offer([(words, key) for key, words in terms("ground") if duty.excuse != "secrecy" or key == SECRECY])
        self._must_reason = duty.excuse in ("unsuitable_reasoned", "secrecy") or duty.level == "as_needed" or duty.ground is None
        hint = _("The text asks for the reason in writing.") if self._must_reason else _("The text does not ask for it; writing it down is wise.")
        if duty.excuse == "secrecy":
            hint = _("Name what made it unsuitable, without any secret content.")
        self.words.control.setPlainText("")  # type: ignore[attr-defined]  # an area
        self._hint = hint
        self.words.tell("soon" if self._must_reason else "", hint)
        self.by.control.setText(by)  # type: ignore[attr-defined]  # an edit
        self.begin_form()
        self.words.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def written(self) -> tuple[str, str, str]:
        """Ground, reason, and who answers for it."""
        reason = self.words.control.toPlainText().strip()  # type: ignore[attr-defined]  # an area
        return choice(self.ground), reason, self.by.control.text().strip()  # type: ignore[attr-defined]  # an edit

    def faults(self) -> list[QWidget]:
        if self._must_reason and not self.written()[1]:
            self.words.tell("bad", self._hint)
            return [self.words.control]
        return []
