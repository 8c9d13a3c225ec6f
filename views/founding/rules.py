"""适用制度: which regulation the archive works by, in words; the name of the province where the text leaves it open."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from desktop.founding_choices import Regulation, regulations
from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from views.common import Field, Radio, edit, field, frame, para, vbox
from views.common.layout import reframe
from views.founding.step import Step


class RulesStep(Step):
    """One card for each regulation; a card is chosen by its radio button."""

    def __init__(self, draft: FounderDraft) -> None:
        self.offers = regulations()
        self.group = QButtonGroup()
        self.radios: dict[str, Radio] = {}
        self.cards: dict[str, QFrame] = {}
        self.province = edit(draft.province, example=_("e.g. 辽宁省"))
        self.province_field = field(_("Which province"), self.province, _("It stands on printed papers; the text itself names none."), mnemonic="P")
        cards = [self._card(one) for one in self.offers]
        self.said = field(_("Regulation"), QWidget())
        self.said.caption.hide()
        why = _("It decides what each case must hold, which limits run, and what printed papers say. The archive can take a newer version later; "
                "each case keeps the one under which it began.")
        super().__init__(draft, why, *cards, self.said)
        self.group.idToggled.connect(self._chosen)
        if draft.profile in self.radios:
            self.radios[draft.profile].setChecked(True)
        self._chosen()

    @classmethod
    def title_words(cls) -> str:
        return _("Which regulation")

    def first(self) -> QWidget:
        return self.radios.get(self.key()) or next(iter(self.radios.values()))

    def key(self) -> str:
        """The regulation chosen, "" while none is."""
        return next((key for key, radio in self.radios.items() if radio.isChecked()), "")

    def fields(self) -> list[Field]:
        return [self.said, *([self.province_field] if self._asks() else [])]

    def verdict(self, one: Field) -> tuple[str, str]:
        if one is self.said:
            return ("", "") if self.key() else ("bad", _("Please choose a regulation"))
        return ("", "") if self.province.text().strip() else ("bad", _("Please type the name of the province"))

    def wrong(self) -> bool:
        bad = super().wrong()
        if bad and not self.key():
            self.first().setFocus()
        return bad

    def keep(self) -> None:
        self.draft.profile, self.draft.province = self.key(), self.province.text().strip()

    def _card(self, one: Regulation) -> QFrame:
        radio = self.radios[one.key] = Radio(one.title)
        words = _("Made for: {agencies} · {kinds}").format(agencies=one.agencies, kinds="、".join(one.kinds))
        radio.setAccessibleDescription(words)
        self.group.addButton(radio)
        below = vbox(para(words, "small", "ink2"), gap=4, margins=(28, 0, 0, 0))
        if one.asks_province:
            below.addWidget(self.province_field)
        self.cards[one.key] = card = frame(vbox(radio, below, gap=0, margins=(12, 4, 12, 8)), "plain", one.title)
        return card

    def _asks(self) -> bool:
        return any(one.asks_province and one.key == self.key() for one in self.offers)

    def _chosen(self, *_: object) -> None:
        for key, card in self.cards.items():
            reframe(card, "chosen" if self.radios[key].isChecked() else "plain")
        self.province_field.setVisible(self._asks())
        if self.key():
            self.said.tell("")
