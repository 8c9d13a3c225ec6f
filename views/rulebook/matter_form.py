"""The form for one row of the agency's own list; a level below what the text makes a must is refused at its field, with the article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.listing import EXCUSES, level_words
from desktop.policy.rule_words import excuse_words
from desktop.policy.vocabulary import vocabulary
from desktop.rulebook import DutyDraft, DutyLine
from views.common import Check, button, combo, content, edit, field, hbox, scroll, text, vbox
from views.common.inputs import Combo
from views.rulebook.section import tell_at

if TYPE_CHECKING:
    from views.rulebook.matters import MattersSection

ASKED = ("full", "sync", "suitable", "as_needed", "may")  # what a row of one's own may ask for
_TEXTS = ("what", "place", "begins", "ends", "keeping")


class MatterForm(QWidget):
    """Begun for a new row or for one that is there; a change asks why."""

    def __init__(self, section: MattersSection) -> None:
        super().__init__()
        self.section, self.page, self.line = section, section.page, None
        words = vocabulary()
        self.event_choice = _narrow([(term.title, key) for key, term in words.keys("event").items()])
        self.level, self.excuse = _narrow([(level_words(key), key) for key in ASKED]), _narrow([(excuse_words(key), key) for key in EXCUSES])
        self.traits = {key: Check(term.title) for key, term in words.keys("trait").items()}
        self.texts = {name: edit() for name in _TEXTS}
        self.decided, self.why = edit(), edit()
        names = {"what": _("What is recorded"), "place": _("Place"), "begins": _("From"), "ends": _("Until"), "keeping": _("Kept")}
        self.event_field, self.level_field = field(_("Event"), self.event_choice), field(_("Level"), self.level)
        self.decided_field, self.why_field = field(_("Decided by (which paper)"), self.decided), field(_("Reason for the change"), self.why)
        self.keep = button(_("Keep"), "primary", "check", "Ctrl+Return", on=self.submit)
        self.texts_fields = {name: field(names[name], control) for name, control in self.texts.items()}
        self.setLayout(self._lay())

    def _lay(self) -> Any:
        two = hbox((self.texts_fields["begins"], 1), (self.texts_fields["ends"], 1), gap=8)
        other = hbox((self.texts_fields["place"], 1), (self.texts_fields["keeping"], 1), gap=8)
        body = vbox(self.event_field, self.level_field, field(_("Excuse"), self.excuse), self.texts_fields["what"], other, two,
                    text(_("Only where"), "small", "ink2"), *self.traits.values(), None, gap=10, margins=(0, 0, 14, 0))
        leave = button(_("Do not change"), "quiet", on=self.section.close_form)
        foot = vbox(self.decided_field, self.why_field, hbox(None, leave, self.keep, gap=8), gap=8)
        return vbox((scroll(content(body), _("A matter of our agency")), 1), foot, gap=8)

    def begin(self, line: DutyLine | None, event: str) -> None:
        """Start from a row, or from nothing for this event."""
        self.line = line
        draft = line.draft if line is not None else DutyDraft(event, "full")
        self.event_choice.choose(draft.event)
        self.level.choose(draft.level)
        self.excuse.choose(draft.excuse)
        for key, tick in self.traits.items():
            tick.setChecked(key in draft.traits)
        for name, control in self.texts.items():
            control.setText(getattr(draft, name))
        self.decided.setText(draft.reason)
        self.why.clear()
        self.why_field.setVisible(line is not None)
        for one in (self.level_field, self.decided_field, self.why_field):
            one.tell("")
        self.keep.allow(True)
        self.event_choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def draft(self) -> DutyDraft:
        """What is filled in."""
        traits = frozenset(key for key, tick in self.traits.items() if tick.isChecked())
        return DutyDraft(str(self.event_choice.value()), str(self.level.value()), str(self.excuse.value()), traits,
                         *[self.texts[name].text().strip() for name in _TEXTS], self.decided.text().strip())

    def submit(self) -> None:
        """Keep the row."""
        for one in (self.level_field, self.decided_field, self.why_field):
            one.tell("")
        draft, line, why, room = self.draft(), self.line, self.why.text().strip(), self.page.archive.rulebook
        wanted = [(self.decided_field, draft.reason)] + ([(self.why_field, why)] if line is not None else [])
        for one, words in wanted:
            if not words:
                one.tell("bad", _("Please write the reason; it stands in the ledger"))
                one.control.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.keep.allow(False, _("Sending …"))
        title = draft.what or vocabulary().title("event", draft.event)
        said = (_("“{title}” is added to our list") if line is None else _("“{title}” is changed in our list")).format(title=title)
        if line is None:
            self.page.run(lambda _p: room.duty_add(draft), lambda _n: self.section.kept(said), self._failed)
        else:
            changes = {name: getattr(draft, name) for name in DutyDraft.__dataclass_fields__}
            self.page.run(lambda _p: room.duty_edit(line.id, changes, why), lambda _n: self.section.kept(said), self._failed)

    def _failed(self, error: Exception) -> None:
        self.keep.allow(True)
        tell_at(self.level_field, self.page, error, "listing.")


def _narrow(items: list[tuple[str, object]]) -> Combo:
    """A choice that takes the width of its column, however long its words are."""
    out = combo(items)
    out.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    out.setMinimumContentsLength(8)
    return out
