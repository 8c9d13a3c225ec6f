"""What a signed decision opens: read from the signed document itself, never from the columns beside it."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import apsw
import rfc8785

from desktop.clock import moment, stamp
from desktop.errors import Refusal
from desktop.signatures import signed_by
from models.access import Decision, Grant
from models.people import Person
from models.terms import ComponentId, GrantId, PersonId, Verb

if TYPE_CHECKING:
    from desktop.archive import Archive, Session

SpanUs = tuple[int, int]


@dataclass(frozen=True)
class GrantedItem:
    """One component that a grant opens; no spans means the whole."""

    component: ComponentId
    object_id: str
    sha256: str
    title: str
    spans: tuple[SpanUs, ...]


@dataclass(frozen=True)
class SignedGrant:
    """A grant as its approver signed it."""

    id: GrantId
    number: str
    grantee: PersonId
    verb: Verb
    copies: int
    purpose: str
    until: str
    items: tuple[GrantedItem, ...]
    approver: str
    document: str

    def item(self, component_id: int) -> GrantedItem:
        """Raises `Refusal` grant.not_this when the component is not among what was approved."""
        for item in self.items:
            if item.component == component_id:
                return item
        raise Refusal("grant.not_this", number=self.number)


def canonical(document: dict[str, Any]) -> bytes:
    """The bytes that are signed: RFC 8785."""
    return rfc8785.dumps(document)


def digest(document: dict[str, Any]) -> str:
    """SHA-256 of the canonical document, in hex: what the leader reads and compares."""
    return hashlib.sha256(canonical(document)).hexdigest()


def read_grant(grant_id: int) -> SignedGrant:
    """Raises `Refusal`: not_found, grant.forged (the signature does not fit the document or the document not the grant)."""
    grant = Grant.get_or_none(Grant.id == grant_id)
    if grant is None:
        raise Refusal("not_found")
    decision = Decision.get_by_id(grant.decision_id)
    approver = Person.get_by_id(decision.approver_id)
    document = json.loads(decision.document)
    fits = (signed_by(approver, decision.at, decision.document.encode(), bytes(decision.signature))
            and canonical(document) == decision.document.encode()
            and document["outcome"] == "granted" and document["requester"]["id"] == grant.grantee_id
            and document["approver"]["id"] == approver.id and document["until"] == grant.until)
    if not fits:
        raise Refusal("grant.forged", number=str(document.get("number", "")))
    items = tuple(GrantedItem(ComponentId(i["component"]), i["object"], i["sha256"], i["title"], tuple((s, e) for s, e in i["spans"]))
                  for i in document["items"])
    return SignedGrant(GrantId(grant.id), document["number"], PersonId(grant.grantee_id), Verb(document["verb"]), document["copies"],
                       document["purpose"], document["until"], items, approver.name, decision.document)


class Leases:
    """Asks, from any thread, whether a grant still holds: revoked, run out, or the desk locked."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._connection: apsw.Connection | None = None

    def of(self, grant: SignedGrant, session: Session) -> Callable[[], None]:
        """A check that a reader makes before every segment. Raises `Refusal`: session.none, grant.revoked, grant.over."""
        def check() -> None:
            if self._archive.session is not session:
                raise Refusal("session.none")
            revoked, newest = self._ask(grant.id)
            if revoked:
                raise Refusal("grant.revoked", number=grant.number)
            # The later of the machine's clock and the ledger's: turning the clock back gains nothing.
            if max(stamp(self._archive.clock.now()), newest) >= grant.until:
                raise Refusal("grant.over", number=grant.number, until=local_text(grant.until))

        return check

    def of_session(self, session: Session) -> Callable[[], None]:
        """For a leader's preview: it lasts while the leader is signed in."""
        def check() -> None:
            if self._archive.session is not session:
                raise Refusal("session.none")

        return check

    def close(self) -> None:
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _ask(self, grant_id: int) -> tuple[str | None, str]:
        with self._lock:
            if self._connection is None:
                self._connection = self._archive.database.another_connection()
            row = self._connection.execute(
                'SELECT (SELECT revoked_at FROM "grant" WHERE id = ?), (SELECT at FROM ledger_entry ORDER BY seq DESC LIMIT 1),'
                ' (SELECT count(*) FROM "grant" WHERE id = ?)', (grant_id, grant_id)).fetchall()[0]
        revoked, newest, there = row
        return (str(revoked) if revoked else None) if there else "gone", str(newest or "")


def local_text(at: str) -> str:
    """A moment in the office's own time, to the minute: `2026-11-21 16:30`."""
    from desktop.policy.clocks import BEIJING

    return moment(at).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
