"""核对: everything that was filled in, at a glance, and whether there is one recovery sheet or three."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.founding_choices import regulations
from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from desktop.roles import roles
from views.common import Banner, Radio, content, empty, fill, frame, para, text, vbox
from views.common.panels import pair
from views.founding.step import Step

WIDE = 120


class ReviewStep(Step):
    """The summary, and the last choice before the archive is made."""

    def __init__(self, draft: FounderDraft) -> None:
        self._facts = vbox(gap=4, margins=(16, 12, 16, 12))
        self.one = Radio(_("One sheet, sealed into the leader’s safe"))
        self.three = Radio(_("Three sheets with three keepers; any two open, one alone opens nothing"))
        (self.three if draft.shared else self.one).setChecked(True)
        self.banner = Banner()
        hint = para(_("Three sheets bear the loss of one, and no single keeper can open anything. They have 33 English words each."), "small", "ink2")
        why = _("Look at it once more. Nothing has been written yet; the archive is made with the next step.")
        super().__init__(draft, why, frame(self._facts, "plain", _("What will be made")), 4, text(_("Recovery sheet"), "strong"), self.one,
                         self.three, content(vbox(hint, margins=(28, 0, 0, 0))), self.banner)

    @classmethod
    def title_words(cls) -> str:
        return _("Check")

    def first(self) -> QWidget:
        return self.three if self.three.isChecked() else self.one

    def entered(self) -> None:
        draft = self.draft
        title = next((one.title for one in regulations() if one.key == draft.profile), "")
        lock = _("desk passphrase") if draft.how == "passphrase" else _("keyring of this system")
        people = "、".join(f"{name}（{roles()[role].title}）" for name, role in draft.people)
        regulation = " · ".join(filter(None, (title, draft.province)))
        lines = [(_("Folder"), draft.folder), (_("Which regulation"), regulation), (_("Agency"), draft.agency),
                 (_("Archive"), draft.name), (_("This desk"), f"{draft.desk} · {lock}")]
        empty(self._facts)
        fill(self._facts, [pair(name, value, WIDE) for name, value in lines])
        self._facts.addLayout(pair(_("First people"), para(people), WIDE))

    def keep(self) -> None:
        self.draft.shared = self.three.isChecked()
