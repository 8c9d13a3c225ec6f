"""The keys of one desk: in a wrapped file, whose key is in the operating system's keyring or in a passphrase."""

from __future__ import annotations

import base64
import contextlib
import functools
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.errors import Refusal
from desktop.vault.wrapping import (
    WrongKey,
    fresh_kdf,
    key_from_password,
    key_from_seed,
    read_key_file,
    refuse_existing,
    unwrap,
    wrap,
    write_key_file,
)

DESK_FORM = "lantai/desk/1"
_FURTHER = f"{DESK_FORM}/database"
SERVICE = "lantai"
KEYRING_SECONDS = 5.0
_KEY = 32

How = Literal["keyring", "passphrase"]


class DeskKeys:
    """The database key (32 bytes; None where the database keeps itself) and the Ed25519 key of one desk."""

    __slots__ = ("_ed25519", "_seed", "candidates", "database_key", "desk_id")

    def __init__(self, desk_id: str, database_key: bytes | None, seed: bytes, earlier: tuple[bytes, ...] = ()) -> None:
        self.candidates = tuple(key for key in (database_key, *earlier) if key is not None)
        if any(len(key) != _KEY for key in self.candidates):
            raise ValueError("a database key has 32 bytes")
        self.desk_id = desk_id
        self.database_key = database_key  # of `candidates`, the newest first, the one under which the database stands
        self._seed = seed
        self._ed25519 = Ed25519PrivateKey.from_private_bytes(seed)

    def public(self) -> bytes:
        """The public half of the desk key, 32 bytes."""
        return self._ed25519.public_key().public_bytes_raw()

    @property
    def signing_key(self) -> Ed25519PrivateKey:
        """The private half, for the signed notes of the ledger."""
        return self._ed25519

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of this desk: checkpoints and receipts."""
        return self._ed25519.sign(message)

    def __repr__(self) -> str:
        return f"DeskKeys({self.desk_id!r}, …)"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("private keys are not pickled")

    def _payload(self) -> bytes:
        return self._seed + (self.database_key or b"")


def create_desk(
    path: Path, desk_id: str, database_key: bytes | None, how: How = "keyring", passphrase: str | None = None,
    kdf: dict[str, Any] | None = None
) -> DeskKeys:
    """Make the keys of a new desk and write its file. Never overwrites one: `keys.file_exists` (file).

    With `how="keyring"` a passphrase may be given too: then either opens the desk. Refuses with `desk.keyring_missing`
    when the keyring does not keep the secret; nothing is written then. `kdf` is another cost of the passphrase than today's.
    """
    refuse_existing(path)
    keys = DeskKeys(desk_id, database_key, os.urandom(_KEY))
    save_desk(path, keys, how, passphrase, kdf)
    return keys


def save_desk(path: Path, keys: DeskKeys, how: How = "keyring", passphrase: str | None = None, kdf: dict[str, Any] | None = None) -> None:
    """Write the desk's file anew: after a change of passphrase, or when the keyring came or went."""
    slots: list[dict[str, Any]] = []
    if how == "keyring":
        slots.append(_keyring_slot(keys))
    if how == "passphrase" or passphrase is not None:
        if not passphrase:
            raise ValueError("a desk without keyring has a passphrase")
        kdf = kdf or fresh_kdf()
        key = key_from_password(passphrase, kdf)
        slots.append({"how": "passphrase", "kdf": kdf, **wrap(keys._payload(), key, _purpose(keys.desk_id))})
    description = {"format": DESK_FORM, "desk_id": keys.desk_id, "public": keys.public().hex(), "cipher": "AES-256-GCM"}
    write_key_file(path, {**description, "slots": slots}, replace=True)


def open_desk(path: Path, passphrase: Callable[[], str] | None = None) -> DeskKeys:
    """The keys of this desk: from the keyring, else with the passphrase that `passphrase` asks the person for.

    Refuses with `desk.keyring_missing` (enter the desk passphrase, or use the recovery sheet), `desk.passphrase_wrong`
    or `desk.file_damaged` (file).
    """
    description = read_key_file(path, DESK_FORM, "desk.file_damaged")
    try:
        payload = _open_slots(description, passphrase)
        seed, first = payload[:_KEY], payload[_KEY:] or None
        further = [unwrap(one, key_from_seed(seed, _FURTHER), _FURTHER) for one in reversed(description.get("database", []))]
        earlier = (*further[1:], *([first] if further and first else []))
        return DeskKeys(description["desk_id"], further[0] if further else first, seed, earlier)
    except (KeyError, TypeError, ValueError, WrongKey):
        raise Refusal("desk.file_damaged", file=path.name) from None


