"""Two versions side by side: rules that came, went or changed, with the values before and after; and the texts line by line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.differences import Difference
from desktop.policy.outline import section_title
from desktop.rulebook import DifferenceLine, VersionLine
from views.common import (
    Cell,
    Column,
    Empty,
    Rows,
    Table,
    button,
    chip,
    combo,
    content,
    empty,
    fill,
    frame,
    hbox,
    panel,
    para,
    scroll,
    segmented,
    text,
    vbox,
)
from views.rulebook.code_edit import CodeEdit
from views.rulebook.section import Faces
from views.rulebook.words import version_name

if TYPE_CHECKING:
    from views.rulebook.regulations import RegulationsSection

_SIGNS = {"added": "info", "removed": "quiet", "changed": "soon"}
_AROUND = 2  # lines shown before and after one that differs


class Compare(QWidget):
    """Choose two versions above; rules on the left, their values on the right."""

    def __init__(self, section: RegulationsSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.old, self.new = combo([], _("Earlier version"), on=lambda _v: self.read()), combo([], _("Later version"), on=lambda _v: self.read())
        self.way = segmented([_("By rules"), _("By lines")], 0, _("How to compare"), on=lambda n: self.faces.turn(n))
        self.model = Rows([Column(_("How it differs"), 104, lambda d: Cell(sign_words(d.sign), chip=_SIGNS[d.sign])),
                           Column(_("Rule"), 0, lambda d: Cell(d.title, place_of(d)))])
        self.table = Table(self.model, _("Differences"))
        self.table.chosen.connect(self._show)
        self._body = vbox(gap=12, margins=(0, 0, 12, 0))
        self.area = scroll(content(self._body), _("Before and after"))
        self.lines = CodeEdit(_("Lines that differ"), readonly=True, numbered=False)
        self.same = Empty("check-circle", _("The two versions set the same rules"), _("Only the writing differs, or nothing at all."))
        rules = hbox((panel(_("Differences"), self.same, (self.table, 1)), 1), (panel(_("Before and after"), (self.area, 1)), 1), gap=16)
        by_lines = panel(_("Lines that differ"), (self.lines, 1))
        self.faces = Faces(lambda: content(rules), lambda: by_lines)
        self.faces.at(1)
        back = button(_("Back to reading"), "", "arrow-left", on=section.back)
        bar = hbox(back, self.old, text("→", "body", "ink3"), self.new, None, self.way, gap=12)
        self.setLayout(vbox(bar, (self.faces, 1), gap=12))

    def begin(self, lines: Sequence[VersionLine], old: int, new: int) -> None:
        """Offer these versions, and compare two of them."""
        offered: list[tuple[str, object]] = [(version_name(one), one.version) for one in lines]
        self.key = lines[0].key
        for choice, number in ((self.old, old), (self.new, new)):
            choice.offer(offered)
            choice.choose(number)
        self.read()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self) -> None:
        """The difference of the two chosen."""
        room, key, old, new = self.page.archive.rulebook, self.key, int(str(self.old.value())), int(str(self.new.value()))
        self.page.run(lambda _p: (room.differences(key, old, new), room.difference(key, old, new)), self._fill, lane="reads")

    def _fill(self, got: tuple[tuple[Difference, ...], list[DifferenceLine]]) -> None:
        told, lines = got
        self.model.show_rows(told)
        self.same.setVisible(not told)
        self.table.setVisible(bool(told))
        self.lines.setPlainText(written(lines))
        empty(self._body)
        if told:
            self.table.choose(0)

    def _show(self, one: Difference) -> None:
        empty(self._body)
        parts: list[Any] = [hbox(chip(sign_words(one.sign), _SIGNS[one.sign]), None), para(one.title, "strong")]
        if one.article:
            parts.append(text(one.article, "small", "ink2"))
        if one.sign == "removed":
            parts.append(para(_("The later version has no such rule. Where the regulation is silent, national law applies."), "body", "ink2"))
        parts += [_pair(change.name, change.old, change.new) for change in one.changes]
        fill(self._body, [*parts, None])


def _pair(name: str, old: str, new: str) -> QWidget:
    """One value before and after, in words."""
    rows = [(label, words, ink) for label, words, ink in ((_("earlier"), old, "ink2"), (_("later"), new, "ink")) if words]
    lines = [hbox(vbox(2, text(label, "small", "ink3"), None, gap=0), (para(words, "body", ink, lead=1.5), 1), gap=12)
             for label, words, ink in rows]
    return frame(vbox(text(name, "small", "ink3", elide=True), *lines, gap=4, margins=(12, 8, 12, 8)), "sunken",
                 f"{name}：{'，'.join(f'{label} {words}' for label, words, _ink in rows)}")


def place_of(one: Difference) -> str:
    """The article, and what kind of rule it is."""
    return " · ".join(filter(None, [one.article, section_title(one.section) if one.section else ""]))


def sign_words(sign: str) -> str:
    """增加, 删去, 改动."""
    return {"added": _("added"), "removed": _("removed"), "changed": _("changed")}[sign]


def written(lines: Sequence[DifferenceLine]) -> str:
    """The lines that differ with two around them, each with its sign and its number in the text that it stands in."""
    near = {n + by for n, line in enumerate(lines) if line.sign != " " for by in range(-_AROUND, _AROUND + 1)}
    out, last = [], -1
    for n in sorted(near & set(range(len(lines)))):
        if n != last + 1 and out:
            out.append("…")
        line = lines[n]
        out.append(f"{line.sign} {(line.new_line or line.old_line or 0):>4}  {line.text}")
        last = n
    return "\n".join(out)
