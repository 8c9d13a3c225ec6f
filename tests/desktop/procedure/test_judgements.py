"""What persons decide: waivers, other limits, answers, unsuitability, keeping, holds; refused with the article where the text does not allow it."""

from __future__ import annotations

from dataclasses import replace

from desktop.archive import Archive
from desktop.procedure import ActivityDraft
from models.base import FieldChange
from models.cases import CaseFolder
from tests.desktop.procedure.kit import at, last_entry, opened, refused
from tests.office import ARCHIVIST, LEADER, OFFICER, REVIEWER, sign_in


def test_only_a_waivable_item_is_waived_and_with_a_reason(office: Archive) -> None:
    case = opened(office, OFFICER)
    rules = office.procedure.profile(case)
    item = next(one for one in rules.item if one.waivable)
    refused("procedure.item_unknown", office.procedure.waive, case, "no-such-item", "无")
    refused("change.reason_missing", office.procedure.waive, case, item.id, " ")
    office.procedure.waive(case, item.id, "本案没有这一情形")
    refused("procedure.waived", office.procedure.waive, case, item.id, "再写")
    fact, = office.procedure.facts(case).waivers
    assert (fact.item, fact.reason, fact.by) == (item.id, "本案没有这一情形", OFFICER)
    office.procedure.unwaive(case, item.id, "后来有了")
    assert office.procedure.facts(case).waivers == ()
    assert [line.ended_at is None for line in office.procedure.waivers(case)] == [False]
    refused("not_found", office.procedure.unwaive, case, item.id, "再撤")


def test_an_item_that_cannot_be_waived_names_its_article(office: Archive) -> None:
    case = opened(office, OFFICER)
    rules = office.procedure.profile(case)
    strict = replace(rules, item=[replace(rules.item[0], waivable=False), *rules.item[1:]])
    office.rules._profiles[(rules.key, rules.version)] = strict
    no = refused("procedure.not_waivable", office.procedure.waive, case, rules.item[0].id, "无")
    assert rules.item[0].article in str(no.facts["article"])


def test_a_limit_gives_way_to_law_and_not_to_a_normative_paper(office: Archive) -> None:
    case = opened(office, OFFICER)
    rules = office.procedure.profile(case)
    given_way = next(one for one in rules.deadline if one.override)
    closed = next(one for one in rules.deadline if not one.override)
    over = office.procedure.override_limit
    refused("procedure.rule_unknown", over, case, "no-such-rule", 30, "day", "某法", "law")
    assert refused("procedure.override_closed", over, case, closed.id, 30, "day", "某法", "law").facts["title"] == closed.title
    no = refused("procedure.override_normative", over, case, given_way.id, 30, "day", "某通知", "normative")
    assert given_way.article in str(no.facts["article"])
    refused("procedure.cites_missing", over, case, given_way.id, 30, "day", " ", "law")
    refused("procedure.limit_wrong", over, case, given_way.id, 0, "day", "某法", "law")
    refused("procedure.limit_wrong", over, case, given_way.id, 3, "fortnight", "某法", "law")
    over(case, given_way.id, 90, "day", "某条例第九条", "regulation")
    over(case, given_way.id, 60, "day", "某条例第十条", "regulation")
    fact, = office.procedure.facts(case).overrides
    assert (fact.number, fact.unit, fact.cites, fact.rank) == (60, "day", "某条例第十条", "regulation")
    office.procedure.override_withdraw(case, given_way.id, "引用有误")
    assert office.procedure.facts(case).overrides == ()
    assert len(office.procedure.overrides(case)) == 2


def test_questions_are_answered_and_changed_with_a_reason(office: Archive) -> None:
    case = opened(office, OFFICER)
    asked = office.procedure.questions(case)
    assert asked
    assert all(one.answer is None for one in asked)
    key = asked[0].key
    refused("procedure.question_unknown", office.procedure.answer, case, {"simple": True})
    refused("procedure.question_unknown", office.procedure.answer, case, {"weather": True})
    office.procedure.answer(case, {key: True})
    assert office.procedure.facts(case).conditions == {key: True}
    refused("change.reason_missing", office.procedure.answer, case, {key: False})
    office.procedure.answer(case, {key: False}, "查明不属于")
    office.procedure.answer(case, {key: None}, "还要再查")
    assert office.procedure.facts(case).conditions == {}
    assert FieldChange.select().where(FieldChange.field == "conditions").count() == 3


def test_what_must_be_recorded_without_exception_cannot_be_unsuitable(office: Archive) -> None:
    case = opened(office, OFFICER)
    CaseFolder.update(profile="provincial", kind="coercion").where(CaseFolder.id == case).execute()
    one = office.procedure.activity_add(case, ActivityDraft("seal", at(13, 9), at(13, 10)))
    no = refused("procedure.no_excuse", office.procedure.unsuitable, one, "unsuitable", "不方便")
    assert "第十五条" in str(no.facts["article"])
    assert last_entry(office) == ("procedure.unsuitable", "refused")
    refused("procedure.unknown_word", office.procedure.unsuitable, one, "mood", "不想")


def test_where_the_text_knows_state_secrets_alone_nothing_else_excuses(office: Archive) -> None:
    case = opened(office, OFFICER)
    CaseFolder.update(profile="minhou-statistics").where(CaseFolder.id == case).execute()
    one = office.procedure.activity_add(case, ActivityDraft("interview", at(13, 9), at(13, 10)))
    refused("procedure.only_secrecy", office.procedure.unsuitable, one, "unsuitable", "不方便")
    office.procedure.unsuitable(one, "state_secret", "涉密数据")
    assert office.procedure.facts(case).activities[-1].unsuitable is not None


def test_an_excused_duty_asks_its_reason(office: Archive) -> None:
    case = opened(office, OFFICER)
    one = office.procedure.activity_add(case, ActivityDraft("hearing", at(13, 9), at(13, 10)))
    assert "第十三条" in str(refused("procedure.excuse_reason", office.procedure.unsuitable, one, "unsuitable", " ").facts["article"])
    office.procedure.unsuitable(one, "unsuitable", "涉及举报人安全", "韩立")
    fact = office.procedure.facts(case).activities[-1].unsuitable
    assert fact is not None
    assert (fact.ground, fact.reason, fact.by) == ("unsuitable", "涉及举报人安全", "韩立")
    office.procedure.suitable(one, "补录到了")
    assert office.procedure.facts(case).activities[-1].unsuitable is None
    refused("not_found", office.procedure.suitable, one, "再撤")


def test_keeping_and_holds(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    for years in (-1, 101):
        refused("procedure.years_wrong", office.procedure.retention_set, case, years, "定")
    refused("change.reason_missing", office.procedure.retention_set, case, 30, "")
    office.procedure.retention_set(case, 30, "按保管期限表")
    assert office.procedure.facts(case).retention_years == 30
    assert CaseFolder.get_by_id(case).retention_years == 30
    refused("change.reason_missing", office.procedure.hold, case, " ")
    office.procedure.hold(case, "行政复议")
    assert office.procedure.facts(case).holds == ("行政复议",)
    sign_in(office, OFFICER)
    refused("permission.denied", office.procedure.release, case, "已结")
    sign_in(office, REVIEWER)
    office.procedure.release(case, "复议已结")
    sign_in(office, LEADER)
    office.cases.look(case)
    assert office.procedure.facts(case).holds == ()
    assert [line.ended_at is None for line in office.procedure.holds(case)] == [False]
    refused("not_found", office.procedure.release, case, "再解除")
