"""Recordings: linked, corrected beside the untouched original, claimed for, described, their gaps noted and explained."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from desktop.archive import Archive
from desktop.procedure import ActivityDraft, DockDraft, FootageDraft, RecorderDraft, SheetDraft, StatementDraft
from models.annotations import Annotation
from models.base import FieldChange
from models.facts import Gap
from models.holdings import Component
from models.procedure import Statement
from models.terms import CaseId, ComponentId, RecorderId, Stage, StatementKind
from tests.desktop.procedure.kit import at, clock_row, last_entry, opened, paper, recording, refused
from tests.office import ARCHIVIST, OFFICER, password_of, sign_in


def with_camera(archive: Archive, case: CaseId, nth: int = 0) -> ComponentId:
    """A recording whose device wrote when it began: 2026-10-13 09:00 in the office, ten minutes long."""
    one = recording(archive, case, nth)
    Component.update(camera_time="2026-10-13T09:00:00", duration_us=600_000_000).where(Component.id == one).execute()
    return one


def test_the_camera_stays_and_the_correction_stands_beside_it(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    number = office.procedure.recorder_add(RecorderDraft("DSJ-0412", holder=OFFICER))
    ahead = office.procedure.docked(number, DockDraft(office.clock.now() + timedelta(seconds=90)))
    assert abs(ahead - 90_000) < 5_000
    one = with_camera(office, case)
    office.procedure.footage_link(one, FootageDraft(recorder=number, returned=at(13, 17), officer=OFFICER))
    line = next(f for f in office.procedure.footage(case) if f.component == one)
    assert line.camera_time == "2026-10-13T09:00:00"
    assert line.ahead_ms == ahead
    assert line.start == at(13, 9) - timedelta(milliseconds=ahead)
    assert line.end == line.start + timedelta(minutes=10)
    assert (line.confirmed, line.returned, line.officer) == (True, at(13, 17), OFFICER)
    office.procedure.footage_link(one, FootageDraft(start=at(13, 9, 1)), "按现场时钟核对")
    again = next(f for f in office.procedure.footage(case) if f.component == one)
    assert (again.start, again.end) == (at(13, 9, 1), at(13, 9, 11))


def test_what_cannot_be_linked(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = recording(office, case)
    refused("procedure.end_before_start", office.procedure.footage_link, one, FootageDraft(start=at(13, 10), end=at(13, 9)))
    refused("not_found", office.procedure.footage_link, one, FootageDraft(recorder=RecorderId(99), start=at(13, 9)))
    refused("procedure.time_implausible", office.procedure.footage_link, one, FootageDraft(start=at(13, 9).replace(year=1980)))
    record = paper(office, case)
    component = office.cases.folder(case).records[1].components[0].id
    assert record
    refused("procedure.no_recording", office.procedure.footage_link, component, FootageDraft(start=at(13, 9)))
    office.procedure.footage_link(one, FootageDraft(start=at(13, 9), officer=OFFICER))
    refused("change.reason_missing", office.procedure.footage_link, one, FootageDraft(start=at(13, 10), officer=OFFICER))


def test_only_an_exception_of_the_profile_s_own_list_is_claimed(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = with_camera(office, case)
    no = refused("procedure.claim_unlisted", office.procedure.claim, one, "water", OFFICER, "水上")
    assert "第十六条" in str(no.facts["article"])
    assert last_entry(office) == ("procedure.claim", "refused")
    refused("procedure.unknown_word", office.procedure.claim, one, "lazy", OFFICER, "忙")
    refused("procedure.claimant_missing", office.procedure.claim, one, "away", " ", "异地检查")
    refused("change.reason_missing", office.procedure.claim, one, "away", OFFICER, " ")
    office.procedure.claim(one, "away", OFFICER, "在外地检查三日")
    claimed = next(f for f in office.procedure.footage(case) if f.component == one).claim
    assert claimed is not None
    assert (claimed.kind, claimed.claimant) == ("away", OFFICER)
    office.procedure.claim_withdraw(one, "查明没有出差")
    assert next(f for f in office.procedure.footage(case) if f.component == one).claim is None
    refused("not_found", office.procedure.claim_withdraw, one, "再撤")


def test_a_description_sheet_is_kept(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = recording(office, case)
    office.procedure.evidence_sheet(one, SheetDraft({"制作方法": "执法记录仪", "证明对象": " "}, "问：…答：…", True, frozenset({"obstruction"})))
    line = next(f for f in office.procedure.footage(case) if f.component == one)
    assert dict(line.sheet) == {"制作方法": "执法记录仪"}
    assert (line.transcript, line.evidence, line.weight) == ("问：…答：…", True, frozenset({"obstruction"}))
    refused("procedure.unknown_word", office.procedure.evidence_sheet, one, SheetDraft(weight=frozenset({"heavy"})))
    refused("change.reason_missing", office.procedure.evidence_sheet, one, SheetDraft({"制作方法": "手机"}))


def test_a_gap_is_noted_explained_and_corrected(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = with_camera(office, case)
    gap = Gap(at(13, 9, 4), at(13, 9, 6), "battery", spoken=True)
    office.procedure.gap_note(one, gap)
    assert next(f for f in office.procedure.facts(case).footage if f.id == str(one)).gaps == (gap,)
    refused("change.reason_missing", office.procedure.gap_note, one, Gap(gap.start, gap.end, "storage"))
    office.procedure.gap_note(one, Gap(gap.start, gap.end, "storage"), "原因记错")
    refused("procedure.end_before_start", office.procedure.gap_note, one, Gap(gap.end, gap.start))
    refused("procedure.unknown_word", office.procedure.gap_note, one, Gap(at(13, 9, 7), at(13, 9, 8), "boredom"))
    draft = office.procedure.statement_draft(case, StatementKind.INTERRUPTION, component=one, start=gap.start, end=gap.end, cause="storage",
                                             reason="卡满更换")
    for part in ("2026-10-13 09:04:00", "2026-10-13 09:06:00", "120", "卡满更换", "存储空间不足", OFFICER):
        assert part in draft.text
    office.procedure.statement_sign(case, draft, password_of(OFFICER))
    told, = next(f for f in office.procedure.facts(case).footage if f.id == str(one)).gaps
    assert (told.written, told.cause) == (True, "storage")


def test_a_signed_statement_alone_tells_a_gap_between_two_recordings(office: Archive) -> None:
    case = opened(office, OFFICER)
    act = office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10)))
    first, second = recording(office, case, 0), recording(office, case, 2)
    office.procedure.footage_link(first, FootageDraft(act, start=at(13, 9), end=at(13, 9, 20)))
    office.procedure.footage_link(second, FootageDraft(act, start=at(13, 9, 30), end=at(13, 10)))
    signed = office.procedure.statement_sign(case, StatementDraft(StatementKind.INTERRUPTION, "换电池", act, start=at(13, 9, 20), end=at(13, 9, 30)),
                                             password_of(OFFICER))
    gaps = {f.id: f.gaps for f in office.procedure.facts(case).footage}
    assert [(g.start, g.written) for g in gaps[str(first)]] == [(at(13, 9, 20), True)]
    assert gaps[str(second)] == ()
    refused("procedure.statement_empty", office.procedure.statement_sign, case, StatementDraft(StatementKind.NOT_RECORDED, "  ", act), "")
    refused("procedure.statement_stretch", office.procedure.statement_sign, case, StatementDraft(StatementKind.INTERRUPTION, "断", act), "")
    refused("change.reason_missing", office.procedure.statement_withdraw, signed, " ")
    office.procedure.statement_withdraw(signed, "写错时段")
    assert {f.id: f.gaps for f in office.procedure.facts(case).footage}[str(first)] == ()
    assert [line.withdrawn_at is not None for line in office.procedure.statements(case)] == [True]


def test_a_statement_is_signed_with_the_key_and_a_changed_word_shows(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = with_camera(office, case)
    draft = office.procedure.statement_draft(case, StatementKind.INTERRUPTION, component=one, start=at(13, 9, 4), end=at(13, 9, 6), reason="换电池")
    refused("password.wrong", office.procedure.statement_sign, case, draft, "not-my-password")
    assert last_entry(office) == ("procedure.statement_sign", "refused")
    assert office.procedure.statements(case) == []
    signed = office.procedure.statement_sign(case, draft, password_of(OFFICER))
    line, = office.procedure.statements(case)
    assert (line.sound, line.person) == (True, OFFICER)
    row = Statement.get_by_id(signed)
    said = json.loads(row.document)
    assert said["recording"]["sha256"] == Component.get_by_id(one).sha256
    for changed in ({"text": row.text + "。"}, {"end": row.start}, {"component": None}, {"cause": "storage"}, {"person": row.person_id + 1}):
        Statement.update(**changed).where(Statement.id == signed).execute()
        assert not office.procedure.statements(case)[0].sound, changed
        Statement.update(**{name: getattr(row, name) for name in changed}).where(Statement.id == signed).execute()
    assert office.procedure.statements(case)[0].sound
    assert next(f for f in office.procedure.facts(case).footage if f.id == str(one)).gaps[0].written
    Statement.update(text="从未中断。").where(Statement.id == signed).execute()
    assert next(f for f in office.procedure.facts(case).footage if f.id == str(one)).gaps == ()  # what nobody signed explains nothing


def stage_of(archive: Archive, one: ComponentId) -> str | None:
    return Component.get_by_id(one).record.stage


def test_a_linked_recording_stands_in_the_stage_of_its_activity_unless_a_person_set_another(office: Archive) -> None:
    case = opened(office, OFFICER)
    room = office.procedure
    inspection = room.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10)))
    hearing = room.activity_add(case, ActivityDraft("decision", at(14, 9)))
    one, other = recording(office, case, 0), recording(office, case, 2)
    record = Component.get_by_id(one).record_id
    assert stage_of(office, one) is None
    room.footage_link(one, FootageDraft(inspection, start=at(13, 9)))
    assert stage_of(office, one) == "investigate"
    change = FieldChange.get((FieldChange.table_name == "record") & (FieldChange.row_id == str(record)) & (FieldChange.field == "stage"))
    assert (change.old, change.new, change.reason) == (None, "investigate", "随所属活动：现场检查（勘验）")
    room.footage_link(one, FootageDraft(hearing, start=at(13, 9)), "关联错了")
    assert stage_of(office, one) == "decide"
    office.cases.edit_record(Component.get_by_id(one).record_id, {"stage": Stage.SERVE}, "按送达归入")
    room.footage_link(one, FootageDraft(inspection, start=at(13, 9)), "又改回")
    assert stage_of(office, one) == "serve"
    office.cases.edit_record(Component.get_by_id(other).record_id, {"stage": Stage.FILE}, "人工确定")
    room.footage_link(other, FootageDraft(inspection, start=at(13, 9)))
    assert stage_of(office, other) == "file"


def test_marks_prove_points_in_corrected_time(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = with_camera(office, case)
    office.procedure.footage_link(one, FootageDraft(start=at(13, 9, 2)))
    for kind, start, end in (("arrival", 1_000_000, None), ("scene", 2_000_000, 5_000_000), ("told", 6_000_000, 9_000_000)):
        Annotation.create(component=one, start_us=start, end_us=end, kind=kind, person=office.person.id, at="x")
    points = next(f for f in office.procedure.facts(case).footage if f.id == str(one)).points
    assert [(p.point, (p.start - at(13, 9, 2)).total_seconds(), (p.end - at(13, 9, 2)).total_seconds()) for p in points] == [
        ("arrival", 1, 2), ("environment", 2, 5), ("told", 6, 9)]


def test_deposit_clocks_follow_what_becomes_known(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = with_camera(office, case)
    assert {row[1] for row in clock_row(office, case, "deposit")} >= {str(one)}
    office.procedure.footage_link(one, FootageDraft(start=at(13, 9), end=at(13, 9, 10)))
    row = next(row for row in clock_row(office, case, "deposit") if row[1] == str(one))
    assert row[2] == "2026-10-13T01:10:00.000000Z"
    assert row[3] == "2026-10-14T01:10:00.000000Z"
    assert row[5] is not None
    assert row[6] == 1


@pytest.mark.parametrize("number", ["", "  "])
def test_the_register_of_recorders(office: Archive, number: str) -> None:
    sign_in(office, ARCHIVIST)
    refused("recorders.number_missing", office.procedure.recorder_add, RecorderDraft(number))
    one = office.procedure.recorder_add(RecorderDraft("DSJ-9", "H9", OFFICER))
    refused("recorders.number_taken", office.procedure.recorder_add, RecorderDraft(" DSJ-9 "))
    refused("change.reason_missing", office.procedure.recorder_edit, one, {"holder": "新"}, "")
    office.procedure.recorder_edit(one, {"holder": "新", "active": False}, "调岗")
    line, = office.procedure.recorders()
    assert (line.draft.holder, line.draft.active, line.ahead_ms, line.readings) == ("新", False, None, 0)
    refused("procedure.time_implausible", office.procedure.docked, one, DockDraft(at(13, 9).replace(year=1985)))
    refused("not_found", office.procedure.docked, RecorderId(77), DockDraft(at(13, 9)))
    sign_in(office, OFFICER)
    refused("permission.denied", office.procedure.recorder_add, RecorderDraft("DSJ-10"))


def test_a_recording_alone_brings_its_activity_and_a_late_deposit_its_moments(office: Archive) -> None:
    case = opened(office, OFFICER)
    act = office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10), place="仓库"))
    one = recording(office, case)
    office.procedure.footage_link(one, FootageDraft(act, start=at(13, 9), end=at(13, 9, 20)))
    draft = office.procedure.statement_draft(case, StatementKind.INTERRUPTION, component=one, start=at(13, 9, 5), end=at(13, 9, 6))
    assert draft.activity == act
    assert "在仓库进行“现场检查（勘验）”" in draft.text
    late = office.procedure.statement_draft(case, StatementKind.LATE_DEPOSIT, component=one)
    assert late.start == at(13, 9, 20)
    assert late.end is not None
    assert "2026-10-13 09:20:00" in late.text
