"""Coming back with the recovery sheet: a new desk key, a new password, and the compartments sealed anew to a leader."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop import header
from desktop.acts import Service, act
from desktop.archive import Archive
from desktop.clock import Clock, SystemClock, stamp
from desktop.database import open_database
from desktop.errors import Refusal, on_failure
from desktop.header import note_files
from desktop.opening import TRAINING_PASSPHRASE, desk_id, renewed_desk
from desktop.paths import ArchivePaths
from desktop.people import SHORTEST_PASSWORD, compartment_info, entrust_compartments
from desktop.rekeying import settled_key
from desktop.schema_history import bring_up_to_date
from desktop.signatures import give_up_key
from desktop.vault.desk import DeskKeys, How, add_database_key, save_desk
from desktop.vault.keys import CompartmentKeys, PersonKeys, probe_keyring
from desktop.vault.recovery import RECOVERY_FILE, RecoveryKeys, open_recovery
from models.base import Fact
from models.people import Compartment, CompartmentKey, Desk, Person


@dataclass(frozen=True)
class Recovered:
    """The archive, open at its new desk, and which compartments the person holds again."""

    archive: Archive
    desk: str
    compartments: tuple[str, ...]


class Recovery(Service):
    """One act, done by nobody who is signed in, in the presence of two people with accounts."""

    @act("recovery.recover", signed_in=False, check="_check")
    def recover(self, keys: RecoveryKeys, desk_public: bytes, name: str, password: str, witnesses: Sequence[str]) -> tuple[str, ...]:
        """Register the new desk; give `name` new keys under a new password, and a leader the compartments within their clearance.

        Raises `Refusal`: recovery.words_wrong (another archive's sheet), recovery.two_persons, people.unknown, password.weak.
        """
        now = stamp(self.archive.clock.now())
        Desk.create(name=self.archive.desk_name, ed25519_public=desk_public, created_at=now)
        note_files(self.archive.paths)
        person = Person.get(Person.name == name)
        give_up_key(person, now)
        fresh = PersonKeys.make()
        public = fresh.public()
        Person.update(hpke_public=public.hpke, ed25519_public=public.ed25519, locked_keys=fresh.lock(password), failed_attempts=0,
                      locked_until=None, must_change=False).where(Person.id == person.id).execute()
        CompartmentKey.delete().where(CompartmentKey.person == person.id).execute()
        held: tuple[str, ...] = ()
        if person.role == "leader":
            entrust_compartments(Person.get_by_id(person.id), _compartments(keys))
            found = CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person == person.id)
            held = tuple(row.compartment.name for row in found)
        self._about(person=person.id)
        self._note(name=name, desk=self.archive.desk_name, witnesses=list(witnesses), compartments=list(held))
        return held

    def _check(self, keys: RecoveryKeys, desk_public: bytes, name: str, password: str, witnesses: Sequence[str]) -> None:
        if len(password) < SHORTEST_PASSWORD:
            raise Refusal("password.weak", shortest=SHORTEST_PASSWORD)
        if Fact.get(Fact.name == "recovery_public").value != keys.public.hex():
            raise Refusal("recovery.words_wrong")
        if len(set(witnesses)) < 2:
            raise Refusal("recovery.two_persons")
        for known in (name, *witnesses):
            if Person.get_or_none((Person.name == known) & (Person.active == True)) is None:  # noqa: E712 - SQL
                raise Refusal("people.unknown", name=known)


def recover(root: Path, words: Sequence[str] | str, name: str, password: str, witnesses: Sequence[str], *,
            passphrase: str | None = None, clock: Clock | None = None) -> Recovered:
    """Open an archive by its recovery sheet and make this machine one of its desks.

    The key of the desk goes to the keyring, or under `passphrase`. Nothing is changed where it refuses: recovery.words_wrong,
    recovery.file_damaged, recovery.two_persons, people.unknown, password.weak, desk.keyring_missing, and what opening refuses.
    """
    paths = ArchivePaths(root)
    head = header.read_header(paths)
    keys = _open_sheet(paths, words)
    if keys.database_key is None:
        raise Refusal("recovery.file_damaged", file=RECOVERY_FILE)
    if head.training:
        passphrase = TRAINING_PASSPHRASE
    if passphrase is None and not probe_keyring():
        raise Refusal("desk.keyring_missing")
    database_key = settled_key(paths.database, keys.database_keys)
    database = open_database(paths.database, database_key)
    desk_name, desk_file = _free_desk(paths)
    desk = DeskKeys(f"{head.archive_id}/{desk_name}", database_key, os.urandom(32))
    how: How = "keyring" if passphrase is None else "passphrase"
    archive = Archive(paths, head, database, desk_name, desk, clock or SystemClock())
    bring_up_to_date(archive)

    def write() -> None:
        save_desk(desk_file, desk, how, passphrase)
        if database_key != keys.database_key:  # another desk has the database open: it takes its newer key later
            add_database_key(desk_file, desk, keys.database_keys[0])

    held = _with_desk_file(write, desk_file,
                           lambda: Recovery(archive).recover(keys, desk.public(), name, password, witnesses), archive)
    return Recovered(archive, desk_name, held)


def _open_sheet(paths: ArchivePaths, words: Sequence[str] | str) -> RecoveryKeys:
    """The keys of a sheet, whichever of the recovery files it belongs to; that it is the one in force is asked of the database."""
    refused: Refusal | None = None
    for path in sorted(paths.keys.glob("recovery*.json")):
        try:
            return open_recovery(path, words)
        except Refusal as no:
            if no.code not in ("recovery.words_wrong", "recovery.file_damaged"):
                raise
            refused = no if refused is None or refused.code == "recovery.file_damaged" else refused
    raise refused or Refusal("recovery.file_damaged", file=RECOVERY_FILE)


def _with_desk_file(write: Callable[[], None], path: Path, then: Callable[[], tuple[str, ...]], archive: Archive) -> tuple[str, ...]:
    """The file first, its row second; without the row the file goes again."""
    with on_failure(lambda: path.unlink(missing_ok=True)), on_failure(archive.close):
        write()
        return then()


def _free_desk(paths: ArchivePaths) -> tuple[str, Path]:
    """A name that no desk has had: earlier checkpoints keep being checked by the earlier desk's key."""
    taken = {desk.name for desk in Desk.select(Desk.name)}
    name, number = desk_id(), 1
    while name in taken or (paths.keys / f"desk-{name}.json").exists():
        number += 1
        name = renewed_desk(desk_id(), number)
    return name, paths.keys / f"desk-{name}.json"


def _compartments(keys: RecoveryKeys) -> dict[str, CompartmentKeys]:
    found = CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person.is_null())
    return {row.compartment.name: CompartmentKeys.from_bytes(keys.open(row.sealed, compartment_info(row.compartment.name))) for row in found}
