"""Which registration, seizure or freezing a disposal, release or decision answers: each has its own limit, and this ends the ones that are ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.procedure import ActivityLine, AnswerableLine
from models.terms import ActivityId
from views.cases.moments import moment_text
from views.common import Check, hbox, para, text, vbox
from views.common.layout import empty, fill


class Answered(QWidget):
    """Shown only where there is something to answer. The only open one is ticked; of several one chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.ticks: dict[ActivityId, Check] = {}
        self._rows = vbox(gap=0)
        self.hint = para("", "small", "ink3", lead=1.5)
        self.verdict = para(_("Please tick which of them it answers: each has its own limit."), "small", "late", lead=1.5)
        self._must = False
        self.setAccessibleName(_("It answers"))
        self.setLayout(vbox(text(_("It answers"), "small", "ink2"), self._rows, self.hint, self.verdict, gap=4))

    def offer(self, kind: str, known: Sequence[AnswerableLine], line: ActivityLine | None) -> None:
        """Offer what an activity of that kind can answer; `line` is the one that is changed."""
        own = line.id if line else None
        offered = [one for one in known if kind in one.by and one.id != own]
        waits = [one.id for one in offered if kind in one.open and kind in one.must]
        as_it_was = line is not None and line.kind == kind
        chosen = line.answers if line is not None and as_it_was else waits if len(waits) == 1 else ()
        self._must = any(kind in one.must for one in offered) and not as_it_was
        empty(self._rows)
        self.ticks = {one.id: Check(_words(one), one.id in chosen) for one in offered}
        for one in offered:
            more = [one.place, "" if kind in one.open else _("answered already")]
            self.ticks[one.id].setToolTip(" · ".join(part for part in (_words(one), *more) if part))
            under = text(" · ".join(part for part in more if part), "small", "ink3", elide=True)
            fill(self._rows, [self.ticks[one.id], *([hbox(28, (under, 1), gap=0)] if any(more) else [])])
        self.hint.setText(_("The limit of what is ticked ends with it; the others run on.") if self._must else
                          _("The limit of what is ticked ends with it. Nothing ticked: that of all before it."))
        self.verdict.hide()
        self.setVisible(bool(offered))

    @property
    def chosen(self) -> tuple[ActivityId, ...]:
        """What is ticked, in the order of their numbers."""
        return tuple(sorted(key for key, tick in self.ticks.items() if tick.isChecked()))

    def fault(self) -> QWidget | None:
        """The first tick, where one has to be chosen and none is."""
        wanting = self._must and bool(self.ticks) and not self.chosen
        self.verdict.setVisible(wanting)
        return next(iter(self.ticks.values())) if wanting else None


def _words(one: AnswerableLine) -> str:
    return f"{one.title} {moment_text(one.start)[5:]}".strip()
