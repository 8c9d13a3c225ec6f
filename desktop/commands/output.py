"""Files that a command writes: new ones only, readable by their owner only, gone again when the command fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop.errors import Refusal, on_failure


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A new file for writing. Raises `Refusal`: output.exists, output.unwritable."""
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise Refusal("output.exists", path=str(path)) from error
    except OSError as error:
        raise Refusal("output.unwritable", path=str(path), detail=error.strerror or "") from error
    with on_failure(lambda: path.unlink(missing_ok=True)), open(fd, "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())
