"""One form for every step of a request, and for closing what is in a register: only the fields that this step asks for are shown."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.disclosure import regime
from desktop.policy.vocabulary import vocabulary
from desktop.record_lines import RecordLine
from models.terms import DisclosureStepKind as Kind
from views.cases.side_form import SideForm
from views.common import combo, content, field, hbox, para, rule, vbox
from views.common.case_field import CaseField
from views.common.page import Page
from views.disclosure.fields import DayField, WordsField, recall
from views.disclosure.recording_field import RecordingField


@dataclass(frozen=True)
class Spec:
    """What one step asks: `fields` are shown in this order; `day`, `words`, `whom`, `which` are their captions; `needed` says which must be
    written besides the day; `ground` is quoted above them."""

    name: str
    verb: str
    fields: tuple[str, ...]
    day: str = ""
    words: str = ""
    whom: str = ""
    which: str = ""
    needed: frozenset[str] = frozenset()
    ground: str = ""
    why: bool = False


def spec(step: str) -> Spec:
    """The steps, by the name of their act."""
    words = frozenset({"words"})
    made: dict[str, Callable[[], Spec]] = {
        "ask_supplement": lambda: Spec(_("Ask for a correction"), _("Enter the notice"), ("on", "words", "until"), _("Notice given on"),
                                       _("What must be corrected"), needed=words),
        "supplement": lambda: Spec(_("Correction received"), _("Enter its receipt"), ("on",), _("Received on")),
        "ask_others": lambda: Spec(_("Ask for an opinion"), _("Enter the letter"), ("which", "whom", "on", "words"), _("They had the letter on"),
                                   _("What they were asked"), _("Who was asked"), _("Asked are"), frozenset({"whom"})),
        "opinion": lambda: Spec(_("Opinion received"), _("Enter the opinion"), ("which", "on", "words"), _("Received on"), _("In their words"), "",
                                _("They say")),
        "extend": lambda: Spec(_("Put the answer off"), _("Enter the extension"), ("number", "whom", "on", "words"), _("Approved on"), _("Reason"),
                               _("Approved by"), needed=frozenset({"words", "whom"})),
        "answer": lambda: Spec(_("Answer"), _("Enter the answer"), ("which", "ground", "on", "words", "whom"), _("Answered on"), "",
                               _("Who decided it"), _("Answer"), words),
        "withdraw": lambda: Spec(_("Withdrawn by the applicant"), _("Enter the withdrawal"), ("on", "words"), _("Withdrawn on"),
                                 _("How it was withdrawn"), needed=words),
        "close": lambda: Spec(_("File the request"), _("File the request"), ("on", "words"), _("Filed on"), _("How the answer was delivered"),
                              needed=words),
        "reopen": lambda: Spec(_("Take it up again"), _("Take it up again"), (), why=True),
        "take_back": lambda: Spec(_("Take a step back"), _("Take the step back"), (), why=True),
        "unlink": lambda: Spec(_("Take the link away"), _("Take the link away"), (), why=True),
        "link": lambda: Spec(_("Link to a case"), _("Link to this case"), ("case",)),
        "link_recording": lambda: Spec(_("Link to a recording"), _("Link to this recording"), ("recording",)),
        "complaint_close": lambda: Spec(_("Close the complaint"), _("Close the complaint"), ("on", "words"), _("Closed on"),
                                        _("Result of the complaint"), needed=words),
        "complaint_reopen": lambda: Spec(_("Take it up again"), _("Take it up again"), (), why=True)}
    return made[step]()


class StepForm(SideForm):
    """`begin` shows the fields of one step; `job` is what it does, once it is sent."""

    def __init__(self, page: Page) -> None:
        super().__init__("", "check", _("Step"))
        self.step, self.spec, self._page = "", Spec("", "", ()), page
        self._target: Any = None
        self.about = para("", "small", "ink2", lead=1.5)
        self.which = combo([])
        self.which.currentIndexChanged.connect(lambda _n: self._which_chosen())
        self.which_field = field(_("Answer"), self.which)
        self.whom = WordsField(_("Who was asked"))
        self.on, self.until = DayField(_("Notice given on")), DayField(_("To be corrected by"), False)
        self.number = WordsField(_("Longer by"), True)
        self.words = WordsField(_("Reason"), lines=4)
        self.article, self.law = para("", "small", "ink3", lead=1.5), para("", "body", "ink", "serif")
        self.quoted = content(vbox(hbox(rule("v"), (self.law, 1), gap=12), self.article, gap=4))
        self.case = CaseField(page.archive, page.bridge, _("Case folder"), filed=True)
        self.recording = RecordingField()
        self._shown: dict[str, QWidget] = {"on": self.on, "until": self.until, "words": self.words, "whom": self.whom, "which": self.which_field,
                       "number": self.number, "case": self.case, "recording": self.recording, "ground": self.quoted}
        self.lay(self.about, *self._shown.values())

    def begin(self, step: str, target: Any, about: str = "", today: date | None = None, most: tuple[int, str, str] | None = None,
              recordings: Sequence[RecordLine] = ()) -> None:
        """Begin a step on a request (or on one of its steps: `target`); `most` is how far an answer may be put off and who approves it,
        `recordings` what it may be linked to."""
        self.step, self.spec, self._target = step, spec(step), target
        self._arrange()
        for caption, one in ((self.spec.day, self.on), (self.spec.words, self.words), (self.spec.whom, self.whom)):
            if caption:
                one.call(caption)
        self.words.needed, self.whom.needed = "words" in self.spec.needed, "whom" in self.spec.needed
        self.number.write(str(most[0]) if most else "")
        self.whom.write("")
        self.words.write("")
        self.on.write(today)
        self.until.write(None)
        self.case.choose(None)
        self.recording.begin(recordings)
        self.about.setText("\n".join(filter(None, (about, self._most_words(most)))))
        self.about.setVisible(bool(self.about.plain()))
        if self.spec.which:
            recall(self.which_field, self.spec.which)
            self.which.offer(self._choices())
            self.which.setCurrentIndex(0)
        self._which_chosen()
        self.send.say(self.spec.verb)
        self.begin_anew(self.spec.why)
        self.send.allow(step != "link_recording" or self.recording.record is not None, _("Every recording belongs to a case."))
        self._first().setFocus(Qt.FocusReason.OtherFocusReason)

    def job(self, archive: Any) -> Callable[[], object]:
        """The act that was filled in."""
        room, target, day = archive.disclosure, self._target, self.on.value
        words, whom, which, why = self.words.words, self.whom.words, str(self.which.value() or ""), self.why.words
        acts: dict[str, Callable[[], object]] = {
            "ask_supplement": lambda: room.ask_supplement(target, day, words, self.until.value), "supplement": lambda: room.supplement(target, day),
            "ask_others": lambda: room.ask_others(target, Kind(which), whom, day, words), "opinion": lambda: room.opinion(target, day, which, words),
            "extend": lambda: room.extend(target, int(self.number.words), whom, day, words),
            "answer": lambda: room.answer(target, which, day, words, whom), "withdraw": lambda: room.withdraw(target, day, words),
            "close": lambda: room.close(target, day, words), "reopen": lambda: room.reopen(target, why),
            "take_back": lambda: room.take_back(target, why), "unlink": lambda: room.unlink(target, why),
            "link": lambda: room.link(target, case=self.case.case_id),
            "link_recording": lambda: room.link(target, record=self.recording.record),
            "complaint_close": lambda: archive.complaints.close(target, day, words),
            "complaint_reopen": lambda: archive.complaints.reopen(target, why)}
        return acts[self.step]

    def sound(self) -> bool:
        if "case" in self.spec.fields and self.case.case_id is None:
            self.case.field.tell("bad", _("Please name a case folder"))
            self.case.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if "recording" in self.spec.fields and self.recording.record is None:
            self.recording.look.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if "number" in self.spec.fields and not (self.number.words.isdecimal() and int(self.number.words)):
            self.number.tell("bad", _("Please write a whole number above zero"))
            self.number.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        asked: list[WordsField | DayField] = [part for part in (self.whom, self.on, self.words, self.until) if not part.isHidden()]
        return all(one.sound() for one in asked)

    def _arrange(self) -> None:
        """The fields of the step in its order; Tab follows what the eye reads."""
        parts = [self._shown[name] for name in self.spec.fields]
        for name, part in self._shown.items():
            part.setVisible(name in self.spec.fields)
        for place, part in enumerate((self.about, *parts)):
            self.fields.removeWidget(part)
            self.fields.insertWidget(place, part)
        for before, after in itertools.pairwise((*parts, self.why, self.leave, self.send)):
            QWidget.setTabOrder(_last(before), _first(after))

    def _choices(self) -> list[tuple[str, object]]:
        if self.step == "answer":
            return [(one.title, key) for key, one in regime().answers.items()]
        if self.step == "opinion":
            return [(one.title, key) for key, one in regime().opinions.items()]
        return [(vocabulary().title("pause", kind.value), kind.value) for kind in (Kind.THIRD_PARTY, Kind.OTHER_AGENCY)]

    def _which_chosen(self) -> None:
        """The article of an answer, word for word, and what it asks to be told."""
        kind = regime().answers.get(str(self.which.value())) if self.step == "answer" else None
        if kind is not None:
            self.law.setText(f"“{kind.text}”")
            self.article.setText(kind.article)
            self.words.call(kind.tell)

    def _first(self) -> Any:
        if self.spec.why:
            return self.why.area
        name = self.spec.fields[0]
        return {"on": self.on.entry, "which": self.which, "number": self.number.entry, "case": self.case.entry,
                "recording": self.recording.table}[name]

    def _most_words(self, most: tuple[int, str, str] | None) -> str:
        return _("By at most {n} working days, approved by {who}.").format(n=most[0], who=most[2]) if most else ""


def _first(part: QWidget) -> QWidget:
    """Where the focus comes in."""
    return next((one for one in (part, *part.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus), part)


def _last(part: QWidget) -> QWidget:
    """Where it leaves."""
    return [part, *(one for one in (part, *part.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)][-1]
