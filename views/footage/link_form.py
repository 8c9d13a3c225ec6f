"""To which activity a recording belongs and when it truly ran: the camera's own time beside the corrected one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityLine, FootageDraft, FootageLine, RecorderLine
from models.terms import ActivityId, ComponentId, RecorderId
from views.common import combo, edit, field, para, text, vbox
from views.footage.forms import SideForm
from views.footage.moments import MomentField, typed
from views.footage.words import offset_words, when_words

Proposal = tuple[datetime | None, datetime | None, int]


def likely_recorder(line: FootageLine, recorders: Sequence[RecorderLine]) -> RecorderId | None:
    """The recorder of the register whose number the file or the device names; None where none or several do."""
    named = [one.id for one in recorders if one.draft.number and (one.draft.number in line.device or one.draft.number in line.name)]
    return line.recorder or (named[0] if len(named) == 1 else None)


class LinkForm(SideForm):
    """`asked` tells the recording and the recorder for which begin and end are to be proposed; `propose` shows them."""

    asked = Signal(object, object)

    def __init__(self) -> None:
        super().__init__(_("Link the recording"), "link", _("Link the recording"))
        self.line: FootageLine | None = None
        self._proposed = ("", "")
        self.title = para("", "strong", lead=1.5)
        self.camera = text("", "body", elide=True)
        self.activity = combo([], _("Activity"))
        self.recorder = combo([], _("Recorder of the register"), on=lambda _v: self._ask())
        why = _("From the recorder’s time and how far its clock was off.")
        self.start = MomentField(_("Truly began"), self._near, why, seconds=True, mnemonic="S")
        self.end = MomentField(_("Truly ended"), self._near, seconds=True, mnemonic="E")
        self.returned = MomentField(_("Back at the office"), self._near, _("The time limit of the deposit may run from here."), mnemonic="B")
        self.officer_field = field(_("Who recorded"), edit(), mnemonic="W")
        self.told = para("", "small", "ink2", lead=1.5)
        own = vbox(text(_("Recorder’s own time, as it stands"), "small", "ink2"), self.camera, gap=4)
        self.lay(self.title, own, field(_("Activity"), self.activity, mnemonic="A"), field(_("Recorder of the register"), self.recorder),
                 self.told, self.start, self.end, self.returned, self.officer_field)

    def begin(self, line: FootageLine, activities: Sequence[ActivityLine], recorders: Sequence[RecorderLine], chosen: ActivityId | None,
              officers: Sequence[str]) -> None:
        """Start from a recording; `chosen` is the activity that one stands on."""
        self.line = line
        self.title.setText(line.title)
        self.camera.setText(line.camera_time or _("the recorder gave none"))
        none: list[tuple[str, object]] = [(_("to no activity"), None)]
        self.activity.offer([*none, *((f"{one.title} · {when_words(one.start, one.end)}", int(one.id)) for one in activities)])
        held = line.activity or (None if line.confirmed else chosen)
        self.activity.choose(int(held) if held else None)
        unknown: list[tuple[str, object]] = [(_("not of the register"), None)]
        known = [(f"{one.draft.number}（{offset_words(one.ahead_ms)}）", int(one.id)) for one in recorders
                 if one.draft.active or one.id == line.recorder]
        self.recorder.offer([*unknown, *known])
        likely = likely_recorder(line, recorders)
        self.recorder.choose(int(likely) if likely else None)
        self._show_span(line.start, line.end)
        self.returned.show_moment(line.returned)
        name = line.officer or (officers[0] if officers and not line.confirmed else "")
        self.officer_field.control.setText(name)  # type: ignore[attr-defined]  # an edit
        self.told.hide()
        self.send.say(_("Correct the link") if line.confirmed else _("Link the recording"))
        self.begin_form(asks_why=line.confirmed)
        if not line.confirmed:
            self._ask()
        self.activity.setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, component: ComponentId, recorder: RecorderId | None, proposal: Proposal) -> None:
        """Show begin and end as they would be reckoned; an answer for another recording or recorder comes too late."""
        if self.line is None or component != self.line.component or recorder != self._recorder():
            return
        start, end, ahead = proposal
        self.told.setText(_("The recorder gave no time: write when it truly ran.") if start is None else
                          _("Proposed: the recorder’s time, {offset}.").format(offset=offset_words(ahead if recorder else 0)) if recorder else
                          _("Proposed: the recorder’s time as it stands; no recorder of the register is chosen."))
        self.told.show()
        self._show_span(start, end)
        self._proposed = typed(start, True), typed(end, True)

    def draft(self) -> FootageDraft:
        """What is written; begin and end only where they are not as proposed."""
        activity, line = self.activity.value(), self.line
        assert line is not None
        start, end = self.start.moment(), self.end.moment()
        if (self.start.entry.text(), self.end.entry.text()) == self._proposed:
            start = end = None
        elif start is not None and typed(start, True) == typed(line.start, True):
            start = line.start  # as it stood, to the part of a second that the field does not show
        if end is not None and typed(end, True) == typed(line.end, True):
            end = line.end
        return FootageDraft(ActivityId(activity) if isinstance(activity, int) else None, self._recorder(), start, end, self.returned.moment(),
                            self.officer_field.control.text().strip())  # type: ignore[attr-defined]  # an edit

    def faults(self) -> list[QWidget]:
        found: list[QWidget] = [one.entry for one in (self.start, self.end, self.returned) if not one.sound]
        begun, over = self.start.moment(), self.end.moment()
        if not found and begun is not None and over is not None and over < begun:
            self.end.tell("bad", _("This is before the recording began"))
            found.append(self.end.entry)
        return found

    def _recorder(self) -> RecorderId | None:
        value = self.recorder.value()
        return RecorderId(value) if isinstance(value, int) else None

    def _ask(self) -> None:
        if self.line is not None:
            self.asked.emit(self.line.component, self._recorder())

    def _show_span(self, start: datetime | None, end: datetime | None) -> None:
        self._proposed = ("-", "-")
        self.start.show_moment(start)
        self.end.show_moment(end)

    def _near(self) -> date:
        line = self.line
        at = (line.start or line.deposited) if line else None
        return at.astimezone(BEIJING).date() if at else date(2000, 1, 1)
