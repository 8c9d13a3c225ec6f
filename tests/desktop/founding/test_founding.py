"""An archive is founded whole or not at all: given up, killed at each of its steps, twice at once, in a folder that is not empty."""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import pytest

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.database import damage_of
from desktop.errors import Refusal
from desktop.founding import STAGING, Plan, clear_leftovers, prepare
from desktop.founding_choices import desk_name, first_people, regulations, twice
from desktop.founding_draft import FounderDraft, draft_file, forget_draft, load_draft, save_draft
from desktop.opening import open_archive
from desktop.paths import RESOURCES
from desktop.people import Newcomer
from desktop.places import What, look_at
from desktop.recovery import recover
from desktop.recovery_paper import one_time_password

FOUR = [(Newcomer("韩立", "leader"), "long enough 1"), (Newcomer("孙立", "sysadmin"), "long enough 2"),
        (Newcomer("马静", "secadmin"), "long enough 3"), (Newcomer("吴岚", "auditor"), "long enough 4")]


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory, as a desk with a keyring service has one."""

    priority = 1  # type: ignore[assignment]  # a number here, a property there

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, ring = keyring.get_keyring(), Ring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def plan(root: Path, **more: object) -> Plan:
    return Plan(root, "档案室", "xigang-finance", FOUR, **{"training": True, **more})  # type: ignore[arg-type]  # fields of Plan


def everything(root: Path) -> list[str]:
    return sorted(p.relative_to(root).as_posix() for p in root.rglob("*"))


def test_nothing_is_in_its_place_until_it_is_finished(tmp_path: Path) -> None:
    root = tmp_path / "a" / "archive"
    prepared = prepare(plan(root))
    assert os.listdir(root) == [STAGING]
    with pytest.raises(Refusal) as missing:
        open_archive(root)
    assert missing.value.code == "archive.missing"
    prepared.finish()
    assert sorted(os.listdir(root)) == ["archive.db", "keys", "lantai.toml", "vault"]
    with closing(prepared.open()) as archive:
        assert verify_archive(archive.paths, archive.database, archive.vault).sound
        assert len(archive.people.names()) == 4


def test_a_founding_that_is_given_up_leaves_no_trace(tmp_path: Path, ring: Ring) -> None:
    root = tmp_path / "a" / "b" / "archive"
    prepared = prepare(plan(root, training=False))
    assert len(ring.kept) == 1
    prepared.discard()
    assert list(tmp_path.iterdir()) == []
    assert ring.kept == {}
    (tmp_path / "there").mkdir()
    prepare(plan(tmp_path / "there")).discard()
    assert everything(tmp_path) == ["there"]


def test_something_that_came_meanwhile_is_not_touched(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    prepared = prepare(plan(root))
    (root / "letter.txt").write_text("mine")
    with pytest.raises(Refusal) as no:
        prepared.finish()
    assert no.value.code == "archive.exists"
    prepared.discard()
    assert everything(root) == ["letter.txt"]


def test_two_foundings_in_one_folder(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    first = prepare(plan(root))
    with pytest.raises(Refusal) as no:
        prepare(plan(root))
    assert no.value.code == "founding.under_way"
    first.finish()
    assert (root / "lantai.toml").exists()


CALLS = ("fsync", "replace", "rename", "mkdir", "unlink", "rmdir")


def founding(root: Path, last: int) -> int:
    """Found in a child that is killed before its `last`-th step; how many steps it took, 0 when it was killed."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            steps = itertools.count(1)

            def around(call: Callable[..., Any]) -> Callable[..., Any]:
                def counted(*args: Any, **kwargs: Any) -> Any:
                    if next(steps) == last:
                        os.kill(os.getpid(), signal.SIGKILL)
                    return call(*args, **kwargs)

                return counted

            for name in CALLS:
                setattr(os, name, around(getattr(os, name)))
            prepare(plan(root)).finish()
            os.write(writes, str(next(steps) - 1).encode())
        finally:
            os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as said:
        told = said.read()
    os.waitpid(child, 0)
    return int(told or 0)


def test_killed_at_each_step_it_is_an_archive_or_none(tmp_path: Path) -> None:
    steps, archives = founding(tmp_path / "whole", 0), 0
    assert steps > 12
    for last in range(1, steps + 1):
        root = tmp_path / f"at-{last}"
        assert founding(root, last) == 0
        if (root / "lantai.toml").exists():
            archives += 1
            clear_leftovers(root)
            with closing(open_archive(root)) as archive:
                assert not damage_of(archive.database)
        else:
            assert look_at(str(root)).what is What.NEW
            with closing(prepared_again(root)) as archive:
                assert archive.name == "档案室"
        assert sorted(os.listdir(root)) == ["archive.db", "keys", "lantai.toml", "vault"]
    assert archives > 0


