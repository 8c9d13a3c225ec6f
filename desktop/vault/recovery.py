"""The recovery sheet: words that open everything, printed once and kept in the leader's safe; one sheet, or three (FORMAT.md §6)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mnemonic import Mnemonic

from desktop.errors import Refusal
from desktop.vault.sealing import SealingPair, purpose, seal
from desktop.vault.shares import SHEETS, WANTED, is_share, join_shares, split_seed
from desktop.vault.shares import WORDS as SHARE_WORDS
from desktop.vault.wrapping import WrongKey, key_from_seed, read_key_file, unwrap, wrap, write_description, write_key_file

RECOVERY_FORM = "lantai/recovery/1"
LANGUAGES = ("chinese_simplified", "english")
"""Word lists of BIP 39; the first is what new sheets are printed in."""
WORDS = 24
RECOVERY_FILE = "recovery.json"
"""The name of the first one; a renewed pair has a file of its own."""
_SEED = 32
_DATABASE = purpose("recovery-database")


@dataclass(frozen=True)
class RecoveryKeys:
    """What the sheet opens: the database, and every key sealed to the recovery pair.

    There are two database keys, the newer first, between a renewal of the pair and the next start of its desk.
    """

    database_keys: tuple[bytes, ...] = field(repr=False)
    pair: SealingPair

    @property
    def database_key(self) -> bytes | None:
        """The newest; None where the database keeps itself."""
        return self.database_keys[0] if self.database_keys else None

    @property
    def public(self) -> bytes:
        return self.pair.public

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to the recovery pair. Refuses with `keys.cannot_open`."""
        return self.pair.open(sealed, info)


@dataclass(frozen=True)
class NewRecovery:
    """A recovery pair that is not written yet: the words of its sheets, kept nowhere, its public half, and its file."""

    words: list[list[str]] = field(repr=False)
    public: bytes
    description: dict[str, Any] = field(repr=False)

    @property
    def code(self) -> str:
        """What tells on paper which file this belongs to: the head of the digest of the file."""
        return hashlib.sha256(write_description(self.description)).hexdigest()[:16].upper()

    def write(self, path: Path) -> None:
        """Write its file. Refuses with `keys.file_exists`."""
        write_key_file(path, self.description)


def make_recovery(database_keys: Sequence[bytes], shared: bool = False, language: str = LANGUAGES[0]) -> NewRecovery:
    """Make a recovery pair: one sheet of 24 words, or three of 33 English words, any two of which open.

    The words are printed, typed back and forgotten.
    """
    seed, pair = os.urandom(_SEED), SealingPair.make()
    description = {"format": RECOVERY_FORM, "public": pair.public.hex(), "sheets": SHEETS if shared else 1, "wanted": WANTED if shared else 1,
                   "cipher": "AES-256-GCM", "database": [seal(pair.public, key, _DATABASE).hex() for key in database_keys],
                   **wrap(pair.to_bytes(), key_from_seed(seed, RECOVERY_FORM), RECOVERY_FORM)}
    return NewRecovery(split_seed(seed) if shared else [_split(_words_of(seed, language))], pair.public, description)


def open_recovery(path: Path, words: Sequence[str] | str) -> RecoveryKeys:
    """The keys of the sheet from its 24 words in either language, or from two of three sheets, one after the other.

    Refuses with `recovery.words_wrong` (a slip of the pen, or another archive's sheet), `recovery.second_sheet` (one of three, and no
    other), `recovery.sheets_differ` or `recovery.file_damaged`.
    """
    seed = seed_of(words)
    description = read_key_file(path, RECOVERY_FORM, "recovery.file_damaged")
    try:
        pair = SealingPair(unwrap(description, key_from_seed(seed, RECOVERY_FORM), RECOVERY_FORM))
        return RecoveryKeys(tuple(pair.open(bytes.fromhex(sealed), _DATABASE) for sealed in reversed(description["database"])), pair)
    except WrongKey:
        raise Refusal("recovery.words_wrong") from None
    except (KeyError, TypeError, ValueError, Refusal):
        raise Refusal("recovery.file_damaged", file=path.name) from None


def seed_of(words: Sequence[str] | str) -> bytes:
    """The 256 bits behind the words; their checksum finds most slips.

    Refuses with `recovery.words_wrong`, `recovery.second_sheet`, `recovery.sheets_differ`.
    """
    listed = split_words(words)
    if len(listed) == WANTED * SHARE_WORDS:
        return join_shares(listed)
    if is_share(listed):
        raise Refusal("recovery.second_sheet")
    for language in LANGUAGES:
        try:
            seed = bytes(Mnemonic(language).to_entropy(listed))
        except (LookupError, ValueError):
            continue
        if len(seed) == _SEED:
            return seed
    raise Refusal("recovery.words_wrong")


def split_words(words: Sequence[str] | str) -> list[str]:
    """Words as they are typed, one by one."""
    return _split(words if isinstance(words, str) else " ".join(words))


def _words_of(seed: bytes, language: str) -> str:
    words: str = Mnemonic(language).to_mnemonic(seed)
    return words


def _split(text: str) -> list[str]:
    """Words as they are typed: divided by any space, or Chinese characters in one run."""
    words = []
    for word in text.replace("\u3000", " ").lower().split():
        words += [word] if word.isascii() else list(word)
    return words
