"""Whether somebody signed something: with the key that they have, or with one that they had then."""

from __future__ import annotations

from desktop.vault.keys import verify
from models.people import FormerKey, Person


def signed_by(person: Person, at: str, document: bytes, signature: bytes) -> bool:
    """Whether this is the person's signature of that moment (a stamp). A key that was given up counts for what was signed until then."""
    if verify(bytes(person.ed25519_public), document, signature):
        return True
    former = FormerKey.select().where((FormerKey.person == person.id) & (FormerKey.until >= at))
    return any(verify(bytes(one.ed25519_public), document, signature) for one in former)


def give_up_key(person: Person, now: str) -> None:
    """Keep the public half that is about to be replaced; inside the act that gives the person new keys."""
    FormerKey.create(person=person.id, ed25519_public=person.ed25519_public, until=now)
