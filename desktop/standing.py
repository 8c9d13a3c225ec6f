"""How the archive stands: where it lies, how much room is left, how far its ledger reaches and is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.acts import Service, act, reading
from desktop.settings import load_settings, save_settings
from desktop.vault.recovery import RECOVERY_FILE
from models.base import Fact
from models.ledger import LedgerCheckpoint, LedgerTree
from models.people import Desk


@dataclass(frozen=True)
class Facts:
    """Sizes in bytes; `checkpoint_at` is the stamp of the newest signed checkpoint, "" when there is none yet."""

    location: str
    free: int | None
    entries: int
    checkpoint_size: int
    checkpoint_at: str
    desk: str
    desks: int
    recovery: str


class Standing(Service):
    """What is read of the archive as a whole, and the one setting of a desk that is not a matter of taste."""

    @act("settings.edit")
    def set_idle(self, minutes: int) -> None:
        """After how many idle minutes this desk locks. Raises `Refusal` settings.not_saved."""
        save_settings(replace(load_settings(), idle_minutes=minutes))
        self._note(idle_minutes=minutes, desk=self.archive.desk_name)

    @reading("settings.read")
    def facts(self) -> Facts:
        """The archive as it stands now."""
        tree = LedgerTree.get_or_none(LedgerTree.id == 1)
        last = LedgerCheckpoint.select().order_by(LedgerCheckpoint.id.desc()).first()
        paths = self.archive.paths
        renewed = Fact.get_or_none(Fact.name == "recovery_file")
        recovery = str(paths.keys / (renewed.value if renewed is not None else RECOVERY_FILE))
        return Facts(str(paths.root), self.archive.vault.free_space(), tree.size if tree else 0, last.id if last else 0,
                     last.at if last else "", self.archive.desk_name, Desk.select().count(), recovery)
