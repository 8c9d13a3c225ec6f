"""The coverage lens: one activity under its duty to record, what recordings prove of it, and what stays unproven."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import _
from desktop.policy.coverage import PROVEN
from desktop.policy.grounds import ground
from desktop.policy.rules import Profile
from desktop.policy.said import joined, stretch
from desktop.policy.verdicts import DutyVerdict, GapVerdict, PointVerdict, Standing
from desktop.procedure import FootageLine
from models.facts import Logged
from views.common import Empty, Row, button, chip, glyph, hbox, para, rule, text, vbox
from views.common.layout import content, empty, fill
from views.footage.grounds import Cited
from views.footage.track import Track, bars
from views.footage.words import clock_time, coverage_words, covered, duty_title, gap_words, short_length, standing_words, verdict_words

_MOST_GAPS = 8
_LATE = (Standing.MISSING, Standing.INCOMPLETE, Standing.VIOLATED)


def excusable(duty: DutyVerdict) -> bool:
    """Whether the text lets anybody say that the activity was unsuitable for recording, and nothing was recorded."""
    return not duty.footage and (duty.excuse != "none" or duty.level in ("as_needed", "may"))


class Lens(QWidget):
    """Shows one verdict at a time; put it into `scroll(lens, …)` where room may lack.

    `jump` tells a recording's id and the moment of a key point; `note` a gap whose cause is to be noted, `explain` one that is to be explained
    in writing; `excuse` a duty of which somebody would say that the activity was unsuitable; `state` a duty whose missing recording is to be
    explained in writing; `recall` a duty whose excuse is to be taken back. With `acts` False it only shows, with `short` it names the key
    points that are not seen and drops the list.
    """

    jump = Signal(str, object)
    note = Signal(object)
    explain = Signal(object)
    excuse = Signal(object)
    state = Signal(object)
    recall = Signal(object)

    def __init__(self, acts: bool = True, short: bool = False) -> None:
        super().__init__()
        self.acts, self.short = acts, short
        self.duty: DutyVerdict | None = None
        self.gaps: tuple[GapVerdict, ...] = ()
        self._box = vbox(gap=6, margins=(0, 0, 14, 0))
        self.setLayout(self._box)
        self.show_duty(None)

    def show_duty(self, duty: DutyVerdict | None, gaps: Sequence[GapVerdict] = (), recordings: Sequence[FootageLine] = (),
                  points_article: str = "", unsuitable: str = "", log: Sequence[Logged] = ()) -> None:
        """Show a verdict; of `gaps` and `recordings` (also those of the whole case) what belongs to it.

        `points_article` cites the key points («西岗办法第十四条»), `unsuitable` are the words with which the activity was excused, `log`
        is what logs of recorders tell.
        """
        self.duty = duty
        self.gaps = tuple(gap for gap in gaps if duty is not None and gap.activity == duty.activity)
        empty(self._box)
        if duty is None:
            self.setAccessibleName(_("Coverage of recordings"))
            fill(self._box, [Empty("video-camera", _("Nothing to record here"), _("The rules ask for no recording of what is chosen."))])
            return
        self.setAccessibleName(duty_title(duty))
        self.setAccessibleDescription(facts_words(duty, self.gaps))
        fill(self._box, [*self._head(duty), *self._coverage(duty, recordings, log), *self._wanting(duty), *self._gaps(),
                         *self._excuses(duty, unsuitable), *self._points(duty, points_article), None])

    def _head(self, duty: DutyVerdict) -> list[Any]:
        kind, words = standing_words(duty)
        told = coverage_words(duty.coverage)
        self.cited = Cited(duty.ground)
        source: list[Any] = [self.cited]
        if duty.ground is None:
            level = _("Asked for by the agency’s own list.") if duty.sharpened else _("This text is silent; the level is recommended.")
            source = [para(level, "small", "ink2", lead=1.5)]
        elif duty.sharpened:
            source.append(para(_("The agency’s own list raised the level."), "small", "ink2", lead=1.5))
        meaning = [para(duty.meaning, "small", "ink3", lead=1.5)] if duty.meaning else []
        standing = hbox(chip(words, kind), (text(told, "small", "ink2", elide=True), 1), gap=8)
        return [para(duty_title(duty), "heading", lead=1.5), standing, *source, *meaning]

    def _coverage(self, duty: DutyVerdict, recordings: Sequence[FootageLine], log: Sequence[Logged]) -> list[Any]:
        if not duty.coverage:
            unknown = _("Enter arrival and leaving by the clock, and the coverage can be told.")
            return [para(unknown, "small", "ink2", lead=1.5)] if duty.footage else []
        self.track = Track()
        unbroken = duty.level == "full" and duty.standing is not Standing.EXCUSED  # elsewhere a stretch alone is no breach
        self.track.show_coverage(duty.coverage, bars(duty, recordings, log), facts_words(duty, self.gaps), unbroken or duty.standing in _LATE)
        return [self.track]

    def _wanting(self, duty: DutyVerdict) -> list[Any]:
        """What is wanting, but for what a gap below says by itself."""
        told = [stretch(gap.start, gap.end) for gap in self.gaps]
        late = duty.standing in _LATE
        icon, ink = ("x-circle", "late") if late else ("info", "ink2")
        return [_line(icon, ink, words) for words in duty.wanting if not any(span in words for span in told)]

    def _gaps(self) -> list[Any]:
        if not self.gaps:
            return []
        parts: list[Any] = [rule(), text(_("Interruptions {n}").format(n=len(self.gaps)), "small", "ink3")]
        for gap in self.gaps[:_MOST_GAPS]:
            parts += self._gap(gap)
        left = len(self.gaps) - _MOST_GAPS
        return [*parts, text(_("{n} more interruptions").format(n=left), "small", "ink3")] if left > 0 else parts

    def _gap(self, gap: GapVerdict) -> list[Any]:
        icon, ink = ("x-circle", "late") if gap.wanting else ("info", "ink2") if gap.recommended else ("check-circle", "good")
        words = verdict_words(gap)
        head: list[Any] = [glyph(icon, ink, 16), (text(words, "body", ink if gap.wanting else "ink", elide=True), 1)]
        said = joined([one for one in (gap.explained, *gap.wanting, *gap.recommended) if one])
        parts: list[Any] = [hbox(*head, gap=6), hbox(22, (para(said, "small", "ink2", lead=1.5), 1), gap=0)]
        if gap.ground is not None and gap.wanting:
            parts.append(hbox(22, (Cited(gap.ground), 1), gap=0))
        return [*parts, hbox(14, *self._ways(gap, words), None, gap=4)] if self.acts else parts

    def _ways(self, gap: GapVerdict, words: str) -> list[QWidget]:
        """What may be done about a gap: note its cause, explain it in writing."""
        ways = []
        note, state = (_("Cause of it"), _("Note the cause: {gap}"), self.note), (_("Explain"), _("Explain: {gap}"), self.explain)
        for label, name, told in (note, state) if gap.kind == "gap" else (state,):  # a stretch without a place is no stretch to note
            one = button(label, "quiet", on=partial(told.emit, gap))
            one.setProperty("mini", True)
            one.setAccessibleName(name.format(gap=words))
            ways.append(one)
        return ways

    def _excuses(self, duty: DutyVerdict, unsuitable: str) -> list[Any]:
        """The way on where nothing was recorded; where the text knows no excuse, none is offered."""
        if duty.footage:
            return []
        parts: list[Any] = []
        if unsuitable:
            back = button(_("Take it back"), "quiet", on=partial(self.recall.emit, duty))
            back.setProperty("mini", True)
            parts.append(hbox((content(_line("hand-palm", "ink2", unsuitable)), 1), *([vbox(back, None)] if self.acts else []), gap=6))
        if not self.acts:
            return parts
        ways = []
        if excusable(duty) and duty.standing is not Standing.EXCUSED:
            words = _("State secrets and the like") if duty.excuse == "secrecy" else _("Unsuitable for recording")
            ways.append(button(words, "", "hand-palm", on=partial(self.excuse.emit, duty)))
        if duty.standing in _LATE:
            ways.append(button(_("Write a statement"), "", "note", on=partial(self.state.emit, duty)))
        return [*parts, *ways]

    def _points(self, duty: DutyVerdict, article: str) -> list[Any]:
        if not duty.points:
            return []
        seen = [point for point in duty.points if point.proven]
        told = _("Key points {seen} / {all}").format(seen=len(seen), all=len(duty.points))
        head: list[Any] = [rule(), text("　".join(filter(None, (told, article))), "small", "ink3", elide=True)]
        if self.short:
            unseen = "、".join(point.title for point in duty.points if not point.proven)
            return [*head, _line("x-circle", "late", _("not seen: {points}").format(points=unseen))] if unseen else head
        return [*head, vbox(*(self._point(point) for point in duty.points), gap=0)]

    def _point(self, point: PointVerdict) -> Row:
        if not point.proven:
            line = hbox(glyph("x-circle", "late", 16), (text(point.title, elide=True), 1), text(_("not seen"), "body", "late"), gap=8)
            return Row(line, _("{point}: not seen").format(point=point.title))
        first = point.proven[0]
        at = clock_time(first.start, seconds=True)
        line = hbox(glyph("check-circle", "good", 16), (text(point.title, elide=True), 1), text(at, "body", "ink2"), gap=8)
        return Row(line, _("{point}: first seen at {at}").format(point=point.title, at=at), partial(self.jump.emit, first.footage, first.start))


def points_article(profile: Profile) -> str:
    """The article that lists the key points («西岗办法第十四条»); empty where the text lists none."""
    return "、".join(dict.fromkeys(ground(profile, rule).article for rule in profile.points))


def facts_words(duty: DutyVerdict, gaps: Sequence[GapVerdict]) -> str:
    """Everything that is drawn, in words: 覆盖 154 分，共 167 分；10:31–10:44 未录 13 分，没有说明."""
    parts = [standing_words(duty)[1]]
    if duty.coverage:
        proven, whole = covered(duty.coverage)
        parts.append(_("covered {proven} of {whole}").format(proven=short_length(proven), whole=short_length(whole)))
    known = {(gap.start, gap.end): gap for gap in gaps}
    for piece in duty.coverage:
        if piece.kind != PROVEN:
            gap = known.get((piece.start, piece.end))
            said = gap.explained if gap is not None and gap.explained else _("not explained")
            parts.append(f"{gap_words(piece.start, piece.end)}（{said}）")
    return joined([*parts, *duty.wanting])


def _line(icon: str, ink: str, words: str) -> Any:
    return hbox(vbox(3, glyph(icon, ink, 16), None), (para(words, "small", ink, lead=1.5), 1), gap=6)
