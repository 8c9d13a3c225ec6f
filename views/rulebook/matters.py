"""音像记录事项清单: what the regulation asks for, the recommendation and the agency's own level side by side; its rows added, edited, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from desktop.i18n import _
from desktop.policy.grounds import ground
from desktop.policy.listing import LEVELS, Listing, Row, level_words, musts
from desktop.policy.rule_words import excuse_words
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Ground
from desktop.policy.vocabulary import vocabulary
from desktop.rulebook import DutyLine
from views.common import (
    Cell,
    Column,
    Rows,
    Table,
    button,
    chip,
    content,
    empty,
    fill,
    frame,
    hbox,
    panel,
    para,
    quote,
    scroll,
    search_box,
    text,
    vbox,
)
from views.common.dialogs import ask_reason
from views.common.page import Page
from views.common.panels import Panel
from views.rulebook.article import pair_of
from views.rulebook.matter_form import MatterForm
from views.rulebook.section import Faces, First, Section
from views.terms import office_day

SIDE = 408


@dataclass(frozen=True)
class Matter:
    """One line: a row of the default list, or one that the agency added. `own` are the agency's rows for its events."""

    number: int
    title: str
    more: str
    text_level: str
    default: str
    row: Row | None
    own: tuple[DutyLine, ...]
    grounds: tuple[Ground, ...]

    @property
    def agency(self) -> str:
        """The strictest level that the agency's rows ask for; empty where it has none."""
        return max((one.draft.level for one in self.own), key=LEVELS.index, default="")


@dataclass(frozen=True)
class Listed:
    """The list under the regulation in force."""

    matters: tuple[Matter, ...]
    rules: Profile


class MattersSection(Section):
    """A list, and beside it the matter one stands on, or the form."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.got: Listed | None = None
        self.look = search_box(_("Matter or event"), name=_("Find in the list"))
        self.look.textChanged.connect(lambda _words: self._filter())
        self.model = Rows([
            Column(_("No."), 52, lambda m: Cell(str(m.number) if m.number else "–", ink="ink2"), right=True),
            Column(_("Matter"), 0, lambda m: Cell(m.title, m.more)),
            Column(_("Regulation"), 184, lambda m: Cell(m.text_level, m.grounds[0].article if m.grounds else "", ink="ink" if m.grounds else "ink2")),
            Column(_("Our agency"), 196, lambda m: Cell(level_words(m.agency) if m.agency else "–", recommended(m), bold=bool(m.agency))),
        ])
        self.table = Table(self.model, _("Matters to record"))
        self.table.setMinimumHeight(240)
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _m: self.area.setFocus(Qt.FocusReason.OtherFocusReason))
        self.count = text("", "small", "ink3")
        self._body = vbox(gap=12, margins=(0, 0, 12, 0))
        self.area = scroll(content(self._body), _("The matter in full"))
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.detail = panel(_("The matter in full"), (self.area, 1))
        self.side = Faces(lambda: self.detail, self._make_form)
        self.side.setFixedWidth(SIDE)
        left = panel(_("What must be recorded"), self.look, (self.table, 1), tail=(self.count,))
        self.setLayout(hbox((left, 1), self.side, gap=16))

    def _make_form(self) -> Panel:
        self.form = MatterForm(self)
        return panel(_("A matter of our agency"), (self.form, 1))

    def read(self) -> None:
        room, key = self.page.archive.rulebook, self.page.archive.header.profile

        def read(_progress: Any) -> Listed:
            listing, lines = room.listing(), room.duty_rows()
            rules = room.rules(key, next(one.version for one in room.versions(key) if one.in_force))
            return Listed(tuple(matters(listing, lines, rules)), rules)

        self.page.run(read, self._fill, lane="reads")

    def _fill(self, got: Listed) -> None:
        self.got = got
        self._filter()

    def _filter(self) -> None:
        if self.got is None:
            return
        words, stood = self.look.text().strip(), self.table.row()
        rows = [one for one in self.got.matters if not words or words in f"{one.title}{one.more}{_events(one)}"]
        self.model.show_rows(rows)
        own = sum(len(one.own) for one in self.got.matters)
        self.count.setText(_("{n} matters, {own} rows of our own").format(n=len(self.got.matters), own=own))
        if rows:
            self.table.choose(next((n for n, one in enumerate(rows) if stood and one.title == stood.title), 0))
        else:
            empty(self._body)
            fill(self._body, [para(_("Nothing fits. Take a word out."), "body", "ink2"), None])

    def _show(self, one: Matter) -> None:
        self.detail.rename(one.title)
        empty(self._body)
        parts: list[Any] = [*self._law(one), *self._ours(one)]
        if one.row is not None:
            parts += _row_parts(one.row)
        fill(self._body, [*parts, None])
        self.area.verticalScrollBar().setValue(0)

    def _law(self, one: Matter) -> list[Any]:
        out: list[Any] = [text(_("The regulation"), "strong"), hbox(chip(one.text_level, "info" if one.grounds else "quiet"), None)]
        for found in one.grounds:
            out += [text(found.article, "small", "ink2"), quote(f"“{found.text}”")]
        if not one.grounds:
            out.append(para(_("This regulation does not make it a must. The agency may."), "small", "ink2"))
        return out

    def _ours(self, one: Matter) -> list[Any]:
        out: list[Any] = [text(_("Our agency"), "strong")]
        for line in one.own:
            out.append(self._own_row(line))
        if not one.own:
            out.append(para(_("No row of our own. Add one to ask for more than the text does."), "small", "ink2"))
        if one.row is not None and self.page.may("duty_list.add").allowed:
            events = one.row.events
            out.append(hbox(button(_("Ask for more"), "", "plus", on=lambda: self._open(None, events[0])), None))
        return out

    def _own_row(self, line: DutyLine) -> Any:
        draft, words = line.draft, vocabulary()
        traits = "、".join(words.title("trait", key) for key in sorted(draft.traits))
        facts = [(_("Event"), words.title("event", draft.event)), (_("Where"), traits), (_("Excuse"), excuse_words(draft.excuse)),
                 (_("Place"), draft.place), (_("From"), draft.begins), (_("Until"), draft.ends), (_("Kept"), draft.keeping),
                 (_("Decided by"), draft.reason)]
        acts = []
        if self.page.may("duty_list.edit").allowed:
            acts.append(button(_("Edit …"), "quiet", "pencil-simple", on=lambda: self._open(line, draft.event)))
        if self.page.may("duty_list.remove").allowed:
            acts.append(button(_("Remove …"), "quiet", "trash", on=lambda: self._remove(line)))
        head = hbox(chip(level_words(draft.level), "info"), None, *acts, gap=8)
        who = text(_("entered by {name}, {day}").format(name=line.person, day=office_day(line.at)), "small", "ink3", elide=True)
        return frame(vbox(head, *[pair_of(name, said, 72) for name, said in facts if said], who, gap=6, margins=(12, 8, 12, 8)), "sunken", line.title)

    # What may be done
    def first(self) -> First | None:
        return None if self.side.number else First(_("Add a matter"), "plus", "duty_list.add")

    def begin(self) -> None:
        row = self.table.row()
        self._open(None, row.row.events[0] if isinstance(row, Matter) and row.row is not None else "inspection")

    def _open(self, line: DutyLine | None, event: str) -> None:
        self.side.turn(1)
        self.form.begin(line, event)
        self.changed.emit()

    def close_form(self) -> None:
        """Back to the list."""
        self.side.turn(0)
        self.changed.emit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def kept(self, words: str) -> None:
        """The form was kept."""
        self.close_form()
        self.page.say("good", words, _("It counts for what is recorded under the regulation in force, from now on."))
        self.page.reread()

    def step_back(self) -> bool:
        if self.side.number:
            self.close_form()
            return True
        if self.area.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _remove(self, line: DutyLine) -> None:
        room = self.page.archive.rulebook
        ask_reason(self, _("Remove “{title}” from our list").format(title=line.title), _("What the regulation itself asks for stays."), _("Remove"),
                   lambda why: self.page.run(lambda _p: room.duty_remove(line.id, why),
                                             lambda _n: self.kept(_("“{title}” is removed from our list").format(title=line.title))), danger=True)


def matters(listing: Listing, lines: list[DutyLine], rules: Profile) -> list[Matter]:
    """The default rows with the agency's own beside them, then what the agency added for other events."""
    out = [_matter(row, lines, rules) for row in listing.rows]
    listed = {event for row in listing.rows for event in row.events}
    for line in lines:
        if line.draft.event not in listed:
            grounds = _grounds(rules, [line.draft.event], line.draft.traits)
            more = vocabulary().title("event", line.draft.event)
            out.append(Matter(0, line.title, more, _text_level(rules, [line.draft.event], "none"), "", None, (line,), grounds))
    return out


