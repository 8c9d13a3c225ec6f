"""Sign-in and lock: the archive's name, the person, the password, and the seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from desktop.jobs import Progress
from views.bridge import Bridge
from views.common.buttons import button
from views.common.feedback import Banner
from views.common.inputs import Combo, Edit, combo, edit, password
from views.common.inputs import field as labelled
from views.common.layout import PageScroll, content, frame, hbox, vbox
from views.common.seal import Seal
from views.common.text import glyph, para, text
from views.errors import actions_for, words_of
from views.theme import THEME, color, wear

SHELF, FORM = 560, 416
Spine = tuple[int, int, bool, bool]  # width and height in logical px, whether it is drawn out, whether it is faint


@dataclass(frozen=True)
class Door:
    """What the sign-in page knows: whose archive this is, who may sit here, and how they come in.

    `sign_in` takes name and password, returns nothing and raises `Refusal`; it runs in a worker, for Argon2id takes 200 ms.
    `must_change` asks after sign-in whether the password is still the first one, which `change_password` then changes.
    `people` are (name, title) pairs; empty, the name is typed. `another` leads to another archive.
    """

    archive: str
    profile: str
    sign_in: Callable[[str, str], object]
    people: Sequence[tuple[str, str]] = ()
    another: Callable[[], object] | None = None
    training: bool = False
    version: str = ""
    checkpoint: str = ""
    notices: Sequence[str] = field(default_factory=tuple)
    must_change: Callable[[], bool] | None = None
    change_password: Callable[[str, str], object] | None = None


class Shelf(QWidget):
    """The left leaf: rows of case-folder spines, drawn quietly from the tokens; one spine is drawn out in the accent."""

    WIDTHS = (28, 36, 28, 44, 28, 28, 36, 20, 44, 36, 28, 36, 28, 20, 36, 28, 44, 28, 36, 28, 20, 36)
    ROW, TALL = 148, 108

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("rail"))
        painter.drawRect(self.rect())
        row, top = 0, 44
        drawn: dict[Spine, QPixmap] = {}
        while top < self.height() - 20:
            self._row(painter, row, top, drawn)
            painter.setPen(QPen(color("line_strong", 0.6), 1))
            painter.drawLine(0, top + 118, self.width(), top + 118)
            row, top = row + 1, top + self.ROW
        painter.setPen(QPen(color("line"), 1))
        painter.drawLine(self.width() - 1, 0, self.width() - 1, self.height())

    def _row(self, painter: QPainter, row: int, top: int, drawn: dict[Spine, QPixmap]) -> None:
        x, i = -14 - 9 * (row % 3), row * 5
        while x < self.width():
            width = self.WIDTHS[i % len(self.WIDTHS)]
            height = self.TALL - (6 if i % 4 == 1 else 0) - (4 if i % 7 == 2 else 0)
            pulled = row == 2 and i == 21
            kind = width - 4, height, pulled, i % 3 == 0
            if kind not in drawn:
                drawn[kind] = self._picture(kind)
            painter.drawPixmap(x, top + 116 - height - (14 if pulled else 0), drawn[kind])
            x, i = x + width, i + 1

    def _picture(self, kind: Spine) -> QPixmap:
        """Of some hundred spines only thirty differ, and to draw a rounded edge smoothly is what costs."""
        width, height, pulled, faint = kind
        ratio = self.devicePixelRatioF()
        out = QPixmap(round((width + 1) * ratio), round((height + 1) * ratio))
        out.setDevicePixelRatio(ratio)
        out.fill(Qt.GlobalColor.transparent)
        painter = QPainter(out)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._spine(painter, QRectF(0.5, 0.5, width, height), pulled, faint, slip=width >= 24)
        painter.end()
        return out

    def _spine(self, painter: QPainter, spine: QRectF, pulled: bool, faint: bool, slip: bool) -> None:
        painter.setPen(QPen(color("accent") if pulled else color("line_strong", 0.38), 1))
        painter.setBrush(color("accent") if pulled else color("surface", 0.25 if faint else 0.55))
        painter.drawRoundedRect(spine, 2, 2)
        if slip:
            label = QRectF(spine.center().x() - 5, spine.top() + 14, 10, 34)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("on_accent", 0.9) if pulled else color("line_strong", 0.22))
            painter.drawRect(label)
            painter.setBrush(color("seal") if pulled else color("line_strong", 0.22))
            painter.drawRect(QRectF(label.left(), spine.bottom() - 22, 10, 10))


class SignIn(QWidget):
    """Page 1. With `fixed` it is the lock: the person is given, and `other` lets somebody else sit down."""

    def __init__(
        self,
        bridge: Bridge,
        door: Door,
        entered: Callable[[str], object],
        fixed: str = "",
        other: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.bridge, self.door, self._entered, self.fixed, self._other = bridge, door, entered, fixed, other
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Locked") if fixed else _("Sign in"))
        self._make_controls()
        self._shelf = Shelf()
        foot = hbox(text(door.version, "small", "ink3"), None, text(door.checkpoint, "small", "ink3"), gap=8)
        column = content(self._form())
        column.setFixedWidth(THEME.px(FORM))
        right = vbox(None, hbox(None, column, None), None, foot, margins=(32, 16, 32, 12))
        self.setLayout(hbox(self._shelf, (PageScroll(content(right)), 1), gap=0))
        wear(self)

    def _make_controls(self) -> None:
        people = [(f"{name} · {title}" if title else name, name) for name, title in self.door.people]
        self.who: Edit | Combo = edit(self.fixed, readonly=True) if self.fixed else combo(people) if people else edit()
        self.password = password()
        self.password.installEventFilter(self)
        self.password.returnPressed.connect(self.submit)
        self.enter = button(_("Unlock") if self.fixed else _("Sign in"), "primary", on=self.submit)
        self.person_field = labelled(_("Person"), self.who, mnemonic="R")
        self.password_field = labelled(_("Password"), self.password, mnemonic="K")
        self.banner = Banner()
        way = _("The system administrator can issue a new password. Nobody can read the old one.")
        self.forgotten = para(way, "small", "ink2")
        self.forgotten.hide()

    def _form(self) -> QLayout:
        name = text(_("Lantai"), "name", face="serif")
        what = text(_("Archive of the whole record of administrative enforcement"), "body", "ink2", face="serif")
        left = button(_("Forgot the password?"), "quiet", on=self._tell_way)
        last: list[QWidget | None] = [None]
        if self._other is not None:
            last.append(button(_("Somebody else"), "quiet", on=self._other))
        elif self.door.another is not None:
            last.append(button(_("Another archive …"), "quiet", on=self.door.another))
        profile = self.door.profile and _("Profile: {profile}").format(profile=self.door.profile)
        notices = vbox(*[_notice(words) for words in self.door.notices], gap=8)
        return vbox(
            hbox(Seal(84), 12, vbox(name, what, gap=0), None, gap=8), 28,
            text(self.door.archive, "title", elide=True),
            text(profile, "small", "ink2", elide=True), 20,
            self.banner, 4, self.person_field, 8, self.password_field, 16, self.enter, 8,
            hbox(left, *last, gap=0), self.forgotten, 16, notices, gap=4,
        )  # fmt: skip

    def _tell_way(self) -> None:
        self.forgotten.setVisible(not self.forgotten.isVisible())

    # What happens
    def ready(self) -> None:
        """Stand in the field that is to be filled in first."""
        first = self.password if self.fixed or self.door.people else self.who
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def person(self) -> str:
        """The name that is chosen or typed."""
        return self.who.text().strip() if isinstance(self.who, Edit) else str(self.who.value())

    def submit(self) -> None:
        """Ask to come in; the field is emptied at once and the page waits."""
        name, words = self.person(), self.password.text()
        if not self.enter.isEnabled():
            return
        if not name or not words:
            missing = self.password_field if name else self.person_field
            missing.tell("bad", _("Please type the password") if name else _("Please type the name"))
            missing.control.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.enter.allow(False, _("Checking …"))
        self.enter.say(_("Checking …"))
        self.banner.clear()

        def job(_progress: Progress) -> None:
            self.door.sign_in(name, words)

        self.bridge.run(job, lambda _none: self._entered(name), self._refused)

    def _refused(self, error: Exception) -> None:
        self._rest()
        self.tell(error)

    def tell(self, error: BaseException) -> None:
        """Show why not: a refusal under the field, anything else in the banner."""
        self._rest()
        if isinstance(error, Refusal):
            self.password_field.tell("bad", str(error))
        elif not isinstance(error, Cancelled):
            said = words_of(error)
            self.banner.say(said.kind, said.what, said.then, *actions_for(said))

    def _rest(self) -> None:
        self.enter.allow(True)
        self.enter.say(_("Unlock") if self.fixed else _("Sign in"))
        self.password.clear()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Caps lock shows itself in what is typed: a capital without Shift, or a small letter with it."""
        typed = event.text() if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) else ""
        if typed.isalpha() and typed.isascii():
            assert isinstance(event, QKeyEvent)
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if typed.isupper() != shift:
                self.password_field.tell("soon", _("Caps Lock is on"))
            elif self.password.property("state"):
                self.password_field.tell("")
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shelf.setVisible(self.width() >= 1100)
        self._shelf.setFixedWidth(min(SHELF, round(self.width() * 0.39)))


def _notice(words: str) -> QWidget:
    row = hbox(glyph("shield-warning", "ink2"), (para(words, "small", "ink2"), 1), gap=12, margins=(12, 12, 12, 12))
    return frame(row, "sunken")
