"""What every step of a founding is: a title, why it is asked, fields, and whether they can be as they are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.founding_draft import FounderDraft
from views.common import Field, para, text, vbox


class Step(QWidget):
    """One step. `wrong` tells the first field that cannot be so; `keep` writes what is filled in into the draft."""

    def __init__(self, draft: FounderDraft, why: str, *parts: Any) -> None:
        super().__init__()
        self.draft = draft
        self.setAccessibleName(self.title_words())
        self.setLayout(vbox(text(self.title_words(), "title"), para(why, "body", "ink2"), 12, *parts, None, gap=8))

    @classmethod
    def title_words(cls) -> str:
        """What the step is called, in the list and above its fields."""
        raise NotImplementedError

    def first(self) -> QWidget | None:
        """Where the focus goes when the step is entered."""
        return None

    def entered(self) -> None:
        """The step comes into view."""

    def wrong(self) -> bool:
        """Look at all fields, say under each what is not right, stand in the first of them; True where there is one."""
        bad = [one for one in self.fields() if self._tell(one)]
        if bad:
            bad[0].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(bad)

    def fields(self) -> list[Field]:
        """The fields that are looked at, in their order."""
        return []

    def verdict(self, one: Field) -> tuple[str, str]:
        """("", "") or (state, words) of a field as it is."""
        return "", ""

    def keep(self) -> None:
        """Write what is filled in into the draft."""

    def _tell(self, one: Field) -> bool:
        state, words = self.verdict(one)
        one.tell(state, words)
        return state == "bad"
