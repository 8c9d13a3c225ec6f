"""The job 「重新计算时限」: it starts by itself after a change of days, for whoever may reckon, and is seen at the foot like any other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject

from desktop.i18n import _
from desktop.jobs import Progress
from desktop.procedure import recompute
from views.bridge import Bridge, Handle

AFTER = ("calendar.", "rulebook.effective", "rulebook.second")  # acts that move days or rules


def title() -> str:
    """What the job is called."""
    return _("Reckoning the time limits anew")


def reckoning(jobs: Iterable[Handle]) -> Handle | None:
    """The reckoning under way, if there is one."""
    return next((job for job in jobs if job.title == title()), None)


class Reckoning(QObject):
    """Watches, for the person of a window, whether the limits still rest on days as they were, and reckons them anew.

    One who stopped it is not asked again before the next change, or the next sign-in.
    """

    def __init__(self, archive: Any, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._archive, self._bridge = archive, bridge
        self._over = False
        self.look()

    def heed(self, acts: Iterable[str]) -> None:
        """After acts: look whether they moved days."""
        if any(act.startswith(AFTER) for act in acts):
            self.look()

    def look(self) -> None:
        """Start the job where it is due and the person may."""
        if self._over or not self._archive.may("procedure.recompute").allowed or not self._archive.may("rulebook.read").allowed:
            return
        archive = self._archive

        def due(_progress: Progress) -> bool:
            return bool(archive.rulebook.recompute_due())

        self._bridge.run(due, self._start, lane="reads")

    def close(self) -> None:
        """The person leaves: start nothing more."""
        self._over = True

    def _start(self, due: bool) -> None:
        archive = self._archive
        if due and not self._over and reckoning(self._bridge.running) is None:
            self._bridge.run(lambda progress: recompute(archive, progress), lambda _changed: self.look(), lane="wide", title=title())
