"""An enforcement activity written down: what, when, where, by whom, what it touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import ActivityDraft, ActivityLine, AnswerableLine, PaperLine
from models.terms import RecordId
from views.common import combo, edit, field, hbox, text_area, vbox
from views.footage.answered import Answered
from views.footage.forms import Officers, SideForm, Ticks, choice, terms
from views.footage.moments import MomentField

_FIELDS = ("kind", "start", "end", "finished", "place", "officers", "traits", "document", "note", "answers")


def kinds() -> list[tuple[str, object]]:
    """What may be done: what is usually recorded first, each after its stage."""
    words = vocabulary()
    events = sorted(words.keys("event").items(), key=lambda one: not one[1].recorded)
    return [(f"{words.title('stage', term.stage)} · {term.title}", key) for key, term in events]


class ActivityForm(SideForm):
    """A new activity, or changes to one with their reason."""

    def __init__(self) -> None:
        super().__init__(_("Save"), "check", _("Activity"))
        self.line: ActivityLine | None = None
        self._day = date(2000, 1, 1)
        self.kind = combo(kinds(), _("Kind of activity"))
        self.kind.setMinimumContentsLength(12)
        self.kind_field = field(_("Kind of activity"), self.kind, mnemonic="K")
        short = _("9:05 is enough: the day is that of the case.")
        self.start = MomentField(_("Arrival or begin"), lambda: self._day, short, day_alone=True, mnemonic="S")
        self.end = MomentField(_("Leaving or end"), self._near, mnemonic="E")
        self.finished = MomentField(_("Acting stopped"), self._near, _("Only where it stopped before the leaving."))
        self.place_field = field(_("Place"), edit(), mnemonic="P")
        self.officers = Officers()
        self.traits = Ticks(_("What it touched"))
        self.document = combo([], _("Paper"))
        self.document_field = field(_("Paper that it serves or decides"), self.document)
        self.note = field(_("Note"), text_area(lines=2))
        self.answered = Answered()
        self._answerable: Sequence[AnswerableLine] = ()
        self.kind.currentIndexChanged.connect(lambda _n: self.answered.offer(choice(self.kind), self._answerable, self.line))
        times = hbox((vbox(self.start, None), 1), (vbox(self.end, None), 1), gap=12)
        self.lay(self.kind_field, self.answered, times, self.place_field, self.officers, self.traits, self.finished, self.document_field, self.note)

    def begin(self, line: ActivityLine | None, officers: Sequence[str], papers: Sequence[PaperLine], day: date, place: str,
              answerable: Sequence[AnswerableLine] = ()) -> None:
        """Start from an activity, or from nothing on this day of the case."""
        self.line, self._day, self._answerable = line, day, answerable
        self.kind.choose(line.kind if line else "inspection")
        self.answered.offer(choice(self.kind), answerable, line)
        for one, at in ((self.start, line.start if line else None), (self.end, line.end if line else None),
                        (self.finished, line.finished if line else None)):
            one.show_moment(at)
        self.place_field.control.setText(line.place if line else place)  # type: ignore[attr-defined]  # an edit
        self.officers.show_names(officers, line.officers if line else tuple(officers))
        self.traits.offer(terms("trait"), line.traits if line else ())
        none: list[tuple[str, object]] = [(_("no paper"), None)]
        self.document.offer([*none, *((paper.title, int(paper.record)) for paper in papers)])
        self.document.choose(int(line.document) if line and line.document else None)
        self.note.control.setPlainText(line.note if line else "")  # type: ignore[attr-defined]  # an area
        self.send.say(_("Save") if line else _("Enter the activity"))
        self.begin_form(must=line is not None)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> ActivityDraft:
        """What is written."""
        document = self.document.value()
        return ActivityDraft(
            choice(self.kind), self.start.value(), self.end.moment(), self.finished.moment(),
            self.place_field.control.text().strip(),  # type: ignore[attr-defined]  # an edit
            self.officers.value(), frozenset(self.traits.chosen), RecordId(document) if isinstance(document, int) else None,
            self.note.control.toPlainText().strip(),  # type: ignore[attr-defined]  # an area
            self.answered.chosen)

    def changes(self) -> dict[str, Any]:
        """What differs from the activity, by the names of its draft."""
        line, draft = self.line, self.draft()
        assert line is not None
        return {name: getattr(draft, name) for name in _FIELDS if getattr(draft, name) != getattr(line, name)}

    def faults(self) -> list[QWidget]:
        unanswered = self.answered.fault()
        found: list[QWidget] = [unanswered] if unanswered is not None else []
        found += [one.entry for one in (self.start, self.end, self.finished) if not one.sound]
        begun, over = (None, None) if any(not one.sound for one in (self.start, self.end, self.finished)) else (self.start.value(), self.end.moment())
        if isinstance(begun, datetime) and over is not None and over < begun:
            self.end.tell("bad", _("This is before the activity began"))
            found.append(self.end.entry)
        return found

    def _near(self) -> date:
        """The day that need not be typed: that of the begin, else that of the case."""
        try:
            at = self.start.value()
        except ValueError:
            return self._day
        if at is None:
            return self._day
        return at.astimezone(BEIJING).date() if isinstance(at, datetime) else at
