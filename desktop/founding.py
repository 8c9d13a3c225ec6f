"""Founding an archive: made whole in a hidden folder of its own place, and moved into place when its recovery sheet is proven."""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.archive import Archive
from desktop.clock import Clock, SystemClock
from desktop.database import create_database
from desktop.errors import Refusal
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

STAGING = ".founding"
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
    """An archive made and closed, not in its place yet: `finish` puts it there, `discard` leaves nothing of it."""

    plan: Plan
    sheets: list[Sheet] = field(repr=False)
    _staged: _Staging = field(repr=False)
    _head: Header = field(repr=False)
    desk_name: str
    _keys: DeskKeys = field(repr=False)

    @property
    def words(self) -> list[str]:
        """The words of the only sheet, or of the first."""
        return self.sheets[0].words

    def finish(self) -> None:
        """Move everything into place, the header last: only with it the folder is an archive."""
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
    clear_leftovers(plan.root)
    if plan.root.exists() and (not plan.root.is_dir() or any(plan.root.iterdir())):
        raise Refusal("archive.exists", path=str(plan.root))
    if plan.passphrase is None and not plan.training and not probe_keyring():
        raise Refusal("desk.keyring_missing")
    staged = _Staging(plan.root)  # outside: where another founding got here first, what lies there is not ours to remove
    try:
        return _prepare(plan, staged, clock or SystemClock())
    except BaseException:  # a weak first password, a full disk: the folder is empty again, so that one can simply begin anew
        staged.remove()
        raise


def missing_roles(people: list[Newcomer]) -> list[str]:
    """The titles of the roles that an archive cannot be without and that nobody fills."""
    return [roles()[name].title for name in NEEDED if name not in {person.role for person in people}]


def clear_leftovers(root: Path) -> bool:
    """Remove what a founding left that was killed in this folder; True where there was something. Raises founding.under_way."""
    place = root / STAGING
    if not place.is_dir() or place.is_symlink():
        return False
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
        self._moved: list[str] = []
        self._made = [one for one in (root, *root.parents) if not one.exists()]
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.place.mkdir(mode=0o700)
        except FileExistsError as e:
            raise Refusal("founding.under_way", path=str(root)) from e
        except OSError as e:
            raise Refusal("archive.unreadable", path=str(root), detail=type(e).__name__) from e
        self._busy = _seize(self.place)
        self.paths = ArchivePaths(self.place)
        self.paths.keys.mkdir(mode=0o700)
        self.paths.vault.mkdir(mode=0o700)

    def move_up(self) -> None:
        """Each part into its place, the header last. Raises `Refusal` archive.exists where something else has come meanwhile."""
        if os.listdir(self.root) != [STAGING]:
            raise Refusal("archive.exists", path=str(self.root))
        for name in (*_PARTS, "lantai.toml"):
            flush_folder(self.root)
            self._moved.append(name)
            os.rename(self.place / name, self.root / name)
        flush_folder(self.root)
        self._let_go()

    def remove(self) -> None:
        """Everything away, and the folders that were not there before."""
        for keys in (self.paths.keys, *[self.root / name for name in self._moved if name == "keys"]):
            _forget(keys)
        for name in reversed(self._moved):
            _remove(self.root / name)
        self._let_go()
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
    try:
        archive = Archive(paths, head, database, desk_name, keys, clock)
        LedgerLeaf.insert(id=1, leaf=None, hash=Frontier.empty().to_bytes()).execute()  # the ledger, with nothing in it
        archive.people.found(plan.people, recovery.public, plan.facts, plan.one_time)
    except BaseException:
        database.close()
        raise
    archive.close()
    return Prepared(replace(plan, people=[]), sheets_of(plan.name, recovery, clock.now()), staged, head, desk_name, keys)


def _seize(place: Path) -> int | None:
    """The lock of a founding. Raises `Refusal` founding.under_way where a living program holds it."""
    if fcntl is None:
        return None
    held = os.open(place / _BUSY, os.O_RDWR | os.O_CREAT, 0o600)
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


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        for one in (path, *path.parent.glob(f"{path.name}-*")):
            one.unlink(missing_ok=True)
