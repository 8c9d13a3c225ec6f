"""本台设置: language, look, size of text, idle lock. They hold at once and are kept for this desk, whoever sits here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.paths import desk_settings
from desktop.settings import DENSITIES, IDLE_MINUTES, MODES, SCALES, DeskSettings, load_settings, save_settings
from views.common import combo, content, field, frame, hbox, para, segmented, text, vbox
from views.common.layout import scroll
from views.common.page import Page
from views.desk import DESK

WIDE = 640


class DeskSection(QWidget):
    """A form that saves itself."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        now = DESK.settings = load_settings()
        self.language = combo([("简体中文", "zh_CN"), ("English", "en")], _("Language"), lambda v: self._set(language=v))
        self.language.choose(now.language)
        self.mode = segmented([_("As the system"), _("Light"), _("Dark")], MODES.index(now.mode), _("Appearance"),
                              on=lambda i: self._set(mode=MODES[i]))
        self.density = segmented([_("Comfortable"), _("Compact")], DENSITIES.index(now.density), _("Density"),
                                 on=lambda i: self._set(density=DENSITIES[i]))
        self.scale = segmented([f"{s:.0%}" for s in SCALES], SCALES.index(now.scale), _("Size of text"), on=lambda i: self._set(scale=SCALES[i]))
        self.idle = combo([(_("after {n} minutes").format(n=n), n) for n in IDLE_MINUTES], _("Lock when idle"), self._set_idle)
        self.idle.choose(now.idle_minutes)
        may = page.may("settings.edit")
        self.idle.setEnabled(may.allowed)
        idle_hint = _("Locks by itself when nobody types or moves the mouse. A change stands in the ledger.") if may.allowed else may.reason
        rows: list[Any] = []
        if now.unread:
            page.say("soon", _("The settings of this desk could not be read in full"),
                     _("What could not be read stands at its default. It is written anew with the next change."))
        for name, control, hint in (
            (_("Appearance"), self.mode, ""), (_("Density"), self.density, _("Compact shows more rows; the words are a little smaller.")),
            (_("Size of text"), self.scale, _("Beside the scale of the system, for whoever wants larger words in this program only.")),
        ):
            rows.append(content(vbox(text(name, "small", "ink2"), hbox(control, None), *([para(hint, "small", "ink3")] if hint else []), gap=4)))
        language = field(_("Language"), self.language, _("Holds at once. What was typed and not saved is lost."))
        lock = field(_("Lock when idle"), self.idle, idle_hint)
        where = para(_("Kept in {path}. No password and no key stands in it.").format(path=str(desk_settings())), "small", "ink3")
        form = content(vbox(hbox((language, 1), (lock, 1), gap=16), *rows, where, None, gap=16))
        form.setMaximumWidth(WIDE)
        self.setLayout(vbox(frame(hbox((scroll(content(hbox((form, 2), (None, 1), gap=0)), _("This desk")), 1), margins=(16, 12, 16, 12)), "plain",
                                  _("This desk")), gap=0))

    def _set(self, **changed: Any) -> None:
        """Put a change in force and keep it."""
        settings = replace(DESK.settings, **changed)

        def save(_progress: Any) -> DeskSettings:
            save_settings(settings)
            return settings

        self._page.run(save, self._saved, lane="wide")

    def _saved(self, settings: DeskSettings) -> None:
        self._page.say("good", _("Saved for this desk"))
        DESK.put_in_force(settings)

    def _set_idle(self, minutes: object) -> None:
        standing, chosen = self._page.archive.standing, int(str(minutes))
        settings = replace(DESK.settings, idle_minutes=chosen)
        self._page.run(lambda _progress: standing.set_idle(chosen), lambda _none: self._saved(settings), self._not_set)

    def _not_set(self, error: Exception) -> None:
        self.idle.choose(DESK.settings.idle_minutes)
        self._page.tell(error)
