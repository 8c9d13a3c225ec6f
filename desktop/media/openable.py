"""What a person may open now: their own grants that hold, item by item, with the seconds that were signed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.clearance import components
from desktop.errors import Refusal
from desktop.grants import read_grant
from models.access import Copy, Grant
from models.holdings import Component
from models.secrecy import Clearance, Label
from models.terms import ComponentId, GrantId, Verb


@dataclass(frozen=True)
class OpenableLine:
    """One item of one grant. `spans` (microseconds) is empty for the whole; `copies_left` is 0 where only viewing was approved."""

    component: ComponentId
    grant: GrantId
    number: str
    title: str
    name: str
    kind: str
    label: Label
    case_number: str
    duration_us: int | None
    spans: tuple[tuple[int, int], ...]
    until: str
    verb: Verb
    copies_made: int
    copies_left: int


def openable_lines(person: int, clearance: Clearance, now: str) -> list[OpenableLine]:
    """Items of the person's grants that are neither over nor taken back, the newest grant first."""
    held = (Grant.grantee == person) & Grant.revoked_at.is_null() & (Grant.until > now)
    out: list[OpenableLine] = []
    for row in Grant.select(Grant.id).where(held).order_by(Grant.id.desc()):
        try:
            grant = read_grant(row.id)
        except Refusal:  # forged: it opens nothing and verification names it; the person's other grants hold all the same
            continue
        known = {c.id: c for c in components(clearance).where(Component.id << [i.component for i in grant.items])}
        for item in grant.items:
            component = known.get(item.component)
            if component is None:
                continue
            made = Copy.select().where((Copy.grant == grant.id) & (Copy.component == item.component)).count()
            record, left = component.record, grant.copies - made if grant.verb is Verb.COPY else 0
            out.append(OpenableLine(item.component, grant.id, grant.number, record.title, component.name, component.kind, record.label,
                                    record.case.case_number if record.case else "", component.duration_us, item.spans, grant.until,
                                    grant.verb, made, max(left, 0)))
    return out
