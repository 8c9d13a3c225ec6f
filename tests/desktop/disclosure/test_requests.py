"""Requests for government information: their limits worked by hand, the steps that move them, what is refused, who sees what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.disclosure import DisclosureDraft
from desktop.errors import Refusal
from desktop.jobs import Silent
from desktop.ledger.entry import Entry
from desktop.policy.clocks import last_day
from desktop.policy.disclosure import read_regime, regime
from desktop.policy.verdicts import Clock, ClockState
from desktop.procedure import recompute
from models.disclosure import DisclosureClock
from models.secrecy import Label
from models.terms import DisclosureId
from models.terms import DisclosureStepKind as Kind
from tests.views import office as o

ANSWER, CORRECTION, THIRD = "disclosure_answer", "disclosure_correction", "disclosure_third_party"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """The office on Thursday 2026-11-19; the counter clerk sits there."""
    out = o.sign_in(o.office(tmp_path), o.CLERK)
    yield out
    out.close()


def asked(archive: Archive, received: date = date(2026, 9, 21), **more: object) -> DisclosureId:
    return archive.disclosure.register(DisclosureDraft("王海涛", "对和润公司现场检查的录像", received, **more))  # type: ignore[arg-type]


def limit(archive: Archive, request: DisclosureId, topic: str = ANSWER) -> Clock:
    return next(one for one in archive.disclosure.file(request).clocks if one.topic == topic)


def due(archive: Archive, request: DisclosureId, topic: str = ANSWER) -> date:
    clock = limit(archive, request, topic)
    assert clock.due is not None, clock
    return last_day(clock.due)


# ---- worked by hand: 25–27 September and 1–7 October 2026 are off, Saturday 10 October is worked
def test_twenty_working_days_leave_out_both_holidays(archive: Archive) -> None:
    request = asked(archive)
    assert due(archive, request) == date(2026, 10, 26)
    row = DisclosureClock.get(DisclosureClock.rule == "GK-33")
    assert (row.due, row.met, row.paused) == ("2026-10-26T16:00:00.000000Z", None, False)


def test_the_day_agreed_with_the_applicant_begins_what_came_by_internet(archive: Archive) -> None:
    request = asked(archive, date(2026, 10, 9), channel="internet", confirmed_on=date(2026, 10, 12))
    assert due(archive, request) == date(2026, 11, 9)


def test_a_pause_over_the_holiday_leaves_out_only_its_working_days(archive: Archive) -> None:
    request = asked(archive)
    step = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "大连和润商贸有限公司", date(2026, 9, 28), "录像里有账簿")
    clock = limit(archive, request)
    assert (clock.state, clock.due) == (ClockState.PAUSED, None)
    assert due(archive, request, THIRD) == date(2026, 10, 23)
    assert DisclosureClock.get(DisclosureClock.rule == "GK-33").alarm is None
    archive.disclosure.opinion(step, date(2026, 10, 13), "agrees")
    assert due(archive, request) == date(2026, 11, 4)  # 29, 30 September, 8, 9, 10, 12, 13 October: seven days more
    words = [one.words for one in limit(archive, request).steps if one.kind == "paused"]
    assert words == ["9月29日至10月13日 征求第三方意见，7个工作日不计入"]


def test_an_extension_counts_on_after_the_pause(archive: Archive) -> None:
    request = asked(archive)
    step = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "和润", date(2026, 9, 28))
    archive.disclosure.opinion(step, date(2026, 10, 13), "agrees")
    archive.disclosure.extend(request, 20, "韩立", date(2026, 10, 20), "涉及录像较多，需要逐段审查")
    assert due(archive, request) == date(2026, 12, 2)
    assert "延长20个工作日" in "；".join(one.words for one in limit(archive, request).steps if one.kind == "extended")


def test_a_corrected_request_is_counted_anew_from_the_day_it_came(archive: Archive) -> None:
    request = asked(archive)
    step = archive.disclosure.ask_supplement(request, date(2026, 9, 24), "请写明检查的日期", date(2026, 10, 15))
    assert limit(archive, request).state is ClockState.PAUSED
    assert due(archive, request, CORRECTION) == date(2026, 10, 8)
    wait = limit(archive, request, "disclosure_wait")
    assert (wait.state, wait.ground.article, wait.title) == (ClockState.LAPSED, "政府信息公开条例第三十条", "申请人补正")
    archive.disclosure.supplement(step, date(2026, 10, 9))
    assert due(archive, request) == date(2026, 11, 5)
    assert limit(archive, request, CORRECTION).state is ClockState.MET
    assert {row.rule for row in DisclosureClock.select()} == {"GK-33", "GK-30"}


def test_each_who_was_asked_has_their_own_time_and_the_answer_waits_for_all(archive: Archive) -> None:
    request = asked(archive)
    first = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "和润", date(2026, 9, 28))
    second = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "海川", date(2026, 10, 8))
    archive.disclosure.opinion(first, date(2026, 10, 13), "agrees")
    assert limit(archive, request).state is ClockState.PAUSED
    assert [(one.subject, one.state) for one in archive.disclosure.file(request).clocks if one.topic == THIRD] == [
        (str(first), ClockState.MET), (str(second), ClockState.LAPSED)]
    row, = archive.today.due_page(None, 1, 10)
    assert (row.subject, row.outside, row.late) == (str(second), True, True)
    assert archive.today.due_sum(row).clock.start == date(2026, 10, 8)
    archive.disclosure.opinion(second, date(2026, 10, 29), "silent")
    assert due(archive, request) == date(2026, 11, 20)  # 29 September to 29 October, both pauses once: 19 working days more


def test_abandoned_is_answered_only_when_the_day_set_has_passed(archive: Archive) -> None:
    request = asked(archive, date(2026, 11, 2))
    archive.disclosure.ask_supplement(request, date(2026, 11, 4), "写明日期", date(2026, 11, 13))
    with pytest.raises(Refusal) as refused:
        archive.disclosure.answer(request, "abandoned", date(2026, 11, 13), "没有补正")
    assert refused.value.code == "disclosure.not_overdue"
    archive.disclosure.answer(request, "abandoned", date(2026, 11, 16), "11 月 13 日前没有补正")
    assert DisclosureClock.select().where(DisclosureClock.rule == "correction").count() == 1
    assert archive.today.due_page(None, 1, 10) == []


def test_a_notice_after_seven_working_days_is_late_and_said_to_be(archive: Archive) -> None:
    request = asked(archive)
    archive.disclosure.ask_supplement(request, date(2026, 10, 9), "请写明检查的日期")
    assert limit(archive, request, CORRECTION).state is ClockState.MET_LATE


def test_the_answer_stops_the_limit_and_a_step_taken_back_starts_it_again(archive: Archive) -> None:
    request = asked(archive)
    step = archive.disclosure.answer(request, "partly", date(2026, 10, 23), "第三人面容和声音遮蔽后提供；账页涉及商业秘密", "韩立")
    assert limit(archive, request).state is ClockState.MET
    line, = archive.disclosure.all()
    assert (line.answer, line.answered_on, line.pending, line.open) == ("partly", date(2026, 10, 23), False, True)
    archive.disclosure.take_back(step, "日期登记有误")
    assert limit(archive, request).state is ClockState.LATE
    taken, = archive.disclosure.file(request).steps
    assert taken.withdrawn
    assert archive.disclosure.file(request).changes[0].reason == "日期登记有误"


def test_a_calendar_change_counts_every_open_request_anew(archive: Archive) -> None:
    request = asked(archive)
    closed = asked(archive, date(2026, 9, 22))
    archive.disclosure.answer(closed, "granted", date(2026, 10, 10), "当面提供复制件")
    archive.disclosure.close(closed, date(2026, 10, 12), "已送达")
    before = {row.request_id: row.due for row in DisclosureClock.select()}
    o.sign_in(archive, o.ARCHIVIST)
    archive.rulebook.local_add(date(2026, 10, 26), True, "台风停工", "市政府通知")
    assert {row.request_id: row.due for row in DisclosureClock.select()} == before
    assert recompute(archive, Silent()) >= 1
    after = {row.request_id: row.due for row in DisclosureClock.select()}
    assert after[request] == "2026-10-27T16:00:00.000000Z"
    assert after[closed] == before[closed]
    assert not archive.rulebook.recompute_due()


def test_a_year_without_its_notice_is_provisional(archive: Archive) -> None:
    request = asked(archive, date(2026, 11, 18))
    archive.disclosure.extend(request, 20, "韩立", date(2026, 11, 19), "材料多")
    assert limit(archive, request).provisional
    assert DisclosureClock.get(DisclosureClock.rule == "GK-33").provisional


# ---- refused
def test_what_cannot_be_is_refused_and_nothing_is_changed(archive: Archive) -> None:
    request = asked(archive)
    room = archive.disclosure

    def code(act: object) -> str:
        with pytest.raises(Refusal) as refused:
            act()  # type: ignore[operator]
        return refused.value.code

    draft = room.file(request).line.draft
    assert code(lambda: room.register(DisclosureDraft(" ", "录像", date(2026, 11, 1)))) == "register.words_missing"
    assert code(lambda: asked(archive, date(2026, 11, 20))) == "register.day_ahead"
    assert code(lambda: asked(archive, date(1970, 1, 1))) == "procedure.time_implausible"
    assert code(lambda: asked(archive, number=draft.number)) == "register.number_taken"
    assert code(lambda: asked(archive, channel="鸽子")) == "procedure.unknown_word"
    assert code(lambda: asked(archive, confirmed_on=date(2026, 9, 20))) == "register.day_before"
    assert code(lambda: asked(archive, about_from=date(2026, 9, 2), about_to=date(2026, 9, 1))) == "register.about_backwards"
    assert code(lambda: asked(archive, label=Label(1))) == "cases.state_secret"
    assert code(lambda: asked(archive, label=Label(privacy=True))) == "cases.beyond_clearance"
    assert code(lambda: room.ask_supplement(request, date(2026, 9, 20), "写明日期")) == "register.day_before"
    assert code(lambda: room.ask_supplement(request, date(2026, 9, 24), "写明日期", date(2026, 9, 23))) == "disclosure.until_before"
    assert code(lambda: room.answer(request, "granted", date(2026, 10, 8), " ")) == "disclosure.untold"
    assert code(lambda: room.answer(request, "maybe", date(2026, 10, 8), "提供")) == "procedure.unknown_word"
    assert code(lambda: room.extend(request, 21, "韩立", date(2026, 10, 8), "材料多")) == "procedure.extension_refused"
    assert code(lambda: room.extend(request, 20, "韩立", date(2026, 11, 18), "材料多")) == "procedure.extension_refused"  # it was over by then
    assert code(lambda: room.close(request, date(2026, 11, 1), "归档")) == "disclosure.unanswered"
    assert code(lambda: room.reopen(request, "再看")) == "disclosure.open"
    assert room.file(request).steps == ()


def test_a_correction_is_asked_for_once_and_silence_not_before_its_time(archive: Archive) -> None:
    request = asked(archive, date(2026, 11, 2))
    step = archive.disclosure.ask_supplement(request, date(2026, 11, 4), "写明日期")
    with pytest.raises(Refusal) as refused:
        archive.disclosure.ask_supplement(request, date(2026, 11, 5), "再写明地点")
    assert refused.value.code == "disclosure.asked_once"
    assert "政府信息公开条例第三十条" in str(refused.value)
    archive.disclosure.supplement(step, date(2026, 11, 6))
    with pytest.raises(Refusal, match="已经收到答复"):
        archive.disclosure.supplement(step, date(2026, 11, 9))
    third = archive.disclosure.ask_others(request, Kind.THIRD_PARTY, "和润", date(2026, 11, 9))
    with pytest.raises(Refusal) as early:
        archive.disclosure.opinion(third, date(2026, 11, 18), "silent")
    assert early.value.code == "disclosure.too_early"
    assert early.value.facts["last"] == "2026-11-30"
    archive.disclosure.opinion(third, date(2026, 11, 18), "objects", "涉及进货渠道")


def test_what_is_answered_withdrawn_or_filed_goes_on_only_after_it_is_taken_up_again(archive: Archive) -> None:
    request = asked(archive)
    archive.disclosure.withdraw(request, date(2026, 9, 30), "申请人书面撤回")
    assert DisclosureClock.get(DisclosureClock.rule == "GK-33").alarm is None
    with pytest.raises(Refusal, match="已于 2026-09-30 答复或撤回"):
        archive.disclosure.answer(request, "granted", date(2026, 10, 8), "提供")
    archive.disclosure.close(request, date(2026, 9, 30), "撤回，归档")
    with pytest.raises(Refusal, match="已于 2026-09-30 归档"):
        archive.disclosure.take_back(archive.disclosure.file(request).steps[0].id, "误记")
    archive.disclosure.reopen(request, "申请人反悔")
    archive.disclosure.take_back(archive.disclosure.file(request).steps[0].id, "申请人反悔")
    assert limit(archive, request).state is ClockState.LATE


def test_a_correction_of_the_register_asks_why_keeps_what_was_and_counts_anew(archive: Archive) -> None:
    request = asked(archive)
    draft = archive.disclosure.file(request).line.draft
    later = DisclosureDraft(**{**vars(draft), "received_on": date(2026, 9, 22)})
    with pytest.raises(Refusal) as refused:
        archive.disclosure.correct(request, later, " ")
    assert refused.value.code == "change.reason_missing"
    archive.disclosure.correct(request, later, "签收日期看错")
    assert due(archive, request) == date(2026, 10, 27)
    change = archive.disclosure.file(request).changes[0]
    assert (change.field, change.old, change.new, change.reason) == ("received_on", "2026-09-21", "2026-09-22", "签收日期看错")


# ---- who, and what stands in the ledger
def test_numbers_are_given_by_year_and_the_register_lists_the_pressing_first(archive: Archive) -> None:
    asked(archive, date(2025, 12, 30))
    late, soon = asked(archive), asked(archive, date(2026, 11, 9))
    done = asked(archive, date(2026, 11, 3))
    archive.disclosure.answer(done, "absent", date(2026, 11, 10), "检索了案卷目录和音像登记")
    assert [one.draft.number for one in archive.disclosure.all()] == ["公开〔2025〕1号", "公开〔2026〕1号", "公开〔2026〕2号", "公开〔2026〕3号"]
    assert [one.id for one in archive.disclosure.all()][1:] == [late, soon, done]


def test_of_what_is_closed_the_newest_are_read_and_whoever_is_asked_for(archive: Archive) -> None:
    """The register of many years is not read whole at each look."""
    made = [asked(archive, date(2026, 9, 1) + timedelta(days=n)) for n in range(6)]
    for request in made[:5]:
        archive.disclosure.answer(request, "absent", date(2026, 10, 9), "检索了案卷目录和音像登记")
        archive.disclosure.close(request, date(2026, 10, 10), "已送达")
    assert [one.id for one in archive.disclosure.all(closed=2)] == [made[5], made[4], made[3]]
    assert [one.id for one in archive.disclosure.all(closed=2, also=made[0])] == [made[5], made[4], made[3], made[0]]
    assert [one.id for one in archive.disclosure.all(closed=2, also=made[4])] == [made[5], made[4], made[3]]
    assert len(archive.disclosure.all()) == 6


def test_a_label_narrows_who_knows_of_a_request(archive: Archive) -> None:
    o.sign_in(archive, o.ARCHIVIST)
    request = asked(archive, label=Label(privacy=True))
    assert [one.id for one in archive.disclosure.all()] == [request]
    o.sign_in(archive, o.CLERK)
    assert archive.disclosure.all() == []
    with pytest.raises(Refusal) as hidden:
        archive.disclosure.file(request)
    with pytest.raises(Refusal) as nothing:
        archive.disclosure.file(DisclosureId(99))
    assert str(hidden.value) == str(nothing.value)
    assert archive.today.due_page(None, 1, 10) == []


@pytest.mark.parametrize(("who", "reads", "answers", "registers"), [
    (o.CLERK, True, True, True), (o.LEADER, True, True, False), (o.OFFICER, False, False, False), (o.AUDITOR, False, False, False)])
def test_who_serves(archive: Archive, who: str, reads: bool, answers: bool, registers: bool) -> None:
    o.sign_in(archive, who)
    for act, allowed in (("disclosure.read", reads), ("disclosure.answer", answers), ("disclosure.register", registers)):
        assert archive.may(act).allowed is allowed, act


def test_every_step_is_an_entry_that_names_no_applicant(archive: Archive) -> None:
    request = asked(archive)
    archive.disclosure.ask_supplement(request, date(2026, 9, 24), "请写明检查的日期", date(2026, 10, 15))
    archive.disclosure.answer(request, "abandoned", date(2026, 10, 26), "10 月 15 日前没有补正")
    leaves = [row[0] for row in archive.database.connection().execute("SELECT leaf FROM ledger_entry WHERE act LIKE 'disclosure.%' ORDER BY seq")]
    assert [Entry.parse(leaf).act for leaf in leaves] == ["disclosure.register", "disclosure.ask_supplement", "disclosure.answer"]
    assert all(Entry.parse(leaf).subject == {"disclosure": request} for leaf in leaves)
    assert not any("王海涛" in leaf for leaf in leaves)
    o.sign_in(archive, o.AUDITOR)
    assert [line.about for line in archive.audit.entries(limit=20).lines if line.act.startswith("disclosure.")] == ["公开〔2026〕1号"] * 3


def test_links_show_only_what_the_person_may_know_of(archive: Archive) -> None:
    o.sign_in(archive, o.ARCHIVIST)
    request = asked(archive)
    archive.disclosure.link(request, case=o.case(archive))
    hidden = o.case(archive, o.FILED)
    archive.disclosure.link(request, case=hidden)
    with pytest.raises(Refusal, match="已经关联"):
        archive.disclosure.link(request, case=hidden)
    assert [one.title for one in archive.disclosure.file(request).links] == [o.BOOKS, o.FILED]
    o.sign_in(archive, o.CLERK)  # no trade secrets
    assert [one.title for one in archive.disclosure.file(request).links] == [o.BOOKS]
    with pytest.raises(Refusal):
        archive.disclosure.link(request, case=hidden)
    first = archive.disclosure.file(request).links[0]
    archive.disclosure.unlink(first.id, "关联错了")
    assert archive.disclosure.file(request).links == ()


# ---- the list of limits
def test_todays_list_has_the_limits_of_requests_among_the_others(archive: Archive) -> None:
    late = asked(archive)
    waits = asked(archive, date(2026, 11, 2), handler="陈立群")
    archive.disclosure.ask_others(waits, Kind.OTHER_AGENCY, "区审计局", date(2026, 11, 4))
    rows = archive.today.due_page(None, 1, 10)
    assert [(row.case_number, row.topic, row.late, row.unit) for row in rows] == [
        ("公开〔2026〕1号", "disclosure_answer", True, "working_day"), ("公开〔2026〕2号", "disclosure_other_agency", False, "working_day")]
    assert (rows[1].days, rows[1].outside, rows[1].officers) == (4, True, "陈立群")
    assert (archive.today.due_count(), archive.today.due_count("late"), archive.today.count()) == (2, 1, 1)
    assert archive.today.due_sum(rows[0]).clock == limit(archive, late)
    assert archive.today.due_page(rows[0].key, 1, 10) == rows[1:]
    assert archive.today.due_page(rows[1].key, -1, 10) == rows[:1]
    assert archive.today.due_anchors(1) == [row.key for row in rows]
    o.sign_in(archive, o.ARCHIVIST)
    assert {row.case_number for row in archive.today.due_page(None, 1, 50)} >= {"公开〔2026〕1号", "公开〔2026〕2号"}
    o.sign_in(archive, o.LEADER)
    assert (rows[0].article, rows[0].duty, o.CLERK, 1) in {(one.article, one.duty, one.person, one.count) for one in archive.today.overdue()}
    assert [row.case_number for row in archive.today.due_page(None, 1, 9, "late", rows[0].article, o.CLERK)] == ["公开〔2026〕1号"]
    o.sign_in(archive, o.OFFICER)
    assert not any(row.disclosure for row in archive.today.due_page(None, 1, 50))


def test_the_file_of_the_regulation_is_read_strictly() -> None:
    assert [one.confirmed for one in regime().channels.values()] == [False, False, True, True]
    with pytest.raises(ValueError, match="twice"):
        read_regime({"opinion": [{"key": "a", "zh": "同意", "en": "yes"}] * 2})
    with pytest.raises(ValueError, match="缺少“en”"):
        read_regime({"opinion": [{"key": "a", "zh": "同意"}]})
    with pytest.raises(ValueError, match="answer"):
        read_regime({"answers": []})


def test_numbers_are_given_by_year_and_found_by_index(archive: Archive) -> None:
    first, second = asked(archive), asked(archive)
    before = asked(archive, date(2025, 12, 30))
    numbers = {one.id: one.draft.number for one in archive.disclosure.all()}
    assert [numbers[one] for one in (first, second, before)] == ["公开〔2026〕1号", "公开〔2026〕2号", "公开〔2025〕1号"]
    plan = [row[3] for row in archive.database.connection().execute(
        "EXPLAIN QUERY PLAN SELECT number FROM disclosure_request WHERE number BETWEEN ? AND ?", ("公开〔2026〕", "公开〔2026〕\U0010ffff"))]
    assert plan == ["SEARCH disclosure_request USING COVERING INDEX disclosure_request_number (number>? AND number<?)"]
