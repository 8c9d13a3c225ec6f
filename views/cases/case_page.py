"""One case folder, opened: its head, its course, and below it contents with completeness, limits, end and filing, use and history."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.policy.clocks import BEIJING
from desktop.record_lines import RecordLine
from models.terms import CaseId, ComponentId, GrantId, RecordId
from views.cases import use
from views.cases.beside import CLOSING, CONTENTS, ITEMS_TAB, LENS, LIMITS, RECORD, USE, Beside
from views.cases.case_head import CaseHead
from views.cases.completeness import Completeness
from views.cases.contents import Contents
from views.cases.detail import Detail
from views.cases.folding import Fold
from views.cases.procedure_acts import ProcedureActs
from views.cases.reading import CaseRead, read_case
from views.cases.record_acts import RecordActs
from views.cases.side import Side
from views.cases.timeline import Timeline
from views.cases.timeline_paint import legend
from views.common import Empty, frame, hbox, reframe, segmented, text, vbox
from views.common.layout import content, scroll
from views.common.page import Page
from views.footage.lens import Lens
from views.theme import THEME, follow

WIDE = 1360  # px of the window: completeness stands between contents and side, else it is a tab of the side
SIDE_WIDE, SIDE_NARROW, ITEMS = 336, 392, 392  # px
ROOMY = 760  # px: a lower page folds the course of the case, and hides it while something else is worked on
MATTER = "matter"  # in the place of an item: the form of the act and the penalties


class CasePage(Page):
    """`go("case", case=…, record=…, item=…, section=…, clock=(rule, subject))`. The first opening in a session is in the ledger."""

    name, icon, act, in_rail, under = "case", "archive", "cases.look", False, "cases"
    listens_to = frozenset({"cases.edit", "cases.file", "records.", "requests.", "intake.admit", "intake.link", "intake.release", "procedure.",
                            "calendar.", "recorders."})
    margins = (24, 8, 24, 12)

    @classmethod
    def title(cls) -> str:
        return _("Case folder")

    def build(self) -> Iterator[None]:
        self.case: CaseId | None = None
        self.read: CaseRead | None = None
        self._wanted: RecordId | None = None
        self._item = ""
        self._clock: tuple[str, str] | None = None
        self._showing = False
        self._behind: set[int] = set()  # parts of the case that are not in view and were not brought up to date
        self.head = CaseHead(self, self.shell.back)
        yield
        self.line, self.contents, self.completeness, self.detail = Timeline(), Contents(), Completeness(), Detail(self)
        yield
        self.beside = Beside(self)
        self.acts = RecordActs(self)
        yield
        self.procedure = ProcedureActs(self)
        yield from self.procedure.build()
        self.left_out = text("", "small", "ink3")
        self.course = frame(vbox(hbox(text(_("Course of the case"), "heading"), 12, *legend(), None, self.left_out, gap=12), self.line, gap=2,
                            margins=(16, 8, 16, 8)), "plain", _("Course of the case"))
        self.fold = Fold(self)
        self._build_side()
        yield
        self._build_sections()
        yield
        self.whole = content(vbox(self.head, self.banner, self.course, hbox(self.sections, None, self.fold), (self.below, 1), gap=8))
        self.gone = Empty("archive", _("Nothing found"), _("There is no such case folder."))
        self.place = QStackedWidget()
        self.place.addWidget(self.whole)
        self.place.addWidget(self.gone)
        self.room.addWidget(self.place)
        self.show_section(CONTENTS)
        self.side.turn(RECORD)  # only now: a part shown before it stands in the page would open as a window
        self._connect()
        follow(self, self._restyle)

    def _build_side(self) -> None:
        self.lens = Lens(acts=False, short=False)
        self.lens_place = scroll(self.lens, _("Coverage of recordings"))
        self._no_items = QWidget()  # stands for the tab of completeness while that stands beside the contents
        self.side = Side([_("This record"), _("Completeness"), _("Coverage")], [self.detail, self._no_items, self.lens_place])
        self.side.hold_forms([*self.acts.forms, *self.procedure.forms])
        self.tabs = self.side.tabs
        self.edit, self.move, self.link = self.acts.forms
        self.wide: bool | None = None

    def _build_sections(self) -> None:
        self.uses, self.changes = use.use_table(self.archive.clock), use.history_table(self.archive.clock)
        self.files = content(hbox((self.contents, 1), self.completeness, gap=12))
        self.first = content(hbox((self.files, 1), self.side, gap=12))
        pages = (self.first, self.procedure.clocks, self.procedure.closing, frame(vbox(self.uses, margins=(16, 12, 16, 12)), "plain", _("Use")),
                 frame(vbox(self.changes, margins=(16, 12, 16, 12)), "plain", _("History")))
        self.sections = segmented([_("Contents"), _("Limits"), _("End and filing"), _("Use"), _("History")], 0, _("Parts of the case"),
                                  self.show_section)
        self.parts = pages
        self.below = content(vbox(*((one, 1) for one in pages), gap=0))

    def _restyle(self) -> None:
        wide = self.window().width() >= WIDE
        if wide != self.wide:
            self.wide = wide
            if wide:
                self.files.layout().addWidget(self.completeness)  # type: ignore[union-attr]  # the hbox of `_build_sections`
                self.side.replace(ITEMS_TAB, self._no_items)
                self._no_items.hide()
            else:
                self.side.replace(ITEMS_TAB, self.completeness)
            self._stand_completeness()
            reframe(self.completeness, "plain" if wide else "bare")
            self.completeness.stand_alone(wide)
            self._allow_tabs()
        self.completeness.setMinimumWidth(THEME.px(ITEMS) if wide else 0)
        self.completeness.setMaximumWidth(THEME.px(ITEMS) if wide else 16_777_215)
        self.sections.setFixedHeight(THEME.px(36))
        self.line.crowd(self.low)
        self.contents.tighten(self.low)
        self.head.tighten(not wide)
        self.room.setContentsMargins(*self.margins[:3], 6 if self.low else self.margins[3])
        self.make_room()

    def _stand_completeness(self) -> None:
        """Beside the contents it shows itself; as a tab of the side that does, unless a form lies over it."""
        if self.wide:
            self.completeness.setVisible(self.read is not None and self.read.course is not None)

    @property
    def low(self) -> bool:
        """Whether the page is so low that its parts must make room for each other."""
        return self.height() < THEME.px(ROOMY)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._restyle()

    def _connect(self) -> None:
        acts, head = self.acts, self.head
        for one, on in ((head.edit, lambda: self.go("case_form", case=self.case)), (head.ask, self.ask), (head.file, self.beside.file),
                        (head.footage, lambda: self.go("footage", case=self.case)), (self.contents.add, acts.begin_link),
                        (self.detail.beginning.link, acts.begin_link),
                        (self.detail.edit, acts.begin_edit), (self.detail.move, acts.begin_move),
                        (head.score, lambda: self.go("scoring", case=self.case))):
            one.clicked.connect(lambda *_a, on=on: on())
        head.to_missing.connect(self.beside.to_items)
        head.to_waiting.connect(self.procedure.begin_questions)
        self.contents.chosen.connect(self._chosen)
        self.contents.selected.connect(self._selected)
        self.contents.wanted.connect(lambda _r: self.into_detail())
        self.contents.reordered.connect(acts.reorder)
        self.line.picked.connect(self.beside.picked)
        self.line.opened.connect(self.beside.opened)
        self.detail.play.connect(self._play)
        self.detail.confirm_wanted.connect(self.procedure.begin_paper)
        self.uses.opened.connect(lambda _row: self.go("requests"))
        self.completeness.opened.connect(self.beside.open_row)
        self.completeness.asked.connect(self.procedure.begin_questions)
        self.procedure.item.jump.connect(self.beside.jump)
        self.procedure.clocks.covered.connect(self.make_room)
        self.fold.clicked.connect(lambda *_a: self.fold_course())
        self.side.closed.connect(self.close_form)
        self.side.turned.connect(lambda _tab: (self.make_room(), self.beside.show_lens()))

    # Coming and going
    def opened(self, case: CaseId | None = None, record: RecordId | None = None, item: str = "", section: int = CONTENTS,
               clock: tuple[str, str] | None = None, **kw: Any) -> None:
        self._wanted, self._item, self._clock = record, item, clock
        if case is not None and case != self.case:
            self.case, self.read = case, None
            self.banner.clear()
            self.side.turn(RECORD)
            self.contents.show_records(())
            self.completeness.list.show_rows(())  # one stands in the next case where one looks first, not where one stood in this
            self.whole.setEnabled(False)  # until the folder is here, there is nothing to press
            self.stale = True
        self.show_section(LIMITS if clock else section)
        if self.stale or self.read is None:
            self.reread()
        elif record is not None:
            self.contents.choose(record)
        elif item:
            self.open_item(item)
        self.contents.table.setFocus()

    def step_back(self) -> bool:
        if self.side.form_open:
            self.close_form()
        elif not (self.sections.chosen == LIMITS and self.procedure.clocks.close_form()):
            return self._to_first()
        return True

    def _to_first(self) -> bool:
        """From another part of the case back to its contents; whether there was anything to leave."""
        if self.sections.chosen == CONTENTS:
            return False
        self.show_section(CONTENTS)
        self.contents.table.setFocus()
        return True

    def refresh(self) -> None:
        case, archive = self.case, self.archive
        if case is None:
            return

        def read(_progress: Progress) -> CaseRead:
            return read_case(archive, case)

        self.run(read, lambda found: self._show(case, found), lambda error: self._lost(case, error), lane="reads")

    def _lost(self, case: CaseId, error: Exception) -> None:
        if case != self.case:
            return
        if isinstance(error, Refusal) and error.code == "not_found":
            self.place.setCurrentWidget(self.gone)
        else:
            self.whole.setEnabled(True)
            self.tell(error)

    def _show(self, case: CaseId, read: CaseRead) -> None:
        if case != self.case:
            return
        self.read = read
        focused = self.contents.table.hasFocus() or not self.whole.isEnabled()
        self.place.setCurrentWidget(self.whole)
        self.whole.setEnabled(True)
        self.head.show_case(read)
        today = read.now.astimezone(BEIJING).date()
        self.line.show_case(read, today)
        left = self.line.left_out
        self.left_out.setText(_("{n} without day or stage are not drawn").format(n=left) if left else "")
        self._showing = True
        self.contents.show_records(read.folder.records)
        if self._wanted is not None:
            self.contents.choose(self._wanted)
            self._wanted = None
        self._showing = False
        self._show_course(read)
        use.show(self.uses, read.requests)
        use.show(self.changes, use.gathered(read.history))
        self.sections.label(USE, _("Use {n}").format(n=len(read.requests)) if read.requests else _("Use"))
        self._selected()
        if self._item:
            self.open_item(self._item)
        elif focused and self.sections.chosen == CONTENTS:
            self.contents.table.setFocus()

    def _show_course(self, read: CaseRead) -> None:
        course = read.course
        for number in (LIMITS, CLOSING):
            self.sections.group.button(number).setVisible(course is not None)
        self._stand_completeness()
        self._allow_tabs()
        if course is None:
            return
        self.completeness.show_course(course)
        self._behind = {LIMITS, CLOSING}
        self._bring_up()
        running = sum(c.alarm is not None and c.met is None for c in course.answers.clocks)
        self.sections.label(LIMITS, _("Limits {n}").format(n=running) if running else _("Limits"))
        if not self.procedure.item.isHidden() and self.procedure.item.item is not None:
            self.beside.cover_item(self.procedure.item.item.id)

    def _bring_up(self) -> None:
        """Bring the part in view up to date; the others follow when one goes there."""
        course = self.read.course if self.read is not None else None
        number = self.sections.chosen
        if number == LIMITS and self._clock and course is not None:
            self._behind.add(LIMITS)
        if course is None or self.read is None or number not in self._behind:
            return
        self._behind.discard(number)
        filed, now = bool(self.read.folder.line.filed_at), self.read.now
        if number == LIMITS:
            self.procedure.clocks.show_course(course, filed, now)
            if self._clock is not None:
                self.procedure.clocks.choose(*self._clock)
                self._clock = None
        else:
            self.procedure.closing.show_course(course, filed, now, now.astimezone(BEIJING).date())

    def _allow_tabs(self) -> None:
        course = self.read.course if self.read is not None else None
        self.side.allow_tab(ITEMS_TAB, course is not None and not self.wide)
        self.side.allow_tab(LENS, course is not None and bool(course.answers.duties))
        if not self.side.form_open:
            self.side.turn(self.side.tabs.chosen)

    # What is chosen
    def show_section(self, number: int) -> None:
        """One part of the case below its course."""
        self.sections.choose(number)
        for one in self.parts:
            one.setVisible(one is self.parts[number])
        self._bring_up()
        self.make_room()

    def make_room(self) -> None:
        """Hide the course of the case where what is worked on needs its room."""
        whole = not self.procedure.matter.isHidden()  # needs the whole width too: it is of the case, and no record is chosen for it
        self.files.setVisible(not whole)
        side = THEME.px(SIDE_WIDE if self.wide else SIDE_NARROW)
        self.side.setMinimumWidth(side)
        self.side.setMaximumWidth(16_777_215 if whole else side)
        long = whole or not all(form.isHidden() for form in (self.procedure.paper, self.procedure.questions))  # they need the whole height
        long = long or (self.sections.chosen == LIMITS and self.procedure.clocks.form_open)
        tab = not self.wide and self.tabs.chosen == ITEMS_TAB
        busy = self.side.form_open or self.sections.chosen != CONTENTS or tab
        possible = not long and not (busy and self.low)
        self.fold.setVisible(possible)
        self.fold.show_state(self.low)
        self.course.setVisible(possible and not self.fold.folds(self.low))

    def fold_course(self) -> None:
        """Fold the course or show it; who stood in it stands in the contents then."""
        if self.line.hasFocus():
            self.contents.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fold.turn()
        self.make_room()

    def _chosen(self, record: RecordLine) -> None:
        if not self._showing:
            self.line.stand_on(record.id)
            self._selected()

    def _selected(self) -> None:
        """The detail follows the row one stands on; the buttons follow all that are chosen."""
        if self.read is None or self._showing:
            return
        stood, picked, folder, course = self.contents.table.row(), self.contents.picked(), self.read.folder, self.read.course
        record = stood.record if stood else None
        paper = course.paper(record.id) if course is not None and record is not None else None
        self.detail.show_record(record, folder.records, self.read.requests, len(picked), self.archive.clock.now(), paper)
        ask = self.may("requests.create")
        self.head.allow_asking(ask.allowed and bool(picked), ask.reason or _("Choose what you want to view in the contents"))
        arrange, filed = self.may("records.edit"), bool(folder.line.filed_at)
        reason = _("The folder is filed and closed to changes") if filed else arrange.reason
        for one in (self.contents.up, self.contents.down):
            one.allow(arrange.allowed and not filed and len(folder.records) > 1, reason or _("There is nothing to order"))
        self.contents.add.allow(arrange.allowed and not filed, reason)
        self.detail.beginning.show_case(folder.line.case_number, arrange.allowed and not filed, reason)
        if course is not None and record is not None:
            own = {c.id for c in record.components}
            self.beside.activity = next((f.activity for f in course.footage if f.component in own and f.activity), None)
            self.beside.show_lens()

    # What stands beside the contents is the matter of `beside`; forms and other parts call it through the page
    def cover(self, form: QWidget, title: str) -> None:
        self.beside.cover(form, title)

    def close_form(self) -> None:
        self.beside.close()

    def back_to_item(self) -> None:
        self.beside.back_to_item()

    def open_item(self, item: str) -> None:
        """Show a required item beside the contents."""
        self._item = ""
        if item == MATTER:
            self.procedure.begin_matter()
        else:
            self.beside.open_item(item)

    def into_detail(self) -> None:
        self.side.turn(RECORD)
        self.make_room()
        first = self.detail.open if self.detail.open.isEnabled() else self.detail.place
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _play(self, component: ComponentId, grant: GrantId) -> None:
        self.go("player", component=component, grant=grant)

    # What is done
    def ask(self) -> None:
        """发起查阅: the form of a request for the chosen records."""
        self.go("request", case=self.case, records=tuple(r.id for r in self.contents.picked()))

    def begin_edit(self) -> None:
        self.acts.begin_edit()

    def begin_move(self) -> None:
        self.acts.begin_move()

    def begin_link(self) -> None:
        self.acts.begin_link()
