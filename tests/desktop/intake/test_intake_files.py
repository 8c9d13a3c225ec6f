"""Taking in: any name, any content, bit for bit; what is not taken is said; sources are left as they were."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.intake import DepositReport, deposit
from desktop.intake.deposit import SPARE, check_space
from desktop.intake.listing import Listed
from desktop.jobs import Silent
from models.holdings import Component, DepositItem, StoredObject
from models.procedure import FootageFacts
from models.secrecy import Label
from models.terms import CaseId, ComponentId, ComponentStatus, DepositState, ItemState, Verb
from tests.desktop.hostile_names import HOSTILE_NAMES, plant
from tests.desktop.tools import samples
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, PRIVATE_CASE, TRADE_CASE, password_of, sign_in


@pytest.fixture
def archive(office: Archive) -> Archive:
    return sign_in(office, ARCHIVIST)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


def take(archive: Archive, card: Path, case: CaseId | None = None, label: Label = Label()) -> DepositReport:
    return deposit(archive, [os.fsencode(card)], case, label, Silent())


def case(archive: Archive, number: str = OPEN_CASE) -> CaseId:
    found = archive.cases.numbered(number)
    assert found is not None
    return found


def components(report: DepositReport) -> list[Component]:
    return list(Component.select().where(Component.deposit == report.deposit).order_by(Component.id))


def looks(folder: Path) -> dict[bytes, tuple[int, int, int, bytes]]:
    """Name, size, mode, modification time and bytes of every file."""
    found = {}
    for entry in os.scandir(os.fsencode(folder)):
        facts = entry.stat(follow_symlinks=False)
        content = Path(os.fsdecode(entry.path)).read_bytes() if stat.S_ISREG(facts.st_mode) else b""
        found[entry.name] = facts.st_size, facts.st_mode, facts.st_mtime_ns, content
    return found


def sound(archive: Archive) -> list[str]:
    wrong = [f"{f.code} {f.facts}" for f in verify_archive(archive.paths, archive.database, archive.vault).findings]
    return wrong + [f"left {p.name}" for name in ("incoming", "intents") for p in (archive.paths.vault / name).glob("*")]


def opened(archive: Archive, ids: list[ComponentId]) -> dict[int, str]:
    """SHA-256 of what a granted person reads of each component."""
    sign_in(archive, CLERK)
    until = stamp(datetime.now(UTC) + timedelta(days=1))
    request = archive.approvals.create(RequestDraft(tuple(Asked(i) for i in ids), Verb.VIEW, "核对", until))
    sign_in(archive, LEADER)
    archive.approvals.decide(request, True, "", password_of(LEADER), archive.approvals.digest(request).digest)
    sign_in(archive, CLERK)
    found = {}
    for one in ids:
        reader = archive.media.open(one).reader
        found[int(one)] = hashlib.sha256(reader.read_at(0, reader.size)).hexdigest()
    return found


def test_every_hostile_name_is_a_record_with_its_exact_bytes(archive: Archive, card: Path) -> None:
    plant(card, b"content ")
    before = looks(card)
    report = take(archive, card, case(archive))
    assert (report.failed, report.total) == ([], len(HOSTILE_NAMES))
    rows = components(report)
    assert Counter(bytes(c.original_name) for c in rows) == Counter(HOSTILE_NAMES)
    assert len(HOSTILE_NAMES) >= 150
    for row in rows:
        content = before[bytes(row.original_name)][3]
        assert (row.sha256, row.size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert row.name
        assert not any(unicodedata.category(c) == "Cc" or c in "\u202a\u202b\u202d\u202e\u2066\u2067" for c in row.name)
        assert row.record.title
    assert looks(card) == before
    folder = archive.cases.look(case(archive))
    assert len(folder.records) == 3 + len(HOSTILE_NAMES)
    assert sound(archive) == []
    leaves = [leaf for (leaf,) in archive.database.connection().execute("SELECT leaf FROM ledger_entry WHERE act = 'intake.admit'")]
    assert all("\n" not in leaf and "\x1b" not in leaf for leaf in leaves)  # an entry stays one line, whatever a file is called


def test_what_is_no_plain_file_is_not_taken_and_said(archive: Archive, card: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.bin"
    outside.write_bytes(b"not to be followed")
    (card / "good.bin").write_bytes(b"good")
    (card / "link.mp4").symlink_to(outside)
    (card / "broken.mp4").symlink_to(tmp_path / "nowhere")
    (card / "folder-link").symlink_to(tmp_path)
    os.mkfifo(card / "pipe.mp4")
    expected = {"link.mp4", "broken.mp4", "folder-link", "pipe.mp4"}
    if os.geteuid() == 0:
        os.mknod(card / "device.mp4", stat.S_IFBLK | 0o600, os.makedev(7, 250))
        expected.add("device.mp4")
    report = take(archive, card)
    assert {os.path.basename(path): code for path, code in report.failed} == dict.fromkeys(expected, "not_a_file")
    assert (report.admitted + report.quarantined, report.total) == (1, 1 + len(expected))
    assert {os.path.basename(path) for path, _ in archive.intake.failures(report.deposit)} == expected
    assert [c.name for c in components(report)] == ["good.bin"]
    assert sound(archive) == []


BROKEN = {
    "空.mp4": (b"", "empty"), "断.mp4": (samples.mp4()[: len(samples.mp4()) // 2], None), "程序.mp4": (samples.EXE, "lying_extension"),
    "锁.pdf": (samples.locked_pdf(), "password_protected"), "脚本.pdf": (samples.acting_pdf("javascript"), "active_content"),
    "图.pdf": (samples.jpeg(quality=60), "lying_extension"), "乱.bin": (os.urandom(5000), "unknown_type"),
    "两面.pdf": (samples.pdf() + samples.zipped(), "polyglot"),
}
WHOLE = {"执法.mp4": samples.mp4(), "录音.wav": samples.wav(), "照片.jpg": samples.jpeg(), "笔录.pdf": samples.pdf()}


def test_what_is_broken_is_kept_bit_for_bit_with_the_reason(archive: Archive, card: Path) -> None:
    for name, (content, _) in BROKEN.items():
        (card / name).write_bytes(content)
    for name, content in WHOLE.items():
        (card / name).write_bytes(content)
    before = looks(card)
    report = take(archive, card, case(archive))
    assert (report.admitted, report.quarantined, report.failed) == (len(WHOLE), len(BROKEN), [])
    rows = {c.name: c for c in components(report)}
    for name, (_, reason) in BROKEN.items():
        assert rows[name].status == ComponentStatus.QUARANTINE.value
        findings = json.loads(rows[name].findings)
        assert findings
        assert reason is None or reason in findings
    assert set(json.loads(rows["断.mp4"].findings)) & {"truncated", "no_end", "unreadable"}
    for name in WHOLE:
        assert (rows[name].status, json.loads(rows[name].findings)) == (ComponentStatus.SOUND.value, [])
    aside = {line.component.name for line in archive.intake.set_aside(report.deposit)}
    assert aside == set(BROKEN)
    assert looks(card) == before
    digests = opened(archive, [ComponentId(c.id) for c in rows.values()])
    contents = {**WHOLE, **{name: content for name, (content, _) in BROKEN.items()}}
    assert digests == {rows[name].id: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def test_a_component_leaves_quarantine_with_a_reason(archive: Archive, card: Path) -> None:
    (card / "乱.bin").write_bytes(os.urandom(100))
    report = take(archive, card)
    one = ComponentId(components(report)[0].id)
    with pytest.raises(Refusal) as no:
        archive.intake.release(one, " ")
    assert no.value.code == "change.reason_missing"
    archive.intake.release(one, "已核对原件")
    assert archive.intake.quarantine() == []
    assert json.loads(Component.get_by_id(one).findings) == ["unknown_type"]


def test_the_facts_of_a_recording_stand_as_the_device_wrote_them(archive: Archive, card: Path) -> None:
    (card / "执法.mp4").write_bytes(samples.mp4())
    (card / "照片.jpg").write_bytes(samples.jpeg())
    video, photo = sorted(components(take(archive, card)), key=lambda c: c.kind != "video")
    assert (video.kind, video.width, video.height, video.camera_time, video.device) == ("video", 640, 360, "2026-11-02T02:03:04.000000Z", "DSJ-X9")
    assert 2_900_000 < video.duration_us < 3_200_000
    assert video.record.made_on == "2026-11-02"
    assert photo.camera_time.startswith("2026:11:02 10:03:04")
    clock = archive.intake.clock(ComponentId(video.id))
    assert clock.due == datetime(2026, 11, 3, 2, 3, 4, tzinfo=UTC) + timedelta(microseconds=video.duration_us)
    assert clock.ground.article == "西岗办法第十六条"
    FootageFacts.create(component=video.id, returned="2026-11-05T10:00:00.000000Z", claim_kind="remote", claimant="周敏", claim_reason="在外县",
                        person=archive.person.id, at=stamp(archive.clock.now()))
    assert archive.intake.clock(ComponentId(video.id)).due == datetime(2026, 11, 6, 10, 0, tzinfo=UTC)
    assert [line.component.name for line in archive.intake.unlinked()] == ["执法.mp4"]


def test_the_same_bytes_twice_in_one_deposit_are_one_object(archive: Archive, card: Path) -> None:
    for name in ("甲.wav", "乙.wav", "丙.wav"):
        (card / name).write_bytes(samples.wav())
    objects = StoredObject.select().count()
    report = take(archive, card)
    assert (report.admitted, report.held, report.failed) == (1, 2, [])
    assert StoredObject.select().count() == objects + 1
    first, *others = components(report)
    assert [c.duplicate_of_id for c in others] == [first.id, first.id]
    assert {c.object_id for c in others} == {first.object_id}
    assert len({c.record_id for c in (first, *others)}) == 3
    assert sorted(archive.vault.object_ids()) == sorted(o.object_id for o in StoredObject.select())
    assert sound(archive) == []


def test_the_same_bytes_in_a_later_deposit_are_linked_under_the_stricter_label(archive: Archive, card: Path) -> None:
    (card / "甲.wav").write_bytes(samples.wav())
    first = components(take(archive, card, case(archive, PRIVATE_CASE)))[0]
    (card / "甲.wav").rename(card / "乙.wav")
    report = take(archive, card, case(archive))
    assert (report.admitted, report.held) == (0, 1)
    second = components(report)[0]
    assert (second.object_id, second.duplicate_of_id, bytes(second.original_name)) == (first.object_id, first.id, "乙.wav".encode())
    assert second.record.label.privacy
    sign_in(archive, OFFICER)
    assert [r.title for r in archive.cases.look(case(archive)).records if r.title == "乙"] == []
    assert sound(archive) == []


def test_whether_an_ending_lies_is_asked_of_each_name(archive: Archive, card: Path) -> None:
    names = ("a.jpg", "b.pdf", "c.jpg", "d")
    for name in names[:3]:
        (card / name).write_bytes(samples.jpeg())
    rows = {c.name: c for c in components(take(archive, card))}
    assert [json.loads(rows[name].findings) for name in names[:3]] == [[], ["lying_extension"], []]
    assert [rows[name].status for name in names[:3]] == ["sound", "quarantine", "sound"]
    for name in names[:3]:
        (card / name).unlink()
    (card / "d").write_bytes(samples.jpeg())
    assert components(take(archive, card))[0].status == "sound"


def test_a_paper_that_is_held_is_found_in_the_other_case_too(archive: Archive, card: Path) -> None:
    (card / "笔录.pdf").write_bytes(samples.pdf(text="Testimony of witness eight"))
    take(archive, card, case(archive))
    take(archive, card, case(archive, PRIVATE_CASE))
    assert {hit.case for hit in archive.search.find("witness eight").hits} == {case(archive), case(archive, PRIVATE_CASE)}


@pytest.mark.parametrize("together", [False, True], ids=["later", "in one deposit"])
def test_bytes_that_come_in_again_under_a_stricter_label_are_sealed_to_it(archive: Archive, card: Path, together: bool) -> None:
    """Held once, the object is part of both records, so that it takes the stricter label's keys to open it."""
    (card / "甲.wav").write_bytes(samples.wav())
    if together:
        (card / "乙.wav").write_bytes(samples.wav())
        (card / "丙.wav").write_bytes(samples.wav())
    else:
        take(archive, card)
    report = take(archive, card, label=Label(privacy=True))
    assert report.held
    for row in components(report):
        assert "privacy" in row.object.compartments.split()
    assert sound(archive) == []


