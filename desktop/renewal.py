"""A new recovery sheet from its making to the end of the old one: prepared and proven first, then put in force, then the old one void."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import Refusal, on_failure
from desktop.jobs import Progress
from desktop.recovery_paper import Sheet, sheets_of
from desktop.rekeying import FACT as DATABASE_KEY
from desktop.rekeying import mark_of
from desktop.vault.desk import drop_database_key
from desktop.vault.recovery import RECOVERY_FILE, NewRecovery, make_recovery
from models.base import Fact

if TYPE_CHECKING:
    from desktop.archive import Archive

# What `write_key_file` leaves of a file that it did not finish.
_TEMPORARY = re.compile(r"\.(recovery|desk)-?.*\.json\.[0-9a-f]{8}")


@dataclass
class NewSheet:
    """A recovery pair that is not in force yet, in memory only: its sheets, where its file will lie, the key that the database will take."""

    file: Path
    recovery: NewRecovery = field(repr=False)
    sheets: list[Sheet] = field(repr=False)
    database_key: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return self.recovery.public

    def put_in_place(self) -> None:
        """Write the file; inside the act that puts it in force."""
        self.recovery.write(self.file)


def prepare_sheet(archive: Archive, shared: bool = False) -> NewSheet:
    """Make a recovery pair and its sheets; nothing is in force, nothing is written. Raises `Refusal` archive.read_only."""
    if archive.database.read_only or archive.desk.database_key is None:
        raise Refusal("archive.read_only")
    new = secrets.token_bytes(32)
    recovery = make_recovery([archive.desk.database_key, new], shared)
    file = archive.paths.keys / f"recovery-{secrets.token_hex(4)}.json"
    return NewSheet(file, recovery, sheets_of(archive.name, recovery, archive.clock.now()), new)


def renew(archive: Archive, sheet: NewSheet, password: str, witness: str, witness_password: str, progress: Progress) -> list[str]:
    """Put a proven sheet in force, and end the old one: its file and the other desks' key files go. Returns what was made void."""
    with on_failure(lambda: tidy_keys(archive)):  # as before the attempt; the sheet that was proven may be put in force by another one
        rotated = archive.keyroom.renew_sheet(sheet, password, witness, witness_password, progress)
    archive.person.compartments.update({name: keys for name, keys in rotated.items() if name in archive.person.compartments})
    return tidy_keys(archive)


def tidy_keys(archive: Archive) -> list[str]:
    """Remove key files that a renewal made void, or that one left which did not come about; the names of those removed.

    Under the lock of a transaction, so that no renewal is under way meanwhile.
    """
    if archive.database.read_only:
        return []
    keys, gone = archive.paths.keys, []
    with archive.database.atomic("IMMEDIATE"):
        facts = {row.name: str(row.value) for row in Fact.select()}
        in_force = facts.get("recovery_file", RECOVERY_FILE)
        renewed = "recovery_file" in facts
        known = {name.removeprefix("file:keys/") for name in facts if name.startswith("file:keys/")}
        for path in sorted(keys.glob("*.json")):
            stray = path.name.startswith("recovery") and path.name != in_force and (keys / in_force).exists()  # never the last one
            if stray or (renewed and path.name not in known and path.name in facts.get("void_files", "").split("\n")):
                path.unlink(missing_ok=True)
                gone.append(path.name)
        for name in filter(_TEMPORARY.fullmatch, os.listdir(keys)):
            (keys / name).unlink(missing_ok=True)
        _undo_unpromised(archive, facts)
    return gone


def _undo_unpromised(archive: Archive, facts: dict[str, str]) -> None:
    """A desk's file that holds a database key which no renewal put in force is as it was before."""
    keys = archive.desk.candidates
    if len(keys) > 1 and mark_of(keys[0]) != facts.get(DATABASE_KEY, ""):
        drop_database_key(archive.paths.keys / f"desk-{archive.desk_name}.json", archive.desk)