@pytest.mark.parametrize("for_ever", [False, True])
def test_a_disk_that_fails_at_any_step_is_a_refusal_and_the_next_founding_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                                              for_ever: bool) -> None:
    """It is full for one call and has room again, or from then on: no step leaves what the next founding trips over."""
    refused = 0
    for last in itertools.count(1):
        root = tmp_path / f"at-{last}" / "archive"
        with monkeypatch.context() as patched:
            failed = failing_disk(patched, last, for_ever)
            code = attempt(root)
        if not failed:
            break
        if code:
            assert code in ("archive.full", "vault.full", "archive.unreadable"), code
            assert not (root / "lantai.toml").exists()
            assert for_ever or not root.parent.exists(), last
            refused += 1
            prepared_again(root).close()
        open_archive(root).close()
        assert sorted(os.listdir(root)) == ["archive.db", "keys", "lantai.toml", "vault"]
    assert refused > 15


def failing_disk(patched: pytest.MonkeyPatch, last: int, for_ever: bool) -> list[int]:
    """The `last`-th call that writes fails for want of room, or it and all behind it; the calls that failed."""
    steps, failed = itertools.count(1), list[int]()

    def around(call: Callable[..., Any]) -> Callable[..., Any]:
        def fails(*args: Any, **kwargs: Any) -> Any:
            step = next(steps)
            if step == last or (for_ever and step > last):
                failed.append(step)
                raise OSError(errno.ENOSPC, "No space left on device")
            return call(*args, **kwargs)

        return fails

    for name in ("fsync", "replace", "rename", "mkdir", "open"):
        patched.setattr(os, name, around(getattr(os, name)))
    return failed


def attempt(root: Path) -> str:
    """Found an archive there; the code of the refusal."""
    prepared = None
    try:
        prepared = prepare(plan(root))
        prepared.finish()
    except Refusal as no:
        if prepared is not None:
            prepared.discard()
        return no.code
    return ""


def test_what_an_earlier_founding_left_is_told(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    (root / ".founding" / "keys").mkdir(parents=True)
    (root / "vault").mkdir()
    prepared = prepare(plan(root))
    assert prepared.cleared
    prepared.finish()
    assert sorted(os.listdir(root)) == ["archive.db", "keys", "lantai.toml", "vault"]
    assert not prepare(plan(tmp_path / "other")).cleared


def prepared_again(root: Path) -> Archive:
    prepared = prepare(plan(root))
    prepared.finish()
    return prepared.open()


def test_two_of_three_sheets_recover(tmp_path: Path) -> None:
    prepared = prepare(plan(tmp_path / "archive", shared=True))
    prepared.finish()
    one, two, three = (sheet.words for sheet in prepared.sheets)
    assert [len(words) for words in (one, two, three)] == [33, 33, 33]
    for words, code in ((one, "recovery.second_sheet"), (one + one, "recovery.sheets_differ"),
                        ([*one, *two[:-1], "academic"], "recovery.words_wrong")):
        with pytest.raises(Refusal) as no:
            recover(tmp_path / "archive", words, "韩立", "long enough 9", ["孙立", "马静"])
        assert no.value.code == code
    for pair in (one + two, three + one, two + three):
        recovered = recover(tmp_path / "archive", pair, "韩立", "long enough 9", ["孙立", "马静"])
        assert recovered.compartments
        recovered.archive.close()


def test_the_province_stands_in_the_rules_and_in_the_text_that_is_copied(tmp_path: Path) -> None:
    root = tmp_path / "archive"
    with pytest.raises(Refusal) as no:
        prepare(Plan(root, "档案室", "provincial", FOUR, training=True, one_time=True))
    assert no.value.code == "founding.province_missing"
    prepared = prepare(Plan(root, "档案室", "provincial", FOUR, training=True, province="辽宁省", agency="辽宁省某厅", one_time=True))
    prepared.finish()
    with closing(prepared.open()) as archive:
        assert archive.rules.profile("provincial", 1).province == "辽宁省"
        assert archive.rules.profile("xigang-finance", 1).province == ""
        archive.people.sign_in("韩立", "long enough 1")
        assert archive.people.must_change()
        assert 'province = "辽宁省"' in archive.rulebook.text("provincial", 1)


def test_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(plan(tmp_path / "archive")).finish()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    (tmp_path / "file").write_text("x")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "lantai.toml").write_text("x")
    found = {name: look_at(str(tmp_path / name)) for name in ("archive", "full", "file", "file/below", "broken", "new/below")}
    assert {name: place.what for name, place in found.items()} == {
        "archive": What.ARCHIVE, "full": What.TAKEN, "file": What.TAKEN, "file/below": What.TAKEN, "broken": What.DAMAGED, "new/below": What.NEW}
    assert found["archive"].archive is not None
    assert found["archive"].archive.name == "档案室"
    assert found["new/below"].free
    assert [look_at(typed).what for typed in ("", "  ", "here", "a\0b")] == [What.NO_PLACE] * 4
    assert look_at("~/x").path.is_absolute()
    lines = f"server:/x {tmp_path}/full nfs4 rw 0 0\ntmpfs {tmp_path} tmpfs rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda self, **_: lines)
    assert look_at(str(tmp_path / "full" / "deep")).share == "nfs4"
    assert look_at(str(tmp_path / "other")).share == ""


