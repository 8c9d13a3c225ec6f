"""The job that reckons the clocks of all open cases and requests anew: after a calendar was loaded, or a profile came into force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.jobs import Progress

if TYPE_CHECKING:
    from desktop.archive import Archive

BATCH = 500  # cases of one act: others write in between, after a quarter of a second at most


def recompute(archive: Archive, progress: Progress) -> int:
    """Reckon batch after batch, one entry each, and return how many clocks came out differently. Progress counts cases.

    What is done stays done when it is stopped; begun again it writes only what still differs. Raises `Cancelled`.
    """
    room, changed, last = archive.procedure, 0, 0
    state = archive.rulebook.days_state()
    progress.begin(room.open_count(), "cases")
    while some := room.open_cases(last, BATCH):
        changed += room.recompute_some(some)
        last = int(some[-1])
        progress.step(amount=len(some))
    changed += archive.disclosure.recompute_open()
    archive.rulebook.recomputed(state)
    return changed
