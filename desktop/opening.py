"""Opening an archive: by its folder, at the desk that this machine is; and founding one in a single step."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import apsw

from desktop import header
from desktop.archive import Archive
from desktop.clock import Clock, SystemClock
from desktop.database import open_database
from desktop.errors import Refusal, on_failure
from desktop.header import Header
from desktop.paths import ArchivePaths
from desktop.people import Newcomer
from desktop.rekeying import settled_key
from desktop.schema_history import bring_up_to_date
from desktop.settings import load_settings
from desktop.vault.desk import DeskKeys, open_desk

TRAINING_PASSPHRASE = "lantai-training"  # printed by `demo`: a training archive keeps no secret


def desk_id() -> str:
    """What this machine is called in the ledger."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in socket.gethostname())[:40] or "desk"


@dataclass(frozen=True)
class Founding:
    """A new archive: opened, with the words of its recovery sheet, which are shown once."""

    archive: Archive
    words: list[str] = field(repr=False)


def found(root: Path, name: str, profile: str, people: list[tuple[Newcomer, str]], *, passphrase: str | None = None, training: bool = False,
          clock: Clock | None = None, archive_id: str | None = None, desk: str | None = None) -> Founding:
    """Make an archive in an empty folder, with its first people and their passwords.

    Without `passphrase` the key goes to the keyring of the system. Raises `Refusal`: archive.exists, desk.keyring_missing.
    """
    from desktop.founding import Plan, prepare  # here, because it stands on this

    plan = Plan(root, name, profile, people, passphrase, training, archive_id or "", desk or "")
    prepared = prepare(plan, clock)
    with on_failure(prepared.discard):
        prepared.finish()
    return Founding(prepared.open(clock), prepared.words)


def open_archive(root: Path, *, passphrase: Callable[[], str] | None = None, read_only: bool = False, clock: Clock | None = None) -> Archive:
    """Open an archive at this desk and sweep what an interrupted deposit left. Raises `Refusal` with a sentence that says what to do."""
    paths = ArchivePaths(root)
    head = header.read_header(paths)
    desk_name, desk_file = _desk_file(paths)
    ask = (lambda: TRAINING_PASSPHRASE) if head.training else passphrase
    try:
        keys = open_desk(desk_file, ask)
    except Refusal as no:
        if head.training and no.code == "desk.passphrase_wrong":  # it is known: the file is another than was written
            raise Refusal("desk.file_damaged", file=desk_file.name) from no
        raise
    return open_at_desk(paths, head, desk_name, keys, read_only=read_only, clock=clock)


def open_at_desk(paths: ArchivePaths, head: Header, desk_name: str, keys: DeskKeys, *, read_only: bool = False,
                 clock: Clock | None = None) -> Archive:
    """Open an archive whose desk keys are in hand. A disk that cannot be written is opened for reading. Raises `Refusal`."""
    if keys.database_key is None:
        raise Refusal("desk.file_damaged", file=f"desk-{desk_name}.json")
    writable = os.access(paths.database, os.W_OK) and os.access(paths.root, os.W_OK)
    if len(keys.candidates) > 1:
        keys.database_key = settled_key(paths.database, keys.candidates, change=writable and not read_only)
    database = open_database(paths.database, keys.database_key, read_only or not writable)
    with on_failure(database.close), _sound(paths):
        archive = Archive(paths, head, database, desk_name, keys, clock or SystemClock())
        bring_up_to_date(archive)
        if not database.read_only and not archive.vault.is_swept():
            archive.intake.sweep()
        if not database.read_only and paths.staging.is_dir():
            from desktop.founding import clear_leftovers  # here, because it is there only where a disk failed at the last step of founding

            with suppress(Refusal):
                clear_leftovers(paths.root)
        if any(name.startswith(("recovery-", ".")) for name in os.listdir(paths.keys)):
            from desktop.renewal import tidy_keys  # here, because few archives ever had their sheet renewed

            tidy_keys(archive)
    return archive


@contextmanager
def _sound(paths: ArchivePaths) -> Iterator[None]:
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError) as e:
        raise Refusal("archive.damaged", path=paths.database.name) from e


def _desk_file(paths: ArchivePaths) -> tuple[str, Path]:
    """This desk's key file; a training archive, or one with a single desk, may be opened wherever it was carried."""
    try:
        there = {name for name in os.listdir(paths.keys) if name.startswith("desk-") and name.endswith(".json")}
    except FileNotFoundError as e:
        raise Refusal("desk.file_damaged", file=paths.keys.name) from e
    except OSError as e:
        raise Refusal("archive.unreadable", path=paths.keys.name, detail=type(e).__name__) from e
    names = [name for name in (load_settings().desk, desk_id()) if name]
    own = [n for n in (renewed_desk(name, k) for name in names for k in range(1, 100)) if f"desk-{n}.json" in there]
    if own:
        return own[-1], paths.keys / f"desk-{own[-1]}.json"
    if len(there) == 1:
        name = there.pop()
        return name.removeprefix("desk-").removesuffix(".json"), paths.keys / name
    raise Refusal("desk.unknown", desk=desk_id())


def renewed_desk(name: str, number: int) -> str:
    """What this machine is called after its key was made anew by the recovery sheet for the (number - 1)th time."""
    return name if number == 1 else f"{name}~{number}"
