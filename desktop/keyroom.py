"""密钥: data keys sealed anew, compartments given new pairs when somebody who held them leaves, and the recovery sheet renewed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.header import note_files
from desktop.jobs import Progress
from desktop.rekeying import FACT as DATABASE_KEY
from desktop.rekeying import mark_of
from desktop.resealing import AT_ONCE, Sealed, sealed_keys, sealed_objects, sealings
from desktop.roles import roles
from desktop.rotation import due, settle
from desktop.vault.desk import add_database_key
from desktop.vault.keys import CompartmentKeys, open_data_key, seal, seal_data_key
from models.base import Fact
from models.people import Compartment, CompartmentKey, Person

if TYPE_CHECKING:
    from desktop.archive import Archive
    from desktop.renewal import NewSheet


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
    def reseal(self, password: str, progress: Progress) -> dict[str, CompartmentKeys]:
        """Seal every data key to what its label asks now, and give each compartment that wants it a new pair.

        Returns the new pairs, for the session. What this leader does not hold waits for one who does. Raises `Refusal`: password.wrong,
        keys.nothing_waits.
        """
        rotated, held = self._rotated(name for name, _ in due()), set(self.archive.person.compartments)
        objects = [one for one in sealed_objects(self.archive)
                   if set(one.have) <= held and (one.missing or one.stricter or set(one.have) & set(rotated))]
        if not rotated and not objects:
            raise Refusal("keys.nothing_waits")
        self._new_pairs(rotated, _recovery_public())
        self._seal(objects, rotated, progress)
        settle(rotated)
        self._note(compartments=sorted(rotated), keys_sealed=len(objects))
        return rotated

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
        self._new_pairs(rotated, sheet.public)
        self._seal(list(sealed_objects(self.archive)), rotated, progress)
        settle(names)
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
    def _confirm(self, password: str, progress: Progress) -> None:
        self.archive.people.confirm(password)

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

    def _rotated(self, names: Iterable[str]) -> dict[str, CompartmentKeys]:
        """New pairs for those that this leader holds and of which every data key can be sealed anew."""
        held = self.archive.person.compartments
        wanted = {name for name in names if name in held}
        for one, _count in sealings(self.archive):
            if wanted and not set(one.have) <= set(held):
                wanted -= set(one.have)
        return {name: CompartmentKeys.make() for name in wanted}

    def _new_pairs(self, rotated: dict[str, CompartmentKeys], recovery_public: bytes) -> None:
        """The public halves, and the private ones sealed to everybody who holds them, and to the recovery pair."""
        from desktop.people import compartment_info

        persons = {person.id: bytes(person.hpke_public) for person in Person.select()}
        for row in Compartment.select().where(Compartment.name << list(rotated)):
            keys = rotated[row.name]
            Compartment.update(public=keys.public).where(Compartment.id == row.id).execute()
            for held in CompartmentKey.select().where(CompartmentKey.compartment == row.id):
                to = recovery_public if held.person_id is None else persons[held.person_id]
                CompartmentKey.update(sealed=seal(to, keys.to_bytes(), compartment_info(row.name))).where(CompartmentKey.id == held.id).execute()

    def _seal(self, objects: Sequence[Sealed], rotated: dict[str, CompartmentKeys], progress: Progress) -> None:
        """Every data key opened with the halves of before and sealed to what its label asks, as it is written down in FORMAT.md §3."""
        held = self.archive.person.compartments
        publics = {row.name: bytes(row.public) for row in Compartment.select()}
        mine = [one for one in objects if set(one.have) <= set(held)]
        self._sealed_count = len(mine)
        progress.begin(len(mine), "keys")
        connection = self.archive.database.connection()
        for start in range(0, len(mine), AT_ONCE):
            changed, some = [], mine[start:start + AT_ONCE]
            keys = sealed_keys(self.archive, some)
            for one in some:
                data_key = open_data_key(keys[one.id], [held[name] for name in one.have], one.object_id)
                sealed = seal_data_key(data_key, [publics[name] for name in one.want], one.object_id)
                changed.append((" ".join(one.want), sealed, one.id))
                progress.step()
            connection.executemany("UPDATE stored_object SET compartments = ?, sealed_key = ? WHERE id = ?", changed)
            if start + AT_ONCE < len(mine):
                self._break(subject={}, keys_sealed=len(changed))


def reseal(archive: Archive, password: str, progress: Progress) -> KeyStanding:
    """`Keyroom.reseal`, and the new pairs into the session of who did it; what still waits afterwards."""
    rotated = archive.keyroom.reseal(password, progress)
    archive.person.compartments.update(rotated)
    return archive.keyroom.standing()


def _recovery_public() -> bytes:
    return bytes.fromhex(Fact.get(Fact.name == "recovery_public").value)


def _set_fact(name: str, value: str) -> None:
    if Fact.select().where(Fact.name == name).exists():
        Fact.update(value=value).where(Fact.name == name).execute()
    else:
        Fact.create(name=name, value=value)


