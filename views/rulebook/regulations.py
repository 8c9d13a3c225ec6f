"""制度: a regulation read by its articles, in any of its versions; its drafts; two versions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.outline import Entry, outline, section_title
from desktop.policy.rules import Choice, Profile, Rule
from desktop.rulebook import VersionLine
from views.common import Cell, Column, Rows, Table, button, combo, hbox, panel, search_box, text, vbox
from views.common.layout import content
from views.common.page import Page
from views.common.text import figures
from views.rulebook.article import ArticleView
from views.rulebook.compare import Compare
from views.rulebook.draft import Draft
from views.rulebook.section import Faces, First, Section
from views.rulebook.standing import Standing
from views.rulebook.words import today_of, version_name, version_state

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


class RegulationsSection(Section):
    """Choose a regulation and a version above, an article on the left, read it on the right."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.shelf: Shelf | None = None
        self._wanted, self._rule = (page.archive.header.profile, 0), ""
        self.which = combo([], _("Regulation"), on=lambda key: self.turn(str(key), 0))
        self.version = combo([], _("Version"), on=lambda number: self.turn(self._wanted[0], int(str(number))))
        self.apart = button(_("Compare versions"), "", "rows", on=self.compare)
        self.trial = button(_("Try a case"), "", "scales", on=lambda: page.go("trial"))
        self.standing = Standing(self)
        self.look = search_box(_("Article, title or words"), name=_("Find in this regulation"))
        self.look.textChanged.connect(lambda _words: self._filter())
        every: list[tuple[str, object]] = [(_("Everything"), ""), (_("National law"), "national"), *((section_title(one), one) for one in GROUPS)]
        self.group = combo(every, _("What to show"), on=lambda _value: self._filter())
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
        bar = hbox(self.which, self.version, None, self.trial, self.apart, gap=12)
        left = panel(_("By articles"), hbox((self.look, 1), self.group, gap=8), (self.table, 1), tail=(self.count,))
        return content(vbox(bar, self.standing, (hbox((left, 5), (self.article, 4), gap=16), 1), gap=12))

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
        return self.faces.made(WRITE) and self.draft.kept

    # What is shown
    def read(self) -> None:
        """The regulation in the version wanted, or the one in force."""
        room, (key, number) = self.page.archive.rulebook, self._wanted

        def read(_progress: Any) -> Shelf:
            titles = tuple((name, room.versions(name)[-1].title) for name in room.names())
            lines = room.versions(key)
            line = next((one for one in lines if one.version == number), None) or next(one for one in lines if one.in_force)
            rules = room.rules(key, line.version)
            return Shelf(titles, tuple(lines), line, rules, outline(rules))

        self.page.run(read, self._fill, lane="reads")

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
        self.standing.show_version(shelf.line, shelf.lines, shelf.rules)
        self._filter()

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
        """A new version from the one in view, or the draft that was left."""
        if self._kept:
            self.turn_to(WRITE)
            self.draft.enter()
        elif self.shelf is not None:
            room, line, draft, title = self.page.archive.rulebook, self.shelf.line, self.draft, self.shelf.rules.title
            self.page.run(lambda _p: (room.text(line.key, line.version), room.next_version(line.key)),
                          lambda got: draft.begin(line, title, *got), lane="reads")

    def compare(self) -> None:
        """The version in view beside the one in force, or the one before it."""
        if self.shelf is None:
            return
        line, lines = self.shelf.line, self.shelf.lines
        held = next((one for one in lines if one.in_force), lines[-1])
        other = held if held.version != line.version else next((one for one in lines if one.version < line.version), lines[0])
        self.difference.begin(lines, min(other.version, line.version), max(other.version, line.version))
        self.turn_to(COMPARE)

    def turn_to(self, face: int) -> None:
        """Show the reader, the draft or the comparison."""
        self.faces.turn(face)
        self.changed.emit()

    def back(self) -> None:
        """To the reader; a draft stays as it is."""
        self.turn_to(READ)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

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
