"""What is done on the page of recordings: each act opens its form, goes through the door, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from desktop.policy.verdicts import DutyVerdict, GapVerdict
from desktop.procedure import FootageDraft, FootageLine, StatementDraft, StatementLine
from desktop.procedure.rescanning import Rescanned, search_again
from models.terms import ActivityId, CaseId, ComponentId, RecorderId, StatementKind
from views.common.dialogs import ask_password
from views.footage.forms import SideForm
from views.footage.link_form import likely_recorder
from views.footage.reading import FootageRead
from views.footage.side import Side
from views.footage.statements import Subject, kind_words
from views.footage.words import exact

_LEFT_MOST = 3  # refusals that are told by themselves


class FootageActs:
    """The acts of `FootagePage`: everything goes to `archive.procedure`; what is refused is told in the form."""

    archive: Any
    side: Side
    read: FootageRead | None
    case: CaseId | None
    activity: ActivityId | None
    component: ComponentId | None
    run: Callable[..., Any]
    say: Callable[..., None]
    tell: Callable[[BaseException], None]
    reread: Callable[[], None]
    activities: Any
    recordings: Any
    bridge: Any

    def connect_forms(self) -> None:
        """What each form sends, and that it may be left."""
        side = self.side
        sends: tuple[tuple[SideForm, Callable[[], None]], ...] = (
            (side.activity, self._save_activity), (side.link, self._save_link), (side.gap, self._save_gap), (side.unsuitable, self._save_excuse),
            (side.statement, self._sign_statement), (side.sheet, self._save_sheet), (side.why, lambda: side.why.act(side.why.reason_words)))
        for form, send in sends:
            form.sent.connect(send)
            form.left.connect(self.close_form)

    def close_form(self) -> None:
        """Back to what stood there before the form."""
        form = self.side.form
        recording = form in (self.side.link, self.side.sheet)
        self.side.show_tab(1 if recording else 2 if form is self.side.statement else 0)
        (self.recordings if recording else self.activities).setFocus(Qt.FocusReason.OtherFocusReason)

    def do(self, job: Callable[[Progress], object], words: str, more: Callable[[Any], str] = lambda _r: "") -> None:
        """A short act on the quick lane: its form closes when it is done, and tells what was refused."""
        form = self.side.form

        def done(result: Any) -> None:
            if form is not None and self.side.form is form:
                self.close_form()
            self.say("good", words, more(result))
            self.reread()

        def refused(error: Exception) -> None:
            if form is not None and self.side.form is form:
                form.refuse(error)
            else:
                self.tell(error)

        self.run(job, done, refused, lane="reads")

    # Activities
    def begin_activity(self, change: bool = False) -> None:
        read = self.read
        line = read.activity(self.activity) if read and change else None
        if read is None or (change and line is None):
            return
        self.side.show_form(self.side.activity, _("Change the activity") if change else _("Enter an activity"))
        self.side.activity.begin(line, read.officers, read.papers, self._day(read), read.folder.place, read.answerable)

    def _day(self, read: FootageRead) -> date:
        """The day that need not be typed: that of the recording one stands on, else of the case's last activity, else today."""
        line = read.line(self.component)
        at = line.start if line else None
        return (at or read.now).astimezone(BEIJING).date()

    def _save_activity(self) -> None:
        form, case, room = self.side.activity, self.case, self.archive.procedure
        line = form.line
        if line is None:
            draft = form.draft()

            def entered(made: ActivityId) -> str:
                self.activity = made
                return _("Link what was recorded: choose a recording and press L.")

            self.do(lambda _p: room.activity_add(case, draft), _("The activity is entered."), entered)
            return
        changes, reason = form.changes(), form.reason_words
        self.do(lambda _p: room.activity_edit(line.id, changes, reason), _("The activity is changed."))

    def begin_remove(self) -> None:
        """Take an activity away that was entered wrongly."""
        line = self.read.activity(self.activity) if self.read else None
        if line is None:
            return
        room = self.archive.procedure
        what = _("“{title}” goes from the list; it stays in the history with your reason.").format(title=line.title)
        self._ask_why(_("Take the activity away"), what, _("Take away"),
                      lambda reason: self.do(lambda _p: room.activity_remove(line.id, reason), _("The activity is taken away.")))

    def _ask_why(self, title: str, what: str, verb: str, act: Callable[[str], object]) -> None:
        self.side.show_form(self.side.why, title)
        self.side.why.begin(what, verb, act)

    # Recordings
    def link_now(self) -> None:
        """One key: the chosen recording belongs to the chosen activity, at the time that its recorder and its clock make likely."""
        read, line = self.read, self.recordings.row()
        activity = read.activity(self.activity) if read else None
        if read is None or line is None or activity is None or not self.archive.may("procedure.footage_link").allowed or read.filed:
            return
        if line.activity is not None:
            if line.activity == activity.id:
                self.say("info", _("“{title}” belongs to this activity already").format(title=line.title))
            else:  # a correction, and that wants its reason
                self.component = line.component
                self.begin_link(activity.id)
            return
        room, component = self.archive.procedure, line.component
        draft = FootageDraft(activity.id, line.recorder if line.confirmed else likely_recorder(line, read.recorders),
                             line.start if line.confirmed else None, line.end if line.confirmed else None, line.returned, line.officer)

        def link(_progress: Progress) -> Any:
            room.footage_link(component, draft)
            return next(one for one in room.footage(self.case) if one.component == component)

        def more(now: FootageLine) -> str:
            told = _("It truly ran from {start} to {end}; correct it where that is not so.")
            return told.format(start=exact(now.start), end=exact(now.end))

        self.do(link, _("“{title}” is linked to {activity}").format(title=line.title, activity=activity.title), more)

    def begin_link(self, to: ActivityId | None = None) -> None:
        read = self.read
        line = read.line(self.component) if read else None
        if read is None or line is None:
            return
        self.side.show_form(self.side.link, _("Link the recording"))
        self.side.link.begin(line, read.activities, read.recorders, to or self.activity, read.officers)
        if to is not None:
            self.side.link.activity.choose(int(to))

    def propose(self, component: ComponentId, recorder: RecorderId | None) -> None:
        """When a recording would truly have run, had this recorder made it."""
        room, form = self.archive.procedure, self.side.link
        self.run(lambda _p: room.span_proposed(component, recorder), lambda found: form.propose(component, recorder, found), form.refuse,
                 lane="reads")

    def _save_link(self) -> None:
        form, room = self.side.link, self.archive.procedure
        assert form.line is not None
        component, draft, reason = form.line.component, form.draft(), form.reason_words
        self.do(lambda _p: room.footage_link(component, draft, reason), _("The recording is linked."))

    def begin_sheet(self) -> None:
        read = self.read
        line = read.line(self.component) if read else None
        if read is not None and line is not None:
            self.side.show_form(self.side.sheet, _("Description of a recording"))
            self.side.sheet.begin(line, read.profile, read.piece(line.component))

    def _save_sheet(self) -> None:
        form, room = self.side.sheet, self.archive.procedure
        assert form.line is not None
        component, draft, reason = form.line.component, form.draft(), form.reason_words
        self.do(lambda _p: room.evidence_sheet(component, draft, reason), _("The description is saved."))

    # Searching again for interruptions
    def search_again(self, lines: Sequence[FootageLine] = ()) -> None:
        """Search these recordings, or all of the case, for interruptions: long work, which tells how far it is and may be stopped."""
        read, archive = self.read, self.archive
        chosen = [line.component for line in lines or (read.footage if read else ())]
        if not chosen:
            return

        def done(result: Rescanned) -> None:
            self.tell_search(result)
            self.reread()

        self.run(lambda progress: search_again(archive, chosen, progress), done, self.tell, lane="wide", title=_("Search for interruptions"))

    def tell_search(self, result: Rescanned) -> None:
        """What became of a search: read, found, and what could not be read with its reason."""
        told = _("{read} recordings searched, {found} interruptions found").format(read=result.read, found=result.found)
        told = told if result.read else _("Nothing was searched")
        more = [_("{n} keep no times and cannot tell").format(n=result.timeless)] if result.timeless else []
        more += [_("{title}: {why}").format(title=title, why=refusal) for title, refusal in result.left[:_LEFT_MOST]]
        if len(result.left) > _LEFT_MOST:
            more.append(_("{n} more were not searched").format(n=len(result.left) - _LEFT_MOST))
        self.say("soon" if result.left else "good", told, "\n".join(more))

    # Gaps
    def begin_gap(self, gap: GapVerdict) -> None:
        """Note the cause of a gap that the recordings show."""
        read = self.read
        line = read.line(ComponentId(int(gap.footage))) if read and gap.footage else None
        if read is None or line is None:
            return
        noted = (one for one in line.gaps if one not in line.found)  # what the file told by itself nobody corrects
        known = next((one for one in noted if (one.start, one.end) == (gap.start, gap.end)), None)
        self.side.show_form(self.side.gap, _("Interruption"))
        self.side.gap.begin(line.component, gap.start, gap.end, known, read.report_to)

    def begin_interruption(self) -> None:
        """Note a stretch inside or behind the chosen recording."""
        read = self.read
        line = read.line(self.component) if read else None
        if read is not None and line is not None:
            self.side.show_form(self.side.gap, _("Interruption"))
            held = read.activity(line.activity)
            self.side.gap.begin(line.component, line.end, held.end if held else None, None, read.report_to)

    def _save_gap(self) -> None:
        form, room = self.side.gap, self.archive.procedure
        component, gap, reason = form.component, form.gap(), form.reason_words
        self.do(lambda _p: room.gap_note(component, gap, reason), _("The interruption is noted."))

    # Why nothing was recorded
    def begin_excuse(self, duty: DutyVerdict) -> None:
        self.side.show_form(self.side.unsuitable, _("Unsuitable for recording"))
        self.side.unsuitable.begin(duty, self.archive.person.name)

    def _save_excuse(self) -> None:
        form, room = self.side.unsuitable, self.archive.procedure
        assert form.duty is not None
        activity, (ground, reason, by) = ActivityId(int(form.duty.activity)), form.written()
        self.do(lambda _p: room.unsuitable(activity, ground, reason, by), _("It is stated that the activity was unsuitable for recording."))

    def begin_taking_back(self) -> None:
        """Take back that the activity was unsuitable."""
        activity, room = self.activity, self.archive.procedure
        self._ask_why(_("Take it back"), _("The activity is to be recorded again, or explained otherwise."), _("Take it back"),
                      lambda reason: self.do(lambda _p: room.suitable(activity, reason), _("The statement is taken back.")))

    # Statements
    def begin_explaining(self, gap: GapVerdict) -> None:
        """A written statement on a gap, with its exact stretch."""
        component = ComponentId(int(gap.footage)) if gap.footage else None
        self._begin_statement(Subject(StatementKind.INTERRUPTION, ActivityId(int(gap.activity)), component, gap.start, gap.end, gap.cause))

    def begin_statement(self, duty: DutyVerdict) -> None:
        """A written statement why nothing was recorded of an activity."""
        self._begin_statement(Subject(StatementKind.NOT_RECORDED, ActivityId(int(duty.activity))))

    def begin_statement_of(self, kind: StatementKind) -> None:
        """One of the other two kinds, on what is chosen."""
        line = self.read.line(self.component) if self.read else None
        if kind is StatementKind.LATE_DEPOSIT and line is not None:
            self._begin_statement(Subject(kind, line.activity, line.component, line.end, line.deposited))
        elif kind is StatementKind.NOT_RECORDED and self.activity is not None:
            self._begin_statement(Subject(kind, self.activity))

    def _begin_statement(self, subject: Subject) -> None:
        if self.read is not None:
            self.side.show_form(self.side.statement, kind_words(subject.kind))
            self.side.statement.begin(subject, self.read.report_to)

    def draft_statement(self, subject: Subject) -> None:
        """The words of a statement with what is known already."""
        room, case, form = self.archive.procedure, self.case, self.side.statement

        def draft(_progress: Progress) -> StatementDraft:
            made: StatementDraft = room.statement_draft(case, subject.kind, activity=subject.activity, component=subject.component,
                                                        start=subject.start, end=subject.end, cause=subject.cause)
            return made

        self.run(draft, lambda made: form.show_draft(subject, made), form.refuse, lane="reads")

    def _sign_statement(self) -> None:
        """A statement is signed: the password opens the person's key."""
        case, form, room = self.case, self.side.statement, self.archive.procedure
        draft = form.signed()

        def job(words: str, _progress: Progress) -> None:
            room.statement_sign(case, draft, words)

        def signed(_result: object) -> None:
            if self.side.form is form:
                self.close_form()
            self.say("good", _("The statement is signed."))
            self.reread()

        form.send.allow(True)  # who leaves the question may sign later
        ask_password(self, self.bridge, kind_words(draft.kind), _("You sign these words with your own key; they stand in the case with your name."),
                     _("Sign"), job, signed)

    def begin_withdrawal(self, line: StatementLine) -> None:
        """Take a signed statement back; it stays, marked as withdrawn."""
        room = self.archive.procedure
        self._ask_why(_("Take the statement back"), _("“{kind}” by {person} stays in the case, marked as taken back.").format(
            kind=kind_words(line.draft.kind), person=line.person), _("Take it back"),
            lambda reason: self.do(lambda _p: room.statement_withdraw(line.id, reason), _("The statement is taken back.")))
