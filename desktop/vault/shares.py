"""The seed of the recovery pair in three sheets, any two of which give it back: SLIP-39, a published format (FORMAT.md §6)."""

from __future__ import annotations

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from desktop.errors import Refusal

SHEETS, WANTED = 3, 2
WORDS = 33
"""Words of one sheet: a share of 256 bits."""


def split_seed(seed: bytes) -> list[list[str]]:
    """Three lists of 33 English words; one alone says nothing of the seed."""
    (shares,) = generate_mnemonics(1, [(WANTED, SHEETS)], seed, iteration_exponent=0)
    return [share.split() for share in shares]


def join_shares(words: Sequence[str]) -> bytes:
    """The seed from the words of two sheets, one after the other.

    Raises `Refusal`: recovery.words_wrong (a slip of the pen), recovery.sheets_differ (twice the same sheet, or of two archives).
    """
    sheets = [" ".join(words[at:at + WORDS]) for at in range(0, len(words), WORDS)]
    for sheet in sheets:
        check_share(sheet.split())
    try:
        seed: bytes = combine_mnemonics(sheets)
        return seed
    except MnemonicError:
        raise Refusal("recovery.sheets_differ") from None


def check_share(words: Sequence[str]) -> None:
    """Raises `Refusal` recovery.words_wrong where one sheet's own checksum finds a slip of the pen."""
    from shamir_mnemonic.share import Share

    try:
        Share.from_mnemonic(" ".join(words))
    except (MnemonicError, ValueError, LookupError):
        raise Refusal("recovery.words_wrong") from None


def is_share(words: Sequence[str]) -> bool:
    """Whether these could be the words of one of three sheets: so many, and in Latin letters."""
    return len(words) == WORDS and all(word.isascii() for word in words)
