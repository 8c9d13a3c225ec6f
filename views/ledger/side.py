"""Beside the list: the checkpoint, one entry in full, one finding in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.audit.detail import EntryDetail, Signed
from desktop.audit.papers import outcome_words
from desktop.audit.verification import Finding, worded
from desktop.i18n import _
from views.common import button, chip, content, glyph, hbox, panel, para, rule, scroll, text, vbox
from views.common.digests import hash_lines
from views.common.layout import empty, fill
from views.common.text import figures
from views.ledger.proof import ProofTree
from views.ledger.wording import CHIPS, details, exact, lawful_cell, reason_words
from views.theme import THEME, follow

ROWS = 6  # rows of the database named one by one


class Code(QWidget):
    """A QR code on white, in the dark too: a camera must read it."""

    def __init__(self) -> None:
        super().__init__()
        self._drawn: QSvgRenderer | None = None
        follow(self, self._restyle)

    def show_code(self, svg: str) -> None:
        """Show this; a worker has made it, for that takes longer than a key should wait."""
        self._drawn = QSvgRenderer(QByteArray(svg.encode()))
        self.setAccessibleName(_("QR code of the checkpoint"))
        self.update()

    def _restyle(self) -> None:
        self.setFixedSize(THEME.px(168), THEME.px(168))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        if self._drawn is not None:
            self._drawn.render(painter, QRectF(self.rect()))


class CheckpointPanel(QWidget):
    """The newest signed state of the ledger, to be kept away from this machine."""

    def __init__(self, sign: Callable[[], object], save: Callable[[str], object]) -> None:
        super().__init__()
        self.note = ""
        self.at, self.size = text("", "strong", elide=True), text("", "small", "ink2", elide=True)
        self.root = vbox(gap=0)
        self.code = Code()
        self.sign = button(_("Sign a checkpoint"), "", "signature", on=sign)
        self.copy = button(_("Copy text"), "quiet", "copy", on=lambda: QApplication.clipboard().setText(self.note))
        self.save = button(_("Save as a file"), "quiet", "download-simple", on=lambda: save(self.note))
        self.body = content(vbox(self.at, self.size, text(_("Root (SHA-256)"), "small", "ink3"), self.root, hbox(None, self.code, None), gap=6))
        self.keep = content(hbox(self.copy, self.save, None, gap=4))
        why = _("Keep it on paper or at another place: from then on nobody can cut off or rewrite the ledger unseen.")
        inner = content(vbox(self.body, para(why, "small", "ink2"), None, gap=10))
        self.setLayout(vbox(panel(_("Checkpoint"), (scroll(inner, _("Checkpoint")), 1), self.keep, self.sign, gap=6), gap=0))
        self.show_signed(None)

    def show_signed(self, signed: Signed | None, code: str = "") -> None:
        """The newest one, if there is any, with the QR code of its note as SVG."""
        self.body.setVisible(signed is not None)
        self.keep.setVisible(signed is not None)
        if signed is None:
            return
        self.note = signed.note
        self.at.setText(exact(signed.at))
        self.size.setText(_("over {n} entries").format(n=figures(signed.size)))
        empty(self.root)
        fill(self.root, hash_lines(signed.root))
        self.code.show_code(code)


class EntryPanel(QWidget):
    """One entry: facts, rows that it wrote, hash, and its proof."""

    def __init__(self, back: Callable[[], object]) -> None:
        super().__init__()
        self.title, self.back = text("", "strong", elide=True), button(_("Checkpoint"), "quiet", "arrow-left", on=back)
        self.body = vbox(gap=6)
        self.tree, self.proof = ProofTree(), para("", "small", "ink2")
        inner = content(vbox(self.body, None, gap=8))
        self.panel = panel(_("Entry"), (scroll(inner, _("Entry")), 1), tail=(self.back,), gap=8)
        self.setLayout(vbox(self.panel, gap=0))

    def show_entry(self, detail: EntryDetail) -> None:
        line = detail.line
        self.panel.rename(_("Entry {n}").format(n=figures(line.seq)))
        empty(self.body)
        self.tree, self.proof = ProofTree(), para("", "small", "ink2")
        self.tree.show_path(detail.turns, detail.steps, detail.holds)
        holds = _("Counted from this entry to the root in {steps} steps, and every step fits. The drawing shows the {drawn} nearest to the root.")
        broken = _("Counted from this entry the root does not come out: run a verification.")
        self.proof.setText((holds if detail.holds else broken).format(steps=detail.steps, drawn=len(detail.turns)))
        self.proof.set_ink("ink2" if detail.holds else "late")
        who = " · ".join(filter(None, (line.person or _("Program"), line.role_title, line.desk)))
        parts = [hbox(text(exact(line.at), "body"), None, chip(outcome_words(line.outcome), CHIPS[line.outcome])),
                 para(who, "small", "ink2"), para(line.words, "strong"), *self._told(detail)]
        fill(self.body, [*parts, rule(), text(_("Hash of the entry"), "small", "ink3"), vbox(*hash_lines(detail.leaf_hash), gap=0),
                         self.tree, self.proof])

    def _told(self, detail: EntryDetail) -> list[QWidget]:
        line = detail.line
        if line.veiled:
            return [para(_("What it is about lies beyond what you may know; the entry itself can be checked all the same."), "small", "ink2")]
        words = [line.about, reason_words(line) if line.reason else details(line.facts)]
        out: list[QWidget] = [para(one, "body") for one in words if one]
        if detail.rows:
            rows = [f"{table} / {row}" + ("　" + _("deleted") if gone else "") for table, row, gone in detail.rows[:ROWS]]
            if len(detail.rows) > ROWS:
                rows.append(_("and {n} more rows").format(n=len(detail.rows) - ROWS))
            out += [text(_("Rows written"), "small", "ink3"), para("\n".join(rows), "small")]
        return out


class FindingPanel(QWidget):
    """One thing that does not hold: the whole sentence, and the way to the last lawful act."""

    def __init__(self, look: Callable[[int], object]) -> None:
        super().__init__()
        self._look = look
        self._seq = 0
        self.words, self.lawful = para("", "body"), para("", "small", "ink2")
        self.to_entry = button(_("Show that entry"), "", "list-bullets", on=lambda: self._look(self._seq))
        steps = _("Leave everything as it is. Tell the leader, keep this disk, and compare with a backup and with checkpoints kept elsewhere.")
        head = hbox(glyph("warning-circle", "late", 20), text(_("Altered outside the program"), "strong", "late", elide=True), gap=8)
        body = (head, self.words, self.lawful, rule(), para(steps, "small", "ink2"), None, self.to_entry)
        self.setLayout(vbox(panel(_("What does not hold"), *body, gap=8), gap=0))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_finding(self, finding: Finding) -> None:
        self.words.setText(worded(finding))
        cell = lawful_cell(finding)
        seq = finding.facts.get("seq")
        self._seq = seq if isinstance(seq, int) else 0
        self.lawful.setText(_("Last lawful act: {entry} {act}").format(entry=cell.text, act=cell.sub) if self._seq else "")
        self.to_entry.setVisible(self._seq > 0)
