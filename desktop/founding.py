"""Founding an archive: made whole in a hidden folder of its own place, and moved into place when its recovery sheet is proven."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import apsw

from desktop.archive import Archive
from desktop.clock import Clock, SystemClock
from desktop.database import create_database
from desktop.errors import Refusal, on_failure
from desktop.header import Header
from desktop.ledger.tree import Frontier
from desktop.opening import TRAINING_PASSPHRASE, desk_id, open_at_desk
from desktop.paths import ArchivePaths
from desktop.people import Newcomer
from desktop.policy.profile import asks_province, profile
from desktop.recovery_paper import Sheet, sheets_of
from desktop.roles import roles
from desktop.vault.desk import DeskKeys, create_desk, forget_desk, probe_keyring
from desktop.vault.recovery import RECOVERY_FILE, make_recovery
from desktop.vault.wrapping import flush_folder, least_kdf
from models.ledger import LedgerLeaf

try:
    import fcntl
except ImportError:  # Windows: a folder there is renamed or removed only when nobody holds a file of it
    fcntl = None  # type: ignore[assignment]

STAGING = ArchivePaths(Path()).staging.name
NEEDED = ("leader", "sysadmin", "secadmin", "auditor")
"""Without these nobody could approve, make accounts, clear people, or read the ledger."""
_PARTS = ("keys", "vault", "archive.db")
_BUSY = "busy"


@dataclass(frozen=True)
class Plan:
    """What is to be founded. `people` come with their first passwords; with `one_time` each must change theirs at the first sign-in.

    `passphrase` locks the desk; without one its key goes to the keyring of the system. `shared`: three recovery sheets, any two of which open.
    """

    root: Path
    name: str
    profile: str
    people: list[tuple[Newcomer, str]] = field(repr=False)
    passphrase: str | None = field(default=None, repr=False)
    training: bool = False
    archive_id: str = ""
    desk: str = ""
    agency: str = ""
    province: str = ""
    one_time: bool = False
    shared: bool = False

    @property
    def facts(self) -> dict[str, str]:
        """What the archive keeps of its founding beside its header."""
        return {name: value.strip() for name, value in (("agency", self.agency), ("province", self.province)) if value.strip()}


@dataclass
class Prepared:
    """An archive made and closed, not in its place yet: `finish` puts it there, `discard` leaves nothing of it.

    `cleared`: an earlier founding had been cut off here, and what it left was removed.
    """

    plan: Plan
    sheets: list[Sheet] = field(repr=False)
    _staged: _Staging = field(repr=False)
    _head: Header = field(repr=False)
    desk_name: str
    _keys: DeskKeys = field(repr=False)
    cleared: bool = False

    @property
    def words(self) -> list[str]:
        """The words of the only sheet, or of the first."""
        return self.sheets[0].words

    def finish(self) -> None:
        """Move everything into place, the header last: only with it the folder is an archive. Raises `Refusal`: archive.exists, archive.full,
        archive.disk, archive.read_only, archive.unreadable."""
        with _in_words(self.plan.root):
            self._staged.move_up()

    def discard(self) -> None:
        """Take everything away again, also from the keyring; the folder is as it was."""
        self._staged.remove()

    def open(self, clock: Clock | None = None) -> Archive:
        """The archive in its place, open, without asking for the passphrase again."""
        return open_at_desk(ArchivePaths(self.plan.root), self._head, self.desk_name, self._keys, clock=clock)


def prepare(plan: Plan, clock: Clock | None = None) -> Prepared:
    """Make the archive, hidden. What an earlier founding left that was killed here is cleared away first.

    Raises `Refusal`: archive.exists, archive.unreadable, desk.keyring_missing, founding.under_way, founding.province_missing,
    init.roles_missing, password.weak, people.*, profile.unknown; the folder is then as it was.
    """
    profile(plan.profile)
    if asks_province(plan.profile) and not plan.province.strip() and plan.one_time:
        raise Refusal("founding.province_missing")
    cleared = clear_leftovers(plan.root)
    if plan.root.exists() and (not plan.root.is_dir() or any(plan.root.iterdir())):
        raise Refusal("archive.exists", path=str(plan.root))
    if plan.passphrase is None and not plan.training and not probe_keyring():
        raise Refusal("desk.keyring_missing")
    staged = _Staging(plan.root)  # outside: where another founding got here first, what lies there is not ours to remove
    # A weak first password, a full disk: the folder is empty again, so that one can simply begin anew.
    with on_failure(staged.remove), _in_words(plan.root):
        return replace(_prepare(plan, staged, clock or SystemClock()), cleared=cleared)


def missing_roles(people: list[Newcomer]) -> list[str]:
    """The titles of the roles that an archive cannot be without and that nobody fills."""
    return [roles()[name].title for name in NEEDED if name not in {person.role for person in people}]


def clear_leftovers(root: Path) -> bool:
    """Remove what a founding left that was cut off in this folder; True where there was something. Raises founding.under_way, archive.*."""
    place = root / STAGING
    if not place.is_dir() or place.is_symlink():
        return False
    with _in_words(root):
        busy = _seize(place)
        try:
            if not (root / "lantai.toml").exists():
                _forget(place / "keys")
                _forget(root / "keys")
                for name in _PARTS:
                    _remove(root / name)
            shutil.rmtree(place)
        finally:
            _release(busy)
    return True


class _Staging:
    """The hidden folder in which an archive is made; held by a lock, so that nobody takes what is being made for a leftover."""

    def __init__(self, root: Path) -> None:
        self.root, self.place = root, root / STAGING
        self.paths = ArchivePaths(self.place)
        self._busy: int | None = None
        self._moved: list[str] = []
        with _in_words(root):
            self._made = [one for one in (root, *root.parents) if not one.exists()]
            with on_failure(self._leave_folders):
                root.mkdir(parents=True, exist_ok=True, mode=0o700)
                try:
                    self.place.mkdir(mode=0o700)
                except FileExistsError as e:
                    raise Refusal("founding.under_way", path=str(root)) from e
                with on_failure(self._let_go):
                    self._busy = _seize(self.place)
                    self.paths.keys.mkdir(mode=0o700)
                    self.paths.vault.mkdir(mode=0o700)

    def move_up(self) -> None:
        """Each part into its place, the header last. Raises `Refusal` archive.exists where something else has come meanwhile."""
        if os.listdir(self.root) != [STAGING]:
            raise Refusal("archive.exists", path=str(self.root))
        for name in (*_PARTS, "lantai.toml"):
            flush_folder(self.root)
            os.rename(self.place / name, self.root / name)
            self._moved.append(name)
        flush_folder(self.root)
        self._let_go()

    def remove(self) -> None:
        """Everything away, and the folders that were not there before. What a failing disk does not let go, the next founding clears away."""
        for keys in (self.paths.keys, *[self.root / name for name in self._moved if name == "keys"]):
            _forget(keys)
        left = [name for name in reversed(self._moved) if not _removed(self.root / name)]
        if left:
            _release(self._busy)  # its hidden folder stays, as the sign that what lies beside it is none's
        else:
            self._let_go()
        self._leave_folders()

    def _leave_folders(self) -> None:
        for folder in self._made:
            with suppress(OSError):
                folder.rmdir()

    def _let_go(self) -> None:
        shutil.rmtree(self.place, ignore_errors=True)
        _release(self._busy)
        self._busy = None


def _prepare(plan: Plan, staged: _Staging, clock: Clock) -> Prepared:
    head = Header(plan.archive_id or secrets.token_hex(8), plan.name, plan.profile, plan.training)
    desk_name, paths = plan.desk or desk_id(), staged.paths
    head.write(paths)
    secret = TRAINING_PASSPHRASE if plan.training else plan.passphrase
    database_key = secrets.token_bytes(32)
    keys = create_desk(paths.keys / f"desk-{desk_name}.json", f"{head.archive_id}/{desk_name}", database_key,
                       how="passphrase" if secret is not None else "keyring", passphrase=secret, kdf=least_kdf() if plan.training else None)
    recovery = make_recovery([database_key], plan.shared)
    recovery.write(paths.keys / RECOVERY_FILE)
    database = create_database(paths.database, database_key)
    with on_failure(database.close):
        archive = Archive(paths, head, database, desk_name, keys, clock)
        LedgerLeaf.insert(id=1, leaf=None, hash=Frontier.empty().to_bytes()).execute()  # the ledger, with nothing in it
        archive.people.found(plan.people, recovery.public, plan.facts, plan.one_time)
    archive.close()
    return Prepared(replace(plan, people=[]), sheets_of(plan.name, recovery, clock.now()), staged, head, desk_name, keys)


def _seize(place: Path) -> int | None:
    """The lock of a founding. Raises `Refusal` founding.under_way where a living program holds it."""
    if fcntl is None:
        return None
    try:
        held = os.open(place / _BUSY, os.O_RDWR | os.O_CREAT, 0o600)
    except FileNotFoundError as e:  # another founding took it for a leftover in the moment between
        raise Refusal("founding.under_way", path=str(place.parent)) from e
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as e:
        os.close(held)
        raise Refusal("founding.under_way", path=str(place.parent)) from e
    return held


def _release(held: int | None) -> None:
    if held is not None:
        os.close(held)


def _forget(keys: Path) -> None:
    for path in keys.glob("desk-*.json"):
        forget_desk(path)


@contextmanager
def _in_words(root: Path) -> Iterator[None]:
    """What the disk says, as a refusal that says what to do."""
    try:
        yield
    except (OSError, apsw.FullError, apsw.IOError, apsw.CantOpenError) as e:
        number = e.errno if isinstance(e, OSError) else None
        if number in (errno.ENOSPC, errno.EDQUOT) or isinstance(e, apsw.FullError):
            raise Refusal("archive.full") from e
        if number == errno.EROFS:
            raise Refusal("archive.read_only") from e
        if number == errno.EIO or isinstance(e, apsw.IOError):
            raise Refusal("archive.disk") from e
        raise Refusal("archive.unreadable", path=str(root), detail=type(e).__name__) from e


def _removed(path: Path) -> bool:
    with suppress(OSError):
        _remove(path)
    return not os.path.lexists(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        for one in (path, *path.parent.glob(f"{path.name}-*")):
            one.unlink(missing_ok=True)
