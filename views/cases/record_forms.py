"""Small forms beside the contents: changing one record, moving several, putting unlinked recordings into the folder."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.record_lines import RecordLine
from models.secrecy import Label
from models.terms import Stage
from views.cases.labels import LabelTicks
from views.common import Cell, Column, Edit, Field, Rows, Table, button, combo, edit, field, hbox, para, scroll, text_area, vbox
from views.common.layout import content
from views.terms import MEDIUM_ICONS, as_stage, length_words, read_day, stage_words


class _Form(QWidget):
    """Fields that scroll, the reason and two buttons that do not."""

    sent = Signal()
    left = Signal()

    def __init__(self, verb: str, icon: str, name: str) -> None:
        super().__init__()
        self.reason = text_area(lines=2)
        self.why = field(_("Reason"), self.reason, mnemonic="R", check=self._check_reason)
        self.send = button(verb, "", icon, "Ctrl+Return", on=self._send)
        leave = button(_("Do not change"), "quiet", on=self.left.emit)
        self._foot = vbox(self.why, hbox(None, leave, self.send, gap=8), gap=8)
        self.setAccessibleName(name)

    def _lay(self, *parts: object, scrolls: bool = True) -> None:
        inner = vbox(*parts, gap=10, margins=(0, 0, 14, 0) if scrolls else (0, 0, 0, 0))
        if scrolls:
            inner.addStretch(1)
        body = scroll(content(inner), self.accessibleName()) if scrolls else content(inner)
        self.setLayout(vbox((body, 1), self._foot, gap=8))

    @property
    def reason_words(self) -> str:
        return self.reason.toPlainText().strip()

    def _check_reason(self) -> tuple[str, str]:
        return ("", "") if self.reason_words else ("bad", _("Please write the reason; it stands in the ledger"))

    def _sound(self) -> bool:
        """Whether everything but the reason is well written."""
        return True

    def _send(self) -> None:
        self.why.tell(*self._check_reason())
        if self._sound() and self.reason_words:
            self.sent.emit()
        elif not self.reason_words:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        self.reason.clear()
        self.why.tell("")
        self.send.allow(True)


class EditRecord(_Form):
    """题名, 日期, 阶段, 标签 of one record."""

    def __init__(self) -> None:
        super().__init__(_("Save"), "check", _("Edit the record"))
        self.title_ = field(_("Title"), edit(), mnemonic="T", check=self._check_title)
        self.day = field(_("Date"), edit("", "2026-10-20"), mnemonic="D", check=self._check_day)
        stages: list[tuple[str, object]] = [(stage_words(s), s) for s in (None, *Stage)]
        self.stage = field(_("Stage"), combo(stages))
        self.label = LabelTicks(across=2)
        self._lay(self.title_, hbox((vbox(self.day, None), 1), (vbox(self.stage, None), 1), gap=12), self.label)

    def begin(self, record: RecordLine) -> None:
        """Start from a record as it is."""
        self.record = record
        self.title_.control.setText(record.title)  # type: ignore[attr-defined]  # an edit
        self.day.control.setText(record.made_on or "")  # type: ignore[attr-defined]  # an edit
        self.stage.control.choose(record.stage)  # type: ignore[attr-defined]  # a combo
        self.label.show_label(record.label)
        for one in (self.title_, self.day):
            one.tell("")
        self._begin()
        self.title_.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def changes(self) -> dict[str, object]:
        """What differs from the record, but for the label."""
        stage = as_stage(self.stage.control.value())  # type: ignore[attr-defined]  # a combo
        now = {"title": _words(self.title_), "made_on": read_day(_words(self.day)), "stage": stage}
        return {name: value for name, value in now.items() if value != getattr(self.record, name) and not (name == "stage" and value is None)}

    def new_label(self) -> Label | None:
        """Another label, or None when it is as it was."""
        return self.label.label if self.label.label != self.record.label else None

    def _check_title(self) -> tuple[str, str]:
        return ("", "") if _words(self.title_) else ("bad", _("Please write a title"))

    def _check_day(self) -> tuple[str, str]:
        try:
            self.day.control.setText(read_day(_words(self.day)) or "")  # type: ignore[attr-defined]  # an edit
        except ValueError:
            return "bad", _("Please write a day like 2026-10-20")
        return "", ""

    def _sound(self) -> bool:
        self.title_.tell(*self._check_title())
        self.day.tell(*self._check_day())
        return bool(_words(self.title_)) and self.day.control.property("state") != "bad" and not self.label.refused


class MoveRecords(_Form):
    """To another stage, or into another case folder; one record or several."""

    def __init__(self) -> None:
        super().__init__(_("Move"), "folder-open", _("Move records"))
        self.what = para("", "body", "ink2")
        self.stage = field(_("To the stage"), combo([(_("as it is"), None), *((stage_words(s), s) for s in Stage)]))
        self.number = field(_("Into the case folder"), edit(), _("Another case number moves them out of this folder."), mnemonic="N")
        self._lay(self.what, self.stage, self.number)

    def begin(self, records: Sequence[RecordLine], number: str) -> None:
        """Start from the chosen records of this folder."""
        self.records, self.here = tuple(records), number
        titles = "、".join(r.title for r in records[:3]) + (_(" and {n} more").format(n=len(records) - 3) if len(records) > 3 else "")
        self.what.setText(titles)
        self.stage.control.choose(None)  # type: ignore[attr-defined]  # a combo
        self.number.control.setText(number)  # type: ignore[attr-defined]  # an edit
        self._begin()
        self.stage.control.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def target(self) -> str:
        """The number of another case folder, or "" when they stay."""
        return "" if _words(self.number) == self.here else _words(self.number)

    @property
    def to_stage(self) -> Stage | None:
        return as_stage(self.stage.control.value())  # type: ignore[attr-defined]  # a combo

    def _sound(self) -> bool:
        if self.target or self.to_stage:
            return True
        self.number.tell("bad", _("Please choose another stage or write another case number"))
        return False


class LinkRecords(_Form):
    """Recordings that belong to no case yet, the earliest deposit first; the chosen ones come to the end of the contents."""

    def __init__(self) -> None:
        super().__init__(_("Put into this folder"), "folder-plus", _("Put recordings into this folder"))
        self.model = Rows([
            Column(_("Not in any folder"), 0, lambda r: Cell(r.title, r.made_on or _("no date"), icon=MEDIUM_ICONS[r.medium])),
            Column(_("Pages, time"), 92, lambda r: Cell(length_words(r) or "–", ink="ink2"), right=True),
        ])
        self.table = Table(self.model, _("Recordings in no folder"), several=True)
        self.none = para(_("Every recording is in a case folder."), "body", "ink2")
        self.stage = field(_("To the stage"), combo([(_("not yet"), None), *((stage_words(s), s) for s in Stage)]))
        self._lay(self.none, (self.table, 1), self.stage, scrolls=False)

    def begin(self, records: Sequence[RecordLine], stage: Stage) -> None:
        """Offer what is linked to no case."""
        self.model.show_rows(records)
        self.none.setVisible(not records)
        self.table.setVisible(bool(records))
        self.stage.control.choose(stage)  # type: ignore[attr-defined]  # a combo
        self._begin()
        self.send.allow(bool(records), _("Every recording is in a case folder."))
        if records:
            self.table.choose(0)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def to_stage(self) -> Stage | None:
        return as_stage(self.stage.control.value())  # type: ignore[attr-defined]  # a combo

    def _sound(self) -> bool:
        return bool(self.table.picked())


def _words(one: Field) -> str:
    assert isinstance(one.control, Edit)
    return one.control.text().strip()
