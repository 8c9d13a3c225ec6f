"""The three lists under a deposit: recordings without a case, quarantine, earlier deposits; each opens beside itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop.i18n import _, finding_words
from desktop.intake import DepositLine, UnlinkedLine
from desktop.intake.room import QuarantineLine
from desktop.policy import profile
from models import timecode
from models.terms import Stage
from views.common import (
    Button,
    Cell,
    Column,
    Empty,
    Rich,
    Table,
    button,
    combo,
    content,
    edit,
    em,
    empty,
    field,
    fill,
    glyph,
    hbox,
    para,
    rich,
    scroll,
    text,
    vbox,
)
from views.common.case_field import CaseField
from views.common.digests import hash_lines
from views.common.measures import size_words
from views.common.panels import pair
from views.common.sums import deposit_sum, verdict_words
from views.common.tables import Rows
from views.common.tags import chip
from views.deposit.words import count_words, findings_words, last_part, reason_words, resumable, show_source, state_words
from views.terms import MEDIUM_ICONS, office_time, stage_words

DETAIL = 416


class Listed(QWidget):
    """A table, or what its being empty means; what one stands on opens beside it. Enter goes there, Esc comes back."""

    chosen = Signal(object)

    def __init__(self, name: str, columns: Sequence[Column], nothing: Empty) -> None:
        super().__init__()
        self.model = Rows(columns)
        self.table = Table(self.model, name, several=True)
        self.table.setMinimumHeight(180)
        self.side = vbox(gap=12, margins=(0, 0, 8, 0))
        self.detail = scroll(content(self.side), _("Details of the chosen row"))
        self.detail.setFixedWidth(DETAIL)
        self.place = QStackedWidget()
        self.place.addWidget(content(hbox((self.table, 1), self.detail, gap=16)))
        self.place.addWidget(nothing)
        self.setLayout(vbox(self.place, gap=0))
        self.table.chosen.connect(self._picked)
        self.table.opened.connect(lambda _row: self.enter())
        self.key_of: Callable[[Any], object] = lambda row: row
        self._kept: object = None
        self._standing = True

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Other rows; one stays on the row one stood on. A list that is not seen opens its details when it is."""
        if (before := self.table.row()) is not None:
            self._kept = self.key_of(before)
        self.model.show_rows(rows)
        self.place.setCurrentIndex(0 if rows else 1)
        self._standing = False
        if self.isVisible():
            self._stand()

    def _stand(self) -> None:
        self._standing = True
        if self.model.rows:
            self.table.choose(next((i for i, r in enumerate(self.model.rows) if self.key_of(r) == self._kept), 0))
        else:
            empty(self.side)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._standing:
            self._stand()

    def enter(self) -> None:
        """Into the details, onto the first control there."""
        for part in self.detail.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisible():
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def leave(self) -> bool:
        """Back from the details to the table; False when one was not there."""
        here = self.detail.focusWidget()
        if here is None or not here.hasFocus():
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _picked(self, row: Any) -> None:
        empty(self.side)
        fill(self.side, [*self.tell(row), None])
        self.chosen.emit(row)

    def tell(self, row: Any) -> list[Any]:
        """The details of a row."""
        raise NotImplementedError


class Unlinked(Listed):
    """未归卷录像: each with its deposit clock; `link` is called with the rows, the case, the stage and the reason."""

    def __init__(self, archive: Any, bridge: Any, link: Callable[..., object]) -> None:
        self._archive, self._link = archive, link
        columns = [
            Column(_("Recording"), 0, self._title),
            Column(_("Length"), 96, lambda u: timecode.text(u.component.duration_us or 0, 0), right=True),
            Column(_("Came in"), 128, lambda u: office_time(u.component.deposited_at, archive.clock.now())),
            Column(_("Deposit clock"), 176, lambda u: Cell(verdict_words(u.clock)[1], chip=verdict_words(u.clock)[0])),
        ]
        done = Empty("check-circle", _("Every recording belongs to a case"),
                     _("Recordings taken in without a case are listed here, with their deposit clock."))
        super().__init__(_("Recordings without a case"), columns, done)
        self.key_of = lambda u: u.component.id
        self.case = CaseField(archive, bridge, _("Link to case"), mnemonic="L")
        self.stage = combo([(stage_words(s), s) for s in Stage], _("Stage"))
        self.stage.choose(Stage.INVESTIGATE)
        self.reason = edit(_("linked after deposit"))
        self.go: Button = button(_("Link to case"), "", "link", on=self._do)
        self.form = content(hbox((self.case, 2), (field(_("Stage"), self.stage), 1), (field(_("Reason"), self.reason), 1),
                                 vbox(24, self.go, None, gap=4), gap=12))
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.layout().addWidget(self.form)  # type: ignore[union-attr]  # set by Listed
        self.case.changed.connect(self.heed)
        self.table.selectionModel().selectionChanged.connect(lambda *_s: self.heed())
        self.heed()

    def _title(self, line: UnlinkedLine) -> Cell:
        sub = "　".join(filter(None, (line.guard, line.component.device, line.component.camera_time or _("no time from the recorder"))))
        return Cell(line.record.title, sub, MEDIUM_ICONS[line.record.medium])

    def heed(self) -> None:
        """The button says what it would do, or why it cannot."""
        count = len(self.table.picked())
        self.go.say(_("Link {n} to case").format(n=count) if count > 1 else _("Link to case"))
        verdict = self._archive.may("records.edit") if self._archive.session else None
        if verdict is not None and not verdict.allowed:
            self.go.heed(verdict)
        else:
            self.go.allow(bool(count) and self.case.case_id is not None, _("Fill in the case number first"))

    def show_rows(self, rows: Sequence[Any]) -> None:
        super().show_rows(rows)
        self.form.setVisible(bool(rows))
        self.heed()

    def tell(self, row: UnlinkedLine) -> list[Any]:
        rule = profile(self._archive.header.profile)
        kind, words = verdict_words(row.clock)
        head = hbox((text(row.record.title, "heading", elide=True), 1), chip(words, kind), gap=8)
        guarded = [hbox(vbox(glyph("shield-check", "ink2", 20), None), (para(row.guard), 1), gap=8)] if row.guard else []
        return [head, *guarded, deposit_sum(row, rule, narrow=True), *_facts(row.record, row.component)]

    def _do(self) -> None:
        case, picked = self.case.case_id, self.table.picked()
        if case is not None and picked:
            self._link([u.record.id for u in picked], case, Stage(str(self.stage.value())), self.reason.text().strip())


