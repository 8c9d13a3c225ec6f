"""The deposit job: list, check the space, then probe, store, verify and admit, file after file; may be stopped and go on."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from typing import TYPE_CHECKING

from desktop.clock import stamp
from desktop.errors import Cancelled, Refusal, on_failure
from desktop.intake.listing import Listed, list_files, shown_path
from desktop.intake.room import Arrived
from desktop.jobs import Progress
from desktop.tools.probe_result import Probe
from desktop.tools.probing import NotTaken, open_source, probe_open, suffix_of
from desktop.tools.worker import Workers
from desktop.vault.intake_pipe import Failed, Stored, store_many
from models.secrecy import Label
from models.terms import CaseId, DepositId

if TYPE_CHECKING:
    from desktop.archive import Archive

# Above what the files themselves need: segments' tags, rows, and room for the ledger to say that the disk is full.
SPARE = 64 << 20
BATCH = 64
FEW = 32


@dataclass
class DepositReport:
    """What became of a deposit's files."""

    deposit: DepositId
    admitted: int = 0
    held: int = 0
    quarantined: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.admitted + self.held + self.quarantined + len(self.failed)


def deposit(archive: Archive, sources: Sequence[bytes], case_id: CaseId | None, label: Label, progress: Progress) -> DepositReport:
    """Take in every file under the sources. Progress counts bytes.

    Raises `Refusal`: intake.nothing, intake.source_gone, intake.no_space before anything is copied; `Cancelled` when stopped,
    after what was admitted is in the ledger and the rest waits to go on.
    """
    files = list_files(sources)
    check_space(archive, files)
    source = sources[0] if len(sources) == 1 else os.path.dirname(os.path.abspath(sources[0]))
    return resume(archive, archive.intake.begin(source, files, case_id, label), progress)


