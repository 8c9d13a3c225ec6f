"""One record of a case in full: what it is, its digest, its device's own time, what was found in it, and what may be done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.approvals import RequestLine
from desktop.i18n import _, finding_words
from desktop.policy.clocks import BEIJING
from desktop.procedure import PaperLine
from desktop.record_lines import ComponentLine, RecordLine
from models import timecode
from models.terms import ComponentId, GrantId
from views.cases.beginning import Beginning
from views.common import Para, badge, button, chip, figures, glyph, hbox, para, rule, scroll, text, vbox
from views.common.layout import content, empty, fill
from views.common.measures import size_words
from views.common.page import Page
from views.terms import medium_words, office_time, stage_words
from views.theme import THEME

_PDF_TIME = re.compile(r"D:(?P<at>\d{14})(?P<zone>Z|[+-]\d\d'?\d\d'?)?")


def in_fours(digest: str) -> str:
    """A digest in groups of four, so that two people can read it to each other."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))


def own_time(written: str) -> str:
    """A file's own time as an office reads it; PDF writes D:20261020010000Z. What is of no known form stays as it is written."""
    found = _PDF_TIME.fullmatch(written)
    if found is None:
        return written
    try:
        at = datetime.strptime(f"{found['at']}{(found['zone'] or 'Z').replace(chr(39), '')}", "%Y%m%d%H%M%S%z")
    except ValueError:
        return written
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"


def usable_grant(requests: Sequence[RequestLine], component: ComponentId, person: str) -> GrantId | None:
    """A grant under which this person may open a component now."""
    return next((r.grant for r in requests if r.usable and r.requester == person and any(i.component == component for i in r.items)), None)


