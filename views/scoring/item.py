"""The chosen item beside the list: its rule, what the program found, the article it rests on, and the way to where it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.scoring import Mark
from desktop.scoring import Place, RowLine, ScoringView
from desktop.scoring.paper import points
from views.common import button, chip, frame, glyph, hbox, para, quote, rule, scroll, text, vbox
from views.common.layout import content, empty, fill
from views.common.sums import ground_lines
from views.scoring.deciding import Deciding
from views.scoring.words import BlockHead, certainty_words, judged_sentence, mark_words, place_words, points_words
from views.terms import office_day

ICONS = {"paper": "file-text", "footage": "video-camera", "activity": "person", "item": "list-bullets", "clock": "clock", "alarm": "rows",
         "matter": "scales", "power": "seal", "certificates": "user-circle", "volume": "archive", "case": "archive"}
SEEN = 6  # places that are named; more would hide what is to be decided


class ItemView(QWidget):
    """`jump` is called with the place that is to be looked at."""

    def __init__(self, jump: Callable[[Place], object]) -> None:
        super().__init__()
        self._jump = jump
        self._parts = vbox(gap=8, margins=(0, 0, 12, 0))
        self.deciding = Deciding()
        self.area = scroll(content(self._parts), _("The chosen item"))
        self.area.setMinimumHeight(96)
        self.jumps: list[Any] = []
        box = vbox((self.area, 1), rule(), self.deciding, gap=8, margins=(16, 12, 16, 12))
        self.setLayout(vbox(frame(box, "plain", _("The chosen item")), gap=0))

    def show_row(self, view: ScoringView, row: RowLine) -> None:
        """Everything that is known of an item."""
        veto, kind_words = row.block == view.veto_block, mark_words(row.mark)
        empty(self._parts)
        self.jumps = []
        title = vbox(1, text(row.id, "heading", "ink2"), None)
        head = [hbox(title, (para(row.words, "heading", lead=1.5), 1), vbox(chip(kind_words[1], kind_words[0]), None), gap=8),
                _fact(_("Deduction rule"), row.deduction)]
        fill(self._parts, [*head, *self._found(row, veto, view.signed), *self._decided(row), *self._seen(row), rule(), _about(row, veto), None])
        self.area.verticalScrollBar().setValue(0)
        self.deciding.show_row(row, veto, _closed(view))

    def show_block(self, head: BlockHead) -> None:
        """The head of a block says what its items come to."""
        empty(self._parts)
        self.jumps = []
        words = _("{lost} of {points} points that apply are lost.").format(lost=points(head.lost), points=head.applicable)
        fill(self._parts, [text(head.block.title, "heading"), para(words if head.block.points else _(
            "These items bear no points: one that stands decides alone."), "body", "ink2"), None])
        self.deciding.show_none(_("Choose an item in the list."))

    def _found(self, row: RowLine, veto: bool, signed: bool) -> list[Any]:
        out: list[Any] = []
        if row.why:
            title = _("Suspected: a person must look") if row.mark is Mark.SUSPECTED else _("What the program found")
            out += [rule(), text(title, "strong"), _line("warning-circle", "late" if not veto else "soon", "\n".join(row.why))]
        if row.open:
            out += [rule(), text(_("To be looked at first"), "strong"), _line("circle-dashed", "ink3", "\n".join(row.open))]
            to_case = button(_("Answer in the case folder"), "quiet", "archive", on=lambda: self._jump(Place("case", "", "")))
            self.jumps.append(to_case)
            out.append(hbox(to_case, None))
        if veto and row.mark is Mark.VETOED and not signed:
            out.append(_line("info", "accent", _("It takes effect when the marking is signed.")))
        if row.places:
            out += [rule(), text(_("Where to mend it"), "strong"), *(self._place(place) for place in row.places)]
        grounds = dict.fromkeys(place.ground for place in row.places if place.ground is not None)
        for ground in grounds:
            out += [quote(f"“{ground.text}”"), *ground_lines(ground)]
        return out

    def _seen(self, row: RowLine) -> list[Any]:
        """What the program looked at beside what is to be mended; the first few, each with its way there."""
        mended = {(place.kind, place.id) for place in row.places}
        others = [place for place in row.seen if (place.kind, place.id) not in mended]
        if not others:
            return []
        out: list[Any] = [rule(), text(_("What was looked at"), "strong"), *(self._place(place) for place in others[:SEEN])]
        if len(others) > SEEN:
            out.append(text(_("and {n} more").format(n=len(others) - SEEN), "small", "ink3"))
        return out

    def _place(self, place: Place) -> Any:
        go = button(_("Look"), "quiet", "caret-right", on=lambda: self._jump(place))
        go.setAccessibleName(_("Look at {title}").format(title=place.title))
        self.jumps.append(go)
        return hbox(glyph(ICONS.get(place.kind, "file"), "ink2", 16), (para(place.title, "body", lead=1.4), 1), go, gap=8)

    def _decided(self, row: RowLine) -> list[Any]:
        one = row.decided
        if one is None:
            return []
        told = " · ".join(filter(None, [one.by, office_day(one.at)]))
        parts = [rule(), text(_("Decided by a person"), "strong"), para(one.reason or _("looked at and found in order"))]
        if place := place_words(one):
            parts.append(_line("push-pin", "ink3", place))
        return [*parts, text(told, "small", "ink3")]


def _about(row: RowLine, veto: bool) -> Any:
    """How the sheet has the item: its points, who judges it, by looking at what, and where it comes from. One paragraph: it is made at each step."""
    told = [(_("Points"), points_words(row, veto)), (_("Judged by"), judged_sentence(row.judged)), (_("Looks at"), row.looks_at),
            (_("Where from"), certainty_words(row.certainty))]
    return para("\n".join(_("{label}: {words}").format(label=label, words=words) for label, words in told if words), "small", "ink2")


def _closed(view: ScoringView) -> str:
    if view.signed:
        return _("Signed by {name}; nothing of it changes any more.").format(name=view.line.person)
    return "" if view.mine else _("This marking is {name}’s; you can read it.").format(name=view.line.person)


def _line(icon: str, ink: str, words: str) -> Any:
    return hbox(vbox(3, glyph(icon, ink, 16), None), (para(words, "body", lead=1.4), 1), gap=8)


def _fact(label: str, words: str) -> Any:
    name = text(label, "small", "ink3")
    name.setMinimumWidth(64)
    return hbox(vbox(2, name, None), (para(words, "body", lead=1.4), 1), gap=8)
