"""时限 of one case: every clock with its state, and the chosen one opened into its sum; an exception or another limit is stated there."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.clocks import BEIJING, last_day
from desktop.policy.grounds import suspending_article
from desktop.policy.rules import DeadlineRule
from desktop.policy.verdicts import Clock, ClockState
from desktop.policy.wording import moment_words
from desktop.procedure import ReasonLine, SuspensionLine
from views.cases.clock_forms import ClaimForm, ExtendForm, OverrideForm, unit_words
from views.cases.moments import moment_text
from views.cases.reading import Course
from views.cases.suspend_form import SuspendForm, stretch_words
from views.cases.verdict_rows import cited
from views.common import Cell, Column, Empty, Panel, Rows, Table, button, chip, fill, hbox, para, rule, scroll, text, vbox
from views.common.layout import content, empty
from views.common.limits import clock_chip, days_of
from views.common.page import Page
from views.common.sums import clock_sum

_ORDER = (ClockState.LATE, ClockState.SOON, ClockState.RUNNING, ClockState.PAUSED, ClockState.WAITING, ClockState.MET_LATE, ClockState.MET,
          ClockState.LAPSED)


class Clocks(QWidget):
    """`claimed` (clock, kind, claimant, reason) and `unclaimed` (clock, reason); `overridden` (rule, number, unit, cites, rank) and `restored`
    (rule, reason); `extended` (clock, number, by, on, reason) and `shortened` (clock, reason); `suspended` (clock, draft),
    `suspension_corrected` (line, draft, reason) and `suspension_recalled` (line, reason)."""

    claimed = Signal(object, str, str, str)
    unclaimed = Signal(object, str)
    overridden = Signal(str, int, str, str, str)
    restored = Signal(str, str)
    extended = Signal(object, int, str, object, str)
    shortened = Signal(object, str)
    suspended = Signal(object, object)
    suspension_corrected = Signal(object, object, str)
    suspension_recalled = Signal(object, str)
    covered = Signal()  # a form took the place of the sum, or gave it back

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.course: Course | None = None
        self._about: dict[tuple[str, str], tuple[str, str]] = {}
        self._filed = False
        self.model = Rows([Column(_("Limit"), 0, self._title), Column(_("State"), 176, self._state), Column(_("Last moment"), 160, self._due)])
        self.table = Table(self.model, _("Limits of time of the case"))
        self.bare = Empty("clock", _("No limit runs yet"), _("Limits begin with what is entered: activities, recordings, the end of the case."))
        self.list = Panel(_("Limits of time"))
        fill(self.list.body, [(self.table, 1), (self.bare, 1)])
        self.sum = Panel(_("The sum of this term"))
        self._inner = vbox(gap=8, margins=(0, 0, 14, 0))
        self.place = scroll(content(self._inner), _("The sum of this term"))
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.claim, self.override, self.extend, self.suspend = ClaimForm(), OverrideForm(), ExtendForm(), SuspendForm()
        self.forms = (self.claim, self.override, self.extend, self.suspend)
        fill(self.sum.body, [(self.place, 1), *((form, 1) for form in self.forms)])
        for form in self.forms:
            form.hide()
            form.left.connect(self.close_form)
        self.claim.sent.connect(self._claim)
        self.override.sent.connect(self._override)
        self.extend.sent.connect(self._extend)
        self.suspend.sent.connect(self._suspend)
        self.setLayout(hbox((self.list, 5), (self.sum, 4), gap=16))
        self.table.chosen.connect(lambda _c: self._open())
        self.table.opened.connect(lambda _c: self.place.setFocus(Qt.FocusReason.OtherFocusReason))

    # What is shown
    def show_course(self, course: Course, filed: bool, now: datetime) -> None:
        """Show the clocks as of now, each with what it is about."""
        stood = self.clock
        self.course, self._filed, self._now = course, filed, now
        # A recording and an activity may bear the same number; of several sealings the day says which.
        self._about = {("footage", str(one.component)): ("", one.title) for one in course.footage}
        self._about |= {("activity", str(one.id)): (moment_text(one.start)[5:10], one.title) for one in course.activities}
        rows = sorted(course.answers.clocks, key=lambda c: (_ORDER.index(c.state), c.limit or datetime.max.replace(tzinfo=BEIJING)))
        self.model.show_rows(rows)
        self.bare.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if rows:
            at = next((i for i, c in enumerate(rows) if stood and (c.ground.rule, c.subject) == (stood.ground.rule, stood.subject)), 0)
            self.table.choose(at)
        self.sum.setVisible(bool(rows))

    def choose(self, rule_id: str, subject: str) -> None:
        """Stand on a clock."""
        for number, clock in enumerate(self.model.rows):
            if (clock.ground.rule, clock.subject) == (rule_id, subject):
                self.table.choose(number)

    @property
    def clock(self) -> Clock | None:
        """The one that one stands on."""
        return self.table.row()

    def _title(self, clock: Clock) -> Cell:
        limit = self.course.limit(clock.ground.rule) if self.course is not None else None
        day, about = self._about.get((limit.per, clock.subject), ("", "")) if limit is not None else ("", "")
        return Cell(clock.title, " · ".join(filter(None, [day, about, cited(clock.ground)])))

    def _state(self, clock: Clock) -> Cell:
        assert self.course is not None
        kind, words = clock_chip(clock, days_of(clock, self.course.calendar, self._now), self._now)
        return Cell(words, chip=kind)

    def _due(self, clock: Clock) -> Cell:
        if clock.limit is None:
            return Cell("–", ink="ink3")
        local = clock.limit.astimezone(BEIJING)
        words = f"{local:%Y-%m-%d %H:%M}"
        if (local.hour, local.minute, local.second) == (0, 0, 0):
            words = f"{last_day(clock.limit).isoformat()} 24:00"
        return Cell(words, _("provisional") if clock.provisional else "", ink="late" if clock.late else "ink")

    # The sum
    def _open(self) -> None:
        self.close_form(False)
        clock, course = self.clock, self.course
        if clock is None or course is None:
            return
        empty(self._inner)
        kind, words = clock_chip(clock, days_of(clock, course.calendar, self._now), self._now)
        parts: list[object] = [para(clock.title, "strong", lead=1.5), hbox(chip(words, kind), None)]
        parts.append(clock_sum(clock, course.calendar, self._now, narrow=True))
        fill(self._inner, [*parts, *self._acts(clock, course), None])
        self.place.verticalScrollBar().setValue(0)

    def _acts(self, clock: Clock, course: Course) -> list[object]:
        limit = course.limit(clock.ground.rule)
        if limit is None:
            return []
        closed = _("The folder is filed and closed to changes") if self._filed else ""
        out: list[object] = []
        if limit.exceptions and limit.per == "footage":
            out.append(self._claim_button(clock, course, closed))
        standing = next((o for o in reversed(course.overrides) if o.what == limit.id and o.ended_at is None), None)
        if standing is not None:
            out += self._standing_override(standing)
        if limit.override:
            words = _("Other provision …") if standing is None else _("Change or take back …")
            one = button(words, "", "scales", on=lambda: self._begin_override(clock, standing))
            may = self._page.may("procedure.override_limit")
            one.allow(may.allowed and not closed, closed or may.reason)
            out.append(hbox(one, None))
        if limit.extension and clock.start is not None:
            one = button(_("Extension …"), "", "hourglass-medium", on=lambda: self._begin_extension(clock, limit))
            may = self._page.may("procedure.extend_limit")
            one.allow(may.allowed and not closed, closed or may.reason)
            out.append(hbox(one, None))
        if limit.suspensions and clock.start is not None:
            out += self._stretches(clock, course, limit, closed)
        return [rule(), *out] if out else []

    def _stretches(self, clock: Clock, course: Course, limit: DeadlineRule, closed: str) -> list[object]:
        """Every stretch that was entered for this limit, with what may be done about it; and the way to enter one."""
        edit, enter = self._page.may("procedure.suspension_edit"), self._page.may("procedure.suspend_limit")
        out: list[object] = []
        for line in course.suspensions:
            if line.rule != limit.id or line.subject not in ("", clock.subject):
                continue
            said = text(f"{line.person} · {moment_words(datetime.fromisoformat(line.at.replace('Z', '+00:00')))}", "small", "ink3", elide=True)
            if line.withdrawn_at is not None:
                out += [para(_("{stretch}: taken back").format(stretch=stretch_words(line.draft)), "small", "ink3", lead=1.5)]
                continue
            change = button(_("Correct or take back …"), "", "pencil-simple", on=lambda line=line: self._begin_suspension(limit, line),
                            hint=stretch_words(line.draft))
            change.allow(edit.allowed and not closed, closed or edit.reason)
            out += [para(_("{stretch}: left out").format(stretch=stretch_words(line.draft)), lead=1.5), said, hbox(change, None)]
        one = button(_("Enter days not counted …"), "", "pause", on=lambda: self._begin_suspension(limit, None))
        one.allow(enter.allowed and not closed, closed or enter.reason)
        return [*out, hbox(one, None)]

    def _claim_button(self, clock: Clock, course: Course, closed: str) -> object:
        footage = next((f for f in course.footage if str(f.component) == clock.subject), None)
        there = footage.claim if footage else None
        one = button(_("Claim an exception …") if there is None else _("Change or take back the exception …"), "", "hand-palm",
                     on=lambda: self._begin_claim(clock))
        may = self._page.may("procedure.claim")
        one.allow(may.allowed and not closed, closed or may.reason)
        return hbox(one, None)

    def _standing_override(self, standing: ReasonLine) -> list[object]:
        words = _("Other limit in force: {n} {unit}, by {cites}").format(n=standing.facts["number"], unit=unit_words(str(standing.facts["unit"])),
                                                                         cites=standing.reason)
        at = moment_words(datetime.fromisoformat(standing.at.replace("Z", "+00:00")))
        return [para(words, lead=1.5), text(f"{standing.person} · {at}", "small", "ink3", elide=True)]

    # Forms in the place of the sum
    def _begin_claim(self, clock: Clock) -> None:
        assert self.course is not None
        limit = self.course.limit(clock.ground.rule)
        footage = next((f for f in self.course.footage if str(f.component) == clock.subject), None)
        if limit is not None:
            self.claim.begin(clock, limit, footage.claim if footage else None, self._page.may("procedure.claim"))
            self._show_form(self.claim)

    def _begin_override(self, clock: Clock, standing: ReasonLine | None) -> None:
        self.override.begin(clock, standing, self._page.may("procedure.override_limit"))
        self._show_form(self.override)

    def _begin_extension(self, clock: Clock, limit: DeadlineRule) -> None:
        assert self.course is not None
        standing = [e for e in self.course.extensions if e.what == limit.id and e.ended_at is None and e.facts.get("subject") in ("", clock.subject)]
        self.extend.begin(clock, limit, standing[-1] if standing else None, self._page.may("procedure.extend_limit"))
        self._show_form(self.extend)

    def _begin_suspension(self, limit: DeadlineRule, line: SuspensionLine | None) -> None:
        assert self.course is not None
        act = "procedure.suspend_limit" if line is None else "procedure.suspension_edit"
        self.suspend.begin(limit, suspending_article(self.course.profile, limit), line, self._page.may(act))
        self._show_form(self.suspend)

    def _show_form(self, form: QWidget) -> None:
        self.place.hide()
        form.show()
        self.covered.emit()

    def close_form(self, focus: bool = True) -> bool:
        """The sum again; whether a form was open."""
        was = self.place.isHidden()
        for form in self.forms:
            form.hide()
        self.place.show()
        if was:
            self.covered.emit()
        if focus:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return was

    @property
    def form_open(self) -> bool:
        """Whether a form stands in the place of the sum."""
        return self.place.isHidden()

    def refuse(self, words: str) -> None:
        """Why it was not done, where it was tried."""
        for form in self.forms:
            if not form.isHidden():
                form.refuse(words)

    def _claim(self) -> None:
        clock = self.clock
        if self.claim.takes_back:
            self.unclaimed.emit(clock, self.claim.why.words)
        else:
            self.claimed.emit(clock, self.claim.kind, self.claim.claimant, self.claim.why.words)

    def _override(self) -> None:
        form, clock = self.override, self.clock
        assert clock is not None
        if form.takes_back:
            self.restored.emit(clock.ground.rule, form.why.words)
        else:
            self.overridden.emit(clock.ground.rule, form.number, form.unit, form.cites, form.rank)

    def _extend(self) -> None:
        form, clock = self.extend, self.clock
        if form.takes_back:
            self.shortened.emit(clock, form.why.words)
        else:
            self.extended.emit(clock, form.number, form.approver, form.on, form.why.words)

    def _suspend(self) -> None:
        form = self.suspend
        if form.line is None:
            self.suspended.emit(self.clock, form.draft())
        elif form.takes_back:
            self.suspension_recalled.emit(form.line, form.why.words)
        else:
            self.suspension_corrected.emit(form.line, form.draft(), form.why.words)