class Detail(QWidget):
    """`edit`, `move` and `ask` are the buttons below; `play` tells a component and the grant that opens it."""

    play = Signal(object, object)
    confirm_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.record: RecordLine | None = None
        self.edit = button(_("Edit"), "", "pencil-simple", "Ctrl+E")
        self.move = button(_("Move"), "", "folder-open", hint=_("To another stage or another case folder"))
        self.open = button(_("Open"), "", "play")
        self._remake_confirm()
        self.open.clicked.connect(lambda *_a: self._play())
        self._grant: tuple[ComponentId, GrantId] | None = None
        self._inner = content(vbox(gap=6, margins=(0, 0, 14, 0)))
        self.place = scroll(self._inner, _("The chosen record"))
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why_not = para("", "small", "ink3", lead=1.5)
        self.beginning = Beginning(page)
        self.begun = scroll(self.beginning, self.beginning.accessibleName())
        self.begun.hide()
        self.setLayout(vbox((self.begun, 1), (self.place, 1), self.why_not, hbox((self.edit, 1), (self.move, 1), (self.open, 1), gap=8), gap=6))

    def show_record(self, record: RecordLine | None, siblings: Sequence[RecordLine], requests: Sequence[RequestLine],
                    count: int, now: datetime, paper: PaperLine | None = None) -> None:
        """Show a record; `count` of those chosen may be greater than one; `paper` is what was confirmed of it."""
        self.record = record
        box = self._inner.layout()
        assert box is not None
        empty(box)
        parts = [] if record is None else self._facts(record, siblings, count, now, paper)
        fill(box, [*parts, None])  # type: ignore[arg-type]  # it is the vbox made above
        self._allow(record, requests)
        self.place.verticalScrollBar().setValue(0)
        self.begun.setVisible(not siblings)
        for one in (self.place, self.edit, self.move, self.open):
            one.setVisible(record is not None)

    def _allow(self, record: RecordLine | None, requests: Sequence[RequestLine]) -> None:
        none = _("No record is chosen")
        filed = _("The record is filed and closed to changes") if record and record.filed_at else ""
        for one in (self.edit, self.move):
            verdict = self._page.may("records.edit")
            one.allow(record is not None and not filed and verdict.allowed, none if record is None else filed or verdict.reason)
        self._grant = None
        for component in record.components if record else ():
            grant = usable_grant(requests, component.id, self._page.archive.person.name)
            if grant is not None:
                self._grant = component.id, grant
                break
        allowed = self._grant is not None and self._page.may("media.open").allowed
        self.open.allow(allowed, _("The content opens only with the leader’s approval. You can ask to view it."))
        self.why_not.setText("" if allowed or record is None else _("The content opens only with the leader’s approval. You can ask to view it."))
        self.why_not.setVisible(bool(self.why_not.words))

    def _remake_confirm(self) -> None:
        """The button goes with the facts that it stands among, so each showing has its own."""
        self.confirm = button(_("Confirm the paper"), "", "check", hint=_("Which form it is, who signed, what it answers"),
                              on=self.confirm_wanted.emit)

    def _paper_parts(self, record: RecordLine, paper: PaperLine) -> list[object]:
        """What was confirmed of a paper, and the button that confirms or corrects it."""
        self._remake_confirm()
        filed = _("The record is filed and closed to changes") if record.filed_at else ""
        may = self._page.may("procedure.paper_confirm")
        self.confirm.allow(may.allowed and not filed, filed or may.reason)
        self.confirm.say(_("Confirm the paper") if paper.confirmed is None else _("Correct what was confirmed"))
        return [_fact(_("As a paper"), _paper_words(paper)), hbox(self.confirm, None)]

    def _play(self) -> None:
        if self._grant is not None:
            self.play.emit(*self._grant)

    def _facts(self, record: RecordLine, siblings: Sequence[RecordLine], count: int, now: datetime, paper: PaperLine | None) -> list[object]:
        title = para(record.title, "strong", lead=1.5)
        parts: list[object] = []
        if count > 1:
            parts += [text(_("{n} items chosen; this is one of them").format(n=count), "small", "accent")]
        tags = [badge(name) for name in record.label.names]
        parts += [title, hbox(*tags, None, gap=6), _fact(_("Medium"), medium_words(record.medium)),
                  _fact(_("Stage"), stage_words(record.stage)), _fact(_("Date"), record.made_on or _("no date yet"))]
        if paper is not None:
            parts += self._paper_parts(record, paper)
        several = len(record.components) > 1
        for number, component in enumerate(record.components, 1):
            parts.append(rule())
            if several:
                parts.append(text(_("Component {n}").format(n=number), "small", "ink3", bold=True))
            parts += self._component(component, siblings, now)
        parts += [rule(), _fact(_("Made by"), record.created_by)]
        return parts

    def _component(self, one: ComponentLine, siblings: Sequence[RecordLine], now: datetime) -> list[object]:
        size = f"{size_words(one.size)}（{figures(one.size)} B）" if one.size >= 1000 else f"{one.size} B"
        parts: list[object] = [_found(one), _fact(_("File name"), one.name), _fact(_("Size"), size)]
        if one.duration_us:
            parts.append(_fact(_("Lasts"), timecode.text(one.duration_us, 0)))
        if one.pages:
            parts.append(_fact(_("Number of pages"), str(one.pages)))
        if one.width and one.height:
            parts.append(_fact(_("Picture"), f"{one.width} × {one.height}"))
        for label, words in ((_("Device"), one.device), (_("Device’s time"), own_time(one.camera_time or "")), (_("Taken at"), one.place)):
            if words:
                parts.append(_fact(label, words))
        parts.append(_fact(_("Deposited"), office_time(one.deposited_at, now)))
        if one.duplicate_of is not None:
            parts.append(_fact(_("Same as"), _twin(one.duplicate_of, siblings)))
        digest = para(in_fours(one.sha256), "small", "ink2", "mono", lead=1.5)
        return [*parts, vbox(text(_("Digest (SHA-256), taken at first reading"), "small", "ink3"), digest, gap=0)]


def _paper_words(paper: PaperLine) -> str:
    if paper.confirmed is None:
        return _("not confirmed yet; its title suggests 《{form}》").format(form=paper.suggested) if paper.suggested else _("not confirmed yet")
    return _("《{form}》, confirmed by {person}").format(form=paper.confirmed.form, person=paper.person)


def _found(one: ComponentLine) -> object:
    """Sound, or each finding in its words."""
    if not one.findings:
        return hbox(chip(_("Nothing wrong was found at deposit"), "good"), None)
    lines = [hbox(vbox(2, glyph("warning-diamond", "soon", 16), None), (para(finding_words(code), "small", "soon", lead=1.5), 1), gap=6)
             for code in one.findings]
    return vbox(hbox(chip(_("to look into"), "soon"), None), *lines, gap=4)


def _twin(component: ComponentId, siblings: Sequence[RecordLine]) -> str:
    """Which record holds the same bytes, if it is of this folder; another folder is not named here."""
    for record in siblings:
        if any(c.id == component for c in record.components):
            return _("{title}, in this folder").format(title=record.title)
    return _("an earlier deposit; the bytes are kept once")


def _fact(label: str, value: str) -> object:
    name = text(label, "small", "ink3")
    name.setFixedWidth(max(THEME.px(88), name.sizeHint().width()))
    words: Para = para(value, "body", lead=1.4)
    return hbox(vbox(2, name, None), (words, 1), gap=8)