class Quarantine(Listed):
    """待查: what is kept as it came, with every finding; `release` is called with a row."""

    def __init__(self, archive: Any, release: Callable[[QuarantineLine], object]) -> None:
        self._archive, self._release = archive, release
        columns = [
            Column(_("File"), 0, lambda q: Cell(q.component.name, q.record.case_number or _("no case"), MEDIUM_ICONS[q.record.medium])),
            Column(_("Size"), 96, lambda q: size_words(q.component.size), right=True),
            Column(_("Came in"), 128, lambda q: office_time(q.component.deposited_at, archive.clock.now())),
            Column(_("Finding"), 240, lambda q: Cell(findings_words(q.component.findings), chip="soon")),
        ]
        nothing = Empty("shield-check", _("Nothing in quarantine"),
                        _("Files that do not open as what they claim to be are kept here as they came, until somebody has looked at them."))
        super().__init__(_("Quarantine"), columns, nothing)
        self.key_of = lambda q: q.component.id

    def tell(self, row: QuarantineLine) -> list[Any]:
        why = [hbox(vbox(glyph("warning-diamond", "soon", 20), None), (para(finding_words(code)), 1), gap=8) for code in row.component.findings]
        release = button(_("Release …"), "", "check-circle", on=lambda: self._release(row))
        verdict = self._archive.may("intake.release")
        release.heed(verdict)
        reason = [] if verdict.allowed else [para(verdict.reason, "small", "ink2")]
        return [text(row.component.name, "heading", elide=True), *why, *_facts(row.record, row.component), hbox(release, None), *reason]


class Past(Listed):
    """历次移交: each with what became of its files; `go_on` is called with one that can go on."""

    def __init__(self, archive: Any, failures: Callable[[DepositLine, Callable[[Any], None]], object],
                 go_on: Callable[[DepositLine], object]) -> None:
        self._archive, self._failures, self._go_on = archive, failures, go_on
        self.live = False
        columns = [
            Column(_("Source"), 0, _source),
            Column(_("By"), 96, lambda d: d.person),
            Column(_("Begun"), 128, lambda d: office_time(d.started_at, archive.clock.now())),
            Column(_("Files"), 80, lambda d: str(d.total), right=True),
            Column(_("State"), 152, lambda d: Cell(state_words(d, self.live)[1], chip=state_words(d, self.live)[0])),
        ]
        nothing = Empty("tray", _("Nothing has been deposited yet"), _("Choose a folder or plug in a recorder to begin."))
        super().__init__(_("Earlier deposits"), columns, nothing)
        self.key_of = lambda d: d.id
        self._told: int | None = None

    def tell(self, row: DepositLine) -> list[Any]:
        source = text("", elide=True)
        show_source(source, row.source)
        out: list[Any] = [text(last_part(row.source), "heading", elide=True), para(count_words(row) or _("no files")), pair(_("Source"), source)]
        if resumable(row, self.live):
            go_on = button(_("Go on"), "", "play", on=lambda: self._go_on(row))
            go_on.heed(self._archive.may("intake.begin"))
            out.append(hbox(go_on, (para(_("What was taken in stays; what waits or failed is tried again."), "small", "ink2"), 1), gap=12))
        self._told = row.id
        if row.counts.get("failed"):
            self._failures(row, lambda found: self._tell_failures(row, found))
        return out

    def _tell_failures(self, row: DepositLine, found: Sequence[tuple[str, str]]) -> None:
        if self._told != row.id or self.table.row() is None:
            return
        last = self.side.takeAt(self.side.count() - 1)
        del last  # the stretch, which goes behind what is added
        lines = [rich("{name}　{why}", name=em(path), why=reason_words(code)) for path, code in found[:50]]
        self.side.addWidget(para(Rich("<br>".join(lines)), "small", "ink2"))  # one part: a hundred of them would hold the window
        self.side.addStretch(1)


def _source(line: DepositLine) -> Cell:
    case = line.case_number or _("no case")
    return Cell(last_part(line.source), case, "tray-arrow-down", more=f"{case}　{line.source}")


def _facts(record: Any, component: Any) -> list[Any]:
    """What the file itself says."""
    facts = [
        (_("File"), component.name), (_("Size"), size_words(component.size)), (_("Kind"), component.mime or component.kind),
        (_("Recorder"), component.device), (_("By"), record.created_by),
    ]
    digest = vbox(text(_("SHA-256"), "small", "ink3"), *hash_lines(component.sha256, ink="ink2"), gap=0)
    return [*(pair(name, value) for name, value in facts if value), digest]
