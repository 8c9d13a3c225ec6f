"""The registers of the training archive: a request for information that was paused for a third party, and a complaint that guards a recording."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from desktop.complaints import ComplaintDraft
from desktop.disclosure import DisclosureDraft
from desktop.paths import RESOURCES
from models.terms import CaseId, DisclosureStepKind

if TYPE_CHECKING:
    from desktop.archive import Archive

SOURCE = RESOURCES / "demo" / "registers.toml"


def tell_registers(archive: Archive, cases: dict[str, CaseId]) -> None:
    """Enter both, as whoever sits at the counter."""
    with open(SOURCE, "rb") as f:
        told: dict[str, Any] = tomllib.load(f)
    room = archive.disclosure
    for one in told["request"]:
        asked, case = one.pop("asked"), cases[one.pop("case")]
        request = room.register(DisclosureDraft(**one))
        room.link(request, case=case)
        step = room.ask_others(request, DisclosureStepKind(asked["kind"]), asked["whom"], asked["on"], asked["what"])
        room.opinion(step, asked["answered_on"], asked["opinion"], asked["words"])
    for one in told["complaint"]:
        archive.complaints.register(ComplaintDraft(**one))
