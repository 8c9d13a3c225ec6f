"""The auditor's acts: reading the ledger leaves a line, custody tells the whole story, papers and exports check offline."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from desktop.archive import Archive
from desktop.audit.entries import EntryFilter
from desktop.cases.forms import CaseDraft
from desktop.clock import moment, stamp
from desktop.errors import Cancelled, Refusal
from desktop.intake.deposit import deposit
from desktop.jobs import Silent, Tracked
from desktop.ledger import outsider
from models.holdings import Component
from models.secrecy import Clearance, Label
from models.terms import CaseId, ComponentId, EnforcementKind, Outcome, RecordId
from tests.desktop.archive_kit import PEOPLE, small_archive


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Two case folders, one of them with personal privacy; a file in each; one act that was refused."""
    folder = tmp_path_factory.mktemp("story")
    archive = small_archive(folder / "archive").archive
    sign_in(archive, "沈静宜")
    for number, label in ((1, Label()), (2, Label(privacy=True))):
        case = archive.cases.create(CaseDraft(f"西财罚〔2026〕{number}号", "未按规定设置会计账簿", EnforcementKind.PENALTY, label=label))
        source = folder / f"source-{number}"
        source.mkdir()
        (source / f"笔录 {number}.txt").write_text(f"询问笔录 {number}", encoding="utf-8")
        deposit(archive, [str(source).encode()], case, label, Silent())
        archive.cases.look(case)
    with pytest.raises(Refusal):
        archive.audit.checkpoint()
    yield archive
    archive.close()


def sign_in(archive: Archive, name: str, clearance: Clearance | None = None) -> Archive:
    from models.base import db

    db.initialize(archive.database)
    archive.lock()
    archive.people.sign_in(name, PEOPLE[name][1])
    if clearance is not None:
        object.__setattr__(archive.person, "clearance", clearance)
    return archive


@pytest.fixture
def auditor(story: Archive) -> Archive:
    return sign_in(story, "吕清")


def newest(archive: Archive, act: str = "") -> str:
    """The newest leaf of an act, as it stands in the database."""
    query = "SELECT leaf FROM ledger_entry WHERE substr(act, 1, ?) = ? ORDER BY seq DESC LIMIT 1"
    return str(archive.database.connection().execute(query, (len(act), act)).fetchone()[0])


def size(archive: Archive) -> int:
    return int(archive.database.connection().execute("SELECT max(seq) FROM ledger_entry").fetchone()[0])


def component(archive: Archive, number: int) -> ComponentId:
    return ComponentId(Component.select().order_by(Component.id)[number - 1].id)


def test_reading_the_ledger_is_one_entry_for_each_filter_not_for_each_page(auditor: Archive) -> None:
    before = size(auditor)
    first = auditor.audit.entries(limit=2)
    assert first.next is not None
    second = auditor.audit.entries(before=first.next, limit=2)
    assert size(auditor) == before + 1
    assert [line.seq for line in (*first.lines, *second.lines)] == [before + 1, before, before - 1, before - 2]
    auditor.audit.entries(EntryFilter(person="沈静宜"))
    auditor.audit.entries(EntryFilter(person="沈静宜"), before=5)
    assert size(auditor) == before + 2
    assert json.loads(newest(auditor))["facts"] == {"filter": {"person": "沈静宜"}}
    sign_in(auditor, "吕清").audit.entries(limit=2)
    assert json.loads(newest(auditor))["act"] == "ledger.read"


def test_filters_narrow(auditor: Archive) -> None:
    page = auditor.audit.entries(EntryFilter(outcome=Outcome.REFUSED))
    assert {(line.person, line.act, line.reason) for line in page.lines} >= {("沈静宜", "ledger.checkpoint", "permission.denied")}
    acts = {line.act for line in auditor.audit.entries(EntryFilter(act="intake.")).lines}
    assert acts == {"intake.begin", "intake.admit", "intake.end"}
    assert {line.act for line in auditor.audit.entries(EntryFilter(case=CaseId(1))).lines} >= {"cases.create", "intake.admit", "cases.look"}
    assert auditor.audit.entries(EntryFilter(text="no such words")).lines == ()
    assert [line.act for line in auditor.audit.entries(EntryFilter(act="intake.admit", text="笔录 2")).lines] == ["intake.admit"]


