"""One request, opened: what is asked, its limits each opening into its sum, its steps, what it is about, what comes next, its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from desktop.disclosure import ChangeLine, DisclosureFile, StepLine
from desktop.i18n import _
from desktop.policy.verdicts import Clock
from models.terms import DisclosureStepKind as Kind
from views.common import Glyph, badge, button, chip, content, empty, fill, glyph, hbox, para, rule, scroll, text, tool, vbox
from views.common.limits import days_of
from views.common.page import Page
from views.common.panels import Row, pair
from views.common.sums import clock_sum
from views.disclosure.words import about_words, change_words, channel_words, clock_state, due_words, state_of, step_ended, step_title

NAMES = 84  # px: the longest name of a value
LONG = 16  # characters of a name on a button
SHOWN = 12  # changes that the history shows
Begin = Callable[..., None]


@dataclass(frozen=True)
class _Limit:
    """One limit as it stands in the page: its row, and below it the place of its sum."""

    row: Row
    place: QWidget
    box: QVBoxLayout
    caret: Glyph


class RequestDetail(QWidget):
    """`begin(step, target, about)` opens the form of a step; `correct` that of the register."""

    def __init__(self, page: Page, begin: Begin, correct: Callable[[], None]) -> None:
        super().__init__()
        self._page, self._begin, self._correct = page, begin, correct
        self.file: DisclosureFile | None = None
        self.open_keys: set[str] = set()
        self.acts: dict[str, QWidget] = {}
        self._sums: dict[str, _Limit] = {}
        self._inner = vbox(gap=8, margins=(0, 0, 14, 0))
        self.place = scroll(content(self._inner), _("The chosen request"))
        self.setLayout(vbox((self.place, 1), gap=0))

    def show_file(self, file: DisclosureFile) -> None:
        """Show one; another one than before stands at its top, with nothing open."""
        other = self.file is None or self.file.line.id != file.line.id
        held = other is False and self._page.window().focusWidget() is not None and self.isAncestorOf(self._page.window().focusWidget())
        at = self.place.verticalScrollBar().value()
        if other:
            self.open_keys = set()
        self.file = file
        empty(self._inner)
        self.acts, self._sums = {}, {}
        fill(self._inner, [*self._what(file), *self._limits(file), *self._next(file), *self._steps(file), *self._about(file),
                           *self._history(file), None])
        self.place.verticalScrollBar().setValue(0 if other else at)
        if held:
            self.focus()

    def focus(self) -> None:
        """Into it: on what comes next, else on the first limit."""
        for part in (*self.acts.values(), *(one.row for one in self._sums.values())):
            if part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def close_sum(self) -> bool:
        """Close the sums that are open; False where none is."""
        was = list(self.open_keys)
        for key in was:
            self.toggle(key)
        return bool(was)

    # The parts
    def _what(self, file: DisclosureFile) -> list[Any]:
        draft, now = file.line.draft, self._now()
        kind, words = state_of(file.line, now)
        facts = [(_("Applicant"), "　".join(filter(None, (draft.applicant, draft.contact)))),
                 (_("Received"), f"{draft.received_on.isoformat()}　{channel_words(draft.channel)}"),
                 (_("Agreed on"), draft.confirmed_on.isoformat() if draft.confirmed_on else ""), (_("In charge"), draft.handler),
                 (_("It is about"), about_words(draft.about_from, draft.about_to, draft.place, draft.officer))]
        change = button(_("Correct …"), "quiet", "pencil-simple", on=self._correct)
        if not (self._page.may("disclosure.correct").allowed and file.line.open):
            change.hide()
        return [hbox(chip(words, kind), badge(draft.label.names[0]), None, change, gap=8), para(draft.wanted, "body", "ink", "serif"),
                *[pair(name, said, NAMES) for name, said in facts if said]]

    def _next(self, file: DisclosureFile) -> list[Any]:
        """What may be done now: only that, each with its own form."""
        grid, place = QGridLayout(), 0
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for act, words, icon, begin in self._offered(file):
            one = button(words, "", icon, on=begin)
            one.heed(self._page.may(f"disclosure.{act.partition(':')[0]}"))
            self.acts[act] = one
            wide = act.startswith("opinion:")  # it bears a name, which may be long
            grid.addWidget(one, place // 2, place % 2, 1, 2 if wide else 1)
            place += 2 if wide else 1
        return [6, _heading(_("What comes next")), grid] if place else []

    def _offered(self, file: DisclosureFile) -> list[tuple[str, str, str, Callable[[], None]]]:
        line, out = file.line, list[tuple[str, str, str, Callable[[], None]]]()

        def add(act: str, words: str, icon: str, target: Any, about: str = "") -> None:
            out.append((act, words, icon, lambda: self._begin(act.partition(":")[0], target, about)))

        if line.closed_on is not None:
            add("reopen", _("Take it up again …"), "arrow-counter-clockwise", line.id)
            return out
        if not line.pending:
            add("close", _("File it …"), "archive", line.id)
            return out
        for step in file.steps:
            if step.waits and step.kind is not Kind.CORRECTION:
                whom = step.whom if len(step.whom) <= LONG else f"{step.whom[:LONG - 1]}…"
                add(f"opinion:{step.id}", _("Opinion of {whom} …").format(whom=whom), "tray-arrow-down", step.id, step_title(step))
        for step in file.steps:
            if step.waits and step.kind is Kind.CORRECTION:
                add("supplement", _("Correction received …"), "tray-arrow-down", step.id, step.text)
        add("answer", _("Answer …"), "signature", line.id, line.draft.wanted)
        if not any(step.kind is Kind.CORRECTION and not step.withdrawn for step in file.steps):
            add("ask_supplement", _("Ask for a correction …"), "pencil-simple", line.id, line.draft.wanted)
        add("ask_others", _("Ask for an opinion …"), "paper-plane-tilt", line.id)
        if line.clock is not None and line.clock.due is not None:
            add("extend", _("Put off …"), "hourglass-medium", line.id)
        add("withdraw", _("Applicant withdraws …"), "arrow-u-up-left", line.id)
        return out

    def _limits(self, file: DisclosureFile) -> list[Any]:
        out: list[Any] = [6, _heading(_("Time limits"))]
        whom = {str(step.id): step.whom for step in file.steps}
        for clock in file.clocks:
            out += self._limit(clock, whom.get(clock.subject, ""))
        return out

    def _limit(self, clock: Clock, whom: str) -> list[Any]:
        """One limit, with whose it is; Enter, Space or a click opens its sum below it."""
        assert self.file is not None
        kind, words = clock_state(clock, days_of(clock, self.file.calendar, self._now()), self._now())
        key, title = key_of(clock), " · ".join(filter(None, (clock.title, whom)))
        named = hbox((text(title, "strong", elide=True), 1), chip(words, kind), gap=8)
        when = hbox((text(clock.ground.article, "small", "ink3", elide=True), 1), text(due_words(clock), "small", "ink2"), gap=8)
        caret = glyph("caret-up" if key in self.open_keys else "caret-down", "ink3", 16)
        head = hbox((vbox(named, when, gap=0), 1), caret, gap=8, margins=(0, 4, 0, 4))
        row = Row(head, f"{title}，{words}，{due_words(clock)}", lambda: self.toggle(key))
        box = vbox(gap=0)
        place = content(box)
        self._sums[key] = _Limit(row, place, box, caret)
        if key in self.open_keys:
            self._fill_sum(key)
        else:
            place.hide()  # never shown by itself before it stands in the page: it would open as a window of its own
        return [row, place]

    def toggle(self, key: str) -> None:
        """Open the sum of a limit, or close it; the row keeps the focus."""
        if key not in self._sums:
            self.open_keys.discard(key)
            return
        one = self._sums[key]
        if key in self.open_keys:
            self.open_keys.discard(key)
            empty(one.box)
            one.place.hide()
            one.caret.show_icon("caret-down", "ink3")
            return
        self.open_keys.add(key)
        self._fill_sum(key)
        one.place.show()
        one.caret.show_icon("caret-up", "ink3")
        self._into_view(one)

    def _into_view(self, one: _Limit) -> None:
        """As much of an opened sum as there is room for, its row on top where it is longer."""
        self.place.fit()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        inner = self.place.widget()
        top, end = one.row.mapTo(inner, QPoint(0, 0)).y(), one.place.mapTo(inner, QPoint(0, one.place.height())).y()
        self.place.ensureVisible(0, end, 0, 8)
        self.place.ensureVisible(0, top, 0, 8)

    def _fill_sum(self, key: str) -> None:
        assert self.file is not None
        clock = next(one for one in self.file.clocks if key_of(one) == key)
        self._sums[key].box.addWidget(clock_sum(clock, self.file.calendar, self._now(), narrow=True))

    def _steps(self, file: DisclosureFile) -> list[Any]:
        if not file.steps:
            return [6, _heading(_("Steps")), para(_("Nothing has been done yet. The answer is owed from the day of receipt on."), "small", "ink3")]
        return [6, _heading(_("Steps")), *[self._step(step, file.line.open) for step in file.steps]]

    def _step(self, step: StepLine, may: bool) -> Any:
        said = [text(step_title(step), "strong" if not step.withdrawn else "body", "ink" if not step.withdrawn else "ink3", elide=True)]
        more = [step_ended(step), step.text, _("taken back") if step.withdrawn else ""]
        words = vbox(*said, *[para(one, "small", "ink2", lead=1.5) for one in more if one], gap=0)
        day = text(step.on.isoformat(), "small", "ink3")
        back = tool("arrow-u-up-left", _("Take this step back …"), on=lambda: self._begin("take_back", step.id, step_title(step)))
        if not may or step.withdrawn or not self._page.may("disclosure.take_back").allowed:
            back.hide()
        return hbox(vbox(day, None, gap=0), (words, 1), vbox(back, None, gap=0), gap=12)

    def _about(self, file: DisclosureFile) -> list[Any]:
        out: list[Any] = [6, _heading(_("Linked to"))]
        may = self._page.may("disclosure.link").allowed and file.line.open
        for link in file.links:
            away = tool("link-break", _("Take the link away …"), on=lambda link=link: self._begin("unlink", link.id, link.title))
            if not may:
                away.hide()
            if link.case is None:  # what belongs to no case is opened nowhere
                out.append(hbox(12, glyph("video-camera", "ink2"), (text(link.title, elide=True), 1), away, gap=8))
                continue
            go = button(link.title, "quiet", "archive", on=lambda link=link: self._page.go("case", case=link.case))
            out.append(hbox(go, None, away, gap=8))
        if may:
            ways = (("link", "link", _("Link to a case …")), ("link:recording", "link_recording", _("Link to a recording …")))
            for act, step, words in ways:
                self.acts[act] = button(words, "quiet", "link", on=lambda step=step: self._begin(step, file.line.id))
            out.append(hbox(self.acts["link"], self.acts["link:recording"], None, gap=8))
        said = (_("Recordings without a case that it touches by day, place or officer are guarded until it is filed.") if file.guards else
                _("It names no day, place, officer or case: no recording without a case is guarded by it."))
        return [*out, para(said if file.line.open else _("It is filed and guards nothing any more."), "small", "ink3", lead=1.5)]

    def _history(self, file: DisclosureFile) -> list[Any]:
        if not file.changes:
            return []
        return [6, _heading(_("Corrections")), *[para(_change(one), "small", "ink2", lead=1.5) for one in file.changes[:SHOWN]]]

    def _now(self) -> datetime:
        now: datetime = self._page.archive.clock.now()
        return now


def key_of(clock: Clock) -> str:
    """What tells one limit of a request from the others: its rule, and the step whose limit it is."""
    return f"{clock.ground.rule}/{clock.subject}" if clock.subject else clock.ground.rule


def _heading(words: str) -> Any:
    return vbox(rule(), text(words, "heading"), gap=8)


def _change(one: ChangeLine) -> str:
    return change_words(one.at, one.person, one.field, one.old, one.new, one.reason)
