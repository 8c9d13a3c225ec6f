"""The recovery sheet: 24 words that open everything, printed once and kept in the leader's safe (FORMAT.md §6)."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mnemonic import Mnemonic

from desktop.errors import Refusal
from desktop.vault.sealing import SealingPair
from desktop.vault.wrapping import WrongKey, key_from_seed, read_key_file, unwrap, wrap, write_key_file

RECOVERY_FORM = "lantai/recovery/1"
LANGUAGES = ("chinese_simplified", "english")
"""Word lists of BIP 39; the first is what new sheets are printed in."""
WORDS = 24
_SEED = 32


@dataclass(frozen=True)
class RecoveryKeys:
    """What the sheet opens: the database, and every key sealed to the recovery pair."""

    database_key: bytes | None = field(repr=False)
    pair: SealingPair

    @property
    def public(self) -> bytes:
        return self.pair.public

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """What was sealed to the recovery pair. Refuses with `keys.cannot_open`."""
        return self.pair.open(sealed, info)


def create_recovery(
    path: Path, database_key: bytes | None, language: str = LANGUAGES[0]
) -> tuple[list[str], bytes]:
    """Make the recovery pair and write its file: (24 words, public half).

    The words are not kept anywhere: they are printed, typed back (`open_recovery`) and forgotten.
    """
    seed = os.urandom(_SEED)
    pair = SealingPair.make()
    payload = {"database_key": database_key.hex() if database_key else None, "private": pair.to_bytes().hex()}
    wrapped = wrap(json.dumps(payload).encode("ascii"), key_from_seed(seed, RECOVERY_FORM), RECOVERY_FORM)
    write_key_file(
        path, {"format": RECOVERY_FORM, "public": pair.public.hex(), "cipher": "AES-256-GCM", **wrapped}
    )
    return _split(_words_of(seed, language)), pair.public


def open_recovery(path: Path, words: Sequence[str] | str) -> RecoveryKeys:
    """The keys of the sheet, from its words in either language.

    Refuses with `recovery.words_wrong` (a slip of the pen, or another archive's sheet) or `recovery.file_damaged`.
    """
    seed = seed_of(words)
    description = read_key_file(path, RECOVERY_FORM, "recovery.file_damaged")
    try:
        payload: dict[str, Any] = json.loads(unwrap(description, key_from_seed(seed, RECOVERY_FORM), RECOVERY_FORM))
    except WrongKey:
        raise Refusal("recovery.words_wrong") from None
    except (KeyError, TypeError, ValueError):
        raise Refusal("recovery.file_damaged", file=path.name) from None
    database_key = payload["database_key"]
    return RecoveryKeys(
        bytes.fromhex(database_key) if database_key else None, SealingPair(bytes.fromhex(payload["private"]))
    )


def seed_of(words: Sequence[str] | str) -> bytes:
    """The 256 bits behind the words; their checksum finds most slips. Refuses with `recovery.words_wrong`."""
    listed = _split(words if isinstance(words, str) else " ".join(words))
    for language in LANGUAGES:
        try:
            seed = bytes(Mnemonic(language).to_entropy(listed))
        except (LookupError, ValueError):
            continue
        if len(seed) == _SEED:
            return seed
    raise Refusal("recovery.words_wrong")


def _words_of(seed: bytes, language: str) -> str:
    words: str = Mnemonic(language).to_mnemonic(seed)
    return words


def _split(text: str) -> list[str]:
    """Words as they are typed: divided by any space, or Chinese characters in one run."""
    words = []
    for word in text.replace("\u3000", " ").lower().split():
        words += [word] if word.isascii() else list(word)
    return words
