"""Guards laid out for many recordings say what each guard alone would say, and in words; a thousand by ten thousand within a second."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.i18n import set_language
from desktop.policy.clocks import BEIJING, DAY
from desktop.policy.guarding import Watch, guard_words
from desktop.policy.retention import Window, guards
from models.facts import Footage

FIRST = date(2026, 1, 1)
days = st.dates(FIRST, date(2026, 3, 31))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 3, 31), timezones=st.just(BEIJING))
names = st.frozensets(st.sampled_from(["周敏", "李建国", "陈立群"]), max_size=2)
places = st.frozensets(st.sampled_from(["长江路 1号", "新开路77号"]), max_size=1)
windows = st.lists(st.builds(Window, st.just("case"), st.uuids().map(str), st.none() | days, st.none() | days, places, names,
                             named=st.frozensets(st.just("g"), max_size=1)), max_size=12)
pieces = st.builds(Footage, st.sampled_from(["f", "g"]), st.none() | st.just("a"), st.none() | moments, st.none() | moments,
                   officer=st.sampled_from(["", "周敏", "韩立"]), place=st.sampled_from(["", "长江路1号"]))


@given(windows, pieces)
@settings(max_examples=300)
def test_the_watch_says_what_every_guard_says(some: list[Window], piece: Footage) -> None:
    every = guards(piece, some)
    guarded = Watch(some).over(piece)
    assert guarded.count == len(every)
    assert len(guarded.nearest) == min(3, len(every))
    assert set(guarded.nearest) <= set(every)
    assert bool(guarded) is bool(every)
    if every:
        assert max(len(one.by) for one in guarded.nearest) >= 2 or all(len(one.by) == 1 for one in every) or piece.start is None


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 10, 20, hour, minute, tzinfo=BEIJING)


def test_the_words_name_the_case_the_activity_and_how_it_touches() -> None:
    set_language("zh_CN")
    inspection = Window("case", "西财罚〔2026〕17号", date(2026, 10, 20), date(2026, 10, 20), officers=frozenset({"周敏"}), what="inspection",
                        begun=at(9), over=at(10))
    piece = Footage("f", None, at(9, 30), at(9, 40))
    assert guard_words(Watch([inspection]).over(piece), piece) == "与西财罚〔2026〕17号的现场检查时间重叠，暂不得处理"
    later = Footage("f", None, at(15), at(16), officer="周敏")
    assert guard_words(Watch([inspection]).over(later), later) == "与西财罚〔2026〕17号的现场检查在同一天、人员相同，暂不得处理"
    lost = Footage("f")
    standing = Window("case", "西财检〔2026〕9号", date(2026, 10, 12))
    told = guard_words(Watch([standing, inspection]).over(lost), lost)
    assert told == "与西财罚〔2026〕17号的现场检查可能重叠（没有可靠的时间），另有 1 处，暂不得处理"
    held = Window("hold", "西财检〔2026〕9号", date(2026, 10, 20), date(2026, 10, 20), what="hearing")
    assert guard_words(Watch([held]).over(piece), piece) == "与西财检〔2026〕9号的听证（暂缓销毁）在同一天，暂不得处理"
    assert guard_words(Watch([]).over(piece), piece) == ""


def test_a_request_and_a_complaint_guard_by_what_they_say() -> None:
    piece = Footage("7", None, at(9, 30), at(9, 40), officer="周敏", place="新开路 77号")
    complaint = Window("complaint_made", "投诉〔2026〕1号", date(2026, 10, 20), date(2026, 10, 20), officers=frozenset({"周敏"}))
    assert guard_words(Watch([complaint]).over(piece), piece) == "与投诉〔2026〕1号的投诉所指在同一天、人员相同，暂不得处理"
    request = Window("disclosure", "公开〔2026〕3号", date(2026, 10, 1), date(2026, 10, 31))
    assert guard_words(Watch([request]).over(piece), piece) == "与公开〔2026〕3号的公开申请所指时间重叠，暂不得处理"
    placed = Window("disclosure", "公开〔2026〕4号", None, places=frozenset({"新开路77 号"}))
    assert guard_words(Watch([placed]).over(piece), piece) == "与公开〔2026〕4号的公开申请所指地点相同，暂不得处理"
    elsewhere = Window("disclosure", "公开〔2026〕4号", None, places=frozenset({"长江路1号"}))
    assert not Watch([elsewhere]).over(piece)
    named = Window("disclosure", "公开〔2026〕5号", None, named=frozenset({"7"}))
    assert guard_words(Watch([elsewhere, named]).over(piece), piece) == "与公开〔2026〕5号的公开申请所指直接相关，暂不得处理"


def test_a_thousand_recordings_by_ten_thousand_open_cases_take_less_than_a_second() -> None:
    some = [Window("case", str(n), FIRST + (n % 300) * DAY, None if n % 4 == 0 else FIRST + (n % 300) * DAY, frozenset({f"新开路{n % 900}号"}),
                   frozenset({f"执法员{n % 40}", f"执法员{n % 17}"}), "inspection") for n in range(10_000)]
    start = datetime(2026, 2, 1, 9, tzinfo=BEIJING)
    loose = [Footage(str(n), None, None if n % 5 == 0 else start + n * timedelta(hours=6), None, officer=f"执法员{n % 40}", place=f"新开路{n}号")
             for n in range(1_000)]
    begun = time.process_time()
    watch = Watch(some)
    found = [watch.over(piece) for piece in loose]
    took = time.process_time() - begun
    assert sum(one.count for one in found) > 100_000
    assert took < 1, took
