"""Everything that may be wrong when an archive is opened: each is refused with a sentence that says what to do next."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import keyring.backend
import keyring.backends.fail
import pytest

from desktop import i18n
from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.cases import CaseDraft
from desktop.errors import Refusal
from desktop.jobs import Silent
from desktop.opening import TRAINING_PASSPHRASE, found, open_archive
from desktop.paths import RESOURCES
from desktop.vault.desk import create_desk, open_desk
from models.holdings import Component
from models.schema import VERSION
from models.secrecy import Label
from models.terms import EnforcementKind, Verb
from tests.faults.conftest import Disks, remounted
from tests.office import ARCHIVIST, AUDITOR, OPEN_CASE, PEOPLE, TRADE_CASE, password_of, sign_in

PAGE = 4096


@pytest.fixture
def root(office_template: Path, tmp_path: Path) -> Path:
    """A closed copy of the agency's archive."""
    shutil.copytree(office_template, tmp_path / "archive")
    return tmp_path / "archive"


def refused(root: Path, **how: Any) -> Refusal:
    """The refusal of opening; its sentence must be one, in both languages, and say what to do."""
    with pytest.raises(Refusal) as no:
        open_archive(root, **how).close()
    return speaks(no.value)


def speaks(refusal: Refusal, *codes: str) -> Refusal:
    assert not codes or refusal.code in codes
    try:
        for language, ask in (("zh_CN", "请"), ("en", " ")):
            i18n.set_language(language)
            assert str(refusal) != refusal.code
            assert "{" not in str(refusal)
            assert ask in str(refusal)
    finally:
        i18n.set_language("zh_CN")
    return refusal


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_a_folder_that_is_not_there_or_empty(tmp_path: Path, root: Path) -> None:
    assert refused(tmp_path / "nowhere").code == "archive.missing"
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty").code == "archive.missing"
    (root / "archive.db").unlink()
    assert refused(root).code == "archive.missing"
    assert not (root / "archive.db").exists()  # looking makes nothing


def test_a_training_archive_whose_desk_file_was_altered(root: Path) -> None:
    """Its passphrase is known to all: nobody mistyped it."""
    desk, = (root / "keys").glob("desk-*.json")
    flip(desk, desk.read_bytes().index(b'"sealed"') + 20)
    assert refused(root).code == "desk.file_damaged"


