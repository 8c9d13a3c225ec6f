"""One recording in full: the camera's own time beside the corrected one, whose it is, what is wanting of its description, what may be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.evidence import sheet
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import FootageLine
from models import timecode
from views.common import Para, button, chip, glyph, hbox, para, rule, scroll, text, vbox
from views.common.layout import content, empty, fill
from views.common.page import Page
from views.footage.reading import FootageRead
from views.footage.words import exact, gap_words, offset_words, unplaced_words, walked_words, when_words
from views.theme import THEME


class Recording(QWidget):
    """`link`, `describe`, `interrupt`, `search` and `play` are its buttons; `play` tells itself which grant opens it."""

    played = Signal(object)
    searched = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.line: FootageLine | None = None
        self.link = button(_("Link"), "", "link", hint=_("To an activity, with its true time"), key="Ctrl+E")
        self.describe = button(_("Describe"), "", "note", hint=_("The description that evidence needs"))
        self.interrupt = button(_("Interruption"), "", "link-break", hint=_("Note a stretch that was not recorded"))
        self.search = button(_("Find interruptions"), "", "magnifying-glass", on=lambda: self.searched.emit(self.line),
                             hint=_("Search the times of its packets again; nobody sees or hears anything of it"))
        self.play = button(_("Open"), "", "play", on=lambda: self.played.emit(self.line))
        self._box = vbox(gap=6, margins=(0, 0, 14, 0))
        self.place = scroll(content(self._box), _("The chosen recording"))
        self.place.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.why_not = text("", "small", "ink3", elide=True)
        self.setLayout(vbox((self.place, 1), self.why_not, hbox((self.link, 1), (self.describe, 1), gap=8),
                            hbox((self.interrupt, 1), (self.search, 1), gap=8), self.play, gap=6))

    def show_recording(self, line: FootageLine | None, read: FootageRead) -> None:
        """Show a recording, or that none is chosen."""
        self.line = line
        empty(self._box)
        none = para(_("No recording is chosen."), "body", "ink2")
        fill(self._box, [*(self._facts(line, read) if line else [none]), None])
        self.place.verticalScrollBar().setValue(0)
        self._allow(line, read)

    def _allow(self, line: FootageLine | None, read: FootageRead) -> None:
        filed = _("The folder is filed and closed to changes") if read.filed else "" if line else _("No recording is chosen.")
        for one, act in ((self.link, "procedure.footage_link"), (self.describe, "procedure.evidence_sheet"), (self.interrupt, "procedure.gap_note"),
                         (self.search, "procedure.rescan")):
            verdict = self._page.may(act)
            one.allow(verdict.allowed and not filed, filed or verdict.reason)
        self.link.say(_("Correct the link") if line and line.activity else _("Link"))
        opens = line is not None and any(one.component == line.component for one in read.openable)
        why = _("The content opens only with the leader’s approval. You can ask to view it.")
        self.play.allow(opens, why)
        self.why_not.setText("" if opens or line is None else why)
        self.why_not.setVisible(bool(self.why_not.full))

    def _facts(self, line: FootageLine, read: FootageRead) -> list[object]:
        held = read.activity(line.activity)
        state = chip(_("linked"), "good") if held else chip(_("linked to no activity"), "soon")
        tags = [state, *([chip(_("evidence"), "info")] if line.evidence else [])]
        parts: list[object] = [para(line.title, "strong", lead=1.5), hbox(*tags, None, gap=6)]
        if held:
            parts.append(_fact(_("Activity"), f"{held.title} · {when_words(held.start, held.end)}"))
        parts += [_fact(_("Recorder’s time"), line.camera_time or _("the recorder gave none")),
                  _fact(_("Truly began"), exact(line.start)), _fact(_("Truly ended"), exact(line.end))]
        recorder = next((one for one in read.recorders if one.id == line.recorder), None)
        if recorder is not None:
            parts.append(_fact(_("Recorder of the register"), f"{recorder.draft.number}（{offset_words(line.ahead_ms)}）"))
        elif line.device:
            parts.append(_fact(_("Device"), line.device))
        for label, words in ((_("Who recorded"), line.officer), (_("Back at the office"), exact(line.returned) if line.returned else "")):
            if words:
                parts.append(_fact(label, words))
        if line.duration_us:
            parts.append(_fact(_("Lasts"), timecode.text(line.duration_us, 0)))
        parts.append(_fact(_("Deposited"), exact(line.deposited)))
        if (kept := read.kept(line.component)) is not None:
            parts.append(_fact(_("Kept"), kept.words))
        return [*parts, *self._gaps(line), *self._wanting(line, read)]

    def _gaps(self, line: FootageLine) -> list[object]:
        missing, looked = line.unplaced, walked_words(line.walked)
        hint = [_line("link-break", "ink2", unplaced_words(missing.start, missing.end, missing.seconds))] if missing else []
        hint += [_line("info", "ink2", looked)] if looked else []
        if not line.gaps:
            return [rule(), *hint] if hint else []
        causes = [vocabulary().title("cause", gap.cause) if gap.cause else _("cause not known yet") for gap in line.gaps]
        told = [f"{gap_words(gap.start, gap.end)} · {cause}" for gap, cause in zip(line.gaps, causes, strict=True)]
        return [rule(), text(_("Interruptions {n}").format(n=len(line.gaps)), "small", "ink3"), *(_line("link-break", "ink2", one) for one in told),
                *hint]

    def _wanting(self, line: FootageLine, read: FootageRead) -> list[object]:
        """What is wanting of the description and of the label, in words."""
        asked = sheet(read.profile, read.piece(line.component))
        wanting = [*asked.wanting, *asked.label_wanting]
        if not wanting:
            return [rule(), _line("check-circle", "good", _("Nothing is wanting of its description"))] if line.evidence else []
        return [rule(), text(_("Wanting of its description"), "small", "ink3"), *(_line("x-circle", "late", one) for one in wanting)]


def _line(icon: str, ink: str, words: str) -> object:
    return hbox(vbox(3, glyph(icon, ink, 16), None), (para(words, "small", "ink2" if ink == "good" else ink, lead=1.5), 1), gap=6)


def _fact(label: str, value: str) -> object:
    name = text(label, "small", "ink3")
    name.setFixedWidth(THEME.px(104))
    words: Para = para(value, "body", lead=1.4)
    return hbox(vbox(2, name, None), (words, 1), gap=8)
