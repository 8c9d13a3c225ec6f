"""What a person decides of the chosen item: in order, points lost, or not applicable; why, and where it is seen."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.scoring import Mark
from desktop.scoring import Decision, RowLine, ScoringView
from desktop.scoring.paper import points
from models.terms import RecordId
from views.common import button, combo, content, edit, field, hbox, para, segmented, text, text_area, vbox
from views.theme import THEME

FULL, LOST, APART = range(3)


class Deciding(QWidget):
    """`sent` when the decision is to be kept. What the program proposes stands in the fields already; nothing stands for a suspicion."""

    sent = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row: RowLine | None = None
        self._veto = False
        self._shown: tuple[RowLine, bool, str] | None = None
        self.choice = segmented([_("found in order"), _("points lost"), _("not applicable here")], 0, _("Your judgement"),
                                on=lambda _n: self._follow())
        self.lost = edit(example="0.5", name=_("Points lost"))
        self.lost.setFixedWidth(THEME.px(72))
        self.most = text("", "small", "ink3")
        self.record = combo([(_("no record"), None)], on=lambda _v: self._follow())
        self.record.setMinimumContentsLength(8)
        self.record.setSizeAdjustPolicy(self.record.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.record_field = field(_("On which record"), self.record)
        self.where = edit()
        self.where_field = field(_("Page number"), self.where)
        self.reason = text_area(lines=2)
        self.reason_field = field(_("Reason"), self.reason, mnemonic="L")
        self.keep = button(_("Keep and go on"), "", "check", "Ctrl+Return", on=self.sent.emit)
        self.told = para("", "small", "ink2", lead=1.5)
        self.again = button(_("Decide otherwise"), "", "pencil-simple", on=self.unfold)
        self.lengths: dict[RecordId, int | None] = {}
        self.form = content(vbox(hbox(self.choice, None, self.lost, self.most, gap=6), hbox((self.record_field, 3), (self.where_field, 2), gap=8),
                                 self.reason_field, hbox(None, self.keep), gap=8))
        self.setLayout(vbox(self.told, hbox(None, self.again), self.form, gap=8))

    def offer(self, view: ScoringView) -> None:
        """The records that a decision may point at."""
        self.lengths = {one.id: one.duration_us for one in view.records}
        self.record.offer([(_("no record"), None), *((one.title, int(one.id)) for one in view.records)])

    def show_row(self, row: RowLine, veto: bool, closed: str) -> None:
        """Another item; `closed` says why nothing can be decided."""
        if (row, veto, closed) == self._shown:
            return  # read again while somebody types: what they typed stays
        self._shown = (row, veto, closed)
        self.row, self._veto = row, veto
        self.form.setVisible(not closed and row.waits)
        self.again.setVisible(not closed and not row.waits)
        self.told.setText(closed)
        self.told.setVisible(bool(closed))
        self.choice.label(FULL, _("does not stand") if veto else _("found in order"))
        self.choice.label(LOST, _("it stands") if veto else _("points lost"))
        self.reason_field.tell("")
        self.most.setText(_("of {n} points").format(n=row.points))
        self.where_field.tell("")
        self._fill(row)
        self._follow()

    def unfold(self) -> None:
        """Show the fields of an item that stands already, and go there."""
        if not self.again.isHidden():
            self.again.hide()
            self.form.show()
        if not self.form.isHidden():
            first = self.lost if self.lost.isVisible() else self.reason
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_none(self, words: str) -> None:
        """No item is chosen."""
        self.row = self._shown = None
        self.form.hide()
        self.again.hide()
        self.told.setText(words)
        self.told.show()

    def _fill(self, row: RowLine) -> None:
        decided = row.decided
        if decided is not None:
            self._choose({"deducted": LOST, "vetoed": LOST, "not_applicable": APART}.get(decided.standing, FULL))
            lost, reason, record, where = decided.lost, decided.reason, decided.record, decided.where
        else:
            record = next((place.record for place in row.places if place.record is not None), None) if row.lost else None
            lost, reason, where = row.lost, "；".join(row.why) if row.lost else "", ""
            self._choose(None if row.mark is Mark.SUSPECTED else APART if row.mark is Mark.NOT_APPLICABLE else LOST if row.lost else FULL)
        self.lost.setText(points(lost) if lost else "")
        self.reason.setPlainText(reason)
        self.record.choose(None)
        self.record.choose(None if record is None else int(record))
        self.where.setText(where)

    def _choose(self, number: int | None) -> None:
        """Choose, or leave the choice to the person."""
        if number is not None:
            self.choice.choose(number)
            return
        self.choice.group.setExclusive(False)
        for one in self.choice.group.buttons():
            one.setChecked(False)
        self.choice.group.setExclusive(True)

    def _follow(self) -> None:
        """What the choice asks for."""
        chosen = self.choice.chosen
        for part in (self.lost, self.most):
            part.setVisible(not self._veto and chosen == LOST)
        seen = self.length
        self.where_field.caption.setText(_("Time code") if seen else _("Page number"))
        self.where.setPlaceholderText("0:12:05" if seen else "3–5")
        self.where.setAccessibleName(self.where_field.caption.text())
        self.keep.allow(chosen >= 0, _("Choose first whether it stands"))

    @property
    def length(self) -> int | None:
        """How long the chosen record is, where it is a recording."""
        value = self.record.value()
        return self.lengths.get(RecordId(value)) if isinstance(value, int) else None

    @property
    def stands(self) -> bool:
        """Of an item of the veto block: whether it is said to stand."""
        return self.choice.chosen == LOST

    def decision(self) -> Decision | None:
        """What is filled in; None, told under the field, where the points are no number or the reason is wanting."""
        chosen, reason, value = self.choice.chosen, self.reason.toPlainText().strip(), self.record.value()
        record = RecordId(value) if isinstance(value, int) else None
        lost = Decimal(0)
        if chosen == LOST and not self._veto:
            try:
                lost = Decimal(self.lost.text().strip().replace("。", ".").replace("，", "."))
            except InvalidOperation:
                self.reason_field.tell("bad", _("Enter how many points are lost: a number, such as 0.5"))
                self.lost.setFocus()
                return None
        if chosen in (LOST, APART) and not reason:
            self.reason_field.tell("bad", _("Write why; it stands on the printed sheet"))
            self.reason.setFocus()
            return None
        return Decision(lost, reason, record, self.where.text().strip(), chosen != APART)
