"""Where things lie: the program's resources, and the parts of an archive's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True)
class ArchivePaths:
    """The parts of one archive's folder."""

    root: Path

    @property
    def header(self) -> Path:
        """What the archive is, in the clear: format, identity, name."""
        return self.root / "lantai.toml"

    @property
    def keys(self) -> Path:
        """Wrapped keys: one file a desk, one for recovery."""
        return self.root / "keys"

    @property
    def database(self) -> Path:
        return self.root / "archive.db"

    @property
    def vault(self) -> Path:
        return self.root / "vault"

    @property
    def staging(self) -> Path:
        """Where an archive is made before it stands."""
        return self.root / ".founding"


def default_archive() -> Path:
    """Where `python -m desktop` looks for an archive when none is named."""
    return Path(platformdirs.user_data_dir("lantai", appauthor=False)) / "training"


def desk_settings() -> Path:
    """The settings of this desk (language, look, last archive): no secret stands in it."""
    return Path(platformdirs.user_config_dir("lantai", appauthor=False)) / "desk.toml"