def test_what_the_depositor_may_not_know_of_is_stored_anew(archive: Archive, card: Path) -> None:
    """Had it been linked, the depositor would have learned that the archive holds it."""
    content = samples.wav()
    (card / "甲.wav").write_bytes(content)
    hidden = components(take(archive, card, case(archive, TRADE_CASE)))[0]
    sign_in(archive, OFFICER)
    assert archive.intake.held(hashlib.sha256(content).hexdigest()) is None
    report = take(archive, card, case(archive))
    assert (report.admitted, report.held) == (1, 0)
    own = components(report)[0]
    assert own.object_id != hidden.object_id
    assert own.duplicate_of_id is None
    again = take(archive, card, case(archive))
    assert (again.admitted, again.held) == (0, 1)
    assert components(again)[0].duplicate_of_id == own.id
    assert sound(archive) == []


def test_one_byte_makes_another_object(archive: Archive, card: Path) -> None:
    """The same name with other bytes: an edited original is no duplicate (threat A19)."""
    content = bytearray(samples.wav())
    (card / "甲.wav").write_bytes(content)
    first = components(take(archive, card, case(archive)))[0]
    content[-1] ^= 1
    (card / "甲.wav").write_bytes(content)
    second = components(take(archive, card, case(archive)))[0]
    assert first.object_id != second.object_id
    assert first.sha256 != second.sha256
    assert bytes(first.original_name) == bytes(second.original_name)
    assert second.duplicate_of_id is None


