"""Several registrations or seizures in one case: each has its clock, and a disposal or release says which it answers."""

from __future__ import annotations

from datetime import date

from desktop.archive import Archive
from desktop.policy import profile, profile_names
from desktop.policy.answering import answered_by, only_answers
from desktop.procedure import ActivityDraft
from models.base import FieldChange
from models.terms import ActivityId, CaseId, EnforcementKind
from tests.desktop.procedure.kit import at, last_entry, opened, refused
from tests.office import ARCHIVIST, OFFICER

REGISTERED = ActivityDraft("registration", at(13, 9), at(13, 10))
AGAIN = ActivityDraft("registration", at(15, 9), at(15, 10))


def two(archive: Archive) -> tuple[CaseId, ActivityId, ActivityId]:
    case = opened(archive, ARCHIVIST)
    archive.cases.edit(case, {"kind": EnforcementKind.PENALTY}, "本案是处罚案件")
    opened(archive, OFFICER)
    return case, archive.procedure.activity_add(case, REGISTERED), archive.procedure.activity_add(case, AGAIN)


def disposal(day: int, *answers: ActivityId) -> ActivityDraft:
    return ActivityDraft("registration_disposal", at(day, 9), answers=answers)


def met(archive: Archive, case: CaseId) -> dict[str, bool]:
    return {one.subject: one.met is not None for one in archive.procedure.answers(case).clocks if one.topic == "registration"}


def test_each_registration_is_answered_by_the_disposal_that_names_it(office: Archive) -> None:
    case, first, second = two(office)
    room = office.procedure
    assert [(one.id, one.title, one.must, one.open) for one in room.answerable(case)] == [
        (one, "先行登记保存", frozenset({"registration_disposal"}), frozenset({"registration_disposal"})) for one in (first, second)]
    made = room.activity_add(case, disposal(20, first))
    assert met(office, case) == {str(first): True, str(second): False}
    assert [bool(one.open) for one in room.answerable(case)] == [False, True]
    assert next(one.answers for one in room.activities(case) if one.id == made) == (first,)
    assert next(one.answers for one in room.facts(case).activities if one.id == str(made)) == (str(first),)
    room.activity_edit(made, {"answers": (first, second)}, "两批一并处理")
    assert met(office, case) == {str(first): True, str(second): True}
    assert last_entry(office) == ("procedure.activity_edit", "done")
    change = FieldChange.select().where((FieldChange.table_name == "case_activity") & (FieldChange.field == "answers")).get()
    assert (change.old, change.new, change.reason) == (f"[{first}]", f"[{first}, {second}]", "两批一并处理")


def test_one_that_names_none_answers_all_before_it(office: Archive) -> None:
    case, first, second = two(office)
    office.procedure.activity_add(case, disposal(20))
    assert met(office, case) == {str(first): True, str(second): True}


def test_what_cannot_be_answered_is_refused(office: Archive) -> None:
    case, first, _second = two(office)
    room = office.procedure
    seal = room.activity_add(case, ActivityDraft("seal", at(14, 9)))
    no = refused("procedure.answers_wrong", room.activity_add, case, disposal(20, seal))
    assert (no.facts["kind"], no.facts["other"]) == ("登记保存物品处理", "查封场所、设施、财物")
    refused("procedure.answers_wrong", room.activity_add, case, ActivityDraft("inspection", at(20, 9), answers=(first,)))
    refused("procedure.answers_before", room.activity_add, case, disposal(12, first))
    refused("procedure.answers_before", room.activity_add, case, ActivityDraft("registration_disposal", date(2026, 10, 12), answers=(first,)))
    refused("not_found", room.activity_add, case, disposal(20, ActivityId(99_999)))
    made = room.activity_add(case, disposal(20, first))
    refused("procedure.answers_before", room.activity_edit, made, {"start": at(12, 9)}, "日期写错")
    refused("procedure.answers_wrong", room.activity_edit, made, {"kind": "inspection"}, "种类写错")
    refused("procedure.activity_answered", room.activity_remove, first, "登记错了")
    room.activity_edit(made, {"answers": ()}, "不写明")
    room.activity_remove(first, "登记错了")


def test_a_release_and_a_decision_may_answer_a_seizure_and_only_the_first_must_say_which() -> None:
    for key in ("national", *profile_names()):
        rules = profile(key)
        assert answered_by(rules)["seal"] == {"release", "decision", "measure_approved"}
        assert answered_by(rules)["freeze"] == {"release", "decision"}
        assert answered_by(rules)["registration"] == {"registration_disposal"}
        assert only_answers(rules) == {"release", "registration_disposal"}
