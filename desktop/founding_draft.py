"""What has been filled in for a founding, kept on this desk until it is founded or given up. No password stands in it."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from desktop.paths import desk_settings


@dataclass
class FounderDraft:
    """The answers so far, as they were typed."""

    folder: str = ""
    profile: str = ""
    province: str = ""
    agency: str = ""
    name: str = ""
    desk: str = ""
    how: str = ""  # keyring or passphrase
    shared: bool = False
    people: list[list[str]] = field(default_factory=list)  # name and role
    step: int = 0


def draft_file() -> Path:
    """Where the draft is kept, beside the settings of this desk."""
    return desk_settings().with_name("founding.json")


def load_draft() -> FounderDraft:
    """The draft as it was left; a new one where there is none or it cannot be read."""
    try:
        table = json.loads(draft_file().read_text(encoding="utf-8"))
        draft = FounderDraft(**table)
        sound = all(type(value) is type(getattr(FounderDraft(), name)) for name, value in asdict(draft).items())
        whole = all(isinstance(one, list) and len(one) == 2 and all(isinstance(part, str) for part in one) for one in draft.people)
    except (OSError, ValueError, TypeError):
        return FounderDraft()
    return draft if sound and whole else FounderDraft()


def save_draft(draft: FounderDraft) -> None:
    """Keep the draft; a disk that cannot be written only means that it is typed again."""
    target = draft_file()
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(asdict(draft), ensure_ascii=False), encoding="utf-8")
        part.replace(target)


def forget_draft() -> None:
    """The archive is founded, or given up."""
    with contextlib.suppress(OSError):
        draft_file().unlink(missing_ok=True)