def add_database_key(path: Path, keys: DeskKeys, database_key: bytes) -> None:
    """Put a further database key into the desk's file, under the desk's own key: neither keyring nor passphrase is asked for."""
    description = read_key_file(path, DESK_FORM, "desk.file_damaged")
    wrapped = wrap(database_key, key_from_seed(keys._seed, _FURTHER), _FURTHER)
    write_key_file(path, description | {"database": [*description.get("database", []), wrapped]}, replace=True)
    keys.candidates = (database_key, *keys.candidates)


def drop_database_key(path: Path, keys: DeskKeys) -> None:
    """Take the newest of the further keys out again: its renewal did not come about."""
    description = read_key_file(path, DESK_FORM, "desk.file_damaged")
    kept = description.pop("database", [])[:-1]
    write_key_file(path, description | ({"database": kept} if kept else {}), replace=True)
    keys.candidates = keys.candidates[1:]


def _open_slots(description: dict[str, Any], passphrase: Callable[[], str] | None) -> bytes:
    desk_id = description["desk_id"]
    slots = {slot["how"]: slot for slot in description["slots"]}
    slot = slots.get("keyring")
    if slot is not None:
        try:
            return unwrap(slot, _from_keyring(slot["entry"]), _purpose(desk_id))
        except (Refusal, WrongKey):
            # Locked, gone, or another desk's secret: the passphrase opens as well, where one was set.
            if "passphrase" not in slots or passphrase is None:
                raise Refusal("desk.keyring_missing") from None
    slot = slots["passphrase"]
    if passphrase is None:
        raise Refusal("desk.passphrase_wanted")
    try:
        return unwrap(slot, key_from_password(passphrase(), slot["kdf"]), _purpose(desk_id))
    except WrongKey:
        raise Refusal("desk.passphrase_wrong") from None


def forget_desk(path: Path) -> None:
    """Take what a desk's file names out of the keyring again, as far as the keyring is there; the file itself stays."""
    try:
        entries = [str(slot["entry"]) for slot in read_key_file(path, DESK_FORM, "desk.file_damaged")["slots"] if slot["how"] == "keyring"]
    except (Refusal, KeyError, TypeError):
        return
    for entry in entries:
        with contextlib.suppress(Refusal):
            _ask_keyring(functools.partial(_delete, entry=entry))


def _delete(ring: Any, entry: str) -> None:
    ring.delete_password(SERVICE, entry)


def _purpose(desk_id: str) -> str:
    return f"{DESK_FORM}/{desk_id}"


def _keyring_slot(keys: DeskKeys) -> dict[str, Any]:
    """Put a fresh key into the keyring under a fresh name, so that an older file of this desk keeps opening."""
    key = os.urandom(_KEY)
    entry = f"desk-{keys.desk_id}-{os.urandom(4).hex()}"
    secret = base64.b64encode(key).decode("ascii")
    if _ask_keyring(lambda ring: _keep(ring, entry, secret)) != secret:
        raise Refusal("desk.keyring_missing")
    return {"how": "keyring", "entry": entry, **wrap(keys._payload(), key, _purpose(keys.desk_id))}


def _from_keyring(entry: str) -> bytes:
    secret = _ask_keyring(lambda ring: ring.get_password(SERVICE, entry))
    try:
        key = base64.b64decode(secret or "", validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY:
        raise Refusal("desk.keyring_missing")
    return key


def probe_keyring(timeout: float = KEYRING_SECONDS) -> bool:
    """Whether this desk's keyring really keeps a secret: tried by a round trip, `timeout` seconds at most."""
    entry, secret = f"probe-{os.urandom(8).hex()}", os.urandom(16).hex()

    def round_trip(ring: Any) -> str | None:
        kept = _keep(ring, entry, secret)
        ring.delete_password(SERVICE, entry)
        return kept

    try:
        return _ask_keyring(round_trip, timeout) == secret
    except Refusal:
        return False


def _keep(ring: Any, entry: str, secret: str) -> str | None:
    ring.set_password(SERVICE, entry, secret)
    kept: str | None = ring.get_password(SERVICE, entry)
    return kept


def _ask_keyring(question: Callable[[Any], str | None], timeout: float = KEYRING_SECONDS) -> str | None:
    """Ask the keyring in a thread of its own: an unlocking prompt may block for ever, and a backend raises anything."""
    answer: Future[str | None] = Future()

    def ask() -> None:
        try:
            import keyring

            answer.set_result(question(keyring))
        except BaseException as error:  # whatever a backend raises means the same: no keyring
            answer.set_exception(error)

    threading.Thread(target=ask, name="vault-keyring", daemon=True).start()
    try:
        failure = answer.exception(timeout)
    except TimeoutError:
        raise Refusal("desk.keyring_missing") from None
    if failure is not None:
        raise Refusal("desk.keyring_missing") from failure
    return answer.result()
