"""The form of a case folder: a new one, or changes to one with their reason. What is half written waits for one's return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from desktop.cases import CaseDraft, Folder
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.people import PersonLine
from desktop.policy.rules import Profile
from models.terms import CaseId
from views.cases.form import BLANK, CaseForm, changes, draft_of, same_people
from views.cases.reading import folder_of
from views.common import button, page_head
from views.common.page import Page


@dataclass
class _Half:
    """A form left half written."""

    draft: CaseDraft
    reason: str


class CaseFormPage(Page):
    """`go("case_form")` for a new case folder, `go("case_form", case=…)` to change one. Ctrl+S saves; Esc leaves and keeps."""

    name, icon, act, in_rail, under = "case_form", "archive", "cases.create", False, "cases"
    listens_to = frozenset({"people."})

    @classmethod
    def title(cls) -> str:
        return _("Form of a case folder")

    def build(self) -> None:
        self.case: CaseId | None = None
        self.before = BLANK
        self._shown = False
        self._half: dict[CaseId | None, _Half] = {}
        self.drop = button(_("Drop the draft"), "", "arrow-counter-clockwise", on=self.drop_draft)
        self.save = button(_("Save"), "primary", "floppy-disk", "Ctrl+S", on=self.save_form)
        self.head = page_head("", self.drop, self.save, back=lambda: self.shell.back(), hint=_("Back; what is written is kept"))
        self.form = CaseForm()
        self.form.changed.connect(self._changed)
        self.lay(self.head, self.form, None)

    def opened(self, case: CaseId | None = None, **kw: Any) -> None:
        self._keep()
        self.banner.clear()
        self.case, self._shown = case, False
        self.head.say(_("New case folder") if case is None else _("Change the case folder"))
        self.save.heed(self.may("cases.create" if case is None else "cases.edit"))
        self.form.show_draft(BLANK, case is not None)
        self.form.setEnabled(False)  # until the folder is here there is nothing to write in
        self.reread()

    def left(self) -> None:
        self._keep()

    def refresh(self) -> None:
        archive, case = self.archive, self.case

        def read(_progress: Progress) -> tuple[Folder | None, list[PersonLine], Profile]:
            folder = folder_of(archive, case) if case is not None else None
            rules = (archive.rules.profile(folder.profile, folder.profile_version) if folder is not None
                     else archive.rules.current(archive.header.profile, archive.clock.now()))
            return folder, archive.people.everybody(), rules

        self.run(read, lambda found: self._show(case, *found), lane="reads")

    def _show(self, case: CaseId | None, folder: Folder | None, people: list[PersonLine], rules: Profile) -> None:
        if case != self.case:
            return
        self.form.stand_under(rules, folder.line.kind if folder is not None else None)
        self.form.officers.know(people)
        if self._shown:  # read again while somebody types: what is typed stays
            return
        self.before = draft_of(folder) if folder else BLANK
        half = self._half.get(case)
        self.form.show_draft(half.draft if half else self.before, case is not None)
        if half:
            self.form.reason.setPlainText(half.reason)
        self._shown = True
        self.form.setEnabled(True)
        self.form.number.control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._changed()

    @property
    def unsaved(self) -> bool:
        """Whether something is written that is not saved."""
        now = self.form.draft()
        return bool(changes(same_people(self.before), same_people(now))) or bool(self.form.reason.toPlainText().strip())

    def drop_draft(self) -> None:
        """Back to what is saved."""
        self._half.pop(self.case, None)
        self.form.show_draft(self.before, self.case is not None)
        self.banner.clear()
        self._changed()

    def save_form(self) -> None:
        """Check, then create or change; a refusal stands in the banner and the form stays."""
        faults = self.form.faults()
        if faults:
            self.form.to_first(faults)
            return
        if self.form.label.refused:
            self.say("refused", _("Not saved: this machine cannot hold state secrets"), self.form.label.refused)
            return
        draft, case, archive = self.form.draft(), self.case, self.archive
        if case is None:
            self._send(lambda _p: archive.cases.create(draft), self._created)
            return
        changed = changes(same_people(self.before), same_people(draft))
        if "officers" in changed:
            changed["officers"] = draft.officers
        reason = self.form.reason.toPlainText().strip()
        if changed:
            sealing = _("Sealing the keys of the case") if "label" in changed else ""  # ten thousand records take seconds
            self._send(lambda p: archive.cases.edit(case, changed, reason, p), lambda _none: self._saved(), sealing)
        else:
            self.say("info", _("Nothing is changed"))

    def _send(self, job: Any, done: Any, title: str = "") -> None:
        self.save.allow(False, _("Saving …"))

        def failed(error: Exception) -> None:
            self.save.allow(True)
            self.tell(error)

        # A short act goes on the quick lane: the door keeps acts apart, and a form does not wait behind an hour of intake.
        self.run(job, done, failed, lane="records" if title else "reads", title=title)

    def _created(self, case: CaseId) -> None:
        seen = self.isVisible()
        self._saved()
        if seen:
            self.go("case", case=case)

    def _saved(self) -> None:
        self._half.pop(self.case, None)
        self._shown = False
        self.save.allow(True)
        self.banner.clear()
        if self.isVisible():  # somebody who has gone elsewhere meanwhile stays there
            self.shell.back()

    def _keep(self) -> None:
        if self._shown and self.unsaved:
            self._half[self.case] = _Half(self.form.draft(), self.form.reason.toPlainText())

    def _changed(self) -> None:
        self.drop.allow(self._shown and self.unsaved, _("Nothing is written that is not saved"))
