"""One rule of a draft as a form: each value in a field of its kind, what it was beside it, the article's words above, the reason below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.outline import section_title
from desktop.policy.rule_fields import FieldValue, RuleFields
from views.common import (
    Area,
    Combo,
    Edit,
    button,
    chip,
    combo,
    content,
    edit,
    empty,
    field,
    fill,
    hbox,
    panel,
    para,
    quote,
    scroll,
    text,
    text_area,
    vbox,
)
from views.rulebook.words import listed, unlisted

_NAME = 116
_WITH_UNIT = {"number": "unit", "exception_number": "exception_unit"}


class RuleForm(QWidget):
    """`wrote(path, value)` when a value was set; `put_back(path)` to have it as it was; `reasoned(rule, why)` as the reason is typed."""

    wrote = Signal(object, object)
    put_back = Signal(object)
    reasoned = Signal(str, str)
    puzzled = Signal(str)
    to_text = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.rule: RuleFields | None = None
        self.controls: dict[str, QWidget] = {}
        self._more: set[str] = set()
        self._notice = ""
        self._body = vbox(gap=8, margins=(0, 0, 12, 0))
        self.area = scroll(content(self._body), _("The rule"))
        self.in_text = button(_("To its line"), "quiet", on=lambda: self.to_text.emit(self.rule.line if self.rule else 1))
        self.panel = panel(_("The rule"), (self.area, 1), tail=(self.in_text,))
        self.setLayout(vbox(self.panel, gap=0))

    def show_rule(self, rule: RuleFields | None, reason: str = "", notice: str = "") -> None:
        """Another rule, or the same with other values; what somebody is typing in it stays."""
        same = rule is not None and self.rule is not None and rule.id == self.rule.id and rule.section == self.rule.section
        if same and rule is not None and self._shape(rule, notice) == self._formed:
            self.rule = rule
            for one in rule.values:
                if one.key in self.controls:
                    _show(self.controls[one.key], one)
            return
        if not same:
            self._more = set()
            self.area.verticalScrollBar().setValue(0)
        held = next((key for key, control in self.controls.items() if control.hasFocus()), "") if same else ""
        self.rule, self._notice, self.controls = rule, notice, {}
        empty(self._body)
        if rule is None:
            self.panel.rename(_("The rule"))
            fill(self._body, [para(_("Choose a rule on the left. Its values are changed here; the program writes the text."), "body", "ink2"), None])
            return
        self._formed = self._shape(rule, notice)
        self.panel.rename(f"{rule.article} · {rule.title}" if rule.article else rule.title)
        fill(self._body, [*self._parts(rule, reason, notice), None])
        if held in self.controls:
            self.controls[held].setFocus(Qt.FocusReason.OtherFocusReason)

    def _shape(self, rule: RuleFields, notice: str) -> tuple[Any, ...]:
        """What the form is made of: while it is the same, only values are shown anew."""
        return (rule.state, notice, self._more.copy(), [(one.key, one.kind, one.was, self._is_shown(one)) for one in rule.values])

    def _is_shown(self, one: FieldValue) -> bool:
        return one.shown or one.key in self._more or one.was is not None

    def _parts(self, rule: RuleFields, reason: str, notice: str) -> list[Any]:
        state = {"changed": chip(_("changed"), "soon"), "new": chip(_("new"), "info")}.get(rule.state)
        marks = [chip(section_title(rule.section), "quiet")] if rule.section else []
        out: list[Any] = [hbox(*marks, *([state] if state else []), None, gap=8)]
        if rule.text:
            out.append(quote(f"“{rule.text}”"))
        if notice:
            out.append(para(notice, "small", "soon"))
        if rule.state:
            why = edit(reason, _("for example: the bureau’s meeting of 20 October decided so"))
            why.textChanged.connect(partial(self.reasoned.emit, rule.id))
            self.why = field(_("Why this rule is changed"), why, mnemonic="W")
            out.append(self.why)
        shown = sorted((one for one in rule.values if self._is_shown(one)), key=_rank)
        beside = {_WITH_UNIT[one.key] for one in shown if one.key in _WITH_UNIT}
        by_key = {one.key: one for one in rule.values}
        for one in shown:
            if one.key not in beside:
                out.append(self._row(one, by_key.get(_WITH_UNIT.get(one.key, ""))))
        left = [(one.name, one.key) for one in rule.values if not self._is_shown(one) and one.key not in beside]
        if left:
            more = combo([(_("Set a further value …"), ""), *left], _("Set a further value …"), on=self._further)
            out.append(hbox(more, None))
        return out

    def _further(self, key: object) -> None:
        """Show one value that the text leaves as it is so far."""
        if key and self.rule is not None:
            self._more.add(str(key))
            QTimer.singleShot(0, self, lambda: self._again(str(key)))  # the choice that told it is taken away by it

    def _again(self, key: str) -> None:
        rule, reason = self.rule, self.why_words
        if rule is not None:
            self.show_rule(rule, reason, self._notice)
            if key in self.controls:
                self.controls[key].setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def why_words(self) -> str:
        """The reason that stands in the form."""
        return self.why.control.text() if self.rule is not None and self.rule.state else ""  # type: ignore[attr-defined]  # an Edit

    def _row(self, one: FieldValue, unit: FieldValue | None) -> QWidget:
        name = text(one.name, "small", "ink2", elide=True)
        name.setFixedWidth(_NAME)
        name.setToolTip(one.name)
        control, short = self._control(one), one.kind in ("number", "yes", "one")
        parts: list[Any] = [control] if short else [(control, 1)]
        if unit is not None:
            parts.append(self._control(unit))
        elif one.unit:
            parts.append(text(one.unit, "small", "ink2"))
        row = hbox(vbox(8, name, None, gap=0), (hbox(*parts, *([None] if short else []), gap=8), 1), gap=8)
        was = [part for part in (one, unit) if part is not None and part.was is not None]
        if not was:
            return content(row)
        back = button(_("Put back"), "quiet", "arrow-counter-clockwise", on=partial(self._back, [part.path for part in was]))
        back.setAccessibleName(_("Put back {name}").format(name=one.name))
        back.setProperty("mini", True)
        line = hbox(_NAME + 8, (para(_("was: {words}").format(words=_amount(one, unit)), "small", "ink3"), 1), back, gap=8)
        return content(vbox(row, line, gap=0))

    def _back(self, paths: list[Any]) -> None:
        for path in paths:
            self.put_back.emit(path)

    def _control(self, one: FieldValue) -> QWidget:
        control = _made(one, partial(self._told, one))
        control.setAccessibleName(f"{self.rule.article if self.rule else ''}，{one.name}")
        self.controls[one.key] = control
        return control

    def _told(self, one: FieldValue, value: object) -> None:
        """A value was given: on to the text, unless it is none."""
        if one.kind == "number" and not str(value).isdecimal():
            self.puzzled.emit(_("{name}: a whole number is wanted, not “{given}”").format(name=one.name, given=value))
            _show(self.controls[one.key], one, anyway=True)
            return
        if one.kind == "several":
            value, strange = unlisted(one, str(value))
            if strange:
                known = "、".join(list(one.options.values())[:24])
                said = _("{name}: “{given}” is no word of the vocabulary. Known are: {known}")
                self.puzzled.emit(said.format(name=one.name, given=strange, known=known))
                return
        self.wrote.emit(one.path, int(str(value)) if one.kind == "number" else value)


class _Leaving(QObject):
    """Tells when a field of several lines is left."""

    def __init__(self, control: Area, on: Callable[[str], object]) -> None:
        super().__init__(control)
        self._control, self._on = control, on
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._on(self._control.toPlainText().strip())
        return False


def _made(one: FieldValue, told: Callable[[object], object]) -> QWidget:
    """The control of a value; it tells what is in it when it is left, or chosen."""
    if one.kind == "yes":
        return _choice([(_("yes"), True), (_("no"), False)], one.value, told)
    if one.kind == "one" and one.options:
        return _choice([(words, key) for key, words in one.options.items()], one.value, told)
    if one.kind == "long":
        area = text_area(str(one.value), lines=3)
        _Leaving(area, told)
        return area
    line = edit(listed(one) if one.kind == "several" else str(one.value))
    line.editingFinished.connect(lambda: told(line.text().strip()))
    if one.kind == "number":
        line.setFixedWidth(72)
    return line


def _choice(items: list[tuple[str, object]], value: object, told: Callable[[object], object]) -> Combo:
    out = combo(items, on=told)
    out.setMinimumContentsLength(4)
    out.choose(value)
    return out


def _rank(one: FieldValue) -> int:
    """What is changed most stands first, names and long words last."""
    first = ("number", "unit", "level", "excuse", "must", "chosen", "least_years", "province")
    last = ("article", "title", "stage", "text", "note")
    return first.index(one.key) - len(first) if one.key in first else last.index(one.key) + 1 if one.key in last else 0


def _amount(one: FieldValue, unit: FieldValue | None) -> str:
    """What a number and its unit were."""
    parts = [one.words(one.value if one.was is None else one.was)]
    if unit is not None:
        parts.append(unit.words(unit.value if unit.was is None else unit.was))
    return " ".join(parts)


def _show(control: QWidget, one: FieldValue, anyway: bool = False) -> None:
    """Show the value that stands in the text; what is being typed stays, unless `anyway`."""
    if isinstance(control, Combo):
        control.choose(one.value)
    elif isinstance(control, Area):
        if control.toPlainText() != str(one.value) and not control.hasFocus():
            control.setPlainText(str(one.value))
    elif isinstance(control, Edit):
        words = listed(one) if one.kind == "several" else str(one.value)
        if control.text() != words and (anyway or not (control.hasFocus() and control.isModified())):
            control.setText(words)
