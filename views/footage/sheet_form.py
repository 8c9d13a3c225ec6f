"""音像资料的文字说明: the fields that the text and the base ask for, the transcript, whether it is evidence, grounds for keeping it for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.evidence import SheetField, SheetVerdict, sheet
from desktop.policy.rules import Profile
from desktop.procedure import FootageLine, SheetDraft
from models.facts import Footage
from views.common import Check, Field, edit, field, para, text_area, vbox
from views.common.layout import content, empty, fill
from views.footage.forms import SideForm, Ticks, terms
from views.footage.grounds import Cited
from views.footage.words import exact

# Fields, by their titles in the texts, that the archive can propose from what it knows of a recording.
_KNOWN = {"制作时间": "span", "取证时间": "span", "制作人": "officer", "取证人员": "officer", "取证地点": "place", "制作方法": "device"}


class SheetForm(SideForm):
    """Fields are named by their own titles in the text; under each stands what asks for it."""

    def __init__(self) -> None:
        super().__init__(_("Save the description"), "check", _("Description of a recording"))
        self.line: FootageLine | None = None
        self.fields: dict[str, Field] = {}
        self.title = para("", "strong", lead=1.5)
        self.evidence = Check(_("It serves as evidence"))
        self.wanting = para("", "small", "late", lead=1.5)
        self.box = vbox(gap=8)
        self.transcript = text_area(lines=5)
        self.transcript_field = field(_("Transcript of what is said"), self.transcript, mnemonic="T")
        self.weight = Ticks(_("Grounds for keeping it for ever"))
        self.lay(self.title, self.evidence, self.wanting, content(self.box), self.transcript_field, self.weight)

    def begin(self, line: FootageLine, profile: Profile, piece: Footage) -> None:
        """Start from what stands in the sheet of a recording; `piece` is the recording as the rules see it."""
        self.line = line
        self.title.setText(line.title)
        self.evidence.setChecked(line.evidence)
        asked = sheet(profile, replace(piece, evidence=True))
        self._show_wanting(asked, line.evidence)
        self._show_fields(asked.fields, line, piece)
        self.transcript.setPlainText(line.transcript)
        hint = _("Recordings with sound need it as evidence.") if any(rule.transcript for rule in profile.evidence) else ""
        self.transcript_field.tell("", hint)
        self.weight.offer(terms("weight"), line.weight)
        filled = bool(line.sheet or line.transcript or line.weight or line.evidence)
        self.begin_form(asks_why=filled)
        self.evidence.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> SheetDraft:
        """What is written; what stands in the sheet under titles that no rule asks for stays."""
        assert self.line is not None
        fields = {**self.line.sheet, **{name: one.control.text().strip() for name, one in self.fields.items()}}  # type: ignore[attr-defined]  # edits
        return SheetDraft(fields, self.transcript.toPlainText().strip(), self.evidence.isChecked(), frozenset(self.weight.chosen))

    def _show_wanting(self, asked: SheetVerdict, evidence: bool) -> None:
        parts = [*(asked.wanting if evidence else ()), *asked.label_wanting]
        if asked.disc:
            parts.append(_("The text wants it burnt on a disc"))
        if asked.copy:
            parts.append(_("The text wants a copy filed with the folder"))
        self.wanting.setText("；".join(parts))
        self.wanting.setVisible(bool(parts))

    def _show_fields(self, asked: Sequence[SheetField], line: FootageLine, piece: Footage) -> None:
        empty(self.box)
        self.fields = {}
        for one in asked:
            why = "、".join(dict.fromkeys(ground.article for ground in one.grounds))
            self.fields[one.name] = field(one.name, edit(one.value or _known(one.name, line, piece)), why)
        grounds = {ground.rule: ground for one in asked for ground in one.grounds}
        fill(self.box, [*self.fields.values(), *(Cited(ground) for ground in grounds.values())])

    def faults(self) -> list[QWidget]:
        return []


def _known(name: str, line: FootageLine, piece: Footage) -> str:
    """What the archive knows of a field already; it is proposed and may be changed."""
    facts = {"span": f"{exact(line.start)} – {exact(line.end)}" if line.start else "", "officer": line.officer, "place": piece.place,
             "device": _("filmed with {device}").format(device=line.device) if line.device else ""}
    return facts.get(_KNOWN.get(name, ""), "")
