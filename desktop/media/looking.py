"""Makes of an opened component what a viewer needs: watermark, marks, pages drawn in a limited worker, entries written as it plays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from desktop.clock import moment
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.intake.camera_time import read_camera_time
from desktop.media.room import Opened
from desktop.media.stills import Image
from desktop.media.viewing import OLD_POINTS, KeyPoints, Kind, Mark, MarkKind, Viewing
from desktop.policy.clocks import BEIJING
from desktop.procedure.pointing import recording_of
from desktop.tools.pages import draw_page, draw_picture
from models.terms import AnnotationId, AnnotationKind

if TYPE_CHECKING:
    from desktop.archive import Archive

_SHOWN = ("video", "audio", "photo", "pdf")


def mark_kinds(points: KeyPoints | None = None) -> tuple[MarkKind, ...]:
    """The kinds of mark, in the words of the language in force; those that the rules of the case ask for come first, in its words."""
    words = {
        AnnotationKind.NOTE: (_("Note"), "push-pin"), AnnotationKind.SCENE: (_("Scene"), "map-pin"),
        AnnotationKind.PEOPLE: (_("People present"), "users"), AnnotationKind.RIGHTS: (_("Rights explained"), "scales"),
        AnnotationKind.GOODS: (_("Articles and their marks"), "package"), AnnotationKind.MEASURE: (_("Measures on property"), "hand-palm"),
        AnnotationKind.SERVICE: (_("Papers made and served"), "scroll"), AnnotationKind.PRIVACY: (_("Personal privacy"), "user"),
        AnnotationKind.INTERRUPTION: (_("Recording interrupted"), "link-break"),
        AnnotationKind.ARRIVAL: (_("Arrival at the scene"), "map-pin"), AnnotationKind.LEAVING: (_("Leaving the scene"), "box-arrow-up"),
        AnnotationKind.ENVIRONMENT: (_("Surroundings of the scene"), "buildings"),
        AnnotationKind.MEASURES: (_("Measures on persons and property"), "hand-palm"),
        AnnotationKind.DOCUMENTS: (_("Documents made and served on the spot"), "scroll"), AnnotationKind.OTHER: (_("Other matters of note"), "note"),
        AnnotationKind.SPOKEN_NOTICE: (_("Spoken explanation"), "speaker-high"), AnnotationKind.TOLD: (_("People told of the recording"), "info"),
        AnnotationKind.REASON: (_("Spoken reason for an interruption"), "pause"),
    }
    asked = dict(points.wanted) if points else {}
    kinds = {kind.value: MarkKind(kind.value, asked.get(kind.value, text), icon, kind.value not in OLD_POINTS)
             for kind, (text, icon) in words.items()}
    return (*(kinds[code] for code in asked if code in kinds), *(kind for code, kind in kinds.items() if code not in asked))


def viewing(archive: Archive, opened: Opened) -> Viewing:
    """What the player page shows of `opened`. Its callables pass the door: each played span and the closing are entries."""
    component, me = opened.component, archive.person
    kind = cast(Kind, component.kind if component.kind in _SHOWN else "other")
    now = archive.clock.now().astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    marks = archive.media.marks(component.id) if archive.may("annotations.read").allowed else []
    start, points = recording_of(archive, component.id)
    return Viewing(
        title=opened.title, case_number=opened.case_number, kind=kind, reader=opened.reader, labels=opened.label.names, spans=opened.spans,
        watermark=(me.name, now, opened.number), approval_number=opened.number, until=moment(opened.until),
        wall_clock_start=start or _local(read_camera_time(component.camera_time)), marks=tuple(marks), mark_kinds=mark_kinds(points),
        points=points if kind in ("video", "audio") else None,
        on_span_played=lambda start, end: archive.media.played(component.id, opened.grant, start, end),
        on_add=_adding(archive, opened) if opened.may_mark else None,
        on_edit=_editing(archive, opened) if opened.may_mark else None,
        on_remove=(lambda ident, reason: archive.media.remove_mark(AnnotationId(ident), reason)) if opened.may_mark else None,
        draw=_drawing(archive, opened, kind))


def _adding(archive: Archive, opened: Opened) -> Callable[[int, int | None, str, str], Mark]:
    def add(start_us: int, end_us: int | None, kind: str, text: str) -> Mark:
        ident = archive.media.add_mark(opened.component.id, start_us, end_us, AnnotationKind(kind), text)
        return _mark(archive, opened, int(ident))

    return add


def _editing(archive: Archive, opened: Opened) -> Callable[[int, str], Mark]:
    def edit(ident: int, text: str) -> Mark:
        archive.media.edit_mark(AnnotationId(ident), text, _("Wording corrected"))
        return _mark(archive, opened, ident)

    return edit


def _mark(archive: Archive, opened: Opened, ident: int) -> Mark:
    return next(m for m in archive.media.marks(opened.component.id) if m.ident == ident)


def _drawing(archive: Archive, opened: Opened, kind: Kind) -> Callable[[int, int], Image] | None:
    if kind not in ("photo", "pdf"):
        return None

    def draw(page: int, longest: int) -> Image:
        content = opened.reader.read_at(0, opened.reader.size)
        if kind == "pdf":
            drawn = draw_page(archive.workers, content, page, longest)
        else:
            drawn = draw_picture(archive.workers, content, longest, longest)
        if drawn.findings:
            raise Refusal("media.unreadable", reason=drawn.findings[0])
        return Image(drawn.width, drawn.height, drawn.bgra, max(drawn.pages, 1))

    return draw


def _local(at: datetime | None) -> datetime | None:
    return at.astimezone(BEIJING) if at else None
