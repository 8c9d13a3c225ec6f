"""A draft by its rules: a list with what was changed marked, and the chosen rule as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.outline import section_title
from desktop.policy.rule_fields import RuleFields
from views.common import Cell, Check, Column, Rows, Table, hbox, panel, search_box, text, vbox
from views.common.text import figures
from views.rulebook.rule_form import RuleForm


class DraftRules(QWidget):
    """`show_rules` after each reading of the text; the rule one stands on stays."""

    def __init__(self) -> None:
        super().__init__()
        self.rules: tuple[RuleFields, ...] = ()
        self.reasons: Mapping[str, str] = {}
        self.notices: Mapping[str, str] = {}
        self.form = RuleForm()
        self.look = search_box(_("Article, title or words"), name=_("Find a rule"))
        self.look.textChanged.connect(lambda _words: self._filter())
        self.only = Check(_("Only what is changed"))
        self.only.toggled.connect(lambda _on: self._filter())
        self.model = Rows([Column(_("Article"), 152, lambda r: Cell(r.article or "–", section_title(r.section) if r.section else "")),
                           Column(_("What it sets"), 0, lambda r: Cell(r.title, r.brief)),
                           Column(_("State"), 88, _state)])
        self.table = Table(self.model, _("Rules of the draft"))
        self.table.chosen.connect(self._show)
        self.table.opened.connect(lambda _r: self.to_form())
        self.count = text("", "small", "ink3")
        left = panel(_("Rules of the draft"), hbox((self.look, 1), self.only, gap=12), (self.table, 1), tail=(self.count,))
        self.setLayout(vbox((hbox((left, 1), (self.form, 1), gap=12), 1), gap=0))

    def show_rules(self, rules: Sequence[RuleFields], reasons: Mapping[str, str], notices: Mapping[str, str]) -> None:
        """The rules as the text says them now."""
        self.rules, self.reasons, self.notices = tuple(rules), reasons, notices
        self._filter()

    def stand_on(self, rule: str) -> None:
        """Stand on a rule by its id."""
        self.look.clear()
        self.only.setChecked(False)
        self._stand(rule)

    def to_form(self) -> None:
        """To the first number of the rule, else its first field."""
        wanted = next((self.form.controls[key] for key in ("number", "level", "must", "least_years") if key in self.form.controls), None)
        first = wanted or next(iter(self.form.controls.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self) -> None:
        held, words = self.form.rule, self.look.text().strip()
        rows = [one for one in self.rules if (not self.only.isChecked() or one.state) and (not words or words in _all_words(one))]
        changed = sum(bool(one.state) for one in self.rules)
        self.count.setText(_("{n} rules, {changed} changed").format(n=figures(len(self.rules)), changed=figures(changed)))
        self.model.show_rows(rows)
        self._stand(held.id if held is not None else "")

    def _stand(self, rule: str) -> None:
        rows = self.model.rows
        if not rows:
            self._show(None)
            return
        self.table.choose(next((n for n, one in enumerate(rows) if one.id == rule and rule), 0))

    def _show(self, rule: Any) -> None:
        key = "" if rule is None else rule.id
        self.form.show_rule(rule, self.reasons.get(key, ""), self.notices.get(key, ""))


def _state(rule: RuleFields) -> Cell:
    return {"changed": Cell(_("changed"), chip="soon"), "new": Cell(_("new"), chip="info")}.get(rule.state, Cell(""))


def _all_words(rule: RuleFields) -> str:
    return "\n".join((rule.article, rule.title, rule.text, rule.brief, rule.id))
