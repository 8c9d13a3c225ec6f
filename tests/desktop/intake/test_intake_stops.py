"""A deposit that is stopped, fails, or loses its source: what was admitted stays, the rest goes on, and no file stays open."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import apsw
import psutil
import pytest

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.errors import Cancelled, Refusal
from desktop.intake import deposit, resume
from desktop.jobs import Silent
from models.holdings import Component, Deposit, DepositItem
from models.secrecy import Label
from models.terms import CaseId, DepositId, DepositState, ItemState
from tests.office import ARCHIVIST, LEADER, OPEN_CASE, let_file, sign_in

FILES = 100  # more than one batch


@pytest.fixture
def archive(office: Archive) -> Archive:
    return sign_in(office, ARCHIVIST)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    for n in range(FILES):
        (folder / f"{n:03}.bin").write_bytes(f"content {n}".encode() * 50)
    return folder


class At:
    """Progress that does something at the n-th step."""

    def __init__(self, step: int, then: Callable[[], None]) -> None:
        self._left, self._then = step, then

    def begin(self, total: int, unit: str = "") -> None:
        return None

    def step(self, note: str = "", amount: int = 1) -> None:
        self._left -= 1
        if self._left == 0:
            self._then()


def cancelled() -> None:
    raise Cancelled


def start(archive: Archive, card: Path, progress: object) -> DepositId:
    with contextlib.suppress(Cancelled, Refusal, apsw.Error):
        deposit(archive, [os.fsencode(card)], None, Label(), progress)  # type: ignore[arg-type] # any progress
    return DepositId(Deposit.select().order_by(Deposit.id.desc()).get().id)


def states(one: DepositId) -> Counter[str]:
    return Counter(i.state for i in DepositItem.select().where(DepositItem.deposit == one))


def whole(archive: Archive) -> list[str]:
    wrong = [f"{f.code} {f.facts}" for f in verify_archive(archive.paths, archive.database, archive.vault).findings]
    return wrong + [f"left {p.name}" for name in ("incoming", "intents") for p in (archive.paths.vault / name).glob("*")]


def each_once(card: Path, one: DepositId) -> bool:
    held = Counter(c.sha256 for c in Component.select().where(Component.deposit == one))
    return held == Counter(hashlib.sha256(path.read_bytes()).hexdigest() for path in card.iterdir())


@pytest.mark.parametrize("step", [1, 2, 40, 120, 190])
def test_a_cancelled_deposit_takes_the_rest_when_it_goes_on(archive: Archive, card: Path, step: int) -> None:
    one = start(archive, card, At(step, cancelled))
    assert Deposit.get_by_id(one).state == DepositState.STOPPED.value
    stopped = states(one)
    assert stopped[ItemState.WAITING.value] > 0
    assert whole(archive) == []
    archive.intake.again(one)
    report = resume(archive, one, Silent())
    assert report.total == stopped[ItemState.WAITING.value]
    assert Deposit.get_by_id(one).state == DepositState.DONE.value
    assert each_once(card, one)
    assert whole(archive) == []


def test_the_source_vanishes_in_the_middle(archive: Archive, card: Path) -> None:
    """A card that is pulled: what was read is whole, the rest is said, and taken when the card is back."""
    kept = {path.name: path.read_bytes() for path in card.iterdir()}

    def pull() -> None:
        for path in card.iterdir():
            path.unlink()

    one = start(archive, card, At(60, pull))
    after = states(one)
    assert after[ItemState.FAILED.value] > 10
    assert after[ItemState.ADMITTED.value] > 10
    assert set(after) == {ItemState.FAILED.value, ItemState.ADMITTED.value}
    assert {code for _, code in archive.intake.failures(one)} == {"vanished"}
    for name, content in kept.items():
        (card / name).write_bytes(content)
    archive.intake.again(one)
    assert resume(archive, one, Silent()).failed == []
    assert each_once(card, one)
    assert whole(archive) == []


def test_nobody_admits_in_the_name_of_the_next(archive: Archive, card: Path) -> None:
    one = start(archive, card, At(30, lambda: sign_in(archive, LEADER)))
    assert archive.person.name == LEADER
    entries = archive.database.connection().execute(
        "SELECT count(*) FROM ledger_entry WHERE act LIKE 'intake.%' AND person = ?", (LEADER,)).fetchall()
    assert entries == [(0,)]
    assert whole(archive) == []
    sign_in(archive, ARCHIVIST)
    archive.intake.again(one)
    resume(archive, one, Silent())
    assert each_once(card, one)


def test_a_case_that_is_filed_meanwhile_takes_no_more(archive: Archive, card: Path) -> None:
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    let_file(archive, case)
    with pytest.raises(Refusal) as no:
        deposit(archive, [os.fsencode(card)], case, Label(), At(150, lambda: archive.cases.file(CaseId(case), "材料齐全")))
    assert no.value.code == "cases.filed"
    assert whole(archive) == []
    folder = archive.cases.look(case)
    assert all(record.filed_at for record in folder.records)


def fail_at_admission(archive: Archive, patched: pytest.MonkeyPatch) -> None:
    def no(*_: object, **__: object) -> int:
        raise apsw.IOError("disk I/O error")

    patched.setattr(archive.database, "insert", no)


def fail_at_writing(archive: Archive, patched: pytest.MonkeyPatch) -> None:
    def no(*_: object) -> object:
        raise Refusal("vault.full", object_id="", reason="No space left on device")

    patched.setattr(archive.vault, "new_object", no)


def fail_at_publishing(archive: Archive, patched: pytest.MonkeyPatch) -> None:
    def no(*_: object) -> object:
        raise OSError(28, "No space left on device")

    patched.setattr("desktop.vault.backend._rename_new", no)


def fail_at_probing(archive: Archive, patched: pytest.MonkeyPatch) -> None:
    def no(*_: object) -> object:
        raise OSError(24, "Too many open files")

    patched.setattr("desktop.tools.worker._descriptor", no)


ENDS: dict[str, Callable[[Archive, Path, pytest.MonkeyPatch], object]] = {
    "well": lambda archive, card, patched: start(archive, card, Silent()),
    "cancelled at once": lambda archive, card, patched: start(archive, card, At(1, cancelled)),
    "cancelled late": lambda archive, card, patched: start(archive, card, At(180, cancelled)),
    "the source gone": lambda archive, card, patched: start(archive, card, At(40, lambda: [p.unlink() for p in card.iterdir()] and None)),
    "locked": lambda archive, card, patched: start(archive, card, At(40, archive.lock)),
    "no admission": lambda archive, card, patched: (fail_at_admission(archive, patched), start(archive, card, Silent())),
    "no writing": lambda archive, card, patched: (fail_at_writing(archive, patched), start(archive, card, Silent())),
    "no publishing": lambda archive, card, patched: (fail_at_publishing(archive, patched), start(archive, card, Silent())),
    "no probing": lambda archive, card, patched: (fail_at_probing(archive, patched), start(archive, card, Silent())),
    "held already": lambda archive, card, patched: (start(archive, card, Silent()), start(archive, card, Silent())),
}


@pytest.mark.parametrize("end", ENDS)
def test_no_file_stays_open_and_nothing_is_left(archive: Archive, card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    first = tmp_path / "first"
    first.mkdir()
    (first / "one.bin").write_bytes(b"one")
    start(archive, first, Silent())  # what is opened once for all is open now
    here = psutil.Process()
    before, children = here.num_fds(), len(here.children())
    with monkeypatch.context() as patched:
        ENDS[end](archive, card, patched)
    assert here.num_fds() == before
    assert len(here.children()) == children
    assert [p for p in here.open_files() if p.path.startswith(str(card))] == []
    assert whole(archive) == []
