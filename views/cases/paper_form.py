"""确认文书: which form a paper is, which items it answers, when dated, who signed, which fields are in it; by a person who has looked at it."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.asking import approvers_of
from desktop.policy.rules import ItemRule
from desktop.policy.verdicts import ItemVerdict, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import PaperDraft, PaperLine
from models.terms import ActivityId, RecordId
from views.cases.moments import moment_text, read_moment
from views.cases.reading import Course
from views.cases.side_form import SideForm, Ticks
from views.common import Check, Combo, Edit, Field, Verdict, combo, edit, field, hbox, para, vbox
from views.common.layout import content

# Words that regulations use for who approves; a paper's words are found among those that an item names.
APPROVERS = ("局相关负责人", "本机关负责人", "局领导", "局主要领导")


class PaperForm(SideForm):
    """Opened from an item (then `item` is ticked) or from a record. What is suggested is filled in; nothing counts before it is sent."""

    def __init__(self) -> None:
        super().__init__(_("Confirm"), "check", _("Confirm a paper"))
        self.course: Course | None = None
        self.item = ""
        self._make()
        self.lay(self.paper, self.form, self.items, self.hint, hbox((vbox(self.dated, None), 1), (vbox(self.activity, None), 1), gap=12),
                 self.fields_, self.signers, self.officers, self.others, self.approved, self.pages_line, self.talk, self.evidence,
                 self.copy, self.outgoing)

    def _make(self) -> None:
        self.paper = field(_("Paper"), combo([], on=lambda _v: self._of_paper()))
        self.form = field(_("Which form it is"), combo([], on=lambda _v: self._of_form()))
        self.items = Ticks(_("It answers these items"), _("Other items …"))
        self.hint = para(_("One paper may answer several items. Items that are not ticked are not proven by it."), "small", "ink3", lead=1.5)
        self.dated = field(_("Date on it"), edit("", "2026-10-20"), check=lambda: self._check_moment(self.dated))
        self.activity = field(_("Of which activity"), combo([]))
        self.fields_ = Ticks(_("In it are"))
        self.signers = Ticks(_("Signed or sealed by"), _("Others …"))
        self.officers = Ticks(_("Officers named in it"))
        self.others = field(_("Other officers named in it"), edit("", _("names, set apart by “、”")))
        self.approved = field(_("Approved by"), combo([(_("nobody, or not needed"), ""), *((one, one) for one in APPROVERS)]))
        self.pages = field(_("Pages"), edit("", "6"), check=lambda: self._check_number(self.pages))
        self.signed_pages = field(_("of them signed"), edit("", "6"), check=lambda: self._check_number(self.signed_pages))
        self.pages_line = content(hbox((self.pages, 1), (self.signed_pages, 1), gap=12))
        self.who = field(_("Who was questioned"), edit())
        self.start = field(_("From"), edit("", "2026-10-20 09:30"), check=lambda: self._check_moment(self.start))
        self.end = field(_("Until"), edit("", "2026-10-20 11:10"), check=lambda: self._check_moment(self.end))
        self.talk = content(vbox(self.who, hbox((vbox(self.start, None), 1), (vbox(self.end, None), 1), gap=12), gap=10))
        self.evidence, self.outgoing = Check(_("It is used as evidence")), Check(_("It goes to a party and must be served"))
        self.copy = Check(_("It is a copy of a document"))
        self.copy.toggled.connect(lambda _on: self._of_items())
        self.items.changed.connect(self._of_items)

    # Opening
    def begin(self, course: Course, officers: tuple[str, ...], item: ItemVerdict | None, record: RecordId | None, may: Verdict) -> None:
        """Start for an item, for a record, or for both."""
        self.course, self.item, self._names = course, item.id if item else "", officers
        paper = self._fitting(item, record)
        offered = [(f"{p.title}{'' if p.confirmed else _(' · not confirmed yet')}", int(p.record)) for p in course.papers]
        _combo(self.paper).offer(offered)
        _combo(self.paper).choose(int(paper.record) if paper else None)
        _combo(self.activity).offer([(_("none"), 0), *((_activity_words(a.title, a.start), int(a.id)) for a in course.activities)])
        self.begin_anew(False, may)
        if not course.papers:
            self.send.allow(False, _("There is no paper in the folder yet. Deposit one first."))
        self._of_paper()
        _combo(self.paper).setFocus(Qt.FocusReason.OtherFocusReason)

    def _fitting(self, item: ItemVerdict | None, record: RecordId | None) -> PaperLine | None:
        """The paper to begin with: the one that one stands on, unless another is suggested for the item."""
        course = self.course
        assert course is not None
        if item is None:
            return course.paper(record) if record is not None else None
        forms = course.rule(item.id).forms
        if item.papers and (there := course.paper(item.papers[0])) is not None:
            return there
        fits = [p for p in course.papers if p.suggested in forms and p.suggested and p.confirmed is None]
        stood = course.paper(record) if record is not None else None
        return fits[0] if fits else stood or next((p for p in course.papers if p.stage == item.stage), None) or next(iter(course.papers), None)

    # What follows from what
    def _chosen(self) -> PaperLine | None:
        value = _combo(self.paper).value()
        return self.course.paper(str(value)) if self.course is not None and value is not None else None

    def _of_paper(self) -> None:
        """Another paper: what was confirmed of it, else what its title suggests."""
        paper, course = self._chosen(), self.course
        if paper is None or course is None:
            return
        known = paper.confirmed
        draft = known or PaperDraft(paper.suggested or self._form_of_item() or paper.title, dated=_made_on(paper))
        self.why.setVisible(known is not None)
        forms = list(dict.fromkeys([draft.form, *self._item_forms(), paper.title, *course.forms]))
        _combo(self.form).offer([(form, form) for form in forms if form])
        _combo(self.form).choose(draft.form)
        _edit(self.dated).setText(moment_text(draft.dated))
        _combo(self.activity).choose(int(draft.activity or 0))
        self.officers.offer([(name, name) for name in dict.fromkeys((*self._names, *draft.officers))], on=draft.officers)
        _edit(self.others).clear()
        named = dict.fromkeys((*approvers_of(course.profile, APPROVERS), draft.approved_by))
        choices = [(_("nobody, or not needed"), ""), *((one, one) for one in named if one)]
        _combo(self.approved).offer(choices)
        _combo(self.approved).choose(draft.approved_by)
        _edit(self.pages).setText("" if draft.pages is None else str(draft.pages))
        _edit(self.signed_pages).setText("" if draft.signed_pages is None else str(draft.signed_pages))
        _edit(self.who).setText(draft.interviewed)
        _edit(self.start).setText(moment_text(draft.start))
        _edit(self.end).setText(moment_text(draft.end))
        self.evidence.setChecked(draft.evidence)
        self._on = draft
        self.copy.setChecked(draft.copy)
        self.outgoing.setChecked(draft.outgoing)
        self._of_form()

    def _form_of_item(self) -> str:
        forms = self._item_forms()
        return forms[0] if forms else ""

    def _item_forms(self) -> tuple[str, ...]:
        return tuple(self.course.rule(self.item).forms) if self.course is not None and self.item else ()

    def _of_form(self) -> None:
        """Another form: the items that name it are offered first, those of the item's own stage ticked."""
        course = self.course
        if course is None:
            return
        form, shown = str(_combo(self.form).value() or ""), course.answers.items
        rules = {one.id: course.rule(one.id) for one in shown}
        naming = [one for one in shown if form in rules[one.id].forms and not rules[one.id].every]
        own = [one for one in shown if one.id == self.item]
        stage = own[0].stage if own else ""
        ticked = set(self._on.items) or {one.id for one in naming if one.stage == stage or not own}
        ticked |= {self.item} if self.item else set()
        first = list(dict.fromkeys([*own, *naming]))
        rest = [one for one in shown if one not in first and not rules[one.id].every and one.standing is not Standing.NOT_APPLICABLE]
        rest += [one for one in shown if one not in first and one.id in ticked and one not in rest]
        self.items.offer([(one.id, one.title) for one in first], [(one.id, one.title) for one in rest], on=ticked)
        self._of_items()

    def _of_items(self) -> None:
        """Other items: which fields and signatures they ask for."""
        if self.course is None:
            return
        form = str(_combo(self.form).value() or "")
        rules = [self.course.rule(key) for key in self.items.value]
        rules += [one for one in self.course.profile.item if one.every and form in one.forms]
        fields = dict.fromkeys(name for rule in rules for name in rule.fields)
        sheet = self.course.sheet
        fields |= dict.fromkeys(sheet.fields_of(form, fields, self.copy.isChecked()))
        there = self.fields_.value | self._on.fields
        self.fields_.offer([(name, name) for name in dict.fromkeys((*fields, *self._on.fields))], on=there)
        wanted = dict.fromkeys(key for rule in rules for key in (*rule.signers, *rule.signers_if_any))
        words = {key: term.title for key, term in vocabulary().keys("signer").items()}
        signed = self.signers.value | self._on.signers
        self.signers.offer([(key, words[key]) for key in wanted], list(words.items()), on=signed)
        self.approved.setVisible(any(rule.approver for rule in rules) or bool(self._on.approved_by))
        self.approved.tell("", "、".join(dict.fromkeys(rule.approver for rule in rules if rule.approver)))
        self.pages_line.setVisible(any(rule.each_page for rule in rules) or sheet.looks(form, "signed_pages") or self._on.pages is not None)
        self.talk.setVisible(any(_talks(rule) for rule in rules) or sheet.looks(form, "one_each") or bool(self._on.interviewed))

    # Sending
    def _check_moment(self, one: Field) -> tuple[str, str]:
        try:
            at = read_moment(_edit(one).text())
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20, or with its hour 2026-10-20 09:05")
        if at is not None and one in (self.start, self.end) and not isinstance(at, datetime):
            return "bad", _("Please write the hour too, like 2026-10-20 09:05")
        _edit(one).setText(moment_text(at))
        return "", ""

    def _check_number(self, one: Field) -> tuple[str, str]:
        words = _edit(one).text().strip()
        return ("", "") if not words or words.isdecimal() else ("bad", _("Please write a number"))

    def sound(self) -> bool:
        checks = [(one, self._check_moment) for one in (self.dated, self.start, self.end)]
        checks += [(one, self._check_number) for one in (self.pages, self.signed_pages)]
        for one, check in checks:
            one.tell(*check(one))
            if one.control.property("state") == "bad":
                one.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return self._chosen() is not None

    @property
    def record(self) -> RecordId:
        """The paper that is confirmed."""
        paper = self._chosen()
        assert paper is not None
        return paper.record

    def draft(self) -> PaperDraft:
        """What is written and ticked."""
        start, end = (read_moment(_edit(one).text()) for one in (self.start, self.end))
        activity = _combo(self.activity).value()
        others = [name.strip() for name in _edit(self.others).text().replace("，", "、").replace(",", "、").split("、")]
        named = tuple(name for name in self.officers.checks if name in self.officers.value)
        return PaperDraft(
            form=str(_combo(self.form).value() or ""), items=self.items.value, dated=read_moment(_edit(self.dated).text()),
            activity=ActivityId(int(str(activity))) if activity else None, signers=self.signers.value, fields=self.fields_.value,
            officers=(*named, *(name for name in others if name)), interviewed=_edit(self.who).text().strip(),
            start=start if isinstance(start, datetime) else None, end=end if isinstance(end, datetime) else None,
            evidence=self.evidence.isChecked(), outgoing=self.outgoing.isChecked(), approved_by=str(_combo(self.approved).value() or ""),
            pages=_number(self.pages), signed_pages=_number(self.signed_pages),
            copy=self.copy.isChecked())


def _talks(rule: ItemRule) -> bool:
    """Whether the item is about a talk that has a person, a beginning and an end."""
    return rule.each in ("interview", "hearing")


def _combo(one: Field) -> Combo:
    assert isinstance(one.control, Combo)
    return one.control


def _edit(one: Field) -> Edit:
    assert isinstance(one.control, Edit)
    return one.control


def _number(one: Field) -> int | None:
    words = _edit(one).text().strip()
    return int(words) if words.isdecimal() else None


def _made_on(paper: PaperLine) -> datetime | date | None:
    try:
        return read_moment(paper.made_on or "")
    except ValueError:
        return None


def _activity_words(title: str, start: datetime | date | None) -> str:
    return f"{title} {moment_text(start)}".strip()