def test_first_people_and_their_passwords() -> None:
    draft = FounderDraft(people=[["韩立", "leader"], [" ", "officer"], ["孙立", "sysadmin"]])
    made = first_people(draft)
    assert [(person.name, person.clearance.trade) for person, _ in made] == [("韩立", True), ("孙立", False)]
    secrets = {one_time_password() for _ in range(200)}
    assert len(secrets) == 200
    assert all(len(one) == 14 and not set(one) & set("0oO1lI2Z5S8Bvu") for one in secrets)
    assert twice(["韩立", "", " 韩立 "]) == "韩立"
    assert twice(["韩立", "", ""]) == ""
    assert desk_name(" 窗口 1号/机 ") == "窗口-1号-机"
    assert [one.key for one in regulations() if one.asks_province] == ["provincial"]
    assert all(one.agencies and one.kinds for one in regulations())


def test_the_draft_is_kept_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert load_draft() == FounderDraft()
    save_draft(FounderDraft(folder="/data/x", people=[["韩立", "leader"]], step=3))
    assert load_draft() == FounderDraft(folder="/data/x", people=[["韩立", "leader"]], step=3)
    for text in ("", "[]", '{"folder": 3}', '{"other": 1}', '{"people": [["x"]]}'):
        draft_file().write_text(text)
        assert load_draft() == FounderDraft()
    forget_draft()
    assert not draft_file().exists()


REAL = """
import sys
from pathlib import Path
from desktop.opening import open_archive
from desktop.errors import Refusal
from desktop.founding import Plan, prepare
from desktop.people import Newcomer
from desktop.renewal import prepare_sheet, renew
from desktop.jobs import Silent
from desktop.vault.desk import forget_desk
import keyring
place = Path(sys.argv[1])
def plan(name):
    people = [(Newcomer("韩立", "leader"), "long enough 1"), (Newcomer("孙立", "sysadmin"), "long enough 2")]
    return Plan(place / name, "档案室", "xigang-finance", people)
prepare(plan("given up")).discard()
print("gone", not (place / "given up").exists())
prepared = prepare(plan("archive"))
prepared.finish()
archive = open_archive(place / "archive")
archive.people.sign_in("韩立", "long enough 1")
renew(archive, prepare_sheet(archive), "long enough 1", "孙立", "long enough 2", Silent())
before = archive.desk.database_key
archive.close()
archive = open_archive(place / "archive")
print("renewed", archive.desk.database_key != before)
archive.close()
forget_desk(next((place / "archive" / "keys").glob("desk-*.json")))
try:
    open_archive(place / "archive")
except Refusal as refusal:
    print("refused", refusal.code)
"""


@pytest.mark.skipif(not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
                    reason="no dbus-run-session or gnome-keyring-daemon on this machine")
def test_with_a_real_keyring(tmp_path: Path) -> None:
    session = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" -c "$1" "$2"'
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(["dbus-run-session", "--", "bash", "-c", session, sys.executable, REAL, str(tmp_path)], env=os.environ | home,
                          cwd=RESOURCES.parent, capture_output=True, text=True, timeout=120, check=True)
    assert done.stdout.splitlines() == ["gone True", "renewed True", "refused desk.keyring_missing"]
