"""One entry of a regulation in full: its words in Song, its values, where it comes from, both readings, or what the law says instead."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.differences import mark_words
from desktop.policy.outline import Entry, national_rules, section_title, words_of_article
from desktop.policy.profile import silent_words
from desktop.policy.rule_words import values_of
from desktop.policy.rules import Choice, NoRule, Profile, Rule, Silence
from views.common import chip, content, empty, fill, frame, glyph, hbox, para, quote, scroll, text, vbox
from views.common.panels import panel

NAME = 128


class ArticleView(QWidget):
    """`show_entry` puts another entry in its place; `rules` is the profile that it belongs to."""

    def __init__(self) -> None:
        super().__init__()
        self._body = vbox(gap=12, margins=(0, 0, 12, 0))
        self.area = scroll(content(self._body), _("The article in full"))
        self.panel = panel(_("The article in full"), (self.area, 1))
        self.setLayout(vbox(self.panel, gap=0))

    def clear(self, words: str = "") -> None:
        """Nothing chosen."""
        self.panel.rename(_("The article in full"))
        empty(self._body)
        fill(self._body, [para(words, "body", "ink2"), None] if words else [None])

    def show_entry(self, entry: Entry, rules: Profile) -> None:
        """Read one entry."""
        self.panel.rename(entry.article or entry.title)
        empty(self._body)
        fill(self._body, [*_parts(entry, rules), None])
        self.area.verticalScrollBar().setValue(0)

    def words(self) -> str:
        """Everything that is read now, in one line."""
        from views.common import Para, Text

        return " ".join([p.plain() if isinstance(p, Para) else p.full for p in self.findChildren(QWidget) if isinstance(p, Para | Text)])


def pair_of(name: str, words: str, width: int = NAME) -> Any:
    """Name and value, the value wrapped where it is long."""
    label = text(name, "small", "ink3")
    label.setMinimumWidth(width)
    return hbox(vbox(3, label, None, gap=0), (para(words, "body", lead=1.5), 1), gap=8)


def silent() -> QWidget:
    """本制度未规定，适用上位法: with an icon, for a rule that is the base's."""
    return frame(hbox(vbox(2, glyph("scales", "soon", 16), None), (para(silent_words(), "small", "ink", lead=1.5), 1), gap=8, margins=(12, 8, 12, 8)),
                 "soon", silent_words())


def _parts(entry: Entry, rules: Profile) -> list[Any]:
    head = [hbox(chip(section_title(entry.section), "info"), *_doubt(entry), None, gap=8)]
    one = entry.of
    if isinstance(one, Rule):
        title = [para(entry.title, "strong")] if entry.title != section_title(entry.section) else []
        return [*head, *title, *([silent()] if entry.national else []), *_rule(one, rules)]
    if isinstance(one, Choice):
        quoted = [quote(f"“{words}”") for words in words_of_article(rules, one.article)]
        return [*head, para(one.question, "strong"), *quoted, *_choice(one),
                para(_("To work by the other reading, draft a new version; a second person confirms it."), "small", "ink2")]
    if isinstance(one, NoRule):
        return [*head, para(one.why)]
    assert isinstance(one, Silence)
    return [*head, silent(), *_instead(one, rules)]


def _doubt(entry: Entry) -> list[QWidget]:
    mark = getattr(entry.of, "mark", "")
    return [chip(_("to be confirmed"), "soon")] if mark == "k" else []


def _rule(rule: Rule, rules: Profile) -> list[Any]:
    out: list[Any] = [quote(f"“{rule.text}”"), para(_("Source: {mark}").format(mark=mark_words(rule.mark)), "small", "ink3")]
    out += [pair_of(value.name, value.words) for value in values_of(rule, rules)]
    if rule.note:
        out.append(pair_of(_("Explanation"), rule.note))
    return out


def _choice(one: Choice) -> list[QWidget]:
    out = []
    for key, words in one.options.items():
        held = key == one.chosen
        state = chip(_("reading in force"), "good") if held else chip(_("the other reading"), "quiet")
        out.append(frame(vbox(hbox(state, None), para(words), gap=4, margins=(12, 8, 12, 8)), "accent" if held else "sunken", words))
    return out


def _instead(one: Silence, rules: Profile) -> list[Any]:
    found = national_rules(rules, one)
    if not found:
        return [para(_("The higher law fixes no number for this either; what is reasonable is for a person to judge."), "body", "ink2")]
    out: list[Any] = []
    for rule in found:
        title = getattr(rule, "title", "")
        out += [text(rules.cite_rule(rule), "strong"), *([para(title, "small", "ink2")] if title else []), *_rule(rule, rules)]
    return out
