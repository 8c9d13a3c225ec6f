"""审批: requests to view or copy, the leader's decision under their own signature, and revocation."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop import clearance as narrowing
from desktop import grants
from desktop.acts import Service, act, reading
from desktop.clock import moment, stamp
from desktop.errors import Refusal
from desktop.policy import profile
from desktop.policy.profile import silent_words, use_rule
from desktop.vault.keys import open_data_key, seal
from models.access import Decision, Grant, GrantKey, Request, RequestItem
from models.cases import CaseFolder, CaseOfficer, Record
from models.holdings import Component
from models.people import Person
from models.secrecy import Label
from models.terms import CaseId, ComponentId, GrantId, RequestId, RequestState, Verb

if TYPE_CHECKING:
    from peewee import Query

SpanUs = tuple[int, int]


@dataclass(frozen=True)
class Asked:
    """One component asked for, and the spans of it in microseconds; no spans means the whole."""

    component: ComponentId
    spans: tuple[SpanUs, ...] = ()


@dataclass(frozen=True)
class RequestDraft:
    """What somebody asks: items, view or copy, how many copies, why, until when (UTC stamp)."""

    items: tuple[Asked, ...]
    verb: Verb
    purpose: str
    until: str
    copies: int = 0


@dataclass(frozen=True)
class AskedLine:
    """One item of a request as pages show it."""

    component: ComponentId
    title: str
    name: str
    kind: str
    label: Label
    duration_us: int | None
    spans: tuple[SpanUs, ...]

    @property
    def asked_us(self) -> int:
        """How much of it is asked for, in microseconds; the whole where there are no spans."""
        return sum(e - s for s, e in self.spans) if self.spans else (self.duration_us or 0)


@dataclass(frozen=True)
class RequestLine:
    """One request, with its decision where there is one."""

    id: RequestId
    number: str
    requester: str
    requester_role: str
    case: CaseId | None
    case_number: str
    verb: Verb
    copies: int
    purpose: str
    until: str
    state: RequestState
    created_at: str
    items: tuple[AskedLine, ...]
    decided_by: str = ""
    decided_at: str = ""
    reason: str = ""
    grant: GrantId | None = None
    revoked_at: str | None = None
    revoke_reason: str = ""
    ended: bool = False

    @property
    def usable(self) -> bool:
        return self.grant is not None and self.revoked_at is None and not self.ended


@dataclass(frozen=True)
class Digest:
    """What a leader signs, and its digest: exactly this, or the signature is refused."""

    request: RequestLine
    document: dict[str, Any]
    digest: str
    ground: str
    ground_text: str
    earlier: tuple[RequestLine, ...]


class Approvals(Service):
    """Asking, deciding, revoking. Nobody decides their own request, nor one of a case that they handle."""

    @act("requests.create", check="_check_draft")
    def create(self, draft: RequestDraft) -> RequestId:
        """Ask for approval. Raises `Refusal`: not_found, request.empty, request.purpose_missing, request.until_past, request.span."""
        now = self.archive.clock.now()
        cases = {c.record.case_id for c in Component.select(Component, Record).join(Record).where(
            Component.id << [i.component for i in draft.items])}
        row = Request.create(number=self._next_number(now.year), requester=self.archive.person.id, case=cases.pop() if len(cases) == 1 else None,
                             verb=draft.verb.value, copies=max(draft.copies, 1) if draft.verb is Verb.COPY else 0, purpose=draft.purpose.strip(),
                             until=draft.until, state=RequestState.WAITING.value, created_at=stamp(now))
        for item in draft.items:
            RequestItem.create(request=row, component=item.component, spans=json.dumps([list(s) for s in item.spans]))
        self._about(request=row.id, **({"case": row.case_id} if row.case_id else {}))
        self._note(number=row.number, verb=row.verb, items=[{"component": int(i.component), "spans": [list(s) for s in i.spans]}
                                                           for i in draft.items])
        return RequestId(row.id)

    @act("requests.withdraw", subject=lambda request_id: {"request": request_id})
    def withdraw(self, request_id: RequestId) -> None:
        """Take back one's own request while it waits."""
        row = self._waiting(request_id)
        if row.requester_id != self.archive.person.id:
            raise Refusal("not_found")
        Request.update(state=RequestState.WITHDRAWN.value).where(Request.id == row.id).execute()

    @act("requests.decide", subject=lambda request_id, approve, reason, password, digest, items=None: {"request": request_id},
         check="_check_decision")
    def decide(self, request_id: RequestId, approve: bool, reason: str, password: str, digest: str,
               items: Sequence[Asked] | None = None) -> GrantId | None:
        """Sign a decision. `digest` is the one that was read; `items` narrows what is granted (部分批准).

        Raises `Refusal`: requests.own, requests.handled, requests.decided, requests.changed, requests.reason_missing, requests.wider,
        requests.not_entrusted, requests.not_cleared (the label was raised since), password.wrong.
        """
        row = self._waiting(request_id)
        me, now = self.archive.person, self.archive.clock.now()
        asked = self._line(row)
        granted = self._narrowed(asked, items)
        document = {**self._document(row, granted), "outcome": "granted" if approve else "refused", "reason": reason.strip(),
                    "request_digest": digest, "approver": {"id": int(me.id), "name": me.name}, "at": stamp(now)}
        signed = grants.canonical(document)
        decision = Decision.create(request=row, requester=row.requester_id, approver=me.id, outcome=document["outcome"], reason=reason.strip(),
                                   document=signed.decode(), signature=me.keys.sign(signed), at=stamp(now))
        Request.update(state=(RequestState.GRANTED if approve else RequestState.REFUSED).value).where(Request.id == row.id).execute()
        self._note(number=row.number, outcome=document["outcome"], document_sha256=grants.digest(document))
        if row.case_id:
            self._about(case=row.case_id)
        if not approve:
            return None
        grant = Grant.create(decision=decision, request=row, grantee=row.requester_id, valid_from=stamp(now), until=row.until)
        self._hand_keys(grant, row.requester_id, [i.component for i in granted])
        self.archive.keeper.checkpoint()
        return GrantId(grant.id)

    @act("requests.revoke", subject=lambda grant_id, reason: {"grant": grant_id})
    def revoke(self, grant_id: GrantId, reason: str) -> None:
        """Take a grant back; it closes at the next segment that is read, in an open player too."""
        if not reason.strip():
            raise Refusal("change.reason_missing")
        grant = Grant.get_or_none(Grant.id == grant_id)
        if grant is None or grant.revoked_at:
            raise Refusal("not_found")
        Grant.update(revoked_at=stamp(self.archive.clock.now()), revoked_by=self.archive.person.id, revoke_reason=reason.strip()
                     ).where(Grant.id == grant.id).execute()
        GrantKey.delete().where(GrantKey.grant == grant.id).execute()
        self._about(request=grant.request_id)

    @reading("requests.read")
    def mine(self) -> list[RequestLine]:
        """The person's own requests, newest first."""
        return self._lines(Request.select().where(Request.requester == self.archive.person.id).order_by(Request.id.desc()))

    @reading("requests.decide")
    def waiting(self) -> list[RequestLine]:
        """What waits for a decision of this leader, the earliest first; requests beyond their clearance are not there."""
        found = Request.select().where((Request.state == RequestState.WAITING.value) & (Request.requester != self.archive.person.id))
        return [line for line in self._lines(found.order_by(Request.id)) if line.items]

    @reading("requests.decide")
    def decided(self, limit: int = 100) -> list[RequestLine]:
        """What has been decided, newest first."""
        found = Request.select().where(Request.state << [RequestState.GRANTED.value, RequestState.REFUSED.value])
        return self._lines(found.order_by(Request.id.desc()).limit(limit))

    @reading("requests.read", subject=lambda case_id: {"case": case_id})
    def of_case(self, case_id: CaseId) -> list[RequestLine]:
        """All requests for material of a case, newest first."""
        return self._lines(Request.select().where(Request.case == case_id).order_by(Request.id.desc()))

    @reading("requests.decide")
    def digest(self, request_id: RequestId) -> Digest:
        """What is to be signed. Raises `Refusal` not_found for what is beyond the leader's clearance."""
        row = Request.get_or_none(Request.id == request_id)
        line = self._line(row) if row else None
        if row is None or line is None or not line.items:
            raise Refusal("not_found")
        document = self._document(row, [Asked(i.component, i.spans) for i in line.items])
        rules = profile(self.archive.header.profile)
        rule = use_rule(rules)
        earlier = [] if row.case_id is None else self._lines(
            Request.select().where((Request.case == row.case_id) & (Request.id != row.id)
                                   & (Request.state << [RequestState.GRANTED.value, RequestState.REFUSED.value]))
            .order_by(Request.id.desc()).limit(5))
        article, words = (rules.cite_rule(rule), rule.text) if rule else ("", silent_words())
        return Digest(line, document, grants.digest(document), article, words, tuple(earlier))

    # What the door asks before the transaction
    def _check_draft(self, draft: RequestDraft) -> None:
        if not draft.items:
            raise Refusal("request.empty")
        if not draft.purpose.strip():
            raise Refusal("request.purpose_missing")
        if draft.until <= stamp(self.archive.clock.now()) or moment(draft.until).year > 2999:
            raise Refusal("request.until_past")
        for item in draft.items:
            if not narrowing.component_exists(int(item.component), self.archive.person.clearance):
                raise Refusal("not_found")
            duration = Component.get_by_id(item.component).duration_us
            ordered = all(0 <= s < e for s, e in item.spans)
            if not ordered or (item.spans and (duration is None or any(e > duration for _, e in item.spans))):
                raise Refusal("request.span")

    def _check_decision(self, request_id: RequestId, approve: bool, reason: str, password: str, digest: str,
                        items: Sequence[Asked] | None = None) -> None:
        row = self._waiting(request_id)
        me = self.archive.person
        if row.requester_id == me.id:
            raise Refusal("requests.own")
        handled = row.case_id and CaseOfficer.select().where((CaseOfficer.case == row.case_id) & (
            (CaseOfficer.person == me.id) | (CaseOfficer.name == me.name))).exists()
        if handled:
            raise Refusal("requests.handled")
        line = self._line(row)
        asked = RequestItem.select().where(RequestItem.request == row.id).count()
        if len(line.items) != asked:
            raise Refusal("not_found")
        if (not approve or items is not None) and not reason.strip():
            raise Refusal("requests.reason_missing")
        if digest != grants.digest(self._document(row, [Asked(i.component, i.spans) for i in line.items])):
            raise Refusal("requests.changed")
        granted = [int(item.component) for item in self._narrowed(line, items)]
        requester = Person.get_by_id(row.requester_id)
        # A label may have been raised since it was asked for: no key is handed to somebody for whom the thing does not exist any more.
        if approve and narrowing.components(requester.clearance).where(Component.id << granted).count() < len(set(granted)):
            raise Refusal("requests.not_cleared", name=requester.name)
        self.archive.people.confirm(password)

    def _waiting(self, request_id: RequestId) -> Request:
        row: Request | None = Request.get_or_none(Request.id == request_id)
        if row is None:
            raise Refusal("not_found")
        if row.state != RequestState.WAITING.value:
            decision = Decision.get_or_none(Decision.request == row.id)
            by = Person.get_by_id(decision.approver_id).name if decision else Person.get_by_id(row.requester_id).name
            raise Refusal("requests.decided", by=by, at=grants.local_text(decision.at if decision else row.created_at))
        return row

    def _narrowed(self, line: RequestLine, items: Sequence[Asked] | None) -> list[Asked]:
        """What is granted: all that was asked, or less; never more."""
        asked = {i.component: i for i in line.items}
        chosen = [Asked(i.component, i.spans) for i in line.items] if items is None else list(items)
        if not chosen:
            raise Refusal("requests.wider")
        for item in chosen:
            whole = asked.get(item.component)
            if whole is None or (whole.spans and not item.spans):
                raise Refusal("requests.wider")
            if whole.spans and not all(any(a <= s and e <= b for a, b in whole.spans) for s, e in item.spans):
                raise Refusal("requests.wider")
        return chosen

    def _document(self, row: Request, items: Sequence[Asked]) -> dict[str, Any]:
        requester = Person.get_by_id(row.requester_id)
        rules = profile(self.archive.header.profile)
        rule = use_rule(rules)
        listed = []
        for item in items:
            component = Component.get_by_id(item.component)
            listed.append({"component": int(item.component), "object": component.object.object_id, "sha256": component.sha256,
                           "title": component.record.title, "spans": [list(s) for s in item.spans]})
        return {"format": "lantai-grant-1", "archive": self.archive.header.archive_id, "number": row.number, "requester": {
            "id": requester.id, "name": requester.name}, "items": listed, "verb": row.verb, "copies": row.copies, "purpose": row.purpose,
            "from": row.created_at, "until": row.until, "ground": rules.cite_rule(rule) if rule else rules.short}

    def _hand_keys(self, grant: Grant, requester_id: int, components: Sequence[ComponentId]) -> None:
        """Re-seal the data keys of exactly the approved objects to the requester."""
        held = self.archive.person.compartments
        requester = Person.get_by_id(requester_id)
        objects = {c.object_id: c.object for c in Component.select().where(Component.id << list(components))}
        for stored in objects.values():
            names = stored.compartments.split()
            if any(name not in held for name in names):
                raise Refusal("requests.not_entrusted")
            data_key = open_data_key(stored.sealed_key, [held[name] for name in names], stored.object_id)
            GrantKey.create(grant=grant, object=stored, sealed_key=seal(requester.hpke_public, data_key, f"lantai/grant/{stored.object_id}".encode()))

    def _next_number(self, year: int) -> str:
        count = Request.select().where(Request.number.startswith(f"查〔{year}〕")).count()
        return f"查〔{year}〕{count + 1}号"

    def _lines(self, query: Query) -> list[RequestLine]:
        return [self._line(row) for row in query]

    def _line(self, row: Request) -> RequestLine:
        requester = Person.get_by_id(row.requester_id)
        decision = Decision.get_or_none(Decision.request == row.id)
        grant = Grant.get_or_none(Grant.request == row.id)
        case = CaseFolder.get_or_none(CaseFolder.id == row.case_id) if row.case_id else None
        known = case is not None and self.archive.person.clearance.covers(case.label)
        return RequestLine(
            RequestId(row.id), row.number, requester.name, requester.role, CaseId(row.case_id) if known else None,
            case.case_number if case and known else "", Verb(row.verb), row.copies, row.purpose, row.until, RequestState(row.state), row.created_at,
            self._items(row.id), Person.get_by_id(decision.approver_id).name if decision else "", decision.at if decision else "",
            decision.reason if decision else "", GrantId(grant.id) if grant else None, grant.revoked_at if grant else None,
            grant.revoke_reason if grant else "", bool(grant and stamp(self.archive.clock.now()) >= grant.until))

    def _items(self, request_id: int) -> tuple[AskedLine, ...]:
        """The items of a request that exist for the person who looks."""
        spans = {i.component_id: tuple((s, e) for s, e in json.loads(i.spans)) for i in RequestItem.select().where(RequestItem.request == request_id)}
        found = narrowing.components(self.archive.person.clearance).where(Component.id << list(spans)).order_by(Component.id)
        return tuple(AskedLine(ComponentId(c.id), c.record.title, c.name, c.kind, c.record.label, c.duration_us, spans[c.id]) for c in found)
