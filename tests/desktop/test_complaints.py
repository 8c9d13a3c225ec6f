"""The register of complaints: entered, corrected with a reason, closed with what became of it; officers have no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.complaints import ComplaintDraft
from desktop.errors import Refusal
from models.secrecy import Label
from tests.views import office as o

DRAFT = ComplaintDraft("检查人员拒绝出示证件", date(2026, 11, 16), complainant="孙某", about_from=date(2026, 11, 13), officer=o.OFFICER)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = o.sign_in(o.office(tmp_path), o.CLERK)
    yield out
    out.close()


def refused(act: object) -> str:
    with pytest.raises(Refusal) as told:
        act()  # type: ignore[operator]
    return told.value.code


def test_a_complaint_is_entered_corrected_and_closed(archive: Archive) -> None:
    room = archive.complaints
    first = room.register(DRAFT)
    line, = room.all()
    assert (line.draft.number, line.draft.handler, line.open, line.guards) == ("投诉〔2026〕1号", o.CLERK, True, True)
    case = o.case(archive)
    assert refused(lambda: room.correct(first, replace(line.draft, case=case), "")) == "change.reason_missing"
    room.correct(first, replace(line.draft, case=case), "已立案")
    assert room.all()[0].case_number == o.BOOKS
    assert [(one.field, one.new, one.reason) for one in room.changes(first)] == [("case_id", o.BOOKS, "已立案")]
    assert refused(lambda: room.close(first, date(2026, 11, 18), " ")) == "register.words_missing"
    assert refused(lambda: room.close(first, date(2026, 11, 15), "查实")) == "register.day_before"
    room.close(first, date(2026, 11, 18), "查实，已批评教育并答复")
    line, = room.all()
    assert (line.result, line.closed_on, line.guards) == ("查实，已批评教育并答复", date(2026, 11, 18), False)
    assert refused(lambda: room.close(first, date(2026, 11, 18), "查实")) == "complaints.closed"
    assert refused(lambda: room.correct(first, DRAFT, "再改")) == "complaints.closed"
    room.reopen(first, "投诉人不服")
    assert refused(lambda: room.reopen(first, "再开")) == "complaints.open"
    assert room.all()[0].open


def test_what_cannot_be_is_refused(archive: Archive) -> None:
    room = archive.complaints
    assert refused(lambda: room.register(replace(DRAFT, about=" "))) == "register.words_missing"
    assert refused(lambda: room.register(replace(DRAFT, received_on=date(2026, 12, 1)))) == "register.day_ahead"
    assert refused(lambda: room.register(replace(DRAFT, about_to=date(2026, 11, 1)))) == "register.about_backwards"
    assert refused(lambda: room.register(replace(DRAFT, channel="鸽子"))) == "procedure.unknown_word"
    assert refused(lambda: room.register(replace(DRAFT, label=Label(2)))) == "cases.state_secret"
    assert refused(lambda: room.register(replace(DRAFT, label=Label(trade=True)))) == "cases.beyond_clearance"
    assert room.all() == []
    room.register(replace(DRAFT, number="信访-7"))
    assert refused(lambda: room.register(replace(DRAFT, number="信访-7"))) == "register.number_taken"


def test_of_what_is_closed_the_newest_are_read_and_whoever_is_asked_for(archive: Archive) -> None:
    room = archive.complaints
    made = [room.register(replace(DRAFT, received_on=date(2026, 11, n))) for n in range(1, 6)]
    for complaint in made[:4]:
        room.close(complaint, date(2026, 11, 9), "查无此事")
    assert [one.id for one in room.all(closed=2)] == [made[4], made[3], made[2]]
    assert [one.id for one in room.all(closed=2, also=made[0])] == [made[4], made[3], made[2], made[0]]
    assert len(room.all()) == 5


def test_a_label_and_a_hidden_case_stay_hidden(archive: Archive) -> None:
    o.sign_in(archive, o.ARCHIVIST)
    filed = o.case(archive, o.FILED)
    open_one = archive.complaints.register(replace(DRAFT, case=filed))
    hidden = archive.complaints.register(replace(DRAFT, label=Label(privacy=True)))
    o.sign_in(archive, o.CLERK)
    line, = archive.complaints.all()
    assert (line.id, line.case_number, line.draft.case) == (open_one, "", None)
    assert refused(lambda: archive.complaints.changes(hidden)) == "not_found"
    assert refused(lambda: archive.complaints.correct(open_one, replace(line.draft, case=filed), "归案")) == "not_found"
    archive.complaints.correct(open_one, replace(line.draft, place="新开路 77 号"), "补记地点")
    o.sign_in(archive, o.ARCHIVIST)
    assert {one.case_number for one in archive.complaints.all()} == {o.FILED, ""}, "saving what one sees takes nothing else away"
    archive.complaints.correct(open_one, replace(line.draft, case=o.case(archive), place="新开路 77 号"), "另案处理")
    assert [(one.old, one.new) for one in archive.complaints.changes(open_one)] == [(o.FILED, o.BOOKS), ("", "新开路 77 号")]
    o.sign_in(archive, o.CLERK)
    assert [one.field for one in archive.complaints.changes(open_one)] == ["place"], "that another case was meant before is not told"


@pytest.mark.parametrize(("who", "reads", "registers"), [(o.CLERK, True, True), (o.REVIEWER, True, True), (o.LEADER, True, False),
                                                         (o.OFFICER, False, False), (o.SYSADMIN, False, False)])
def test_who_has_a_part_in_it(archive: Archive, who: str, reads: bool, registers: bool) -> None:
    o.sign_in(archive, who)
    assert (archive.may("complaints.read").allowed, archive.may("complaints.register").allowed) == (reads, registers)
