"""The settings of this desk: language, look, idle lock, last archive. No secret stands in them."""

from __future__ import annotations

import contextlib
import json
import os
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from desktop.errors import Refusal
from desktop.i18n import LANGUAGES
from desktop.paths import desk_settings

MODES = ("system", "light", "dark")
DENSITIES = ("comfortable", "compact")
SCALES = (1.0, 1.15, 1.3)
IDLE_MINUTES = (5, 10, 15, 30)
_CHOICES: dict[str, tuple[object, ...]] = {
    "language": LANGUAGES, "mode": MODES, "density": DENSITIES, "scale": SCALES, "idle_minutes": IDLE_MINUTES,
}  # fmt: skip


@dataclass(frozen=True)
class DeskSettings:
    """How this desk speaks and looks, after how many idle minutes it locks, and which archive it opened last.

    `unread` names what could not be read and stands at its default, "file" for all of it; it is told once and not kept.
    """

    language: str = "zh_CN"
    mode: str = "system"
    density: str = "comfortable"
    scale: float = 1.0
    idle_minutes: int = 10
    archive: str = ""
    desk: str = ""  # what this machine is called in that archive, where it is not called by its own name
    unread: tuple[str, ...] = field(default=(), compare=False)


_KEPT = tuple(f.name for f in fields(DeskSettings) if f.name != "unread")


def load_settings(path: Path | None = None) -> DeskSettings:
    """The settings as they were saved; what is damaged or out of range stands at its default and is named in `unread`."""
    try:
        table = tomllib.loads((path or desk_settings()).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return DeskSettings()
    except (OSError, ValueError):
        return DeskSettings(unread=("file",))
    default, bad = DeskSettings(), []
    good: dict[str, Any] = {}
    for name in _KEPT:
        standard = getattr(default, name)
        value = table.get(name, standard)
        if type(value) is not type(standard) or value not in _CHOICES.get(name, (value,)):
            bad.append(name)
        else:
            good[name] = value
    return DeskSettings(**good, unread=tuple(bad))


def save_settings(settings: DeskSettings, path: Path | None = None) -> None:
    """Write the settings so that a cut of power leaves the old ones or the new. Raises `Refusal` settings.not_saved."""
    target = path or desk_settings()
    # JSON's strings are TOML's, but for DEL, which TOML wants escaped.
    lines = [f"{name} = {json.dumps(getattr(settings, name), ensure_ascii=False)}".replace("\x7f", "\\u007f") for name in _KEPT]
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(part, "w", encoding="utf-8") as f:
            f.write("\n".join(lines) + "\n")
            f.flush()
            os.fsync(f.fileno())
        part.replace(target)
    except OSError as e:
        with contextlib.suppress(OSError):
            part.unlink()
        raise Refusal("settings.not_saved", path=str(target), reason=e.strerror or type(e).__name__) from e
