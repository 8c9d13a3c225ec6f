"""Files that leave the archive: written under a temporary name beside the chosen one, and renamed when they are whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from desktop.errors import Refusal


@contextmanager
def handed_out(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes `path` at the end, in place of what was there; after any error nothing of it is left.

    Raises `Refusal` copy.unwritable.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with open(part, "xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as e:
        raise Refusal("copy.unwritable", path=path.name, reason=e.strerror or type(e).__name__) from e
    finally:
        part.unlink(missing_ok=True)