def check_space(archive: Archive, files: Sequence[Listed]) -> None:
    """Raises `Refusal` intake.no_space, naming both figures, when the vault's disk cannot hold the files."""
    need = sum(f.size + f.size // 50_000 for f in files) + SPARE
    free = archive.vault.free_space()
    if free is not None and need > free:
        raise Refusal("intake.no_space", need=_gigabytes(need), free=_gigabytes(free))


def resume(archive: Archive, deposit_id: DepositId, progress: Progress) -> DepositReport:
    """Take in what still waits of a deposit: also after the program was killed in the middle."""
    run = _Run(archive, deposit_id, progress)
    try:
        run.run()
    except (Cancelled, Refusal):
        with contextlib.suppress(Refusal):
            run.still_mine()
            archive.intake.end(deposit_id, True)
        raise
    archive.intake.end(deposit_id, False)
    return run.report


@dataclass(frozen=True)
class _Waiting:
    """One file on its way: opened once, without following links, so that what is probed is what is stored."""

    item: int
    path: bytes
    probe: Future[Probe]
    fd: int
    modified: str

    def open(self) -> AbstractContextManager[FileIO]:
        return FileIO(os.dup(self.fd), "rb")


class _Run:
    """One run of a deposit: probing in two workers while the vault writes, and a third lane admits batch by batch."""

    def __init__(self, archive: Archive, deposit_id: DepositId, progress: Progress) -> None:
        self.archive, self.deposit, self.progress = archive, deposit_id, progress
        self._person = archive.person.id
        self.report = DepositReport(deposit_id)
        self._ready: list[tuple[_Waiting, Stored]] = []
        self._open: set[int] = set()
        self._pen = ThreadPoolExecutor(1, "admit")
        self._admitting: Future[list[tuple[Arrived, bool]]] | None = None

    def run(self) -> None:
        waiting = self.archive.intake.waiting(self.deposit)
        self.progress.begin(sum(size for _, _, size in waiting), "B")
        # A worker costs a third of a second of a core to start: a handful of recordings is probed by one while they are stored.
        with Workers(1 if len(waiting) <= FEW else 2) as workers:
            lane = ThreadPoolExecutor(2, "probe")
            try:
                self._store(waiting, workers, lane)
            finally:
                self._pen.submit(self.archive.database.close)  # the connection of that thread
                self._pen.shutdown()
                lane.shutdown(cancel_futures=True)  # nobody reads from a source when it is closed
                for fd in list(self._open):
                    self._close(fd)

    def _store(self, waiting: Sequence[tuple[int, bytes, int]], workers: Workers, lane: ThreadPoolExecutor) -> None:
        """Store one after another; what is in the vault when it stops is still admitted."""
        stopped: Cancelled | None = None
        try:
            for done in store_many(self._sources(waiting, workers, lane), self.archive.vault, self.progress):
                self._take(done)
                if len(self._ready) >= BATCH:
                    self._admit()
        except Cancelled as asked:
            stopped = asked
        finally:
            try:
                self._admit()
            finally:
                self._count()
        if stopped:
            raise stopped

    def still_mine(self) -> None:
        """Nothing is admitted in the name of whoever sits down next. Raises `Refusal` session.none."""
        if self.archive.session is None or self.archive.session.id != self._person:
            raise Refusal("session.none")

    def _sources(self, waiting: Sequence[tuple[int, bytes, int]], workers: Workers, lane: ThreadPoolExecutor) -> Iterator[_Waiting]:
        """Open, and begin to probe, a few files ahead of the one that is being stored."""
        ahead: list[_Waiting] = []
        for item, path, size in waiting:
            opened = self._opened(item, path, size, workers, lane)
            if opened is not None:
                ahead.append(opened)
            if len(ahead) > 8:
                yield ahead.pop(0)
        yield from ahead

    def _opened(self, item: int, path: bytes, size: int, workers: Workers, lane: ThreadPoolExecutor) -> _Waiting | None:
        self.still_mine()
        try:
            fd = open_source(path)
        except NotTaken as no:
            self._not_taken(item, path, no.code)
            self.progress.step(shown_path(os.path.basename(path)), size)
            return None
        self._open.add(fd)
        self.progress.step(shown_path(os.path.basename(path)), 0)
        facts = os.fstat(fd)
        if self.archive.intake.size_held(facts.st_size) and self._is_held(item, path, fd):
            self.progress.step("", size)
            self._close(fd)
            return None
        modified = stamp(datetime.fromtimestamp(facts.st_mtime, UTC))
        return _Waiting(item, path, lane.submit(probe_open, workers, fd, suffix_of(path)), fd, modified)

    def _is_held(self, item: int, path: bytes, fd: int) -> bool:
        """Whether the file is settled already: its bytes are held, or cannot be read."""
        try:
            held = self.archive.intake.held(_sha256(fd))
        except OSError:
            self._not_taken(item, path, "vault.source_unreadable")
            return True
        if held is None:
            return False
        self.archive.intake.link_held(self.deposit, item, held)
        self.report.held += 1
        return True

    def _take(self, done: Stored | Failed) -> None:
        waiting = done.source
        assert isinstance(waiting, _Waiting)
        if isinstance(done, Failed):
            waiting.probe.cancel()
            with contextlib.suppress(Refusal):
                waiting.probe.exception() if not waiting.probe.cancelled() else None
            self._close(waiting.fd)
            if done.refusal.code in ("vault.full", "vault.read_only"):
                raise done.refusal
            self._not_taken(waiting.item, waiting.path, done.refusal.code)
            return
        self._ready.append((waiting, done))

    def _admit(self) -> None:
        """Have the last batch admitted while the next is read and stored; what came of the one before is counted first."""
        ready, self._ready = self._ready, []
        try:
            self._count()
        finally:  # also where the batch before was refused: each is admitted or taken back
            if ready:
                self._admitting = self._pen.submit(self._admit_all, ready)

    def _count(self) -> None:
        """Wait for the batch that is being admitted. Raises what its admission raised."""
        admitting, self._admitting = self._admitting, None
        for one, held in admitting.result() if admitting else ():
            if held:
                self.report.held += 1
            elif one.probe.sound:
                self.report.admitted += 1
            else:
                self.report.quarantined += 1

    def _admit_all(self, ready: Sequence[tuple[_Waiting, Stored]]) -> list[tuple[Arrived, bool]]:
        """Give what is safely stored its rows and entries; what turns out to be held already is not kept twice."""
        arrived = [Arrived(w.item, w.path, stored, _probed(w.probe), w.modified) for w, stored in ready]
        for waiting, _ in ready:
            self._close(waiting.fd)
        with on_failure(lambda: self._take_back(arrived)):
            self.still_mine()
            admitted = self.archive.intake.admit(self.deposit, arrived)
        for one, (_, held) in zip(arrived, admitted, strict=True):
            if held:
                self.archive.vault.delete(one.stored.object_id)
        self.archive.vault.intents.acknowledge(one.stored.object_id for one in arrived)
        return [(one, held) for one, (_, held) in zip(arrived, admitted, strict=True)]

    def _take_back(self, arrived: Sequence[Arrived]) -> None:
        """Nobody was told of them. Where even this cannot be done they are swept at the next start."""
        with contextlib.suppress(Refusal):
            self.archive.intake.take_back([one.stored.object_id for one in arrived])

    def _close(self, fd: int) -> None:
        self._open.discard(fd)
        os.close(fd)

    def _not_taken(self, item: int, path: bytes, code: str) -> None:
        self.archive.intake.not_taken(self.deposit, item, code)
        self.report.failed.append((shown_path(path), code))


def _probed(probe: Future[Probe]) -> Probe:
    try:
        return probe.result()
    except OSError:  # this program has no room for one more open file
        return Probe(findings=("crashed",))


def _sha256(fd: int) -> str:
    with os.fdopen(os.dup(fd), "rb", buffering=0) as f:
        found = hashlib.file_digest(f, "sha256").hexdigest()
    os.lseek(fd, 0, os.SEEK_SET)
    return found


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
