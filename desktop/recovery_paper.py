"""The recovery sheet on paper: its words and the same as a QR code; and slips with the first passwords."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.clock import stamp
from desktop.grants import local_text
from desktop.handout import handed_out
from desktop.tools.typesetting import qr_svg, typeset
from desktop.vault.recovery import NewRecovery, split_words
from desktop.vault.shares import WANTED


@dataclass(frozen=True)
class Sheet:
    """One sheet: its words, which of how many it is, and the code that tells which archive it opens. Shown once, kept nowhere."""

    archive: str
    code: str
    made: datetime
    words: list[str] = field(repr=False)
    number: int = 1
    of: int = 1

    def asked(self, count: int = 4) -> list[int]:
        """Places of words (from 0) that somebody types back to prove that the sheet can be read."""
        return sorted(secrets.SystemRandom().sample(range(len(self.words)), count))

    def right(self, place: int, typed: str) -> bool:
        """Whether this is the word at that place, however it was spaced or capitalised."""
        return split_words(typed) == [self.words[place]]


def recovery_pdf(sheets: Sequence[Sheet]) -> bytes:
    """All sheets of one recovery pair as PDF/A, a page each."""
    first = sheets[0]
    facts = {"archive": first.archive, "made": local_text(stamp(first.made)), "wanted": WANTED,
             "code": " ".join(first.code[at : at + 4] for at in range(0, 16, 4)),
             "sheets": [{"words": one.words, "qr": qr_svg(" ".join(one.words))} for one in sheets]}
    return typeset("recovery_sheet", facts, first.made)


def sheets_of(archive: str, recovery: NewRecovery, made: datetime) -> list[Sheet]:
    """The sheets of a recovery pair."""
    return [Sheet(archive, recovery.code, made, list(one), number, len(recovery.words)) for number, one in enumerate(recovery.words, 1)]


def password_slips(archive: str, people: Sequence[tuple[str, str, str]], made: datetime) -> bytes:
    """One slip a person, to be cut apart and handed over closed: (name, role, first password)."""
    listed = [{"name": name, "role": role, "password": secret} for name, role, secret in people]
    return typeset("password_slips", {"archive": archive, "made": local_text(stamp(made)), "people": listed}, made)


def save_paper(paper: bytes, path: Path) -> None:
    """A paper into a file that somebody chose. Raises `Refusal` copy.unwritable."""
    with handed_out(path) as stream:
        stream.write(paper)


# Without what is mistaken for something else: 0 O, 1 l I, 2 Z, 5 S, 8 B, u v.
_CLEAR = "34679acdefghjkmnpqrtwxy"


def one_time_password() -> str:
    """Three groups of four signs, 54 bits: enough until the first sign-in, and short enough to be typed from a slip."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(3))
