"""Which registration, seizure or freezing a disposal, release or decision answers: each has its own limit, and this ends the ones that are ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.procedure import ActivityLine, AnswerableLine
from models.terms import ActivityId
from views.cases.moments import moment_text
from views.common import para, vbox
from views.footage.forms import Ticks


class Answered(QWidget):
    """Shown only where there is something to answer. The only open one is ticked; of several one chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks = Ticks(_("It answers"))
        self.hint = para("", "small", "ink3", lead=1.5)
        self.verdict = para(_("Please tick which of them it answers: each has its own limit."), "small", "late", lead=1.5)
        self._must = False
        self.setLayout(vbox(self.ticks, self.hint, self.verdict, gap=2))

    def offer(self, kind: str, known: Sequence[AnswerableLine], line: ActivityLine | None) -> None:
        """Offer what an activity of that kind can answer; `line` is the one that is changed."""
        own = line.id if line else None
        offered = [one for one in known if kind in one.by and one.id != own]
        waits = [one for one in offered if kind in one.open and kind in one.must]
        as_it_was = line is not None and line.kind == kind
        chosen = line.answers if line is not None and as_it_was else tuple(one.id for one in waits if len(waits) == 1)
        self._must = any(kind in one.must for one in offered) and not as_it_was
        self.ticks.offer([(str(one.id), _words(one, kind)) for one in offered], [str(one) for one in chosen])
        self.hint.setText(_("The limit of what is ticked ends with it; the others run on.") if self._must else
                          _("The limit of what is ticked ends with it. Nothing ticked: that of all before it."))
        self.verdict.hide()
        self.setVisible(bool(offered))

    @property
    def chosen(self) -> tuple[ActivityId, ...]:
        """What is ticked, in the order of their numbers."""
        return tuple(sorted(ActivityId(int(key)) for key in self.ticks.chosen))

    def fault(self) -> QWidget | None:
        """The first tick, where one has to be chosen and none is."""
        wanting = self._must and bool(self.ticks.ticks) and not self.chosen
        self.verdict.setVisible(wanting)
        return next(iter(self.ticks.ticks.values())) if wanting else None


def _words(one: AnswerableLine, kind: str) -> str:
    said = " · ".join(part for part in (f"{one.title} {moment_text(one.start)}".strip(), one.place) if part)
    return said if kind in one.open else _("{activity} · answered already").format(activity=said)
