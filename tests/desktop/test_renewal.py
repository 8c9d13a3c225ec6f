"""The recovery sheet renewed: the new one opens everything, the old one nothing any more, whatever is cut off on the way."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.database import ArchiveDatabase
from desktop.errors import Refusal
from desktop.jobs import Silent
from desktop.opening import found, open_archive
from desktop.people import compartment_info
from desktop.recovery import recover
from desktop.rekeying import mark_of, settled_key
from desktop.renewal import NewSheet, prepare_sheet, renew
from desktop.vault.keys import open_data_key
from desktop.vault.recovery import open_recovery
from models.base import Fact
from models.holdings import StoredObject
from models.people import CompartmentKey
from tests.office import ARCHIVIST, LEADER, OFFICER, SYSADMIN, make_office, password_of, sign_in


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """An agency whose recovery words are known."""
    import tests.office as kit

    root, words = tmp_path_factory.mktemp("renewal") / "archive", []

    def telling(*args: Any, **more: Any) -> Any:
        founding = found(*args, **more)
        words.extend(founding.words)
        return founding

    before, kit.found = kit.found, telling
    try:
        make_office(root)
    finally:
        kit.found = before
    return root, words


@pytest.fixture
def root(template: tuple[Path, list[str]], tmp_path: Path) -> Path:
    shutil.copytree(template[0], tmp_path / "archive")
    return tmp_path / "archive"


def put_in_force(archive: Archive, sheet: NewSheet, witness: str = SYSADMIN, secret: str = "") -> list[str]:
    return renew(archive, sheet, password_of(LEADER), witness, secret or password_of(witness), Silent())


def renewed(root: Path, shared: bool = False) -> NewSheet:
    archive = sign_in(open_archive(root), LEADER)
    sheet = prepare_sheet(archive, shared)
    put_in_force(archive, sheet)
    archive.close()
    return sheet


def sound(archive: Archive) -> bool:
    return not [f for f in verify_archive(archive.paths, archive.database, archive.vault).findings if not f.code.startswith("schema.")]


def findings_of(archive: Archive) -> list[Any]:
    return list(verify_archive(archive.paths, archive.database, archive.vault).findings)


def opened_by_sheet(root: Path, words: list[str]) -> None:
    """The words open the archive, and every data key from the recovery pair alone."""
    recovered = recover(root, words, LEADER, "long enough 9", [SYSADMIN, ARCHIVIST])
    try:
        held = recovered.archive.people.sign_in(LEADER, "long enough 9").compartments
        for one in StoredObject.select():
            assert len(open_data_key(bytes(one.sealed_key), [held[n] for n in one.compartments.split()], one.object_id)) == 32
    finally:
        recovered.archive.close()


def test_the_new_sheet_opens_and_the_old_one_does_not(root: Path, template: tuple[Path, list[str]]) -> None:
    before = open_archive(root)
    old_keys, old_recovery = before.desk.database_key, (root / "keys" / "recovery.json").read_bytes()
    before.close()
    sheet = renewed(root)
    assert sorted(p.name for p in (root / "keys").iterdir() if p.name.startswith("recovery")) == [sheet.file.name]
    with pytest.raises(Refusal) as no:
        recover(root, template[1], LEADER, "long enough 9", [SYSADMIN, ARCHIVIST])
    assert no.value.code == "recovery.words_wrong"
    archive = open_archive(root)
    assert archive.desk.database_key not in (None, old_keys)  # changed at this start
    assert mark_of(archive.desk.database_key or b"") == Fact.get(Fact.name == "database_key").value
    assert sound(archive)
    sign_in(archive, LEADER)
    assert not archive.keyroom.standing().promised
    # The old sheet with the old file out of a backup: neither the database of now, nor any key of now.
    kept = root.parent / "recovery.json"
    kept.write_bytes(old_recovery)
    old = open_recovery(kept, template[1])
    assert old.database_key == old_keys
    for row in CompartmentKey.select().where(CompartmentKey.person.is_null()):
        with pytest.raises(Refusal):
            old.open(bytes(row.sealed), compartment_info(row.compartment.name))
    archive.close()
    with pytest.raises(Exception, match=r"(?i)not a database"):
        ArchiveDatabase(root / "archive.db", old.database_key or b"").connect()
    opened_by_sheet(root, sheet.sheets[0].words)


def test_what_an_old_sheet_still_opens_is_a_backup_of_before(root: Path, template: tuple[Path, list[str]]) -> None:
    shutil.copytree(root, root.parent / "backup")
    renewed(root)
    opened_by_sheet(root.parent / "backup", template[1])


def test_before_the_next_start_the_new_sheet_opens_as_well(root: Path) -> None:
    """The machine breaks right after the renewal: the database still has its older key, and takes the newer one as it is recovered."""
    sheet = renewed(root)
    opened_by_sheet(root, sheet.sheets[0].words)
    renewed_again = sign_in_after(root)
    opened_by_sheet(root, renewed_again.sheets[0].words)


def sign_in_after(root: Path) -> NewSheet:
    archive = open_archive(root)
    archive.people.sign_in(LEADER, "long enough 9")
    sheet = prepare_sheet(archive)
    renew(archive, sheet, "long enough 9", SYSADMIN, password_of(SYSADMIN), Silent())
    archive.close()
    return sheet


def test_three_sheets_in_place_of_one_and_a_second_renewal(root: Path) -> None:
    first = renewed(root, shared=True)
    assert len(first.sheets) == 3
    second = renewed(root)
    with pytest.raises(Refusal):
        recover(root, [*first.sheets[0].words, *first.sheets[2].words], LEADER, "long enough 9", [SYSADMIN, ARCHIVIST])
    opened_by_sheet(root, second.sheets[0].words)


def test_it_takes_two_persons(root: Path) -> None:
    archive = sign_in(open_archive(root), LEADER)
    sheet = prepare_sheet(archive)
    for witness, secret, code in ((OFFICER, "", "keys.witness"), (LEADER, "", "keys.witness"), ("无此人", "x", "keys.witness"),
                                  (SYSADMIN, "wrong password", "sign_in.wrong")):
        with pytest.raises(Refusal) as no:
            put_in_force(archive, sheet, witness, secret or "x" * 9 if witness == "无此人" else secret)
        assert no.value.code == code
    with pytest.raises(Refusal) as mine:
        renew(archive, sheet, "wrong password", SYSADMIN, password_of(SYSADMIN), Silent())
    assert mine.value.code == "password.wrong"
    assert [p.name for p in (root / "keys").glob("recovery*.json")] == ["recovery.json"]
    void = put_in_force(archive, sheet)  # the same sheet, proven once
    assert void == ["recovery.json"]
    sign_in(archive, OFFICER)
    with pytest.raises(Refusal) as denied:
        archive.keyroom.standing()
    assert denied.value.code == "permission.denied"
    archive.close()


def test_other_desks_must_come_back_with_the_new_sheet(root: Path, template: tuple[Path, list[str]]) -> None:
    recovered = recover(root, template[1], LEADER, password_of(LEADER), [SYSADMIN, ARCHIVIST])
    recovered.archive.close()
    archive = sign_in(open_archive(root), LEADER)
    assert archive.desk_name == recovered.desk
    void = put_in_force(archive, prepare_sheet(archive))
    assert len(void) == 2
    assert [p.name for p in (root / "keys").glob("desk-*.json")] == [f"desk-{recovered.desk}.json"]
    assert sound(archive)
    archive.close()
    archive = open_archive(root)
    assert sound(archive)
    archive.close()


def killed(work: Callable[[Callable[[], None]], None], at: int) -> int:
    """Do `work` in a child that is killed at its `at`-th step; how many steps there were, 0 when it was killed."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        count = [0]

        def step() -> None:
            count[0] += 1
            if count[0] == at:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            for name in ("fsync", "replace", "rename", "unlink"):
                call = getattr(os, name)
                setattr(os, name, lambda *a, _call=call, **k: (step(), _call(*a, **k))[1])  # type: ignore[func-returns-value]  # counts, then does it
            work(step)
            os.write(writes, str(count[0]).encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        told = said.read()
    os.waitpid(child, 0)
    return int(told or 0)


def test_killed_at_each_step_the_old_sheet_or_the_new_one_opens(root: Path, template: tuple[Path, list[str]], tmp_path: Path,
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the new sheet are fixed beforehand, so that what the killed child printed is known here."""
    seed = bytes(range(32))
    monkeypatch.setattr("desktop.vault.recovery.os", type("os", (), {"urandom": staticmethod(lambda n: seed)}))
    from desktop.vault.recovery import _words_of

    words = list(_words_of(seed, "chinese_simplified").replace(" ", ""))
    outcomes = []

    def work(place: Path) -> Callable[[Callable[[], None]], None]:
        def run(step: Callable[[], None]) -> None:
            archive = sign_in(open_archive(place), LEADER)
            sheet = prepare_sheet(archive)
            archive.database.connection().set_commit_hook(lambda: step() or False)
            put_in_force(archive, sheet)
            archive.close()
            open_archive(place).close()

        return run

    shutil.copytree(root, tmp_path / "whole")
    steps = killed(work(tmp_path / "whole"), 0)
    assert steps > 10
    for at in range(1, steps + 1):
        place = tmp_path / f"at-{at}"
        shutil.copytree(root, place)
        assert killed(work(place), at) == 0
        archive = open_archive(place)
        assert sound(archive), (at, findings_of(archive))
        new = Fact.select().where(Fact.name == "recovery_file").exists()
        archive.close()
        opened_by_sheet(place, words if new else template[1])
        with pytest.raises(Refusal):
            recover(place, template[1] if new else words, LEADER, "long enough 9", [SYSADMIN, ARCHIVIST])
        outcomes.append(new)
        shutil.rmtree(place)
    assert set(outcomes) == {False, True}
    assert outcomes == sorted(outcomes)


def test_the_change_of_the_database_key_survives_a_kill_at_any_moment(root: Path, tmp_path: Path) -> None:
    renewed(root)
    dice = random.Random(20261122)
    from desktop.vault.desk import open_desk

    desk = open_desk(next((root / "keys").glob("desk-*.json")), lambda: "lantai-training")
    assert len(desk.candidates) == 2
    seen = set()
    for number in range(16):
        place = tmp_path / f"{number}.db"
        shutil.copy(root / "archive.db", place)
        child = os.fork()
        if child == 0:
            settled_key(place, desk.candidates)
            os._exit(0)
        time.sleep(dice.uniform(0.0, 0.03))  # a moment of the change, not a waiting for its end
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kept = settled_key(place, desk.candidates, change=False)
        seen.add(desk.candidates.index(kept))
        assert settled_key(place, desk.candidates) == desk.candidates[0]
        connection = ArchiveDatabase(place, desk.candidates[0])
        connection.connect()
        assert connection.connection().execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
    assert seen <= {0, 1}


def test_a_database_that_is_open_elsewhere_keeps_its_key_until_it_is_closed(root: Path) -> None:
    archive = sign_in(open_archive(root), LEADER)
    put_in_force(archive, prepare_sheet(archive))
    assert archive.keyroom.standing().promised
    keys = archive.desk.candidates
    assert settled_key(root / "archive.db", keys) == keys[1]
    sign_in(archive, ARCHIVIST)  # goes on as before
    archive.close()
    assert settled_key(root / "archive.db", keys) == keys[0]
