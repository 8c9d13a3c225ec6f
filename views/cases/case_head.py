"""The head of an opened case folder: number, labels, title in Song, the facts in one line, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop.cases import Folder
from desktop.i18n import _
from desktop.policy.verdicts import ClockState
from desktop.policy.vocabulary import vocabulary
from views.cases.reading import CaseRead, Course
from views.common import badge, button, chip, hbox, text, tool, vbox
from views.common.layout import content, empty, fill
from views.common.page import Page
from views.common.tags import STATUS, draw_tag, tag_width
from views.common.text import dot, tip
from views.reports.print_menu import PrintMenu
from views.terms import kind_words, office_day, stage_words
from views.theme import THEME, follow


def missing(folder: Folder) -> list[str]:
    """What filing still lacks, as the room of cases asks for it: it answers in the end."""
    there = ((_("case number"), bool(folder.line.case_number)), (_("parties"), bool(folder.parties)),
             (_("officers"), bool(folder.officers)))
    return [name for name, found in there if not found]


def profile_words(folder: Folder, course: Course | None) -> str:
    """西岗办法，第 1 版: the rules that the case stands under."""
    short = course.profile.short if course is not None else folder.profile
    return _("{profile}, version {n}").format(profile=short, n=folder.profile_version)


_MOST = 18  # characters of a fact; the whole stands in its tooltip and in the form


def open_words(course: Course) -> str:
    """缺 3 项 · 待答 2 项: what holds up filing; "" where nothing does."""
    return " · ".join(words for words, some in ((missing_words(course), course.missing), (waiting_words(course), course.waiting)) if some)


def missing_words(course: Course) -> str:
    return _("{n} items missing").format(n=len(course.missing))


def waiting_words(course: Course) -> str:
    return _("{n} to be answered").format(n=len(course.waiting))


class Lead(QAbstractButton):
    """A status chip with an edge, which can be pressed and leads to the list behind its number."""

    def __init__(self, words: str, kind: str, to: str, on: Callable[[], object]) -> None:
        super().__init__()
        style = STATUS[kind]
        self.words, self._style = dot(words), style._replace(edge=style.ink)
        self.setAccessibleName(self.words)
        self.setAccessibleDescription(to)
        self.setToolTip(to)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda *_a: on())

    def sizeHint(self) -> QSize:
        return QSize(int(tag_width(self.words) + 1), THEME.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_tag(QPainter(self), 0, 0, self.words, self._style)


class CaseHead(QWidget):
    """`edit`, `ask`, `footage` and `file` are its buttons; the reason why one is closed stands beside the number and in its tooltip.

    `to_missing` and `to_waiting` are pressed chips: somebody wants the list behind the number.
    """

    to_missing = Signal()
    to_waiting = Signal()

    def __init__(self, page: Page, back: Callable[[], object]) -> None:
        super().__init__()
        self._page = page
        self._still, self._shut, self._tight = "", "", False
        self.back = tool("arrow-left", _("Back") + "  Alt+←", on=back)
        self.number, self.title = text("", "body", "ink2"), text("", "title", face="serif", elide=True)
        self._tags, self._facts = hbox(gap=6), hbox(gap=20)
        self.edit = button(_("Change"), "", "pencil-simple", hint=_("Change the case folder"))
        self.ask = button(_("Ask to view"), "", "eye", "Ctrl+Shift+V")
        self.footage = button(_("Recordings"), "", "video-camera", hint=_("Activities and recordings of the case"))
        self.print = PrintMenu(page)
        self.score = button(_("Mark it"), "", "seal-check", hint=_("Mark the case by the marking sheet"))
        self.file = button(_("File away"), "primary", "archive")
        top = hbox(self.number, self._tags, None, gap=8)
        self._indent = QWidget()
        self.acts = hbox(self.edit, self.footage, self.score, self.print, self.ask, self.file, gap=8)
        named = vbox(top, hbox((self.title, 1), self.acts, gap=12), gap=0)  # the labels have a line of their own: several may stand in it
        self.setLayout(vbox(hbox(self.back, (named, 1), gap=8), hbox(self._indent, (self._facts, 1), gap=0), gap=4))
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self._indent.setFixedWidth(THEME.metric("control") + 8)  # the facts begin under the title

    def show_case(self, read: CaseRead) -> None:
        """Say what the folder is and how it stands."""
        folder, course = read.folder, read.course
        self.number.setText(folder.line.case_number)
        self.title.setText(folder.line.cause)
        lacks = missing(folder)
        empty(self._tags)
        fill(self._tags, [*(badge(name) for name in folder.label.names), *self._states(folder, course, lacks)])
        self._tell_facts(folder, course)
        self._allow(folder, course, lacks)

    def _states(self, folder: Folder, course: Course | None, lacks: list[str]) -> list[QWidget]:
        out: list[QWidget] = []
        if folder.line.filed_at:
            out.append(chip(_("filed {day}").format(day=office_day(folder.line.filed_at)), "good"))
        elif lacks:
            words = _("missing: {what}").format(what="、".join(lacks))
            may = self._page.may("cases.edit").allowed
            out.append(Lead(words, "late", _("Change the case folder"), self.edit.click) if may else chip(words, "late"))
        elif course is not None:
            if course.missing:
                out.append(Lead(missing_words(course), "late", _("To the first item that is missing"), self.to_missing.emit))
            if course.waiting:
                out.append(Lead(waiting_words(course), "wait", _("To the questions that items wait for"), self.to_waiting.emit))
        if course is not None and course.ordered:  # for ever, also when the case is filed
            out.append(chip(_("filed with gaps: {n}").format(n=len(course.ordered)) if folder.line.filed_at
                            else _("gaps allowed by the leader: {n}").format(n=len(course.ordered)), "soon"))
        if course is not None and any(one.ended_at is None for one in course.holds):
            out.append(chip(_("held"), "soon"))
        late = sum(one.state is ClockState.LATE for one in course.answers.clocks) if course is not None and not folder.line.filed_at else 0
        if late:
            out.append(chip(_("{n} limits over").format(n=late), "late"))
        return out

    def _tell_facts(self, folder: Folder, course: Course | None) -> None:
        line = folder.line
        empty(self._facts)
        days = "–".join(filter(None, [line.started_on or "", line.ended_on or ""])) if line.ended_on else line.started_on or ""
        procedure = vocabulary().title("procedure", folder.procedure)
        facts = [(_("Parties"), line.parties or "–"), (_("Officers"), line.officers or "–"), (_("Kind"), f"{kind_words(line.kind)} · {procedure}"),
                 (_("Stage"), stage_words(line.stage)), (_("Begun"), days or "–"), (_("Rules"), profile_words(folder, course))]
        last = text(f"{_('Place')}　{folder.place}", "small", "ink3", elide=True) if folder.place else None
        fill(self._facts, [*(content(_fact(label, words, label == _("Stage"))) for label, words in facts if words), (last, 1) if last else None])

    def _allow(self, folder: Folder, course: Course | None, lacks: list[str]) -> None:
        closed = _("The folder is filed and closed to changes") if folder.line.filed_at else ""
        edit, file = self._page.may("cases.edit"), self._page.may("cases.file")
        self.edit.allow(edit.allowed and not closed, closed or edit.reason)
        self.file.setVisible(file.allowed)
        self._still = open_words(course) if course is not None and not closed and not lacks else ""
        lacking = _("Still missing: {what}").format(what="、".join(lacks)) if lacks else ""
        self._shut = closed or lacking
        self._say_file()
        self.footage.setVisible(course is not None)
        self.print.show_case(folder.line.id, folder.line.case_number)
        self.score.setVisible(self._page.may("scoring.read").allowed)

    def tighten(self, tight: bool) -> None:
        """In a narrow window the title needs the room: what is open stands in the chips alone."""
        if tight != self._tight:
            self._tight = tight
            self._say_file()

    def _say_file(self) -> None:
        counted = self._still and not self._tight
        self.file.say(_("File away · {what}").format(what=self._still) if counted else _("File away"))
        self.file.allow(not self._shut, self._shut)
        if self._still and not self._shut:
            self.file.setToolTip(tip(_("Before filing: {what}").format(what=self._still)))

    def allow_asking(self, allowed: bool, reason: str) -> None:
        self.ask.allow(allowed, reason)


def _fact(label: str, words: str, bold: bool) -> QHBoxLayout:
    """A fact is one line among several: where they have no room side by side, the long ones give way."""
    value = text(words if len(words) <= _MOST else words[: _MOST - 1] + "…", "body", bold=bold, elide=True)
    value.setMinimumWidth(min(value.sizeHint().width(), THEME.px(88)))
    value.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    value.setToolTip(tip(words))
    return hbox(text(label, "small", "ink3"), value, gap=8)
