"""The same case under the five regulations: five different answers, each by its own article."""

from __future__ import annotations

from datetime import datetime

import pytest

from desktop.i18n import set_language
from desktop.paths import RESOURCES
from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import BEIJING
from desktop.policy.comparison import Cell, compare
from desktop.policy.facts_reading import read_facts
from desktop.policy.profile import profile, profile_names

NOW = datetime(2026, 11, 21, 20, tzinfo=BEIJING)
ORDER = ["xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"]


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, str], dict[str, Cell]]:
    set_language("zh_CN")
    [facts] = read_facts((RESOURCES / "policy" / "examples" / "one_case.json").read_text("utf-8"))
    rows = compare(facts, built_in_calendar(), NOW, [profile(key) for key in ORDER])
    return {(row.group, row.title): dict(zip(ORDER, row.cells, strict=True)) for row in rows}


def test_every_profile_is_among_them() -> None:
    assert sorted(ORDER) == profile_names()


def test_the_same_case_gets_five_different_answers(table: dict[tuple[str, str], dict[str, Cell]]) -> None:
    whole = {key: tuple((at, row[key].words, row[key].tone) for at, row in table.items()) for key in ORDER}
    assert len(set(whole.values())) == 5


# Worked by hand from the texts; «» is what the screen says. One recording of an inspection that ended on 30 September 2026, 15:30, by officers who
# were elsewhere (异地), back on 2 October 18:00, handed in on 3 October 17:00; the act ended on 2 November.
# xigang §16, fushun §31, provincial §22: 24 h from return; jinpu §31 does not list 异地, so 24 h from the end; minhou §22: from return
DEPOSIT = {
    "xigang-finance": ("按时，2026年10月3日（星期六）18:00", "good"), "fushun-culture": ("按时，2026年10月3日（星期六）18:00", "good"),
    "provincial": ("按时，2026年10月3日（星期六）18:00", "good"), "jinpu-development": ("逾期办理，2026年10月1日（星期四）15:30", "late"),
    "minhou-statistics": ("按时，2026年10月3日（星期六）18:00", "good")}
FILING = {  # 30 日: 2 December; 60 日: 1 January 2027, a holiday, so Monday the 4th; 20 工作日: 30 November
    "xigang-finance": "2026年12月2日（星期三）24:00", "provincial": "2026年11月30日（星期一）24:00",
    "fushun-culture": "2027年1月1日（星期五）24:00，顺延至2027年1月4日（星期一）24:00",
    "jinpu-development": "2026年12月2日（星期三）24:00", "minhou-statistics": "2026年12月2日（星期三）24:00"}
# xigang §13 FULL and fushun §12 SYNC, with a reason that is not written; provincial §15(2) as needed; jinpu §20 FULL and minhou §12 SYNC
# know no such excuse.
HEARING = {"xigang-finance": "late", "fushun-culture": "late", "provincial": "soon", "jinpu-development": "late", "minhou-statistics": "late"}


def found(table: dict[tuple[str, str], dict[str, Cell]], *words: str) -> dict[str, Cell]:
    [row] = [row for (_group, title), row in table.items() if all(word in title for word in words)]
    return row


@pytest.mark.parametrize("key", ORDER)
def test_the_recording_is_late_where_elsewhere_is_no_excuse(table: dict[tuple[str, str], dict[str, Cell]], key: str) -> None:
    cell = found(table, "检查录像", "（")[key]
    assert (cell.words, cell.tone) == DEPOSIT[key]


@pytest.mark.parametrize("key", ORDER)
def test_filing_has_three_limits_among_five(table: dict[tuple[str, str], dict[str, Cell]], key: str) -> None:
    [row] = [row for (group, title), row in table.items() if group == "期限" and "归档" in title]
    assert row[key].words == FILING[key]


@pytest.mark.parametrize("key", ORDER)
def test_a_hearing_is_recorded_as_each_text_says(table: dict[tuple[str, str], dict[str, Cell]], key: str) -> None:
    assert table[("音像记录义务", "听证")][key].tone == HEARING[key]


def test_an_urgent_start_asks_a_report_an_approval_or_nothing(table: dict[tuple[str, str], dict[str, Cell]]) -> None:
    # 补报 within 24 h was done (xigang §8, fushun §7); minhou §6 wants the approval itself; provincial and jinpu know no such clock.
    row = found(table, "紧急启动后")
    assert {key: cell.tone for key, cell in row.items()} == {"xigang-finance": "good", "fushun-culture": "good", "provincial": "quiet",
                                                             "jinpu-development": "quiet", "minhou-statistics": "late"}


def test_evidence_is_kept_for_ever_only_where_the_text_says_so(table: dict[tuple[str, str], dict[str, Cell]]) -> None:
    row = table[("保管", "检查录像")]
    assert row["minhou-statistics"].words == "永久保存"
    assert "永久保存" not in {row[key].words for key in ORDER if key != "minhou-statistics"}
