"""No room on the vault, on the database, in its log: a clear no, nothing half there, and all goes on once there is room."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from pathlib import Path

import apsw
import pytest

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.cases import CaseDraft
from desktop.errors import Refusal
from desktop.i18n import sentence
from desktop.intake import deposit, resume
from desktop.jobs import Silent
from desktop.opening import open_archive
from models.holdings import Component, Deposit, DepositItem, StoredObject
from models.secrecy import Label
from models.terms import DepositId, DepositState, EnforcementKind, ItemState
from tests.faults.conftest import Disks, fill, remounted
from tests.office import ARCHIVIST, sign_in

MIB = 1 << 20


@pytest.fixture
def no_spare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a deposit begin although the disk is nearly full: another program may fill it after the check."""
    monkeypatch.setattr(sys.modules["desktop.intake.deposit"], "SPARE", -(1 << 40))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.bin").write_bytes(bytes([n]) * MIB)
    return folder


def whole(archive: Archive) -> list[str]:
    """What is wrong: findings, objects without rows, rows without objects, temporaries."""
    wrong = [f"{f.code} {f.facts}" for f in verify_archive(archive.paths, archive.database, archive.vault).findings]
    rows = {o.object_id for o in StoredObject.select()}
    wrong += sorted(f"stray {o}" for o in set(archive.vault.object_ids()) ^ rows)
    wrong += [f"left {p.name}" for name in ("incoming", "intents") for p in (archive.paths.vault / name).glob("*")]
    return wrong


def taken(archive: Archive, deposit_id: int) -> int:
    return Component.select().where(Component.deposit == deposit_id).count()


def write_until_full(archive: Archive) -> int:
    """How many case folders were written before there was no room; the refusal must say so."""
    for n in range(400):
        try:
            archive.cases.create(CaseDraft(f"西财检〔2026〕{1000 + n}号", "满" * 8000, EnforcementKind.INSPECTION))
        except Refusal as no:
            if no.code != "archive.full":
                raise
            return n
    raise AssertionError("it never filled")


def go_on(archive: Archive, source: Path) -> None:
    """After room was made, in this program and in the next: the deposit takes the rest, each file once."""
    row = Deposit.select().order_by(Deposit.id.desc()).get()
    archive.intake.again(DepositId(row.id))
    report = resume(archive, DepositId(row.id), Silent())
    assert report.failed == []
    assert taken(archive, row.id) == len(list(source.iterdir()))
    assert whole(archive) == []


