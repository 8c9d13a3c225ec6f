"""制度: a regulation read by its articles, in any of its versions; its drafts; two versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.lowering import Lowering
from desktop.policy.outline import Entry, outline, section_title
from desktop.policy.rules import Choice, Profile, Rule
from desktop.rulebook import DraftLine, DraftState, PendingLine, VersionLine, Waiting
from views.common import Banner, Cell, Column, Rows, Table, button, combo, hbox, panel, search_box, text, vbox
from views.common.layout import content
from views.common.page import Page
from views.common.text import figures
from views.rulebook.article import ArticleView
from views.rulebook.compare import Compare
from views.rulebook.draft import Draft
from views.rulebook.section import Faces, First, Section
from views.rulebook.standing import Standing
from views.rulebook.words import today_of, version_name, version_state
from views.terms import office_day

READ, WRITE, COMPARE = 0, 1, 2
GROUPS = ("deadline", "item", "duty", "order", "choice", "silence", "no_rule")


@dataclass(frozen=True)
class Shelf:
    """One regulation in one version, with its other versions and the titles of all regulations."""

    titles: tuple[tuple[str, str], ...]
    lines: tuple[VersionLine, ...]
    line: VersionLine
    rules: Profile
    entries: tuple[Entry, ...]
    state: DraftState
    waiting: Waiting
    lowered: tuple[Lowering, ...] = ()


class RegulationsSection(Section):
    """Choose a regulation and a version above, an article on the left, read it on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.shelf: Shelf | None = None
        self._wanted, self._rule, self._home = (page.archive.header.profile, 0), "", READ
        self.which = combo([], _("Regulation"), on=lambda key: self._next(lambda: self.turn(str(key), 0)))
        self.version = combo([], _("Version"), on=lambda number: self._next(lambda: self.turn(self._wanted[0], int(str(number)))))
        self.apart = button(_("Compare versions"), "", "rows", on=self.compare)
        self.trial = button(_("Try a case"), "", "scales", on=lambda: page.go("trial"))
        self.standing = Standing(self)
        self.note = Banner()
        self.again = button(_("Take the thrown draft back"), "quiet", "arrow-counter-clockwise", on=self.take_back)
        self.again.hide()
        self.look = search_box(_("Article, title or words"), name=_("Find in this regulation"))
        self.look.textChanged.connect(lambda _words: self._next(self._filter))
        every: list[tuple[str, object]] = [(_("Everything"), ""), (_("National law"), "national"), *((section_title(one), one) for one in GROUPS)]
        self.group = combo(every, _("What to show"), on=lambda _value: self._next(self._filter))
        self.model = Rows([
            Column(_("Article"), 216, lambda e: Cell(*article_of(e), ink="ink2" if e.national else "ink")),
            Column(_("What it sets"), 0, lambda e: Cell(e.title, e.brief)),
        ])
        self.table = Table(self.model, _("Articles"))
        self.article = ArticleView()
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _e: self.article.area.setFocus(Qt.FocusReason.OtherFocusReason))
        self.count = text("", "small", "ink3")
        self.faces = Faces(self._reader, lambda: Draft(self), lambda: Compare(self))
        self.setLayout(vbox(self.faces, gap=0))

    def _reader(self) -> Any:
        self.article.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        bar = hbox(self.which, self.version, None, self.again, self.trial, self.apart, gap=12)
        left = panel(_("By articles"), hbox((self.look, 1), self.group, gap=8), (self.table, 1), tail=(self.count,))
        return content(vbox(bar, self.note, self.standing, (hbox((left, 5), (self.article, 4), gap=16), 1), gap=12))

    @property
    def draft(self) -> Draft:
        """The new version in the making."""
        return self.faces.at(WRITE)

    @property
    def difference(self) -> Compare:
        """Two versions side by side."""
        return self.faces.at(COMPARE)

    @property
    def _kept(self) -> bool:
        """Whether a draft of the regulation in view is at hand."""
        return self.shelf is not None and self.shelf.state.own is not None

    # What is shown
    def read(self) -> None:
        """The regulation in the version wanted, or the one in force."""
        room, (key, number) = self.page.archive.rulebook, self._wanted

        def read(_progress: Any) -> Shelf:
            titles = tuple((name, room.versions(name)[-1].title) for name in room.names())
            lines = room.versions(key)
            line = next((one for one in lines if one.version == number), None) or next(one for one in lines if one.in_force)
            rules, held = room.rules(key, line.version), next(one for one in lines if one.in_force)
            open_ = not line.built_in and not line.seconded_at and not line.withdrawn_at
            return Shelf(titles, tuple(lines), line, rules, outline(rules), room.draft_state(key), room.waiting(),
                         room.lowered(key, held.version, line.version) if open_ else ())

        self.page.run(read, self._fill, lane="reads")

    def _next(self, what: Callable[[], object]) -> None:
        """Somebody goes on to look at something else: what the last act came to is told no longer."""
        self.page.banner.clear()
        what()

    def turn(self, key: str, version: int) -> None:
        """Another regulation, or another version of it (0: the one in force)."""
        self._wanted = (key, version)
        self.read()

    def stand_on(self, rule: str) -> None:
        """Stand on one rule of the regulation in force, once it is read."""
        self._rule, self._wanted = rule, (self.page.archive.header.profile, 0)
        self.group.choose("")
        self.look.clear()
        if self.shelf is not None:
            self.read()

    def _fill(self, shelf: Shelf) -> None:
        self.shelf = shelf
        today, own = today_of(self.page.archive.clock.now()), self.page.archive.header.profile
        self.which.offer([(_("{title} (ours)").format(title=title) if key == own else title, key) for key, title in shelf.titles])
        self.which.choose(shelf.line.key)
        self.version.offer([(f"{version_name(one)} · {version_state(one, today)[1]}", one.version) for one in shelf.lines])
        self.version.choose(shelf.line.version)
        self.apart.allow(len(shelf.lines) > 1, _("There is only one version so far"))
        self.standing.show_version(shelf.line, shelf.lines, shelf.rules, shelf.lowered)
        self.again.setVisible(shelf.state.own is None and shelf.state.thrown is not None)
        self._say_waiting(shelf)
        self.changed.emit()
        self._filter()

    def _say_waiting(self, shelf: Shelf) -> None:
        """What waits for this person to confirm it, unless it is in view."""
        left = [one for one in shelf.waiting.versions if (one.key, one.version) != (shelf.line.key, shelf.line.version)]
        if not left:
            self.note.clear()
            return
        first = left[0]
        more = _("{n} more wait behind it.").format(n=len(left) - 1) if len(left) > 1 else ""
        self.note.say("soon", _("{short}: version {n} waits for you to confirm it").format(short=first.title, n=first.version),
                      _("{name}, {day}: {reason} {more}").format(name=first.author, day=office_day(first.at), reason=first.reason, more=more).strip(),
                      button(_("Read it"), "", on=partial(self._to_pending, first)))

    def _to_pending(self, one: PendingLine) -> None:
        self.turn(one.key, one.version)

    def _filter(self) -> None:
        if self.shelf is None:
            return
        words, group, stood = self.look.text().strip(), self.group.value(), self.table.row()
        rows = [one for one in self.shelf.entries if _in_group(one, str(group or "")) and (not words or words in _all_words(one))]
        self.model.show_rows(rows)
        self.count.setText(_("{n} entries").format(n=figures(len(rows))))
        if not rows:
            self.article.clear(_("Nothing fits. Take a word out, or show everything."))
            return
        wanted = self._rule or getattr(stood and stood.of, "id", "")
        self._rule = ""
        self.table.choose(next((n for n, one in enumerate(rows) if wanted and getattr(one.of, "id", "") == wanted), 0))
        self.table.scrollTo(self.table.currentIndex(), Table.ScrollHint.PositionAtCenter)

    def _show(self, entry: Entry) -> None:
        if self.shelf is not None:
            self.article.show_entry(entry, self.shelf.rules)

    # What may be done
    def first(self) -> First | None:
        if self.faces.number != READ:
            return None
        words = _("Go on with the draft") if self._kept else _("Copy and change")
        return First(words, "pencil-simple" if self._kept else "files", "rulebook.draft")

    def begin(self) -> None:
        """A new version from the one in view, or the draft that is at hand."""
        if self.shelf is None:
            return
        shelf, room = self.shelf, self.page.archive.rulebook
        own, draft = shelf.state.own, self.faces.at(WRITE) if self.faces.made(WRITE) else None
        if own is not None and draft is not None and draft.line is not None and draft.line.key == own.key:
            self.turn_to(WRITE)
            draft.tell_state(shelf.state)
            draft.enter()
        elif own is not None:
            self._open(own)
        else:
            self.page.run(lambda _p: room.draft_begin(shelf.line.key, shelf.line.version), self._open)

    def take_back(self) -> None:
        """The draft that was thrown away last."""
        room, key = self.page.archive.rulebook, self._wanted[0]
        self.page.run(lambda _p: room.draft_restore(key), self._open)

    def recall(self, version: int, why: str) -> None:
        """One's own version that nobody has confirmed, to write on at it."""
        room, key = self.page.archive.rulebook, self._wanted[0]
        self.page.run(lambda _p: room.draft_recall(key, version, why), self._open)

    def _open(self, line: DraftLine) -> None:
        if self.shelf is not None:
            self.page.banner.clear()
            self.draft.begin(line, self.shelf.rules.short or self.shelf.rules.title, self.shelf.state)
            self.draft.enter()

    def compare(self) -> None:
        """The version in view beside the one in force, or the one before it."""
        if self.shelf is None:
            return
        line, lines = self.shelf.line, self.shelf.lines
        held = next((one for one in lines if one.in_force), lines[-1])
        other = held if held.version != line.version else next((one for one in lines if one.version < line.version), lines[0])
        self.compare_two(min(other.version, line.version), max(other.version, line.version))

    def compare_two(self, old: int, new: int) -> None:
        """Two versions of the regulation in view; from there back to where one was."""
        if self.shelf is not None:
            self._home = self.faces.number if self.faces.number != COMPARE else READ
            self.difference.begin(self.shelf.lines, old, new)
            self.turn_to(COMPARE)

    def turn_to(self, face: int) -> None:
        """Show the reader, the draft or the comparison."""
        self.faces.turn(face)
        self.changed.emit()

    def back(self) -> None:
        """To the reader, or from a comparison to the draft it was made for; a draft is kept."""
        self.leave()
        if self.faces.number == COMPARE and self._home == WRITE and self.draft.line is not None:
            self.turn_to(WRITE)
            return
        before, self._home = self.faces.number, READ
        self.turn_to(READ)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if before == WRITE:
            self.read()

    def leave(self) -> None:
        """Somebody goes elsewhere: what is written is kept now."""
        if self.faces.made(WRITE):
            self.draft.leave()

    def step_back(self) -> bool:
        if self.faces.number != READ:
            self.back()
            return True
        if self.article.area.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False


def article_of(entry: Entry) -> tuple[str, str]:
    """The article and what kind of rule it is; where the text is silent, that it is."""
    if entry.section == "silence":
        return _("left open"), _("national law applies")
    return entry.article, _("national law applies") if entry.national else section_title(entry.section)


def _in_group(entry: Entry, group: str) -> bool:
    if group == "national":
        return entry.national
    return not group or (entry.section == group and not entry.national)


def _all_words(entry: Entry) -> str:
    one = entry.of
    more = one.text if isinstance(one, Rule) else "".join(one.options.values()) if isinstance(one, Choice) else ""
    return f"{entry.article}{entry.title}{entry.brief}{section_title(entry.section)}{more}"
