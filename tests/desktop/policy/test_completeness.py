"""What is wanting of every required item, by the words of the regulations and by rules made for the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.policy import profile, profile_names
from desktop.policy.completeness import items, open_items
from desktop.policy.rules import ItemRule, Profile
from desktop.policy.verdicts import ItemVerdict, Standing
from models.facts import Activity, CaseFacts, Footage, Paper, Waiver

DAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _chinese():
    set_language("zh_CN")


def own(**rule: Any) -> Profile:
    """A profile with one item."""
    whole = {"id": "A", "article": "第一条", "text": "应当制作。", "stage": "investigate", "title": "材料", **rule}
    return Profile(format=1, key="own", version=1, title="本局办法", short="本办法", issuer="本局", effective="", item=[ItemRule(**whole)])


def one(rules: Profile, **facts: Any) -> ItemVerdict:
    found = items(rules, CaseFacts(**facts))
    assert len(found) == 1
    return found[0]


def paper(form: str, id: str = "1", **more: Any) -> Paper:
    return Paper(id, form, **{key: frozenset(value) if isinstance(value, set) else value for key, value in more.items()})


INTERVIEW = own(forms=["询问笔录"], fields=["询问地点"], signers=["officer", "party"])
NAMED = {"fields": {"询问地点"}, "signers": {"officer", "party"}}
CHAIN = own(forms=["审批表"], approver="办案科室负责人签署意见，局领导批准")
PAIR = own(forms=["通知书", "清单"], fields=["时间"], signers=["officer", "server"])
EITHER = own(forms=["会议纪要", "专家意见书"], any_form=True)


@pytest.mark.parametrize(("rules", "papers", "standing", "wanting"), [
    (INTERVIEW, [], Standing.MISSING, ["《询问笔录》"]),
    (INTERVIEW, [paper("询问笔录", **NAMED)], Standing.PRESENT, []),
    (INTERVIEW, [paper("询问笔录", signers={"officer", "party"})], Standing.INCOMPLETE, ["《询问笔录》缺少或者没有确认：询问地点"]),
    (INTERVIEW, [paper("询问笔录", fields={"询问地点"}, signers={"officer"})], Standing.INCOMPLETE, ["《询问笔录》缺少签名：当事人"]),
    (INTERVIEW, [paper("询问笔录", **NAMED), paper("询问笔录", "2", fields={"询问地点"})], Standing.INCOMPLETE,
     ["《询问笔录》缺少签名：执法人员、当事人"]),  # every one of them
    (INTERVIEW, [paper("调查笔录", items={"A"}, **NAMED)], Standing.PRESENT, []),  # a person linked it
    (INTERVIEW, [paper("调查笔录", **NAMED)], Standing.MISSING, ["《询问笔录》"]),
    (own(signers=["officer"]), [], Standing.MISSING, ["没有关联的材料：材料"]),
    (own(fields=["启动原因"]), [paper("立案审批表", items={"A"}, fields={"启动原因"})], Standing.PRESENT, []),
    (own(forms=["笔录"], signers=["party", "present"], any_signer=True), [paper("笔录", signers={"present"})], Standing.PRESENT, []),
    (own(forms=["笔录"], signers=["party", "present"], any_signer=True), [paper("笔录")], Standing.INCOMPLETE,
     ["《笔录》缺少其中一方签名：当事人、有关在场人员"]),
    (own(forms=["笔录"], signers_if_any=["agent"]), [paper("笔录")], Standing.PRESENT, []),
    (PAIR, [paper("通知书", fields={"时间"}, signers={"officer"}), paper("清单", "2", signers={"server"})], Standing.PRESENT, []),
    (PAIR, [paper("通知书", fields={"时间"}, signers={"officer", "server"})], Standing.INCOMPLETE, ["《清单》"]),
    (PAIR, [paper("通知书", signers={"officer"}), paper("清单", "2")], Standing.INCOMPLETE, ["没有确认载明：时间", "缺少签名：送达人"]),
    (EITHER, [paper("专家意见书")], Standing.PRESENT, []),
    (EITHER, [], Standing.MISSING, ["缺少其中之一：《会议纪要》、《专家意见书》"]),
    (CHAIN, [paper("审批表", approved_by="局领导")], Standing.PRESENT, []),
    (CHAIN, [paper("审批表", approved_by="办案科室负责人")], Standing.INCOMPLETE,
     ["缺少批准：办案科室负责人签署意见，局领导批准（现有：办案科室负责人）"]),
    (CHAIN, [paper("审批表")], Standing.INCOMPLETE, ["缺少批准：办案科室负责人签署意见，局领导批准"]),
    (own(forms=["笔录"], each_page=True), [paper("笔录", pages=3, signed_pages=3)], Standing.PRESENT, []),
    (own(forms=["笔录"], each_page=True), [paper("笔录", pages=3, signed_pages=2)], Standing.INCOMPLETE,
     ["《笔录》共 3 页，只有 2 页签名，应当逐页签名"]),
    (own(forms=["笔录"], each_page=True), [paper("笔录", pages=3)], Standing.INCOMPLETE, ["《笔录》没有确认已逐页签名"]),
    (own(forms=["笔录"], min_officers=2), [paper("笔录", officers=("甲", "乙"))], Standing.PRESENT, []),
    (own(forms=["笔录"], min_officers=2), [paper("笔录", officers=("甲", "甲"))], Standing.INCOMPLETE,
     ["《笔录》写明执法人员 1 名，应当不少于 2 名"]),
    (own(forms=["笔录", "清单"], every=True, signers=["party"]), [], Standing.NOT_APPLICABLE, []),
    (own(forms=["笔录", "清单"], every=True, signers=["party"]), [paper("清单", items={"B"})], Standing.INCOMPLETE, ["《清单》缺少签名：当事人"]),
    (own(must=False), [], Standing.OPTIONAL, ["没有关联的材料：材料"]),
])
def test_what_is_wanting(rules: Profile, papers: list[Paper], standing: Standing, wanting: list[str]) -> None:
    verdict = one(rules, papers=tuple(papers))
    assert (verdict.standing, list(verdict.wanting)) == (standing, wanting)
    assert verdict.open == (standing in (Standing.MISSING, Standing.INCOMPLETE))


EACH = own(forms=["询问笔录"], each="interview", signers=["party"])
TWO = (Activity("a", "interview", DAY), Activity("b", "interview", date(2026, 9, 3)))


@pytest.mark.parametrize(("papers", "wanting"), [
    ([], ["询问（2026-09-01）：《询问笔录》", "询问（2026-09-03）：《询问笔录》"]),
    ([paper("询问笔录", activity="b", signers={"party"})], ["询问（2026-09-01）：《询问笔录》"]),
    ([paper("询问笔录", activity="b", signers={"party"}), paper("询问笔录", "2", signers={"party"})], []),
    ([paper("询问笔录", activity="a", signers={"party"}), paper("询问笔录", "2", activity="b")],
     ["询问（2026-09-03）：《询问笔录》缺少签名：当事人"]),
    ([paper("询问笔录", activity="a", signers={"party"}), paper("询问笔录", "2", activity="a", signers={"party"})], [
        "询问（2026-09-03）：《询问笔录》"])])
def test_every_activity_needs_its_own_paper(papers: list[Paper], wanting: list[str]) -> None:
    assert list(one(EACH, papers=tuple(papers), activities=TWO).wanting) == wanting


def test_a_set_of_forms_for_every_activity() -> None:
    rules = own(forms=["取样通知书", "物品清单"], each="sampling")
    acts = (Activity("a", "sampling", DAY), Activity("b", "sampling", DAY))
    papers = (paper("取样通知书"), paper("物品清单", "2"), paper("取样通知书", "3", activity="b"))
    assert list(one(rules, papers=papers, activities=acts).wanting) == ["抽样取证（2026-09-01）：《物品清单》"]


@pytest.mark.parametrize(("signers", "footage", "standing"), [
    ({"server", "witness"}, (), Standing.PRESENT), ({"server"}, (Footage("f", "a"),), Standing.PRESENT), ({"server"}, (), Standing.INCOMPLETE),
    ({"server"}, (Footage("f", "another"),), Standing.INCOMPLETE)])
def test_leaving_a_document_takes_a_witness_or_a_recording(signers: set[str], footage: tuple[Footage, ...], standing: Standing) -> None:
    """民事诉讼法第八十九条, for all five, jinpu among them, whose own text is silent."""
    facts = CaseFacts(activities=(Activity("a", "service_left", DAY),), footage=footage,
                      papers=(paper("送达回证", signers=signers, fields={"拒收事由", "日期"}, activity="a"),))
    for key in profile_names():
        verdict = next(item for item in items(profile(key), facts) if item.id == "MS-89")
        assert verdict.standing is standing
        assert (verdict.ground.article, verdict.ground.national) == ("民事诉讼法第八十九条", True)
        if standing is Standing.INCOMPLETE:
            assert verdict.wanting == ("留置送达（2026-09-01）：《送达回证》缺少签名：见证人",
                                       "留置送达（2026-09-01）：也可以用该次活动的音像记录代替")


@pytest.mark.parametrize(("officers", "standing", "open_"), [
    (("甲", "乙"), Standing.PRESENT, False), (("甲",), Standing.VIOLATED, False), (("甲", "甲"), Standing.VIOLATED, False),
    ((), Standing.INCOMPLETE, True)])
def test_two_officers(officers: tuple[str, ...], standing: Standing, open_: bool) -> None:
    """行政处罚法第四十二条: one officer alone cannot be made good; names that are missing can."""
    facts = CaseFacts(activities=(Activity("a", "inspection", DAY, officers=officers), Activity("b", "started", DAY)))
    verdict = next(item for item in items(profile("provincial"), facts) if item.id == "CF-42")
    assert (verdict.standing, verdict.open) == (standing, open_)
    assert bool(verdict.wanting) == (standing is not Standing.PRESENT)


# ---- scope, questions, waivers
ASKED = own(when=["crime_suspected"], forms=["案件移送函"])


def test_an_open_question_holds_up_filing_and_names_itself() -> None:
    verdict = one(ASKED)
    assert (verdict.standing, verdict.questions, verdict.open) == (Standing.UNANSWERED, ("crime_suspected",), True)
    assert one(ASKED, conditions={"crime_suspected": False}).standing is Standing.NOT_APPLICABLE
    assert one(ASKED, conditions={"crime_suspected": True}).standing is Standing.MISSING


def test_another_kind_of_act_has_no_such_item() -> None:
    assert items(own(kinds=["licensing"]), CaseFacts(kind="penalty")) == ()
    assert items(own(procedures=["simple"]), CaseFacts(procedure="ordinary")) == ()


@pytest.mark.parametrize(("rule", "reason", "standing", "waiver"), [
    ({}, "当事人下落不明", Standing.WAIVED, "当事人下落不明"), ({}, "  ", Standing.MISSING, ""),
    ({"waivable": False}, "不需要", Standing.MISSING, "")])
def test_a_waiver_takes_a_reason_and_a_rule_that_allows_it(rule: dict[str, Any], reason: str, standing: Standing, waiver: str) -> None:
    verdict = one(own(forms=["笔录"], **rule), waivers=(Waiver("A", reason, "韩立"), Waiver("B", "x", "韩立")))
    assert (verdict.standing, verdict.waiver) == (standing, waiver)
    assert verdict.open == (standing is Standing.MISSING)
    if rule:
        assert verdict.wanting[-1] == "这一项不得作不适用处理。"


def test_a_waiver_of_what_is_there_says_nothing() -> None:
    assert one(own(forms=["笔录"]), papers=(paper("笔录"),), waivers=(Waiver("A", "理由", "韩立"),)).standing is Standing.PRESENT


# ---- which paper answers which item
def test_a_receipt_linked_to_the_notice_does_not_prove_the_service_of_the_decision() -> None:
    both = own(forms=["送达回证"])
    both = replace(both, item=[*both.item, replace(both.item[0], id="B")])
    linked = items(both, CaseFacts(papers=(paper("送达回证", items={"A"}),)))
    assert [one.standing for one in linked] == [Standing.PRESENT, Standing.MISSING]
    unlinked = items(both, CaseFacts(papers=(paper("送达回证"),)))
    assert [one.standing for one in unlinked] == [Standing.PRESENT, Standing.PRESENT]


def test_a_paper_linked_to_an_item_without_a_form_still_answers_those_that_name_it() -> None:
    both = own(forms=["询问笔录"])
    both = replace(both, item=[*both.item, replace(both.item[0], id="B", forms=[])])
    assert [one.standing for one in items(both, CaseFacts(papers=(paper("询问笔录", items={"B"}),)))] == [Standing.PRESENT, Standing.PRESENT]


# ---- the regulations themselves
def verdicts(key: str, facts: CaseFacts) -> dict[str, ItemVerdict]:
    return {verdict.id: verdict for verdict in items(profile(key), facts)}


def test_the_hearing_record_of_jinpu_is_signed_page_by_page() -> None:
    """金普办法第二十条."""
    record = paper("听证笔录", signers={"host", "investigator", "party"}, pages=5, signed_pages=4)
    held = CaseFacts(activities=(Activity("h", "hearing", DAY),), papers=(record,))
    verdict = verdicts("jinpu-development", held)["JP-20"]
    assert verdict.standing is Standing.INCOMPLETE
    assert "听证（2026-09-01）：《听证笔录》共 5 页，只有 4 页签名，应当逐页签名" in verdict.wanting
    assert verdict.ground.article == "金普办法第二十条"
    assert verdicts("jinpu-development", CaseFacts())["JP-20"].standing is Standing.NOT_APPLICABLE


def test_jinpu_does_not_want_the_notice_twice() -> None:
    """金普办法第十五条 and 第十八条 speak of one document: neither title is asked for when the other is there."""
    titles = ("行政处罚事先告知书", "行政处罚告知书")
    for form in titles:
        notice = paper(form, fields={"事实", "理由", "依据"}, approved_by="局领导")
        found = verdicts("jinpu-development", CaseFacts(papers=(notice,), conditions={"decided": True}))
        assert (found["JP-15"].standing, found["JP-18"].standing) == (Standing.PRESENT, Standing.PRESENT)
    without = verdicts("jinpu-development", CaseFacts(conditions={"decided": True}))
    assert (without["JP-15"].standing, without["JP-18"].standing) == (Standing.MISSING, Standing.MISSING)


@pytest.mark.parametrize(("key", "item", "asked"), [
    ("jinpu-development", "JP-20", "签名日期"), ("jinpu-development", "JP-26", "签名日期"), ("jinpu-development", "JP-29", "签名日期"),
    ("jinpu-development", "JP-21", "报局主要负责人"), ("fushun-culture", "FS-23", "挂号信或者特快专递"),
    ("minhou-statistics", "MH-18-2", "挂号信或者特快专递"),
    ("fushun-culture", "FS-24", "文书留在受送达人的住所"), ("minhou-statistics", "MH-18-4", "文书留在受送达人的住所")])
def test_what_an_article_asks_beside_its_list_is_asked_too(key: str, item: str, asked: str) -> None:
    """「签名或者盖章并注明日期」, 「一并上报我局主要负责人」, 「要采用挂号信或特快专递方式」, 「把执法文书留在受送达人的住所」: musts."""
    rule = next(rule for rule in profile(key).item if rule.id == item)
    conditions = {"hearing": True, "confiscated": True, "served_by_mail": True, "served_by_leaving": True}
    papers = tuple(paper(form, str(n), items={item}, signers=set(rule.signers), fields=set(rule.fields) - {asked}, pages=1, signed_pages=1)
                   for n, form in enumerate(rule.forms))
    bare = CaseFacts(procedure="simple" if item == "JP-26" else "ordinary", conditions=conditions, papers=papers)
    assert asked in "".join(verdicts(key, bare)[item].wanting)
    told = replace(bare, papers=(replace(papers[0], fields=papers[0].fields | {asked}), *papers[1:]))
    assert verdicts(key, told)[item].standing is Standing.PRESENT


@pytest.mark.parametrize("key", profile_names())
@pytest.mark.parametrize("kind", ["seal", "seize"])
def test_what_is_sealed_or_seized_has_its_papers_also_where_the_text_is_silent(key: str, kind: str) -> None:
    """行政强制法第十八条第七项, 第二十四条: silence of a regulation (金普) is no leave to seize without a decision, a list and a record."""
    taken = CaseFacts(kind="coercion", activities=(Activity("a", kind, DAY), Activity("b", kind, DAY)))
    forms = ("查封、扣押决定书", "查封、扣押清单", "现场笔录")
    whole = tuple(paper(form, f"{n}-{act}", activity=act) for act in "ab" for n, form in enumerate(forms))
    for id, n in (("QZ-24-1", 0), ("QZ-24-2", 1), ("QZ-18-7", 2)):
        verdict = verdicts(key, taken)[id]
        assert (verdict.standing, verdict.ground.national) == (Standing.MISSING, True)
        assert verdicts(key, replace(taken, papers=whole))[id].standing is Standing.PRESENT
        but = tuple(one for one in whole if one.id != f"{n}-b")
        assert verdicts(key, replace(taken, papers=but))[id].open  # one for each
    frozen = verdicts(key, CaseFacts(activities=(Activity("a", "freeze", DAY),)))
    assert frozen["QZ-18-7"].standing is Standing.MISSING  # 第三十条
    assert frozen["QZ-24-1"].standing is Standing.NOT_APPLICABLE


@pytest.mark.parametrize("key", profile_names())
def test_an_empty_case_is_open_and_every_item_says_why(key: str) -> None:
    found = items(profile(key), CaseFacts())
    assert open_items(found)
    for verdict in found:
        assert verdict.ground.text
        assert verdict.standing is not Standing.PRESENT
        assert verdict.wanting or verdict.questions or verdict.standing is Standing.NOT_APPLICABLE
    assert len({verdict.id for verdict in found}) == len(found)


FORMS = sorted({form for key in profile_names() for rule in profile(key).item for form in rule.forms})


@given(st.sampled_from(profile_names()), st.lists(st.sampled_from(FORMS), max_size=6), st.sampled_from(["penalty", "licensing", "coercion"]),
       st.dictionaries(st.sampled_from(["decided", "crime_suspected", "named_complaint", "hearing_right"]), st.booleans()))
def test_another_paper_never_makes_an_item_less_complete_than_missing(key: str, forms: list[str], kind: str, said: dict[str, bool]) -> None:
    """A paper more can turn missing to incomplete or present, never present to missing; and a verdict is the same for the same facts."""
    papers = tuple(paper(form, str(n)) for n, form in enumerate(forms))
    facts = CaseFacts(kind=kind, conditions=said, papers=papers)
    before = {one.id: one for one in items(profile(key), replace(facts, papers=papers[:-1]))}
    after = items(profile(key), facts)
    assert after == items(profile(key), facts)
    for verdict in after:
        if verdict.standing is Standing.MISSING and verdict.id in before:
            assert before[verdict.id].standing in (Standing.MISSING, Standing.NOT_APPLICABLE, Standing.UNANSWERED)
        assert set(verdict.papers) <= {one.id for one in papers}
