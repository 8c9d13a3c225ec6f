"""Fields: edits, choices, ticks, a search box, and the label with its verdict around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from desktop.i18n import _
from views.common.layout import content, hbox, repolish, vbox
from views.common.text import LEFT, Glyph, Para, dot, glyph, para, text
from views.theme import THEME, color, follow, font, icon, paint_icon

AA = QPainter.RenderHint.Antialiasing
_HINTS = {
    "bad": ("warning-circle", "late"),
    "good": ("check-circle", "good"),
    "soon": ("warning-diamond", "soon"),
    "": ("", "ink3"),
}


class Edit(QLineEdit):
    """A one-line field."""

    def __init__(self, value: str = "", example: str = "", readonly: bool = False, name: str = "") -> None:
        super().__init__(value)
        self.setPlaceholderText(example)
        self.setReadOnly(readonly)
        self.setAccessibleName(name)
        self.setCursorPosition(0)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFont(font())


def edit(value: str = "", example: str = "", readonly: bool = False, name: str = "") -> Edit:
    """A one-line field; `example` is shown while it is empty and is never its label."""
    return Edit(value, example, readonly, name)


def password(name: str = "") -> Edit:
    """A field that hides what is typed and keeps it out of undo, dictionaries and the clipboard."""
    out = Edit(name=name or _("Password"))
    out.setEchoMode(QLineEdit.EchoMode.Password)
    out.setInputMethodHints(
        Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
    )
    out.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
    return out


class SearchBox(Edit):
    """A field with a magnifying glass; Enter searches."""

    def __init__(self, example: str, value: str = "", name: str = "") -> None:
        self._mark = None
        super().__init__(value, example, name=name or _("Search"))
        self._mark = self.addAction(icon("magnifying-glass", "ink3"), QLineEdit.ActionPosition.LeadingPosition)
        self.setClearButtonEnabled(False)

    def _restyle(self) -> None:
        super()._restyle()
        if self._mark is not None:
            self._mark.setIcon(icon("magnifying-glass", "ink3"))


def search_box(example: str, value: str = "", name: str = "", on: Callable[[str], object] | None = None) -> SearchBox:
    """A search field; `on` is called with the words on Enter."""
    out = SearchBox(example, value, name)
    if on is not None:
        out.returnPressed.connect(lambda: on(out.text()))
    return out


class Area(QPlainTextEdit):
    """A field of several lines; Tab leaves it."""

    def __init__(self, value: str = "", example: str = "", lines: int = 3, name: str = "") -> None:
        super().__init__(value)
        self._lines = lines
        self.setPlaceholderText(example)
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        follow(self, self._restyle)

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def _restyle(self) -> None:
        self.setFont(font())
        self.setFixedHeight(self._lines * self.fontMetrics().lineSpacing() + 24)


def text_area(value: str = "", example: str = "", lines: int = 3, name: str = "") -> Area:
    """A field of `lines` lines for a reason or a description."""
    return Area(value, example, lines, name)


class Combo(QComboBox):
    """One of several. QSS cannot tint a down-arrow, so the sheet removes it and this paints the icon."""

    def __init__(self, items: Sequence[tuple[str, object]] = (), name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumContentsLength(2)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(items)
        follow(self, self._restyle)

    def offer(self, items: Sequence[tuple[str, object]]) -> None:
        """Other choices; the one chosen stays if it is still among them."""
        chosen = self.value()
        self.blockSignals(True)
        self.clear()
        for label, value in items:
            self.addItem(dot(label), value)
        self.blockSignals(False)
        self.choose(chosen)

    def value(self) -> object:
        """What the chosen line stands for."""
        return self.currentData()

    def choose(self, value: object) -> None:
        """Choose by value; an unknown one leaves the first."""
        for i in range(self.count()):
            if self.itemData(i) == value:
                self.setCurrentIndex(i)
                return

    def _restyle(self) -> None:
        self.setFont(font())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        size = THEME.px(16)
        box = QRectF(self.width() - 12 - size, (self.height() - size) / 2, size, size)
        paint_icon(QPainter(self), "caret-down", box, color("ink2" if self.isEnabled() else "ink3"))

    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()  # a wheel over a form scrolls the form, and never changes what was filled in


def combo(items: Sequence[str | tuple[str, object]], name: str = "", on: Callable[[object], object] | None = None) -> Combo:
    """A choice of words, or of (words, value); `on` is called with the value chosen."""
    out = Combo([i if isinstance(i, tuple) else (i, i) for i in items], name)
    if on is not None:
        out.activated.connect(lambda _i: on(out.value()))
    return out


class _Painted:
    """What a tick box and a radio button share: words beside a painted mark."""

    def sizeHint(self) -> QSize:
        assert isinstance(self, QWidget)
        words = self.text()  # type: ignore[attr-defined]  # both are abstract buttons
        return QSize(THEME.px(28) + 4 + self.fontMetrics().horizontalAdvance(words), THEME.px(32))

    def _restyle(self) -> None:
        assert isinstance(self, QWidget)
        self.setFont(font())
        self.setMinimumHeight(THEME.px(32))

    def _words(self, painter: QPainter, words: str) -> None:
        assert isinstance(self, QWidget)
        painter.setPen(color("ink" if self.isEnabled() else "ink3"))
        painter.setFont(self.font())
        painter.drawText(QRectF(THEME.px(28), 0, self.width() - THEME.px(28), self.height()), LEFT, words)


class Check(_Painted, QCheckBox):
    """A painted tick box: the sheet's ::indicator wants image files, which do not follow the look."""

    def __init__(self, label: str, on: bool = False) -> None:
        super().__init__(label)
        self.setChecked(on)
        self.setAccessibleName(label)
        follow(self, self._restyle)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        side = THEME.px(20)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("accent" if self.isEnabled() else "ink3"))
            painter.drawRoundedRect(box, 4, 4)
            paint_icon(painter, "check", box.adjusted(2, 2, -2, -2), color("on_accent"))
        else:
            painter.setPen(QPen(color("line_strong"), 1, Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine))
            painter.setBrush(color("surface"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        self._words(painter, self.text())


class Radio(_Painted, QRadioButton):
    """A painted radio button, for few choices that need their words in full."""

    def __init__(self, label: str, on: bool = False) -> None:
        super().__init__(label)
        self.setChecked(on)
        self.setAccessibleName(label)
        follow(self, self._restyle)

    def hitButton(self, pos: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(AA)
        side = THEME.px(20)
        box = QRectF(0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        ink = color("accent" if self.isChecked() and self.isEnabled() else "line_strong")
        painter.setPen(QPen(ink, 1.5 if self.isChecked() else 1))
        painter.setBrush(color("surface"))
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(box.adjusted(5, 5, -5, -5))
        self._words(painter, self.text())


class Field(QWidget):
    """Label above a control, hint or verdict below it with an icon; 4 px between, never a placeholder as a label.

    `mnemonic` is one letter: 姓名（N）, N underlined, and Alt+N goes there. `check` is asked when the control is left,
    never while typing; it answers ("", "") or (state, words) with state good, soon or bad.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        hint: str = "",
        state: str = "",
        mnemonic: str = "",
        check: Callable[[], tuple[str, str]] | None = None,
    ) -> None:
        super().__init__()
        self.control, self._hint, self._check = control, hint, check
        self.caption = text(label + (f"（&{mnemonic}）" if mnemonic else ""), "small", "ink2")
        self.caption.setBuddy(control)
        control.setAccessibleName(label)
        self._below: tuple[QWidget, Glyph, Para] | None = None
        self._box = vbox(self.caption, control, gap=4)
        self.setLayout(self._box)
        control.installEventFilter(self)
        self.tell(state, hint)

    def tell(self, state: str, words: str = "") -> None:
        """Show a verdict under the field: "" (the hint again), good, soon or bad."""
        words = words or ("" if state else self._hint)
        if words and self._below is None:
            self._below = self._make_below()
        if self._below is not None:
            self._show_below(state, words)
        self.control.setAccessibleDescription(words)
        if (self.control.property("state") or "") != state:  # none yet is the plain one: nothing to polish
            self.control.setProperty("state", state)
            repolish(self.control)

    def _make_below(self) -> tuple[QWidget, Glyph, Para]:
        """Made with the first words: most fields never have any."""
        mark, words = glyph("info", "ink3", 16), para("", "small", "ink3", lead=1.5)
        below = content(hbox(vbox(2, mark, None), (words, 1), gap=4))
        self._box.addWidget(below)
        return below, mark, words

    def _show_below(self, state: str, words: str) -> None:
        assert self._below is not None
        below, mark, shown = self._below
        icon_name, ink = _HINTS[state]
        mark.setVisible(bool(icon_name))
        if icon_name:
            mark.show_icon(icon_name, ink)
        shown.setText(words)
        shown.set_ink(ink)
        below.setVisible(bool(words))

    @property
    def verdict(self) -> str:
        """The words under the field."""
        return self._below[2].plain() if self._below is not None else ""

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        left = event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent)
        if left and self._check is not None and event.reason() != Qt.FocusReason.PopupFocusReason:  # type: ignore[attr-defined]  # PySide hands over the base type
            self.tell(*self._check())
        return False


def field(
    label: str,
    control: QWidget,
    hint: str = "",
    state: str = "",
    mnemonic: str = "",
    check: Callable[[], tuple[str, str]] | None = None,
) -> Field:
    """A labelled control; see `Field`."""
    return Field(label, control, hint, state, mnemonic, check)


