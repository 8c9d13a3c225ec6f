"""Opening what was approved: a reader fenced to the granted seconds, marks on it, and numbered copies."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from desktop import clearance as narrowing
from desktop import grants, history, search_index
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.grants import SignedGrant
from desktop.jobs import Progress
from desktop.media.openable import OpenableLine, openable_lines
from desktop.media.reading import Reader
from desktop.media.spans import Span, Spans, union
from desktop.media.viewing import Mark
from desktop.record_lines import ComponentLine, component_line
from desktop.vault.keys import open_data_key
from desktop.vault.previews import open_preview
from desktop.vault.segments import SegmentReader
from models.access import Copy, Grant, GrantKey, Request, RequestItem
from models.annotations import Annotation
from models.holdings import Component, Preview
from models.secrecy import Label
from models.terms import AnnotationId, AnnotationKind, ComponentId, GrantId, RequestId, Verb


@dataclass(frozen=True)
class Opened:
    """One approved look at one component: the whole object through `reader`, which the fence then narrows to `spans`.

    `spans` None means the whole. `grant` is None for a leader's preview of what they are asked to approve.
    """

    component: ComponentLine
    title: str
    case_number: str
    label: Label
    reader: Reader
    spans: Spans | None
    grant: GrantId | None
    number: str
    until: str
    purpose: str
    may_mark: bool


class Media(Service):
    """Content is opened here and nowhere else; each opening and each played span is an entry."""

    @act("media.open", subject=lambda component_id, grant_id=None: {"component": component_id}, check="_check_open")
    def open(self, component_id: ComponentId, grant_id: GrantId | None = None) -> Opened:
        """Open a component under a grant of one's own. Raises `Refusal`: grant.none, grant.revoked, grant.over, grant.forged, vault.*."""
        grant = self._grant(component_id, grant_id)
        self._about(grant=grant.id)
        self._note(number=grant.number, spans=[list(s) for s in grant.item(component_id).spans])
        me = self.archive.person
        component = Component.get_by_id(component_id)
        key = GrantKey.get_or_none((GrantKey.grant == grant.id) & (GrantKey.object == component.object_id))
        if key is None:
            raise Refusal("grant.revoked", number=grant.number)
        object_id = component.object.object_id
        data_key = me.keys.open(bytes(key.sealed_key), f"lantai/grant/{object_id}".encode())
        item = grant.item(component_id)
        if item.object_id != object_id or item.sha256 != component.sha256:
            raise Refusal("grant.forged", number=grant.number)
        reader = self._reader(component, data_key, self.archive.leases.of(grant, me))
        may_mark = self.archive.may("annotations.add").allowed
        return self._opened(component, reader, item.spans, grant.id, grant.number, grant.until, grant.purpose, may_mark)

    @act("media.play", subject=lambda component_id, grant_id, start_us, end_us: {"component": component_id})
    def played(self, component_id: ComponentId, grant_id: GrantId | None, start_us: int, end_us: int) -> None:
        """Write that these seconds were played."""
        if grant_id is not None:
            self._about(grant=grant_id)
        self._note(start_us=start_us, end_us=end_us)

    @act("media.close", subject=lambda component_id, grant_id: {"component": component_id})
    def closed(self, component_id: ComponentId, grant_id: GrantId | None) -> None:
        """Write that the viewer was closed."""
        if grant_id is not None:
            self._about(grant=grant_id)

    @act("requests.preview", subject=lambda request_id, component_id: {"request": request_id, "component": component_id})
    def preview(self, request_id: RequestId, component_id: ComponentId) -> Opened:
        """A leader looks at what is asked for, before deciding; the looking is in the ledger."""
        item = RequestItem.get_or_none((RequestItem.request == request_id) & (RequestItem.component == component_id))
        if item is None:
            raise Refusal("not_found")
        request = Request.get_by_id(request_id)
        if request.requester_id == self.archive.person.id:
            raise Refusal("requests.own")
        component = Component.get_by_id(component_id)
        spans = tuple((s, e) for s, e in json.loads(item.spans))
        self._note(number=request.number, spans=[list(s) for s in spans])
        reader = self._reader(component, self._data_key(component), self.archive.leases.of_session(self.archive.person))
        return self._opened(component, reader, spans, None, request.number, request.until, request.purpose, False)

    @act("media.copy", subject=lambda component_id, grant_id, target, make, progress: {"component": component_id}, check="_check_copy")
    def copy(self, component_id: ComponentId, grant_id: GrantId, target: BinaryIO, make: Callable[[Opened, int, BinaryIO, Progress], str],
             progress: Progress) -> int:
        """Write one numbered copy of what was granted to `target` and return its number; its SHA-256 is in the entry.

        `make` produces the copy's bytes before the transaction and returns their digest (see `desktop.media.copying`).
        """
        digest, number = self._made.pop((int(component_id), int(grant_id)))
        Copy.create(grant=grant_id, component=component_id, number=number, sha256=digest, person=self.archive.person.id,
                    at=stamp(self.archive.clock.now()))
        self._about(grant=grant_id)
        self._note(copy_sha256=digest, number=number)
        return number

    @reading("media.open")
    def usable(self, component_id: ComponentId) -> list[tuple[GrantId, str]]:
        """The person's own grants that open this component now, the newest first, with their numbers."""
        return [(g.id, g.number) for g in self._usable(component_id)]

    @reading("media.open")
    def openable(self) -> list[OpenableLine]:
        """Everything this person may open now, item by item, with the seconds that were signed and the copies still to take."""
        return openable_lines(int(self.archive.person.id), self.archive.person.clearance, stamp(self.archive.clock.now()))

    @reading("annotations.read", subject=lambda component_id: {"component": component_id})
    def marks(self, component_id: ComponentId) -> list[Mark]:
        """The marks on a recording, in the order of its time."""
        found = Annotation.select().where((Annotation.component == component_id) & Annotation.removed_at.is_null())
        return [Mark(a.id, a.start_us, a.end_us, a.kind, a.text, a.person.name, a.at) for a in found.order_by(Annotation.start_us, Annotation.id)]

    @act("annotations.add", subject=lambda component_id, start_us, end_us, kind, text: {"component": component_id}, check="_check_mark")
    def add_mark(self, component_id: ComponentId, start_us: int, end_us: int | None, kind: AnnotationKind, text: str) -> AnnotationId:
        """Set a mark on a second, or a span, that a grant of one's own covers."""
        row = Annotation.create(component=component_id, start_us=start_us, end_us=end_us, kind=AnnotationKind(kind).value, text=text.strip(),
                                person=self.archive.person.id, at=stamp(self.archive.clock.now()))
        self._index_mark(row)
        self._about(annotation=row.id)
        self._note(start_us=start_us, end_us=end_us, kind=row.kind)
        return AnnotationId(row.id)

    @act("annotations.edit", subject=lambda mark_id, text, reason: {"annotation": mark_id})
    def edit_mark(self, mark_id: AnnotationId, text: str, reason: str) -> None:
        """Change the words of a mark; what they were stays in its history."""
        row = self._mark(mark_id)
        history.amend(self.archive, row, {"text": text.strip()}, reason)
        self._index_mark(Annotation.get_by_id(mark_id))

    @act("annotations.remove", subject=lambda mark_id, reason: {"annotation": mark_id})
    def remove_mark(self, mark_id: AnnotationId, reason: str) -> None:
        """Take a mark away from view; who set it, who removed it and why stay."""
        row = self._mark(mark_id)
        history.amend(self.archive, row, {"removed_at": stamp(self.archive.clock.now())}, reason)
        search_index.forget(f"annotation:{mark_id}")

    @reading("requests.preview", subject=lambda component_id: {"component": component_id})
    def thumbnail(self, component_id: ComponentId) -> bytes | None:
        """The small picture of a component, for a leader who holds its compartments; None where there is none."""
        preview = Preview.get_or_none(Preview.component == component_id)
        if preview is None:
            return None
        component = Component.get_by_id(component_id)
        return open_preview(self._data_key(component), component.object.object_id, bytes(preview.sealed))

    # What the door asks before the transaction
    def _check_open(self, component_id: ComponentId, grant_id: GrantId | None = None) -> None:
        self.archive.leases.of(self._grant(component_id, grant_id), self.archive.person)()

    def _check_copy(self, component_id: ComponentId, grant_id: GrantId, target: BinaryIO,
                    make: Callable[[Opened, int, BinaryIO, Progress], str], progress: Progress) -> None:
        grant = self._grant(component_id, grant_id)
        self.archive.leases.of(grant, self.archive.person)()
        number = int(Copy.select().where((Copy.grant == grant.id) & (Copy.component == component_id)).count()) + 1
        if grant.verb is not Verb.COPY or number > grant.copies:
            raise Refusal("grant.no_copy", number=grant.number, copies=grant.copies)
        # Opening for the copy is an act of its own: who copies has looked.
        opened = self.open(component_id, grant_id)
        self._made[(int(component_id), int(grant_id))] = (make(opened, number, target, progress), number)

    def _check_mark(self, component_id: ComponentId, start_us: int, end_us: int | None, kind: AnnotationKind, text: str) -> None:
        last = end_us if end_us is not None else start_us + 1
        if not 0 <= start_us < last:
            raise Refusal("request.span")
        spans: list[Span] = []
        for grant in self._usable(component_id):
            if not grant.item(component_id).spans:
                return
            spans += [Span(s, e) for s, e in grant.item(component_id).spans]
        if not any(s.start_us <= start_us and last <= s.end_us + 1 for s in union(spans)):
            raise Refusal("grant.none")

    @functools.cached_property
    def _made(self) -> dict[tuple[int, int], tuple[str, int]]:
        return {}

    def _grant(self, component_id: ComponentId, grant_id: GrantId | None) -> SignedGrant:
        if grant_id is None:
            usable = self._usable(component_id)
            if not usable:
                raise Refusal("grant.none")
            return usable[0]
        grant = grants.read_grant(int(grant_id))
        if grant.grantee != self.archive.person.id:
            raise Refusal("grant.none")
        grant.item(component_id)
        return grant

    def _usable(self, component_id: ComponentId) -> list[SignedGrant]:
        now = stamp(self.archive.clock.now())
        rows = (Grant.select(Grant.id).join(RequestItem, on=(RequestItem.request == Grant.request))
                .where((Grant.grantee == self.archive.person.id) & (RequestItem.component == component_id) & Grant.revoked_at.is_null()
                       & (Grant.until > now)).order_by(Grant.id.desc()))
        found = [grants.read_grant(row.id) for row in rows]
        return [g for g in found if any(i.component == component_id for i in g.items)]

    def _data_key(self, component: Component) -> bytes:
        held, names = self.archive.person.compartments, component.object.compartments.split()
        if any(name not in held for name in names):
            raise Refusal("requests.not_entrusted")
        return open_data_key(bytes(component.object.sealed_key), [held[n] for n in names], component.object.object_id)

    def _reader(self, component: Component, data_key: bytes, lease: Callable[[], None]) -> SegmentReader:
        stored = component.object
        return SegmentReader(self.archive.vault.open(stored.object_id), data_key, stored.object_id, stored.cipher_size, lease)

    def _opened(self, component: Component, reader: Reader, spans: tuple[tuple[int, int], ...], grant: GrantId | None, number: str, until: str,
                purpose: str, may_mark: bool) -> Opened:
        record = component.record
        return Opened(component_line(component), record.title, record.case.case_number if record.case else "", record.label, reader,
                      union(Span(s, e) for s, e in spans) if spans else None, grant, number, until, purpose, may_mark)

    def _mark(self, mark_id: AnnotationId) -> Annotation:
        row: Annotation | None = Annotation.get_or_none((Annotation.id == mark_id) & Annotation.removed_at.is_null())
        if row is None or not narrowing.component_exists(row.component_id, self.archive.person.clearance):
            raise Refusal("not_found")
        return row

    def _index_mark(self, row: Annotation) -> None:
        record = row.component.record
        search_index.index("annotation", f"annotation:{row.id}", title=record.title, text=row.text, label=record.label, case=record.case_id,
                           record=record.id, component=row.component_id)
