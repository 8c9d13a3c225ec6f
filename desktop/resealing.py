"""What follows from a label or a clearance that changed: data keys sealed to more compartments, grants that no longer fit taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from desktop import clearance as narrowing
from desktop.clock import stamp
from desktop.jobs import Progress
from desktop.vault.keys import raise_data_key
from models.access import Grant, GrantKey, RequestItem
from models.holdings import Component
from models.people import Compartment, Person
from models.secrecy import Label

if TYPE_CHECKING:
    from desktop.archive import Archive

AT_ONCE = 500
# An object carries the join of the labels of all records it is part of, and of their cases.
_SEALED = """
SELECT o.compartments, max(max(r.privacy, coalesce(c.privacy, 0))) AS privacy, max(max(r.trade, coalesce(c.trade, 0))) AS trade,
       max(max(r.state, coalesce(c.state, 0))) AS state, o.id, o.object_id
FROM stored_object o JOIN component p ON p.object_id = o.id JOIN record r ON r.id = p.record_id LEFT JOIN case_folder c ON c.id = r.case_id
{where} GROUP BY o.id ORDER BY o.id
"""
_COUNTED = f"SELECT compartments, privacy, trade, state, count(*) FROM ({_SEALED.format(where='')}) GROUP BY 1, 2, 3, 4"
_KEYS = "SELECT id, sealed_key FROM stored_object WHERE id IN (SELECT value FROM json_each(?))"


class Sealing:
    """To which compartments a data key is sealed, and to which the label of its object asks."""

    __slots__ = ("have", "want")

    def __init__(self, compartments: str, privacy: int, trade: int, state: int) -> None:
        self.have = tuple(compartments.split())
        self.want = Label(state, bool(trade), bool(privacy)).compartments

    @property
    def missing(self) -> list[str]:
        """Compartments that must be added; that of what is open to all adds nothing."""
        return [name for name in self.want if name not in self.have and name != "open"]

    @property
    def stricter(self) -> bool:
        """Whether it is sealed to more than its label asks: fewer may open it than might."""
        return bool(set(self.have) - set(self.want) - {"open"})


class Sealed(Sealing):
    """One object with how its data key is sealed; the sealed key itself is read when it is opened: of a million they would fill the memory."""

    __slots__ = ("id", "object_id")

    def __init__(self, row: Sequence[Any]) -> None:
        super().__init__(*row[:4])
        self.id, self.object_id = int(row[4]), str(row[5])


def sealed_objects(archive: Archive, where: str = "", values: Sequence[Any] = ()) -> Iterator[Sealed]:
    """Objects with what their data keys are sealed to; `where` narrows by o, p, r and c."""
    rows = archive.database.connection().execute(_SEALED.format(where=where), tuple(values)).fetchall()
    return (Sealed(row) for row in rows)


def sealings(archive: Archive) -> list[tuple[Sealing, int]]:
    """Every way in which data keys are sealed, with how many are: counted by the database, for there are few ways and many keys."""
    rows = archive.database.connection().execute(_COUNTED).fetchall()
    return [(Sealing(*row[:4]), int(row[4])) for row in rows]


def sealed_keys(archive: Archive, some: Sequence[Sealed]) -> dict[int, bytes]:
    """The sealed data keys of these objects, by their ids."""
    rows = archive.database.connection().execute(_KEYS, (json.dumps([one.id for one in some]),)).fetchall()
    return {ident: bytes(sealed) for ident, sealed in rows}


def of_case(archive: Archive, case_id: int) -> list[Sealed]:
    """The objects of all records of a case."""
    return list(sealed_objects(archive, "WHERE o.id IN (SELECT object_id FROM component JOIN record ON record.id = record_id WHERE case_id = ?)",
                               (case_id,)))


def of_records(archive: Archive, records: Sequence[int]) -> list[Sealed]:
    """The objects of these records."""
    marks = ", ".join("?" * len(records))
    return list(sealed_objects(archive, f"WHERE o.id IN (SELECT object_id FROM component WHERE record_id IN ({marks}))", list(records)))


def follow_label(archive: Archive, objects: Sequence[Sealed], reason: str, progress: Progress) -> dict[str, int]:
    """Seal data keys to the compartments that a new label asks for, and take back the grants that no longer fit; inside an act.

    Only public keys are needed, so whoever may label may do it. What a lower label no longer asks for stays until a leader, who
    holds the private halves, takes it off (`Keyroom.reseal`). Returns how many keys were sealed anew, grants taken back, keys left.
    """
    publics = {row.name: bytes(row.public) for row in Compartment.select()}
    todo = [one for one in objects if one.missing]
    progress.begin(len(todo), "keys")
    connection = archive.database.connection()
    for start in range(0, len(todo), AT_ONCE):
        changed, some = [], todo[start:start + AT_ONCE]
        keys = sealed_keys(archive, some)
        for one in some:
            sealed = keys[one.id]
            for name in one.missing:
                sealed = raise_data_key(sealed, publics[name], one.object_id)
            changed.append((" ".join((*one.have, *one.missing)), sealed, one.id))
            progress.step()
        connection.executemany("UPDATE stored_object SET compartments = ?, sealed_key = ? WHERE id = ?", changed)
        if start + AT_ONCE < len(todo):
            archive.door.break_entry({}, {"keys_sealed": len(changed)})
    revoked = revoke_unfit(archive, _live_grants_on(archive, [one.id for one in objects]), reason)
    told = {"keys_sealed": len(todo), "grants_revoked": revoked, "keys_stricter": sum(one.stricter for one in objects)}
    return {name: count for name, count in told.items() if count}


def revoke_unfit(archive: Archive, grants: Sequence[Grant], reason: str) -> int:
    """Take back each of these grants that covers something its holder may not know of any more; inside an act."""
    now, revoked = stamp(archive.clock.now()), 0
    for grant in grants:
        clearance = Person.get_by_id(grant.grantee_id).clearance
        asked = [item.component_id for item in RequestItem.select(RequestItem.component).where(RequestItem.request == grant.request_id)]
        if narrowing.components(clearance).where(Component.id << asked).count() == len(asked):
            continue
        Grant.update(revoked_at=now, revoked_by=archive.person.id, revoke_reason=reason.strip()).where(Grant.id == grant.id).execute()
        GrantKey.delete().where(GrantKey.grant == grant.id).execute()
        revoked += 1
    return revoked


def live_grants_of(archive: Archive, person_id: int) -> list[Grant]:
    """What somebody may still use."""
    return list(Grant.select().where((Grant.grantee == person_id) & _living(archive)))


def _live_grants_on(archive: Archive, objects: Sequence[int]) -> list[Grant]:
    found: dict[int, Grant] = {}
    for start in range(0, len(objects), AT_ONCE):
        some = objects[start:start + AT_ONCE]
        for grant in Grant.select().join(GrantKey).where(GrantKey.object.in_(some) & _living(archive)).distinct():
            found[grant.id] = grant
    return list(found.values())


def _living(archive: Archive) -> Any:
    """Neither taken back nor run out: what ended by itself is not taken back in hindsight."""
    return Grant.revoked_at.is_null() & (Grant.until > stamp(archive.clock.now()))
