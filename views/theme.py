"""Tokens, palette, fonts, icons and the one style sheet: everything that is the same on every page."""

from __future__ import annotations

import functools
import re
import tomllib
import weakref
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from desktop.paths import RESOURCES

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

TOKENS: dict[str, Any] = tomllib.loads((RESOURCES / "style" / "tokens.toml").read_text(encoding="utf-8"))
_SHEET = (RESOURCES / "style" / "lantai.qss").read_text(encoding="utf-8")
MODES = ("system", "light", "dark")
DENSITIES = tuple(TOKENS["density"])
SCALES = (1.0, 1.15, 1.3)
COLOURS = tuple(TOKENS["light"])


class Theme(QObject):
    """The look now in force. Painted widgets ask it at paint time; the others listen to `changed`, what wears the sheet to `tailored`."""

    tailored = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.mode = "light"
        self.density = "comfortable"
        self.scale = 1.0
        self.contrast: dict[str, str] | None = None
        self.asked: tuple[str, str, float, bool | None] = ("light", "comfortable", 1.0, None)
        self.watching = False
        self.behind: Iterator[None] | None = None  # what is hidden and still in the look before

    @property
    def dark(self) -> bool:
        return QColor(self.hex("surface")).lightness() < 128

    def hex(self, name: str) -> str:
        """A token as #RRGGBB; under high contrast the system's own colour for that purpose."""
        table: dict[str, str] = self.contrast or TOKENS[self.mode]
        return table[name]

    def metric(self, name: str) -> int:
        """A figure of the density in force (control, row, row_single, pad, body) in logical px."""
        return self.px(TOKENS["density"][self.density][name])

    def px(self, size: float) -> int:
        """A length at 100 %, grown by the text scale."""
        return round(size * self.scale)


THEME = Theme()


def color(name: str, alpha: float = 1.0) -> QColor:
    """A token as a colour."""
    out = QColor(THEME.hex(name))
    out.setAlphaF(alpha)
    return out


def font(role: str = "body", face: str = "sans", bold: bool | None = None) -> QFont:
    """A font by its role. Two weights only: other weights are missing on Windows and on plain Debian."""
    size, _, weight = TOKENS["type"][role]
    pixels = THEME.metric("body") if role in ("body", "strong") else THEME.px(size)
    return QFont(_font(face, pixels, weight >= 600 if bold is None else bold))


@functools.cache
def _font(face: str, pixels: int, bold: bool) -> QFont:
    """Made once: a list draws some hundred words for each step of its scroll bar."""
    out = QFont()
    out.setFamilies(TOKENS["font"][face])
    out.setPixelSize(pixels)
    out.setBold(bold)
    out.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    out.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    out.setFeature(QFont.Tag("tnum"), 1)  # SimSun and YaHei ignore it and are tabular already
    return out


def line_height(role: str) -> int:
    """The height of one line of a role, in logical px."""
    height: int = TOKENS["type"][role][1]
    return THEME.px(height)


def follow(widget: QWidget, restyle: Callable[[], None]) -> None:
    """Call `restyle` (a bound method of `widget`) now and at every switch of the look."""
    restyle()
    _FOLLOWERS.setdefault(widget, []).append(restyle.__func__)  # type: ignore[attr-defined]  # it is bound


_FOLLOWERS: weakref.WeakKeyDictionary[QWidget, list[Callable[[QWidget], None]]] = weakref.WeakKeyDictionary()
AT_A_TURN = 60  # parts that nobody sees, restyled at a turn of the event loop


def _restyle(seen: bool) -> Iterator[None]:
    """Restyle what is seen, or what is not; somebody may have opened every page, and thousands at once would hold the window."""
    parts = [part for part in list(_FOLLOWERS) if isValid(part) and part.isVisible() is seen]
    for number, part in enumerate(parts, 1):
        for one in _FOLLOWERS.get(part, ()) if isValid(part) else ():
            one(part)
        if number % AT_A_TURN == 0:
            yield


def catch_up() -> None:
    """Restyle here and now what is not yet: something that was hidden is about to be shown."""
    if THEME.behind is not None:
        for _turn in THEME.behind:
            pass
        THEME.behind = None


def _on() -> None:
    """One turn of what is not seen, if it is still behind."""
    if THEME.behind is not None and next(THEME.behind, THEME) is not THEME:
        QTimer.singleShot(0, THEME, _on)
    else:
        THEME.behind = None


