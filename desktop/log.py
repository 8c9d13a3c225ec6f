"""The program's own log: faults with their numbers, never content, never a secret."""

from __future__ import annotations

import logging
from pathlib import Path

import platformdirs


def log_file() -> Path:
    """Where the log of this desk lies."""
    return Path(platformdirs.user_log_dir("lantai", appauthor=False)) / "lantai.log"


class _AtFirstFault(logging.Handler):
    """Opens the file when there is something to write: most days there is not, and the start need not wait for what writes it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            from logging.handlers import RotatingFileHandler

            self._file = RotatingFileHandler(self._path, maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True)
            self._file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def to_file() -> None:
    """Write warnings and faults to the log of this desk; a desk whose log cannot be written works without one."""
    path = log_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    root = logging.getLogger()
    root.addHandler(_AtFirstFault(path))
    root.setLevel(logging.WARNING)