def test_time_is_found_by_halving(auditor: Archive) -> None:
    lines = auditor.audit.entries(limit=500).lines
    middle = lines[len(lines) // 2]
    page = auditor.audit.entries(EntryFilter(since=middle.at))
    assert page.lines[-1].seq <= middle.seq
    assert all(line.at >= middle.at for line in page.lines)
    earlier = auditor.audit.entries(EntryFilter(until=middle.at))
    assert earlier.lines[0].seq < page.lines[-1].seq
    assert auditor.audit.entries(EntryFilter(since=stamp(moment(lines[0].at) + timedelta(days=1)))).lines == ()


def test_lines_are_worded_and_name_what_they_are_about(auditor: Archive) -> None:
    (line,) = auditor.audit.entries(EntryFilter(act="cases.create", text="〔2026〕1号")).lines or auditor.audit.entries(
        EntryFilter(act="cases.create", case=CaseId(1))).lines
    assert (line.words, line.about, line.role_title, line.veiled) == ("新建案卷", "西财罚〔2026〕1号", "档案员", False)


def test_what_the_reader_may_not_know_is_veiled_and_not_found_by_words(story: Archive) -> None:
    archive = sign_in(story, "吕清", Clearance())
    lines = archive.audit.entries(EntryFilter(act="intake.admit")).lines
    assert {line.veiled for line in lines} == {True, False}
    for line in lines:
        if line.veiled:
            assert (dict(line.subject), line.about, dict(line.facts)) == ({}, "", {})
    assert archive.audit.entries(EntryFilter(act="intake.admit", text="笔录 2")).lines == ()
    for attempt in (lambda: archive.audit.entries(EntryFilter(case=CaseId(2))), lambda: archive.audit.custody_of_case(CaseId(2)),
                    lambda: archive.audit.custody_of_component(component(archive, 2)), lambda: archive.audit.custody_report(component(archive, 2))):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "not_found"
    with pytest.raises(Refusal) as refused:
        archive.audit.entries(EntryFilter(case=CaseId(9999)))
    assert refused.value.code == "not_found"


@pytest.mark.parametrize("attempt", ["entries", "verify", "export", "checkpoint", "receipt", "custody_of_case"])
def test_an_officer_is_refused_and_the_refusal_is_recorded(story: Archive, attempt: str) -> None:
    archive = sign_in(story, "李建国")
    attempts = {"entries": lambda: archive.audit.entries(), "verify": lambda: archive.audit.verify(Silent()),
                "export": lambda: archive.audit.export(io.BytesIO()), "checkpoint": lambda: archive.audit.checkpoint(),
                "receipt": lambda: archive.audit.receipt(1), "custody_of_case": lambda: archive.audit.custody_of_case(CaseId(1))}
    with pytest.raises(Refusal) as refused:
        attempts[attempt]()
    leaf = json.loads(newest(archive))
    assert (leaf["person"], leaf["outcome"], leaf["facts"]["reason"]) == ("李建国", "refused", refused.value.code)
    assert leaf["act"].startswith("ledger.")


def test_custody_tells_everything_of_one_file_and_nothing_of_another(auditor: Archive) -> None:
    lines = auditor.audit.custody_of_component(component(auditor, 1))
    assert [line.act for line in lines] == ["intake.admit"]
    assert json.loads(newest(auditor))["subject"] == {"component": int(component(auditor, 1))}
    case = auditor.audit.custody_of_case(CaseId(1))
    assert [line.act for line in case][:2] == ["cases.create", "intake.begin"]
    assert all("2号" not in line.about for line in case)
    assert auditor.audit.custody_of_record(RecordId(1))[0].act == "intake.admit"


def test_the_custody_report_is_a_paper_with_the_checkpoint(auditor: Archive) -> None:
    document = pypdfium2.PdfDocument(auditor.audit.custody_report(component(auditor, 1)))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    text = text.replace("\r\n", "").replace("\u200b", "")
    for words in ("流转记录报告", "西财罚〔2026〕1号", "入库", "沈静宜", auditor.keeper.origin):
        assert words in text, words


def test_verification_is_recorded_with_its_result(auditor: Archive) -> None:
    report = auditor.audit.verify(Silent())
    assert report.sentences == []
    leaf = json.loads(newest(auditor))
    assert (leaf["act"], leaf["outcome"], leaf["facts"]["entries"], leaf["facts"]["findings"]) == ("ledger.verify", "done", report.entries, 0)
    with pytest.raises(Cancelled):
        auditor.audit.verify(Tracked(lambda tracked: tracked.cancel()))
    assert json.loads(newest(auditor))["outcome"] == "cancelled"
    assert auditor.audit.verify(Silent()).sound


def test_an_exported_ledger_and_a_receipt_check_offline(auditor: Archive, tmp_path: Path) -> None:
    note = auditor.audit.checkpoint()
    receipt = auditor.audit.receipt(3)
    with open(tmp_path / "ledger.jsonl", "wb") as stream:
        count = auditor.audit.export(stream)
    (tmp_path / "receipt.json").write_text(receipt.json, encoding="utf-8")
    (tmp_path / "older.txt").write_text(note, encoding="utf-8")
    assert (tmp_path / "ledger.jsonl").read_bytes().count(b'{"leaf":') == count
    command = [sys.executable, "-I", outsider.__file__, "ledger.jsonl", "--checkpoint", "older.txt", "--receipt", "receipt.json", "--key",
               auditor.desk.public().hex()]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert receipt.pdf.startswith(b"%PDF-")
    assert receipt.line.seq == 3


def test_an_officer_gets_a_receipt_of_their_own_act_only(story: Archive) -> None:
    archive = sign_in(story, "李建国")
    own = json.loads(newest(archive, "people.sign_in"))["seq"]
    assert archive.audit.receipt(own).line.person == "李建国"
    for seq in (1, 10**6):
        with pytest.raises(Refusal) as refused:
            archive.audit.receipt(seq)
        assert refused.value.code == "not_found"
