"""Whether the training archive of this desk stands, and making it whole or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from desktop.errors import Refusal
from desktop.jobs import Progress


def there(place: Path) -> bool:
    """Whether there is an archive."""
    return (place / "lantai.toml").exists()


def whole(place: Path, progress: Progress, make: Callable[[Path, Progress], object] | None = None) -> None:
    """Make it beside its place and move it there when it is whole; what an earlier making left that was stopped is removed.

    Raises `Refusal` archive.exists where something else lies in its place.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise Refusal("archive.exists", path=str(place))
    beside = place.with_name(f".{place.name}.making")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        (make or _made_here())(beside, progress)
        if place.exists():
            place.rmdir()
        os.rename(beside, place)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _made_here() -> Callable[[Path, Progress], object]:
    from desktop.demo.archive import make_training_archive  # here, because it brings the encoders with it

    return make_training_archive
