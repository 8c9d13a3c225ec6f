"""The fields of a case folder: what is written in them, and what is wrong with it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.cases import CaseDraft, Folder
from desktop.i18n import _
from desktop.policy.rules import Profile
from desktop.policy.vocabulary import vocabulary
from models.terms import EnforcementKind, Stage
from views.cases.labels import LabelTicks
from views.cases.names import OfficerLines, PartyLines
from views.common import Edit, Field, combo, edit, field, frame, hbox, panel, text, text_area, vbox
from views.terms import as_kind, as_stage, kind_words, read_day, stage_words

BLANK = CaseDraft("", "", EnforcementKind.PENALTY)


def draft_of(folder: Folder) -> CaseDraft:
    """A case folder as the form shows it."""
    line = folder.line
    return CaseDraft(line.case_number, line.cause, line.kind, folder.parties, folder.officers, line.started_on, line.ended_on,
                     line.stage, line.label, folder.place, folder.note, folder.procedure)


class CaseForm(QWidget):
    """Two columns: what the case is, and who it is about. `reason` is asked only for a change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._make()
        left = panel(_("Case folder"), self.number, _beside((self.kind, 1), (self.procedure, 1)), self.rules, self.cause,
                     _beside((self.started, 1), (self.ended, 1), (self.stage, 1)), self.place, self.note, self.why, gap=12)
        people = vbox(self.parties, 8, self.officers, gap=8, margins=(16, 16, 16, 16))
        names = frame(people, "plain", _("Parties and officers"))
        label = panel(_("Secrecy"), self.label, gap=8)
        self.setLayout(hbox((left, 1), (vbox(names, label, None, gap=16), 1), gap=16))
        self._watch()
        self.show_draft(BLANK, False)

    def _make(self) -> None:
        self.number = field(_("Case number"), edit("", "西财罚〔2026〕17号"), mnemonic="N", check=self._check_number)
        self.cause = field(_("Cause"), edit("", _("e.g. what the case is about")), mnemonic="C", check=self._check_cause)
        self.kind = field(_("Kind of act"), combo([(kind_words(k), k) for k in EnforcementKind]))
        self.procedure = field(_("Procedure"), combo([(term.title, key) for key, term in vocabulary().keys("procedure").items()]))
        self.rules = text("", "small", "ink3", elide=True)
        self.stage = field(_("Stage"), combo([(stage_words(s), s) for s in Stage if s is not Stage.FILE]))
        self.started = field(_("Begun on"), edit("", "2026-10-12"), check=lambda: self._check_day(self.started))
        self.ended = field(_("Ended on"), edit("", _("empty while it goes on")), check=lambda: self._check_day(self.ended))
        self.place = field(_("Place"), edit())
        self.note = field(_("Note"), text_area(lines=2))
        self.reason = text_area(lines=2)
        self.why = field(_("Reason of the change"), self.reason, _("It stands in the history and in the ledger."), mnemonic="R",
                         check=self._check_reason)
        self.parties, self.officers, self.label = PartyLines(), OfficerLines(), LabelTicks(caption=False)

    def _watch(self) -> None:
        for one in (self.number, self.cause, self.started, self.ended, self.place):
            one.control.textChanged.connect(lambda _t: self.changed.emit())  # type: ignore[attr-defined]  # all are edits
        for one in (self.kind, self.procedure, self.stage):
            one.control.activated.connect(lambda _i: self.changed.emit())  # type: ignore[attr-defined]  # all are combos
        for area in (self.note.control, self.reason):
            area.textChanged.connect(self.changed)  # type: ignore[attr-defined]  # both are areas
        for part in (self.parties, self.officers, self.label):
            part.changed.connect(self.changed)

    # What is written
    def draft(self) -> CaseDraft:
        """The fields as they stand; days that cannot be read are left out, `faults` names them."""
        kind, stage = self.kind.control.value(), self.stage.control.value()  # type: ignore[attr-defined]  # combos
        return CaseDraft(
            _written(self.number), _written(self.cause), as_kind(kind) or EnforcementKind.OTHER,
            self.parties.value(), self.officers.value(), _day(self.started), _day(self.ended),
            as_stage(stage) or Stage.START, self.label.label, _written(self.place),
            self.note.control.toPlainText().strip(),  # type: ignore[attr-defined]  # an area
            str(self.procedure.control.value()))  # type: ignore[attr-defined]  # a combo

    def stand_under(self, rules: Profile, own: EnforcementKind | None) -> None:
        """The rules of the case: their kinds and procedures alone are offered, and the kind that the case has already (`own`)."""
        chosen = self.kind.control.value()  # type: ignore[attr-defined]  # combos
        kinds = [k for k in EnforcementKind if not rules.kinds or k.value in rules.kinds or k is own]
        self.kind.control.offer([(kind_words(k), k) for k in kinds])  # type: ignore[attr-defined]
        self.kind.control.choose(chosen)  # type: ignore[attr-defined]
        chosen = self.procedure.control.value()  # type: ignore[attr-defined]
        words = vocabulary().keys("procedure")
        self.procedure.control.offer([(term.title, key) for key, term in words.items() if not rules.procedures or key in rules.procedures])  # type: ignore[attr-defined]
        self.procedure.control.choose(chosen)  # type: ignore[attr-defined]
        self.rules.setText(_("Under {profile}, version {n}, in force on the day it begins").format(profile=rules.short, n=rules.version)
                           if own is None else _("Under {profile}, version {n}, under which it began").format(profile=rules.short, n=rules.version))

    def show_draft(self, draft: CaseDraft, asks_why: bool) -> None:
        """Fill the fields; verdicts under them go."""
        for one, words in ((self.number, draft.case_number), (self.cause, draft.cause), (self.started, draft.started_on),
                           (self.ended, draft.ended_on), (self.place, draft.place)):
            one.control.setText(words or "")  # type: ignore[attr-defined]  # edits
            one.tell("")
        self.note.control.setPlainText(draft.note)  # type: ignore[attr-defined]  # an area
        self.kind.control.choose(draft.kind)  # type: ignore[attr-defined]  # combos
        self.procedure.control.choose(draft.procedure)  # type: ignore[attr-defined]
        self.stage.control.choose(draft.stage)  # type: ignore[attr-defined]
        self.parties.show_all(draft.parties)
        self.officers.show_all(draft.officers)
        self.label.show_label(draft.label)
        self.reason.clear()
        self.why.tell("")
        self.why.setVisible(asks_why)

    def faults(self) -> list[Field]:
        """The fields that keep the form from being saved, each with its words below it."""
        out = []
        days = ((one, partial(self._check_day, one)) for one in (self.started, self.ended))
        firsts = ((self.number, self._check_number), (self.cause, self._check_cause))
        for one, check in (*firsts, *days, (self.why, self._check_reason)):
            one.tell(*check())
            if one.control.property("state") == "bad":
                out.append(one)
        return out

    def to_first(self, faults: list[Field]) -> None:
        """Stand in the first field that has a fault."""
        if faults:
            faults[0].control.setFocus(Qt.FocusReason.OtherFocusReason)

    # On leaving a field
    def _check_number(self) -> tuple[str, str]:
        return ("", "") if _written(self.number) else ("bad", _("Please write the case number"))

    def _check_cause(self) -> tuple[str, str]:
        return ("", "") if _written(self.cause) else ("bad", _("Please write what the case is about"))

    def _check_reason(self) -> tuple[str, str]:
        if self.why.isHidden() or self.reason.toPlainText().strip():
            return "", ""
        return "bad", _("Please write why it is changed")

    def _check_day(self, one: Field) -> tuple[str, str]:
        assert isinstance(one.control, Edit)
        try:
            day = read_day(one.control.text())
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20")
        one.control.setText(day or "")
        if one is self.ended and day and (begun := _day(self.started)) and day < begun:
            return "bad", _("This is before the day on which it began")
        return "", ""


def changes(before: CaseDraft, after: CaseDraft) -> dict[str, Any]:
    """The fields that differ, by the names under which the room changes them."""
    names = ("case_number", "cause", "kind", "parties", "officers", "started_on", "ended_on", "stage", "label", "place", "note", "procedure")
    return {n: getattr(after, n) for n in names if getattr(after, n) != getattr(before, n)}


def same_people(draft: CaseDraft) -> CaseDraft:
    """A draft whose officers carry no accounts: whether a name has an account is no change of the case."""
    return replace(draft, officers=tuple(replace(o, person=None) for o in draft.officers))


def _beside(*fields: tuple[Field, int]) -> QHBoxLayout:
    """Fields side by side, each at the top: a verdict under one does not push its neighbours down."""
    return hbox(*((vbox(one, None), share) for one, share in fields), gap=16)


def _written(one: Field) -> str:
    assert isinstance(one.control, Edit)
    return one.control.text().strip()


def _day(one: Field) -> str | None:
    try:
        return read_day(_written(one))
    except ValueError:
        return None
