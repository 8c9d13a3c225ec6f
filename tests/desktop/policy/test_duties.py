"""Duties to record: the same activities under the five texts, each level in its own words, each excuse as far as the text knows it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.policy.duties import duties
from desktop.policy.listing import in_force, own_rows
from desktop.policy.profile import profile
from desktop.policy.verdicts import DutyVerdict, Standing
from models.facts import Activity, CaseFacts, Footage, Paper, Unsuitable
from tests.desktop.policy.recorded import activity, at, gap, mark, piece

XIGANG, FUSHUN, PROVINCE, JINPU, MINHOU = "xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"
SAID = (mark("spoken_notice", 0, 1), mark("told", 1, 2))


def judged(key: str, done: Activity, *footage: Footage, own: str = "", **more: object) -> DutyVerdict:
    rules = profile(key)
    facts = CaseFacts(activities=(done,), footage=footage, **more)  # type: ignore[arg-type]  # the fields differ in type
    (verdict,) = duties(rules, facts, in_force(rules, own_rows(own) if own else ()))
    return verdict


def _article(verdict: DutyVerdict) -> str:
    return verdict.ground.article if verdict.ground else ""


@pytest.mark.parametrize(("kind", "traits", "expected"), [
    # 西岗§13、抚顺§12、省级§15、金普§14/§20/§28/§29、闽侯§12/§14/§18; V violated, M to be made good, U asks for the circumstances, O recommended
    ("inspection", (), "MMUMM"), ("hearing", (), "MMUVM"), ("sampling", (), "MMUMM"), ("seize", (), "MVVOM"),
    ("seize", ("major_property",), "MVVOV"), ("demolition", ("major_property",), "MVVOV"), ("refusal_to_sign", (), "OOUOV"),
    ("confiscated_goods", (), "OOOVO"), ("correction_check", (), "OOUVO"), ("service_left", ("witness_present",), "MMUOV"),
    ("service_public", (), "UVUVO"), ("interview", (), "OOUOM")])
def test_the_same_activity_with_nothing_recorded_under_the_five_texts(kind: str, traits: tuple[str, ...], expected: str) -> None:
    letters = {Standing.VIOLATED: "V", Standing.MISSING: "M", Standing.UNANSWERED: "U", Standing.OPTIONAL: "O"}
    got = [letters[judged(key, activity(kind, traits=traits)).standing] for key in (XIGANG, FUSHUN, PROVINCE, JINPU, MINHOU)]
    assert "".join(got) == expected


def test_silence_is_never_a_violation_and_cites_nothing() -> None:
    verdict = judged(JINPU, activity("seize"))
    assert (verdict.ground, verdict.standing, verdict.level) == (None, Standing.OPTIONAL, "full")
    assert verdict.row == 22


def test_service_by_leaving_without_a_witness_is_the_nations_matter_where_the_text_is_silent() -> None:
    """金普 says nothing of 留置送达; 民事诉讼法第八十九条 asks for a witness or a recording."""
    verdict = judged(JINPU, activity("service_left"))
    assert verdict.standing == Standing.MISSING, "that no witness is on record does not prove that there was none"
    assert "有见证人在场" in verdict.wanting[0]
    assert verdict.ground is not None
    assert verdict.ground.national
    assert verdict.ground.article == "民事诉讼法第八十九条"
    signed = Paper("p", "送达回证", activity="a", signers=frozenset({"server", "witness"}))
    assert judged(JINPU, activity("service_left"), papers=(signed,)).standing == Standing.OPTIONAL


@pytest.mark.parametrize(("key", "ground", "reason", "standing"), [
    (XIGANG, "unsuitable", "现场易燃易爆", Standing.EXCUSED), (XIGANG, "unsuitable", " ", Standing.INCOMPLETE),  # 需书面记录原因
    (FUSHUN, "unsuitable", "", Standing.INCOMPLETE), (JINPU, "unsuitable", "", Standing.EXCUSED),  # 金普§14 wants no reason
    (MINHOU, "unsuitable", "现场易燃易爆", Standing.INCOMPLETE),  # 「涉及国家秘密等」: 等 is open, so it is to be said which it is
    (MINHOU, "state_secret", "见保密登记", Standing.EXCUSED),
    (MINHOU, "state_secret", "", Standing.INCOMPLETE)])
def test_an_excuse_goes_as_far_as_the_text(key: str, ground: str, reason: str, standing: Standing) -> None:
    assert judged(key, activity("inspection", unsuitable=Unsuitable(ground, reason))).standing == standing


@pytest.mark.parametrize(("key", "kind"), [(JINPU, "hearing"), (JINPU, "confiscated_goods"), (PROVINCE, "seize"), (MINHOU, "service_left")])
def test_where_the_text_knows_no_excuse_none_is_taken(key: str, kind: str) -> None:
    verdict = judged(key, activity(kind, unsuitable=Unsuitable("unsuitable", "设备不便")))
    assert (verdict.standing, verdict.excuse) == (Standing.VIOLATED, "none")


def test_a_service_by_leaving_recorded_in_another_way_is_no_violation_under_fushun() -> None:
    """抚顺§24 「采用音像记录等方式记录送达过程」: other ways are open; the witness is asked for all the same."""
    silent = judged(FUSHUN, activity("service_left", traits=("witness_present",)))
    assert (silent.level, silent.standing, _article(silent)) == ("suitable", Standing.MISSING, "抚顺办法第二十四条")
    other = judged(FUSHUN, activity("service_left", traits=("witness_present", "recorded_otherwise")))
    assert (other.level, other.standing, _article(other)) == ("may", Standing.OPTIONAL, "抚顺办法第二十四条")


@pytest.mark.parametrize("kind", ["inspection", "coercion", "other", "licensing"])
def test_what_jinpu_says_of_penalties_is_no_duty_of_other_acts(kind: str) -> None:
    """金普§27「送达《行政处罚决定书》」, §28「在行政处罚决定中」, §20 and §29 in the chapter on penalties."""
    for event in ("hearing", "service_public", "correction_check", "confiscated_goods"):
        verdict = judged(JINPU, activity(event), kind=kind)
        assert (verdict.ground, verdict.standing) == (None, Standing.OPTIONAL), event


def test_a_day_without_an_hour_is_still_that_day() -> None:
    """抚顺§12 「同时进行」: a recording of the day before is no recording of an activity that is dated by its day alone."""
    done = activity("hearing", end=None)
    by_day = replace(done, start=at(0).date())
    assert judged(FUSHUN, by_day, piece(0, 10)).standing == Standing.PRESENT
    assert judged(FUSHUN, by_day, piece(-1440, -1430)).standing == Standing.INCOMPLETE
    assert judged(FUSHUN, by_day, piece(1440, 1450)).standing == Standing.INCOMPLETE
    assert judged(FUSHUN, by_day, piece(None, None)).standing == Standing.INCOMPLETE


def test_circumstances_written_down_answer_as_needed() -> None:
    """省级§15第二款: 应当根据实际情况; §4 文字能全面记录的可以不音像."""
    assert judged(PROVINCE, activity("interview", unsuitable=Unsuitable("unsuitable", "笔录已全面记录"))).standing == Standing.EXCUSED


def test_minhou_fourteen_takes_the_place_of_twelve_where_major_property_is_touched() -> None:
    plain, major = judged(MINHOU, activity("seize")), judged(MINHOU, activity("seize", traits=("major_property",)))
    assert (plain.level, plain.excuse, _article(plain)[:8]) == ("sync", "secrecy", "闽侯制度第十二条")
    assert (major.level, major.excuse, _article(major)[:8]) == ("full", "none", "闽侯制度第十四条")


def test_xigang_thirteen_has_two_readings_and_the_profile_says_which() -> None:
    rules = profile(XIGANG)
    (choice,) = [one for one in rules.choice if {f"{one.key}={option}" for option in one.options} & {rule.choice for rule in rules.duty}]
    facts = CaseFacts(activities=(activity("inspection"),))
    levels = {}
    for option in choice.options:
        read = replace(rules, choice=[replace(choice, chosen=option)])
        (verdict,) = duties(read, facts, in_force(read))
        levels[option] = (verdict.level, verdict.ground is not None)
    assert levels[choice.chosen] == ("full", True), "the stricter reading is the default"
    assert ("sync", False) in levels.values(), "by the other reading the text is silent on a plain inspection, and the list recommends"


def test_full_demands_an_unbroken_recording_from_arrival_to_the_end() -> None:
    verdict = judged(XIGANG, activity("hearing"), piece(5, 20, "one"), piece(25, 55, "two"))
    assert verdict.standing == Standing.INCOMPLETE
    assert [(one.kind, one.footage) for one in verdict.coverage] == [
        ("unproven", ""), ("proven", "one"), ("gap", ""), ("proven", "two"), ("unproven", "")]
    assert len(verdict.wanting) == 3
    assert "2026-03-02 09:20:00" in verdict.wanting[1]


def test_full_recorded_whole_is_present() -> None:
    verdict = judged(JINPU, activity("hearing"), piece(0, 30, "one"), piece(30, 61, "two"))
    assert (verdict.standing, verdict.wanting) == (Standing.PRESENT, ())


def test_what_is_late_by_less_than_the_agency_tells_minutes_is_shown_but_not_held_against_it() -> None:
    rules = profile(JINPU)
    facts = CaseFacts(activities=(activity("hearing"),), footage=(piece(0.5, 60),))
    strict, lenient = in_force(rules), replace(in_force(rules), slack_seconds=60)
    assert duties(rules, facts, strict)[0].standing == Standing.INCOMPLETE
    verdict = duties(rules, facts, lenient)[0]
    assert (verdict.standing, verdict.coverage[0].kind) == (Standing.PRESENT, "unproven")


def test_the_province_records_until_the_leaving_and_minhou_until_the_acting_ends() -> None:
    """省级§18 至离开执法现场时结束; 闽侯§14 至执法活动结束时停止."""
    done = activity("seize", end=60, finished=at(50), traits=("major_property",))
    assert judged(PROVINCE, done, piece(0, 50, points=SAID)).standing == Standing.INCOMPLETE
    assert judged(MINHOU, done, piece(0, 50)).standing == Standing.PRESENT


def test_full_without_hours_cannot_be_proven() -> None:
    verdict = judged(JINPU, activity("hearing", end=None), piece(0, 60))
    assert (verdict.standing, verdict.coverage) == (Standing.INCOMPLETE, ())


def test_at_the_same_time_needs_no_whole_coverage_but_the_activity_itself() -> None:
    assert judged(FUSHUN, activity("hearing"), piece(10, 20)).standing == Standing.PRESENT
    assert judged(FUSHUN, activity("hearing"), piece(70, 80)).standing == Standing.INCOMPLETE
    assert judged(FUSHUN, activity("hearing"), piece(None, None)).standing == Standing.INCOMPLETE


def test_a_suitable_way_may_be_a_photograph_of_another_hour() -> None:
    """抚顺§26: 以适当方式."""
    assert judged(FUSHUN, activity("service_public"), piece(90, 90)).standing == Standing.PRESENT


def test_the_province_wants_its_notice_spoken_and_people_told() -> None:
    """省级§18第二款."""
    silent = judged(PROVINCE, activity("inspection"), piece(0, 60))
    assert silent.standing == Standing.INCOMPLETE
    assert len(silent.wanting) == 2
    said = judged(PROVINCE, activity("inspection"), piece(0, 60, points=SAID))
    assert (said.standing, said.wanting) == (Standing.PRESENT, ())


def test_key_points_are_proven_by_seconds_or_stay_red() -> None:
    """闽侯§14第二款 lists them; 抚顺 and 金普 name none."""
    verdict = judged(MINHOU, activity("inspection"), piece(0, 60, points=(mark("goods", 3, 4),)))
    assert {"environment", "people", "goods", "measures"} <= {one.point for one in verdict.points}
    assert {one.point for one in verdict.points if one.proven} == {"goods"}
    assert judged(FUSHUN, activity("inspection"), piece(0, 60)).points == ()


def test_an_explained_gap_is_no_longer_held_against_a_full_recording_where_the_text_lets_it() -> None:
    broken = piece(0, 60, gaps=(gap(20, 25, cause="battery", spoken=True),), points=SAID)
    assert judged(PROVINCE, activity("seize"), broken).standing == Standing.PRESENT
    assert judged(XIGANG, activity("seize"), broken).standing == Standing.INCOMPLETE, "西岗 has no rule of interruptions"


@pytest.mark.parametrize("told", [{}, {"cause": "battery", "spoken": True}, {"cause": "fault", "written": True}])
def test_where_the_text_knows_no_interruption_a_gap_stays_and_nobody_is_told_that_it_was_not_explained(told: dict[str, object]) -> None:
    """西岗§13 asks for 全程 and says nothing of 中止: an explanation is not owed, and one that was given is not denied."""
    seen = judged(XIGANG, activity("seal", traits=("major_property",)), piece(0, 60, gaps=(gap(20, 30, **told),)))
    assert seen.standing == Standing.INCOMPLETE
    words, = [one for one in seen.wanting if "09:20:00" in one]
    assert "没有说明" not in words
    assert "不能代替全程记录" in words


def test_the_agencys_own_row_sharpens_and_is_not_a_violation_of_the_text() -> None:
    own = 'format = 1\n[[row]]\ntitle = "询问"\nevents = ["interview"]\nlevel = "sync"\n'
    verdict = judged(XIGANG, activity("interview"), own=own)
    assert (verdict.level, verdict.sharpened, verdict.ground, verdict.standing) == ("sync", True, None, Standing.MISSING)


@pytest.mark.parametrize(("key", "kind", "standing"), [(PROVINCE, "interview", Standing.MISSING), (FUSHUN, "seize", Standing.VIOLATED),
                                                       (FUSHUN, "hearing", Standing.MISSING)])
def test_where_the_agency_raises_a_level_a_violation_is_still_only_what_the_text_makes_one(key: str, kind: str, standing: Standing) -> None:
    """省级§15 leaves interviews to the circumstances; 抚顺§14 makes seizure a must without excuse, §12 a hearing with one."""
    own = f'format = 1\n[[row]]\ntitle = "x"\nevents = ["{kind}"]\nlevel = "full"\n'
    verdict = judged(key, activity(kind), own=own)
    assert (verdict.level, verdict.sharpened, verdict.standing) == ("full", True, standing)


@pytest.mark.parametrize(("traits", "conditions", "standing"), [
    ((), {}, Standing.OPTIONAL), (("contested",), {}, Standing.VIOLATED), ((), {"contested": True}, Standing.VIOLATED)])
def test_the_simple_procedure_is_recorded_where_it_is_contested(traits: tuple[str, ...], conditions: dict[str, bool], standing: Standing) -> None:
    """抚顺§21第二款: 容易引起行政争议的简易程序执法行为; said of the activity or of the case."""
    assert judged(FUSHUN, activity("on_the_spot", traits=traits), procedure="simple", conditions=conditions).standing == standing


def test_steps_that_nobody_records_have_no_duty() -> None:
    rules = profile(XIGANG)
    assert duties(rules, CaseFacts(activities=(activity("legal_review"), activity("closed"))), in_force(rules)) == ()
