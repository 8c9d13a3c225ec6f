"""The header: seal, the archive and its profile, search, help, the person, and the lock."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from desktop.i18n import _
from views.common.buttons import button, tool
from views.common.inputs import search_box
from views.common.layout import content, hbox, rule, vbox
from views.common.seal import Seal
from views.common.text import glyph, text
from views.theme import THEME, follow

HEIGHT = 56


class Header(QFrame):
    """Who keeps this archive, by which profile, who sits here, and how to find, ask and lock."""

    def __init__(
        self, archive: str, profile: str, search: Callable[[str], object], help_: Callable[[], object], lock: Callable[[], object]
    ) -> None:
        super().__init__()
        self.setProperty("panel", "bar")
        self.setAccessibleName(_("Header"))
        self._person, self._role = text("", "strong"), text("", "small", "ink3")
        self.search = search_box(_("Case number, party, title, annotation (Ctrl+K)"), name=_("Search"))
        self.search.returnPressed.connect(lambda: search(self.search.text()))
        line = _("Profile: {profile}").format(profile=profile) if profile else ""
        self._profile = text(line, "small", "ink3", elide=True)
        if not profile:
            self._profile.hide()
        self.lock = button(_("Lock"), "", "lock-simple", "Ctrl+L", on=lock)
        self._who = content(hbox(glyph("user-circle", "ink2", 24), vbox(None, self._person, self._role, None, gap=0), gap=8))
        names = vbox(None, text(archive, "strong", face="serif", elide=True), self._profile, None, gap=0)
        bar = rule("v")
        bar.setFixedHeight(24)
        ask = tool("question", _("Help"), "F1", on=help_)
        self.setLayout(hbox(Seal(36), 4, (names, 1), self.search, 8, ask, 4, bar, 8, self._who, 8, self.lock,
                            gap=8, margins=(16, 0, 16, 0)))  # fmt: skip
        self._narrow = False
        follow(self, self._restyle)

    def person(self, name: str, role: str) -> None:
        """Who sits here, and as what."""
        self._person.setText(name)
        self._role.setText(role)
        self._who.setAccessibleName(f"{name}，{role}")

    def narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(THEME.px(HEIGHT))
        self.search.setFixedWidth(THEME.px(240 if self._narrow else 320))
