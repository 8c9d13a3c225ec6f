"""密钥: data keys sealed anew, compartments given new pairs when somebody who held them leaves, and the recovery sheet renewed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from peewee import fn

from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.header import note_files
from desktop.jobs import Progress
from desktop.rekeying import FACT as DATABASE_KEY
from desktop.rekeying import mark_of
from desktop.resealing import AT_ONCE, Sealed, sealed_keys, sealed_objects, sealings
from desktop.roles import roles
from desktop.rotation import Turning, due, keep_turning, settle, turning
from desktop.vault.desk import add_database_key
from desktop.vault.keys import CompartmentKeys, open_data_key, seal, seal_data_key
from models.base import Fact
from models.holdings import StoredObject
from models.people import Compartment, CompartmentKey, Person

if TYPE_CHECKING:
    from desktop.archive import Archive, Session
    from desktop.renewal import NewSheet

_OF_THESE = "WHERE o.id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True)
class Resealing:
    """A work that began: by whom, new pairs for the session, the numbers of the objects whose keys are to be sealed anew; `turns`: among them
    all that are to follow compartments to their new pair."""

    by: Session = field(repr=False)
    rotated: dict[str, CompartmentKeys] = field(repr=False)
    waiting: list[int] = field(repr=False)
    turns: bool


@dataclass(frozen=True)
class KeyStanding:
    """What waits for a leader: `stricter` keys sealed to more than their label asks, `missing` to less; compartments that want new pairs
    with who left; `promised`: the database takes a newer key at the next start of its desk; `sheet_at`: when the sheet in force was made."""

    stricter: int
    missing: int
    due: tuple[tuple[str, str], ...]
    promised: bool
    sheet_at: str

    @property
    def waits(self) -> bool:
        return bool(self.stricter or self.missing or self.due)


class Keyroom(Service):
    """Only leaders hold the private halves of compartments, so only a leader can take a layer off or give a compartment a new pair."""

    _work: Resealing | None = None

    @reading("keys.standing")
    def standing(self) -> KeyStanding:
        """What waits."""
        stricter = missing = 0
        for one, count in sealings(self.archive):
            stricter += count * one.stricter
            missing += count * bool(one.missing)
        facts = {row.name: str(row.value) for row in Fact.select().where(Fact.name << (DATABASE_KEY, "recovery_at"))}
        promised = facts.get(DATABASE_KEY, "")
        key = self.archive.desk.database_key
        return KeyStanding(stricter, missing, due(), bool(promised and key and mark_of(key) != promised), facts.get("recovery_at", ""))

    @act("keys.reseal", check="_confirm")
    def reseal(self, password: str) -> Resealing:
        """Begin to seal every data key to what its label asks now, and give each compartment that wants it a new pair.

        The keys follow with `reseal_some`, part by part, and `end_resealing`; until then holders have both pairs, so that each object opens
        at any moment, and whoever begins again goes on where it was cut off. What this leader does not hold waits for one who does.
        Raises `Refusal`: password.wrong, keys.nothing_waits.
        """
        under_way = turning()
        rotated = self._successors() if under_way is None else {}
        under_way = turning()
        turns = under_way is not None and bool(rotated or self._turnable(under_way.names) == set(under_way.names))
        held = set(self.archive.person.compartments)
        waiting = [one.id for one in sealed_objects(self.archive)
                   if set(one.have) <= held and (one.missing or one.stricter or (turns and under_way is not None and under_way.asks(one)))]
        if not turns and not waiting:
            raise Refusal("keys.nothing_waits")
        self._note(compartments=sorted(under_way.names) if turns and under_way is not None else [], keys=len(waiting))
        self._work = Resealing(self.archive.person, rotated, waiting, turns)
        return self._work

    @act("keys.reseal_part", check="_begun")
    def reseal_some(self, work: Resealing, some: Sequence[int], progress: Progress) -> None:
        """Seal the next of these objects anew, in the order of their numbers. Raises `Refusal` keys.beyond where a label was raised meanwhile
        above what this leader holds: another goes on from there."""
        objects, held = list(sealed_objects(self.archive, _OF_THESE, (json.dumps(list(some)),))), set(self.archive.person.compartments)
        beyond = sorted({name for one in objects for name in one.have} - held)
        if beyond:
            raise Refusal("keys.beyond", names="、".join(beyond))
        self._seal(objects, progress)
        under_way = turning()
        if work.turns and under_way is not None:
            keep_turning(replace(under_way, done=some[-1]))
        self._note(keys_sealed=len(objects))

    @act("keys.reseal_part", check="_begun")
    def end_resealing(self, work: Resealing) -> dict[str, CompartmentKeys]:
        """All data keys have followed: nobody keeps the pairs of before any more. Returns the new ones, for the session."""
        under_way, held = turning(), self.archive.person.compartments
        kept = {name: held[name].alone() for name in under_way.names} if work.turns and under_way is not None else {}
        if kept:
            self._hand_out(kept, _recovery_public())
            keep_turning(None)
        self._work = None
        self._note(compartments=sorted(kept))
        return kept

    @act("keys.renew_sheet", check="_confirm_two", on_refusal="_count_witness")
    def renew_sheet(self, sheet: NewSheet, password: str, witness: str, witness_password: str, progress: Progress) -> dict[str, CompartmentKeys]:
        """Put a new recovery pair in force: all compartments get new pairs, all data keys follow, and the database takes a new key.

        The sheet has been proven before. A second person is present and types their password: another leader or one of the administrators.
        Raises `Refusal`: password.wrong, keys.witness, sign_in.wrong, sign_in.locked, keys.beyond (compartments that hold something and that
        this leader does not hold).
        """
        names = [row.name for row in Compartment.select()]
        beyond = [name for name in self._used(names) if name not in self.archive.person.compartments]
        if beyond:
            raise Refusal("keys.beyond", names="、".join(beyond))
        sheet.put_in_place()
        add_database_key(self._desk_file(), self.archive.desk, sheet.database_key)
        rotated = {name: CompartmentKeys.make() for name in names}
        self._hand_out(rotated, sheet.public)
        self._seal_all(list(sealed_objects(self.archive)), progress)
        settle(names)
        keep_turning(None)
        self._note_sheet(sheet, witness)
        self.archive.keeper.checkpoint()
        return rotated

    def _note_sheet(self, sheet: NewSheet, witness: str) -> None:
        """The facts of the pair in force; what it makes void is named in its entry."""
        void = [path.name for path in self.archive.paths.keys.glob("*.json") if path not in (sheet.file, self._desk_file())]
        now = stamp(self.archive.clock.now())
        for name, value in (("recovery_public", sheet.public.hex()), ("recovery_file", sheet.file.name), ("recovery_at", now),
                            (DATABASE_KEY, mark_of(sheet.database_key)), ("void_files", "\n".join(sorted(void)))):
            _set_fact(name, value)
        note_files(self.archive.paths, without=void)
        self._note(sheets=len(sheet.sheets), code=sheet.sheets[0].code, witness=witness, void=sorted(void), keys_sealed=self._sealed_count)

    # What the door asks before the transaction
    def _confirm(self, password: str) -> None:
        self.archive.people.confirm(password)

    def _begun(self, work: Resealing, *_rest: object) -> None:
        """The password was asked for when it began."""
        if work is not self._work or work.by is not self.archive.person:
            raise Refusal("keys.nothing_waits")

    def _confirm_two(self, sheet: NewSheet, password: str, witness: str, witness_password: str, progress: Progress) -> None:
        self.archive.people.confirm(password)
        person = Person.get_or_none((Person.name == witness) & (Person.active == True))  # noqa: E712 - SQL
        able = person is not None and person.id != self.archive.person.id and (person.role == "leader" or roles()[person.role].administrator)
        if not able:
            raise Refusal("keys.witness")
        self.archive.people._check_password(witness, witness_password)
        self.archive.people._unlocked.pop(witness, None)

    def _count_witness(self, refusal: Refusal, sheet: NewSheet, password: str, witness: str, witness_password: str, progress: Progress) -> None:
        if refusal.code == "sign_in.wrong":
            self.archive.people._count_failure(refusal, witness, witness_password)

    # The work
    def _desk_file(self) -> Path:
        return self.archive.paths.keys / f"desk-{self.archive.desk_name}.json"

    def _used(self, names: Iterable[str]) -> list[str]:
        held: set[str] = set()
        for one, _count in sealings(self.archive):
            held.update(one.have)
        return [name for name in names if name in held]

    def _turnable(self, names: Iterable[str]) -> set[str]:
        """Those that this leader holds as they are now and of which every data key can be sealed anew."""
        held = self.archive.person.compartments
        publics = {row.name: bytes(row.public) for row in Compartment.select()}
        wanted = {name for name in names if name in held and held[name].public == publics[name]}
        for one, _count in sealings(self.archive):
            if wanted and not set(one.have) <= set(held):
                wanted -= set(one.have)
        return wanted

    def _successors(self) -> dict[str, CompartmentKeys]:
        """New pairs, beside those of before, for the compartments that want them."""
        left, held = dict(due()), self.archive.person.compartments
        rotated = {name: held[name].successor() for name in self._turnable(left)}
        if rotated:
            self._hand_out(rotated, _recovery_public())
            settle(rotated)
            last = StoredObject.select(fn.MAX(StoredObject.id)).scalar() or 0
            keep_turning(Turning({name: left[name] for name in rotated}, last))
        return rotated

    def _hand_out(self, rotated: dict[str, CompartmentKeys], recovery_public: bytes) -> None:
        """The public halves, and the private ones sealed to everybody who holds them, and to the recovery pair."""
        from desktop.people import compartment_info

        persons = {person.id: bytes(person.hpke_public) for person in Person.select()}
        for row in Compartment.select().where(Compartment.name << list(rotated)):
            keys = rotated[row.name]
            Compartment.update(public=keys.public).where(Compartment.id == row.id).execute()
            for held in CompartmentKey.select().where(CompartmentKey.compartment == row.id):
                to = recovery_public if held.person_id is None else persons[held.person_id]
                CompartmentKey.update(sealed=seal(to, keys.to_bytes(), compartment_info(row.name))).where(CompartmentKey.id == held.id).execute()

    def _seal_all(self, objects: Sequence[Sealed], progress: Progress) -> None:
        """All that this leader holds, in one transaction."""
        mine = [one for one in objects if set(one.have) <= set(self.archive.person.compartments)]
        self._sealed_count = len(mine)
        progress.begin(len(mine), "keys")
        for start in range(0, len(mine), AT_ONCE):
            some = mine[start:start + AT_ONCE]
            self._seal(some, progress)
            if start + AT_ONCE < len(mine):
                self._break(subject={}, keys_sealed=len(some))

    def _seal(self, some: Sequence[Sealed], progress: Progress) -> None:
        """Every data key opened with the halves that this leader holds and sealed to what its label asks, as it is written down in FORMAT.md §3."""
        held, changed = self.archive.person.compartments, []
        publics = {row.name: bytes(row.public) for row in Compartment.select()}
        keys = sealed_keys(self.archive, some)
        for one in some:
            data_key = open_data_key(keys[one.id], [held[name] for name in one.have], one.object_id)
            sealed = seal_data_key(data_key, [publics[name] for name in one.want], one.object_id)
            changed.append((" ".join(one.want), sealed, one.id))
            progress.step()
        self.archive.database.connection().executemany("UPDATE stored_object SET compartments = ?, sealed_key = ? WHERE id = ?", changed)


def reseal(archive: Archive, password: str, progress: Progress) -> KeyStanding:
    """Seal anew what waits, in transactions of `AT_ONCE` keys; the new pairs go into the session of who does it. What still waits afterwards.

    Cut off at any moment, each object is under the old pair or the new one and opens; the next call goes on.
    """
    room, held = archive.keyroom, archive.person.compartments
    work = room.reseal(password)
    held.update(work.rotated)
    progress.begin(len(work.waiting), "keys")
    for start in range(0, len(work.waiting), AT_ONCE):
        room.reseal_some(work, work.waiting[start:start + AT_ONCE], progress)
    held.update(room.end_resealing(work))
    return room.standing()


def _recovery_public() -> bytes:
    return bytes.fromhex(Fact.get(Fact.name == "recovery_public").value)


def _set_fact(name: str, value: str) -> None:
    if Fact.select().where(Fact.name == name).exists():
        Fact.update(value=value).where(Fact.name == name).execute()
    else:
        Fact.create(name=name, value=value)


