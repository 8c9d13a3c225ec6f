"""Deposit clocks by urgency, each opening into its sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from desktop.i18n import _
from desktop.intake import UnlinkedLine
from desktop.policy import Profile
from desktop.policy.clocks import BEIJING
from models import timecode
from views.common import Dial, Empty, Row, button, content, empty, glyph, hbox, rule, segmented, text, vbox
from views.common.measures import moment_words
from views.common.sums import deposit_sum, share_left, verdict_words
from views.common.text import RIGHT, figures

MOST = 8
_DIAL = {"late": "late", "soon": "soon", "good": "calm"}
_INK = {"late": "late", "soon": "soon", "good": "good"}


class ClockRow(QWidget):
    """One clock: Enter, Space or a click opens the sum under it and goes into it; again, or Esc, closes it and comes back."""

    def __init__(self, line: UnlinkedLine, rule: Profile, now: Any, link: Callable[[], object]) -> None:
        super().__init__()
        self.line, self._rule, self._link = line, rule, link
        kind, words = verdict_words(line.clock)
        duty, article = _("handing over recordings"), line.clock.ground.article
        head = hbox(text(words, "strong", _INK[kind]), text("·", "body", "ink3"), text(duty, "strong"), text("·", "body", "ink3"),
                    (text(article, "body", "ink2", elide=True), 1), gap=6)
        about = "　".join(filter(None, (line.record.title, line.component.device, timecode.text(line.component.duration_us or 0, 0),
                                       _("handed in by {name}").format(name=line.record.created_by))))
        due = moment_words(line.clock.due.astimezone(BEIJING), now.astimezone(BEIJING)) if line.clock.due else "–"
        self._caret = glyph("caret-down", "ink3", 16)
        row = hbox(Dial(share_left(line.clock), _DIAL[kind]), (vbox(head, text(about, "small", "ink2", elide=True), gap=0), 1),
                   text(due, "body", "ink2", align=RIGHT), self._caret, gap=12, margins=(16, 8, 16, 8))
        self.row = Row(row, _("{verdict}, {duty}, {article}, {what}, due {due}").format(
            verdict=words, duty=duty, article=article, what=about, due=due), self.toggle)
        self._place = vbox(gap=0, margins=(16, 4, 16, 12))
        self._under = content(self._place)
        self._under.hide()
        self.setLayout(vbox(self.row, self._under, gap=0))

    @property
    def opened(self) -> bool:
        return not self._under.isHidden()

    def toggle(self) -> None:
        """Open into the sum, or close it; focus goes along."""
        if self.opened:
            self.close_sum()
            return
        self.open_sum()
        first = next((b for b in self._under.findChildren(QWidget) if b.focusPolicy() & Qt.FocusPolicy.TabFocus), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_sum(self) -> None:
        """Show the sum without moving the focus."""
        link = button(_("Link to case"), "", "link", on=self._link)
        self._place.addWidget(deposit_sum(self.line, self._rule, link))
        self._under.show()
        self._caret.show_icon("caret-up", "ink3")

    def close_sum(self) -> None:
        """Put the sum away; the row has the focus again."""
        self._under.hide()
        empty(self._place)
        self._caret.show_icon("caret-down", "ink3")
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)


class Clocks(QFrame):
    """The panel of all clocks; what was open stays open when it is read again."""

    def __init__(self, rule: Profile, link: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self.setAccessibleName(_("Time limits"))
        self._rule, self._link = rule, link
        self._lines: Sequence[UnlinkedLine] = ()
        self._now: Any = None
        self.rows: list[ClockRow] = []
        self._count = text("", "body", "ink3")
        self.filter = segmented(["", ""], 0, _("Which time limits"), on=lambda _n: self._lay())
        self._rows = vbox(gap=0)
        self.nothing = Empty("calendar-check", _("No recording waits for a case"),
                             _("Recordings handed in without a case stand here, the late ones first. Next: deposit what is on the recorders."))
        self.more = button("", "quiet", on=link)
        self.setLayout(vbox(hbox(text(_("Time limits"), "heading"), self._count, None, self.filter, gap=8, margins=(16, 12, 16, 8)),
                            self._rows, (self.nothing, 1), hbox(self.more, None, margins=(8, 4, 8, 4)), gap=0))

    def show_lines(self, lines: Sequence[UnlinkedLine], now: Any) -> None:
        """The clocks of now, in the order given."""
        self._lines, self._now = lines, now
        late = sum(1 for one in lines if one.clock.late)
        self._count.setText(figures(len(lines)))
        self.filter.label(0, _("All {n}").format(n=figures(len(lines))))
        self.filter.label(1, _("Late {n}").format(n=figures(late)))
        self.filter.setVisible(bool(lines))
        self._lay()

    def close_sum(self) -> bool:
        """Close the sum one stands in; False when there is none."""
        for row in self.rows:
            if row.opened:
                row.close_sum()
                return True
        return False

    def _lay(self) -> None:
        opened = {r.line.component.id for r in self.rows if r.opened}
        focused = next((r.line.component.id for r in self.rows if r.row.hasFocus()), None)
        empty(self._rows)
        self.rows = []
        shown = [one for one in self._lines if one.clock.late or self.filter.chosen == 0]
        for line in shown[:MOST]:
            row = ClockRow(line, self._rule, self._now, self._link)
            self._rows.addWidget(rule())
            self._rows.addWidget(row)
            self.rows.append(row)
            if line.component.id in opened:
                row.open_sum()
            if line.component.id == focused:
                row.row.setFocus(Qt.FocusReason.OtherFocusReason)
        if shown:
            self._rows.addWidget(rule())
            self._rows.addStretch(1)
        self.nothing.setVisible(not shown)
        self.more.setVisible(len(shown) > MOST)
        self.more.say(_("{n} more in the list of recordings without a case").format(n=figures(len(shown) - MOST)))