def test_the_label_is_joined_with_that_of_the_case(archive: Archive, card: Path) -> None:
    (card / "甲.bin").write_bytes(b"a")
    row = components(take(archive, card, case(archive, TRADE_CASE), Label(privacy=True)))[0]
    assert row.record.label == Label(0, True, True)
    assert row.object.compartments.split() == ["privacy", "trade"]
    (card / "甲.bin").write_bytes(b"b")
    assert components(take(archive, card))[0].object.compartments == "open"


@pytest.mark.parametrize(("who", "label", "code"), [
    (ARCHIVIST, Label(1), "cases.state_secret"), (ARCHIVIST, Label(3, True), "cases.state_secret"),
    (OFFICER, Label(trade=True), "cases.beyond_clearance"),
    (CLERK, Label(), "permission.denied")])
def test_labels_that_are_refused_take_nothing_in(archive: Archive, card: Path, who: str, label: Label, code: str) -> None:
    (card / "甲.bin").write_bytes(b"a")
    sign_in(archive, who)
    before = DepositItem.select().count()
    with pytest.raises(Refusal) as no:
        take(archive, card, None, label)
    assert no.value.code == code
    assert DepositItem.select().count() == before
    assert sound(archive) == []


def test_nothing_to_take_in_and_no_place_to_look(archive: Archive, card: Path) -> None:
    for folder, code in ((card, "intake.nothing"), (card / "gone", "intake.source_gone")):
        with pytest.raises(Refusal) as no:
            take(archive, folder)
        assert no.value.code == code


