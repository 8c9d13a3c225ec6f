"""What a person is used to at this desk, such as a part of a page kept folded: remembered for each, and never worth an error."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.paths import desk_settings

if TYPE_CHECKING:
    from desktop.archive import Archive

_MOST = 1 << 16  # bytes; a file that grew beyond it is not ours, and is begun anew


def habits_file() -> Path:
    """Beside the settings of the desk. It holds numbers of persons and plain choices, no name and no secret."""
    return desk_settings().with_name("habits.json")


def habit(archive: Archive, name: str) -> bool | None:
    """What the person who is signed in chose at this desk; None where they never chose, or it cannot be read."""
    chosen = _read().get(_whose(archive), {}).get(name)
    return chosen if isinstance(chosen, bool) else None


def remember(archive: Archive, name: str, chosen: bool) -> None:
    """Keep a choice of the person who is signed in; a desk that cannot write forgets it, and nothing else happens."""
    kept = _read()
    kept.setdefault(_whose(archive), {})[name] = chosen
    target = habits_file()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(kept, sort_keys=True), encoding="utf-8")
        part.replace(target)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink()


def _whose(archive: Archive) -> str:
    return f"{archive.header.archive_id}/{int(archive.person.id)}"


def _read() -> dict[str, dict[str, Any]]:
    """The file; whatever is not as this program writes it counts for nothing."""
    try:
        with open(habits_file(), "rb") as f:
            kept = json.loads(f.read(_MOST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {whose: one for whose, one in kept.items() if isinstance(one, dict)}
