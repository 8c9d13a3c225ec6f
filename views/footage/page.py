"""Recordings of a case: its activities under their duty, the recordings that prove them, and everything that is to be said beside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import FootageLine
from models.terms import ActivityId, CaseId, ComponentId
from views.common import Empty, button, content, hbox, page_head, panel, shortcut, tool, vbox
from views.common.page import Page
from views.footage.acts import FootageActs
from views.footage.lens import points_article
from views.footage.lists import Entry, activity_table, recording_table
from views.footage.reading import FootageRead, read_footage
from views.footage.side import Side
from views.theme import THEME, follow

SIDE, SIDE_NARROW = 420, 368  # px
COVERAGE, RECORDING, STATEMENTS = range(3)


class FootagePage(FootageActs, Page):
    """`go("footage", case=…, activity=…, component=…)`. L links the chosen recording to the chosen activity."""

    name, icon, act, in_rail, under = "footage", "video-camera", "procedure.read", False, "cases"
    listens_to = frozenset({"procedure.", "recorders.", "records.", "cases.", "annotations.", "requests.", "intake."})
    margins = (24, 8, 24, 12)

    @classmethod
    def title(cls) -> str:
        return _("Recordings of a case")

    def build(self) -> Iterator[None]:
        self.case: CaseId | None = None
        self.activity: ActivityId | None = None
        self.component: ComponentId | None = None
        self.read: FootageRead | None = None
        self.add = button(_("Enter an activity"), "primary", "plus", "Ctrl+N", on=self.begin_activity)
        self.head = page_head(self.title(), self.add, back=lambda: self.shell.back(), hint=_("Back to the case folder"))
        yield
        self.side = Side(self)
        yield
        yield from self.side.build()
        self._build_lists()
        yield
        self.gone = Empty("archive", _("Nothing found"), _("There is no such case folder."))
        lists = vbox((self.activity_panel, 1), (self.recording_panel, 1), gap=12)
        self.whole = content(hbox((lists, 1), self.side, gap=16))
        self.place = QStackedWidget()
        self.place.addWidget(self.whole)
        self.place.addWidget(self.gone)
        self.lay(self.head, (self.place, 1))
        self.room.setSpacing(12)
        self._connect()
        follow(self, self._restyle)

    def _build_lists(self) -> None:
        self.activities = activity_table()
        self.recordings = recording_table(lambda: self.activity, self._title_of)
        self.edit = tool("pencil-simple", _("Change the activity"), on=lambda: self.begin_activity(True))
        self.remove = tool("trash", _("Take the activity away"), on=self.begin_remove)
        start = _("Enter the inspection, the interview, the service …; then link what was recorded.")
        self.none = Empty("video-camera", _("No activity is entered yet"), start)
        self.held = QStackedWidget()
        self.held.addWidget(self.activities)
        self.held.addWidget(self.none)
        self.activity_panel = panel(_("Activities"), (self.held, 1), tail=(self.edit, self.remove), gap=4)
        self.link = button(_("Link to this activity"), "", "link", hint=_("Link the chosen recording to the chosen activity  L"), on=self.link_now)
        self.search = tool("magnifying-glass", _("Search all recordings of the case for interruptions"), on=lambda: self.search_again())
        self.recording_panel = panel(_("Recordings"), (self.recordings, 1), tail=(self.search, self.link), gap=4)

    def _connect(self) -> None:
        side = self.side
        self.activities.chosen.connect(self._chose_activity)
        self.activities.opened.connect(lambda _entry: self.into(COVERAGE))
        self.recordings.chosen.connect(self._chose_recording)
        self.recordings.opened.connect(lambda _line: self.into(RECORDING))
        for table, number in ((self.activities, COVERAGE), (self.recordings, RECORDING)):
            table.clicked.connect(partial(self._beside, number))
        shortcut(self.recordings, "L", self.link_now)
        side.lens.jump.connect(self.jump)
        side.lens.note.connect(self.begin_gap)
        side.lens.explain.connect(self.begin_explaining)
        side.lens.excuse.connect(self.begin_excuse)
        side.lens.recall.connect(lambda _duty: self.begin_taking_back())
        side.lens.state.connect(self.begin_statement)
        side.recording.link.clicked.connect(lambda *_a: self.begin_link())
        side.recording.describe.clicked.connect(lambda *_a: self.begin_sheet())
        side.recording.interrupt.clicked.connect(lambda *_a: self.begin_interruption())
        side.recording.searched.connect(lambda line: self.search_again([line]) if line is not None else None)
        side.recording.played.connect(lambda line: self._open(line, 0))
        side.statements.begun.connect(self.begin_statement_of)
        side.statements.withdrawn.connect(self.begin_withdrawal)
        side.link.asked.connect(self.propose)
        side.statement.asked.connect(self.draft_statement)
        self.connect_forms()

    def _restyle(self) -> None:
        self.side.setFixedWidth(THEME.px(SIDE if self.width() >= THEME.px(1160) else SIDE_NARROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    # Coming and going
    def opened(self, case: CaseId | None = None, activity: ActivityId | None = None, component: ComponentId | None = None, **kw: Any) -> None:
        if case is not None and case != self.case:
            self.case, self.read = case, None
            self.activity = self.component = None
            self.banner.clear()
            self.side.show_tab(COVERAGE)
            self.whole.setEnabled(False)  # until the case is here, there is nothing to press
            self.stale = True
        self.activity = activity or (None if component is not None else self.activity)
        self.component = component or self.component
        if self.stale or self.read is None:
            self.reread()
        else:
            self._fill(self.read)
        if component is not None:
            self.side.show_tab(RECORDING)
        self.activities.setFocus()

    def step_back(self) -> bool:
        if self.side.form is not None:
            self.close_form()
            return True
        return False

    def refresh(self) -> None:
        case, archive = self.case, self.archive
        if case is not None:
            self.run(lambda _progress: read_footage(archive, case), lambda read: self._show(case, read),
                     lambda error: self._lost(case, error), lane="reads")

    def _lost(self, case: CaseId, error: Exception) -> None:
        if case != self.case:
            return
        if isinstance(error, Refusal) and error.code == "not_found":
            self.place.setCurrentWidget(self.gone)
        else:
            self.whole.setEnabled(True)
            self.tell(error)

    def _show(self, case: CaseId, read: FootageRead) -> None:
        if case != self.case:
            return
        focused = not self.whole.isEnabled()
        self.read = read
        self.place.setCurrentWidget(self.whole)
        self.whole.setEnabled(True)
        self.head.say(self.title(), f"{read.folder.line.case_number} · {read.folder.line.cause}")
        self._fill(read)
        if focused:
            self.activities.setFocus()

    def _fill(self, read: FootageRead) -> None:
        """Everything as it was read, standing where one stood."""
        known = {one.id for one in read.activities}
        if self.activity not in known:
            line = read.line(self.component)
            worst = next((one for one in read.duties if one.standing in ("missing", "incomplete", "violated")), None)
            first = line.activity if line else ActivityId(int(worst.activity)) if worst else None
            self.activity = first or (read.activities[0].id if read.activities else None)
        entries = [Entry(one, read.duty(one.id)) for one in read.activities]
        self._rows(self.activities, entries, lambda one: one.line.id == self.activity)
        self.held.setCurrentIndex(0 if entries else 1)
        self._fill_recordings()
        self._fill_side()

    def _fill_recordings(self) -> None:
        assert self.read is not None
        lines = self.read.recordings(self.activity)
        if self.read.line(self.component) is None:
            self.component = lines[0].component if lines else None
        self._rows(self.recordings, lines, lambda one: one.component == self.component)
        linked = sum(one.activity == self.activity for one in lines if self.activity is not None)
        loose = sum(one.activity is None for one in lines)
        self.recording_panel.rename(_("Recordings: {linked} of this activity, {loose} linked to none").format(linked=linked, loose=loose))

    def _rows(self, table: Any, rows: list[Any], stood: Callable[[Any], bool]) -> None:
        table.blockSignals(True)
        table.model().show_rows(rows)
        here = next((n for n, one in enumerate(rows) if stood(one)), None)
        if here is not None:
            table.choose(here)
        table.blockSignals(False)

    def _fill_side(self) -> None:
        read, activity = self.read, self.activity
        assert read is not None
        line = read.activity(activity)
        self.side.lens.acts = self.may("procedure.gap_note").allowed and not read.filed
        self.side.lens.show_duty(read.duty(activity), read.gaps, read.footage, points_article(read.profile), self._excused_words(), read.log)
        self.side.recording.show_recording(read.line(self.component), read)
        told = read.about(activity)
        self.side.tabs.label(STATEMENTS, _("Statements {n}").format(n=len(told)) if told else _("Statements"))
        self.side.statements.show_statements(told, read.now, self.may("procedure.statement_sign").allowed and not read.filed)
        self._allow(line is not None)

    def _excused_words(self) -> str:
        line = self.read.activity(self.activity) if self.read else None
        if line is None or line.unsuitable is None:
            return ""
        ground = vocabulary().title("ground", line.unsuitable.ground)
        return _("{ground}: {reason} (answered for by {by})").format(ground=ground, reason=line.unsuitable.reason or "—", by=line.unsuitable.by)

    def _allow(self, chosen: bool) -> None:
        assert self.read is not None
        filed = _("The folder is filed and closed to changes") if self.read.filed else ""
        none = _("No activity is chosen")
        for one, act, wants in ((self.add, "procedure.activity_add", True), (self.edit, "procedure.activity_edit", chosen),
                                (self.remove, "procedure.activity_remove", chosen), (self.link, "procedure.footage_link", chosen)):
            verdict = self.may(act)
            one.allow(verdict.allowed and not filed and wants, filed or verdict.reason or none)
        search = self.may("procedure.rescan")
        self.search.allow(search.allowed and not filed and bool(self.read.footage), filed or search.reason or _("No recording is chosen."))
        sign = self.may("procedure.statement_sign")
        for one in self.side.statements.buttons.values():
            one.allow(sign.allowed and not filed and chosen, filed or sign.reason or none)

    def _title_of(self, activity: ActivityId) -> str:
        line = self.read.activity(activity) if self.read else None
        return line.title if line else ""

    # What is chosen
    def _chose_activity(self, entry: Entry) -> None:
        self.activity = entry.line.id
        if self.read is not None:
            self._fill_recordings()
            self._fill_side()
            if self.side.form is None and self.side.tabs.chosen == RECORDING:
                self.side.show_tab(COVERAGE)

    def _chose_recording(self, line: FootageLine) -> None:
        self.component = line.component
        if self.read is not None:
            self.side.recording.show_recording(line, self.read)
            if self.side.form is None:
                self.side.show_tab(RECORDING)

    def _beside(self, number: int, *_index: object) -> None:
        """A click shows what stands beside the row, also beside the one that was chosen already."""
        if self.side.form is None:
            self.side.show_tab(number)

    def into(self, number: int) -> None:
        """Enter goes from a list to what stands beside it."""
        self.side.show_tab(number)
        first = {COVERAGE: self.side.glass, RECORDING: self.side.recording.link, STATEMENTS: self.side.statements.place}[number]
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # From a key point to the player
    def jump(self, footage: str, at: datetime) -> None:
        """Open the recording at a moment, where a grant of one's own holds it; else say how to ask."""
        line = self.read.line(ComponentId(int(footage))) if self.read else None
        if line is not None and line.start is not None:
            self._open(line, (at - line.start) // timedelta(microseconds=1))

    def _open(self, line: FootageLine | None, us: int) -> None:
        if line is None or self.read is None:
            return
        any_grant = next((one for one in self.read.openable if one.component == line.component), None) if not us else None
        granted = self.read.opens(line.component, us) or any_grant
        if granted is not None:
            self.go("player", component=line.component, grant=granted.grant, at=us)
            return
        at = (line.start + timedelta(microseconds=us)).astimezone(BEIJING).strftime("%H:%M:%S") if line.start else ""
        ask = button(_("Ask to view it"), "", "eye", on=lambda: self.go("request", case=self.case, records=(line.record,)))
        ask.heed(self.may("requests.create"))
        self.say("info", _("{title}, {at}: not approved for you").format(title=line.title, at=at),
                 _("The content opens only with the leader’s approval. You can ask to view it."), ask)
