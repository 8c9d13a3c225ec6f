"""Entering a request or a complaint, and correcting it: who, how it came, what is asked, which doings it is about, its label."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.complaints import ComplaintDraft, ComplaintLine
from desktop.disclosure import DisclosureDraft, DisclosureLine
from desktop.i18n import _
from desktop.policy.disclosure import regime
from desktop.policy.vocabulary import vocabulary
from models.secrecy import Label
from models.terms import CaseId
from views.cases.labels import LabelTicks
from views.cases.side_form import SideForm
from views.common import combo, field, para
from views.common.case_field import CaseField
from views.common.page import Page
from views.disclosure.fields import DayField, WordsField, beside

_WORDS = ("number", "contact", "place", "officer", "handler")
_DAYS = ("received_on", "about_from", "about_to")


class EntryForm(SideForm):
    """What both registers ask; `first` stands on top and has the focus."""

    def __init__(self, page: Page, verb: str, name: str) -> None:
        super().__init__(verb, "check", name)
        self.page = page
        self.words = {"number": WordsField(_("Register number"), hint=_("Left empty, it is the next of the year.")),
                      "contact": WordsField(_("How to reach them")), "place": WordsField(_("Place")),
                      "officer": WordsField(_("Officers named"), example=_("e.g. 周敏、李建国")), "handler": WordsField(_("In charge"))}
        self.days = {"received_on": DayField(_("Received on")), "about_from": DayField(_("About, from"), False),
                     "about_to": DayField(_("About, until"), False)}
        self.channel = combo([(term.title, key) for key, term in vocabulary().keys("channel").items()])
        self.channel.currentIndexChanged.connect(lambda _n: self._channel_chosen())
        self.came = field(_("How it came"), self.channel)
        self.label = LabelTicks(across=2)
        self.guard = para(_("Recordings that belong to no case are guarded where this names their day, place or officer."), "small", "ink3", lead=1.5)

    def about(self) -> list[Any]:
        """The fields that say which doings it is about."""
        return [beside(self.days["about_from"], self.days["about_to"]), beside(self.words["place"], self.words["officer"]), self.guard]

    def start(self, draft: DisclosureDraft | ComplaintDraft | None, first: QWidget) -> None:
        """Start from what there is, or from nothing but today."""
        for name in _WORDS:
            self.words[name].write(getattr(draft, name) if draft is not None else "")
        for name in _DAYS:
            self.days[name].write(getattr(draft, name) if draft is not None else None)
        if draft is not None:
            self.channel.choose(draft.channel)
            self.label.show_label(draft.label)
        else:
            self.channel.setCurrentIndex(0)
            self.label.show_label(Label())
        self._channel_chosen()
        self.begin_anew(draft is not None)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def sound(self) -> bool:
        if self.label.refused:
            self.refuse(self.label.refused)
            return False
        return all(one.sound() for one in (*self.words.values(), *self.days.values()))

    def _common(self) -> dict[str, Any]:
        received = self.days["received_on"].value
        assert received is not None  # `sound` asked for it
        words = {name: self.words[name].words for name in _WORDS}
        return {**words, "received_on": received, "about_from": self.days["about_from"].value, "about_to": self.days["about_to"].value,
                "channel": str(self.channel.value()), "label": self.label.label}

    def _channel_chosen(self) -> None:
        """What follows from the way it came."""


class RequestForm(EntryForm):
    """登记政府信息公开申请."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Register the request"), _("Request for information"))
        self.applicant = WordsField(_("Applicant"), True)
        self.wanted = WordsField(_("Information asked for"), True, 3)
        self.confirmed = DayField(_("Receipt agreed on"), False)
        self.ground = para("", "small", "ink2", lead=1.5)
        self.lay(beside(self.applicant, self.words["contact"]), self.wanted, beside(self.days["received_on"], self.came), self.confirmed,
                 self.ground, *self.about(), beside(self.words["handler"], self.words["number"]), self.label)

    def begin(self, line: DisclosureLine | None) -> None:
        """For a new request, or to correct one."""
        draft = line.draft if line is not None else None
        self.applicant.write(draft.applicant if draft else "")
        self.wanted.write(draft.wanted if draft else "")
        self.confirmed.write(draft.confirmed_on if draft else None)
        self.send.say(_("Register the request") if line is None else _("Keep the correction"))
        self.start(draft, self.applicant.entry)

    def draft(self) -> DisclosureDraft:
        """What is filled in."""
        confirmed = None if self.confirmed.isHidden() else self.confirmed.value
        return DisclosureDraft(self.applicant.words, self.wanted.words, confirmed_on=confirmed, **self._common())

    def sound(self) -> bool:
        return self.applicant.sound() and self.wanted.sound() and self.confirmed.sound() and super().sound()

    def _channel_chosen(self) -> None:
        way = regime().channels.get(str(self.channel.value()))
        self.confirmed.setVisible(way is not None and way.confirmed)
        self.ground.setText(f"{way.article}：“{way.text}”" if way is not None else "")


class ComplaintForm(EntryForm):
    """登记投诉举报."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, _("Register the complaint"), _("Complaint"))
        self.complainant = WordsField(_("Who complains"), hint=_("Left empty, it was made without a name."))
        self.what = WordsField(_("What it is about"), True, 3)
        self.case = CaseField(page.archive, page.bridge, _("Case that it led to"), filed=True)
        self._case: tuple[str, CaseId | None] = ("", None)
        self.lay(beside(self.complainant, self.words["contact"]), self.what, beside(self.days["received_on"], self.came), *self.about(), self.case,
                 beside(self.words["handler"], self.words["number"]), self.label)

    def begin(self, line: ComplaintLine | None) -> None:
        """For a new complaint, or to correct one."""
        draft = line.draft if line is not None else None
        self.complainant.write(draft.complainant if draft else "")
        self.what.write(draft.about if draft else "")
        self.case.choose(None)
        self._case = (line.case_number, draft.case) if line is not None and draft is not None else ("", None)
        self.case.entry.setText(self._case[0])
        self.send.say(_("Register the complaint") if line is None else _("Keep the correction"))
        self.start(draft, self.what.entry)

    def draft(self) -> ComplaintDraft:
        """What is filled in."""
        number, before = self._case
        case = before if self.case.entry.text().strip() == number else self.case.case_id
        return ComplaintDraft(self.what.words, complainant=self.complainant.words, case=case, **self._common())

    def sound(self) -> bool:
        if self.case.entry.text().strip() not in ("", self._case[0]) and self.case.case_id is None:
            self.case.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return self.what.sound() and super().sound()
