"""Sums of recorded time: what of a stretch of wall clock recordings prove, and where they break off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from desktop.policy.rules import Profile
from desktop.policy.verdicts import Stretch
from models.facts import Activity, CaseFacts, Footage

LEAVE = "leave"
PROVEN, UNPROVEN, GAP = "proven", "unproven", "gap"
Span = tuple[datetime, datetime]


def linked(facts: CaseFacts, activity: Activity) -> tuple[Footage, ...]:
    """The recordings of an activity."""
    return tuple(piece for piece in facts.footage if piece.activity == activity.id)


def span(profile: Profile, activity: Activity) -> Span | None:
    """From arrival to leaving, or until the acting stopped where the text says so; None where either is not known by the clock."""
    until = activity.end
    if profile.span and all(rule.end != LEAVE for rule in profile.span):
        until = activity.finished or activity.end
    if not isinstance(activity.start, datetime) or until is None or until <= activity.start:
        return None
    return activity.start, until


def recorded(piece: Footage) -> list[Span]:
    """The stretches that a recording really holds: from its start to its end, without the gaps inside; [) in corrected wall clock."""
    if piece.start is None or piece.end is None:
        return []
    spans, at = [], piece.start
    for gap in sorted((one for one in piece.gaps if one.start < one.end), key=lambda one: one.start):
        if gap.start > at and min(gap.start, piece.end) > at:
            spans.append((at, min(gap.start, piece.end)))
        at = max(at, gap.end)
    if at < piece.end:
        spans.append((at, piece.end))
    return spans


def outer(footage: Iterable[Footage]) -> Span | None:
    """From the first recorded moment to the last; None where nothing has a time."""
    spans = [span for piece in footage for span in recorded(piece)]
    return (min(start for start, _end in spans), max(end for _start, end in spans)) if spans else None


def cut(start: datetime, end: datetime, footage: Iterable[Footage]) -> tuple[Stretch, ...]:
    """The stretch from `start` to `end`, cut in order and without rest into proven ones (with the recording that proves each), unproven ones
    before and after all recordings, and gaps between or inside them. Empty where `end` is not after `start`."""
    held = sorted(((span, piece.id) for piece in footage for span in recorded(piece)), key=lambda one: (one[0], one[1]))
    marks = sorted({start, end, *(mark for span, _id in held for mark in span if start < mark < end)}) if end > start else []
    around = (min(span[0] for span, _id in held), max(span[1] for span, _id in held)) if held else None
    pieces: list[Stretch] = []
    for begun, over in pairwise(marks):
        by = [one for span, one in held if span[0] <= begun and over <= span[1]]
        if by:
            kept = pieces[-1].footage if pieces and pieces[-1].footage in by else by[0]
            kind, proof = PROVEN, kept
        else:
            inside = around is not None and around[0] <= begun and over <= around[1]
            kind, proof = GAP if inside else UNPROVEN, ""
        if pieces and (pieces[-1].kind, pieces[-1].footage) == (kind, proof):
            pieces[-1] = Stretch(pieces[-1].start, over, kind, footage=proof)
        else:
            pieces.append(Stretch(begun, over, kind, footage=proof))
    return tuple(pieces)


def percent(pieces: Iterable[Stretch]) -> int | None:
    """How much of an activity is proven, in whole hundredths, what is not reached never rounded up to; None where its length is not known."""
    cut_ = tuple(pieces)
    whole = sum((piece.end - piece.start for piece in cut_), timedelta())
    proven = sum((piece.end - piece.start for piece in cut_ if piece.kind == PROVEN), timedelta())
    return int(100 * proven / whole) if whole else None


def points_proven(footage: Iterable[Footage], point: str) -> tuple[Stretch, ...]:
    """The marked stretches that prove one key point, as far as they were really recorded."""
    found = []
    for piece in footage:
        for mark in piece.points:
            if mark.point != point:
                continue
            for begun, over in recorded(piece):
                start, end = max(begun, mark.start), min(over, mark.end)
                if start < end or (start == end == mark.start == mark.end):  # a mark may be one moment
                    found.append(Stretch(start, end, PROVEN, point, piece.id))
    return tuple(sorted(found, key=lambda one: (one.start, one.footage)))
