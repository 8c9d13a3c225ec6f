"""What only a person can say of a case (hearing held? seizure?): yes, no, or not answered; an answer that was given is changed with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from desktop.i18n import _
from desktop.procedure import QuestionLine
from views.cases.reading import Course
from views.cases.side_form import SideForm
from views.common import Segmented, Verdict, button, hbox, para, rule, segmented, text
from views.common.layout import empty

_CHOICES: tuple[bool | None, ...] = (True, False, None)


class Questions(SideForm):
    """Those on whose answers items wait stand first, those of the marking sheet alone last."""

    matter_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Save the answers"), "check", _("Facts of the case"))
        self.choices: dict[str, Segmented] = {}
        self._before: dict[str, bool | None] = {}

    def begin(self, course: Course, may: Verdict) -> None:
        """The questions that the rules of this case ask."""
        empty(self.fields)
        self.choices = {}
        self._before = {one.key: one.answer for one in course.questions}
        pressing = [one for one in course.questions if one.key in course.pressing]
        others = [one for one in course.questions if one.key not in course.pressing and not one.of_sheet]
        of_sheet = [one for one in course.questions if one.key not in course.pressing and one.of_sheet]
        parts: list[object] = [text(_("Items wait for these"), "small", "ink3")] if pressing else []
        parts += [part for one in pressing for part in self._line(one)]
        if pressing and others:
            parts += [rule(), text(_("Other circumstances"), "small", "ink3")]
        parts += [part for one in others for part in self._line(one)]
        if of_sheet:
            parts += [*([rule()] if parts else []), text(_("Only the marking sheet asks for these"), "small", "ink3")]
        parts += [part for one in of_sheet for part in self._line(one)]
        matter = button(_("Act and penalties …"), "", "scales", on=self.matter_wanted.emit)
        self.lay(para(_("What was done and decided has a form of its own."), "small", "ink3"), hbox(matter, None), *parts)
        self.begin_anew(False, may)
        self._changed()
        if self.choices:
            next(iter(self.choices.values())).group.button(0).setFocus(Qt.FocusReason.OtherFocusReason)

    def _line(self, one: QuestionLine) -> list[object]:
        choice = segmented([_("Yes"), _("No"), _("Not answered")], _CHOICES.index(one.answer), one.title, on=lambda _n: self._changed())
        self.choices[one.key] = choice
        return [para(one.title, lead=1.5), choice]

    @property
    def answers(self) -> dict[str, bool | None]:
        """What is answered otherwise than before."""
        now = {key: _CHOICES[choice.chosen] for key, choice in self.choices.items()}
        return {key: given for key, given in now.items() if given is not self._before[key]}

    def _changed(self) -> None:
        changed = self.answers
        self.why.setVisible(any(self._before[key] is not None for key in changed))
        if self.send.toolTip() or changed:
            self.send.allow(bool(changed), _("Nothing is changed"))
