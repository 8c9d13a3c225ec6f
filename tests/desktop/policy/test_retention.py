"""Keeping: the longer of file and recording, for ever where the text says so, held while anything is open, and never ended by a clock."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.listing import in_force
from desktop.policy.profile import profile, profile_names
from desktop.policy.retention import Window, add_years, guards, retention
from desktop.policy.verdicts import RetentionVerdict
from models.facts import CaseEnd, CaseFacts, Footage
from tests.desktop.policy.recorded import activity, at, piece

FILED = datetime(2026, 5, 1, 2, tzinfo=UTC)
DAY = date(2026, 3, 2)


def kept(key: str, one: Footage, years: int | None = 10, **more: object) -> RetentionVerdict:
    rules = profile(key)
    facts = CaseFacts(footage=(one,), retention_years=years, filed=FILED, case_end=CaseEnd("performed", date(2026, 4, 1), "负责人"), **more)  # type: ignore[arg-type]
    return retention(rules, facts, in_force(rules))[0]


@pytest.mark.parametrize("key", ["xigang-finance", "minhou-statistics"])
def test_two_years_are_the_least_where_the_text_says_so(key: str) -> None:
    """西岗§17 至少保存2年; 闽侯§24 原则上不得少于2年."""
    assert kept(key, piece(0, 60), years=1).until == date(2028, 3, 2)
    assert kept(key, piece(0, 60), years=10).until == date(2036, 5, 1)


def test_the_file_is_the_measure_where_the_text_is_silent() -> None:
    for key in ("fushun-culture", "jinpu-development", "provincial"):
        verdict = kept(key, piece(0, 60), years=10)
        assert verdict.until == date(2036, 5, 1)
        assert verdict.grounds


@pytest.mark.parametrize(("one", "kind", "permanent"), [
    (piece(0, 60, evidence=True), "penalty", True), (piece(0, 60, evidence=True), "inspection", False),
    (piece(0, 60, weight=frozenset({"obstruction"})), "inspection", True), (piece(0, 60, weight=frozenset({"major_incident"})), "penalty", True),
    (piece(0, 60, weight=frozenset({"difficult_case"})), "penalty", True), (piece(0, 60), "penalty", False)])
def test_minhou_keeps_four_kinds_for_ever(one: Footage, kind: str, permanent: bool) -> None:
    """闽侯§24第二句: the footage may outlive its file."""
    assert kept("minhou-statistics", one, kind=kind).permanent is permanent


def test_evidence_follows_the_file_under_xigang() -> None:
    assert kept("xigang-finance", piece(0, 60, evidence=True), years=30).until == date(2056, 5, 1)
    assert kept("xigang-finance", piece(0, 60, evidence=True), years=0).permanent


def test_what_is_not_known_yet_is_kept_at_least() -> None:
    verdict = kept("xigang-finance", piece(0, 60), years=None)
    assert (verdict.until, verdict.provisional) == (date(2028, 3, 2), True)
    assert kept("fushun-culture", piece(0, 60), years=None).until is None


def test_shorter_than_a_dispute_is_unsafe() -> None:
    """行政诉讼法第四十六条: five years."""
    assert kept("xigang-finance", piece(0, 60), years=2).unsafe
    assert not kept("xigang-finance", piece(0, 60), years=10).unsafe


def test_a_hold_stands_in_the_verdict() -> None:
    verdict = kept("xigang-finance", piece(0, 60), holds=("行政复议",))
    assert verdict.held == ("行政复议",)
    assert "行政复议" in verdict.words


@pytest.mark.parametrize("key", profile_names())
@given(years=st.integers(1, 60))
def test_never_shorter_than_either_rule(key: str, years: int) -> None:
    until = kept(key, piece(0, 60), years).until
    least = max((rule.least_years for rule in profile(key).retention), default=0)
    assert until is not None
    assert until >= add_years(date(2026, 5, 1), years)
    assert not least or until >= add_years(DAY, least)


def test_the_twenty_ninth_of_february_comes_back_as_the_last_day() -> None:
    assert add_years(date(2024, 2, 29), 2) == date(2026, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_obstruction_is_kept_for_ever_under_minhou_and_demolition_is_recommended_to_be() -> None:
    """闽侯§24第二项; the list's own proposal is only told."""
    assert kept("minhou-statistics", piece(0, 60), activities=(activity("obstruction"),)).permanent
    assert not kept("xigang-finance", piece(0, 60), activities=(activity("obstruction"),)).permanent
    proposed = kept("xigang-finance", piece(0, 60), activities=(activity("demolition"),))
    assert not proposed.permanent
    assert "清单" in proposed.words


LOOSE = Footage("f", None, at(0), at(60), officer="o1", place="西岗区 长江路1号")


@pytest.mark.parametrize(("window", "by"), [
    (Window("case", "1", DAY), {"time"}), (Window("request", "1", date(2026, 3, 3)), set()), (Window("case", "1", date(2026, 1, 1), DAY), {"time"}),
    (Window("complaint", "1", date(2026, 1, 1), date(2026, 3, 1)), set()),
    (Window("case", "1", date(2026, 4, 1), places=frozenset({"西岗区长江路1号"})), {"place"}),
    (Window("case", "1", date(2026, 4, 1), officers=frozenset({"o1"})), {"officer"})])
def test_a_loose_recording_is_guarded_by_what_it_may_be_about(window: Window, by: set[str]) -> None:
    assert {name for one in guards(LOOSE, [window]) for name in one.by} == by


def test_a_recording_without_time_may_belong_to_anything_and_a_linked_one_is_its_cases_matter() -> None:
    assert guards(Footage("f"), [Window("case", "1", DAY)])[0].by == {"time_unknown"}
    assert guards(piece(0, 60), [Window("case", "1", DAY)]) == ()