def _matter(row: Row, lines: list[DutyLine], rules: Profile) -> Matter:
    own = tuple(line for line in lines if line.draft.event in row.events)
    said = row.levels(rules.key, [trait for one in row.own for trait in one.traits])
    level = _text_level(rules, row.events, said[0].level if said else "none")
    return Matter(row.number, row.title, row.record, level, level_words(row.level), row, own, _grounds(rules, row.events, ()))


def _text_level(rules: Profile, events: list[str], said: str) -> str:
    """The strictest level that the text binds these events with; else what the list says of it."""
    bound = [rule.level for event in events for rule in musts(rules, event, ())]
    return level_words(max(bound, key=LEVELS.index) if bound else said)


def _grounds(rules: Profile, events: list[str], traits: Any) -> tuple[Ground, ...]:
    found = {rule.id: ground(rules, rule) for event in events for rule in musts(rules, event, traits)}
    return tuple(found.values())


def recommended(one: Matter) -> str:
    """What the default list recommends, beside the agency's own level."""
    return _("recommended: {level}").format(level=one.default) if one.default else ""


def _events(one: Matter) -> str:
    return "".join(vocabulary().title("event", event) for event in (one.row.events if one.row else ()))


def _row_parts(row: Row) -> list[Any]:
    keeping = {"two_years": _("two years"), "file": _("as long as the case file"), "permanent": _("for ever")}[row.keeping]
    certain = {"source": _("seen in published lists"), "text": _("from the five regulations"), "proposed": _("a proposal; the agency decides")}
    facts = [(_("Recommended"), level_words(row.level)), (_("Record"), row.record), (_("Place"), row.place), (_("From"), row.begin),
             (_("Until"), row.end), (_("Kept"), keeping), (_("Certainty"), certain[row.certainty]), (_("Explanation"), row.note)]
    return [text(_("Recommended for it"), "strong"), *[pair_of(name, words, 72) for name, words in facts if words]]