# ---------------------------------------------------------------- icons
@functools.lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    svg = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(svg.encode()))


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Draw an icon of `resources/icons` in one colour."""
    _renderer(name, colour.name()).render(painter, QRectF(rect))


def pixmap(name: str, colour: str, size: int = 20) -> QPixmap:
    """An icon as a picture in a token's colour, sharp at the screen's scale."""
    ratio = QGuiApplication.instance().devicePixelRatio()  # type: ignore[union-attr]  # there is an application by now
    out = QPixmap(round(size * ratio), round(size * ratio))
    out.setDevicePixelRatio(ratio)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    paint_icon(painter, name, QRectF(0, 0, size, size), color(colour))
    painter.end()
    return out


def icon(name: str, colour: str = "ink2", size: int = 20) -> QIcon:
    """An icon for a button; grey when the button is disabled."""
    from PySide6.QtGui import QIcon  # here, because it makes PySide name all icons of the desktop's theme, and no button of sign-in has one

    out = QIcon(pixmap(name, colour, size))
    out.addPixmap(pixmap(name, "line_strong", size), QIcon.Mode.Disabled)
    return out


def icon_size() -> QSize:
    return QSize(THEME.px(20), THEME.px(20))


# ---------------------------------------------------------------- palette and style sheet
_ROLES = {
    QPalette.ColorRole.Window: "ground", QPalette.ColorRole.Base: "surface", QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink", QPalette.ColorRole.WindowText: "ink", QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink", QPalette.ColorRole.Highlight: "accent", QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.PlaceholderText: "ink3", QPalette.ColorRole.ToolTipBase: "ink", QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Link: "accent", QPalette.ColorRole.Mid: "line", QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Dark: "line_strong",
}  # fmt: skip


def palette() -> QPalette:
    """Fusion draws what the sheet does not reach (menus' arrows, text selection) from the palette."""
    out = QPalette()
    for role, name in _ROLES.items():
        out.setColor(role, color(name))
    return out


_FROM_SYSTEM = {
    "ground": "Window", "rail": "Window", "surface": "Base", "sunken": "Base", "hover": "Base", "on_accent": "HighlightedText",
    "accent": "Highlight", "accent_hover": "Highlight", "accent_down": "Highlight", "focus": "Highlight",
    "on_seal": "Base", "paper": "Base", "scrim": "Window",
}  # fmt: skip


def high_contrast(system: QPalette) -> dict[str, str]:
    """Every token from the system's palette: grounds become its window, everything written its text (look.md §7)."""
    table = {}
    for name in COLOURS:
        role = _FROM_SYSTEM.get(name, "Base" if name.endswith("_soft") else "WindowText")
        table[name] = system.color(QPalette.ColorRole[role]).name()
    return table


def sheet() -> str:
    """The style sheet with the look's colours and sizes in it."""
    inks = "\n".join(f'QLabel[ink="{name}"] {{ color: @{name}; }}' for name in COLOURS)
    out = re.sub(r"/\*.*?\*/", "", _SHEET, flags=re.S).replace("@inks", inks)
    out = re.sub(r"(?<![\d#])(\d+)px", lambda m: f"{THEME.px(int(m[1])) if int(m[1]) > 3 else m[1]}px", out)
    out = re.sub(r"@\{control-(\d+)\}", lambda m: f"{THEME.metric('control') - int(m[1])}px", out)
    return re.sub(r"@([a-z_0-9]+)", lambda m: THEME.hex(m[1]), out)


class Wearer(QObject):
    """Keeps a part of the window, and all that stands in it, in the style sheet of the look in force.

    The sheet is worn by the few parts that stand by themselves, not by the application: under an application's sheet Qt measures a
    widget against every rule again each time that one of those around it moves into another, so that a page costs its depth.
    """

    def __init__(self, part: QWidget) -> None:
        super().__init__(part)
        self._part = part
        THEME.tailored.connect(self.dress)
        self.dress()

    def dress(self) -> None:
        """Wear the sheet of now."""
        dress(self._part)


def wear(part: QWidget) -> None:
    """Dress a part that stands by itself, now and at every switch of the look; best when everything stands in it already."""
    Wearer(part)


def dress(part: QWidget) -> None:
    """Dress a part once, if it does not wear the sheet of now."""
    if part.styleSheet() != (now := sheet()):
        part.setStyleSheet(now)


def load_fonts() -> None:
    """Register the fonts that are shipped; the system's are the net under them."""
    for at in sorted((RESOURCES / "fonts").glob("*.[ot]t[fc]")):
        from PySide6.QtGui import QFontDatabase  # here, because where none is shipped nothing asks for it

        QFontDatabase.addApplicationFont(str(at))


def wants_contrast() -> bool:
    """Whether the system asks for high contrast."""
    hints = QGuiApplication.styleHints()  # held: the accessibility hints die with it
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def _mode_of_system() -> str:
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply(
    app: QApplication, mode: str = "light", density: str = "comfortable", scale: float = 1.0, contrast: bool | None = None
) -> None:
    """Put a look in force, at start and at run time: mode of MODES, density of DENSITIES, text scale of SCALES.

    `contrast` None asks the system; True takes the system's palette in place of the tokens' colours.
    """
    THEME.asked = (mode, density, scale, contrast)
    _watch_system(app)
    high = wants_contrast() if contrast is None else contrast
    THEME.mode = _mode_of_system() if mode == "system" else mode
    THEME.density, THEME.scale = density, scale
    if not app.property("fusion"):  # not asked of `app.style()`: PySide would build all of QStyle, and the start wait for it
        app.setStyle("Fusion")
        app.setProperty("fusion", True)
    if high or THEME.contrast is not None:
        app.setPalette(QPalette())  # back to the system's own, whose colours high contrast takes
    THEME.contrast = high_contrast(app.palette()) if high else None
    app.setPalette(palette())
    app.setFont(font())
    THEME.tailored.emit()
    for _turn in _restyle(True):
        pass
    THEME.behind = _restyle(False)
    QTimer.singleShot(0, THEME, _on)
    THEME.changed.emit()


def _watch_system(app: QApplication) -> None:
    """Follow the system when it changes its own look, once somebody has asked for that."""
    if THEME.watching:
        return
    THEME.watching = True
    hints = QGuiApplication.styleHints()

    def again(*_changed: object) -> None:
        if THEME.asked[0] == "system" or THEME.asked[3] is None:
            apply(app, *THEME.asked)

    hints.colorSchemeChanged.connect(again)
    hints.accessibility().contrastPreferenceChanged.connect(again)
