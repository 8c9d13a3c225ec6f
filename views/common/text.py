"""Words on screen: one-line text, running text, names kept whole, icons that stand as words."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from views.common.layout import repolish
from views.theme import THEME, follow, font, line_height, pixmap

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def safe(words: str) -> str:
    """Words as markup that shows them as written; the standard library's own brings its two thousand named characters with it."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Rich(str):
    """Markup that is known to be safe: only `rich` and `em` make it. Every other string is shown as it is written."""


def rich(template: str, **facts: object) -> Rich:
    """A sentence of ours with markup in it; the facts filled into its braces are escaped unless they are `Rich`."""
    shown = {k: v if isinstance(v, Rich) else safe(str(v)) for k, v in facts.items()}
    return Rich(template.format(**shown))


def _token(name: str) -> str:
    """A colour inside markup, looked up when the paragraph is set, so that a switch of the look reaches it."""
    return f"\ue000{name}\ue001"


def em(words: object, ink: str = "") -> Rich:
    """Words in bold inside a `Para`, in a token's colour if one is named."""
    style = f' style="color:{_token(ink)}"' if ink else ""
    return Rich(f"<b{style}>{safe(str(words))}</b>")


def found(words: str, terms: list[str]) -> Rich:
    """Words with the searched terms marked by ground, weight and underline: never by colour alone."""
    wanted = "|".join(re.escape(t) for t in sorted(set(filter(None, terms)), key=len, reverse=True))
    if not wanted:
        return Rich(safe(words))
    mark = f'<span style="background-color:{_token("soon_soft")};font-weight:700;text-decoration:underline">'
    parts = re.split(f"({wanted})", words, flags=re.I)
    return Rich("".join(f"{mark}{safe(p)}</span>" if i % 2 else safe(p)
                        for i, p in enumerate(parts)))


def dot(words: str) -> str:
    """间隔号: in Chinese faces the dot is already one character wide, so it takes no spaces."""
    return words.replace(" · ", "·")


def glue(words: str) -> str:
    """No break between a figure and its unit (6 分 40 秒 stays whole), and no U+3000 lost to HTML white space."""
    words = re.sub(r"(\d) (?=[年月日天时分秒小个工件段份页卷册条帧倍])", "\\1\u00a0", words)
    words = re.sub(r"(?<=[年月日天时分]) (?=\d)", "\u00a0", words)
    words = re.sub(r"(?<=\d\u00a0)小时", "小\u2060时", words)
    return words.replace("\u3000", "&emsp;")


def keep(words: str) -> str:
    """A name or a term that must not break across lines."""
    return "\u2060".join(words)


def figures(number: int) -> str:
    """Thousands set off by a thin gap: 48 213."""
    return f"{number:,}".replace(",", "\u2009")


def tip(words: str) -> str:
    """A tooltip that shows its words as written, also when they look like markup (a file may be called <b>)."""
    return f"<p>{safe(words)}</p>" if words and ("<" in words or len(words) > 60) else words


class Text(QLabel):
    """One line of text. Its colour is the name of a token, so a switch of the look reaches it."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        ink: str = "ink",
        face: str = "sans",
        bold: bool | None = None,
        elide: bool = False,
        align: Qt.AlignmentFlag | None = None,
    ) -> None:
        super().__init__()
        self.full, self.elide = "", elide
        self._role, self._face, self._bold = role, face, bold
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("ink", ink)
        if align is not None:
            self.setAlignment(align)
        if elide:
            self.setMinimumWidth(40)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        follow(self, self._restyle)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Say something else; a line that may be elided keeps the whole in its tooltip."""
        self.full = dot(words)
        super().setText(self._shown())
        if self.elide:
            self.setToolTip(tip(self.full))

    def set_ink(self, ink: str) -> None:
        """Another colour, by the name of its token."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            repolish(self)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.elide:
            hint.setWidth(self.fontMetrics().horizontalAdvance(self.full) + 2)
        return hint

    def _restyle(self) -> None:
        self.setFont(font(self._role, self._face, self._bold))
        self.setMinimumHeight(line_height(self._role))
        super().setText(self._shown())

    def _shown(self) -> str:
        if not self.elide:
            return self.full
        return self.fontMetrics().elidedText(self.full, Qt.TextElideMode.ElideRight, self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self.elide:
            super().setText(self._shown())
        super().resizeEvent(event)


def text(
    words: str = "",
    role: str = "body",
    ink: str = "ink",
    face: str = "sans",
    bold: bool | None = None,
    elide: bool = False,
    align: Qt.AlignmentFlag | None = None,
) -> Text:
    """One line of text: role of the type scale, ink a token, face sans or serif; `elide` where room may lack."""
    return Text(words, role, ink, face, bold, elide, align)


class Para(QLabel):
    """Running text with a true line height: QLabel has none, so the text is rich and the height is asked from a document."""

    def __init__(
        self,
        words: str = "",
        role: str = "body",
        ink: str = "ink",
        face: str = "sans",
        lead: float = 1.6,
        align: str = "left",
    ) -> None:
        super().__init__()
        self.words = words
        self._role, self._ink, self._face, self._lead, self._align = role, ink, face, lead, align
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self, self._restyle)

    def setText(self, words: str) -> None:
        """Say something else: plain words, or `Rich` markup."""
        self.words = words
        self._restyle()

    def set_ink(self, ink: str) -> None:
        self._ink = ink
        self._restyle()

    def plain(self) -> str:
        """The words without markup."""
        if not isinstance(self.words, Rich):
            return self.words
        bare = re.sub(r"<[^>]*>", "", self.words)
        if "&" not in bare:
            return bare
        from html import unescape  # here, because the words of the sign-in page have nothing for it

        return unescape(bare)

    def _restyle(self) -> None:
        self.setFont(font(self._role, self._face))
        height = round(self.font().pixelSize() * self._lead)
        shown = self.words if isinstance(self.words, Rich) else safe(self.words).replace("\n", "<br>")
        shown = re.sub("\ue000([a-z_0-9]+)\ue001", lambda m: THEME.hex(m[1]), shown)
        super().setText(
            f'<p style="margin:0;line-height:{height}px;-qt-line-height-type:fixed" align="{self._align}">'
            f'<span style="color:{THEME.hex(self._ink)}">{glue(dot(shown))}</span></p>'
        )
        self.setAccessibleName(self.plain())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()


def para(
    words: str = "", role: str = "body", ink: str = "ink", face: str = "sans", lead: float = 1.6, align: str = "left"
) -> Para:
    """Running text that wraps; plain words are shown as written, markup only as `rich(...)`."""
    return Para(words, role, ink, face, lead, align)


class Glyph(QLabel):
    """An icon that stands beside words and follows the look."""

    def __init__(self, name: str, ink: str = "ink2", size: int = 20) -> None:
        super().__init__()
        self._name, self._ink, self._size = name, ink, size
        self._drawn: QPixmap | None = None
        follow(self, self._restyle)

    def show_icon(self, name: str, ink: str) -> None:
        """Another icon or colour in the same place."""
        self._name, self._ink = name, ink
        self._restyle()

    def _restyle(self) -> None:
        size = THEME.px(self._size)
        self._drawn = None
        self.setFixedSize(size, size)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Drawn when it is first seen: a page has many marks that wait for their moment."""
        if self._drawn is None:
            self._drawn = pixmap(self._name, self._ink, self.width())
        QPainter(self).drawPixmap(0, 0, self._drawn)


def glyph(name: str, ink: str = "ink2", size: int = 20) -> Glyph:
    """An icon of `resources/icons` in a token's colour."""
    return Glyph(name, ink, size)
