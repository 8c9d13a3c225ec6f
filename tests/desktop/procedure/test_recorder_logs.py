"""A recorder's own log: kept as it came, linked to the register, and used: what happened in a gap, and recordings of which no file came."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from desktop.archive import Archive
from desktop.errors import Refusal
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.procedure import ActivityDraft, DockDraft, FootageDraft, RecorderDraft, log_facts, recorder_logs
from desktop.procedure.recorder_logs import import_log
from models.holdings import Component, Deposit, StoredObject
from models.recorder_log import RecorderEvent, RecorderLog
from models.secrecy import Label
from models.terms import CaseId, ComponentId, RecorderId, StatementKind
from tests.desktop.procedure.kit import at, last_entry, opened, recording, refused
from tests.desktop.tools import samples
from tests.office import ARCHIVIST, AUDITOR, OFFICER, SECOND, password_of, sign_in

LOG = """记录时间,设备编号,日志类型,文件名
2026-10-13 09:00:01,0412,开机,
2026-10-13 09:00:05,0412,开始录像,
2026-10-13 09:20:11,0412,停止录像,
2026-10-13 09:20:13,0412,关机,
2026-10-13 09:29:50,0412,开机,
2026-10-13 09:30:05,0412,开始录像,
2026-10-13 09:45:05,0412,停止录像,
2026-10-13 09:50:05,0412,开始录像,LOST.MP4
2026-10-13 09:55:05,0412,停止录像,LOST.MP4
"""


def recorders(archive: Archive) -> tuple[RecorderId, RecorderId]:
    """Two recorders, the first five seconds ahead when it came back."""
    first = archive.procedure.recorder_add(RecorderDraft("0412", holder=OFFICER))
    archive.procedure.docked(first, DockDraft(archive.clock.now() + timedelta(seconds=5)))
    return first, archive.procedure.recorder_add(RecorderDraft("0999", holder=SECOND))


def written(place: Path, text: str, name: str = "0412日志.csv") -> bytes:
    path = place / name
    path.write_bytes(text.encode("gb18030"))
    return os.fsencode(path)


def inspected(archive: Archive) -> tuple[CaseId, ComponentId, ComponentId, RecorderId]:
    """An inspection of an hour with two recordings of one recorder, ten minutes apart."""
    case = opened(archive, ARCHIVIST)
    first, _other = recorders(archive)
    act = archive.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10), officers=(OFFICER,)))
    one, two = recording(archive, case, 0), recording(archive, case, 2)
    archive.procedure.footage_link(one, FootageDraft(act, first, start=at(13, 9), end=at(13, 9, 20)))
    archive.procedure.footage_link(two, FootageDraft(act, first, start=at(13, 9, 30), end=at(13, 9, 45)))
    return case, one, two, first


def test_a_log_is_kept_linked_and_used_in_corrected_time(office: Archive, tmp_path: Path) -> None:
    case, one, two, recorder = inspected(office)
    gap, = office.procedure.answers(case).gaps
    assert "设备日志" not in gap.explained
    assert import_log(office, recorder, written(tmp_path, LOG), Silent()) == 9
    assert last_entry(office) == ("recorders.log_link", "done")
    line, = office.procedure.recorder_logs(recorder)
    assert (line.name, line.count, line.layout, line.first) == ("0412日志.csv", 9, "采集站导出的日志表", "2026-10-13T01:00:01.000000Z")
    kept = Component.get_by_id(line.component)
    assert kept.size == len(LOG.encode("gb18030"))
    assert kept.record.case_id is None
    gap, lost = office.procedure.answers(case).gaps
    assert "记录仪 0412 09:20:08 关机（设备日志）" in gap.explained
    assert "09:29:45 开机" in gap.explained
    assert (lost.kind, lost.start, lost.end) == ("no_file", at(13, 9, 50), at(13, 9, 55))
    assert lost.wanting
    held = [one.footage for one in office.procedure.facts(case).log if one.kind == "recording"]
    assert held == [str(one), str(two), ""]


def test_a_recording_without_a_file_is_explained_in_writing_or_found_by_its_name(office: Archive, tmp_path: Path) -> None:
    case, one, _two, recorder = inspected(office)
    import_log(office, recorder, written(tmp_path, LOG), Silent())
    lost = office.procedure.answers(case).gaps[-1]
    draft = office.procedure.statement_draft(case, StatementKind.INTERRUPTION, activity=office.procedure.activities(case)[0].id, start=lost.start,
                                             end=lost.end, reason="存储卡损坏，文件无法读出")
    for part in ("设备日志", "2026-10-13 09:50:00", "300", "存储卡损坏"):
        assert part in draft.text, draft.text
    before = office.procedure.facts(case).footage
    office.procedure.statement_sign(case, draft, password_of(ARCHIVIST))
    told = office.procedure.answers(case).gaps[-1]
    assert (told.kind, told.wanting) == ("no_file", ())
    assert next(iter(office.procedure.facts(case).footage)).gaps == before[0].gaps
    Component.update(name="lost.mp4").where(Component.id == one).execute()
    assert [gap.kind for gap in office.procedure.answers(case).gaps if gap.kind == "no_file"] == []


def test_a_bad_log_says_its_line_and_nothing_is_taken_in(office: Archive, tmp_path: Path) -> None:
    opened(office, ARCHIVIST)
    recorder, _other = recorders(office)
    before = (Deposit.select().count(), StoredObject.select().count(), Component.select().count())
    no = refused("recorders.log_faulty", import_log, office, recorder, written(tmp_path, LOG.replace("09:29:50", "9点半")), Silent())
    assert isinstance(no, Refusal)
    assert "第 6 行" in str(no)
    assert "9点半" in str(no)
    no = refused("recorders.log_unknown", import_log, office, recorder, written(tmp_path, "早上开会\n", "笔记.txt"), Silent())
    assert "采集站导出的日志表" in str(no)
    refused("recorders.log_unread", import_log, office, recorder, os.fsencode(tmp_path / "没有.log"), Silent())
    assert (Deposit.select().count(), StoredObject.select().count(), Component.select().count()) == before
    assert RecorderLog.select().count() == RecorderEvent.select().count() == 0


def test_a_log_goes_to_one_recorder_once_and_never_to_another(office: Archive, tmp_path: Path) -> None:
    opened(office, ARCHIVIST)
    recorder, other = recorders(office)
    path = written(tmp_path, LOG)
    no = refused("recorders.log_other", import_log, office, other, path, Silent())
    assert "0412" in str(no)
    import_log(office, recorder, path, Silent())
    refused("recorders.log_linked", import_log, office, recorder, path, Silent())
    component = RecorderLog.get().component_id
    refused("recorders.log_linked", office.procedure.log_link, recorder, component)
    sign_in(office, AUDITOR)
    refused("permission.denied", office.procedure.log_link, recorder, component)


def test_a_log_that_came_with_the_folder_waits_until_somebody_says_whose_it_is(office: Archive, tmp_path: Path) -> None:
    case, _one, _two, recorder = inspected(office)
    source = tmp_path / "卡"
    source.mkdir()
    written(source, LOG)
    (source / "说明.txt").write_text("现场情况说明", encoding="utf-8")
    deposit(office, [os.fsencode(source)], case, Label(), Silent())
    waiting, = office.procedure.logs_waiting()
    assert (waiting.name, waiting.count, waiting.numbers) == ("0412日志.csv", 9, ("0412",))
    assert office.procedure.log_link(recorder, waiting.component) == 9
    assert office.procedure.logs_waiting() == []
    assert [gap.kind for gap in office.procedure.answers(case).gaps] == ["gap", "no_file"]
    text = Component.get(Component.name == "说明.txt").id
    refused("recorders.log_unknown", office.procedure.log_link, recorder, ComponentId(text))
    assert import_log(office, recorder, written(tmp_path, LOG.replace("10-13", "10-14"), "次日.csv"), Silent()) == 9


def test_what_a_log_is_held_against_is_found_without_reading_all_that_is_held(office: Archive) -> None:
    """A case is opened, and a log looked for, among a million recordings."""
    for statement, values in ((recorder_logs._WAITING, ()), (log_facts._NAMED, ("[]",)), (log_facts._MADE_BY, ("[]", "2026", "2027"))):
        steps = [row[3] for row in office.database.connection().execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        assert not [step for step in steps if step.startswith("SCAN ") and "INDEX" not in step], steps


def test_a_name_in_a_log_finds_its_recording_however_it_is_written(office: Archive, tmp_path: Path) -> None:
    case, _one, _two, recorder = inspected(office)
    assert import_log(office, recorder, written(tmp_path, LOG), Silent()) == 9
    assert [one.footage for one in office.procedure.facts(case).log if one.kind == "recording"][-1] == ""
    (tmp_path / "lost.mp4").write_bytes(samples.mp4(1))
    deposit(office, [os.fsencode(tmp_path / "lost.mp4")], case, Label(), Silent())
    held = Component.get(Component.name == "lost.mp4")
    assert [one.footage for one in office.procedure.facts(case).log if one.kind == "recording"][-1] == str(held.id)
