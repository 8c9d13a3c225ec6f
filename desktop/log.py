"""The program's own log: faults with their numbers, never content, never a secret."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

import platformdirs


def log_file() -> Path:
    """Where the log of this desk lies."""
    return Path(platformdirs.user_log_dir("lantai", appauthor=False)) / "lantai.log"


def to_file() -> None:
    """Write warnings and faults to the log of this desk; a desk whose log cannot be written works without one."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
