"""Merges resources/locale/<language>/*.po into <language>/LC_MESSAGES/lantai.mo; fails on contradictions and guesses."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "resources" / "locale"


class Contradiction(Exception):
    """Two rooms translate one sentence differently, or a translation is a guess (fuzzy) or missing."""


def read_room(at: Path, language: str) -> Catalog:
    """One room's .po file."""
    with at.open("rb") as f:
        return read_po(f, locale=language, domain="lantai", abort_invalid=True)


def merge(folder: Path) -> Catalog:
    """All rooms of one language in one catalogue. Raises `Contradiction`."""
    merged = Catalog(locale=folder.name, domain="lantai", project="lantai", fuzzy=False)
    origin: dict[object, tuple[str, object]] = {}
    faults = []
    for at in sorted(folder.glob("*.po")):
        for message in read_room(at, folder.name):
            if not message.id:
                continue
            faults += [f"{at.name}: {message.id!r}: {what}" for what in _faults(message)]
            known = origin.setdefault((message.context, message.id), (at.name, message.string))
            if known[1] != message.string:
                faults.append(f"{at.name}: {message.id!r}: {message.string!r}, but {known[0]} has {known[1]!r}")
            merged.add(message.id, message.string, context=message.context)
    if faults:
        raise Contradiction("\n".join(faults))
    return merged


def _faults(message: Message) -> list[str]:
    out = []
    if message.fuzzy:
        out.append("fuzzy")
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(texts):
        out.append("not translated")
    return out


def compile_language(folder: Path) -> Path:
    """Write the language's lantai.mo; the old one stays when the rooms contradict each other."""
    out = folder / "LC_MESSAGES" / "lantai.mo"
    catalogue = merge(folder)
    out.parent.mkdir(exist_ok=True)
    part = out.with_suffix(f".{os.getpid()}.part")
    with part.open("wb") as f:
        write_mo(f, catalogue)
    part.replace(out)
    return out


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--locale", type=Path, default=LOCALE, help="folder with one folder a language")
    languages = sorted(p for p in options.parse_args().locale.iterdir() if p.is_dir() and any(p.glob("*.po")))
    try:
        for folder in languages:
            print(f"{folder.name}: {len(merge(folder))} sentences -> {compile_language(folder)}")
    except Contradiction as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