def test_a_change_of_the_database_key_that_was_cut_off_and_is_only_read(root: Path) -> None:
    (root / "archive.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(5000))
    with pytest.raises(Refusal) as no:
        open_archive(root, read_only=True)
    assert no.value.code == "archive.unfinished"
    open_archive(root).close()
    open_archive(root, read_only=True).close()


def test_the_wrong_desk_passphrase(tmp_path: Path, root: Path) -> None:
    header = root / "lantai.toml"
    header.write_text(header.read_text().replace("training = true", "training = false"))
    assert refused(root, passphrase=lambda: "not this").code == "desk.passphrase_wrong"
    assert refused(root).code == "desk.passphrase_wanted"
    open_archive(root, passphrase=lambda: TRAINING_PASSPHRASE).close()


class MemoryRing(keyring.backend.KeyringBackend):
    """A keyring that keeps its secrets in memory."""

    priority = 1  # type: ignore[assignment] # a class property in the library

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def no_keyring() -> Iterator[None]:
    """As on a machine without a session bus: the backend that fails."""
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


def test_no_keyring_at_founding(tmp_path: Path, no_keyring: None) -> None:
    with pytest.raises(Refusal) as no:
        found(tmp_path / "new", "档案室", "xigang-finance", [(PEOPLE[0], password_of(PEOPLE[0].name))])
    assert speaks(no.value).code == "desk.keyring_missing"
    assert not (tmp_path / "new").exists()


def test_the_keyring_is_gone_when_the_desk_is_opened(root: Path, no_keyring: None) -> None:
    desk = next((root / "keys").glob("desk-*.json"))
    keys = open_desk(desk, lambda: TRAINING_PASSPHRASE)
    desk.unlink()
    keyring.set_keyring(MemoryRing())
    create_desk(desk, keys.desk_id, keys.database_key, "keyring")
    open_archive(root).close()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    assert refused(root).code == "desk.keyring_missing"


def test_a_damaged_header(root: Path) -> None:
    header = root / "lantai.toml"
    whole = header.read_bytes()
    for spoiled in (b"", b"\xff\xfe", whole[: len(whole) // 2], whole.replace(b"archive_id", b"archive_ID"), b"[" + whole,
                    whole.replace(b"training = true", b"training = maybe")):
        header.write_bytes(spoiled)
        assert refused(root).code == "archive.header_damaged"
    header.write_bytes(whole.replace(b"format = 1", b"format = 2"))
    assert refused(root).code == "archive.newer"
    header.unlink()
    header.mkdir()
    assert refused(root).code == "archive.header_damaged"


def test_every_byte_of_the_header_counts(root: Path) -> None:
    """It does not open, or verification names the file."""
    header = root / "lantai.toml"
    whole = header.read_bytes()
    for at in range(0, len(whole), 7):
        flip(header, at)
        try:
            archive = open_archive(root, read_only=True, passphrase=lambda: TRAINING_PASSPHRASE)
        except Refusal as no:
            speaks(no)
        else:
            assert "file.changed" in {f.code for f in verify_archive(archive.paths, archive.database, archive.vault).findings}
            archive.close()
        header.write_bytes(whole)


def test_a_damaged_key_file(root: Path) -> None:
    desk = next((root / "keys").glob("desk-*.json"))
    whole = desk.read_bytes()
    for spoiled in (b"", b"{}", b"\x00" * 200, whole[:-40], whole.replace(b"lantai/desk/1", b"lantai/desk/9")):
        desk.write_bytes(spoiled)
        assert refused(root).code == "desk.file_damaged"
    for at in range(0, len(whole), 29):
        desk.write_bytes(whole)
        flip(desk, at)
        try:
            open_archive(root).close()
        except Refusal as no:
            speaks(no, "desk.file_damaged", "desk.passphrase_wrong")
    desk.rename(desk.with_name("desk-a.json"))
    shutil.copy(desk.with_name("desk-a.json"), desk.with_name("desk-b.json"))
    assert refused(root).code == "desk.unknown"
    shutil.rmtree(root / "keys")
    assert refused(root).code == "desk.file_damaged"


def test_the_key_of_another_archive(root: Path, office_template: Path, tmp_path: Path) -> None:
    from tests.office import make_office

    make_office(tmp_path / "other")
    shutil.copytree(tmp_path / "other" / "keys", root / "keys", dirs_exist_ok=True)
    assert refused(root).code == "archive.damaged"


@pytest.mark.parametrize("at", [0, 10, 16, 23, 24, 59, 100, 1000, PAGE - 40, PAGE - 1])
def test_a_damaged_first_page(root: Path, at: int) -> None:
    flip(root / "archive.db", at)
    assert refused(root).code == "archive.damaged"


def test_a_damaged_page_anywhere(root: Path) -> None:
    """It is refused with the same sentence wherever the damage is met, and verification names it always."""
    whole = (root / "archive.db").read_bytes()
    met: Counter[str] = Counter()
    for page in range(1, len(whole) // PAGE, 4):
        (root / "archive.db").write_bytes(whole)
        flip(root / "archive.db", page * PAGE + (page * 7) % PAGE)
        for side in ("-wal", "-shm"):
            (root / f"archive.db{side}").unlink(missing_ok=True)
        met[where(root)] += 1
    assert set(met) <= {"opening", "working", "verifying"}
    assert met["working"] > 2


def where(root: Path) -> str:
    try:
        archive = open_archive(root)
    except Refusal as no:
        speaks(no, "archive.damaged")
        return "opening"
    try:
        codes = {f.code for f in verify_archive(archive.paths, archive.database, archive.vault).findings}
        assert codes & {"database.damaged", "search.index_damaged", "database.unreadable"}
        sign_in(archive, ARCHIVIST)
        case = archive.cases.numbered(OPEN_CASE)
        assert case is not None
        archive.cases.look(case)
        archive.cases.page()
        archive.cases.history(case)
        archive.intake.unlinked()
    except Refusal as no:
        speaks(no, "archive.damaged", "not_found")
        return "working"
    finally:
        archive.close()
    return "verifying"


def test_truncated_databases(root: Path) -> None:
    whole = (root / "archive.db").read_bytes()
    for length in (1, 100, PAGE - 1, PAGE, len(whole) // 2):
        (root / "archive.db").write_bytes(whole[:length])
        try:
            archive = open_archive(root)
        except Refusal as no:
            speaks(no, "archive.damaged")
        else:
            codes = {f.code for f in verify_archive(archive.paths, archive.database, archive.vault).findings}
            archive.close()
            assert codes


def test_a_draft_from_before_the_first_release(root: Path) -> None:
    """Its ledger was kept otherwise: a sentence and what to do, not a trace."""
    archive = open_archive(root)
    archive.database.connection().execute("PRAGMA legacy_alter_table = 1")
    archive.database.connection().execute("ALTER TABLE ledger_leaf RENAME TO ledger_entry_of_old")
    archive.close()
    refusal = refused(root)
    assert refusal.code == "archive.draft"
    speaks(refusal, "archive.draft")


def test_a_newer_schema(root: Path) -> None:
    archive = open_archive(root)
    archive.database.connection().pragma("user_version", VERSION + 1)
    archive.close()
    refusal = refused(root)
    assert (refusal.code, refusal.facts) == ("archive.newer", {"version": VERSION + 1, "known": VERSION})


def only_for_reading(archive: Archive) -> None:
    """Opened, signed in, lists, verified; what asks for an entry is refused, and nothing was written."""
    assert archive.database.read_only
    assert archive.people.names()
    assert verify_archive(archive.paths, archive.database, archive.vault).sound
    size = archive.ledger_state().size
    sign_in(archive, ARCHIVIST)
    assert [line.case_number for line in archive.cases.page()][-1] == OPEN_CASE
    assert archive.cases.count() == 3
    case = archive.cases.numbered(OPEN_CASE)
    assert case is not None
    component = Component.select().first()
    asked = RequestDraft((Asked(component.id),), Verb.VIEW, "复核", "2099-01-01T00:00:00.000000Z")
    for attempt in (lambda: archive.cases.look(case), lambda: archive.cases.create(CaseDraft("一号", "因", EnforcementKind.OTHER)),
                    lambda: archive.approvals.create(asked), lambda: archive.people.change_password(password_of(ARCHIVIST), "another-one"),
                    lambda: archive.intake.begin(b"/", [], None, Label())):
        with pytest.raises(Refusal) as no:
            attempt()
        assert speaks(no.value).code == "archive.read_only"
    with pytest.raises(Refusal) as wrong:
        archive.people.sign_in(ARCHIVIST, "wrong password")
    assert wrong.value.code == "sign_in.wrong"
    sign_in(archive, AUDITOR)
    assert archive.audit.verify(Silent()).sound
    archive.people.sign_out()
    assert archive.ledger_state().size == size
    archive.close()


def test_opened_for_reading(root: Path) -> None:
    only_for_reading(open_archive(root, read_only=True))


def test_on_a_disk_that_cannot_be_written(root: Path, disks: Disks) -> None:
    disk = disks.small(root, "16m")
    remounted(disk, "ro")
    only_for_reading(open_archive(root))
    remounted(disk, "rw")
    archive = sign_in(open_archive(root), ARCHIVIST)
    archive.cases.create(CaseDraft("西财检〔2026〕77号", "可写之后", EnforcementKind.INSPECTION))
    archive.close()


def written_and_killed(root: Path, acts: int) -> str:
    """A desk that wrote so many acts, signed a checkpoint kept elsewhere, and was killed; the checkpoint."""
    script = (f"import os, signal, sys; sys.path.insert(0, {str(RESOURCES.parent)!r})\n"
              "from pathlib import Path\nfrom tests.office import *\n"
              f"archive = open_archive(Path({str(root)!r}))\nsign_in(archive, ARCHIVIST)\n"
              f"for n in range({acts}): archive.cases.create(CaseDraft(f'西财检〔2026〕{{100 + n}}号', '因', EnforcementKind.OTHER))\n"
              "sign_in(archive, AUDITOR)\nprint(archive.audit.checkpoint(), end='', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (root / "archive.db-wal").stat().st_size > 0
    return done.stdout


def findings(archive: Archive, outside: str = "") -> set[str]:
    return {f.code for f in verify_archive(archive.paths, archive.database, archive.vault, None, [outside] if outside else []).findings}


@pytest.mark.parametrize("gone", [(), ("-shm",)])
def test_a_log_left_behind_is_merged(root: Path, gone: tuple[str, ...]) -> None:
    checkpoint = written_and_killed(root, 5)
    for side in gone:
        (root / f"archive.db{side}").unlink()
    archive = sign_in(open_archive(root), ARCHIVIST)
    assert archive.cases.count() == 8
    assert findings(archive, checkpoint) == set()
    archive.close()


def test_a_log_that_was_deleted_is_missed_by_a_checkpoint(root: Path) -> None:
    """The database alone is sound at an earlier state: only what is kept elsewhere can tell."""
    checkpoint = written_and_killed(root, 5)
    for side in ("-wal", "-shm"):
        (root / f"archive.db{side}").unlink()
    archive = sign_in(open_archive(root), ARCHIVIST)
    assert findings(archive) == set()
    assert findings(archive, checkpoint) == {"ledger.cut"}
    archive.close()


def test_a_log_that_was_cut_or_altered_loses_only_its_end(root: Path) -> None:
    checkpoint = written_and_killed(root, 5)
    log, database = root / "archive.db-wal", root / "archive.db"
    content, kept = log.read_bytes(), database.read_bytes()
    for spoiled in (content[: len(content) // 2], content[:100], content[: len(content) // 2] + b"\0" * (len(content) // 2)):
        log.write_bytes(spoiled)
        database.write_bytes(kept)
        (root / "archive.db-shm").unlink(missing_ok=True)
        archive = sign_in(open_archive(root, read_only=False), ARCHIVIST)
        assert archive.cases.count() < 8
        assert "ledger.cut" in findings(archive, checkpoint)
        assert findings(archive) == set()
        archive.close()


def test_a_log_on_a_disk_that_cannot_be_written(root: Path, disks: Disks) -> None:
    disk = disks.small(root, "16m")
    written_and_killed(root, 2)
    (root / "archive.db-shm").unlink()
    remounted(disk, "ro")
    assert refused(root).code == "archive.unfinished"
    remounted(disk, "rw")
    open_archive(root).close()


@pytest.fixture
def stranger(office_template: Path) -> Iterator[tuple[Path, Callable[[], str]]]:
    """An archive that a person of no privilege tries to open, in a process of theirs; what they are told."""
    place = Path(tempfile.mkdtemp(prefix="lantai-"))
    place.chmod(0o755)
    shutil.copytree(office_template, place / "archive")
    sound = office_template
    if os.geteuid() == 0:
        for path in place.rglob("*"):
            os.chown(path, 65534, 65534)

    def told() -> str:
        # The program is read in first: it may lie where only its owner reads.
        script = ("import os\nfrom pathlib import Path\nfrom desktop.opening import open_archive\nfrom desktop.errors import Refusal\n"
                  f"open_archive(Path({str(sound)!r}), read_only=True).close()\n"
                  "if os.geteuid() == 0:\n    os.setgroups([])\n    os.setresgid(65534, 65534, 65534)\n    os.setresuid(65534, 65534, 65534)\n"
                  f"try:\n    open_archive(Path({str(place / 'archive')!r})).close()\nexcept Refusal as no:\n    print(no.code)\n")
        done = subprocess.run([sys.executable, "-B", "-c", script], cwd=RESOURCES.parent, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return str(done.stdout.strip())

    yield place / "archive", told
    for path in place.rglob("*"):
        path.chmod(0o700)
    shutil.rmtree(place)


def test_a_folder_without_permission(stranger: tuple[Path, Callable[[], str]]) -> None:
    root, told = stranger
    assert told() == ""
    for path, mode, code in ((root, 0o000, "archive.unreadable"), (root / "lantai.toml", 0o000, "archive.unreadable"),
                             (root / "keys", 0o000, "archive.unreadable"), (root / "archive.db", 0o000, "archive.unreadable"),
                             (root / "vault", 0o000, "vault.read_only")):
        before = path.stat().st_mode & 0o777
        path.chmod(mode)
        assert (path.name, told()) == (path.name, code)
        path.chmod(before)
    root.chmod(0o500)
    assert told() == ""  # opened for reading
    root.chmod(0o700)
    for code in ("archive.unreadable", "vault.read_only"):
        speaks(Refusal(code, path="archive.db", detail="PermissionError", reason="Permission denied"))


def test_nothing_stays_open_after_a_refusal(root: Path) -> None:
    """A desk that tries again all day does not run out of files."""
    import psutil

    flip(root / "archive.db", 50)
    here = psutil.Process()
    refused(root)
    before = here.num_fds()
    for _ in range(5):
        refused(root)
    assert here.num_fds() == before


def test_trade_cases_stay_hidden_on_a_disk_for_reading(root: Path) -> None:
    archive = open_archive(root, read_only=True)
    sign_in(archive, "周敏")
    assert archive.cases.numbered(TRADE_CASE) is None
    archive.close()