def test_room_is_asked_for_before_the_first_byte(archive: Archive) -> None:
    free = archive.vault.free_space()
    check_space(archive, [Listed(b"/a", 1000)])
    with pytest.raises(Refusal) as no:
        check_space(archive, [Listed(b"/a", max(free - SPARE // 2, 0)), Listed(b"/b", SPARE)])
    assert no.value.code == "intake.no_space"
    assert set(no.value.facts) == {"need", "free"}


def test_linking_brings_what_was_found_under_the_label_of_the_case(archive: Archive, card: Path) -> None:
    (card / "笔录.pdf").write_bytes(samples.pdf(text="Testimony of witness seven"))
    report = take(archive, card)
    record = components(report)[0].record_id
    sign_in(archive, OFFICER)
    assert {hit.kind for hit in archive.search.find("witness seven").hits} == {"paper"}
    assert [hit.record for hit in archive.search.find("笔录.pdf").hits] == [record]
    sign_in(archive, ARCHIVIST)
    private = case(archive, PRIVATE_CASE)
    archive.cases.move([record], private, None, "归入本案")
    assert {hit.case for hit in archive.search.find("witness").hits} == {private}
    assert {hit.case for hit in archive.search.find("witness", case=private).hits} == {private}
    sign_in(archive, OFFICER)
    assert archive.search.find("witness").hits == ()
    assert archive.search.find("笔录.pdf").hits == ()
    sign_in(archive, ARCHIVIST)
    archive.cases.edit(private, {"label": Label()}, "隐私已遮蔽")
    sign_in(archive, OFFICER)
    assert {hit.case for hit in archive.search.find("witness").hits} == {private}
    assert sound(archive) == []


def test_the_deposit_and_its_entries_name_every_file(archive: Archive, card: Path) -> None:
    for n in range(5):
        (card / f"{n}.bin").write_bytes(bytes([n]))
    report = take(archive, card, case(archive))
    (line,) = [d for d in archive.intake.deposits() if d.id == report.deposit]
    assert (line.state, line.total, line.case_number, line.person) == (DepositState.DONE, 5, OPEN_CASE, ARCHIVIST)
    assert line.counts == {ItemState.QUARANTINED.value: 5}
    rows = archive.database.connection().execute(
        "SELECT leaf FROM ledger_entry WHERE act = 'intake.admit' AND json_extract(leaf, '$.subject.deposit') = ?", (report.deposit,)).fetchall()
    told = {json.loads(leaf)["facts"]["sha256"] for (leaf,) in rows if "sha256" in json.loads(leaf)["facts"]}
    assert told == {hashlib.sha256(bytes([n])).hexdigest() for n in range(5)}