def test_what_cannot_fit_is_refused_before_anything_is_copied(office: Archive, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(office, ARCHIVIST)
    monkeypatch.setattr(type(office.vault), "free_space", lambda self: 3 * MIB)
    before = Deposit.select().count()
    with pytest.raises(Refusal) as no:
        deposit(office, [os.fsencode(source)], None, Label(), Silent())
    assert no.value.code == "intake.no_space"
    assert no.value.facts == {"need": "0.1 GB", "free": "0.0 GB"}
    assert Deposit.select().count() == before


def test_the_vaults_disk_fills_in_the_middle(office_template: Path, tmp_path: Path, source: Path, disks: Disks, no_spare: None) -> None:
    root = tmp_path / "archive"
    shutil.copytree(office_template, root)
    disk = disks.small(root / "vault", "8m")
    filler = fill(disk, leave=3 * MIB)
    archive = sign_in(open_archive(root), ARCHIVIST)
    try:
        with pytest.raises(Refusal) as no:
            deposit(archive, [os.fsencode(source)], None, Label(), Silent())
        assert no.value.code == "vault.full"
        row = Deposit.select().order_by(Deposit.id.desc()).get()
        assert row.state == DepositState.STOPPED.value
        assert DepositItem.select().where((DepositItem.deposit == row.id) & (DepositItem.state == ItemState.WAITING.value)).exists()
        assert whole(archive) == ["object.unknown {'path': 'filler'}"]
        archive.cases.create(CaseDraft("西财检〔2026〕77号", "满盘之后", EnforcementKind.INSPECTION))
        filler.unlink()
        remounted(disk, "size=32m")
        go_on(archive, source)
    finally:
        archive.close()


def test_the_databases_disk_is_full(office_template: Path, tmp_path: Path, source: Path, disks: Disks, no_spare: None) -> None:
    """Vault and database on one disk: what is taken in leaves no room for its rows."""
    root = tmp_path / "disk" / "archive"
    shutil.copytree(office_template, root)
    disk = disks.small(root.parent, "24m")
    archive = sign_in(open_archive(root), ARCHIVIST)
    filler = fill(disk)
    try:
        assert write_until_full(archive) >= 0
        with pytest.raises(Refusal) as also:
            deposit(archive, [os.fsencode(source)], None, Label(), Silent())
        assert also.value.code in ("archive.full", "vault.full")
        archive.close()
        archive = open_archive(root)  # with the disk still full
        filler.unlink()
        assert whole(archive) == []
        sign_in(archive, ARCHIVIST)
        report = deposit(archive, [os.fsencode(source)], None, Label(), Silent())
        assert report.failed == []
        assert report.total == 6
        assert whole(archive) == []
    finally:
        archive.close()


def test_the_log_of_the_database_has_no_room(office_template: Path, tmp_path: Path, disks: Disks) -> None:
    """The log lies beside the database; here the database itself is a file of another disk."""
    root = tmp_path / "archive"
    shutil.copytree(office_template, root)
    shutil.move(str(root / "archive.db"), tmp_path / "archive.db")
    disks.small(root, "1m")
    disks.file(tmp_path / "archive.db", root / "archive.db")
    archive = sign_in(open_archive(root), ARCHIVIST)
    try:
        written = write_until_full(archive)
        assert archive.cases.numbered(f"西财检〔2026〕{999 + written}号") is not None
        assert archive.cases.numbered(f"西财检〔2026〕{1000 + written}号") is None
    finally:
        archive.close()
    again = open_archive(root)
    try:
        assert whole(again) == []
        sign_in(again, ARCHIVIST)
        assert again.cases.numbered(f"西财检〔2026〕{999 + written}号") is not None
        again.cases.create(CaseDraft("西财检〔2026〕77号", "满盘之后", EnforcementKind.INSPECTION))
    finally:
        again.close()


# The same three without a disk of one's own: the error itself is injected, so these run everywhere.
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_vault_by_its_error(office: Archive, source: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    sign_in(office, ARCHIVIST)
    room, write = [3 * MIB], os.write

    def with_end(fd: int, block: bytes) -> int:
        if len(block) > 100_000:
            room[0] -= len(block)
            if room[0] < 0:
                raise OSError(number, os.strerror(number))
        return write(fd, block)

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", with_end)
        with pytest.raises(Refusal) as no:
            deposit(office, [os.fsencode(source)], None, Label(), Silent())
    assert no.value.code == "vault.full"
    assert whole(office) == []
    go_on(office, source)


def test_a_full_database_by_its_error(office: Archive, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine's own limit on pages gives the same error as a full disk; it is kept by each connection, and admitting has its own."""
    sign_in(office, ARCHIVIST)
    connection, connect = office.database.connection(), office.database._connect
    most = connection.pragma("page_count") + 40

    def limited() -> apsw.Connection:
        another = connect()
        another.pragma("max_page_count", most)
        return another

    with monkeypatch.context() as patched:
        patched.setattr(office.database, "_connect", limited)
        connection.pragma("max_page_count", most)
        assert write_until_full(office) > 0
        with pytest.raises(Refusal) as also:
            deposit(office, [os.fsencode(source)], None, Label(), Silent())
        assert also.value.code == "archive.full"
        assert whole(office) == []
    office.database.connection().pragma("max_page_count", 2_000_000)
    deposit(office, [os.fsencode(source)], None, Label(), Silent())
    assert whole(office) == []


def test_the_database_fills_when_the_files_are_in_the_vault_already(office: Archive, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Objects first, rows second: objects that get no rows are taken back at once, for the disk is full."""
    sign_in(office, ARCHIVIST)

    def no_room(*_: object, **__: object) -> int:
        raise apsw.FullError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(office.database, "insert", no_room)
        with pytest.raises(Refusal) as no:
            deposit(office, [os.fsencode(source)], None, Label(), Silent())
    assert no.value.code == "archive.full"
    assert whole(office) == []
    go_on(office, source)


def test_each_of_them_says_what_to_do() -> None:
    for code, facts in (("archive.full", {}), ("vault.full", {}), ("intake.no_space", {"need": "1 GB", "free": "0 GB"})):
        assert "空间" in sentence(code, **facts)
