"""The digest in the middle: first the sentence that a signature makes true, then who, what, why, ground, label, preview."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.approvals import AskedLine, Digest, RequestLine
from desktop.i18n import _
from models.terms import RequestState
from views.approvals.excerpt import ExcerptBar
from views.approvals.wording import consequence, label_row, left_of, what_words, who_words, whole_label
from views.common import Para, badge, button, chip, content, em, frame, hbox, para, rich, rule, text, tool, vbox
from views.common.dial import Dial
from views.common.layout import empty, fill
from views.terms import office_time, request_state
from views.theme import THEME, follow, font


class Sentence(Para):
    """The one sentence, in Song, larger than running text."""

    def __init__(self) -> None:
        super().__init__("", "body", "ink", "serif", lead=2.0)

    def _restyle(self) -> None:
        super()._restyle()
        written = font("body", "serif")
        written.setPixelSize(THEME.px(18))
        self.setFont(written)


class DigestView(QFrame):
    """One request, whole: what a leader must know to decide it, without scrolling. `preview` and `turn` are asked for by keys too."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "plain")
        self.setAccessibleName(_("Digest of the request"))
        self.item = 0
        self.line: RequestLine | None = None
        self.dial, self.left_words, self.until = Dial(0.0, "calm", 32), text("", "strong"), text("", "body", "ink2", elide=True)
        self.tags = hbox(gap=8)
        self.sentence = Sentence()
        self.facts = {key: para("", lead=1.5) for key in ("who", "what", "why", "label")}
        self.ground = Para("", "body", "ink", "sans", lead=1.5)
        self.bar = ExcerptBar()
        self.preview = button(_("Preview"), "", "eye", "", _("Preview  P"))
        self.preview.setProperty("mini", True)
        self.before = tool("caret-left", _("Item before"), on=lambda: self.turn(-1))
        self.after = tool("caret-right", _("Next item"), on=lambda: self.turn(1))
        self.which = text("", "small", "ink2", elide=True)
        for one in (self.before, self.after):
            one.setProperty("mini", True)
        self.top = content(hbox(self.dial, self.left_words, (self.until, 1), self.tags, gap=8))
        self.said = frame(vbox(self.sentence, margins=(16, 8, 16, 8)), "accent", _("What follows from the approval"))
        note = hbox(text(_("Preview"), "heading"), (self.which, 1), self.before, self.after, self.preview, gap=8)
        self.middle = vbox(self.top, self.said, self._grid(), rule(), note, (self.bar, 100), None, gap=8, margins=(20, 14, 20, 14))
        self.setLayout(self.middle)
        self.now: datetime | None = None
        follow(self, self._restyle)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        rows = ((_("Who"), self.facts["who"]), (_("What"), self.facts["what"]), (_("Why"), self.facts["why"]),
                (_("Ground"), self.ground), (_("Label"), self.facts["label"]))
        for number, (name, value) in enumerate(rows):
            grid.addWidget(text(name, "small", "ink3"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1)
        return grid

    def show_digest(self, digest: Digest, now: datetime) -> None:
        """Another request; its pictures are drawn when somebody asks for them."""
        line = digest.request
        self.now = now
        self.show_line(line)
        self.facts["who"].setText(who_words(line))
        self.facts["what"].setText(what_words(line))
        self.facts["why"].setText(line.purpose)
        self.facts["label"].setText(label_row(line))
        self._cite(digest)
        self._head(line, now)
        self.item = 0
        self._show_item()

    def show_line(self, line: RequestLine) -> None:
        """The sentence for this request, or for a part of it while the leader narrows it."""
        assert self.now is not None
        self.line = self.line if self.line is not None and self.line.id == line.id else line
        self.sentence.setText(consequence(line, self.now))
        self.said.setAccessibleDescription(self.sentence.plain())

    def _cite(self, digest: Digest) -> None:
        words = rich("{ground}　<span style=\"font-family:'Noto Serif SC','Noto Serif CJK SC',serif\">“{text}”</span>",
                     ground=em(digest.ground), text=digest.ground_text) if digest.ground_text else _("The regulation in force is silent on this")
        self.ground.setText(words)

    def _head(self, line: RequestLine, now: datetime) -> None:
        share, kind, words = left_of(line, now)
        waits = line.state is RequestState.WAITING
        self.dial.setVisible(waits)
        self.left_words.setVisible(waits)
        self.dial.turn(share, kind)
        self.left_words.setText(words)
        self.left_words.set_ink({"late": "late", "soon": "soon"}.get(kind, "ink"))
        until = _("asked for use until {time}").format(time=office_time(line.until, now))
        self.until.setText(until if waits else _("{until} · asked {time}").format(until=until, time=office_time(line.created_at, now)))
        empty(self.tags)
        fill(self.tags, [badge(name) for name in whole_label(line).names])
        if not waits:
            state, said = request_state(line, now)
            fill(self.tags, [chip(said, state)])

    # Preview
    @property
    def shown_item(self) -> AskedLine | None:
        """The item whose pictures are or would be shown."""
        return self.line.items[self.item] if self.line is not None and self.line.items else None

    def turn(self, step: int) -> None:
        """Another item of the same request."""
        if self.line is not None and self.line.items:
            self.item = (self.item + step) % len(self.line.items)
            self._show_item()

    def _show_item(self) -> None:
        line, item = self.line, self.shown_item
        waits = line is not None and line.state is RequestState.WAITING
        several = line is not None and len(line.items) > 1
        self.before.setVisible(several)
        self.after.setVisible(several)
        self.preview.setVisible(waits)
        if line is None or item is None:
            self.bar.show_item(None, "")
            return
        place = _("{n} of {all} · ").format(n=self.item + 1, all=len(line.items)) if several else ""
        self.which.setText(place + item.title)
        hint = _("Not looked at yet. Press Preview or P; looking is written to the ledger")
        self.bar.show_item(item, hint if waits else _("Decided; no preview any more"))

    # Room
    def tighten(self, tight: bool) -> None:
        """Less air where the window is low, so that nothing scrolls at 1280 × 720."""
        self.middle.setSpacing(5 if tight else 9)
        self.middle.setContentsMargins(*((16, 8, 16, 8) if tight else (20, 14, 20, 14)))

    def _restyle(self) -> None:
        self.setMinimumWidth(THEME.px(420))
