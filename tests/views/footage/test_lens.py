"""The lens by the verdicts of real profiles: coverage, gaps in words, key points, and excuses only where the text knows one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.policy.clocks import BEIJING
from desktop.policy.continuity import gaps
from desktop.policy.duties import duties
from desktop.policy.listing import in_force
from desktop.policy.profile import profile
from desktop.policy.verdicts import Standing, Stretch
from models.facts import Activity, CaseFacts, Footage, PointSpan, Unsuitable
from tests.views.lookcheck import faults, settle
from views.common import Row, frame, vbox
from views.footage.lens import Lens, excusable, points_article
from views.footage.track import bars
from views.footage.words import standing_words


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 10, 20, hour, minute, second, tzinfo=BEIJING)


CHECK = Activity("1", "inspection", at(9, 5), at(11, 52))
FIRST = Footage("10", "1", at(9, 3), at(10, 31), device="DSJ-0412", points=(
    PointSpan("environment", at(9, 6, 12), at(9, 7)), PointSpan("people", at(9, 8, 40), at(9, 9))))
SECOND = Footage("11", "1", at(10, 44), at(11, 55), device="DSJ-0412")


def seen(key: str, *activities: Activity, footage: tuple[Footage, ...] = (), **how: object) -> Lens:
    """The lens over the last of these activities, by a profile's own rules."""
    rules = profile(key)
    facts = CaseFacts(activities=activities, footage=footage)
    lens = Lens(**how)  # type: ignore[arg-type]  # acts and short
    lens.show_duty(duties(rules, facts, in_force(rules))[-1], gaps(rules, facts), points_article=points_article(rules))
    lens.show()
    return lens


def buttons(part: QWidget) -> list[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # what was taken out goes a turn later
    return [one.text().strip() for one in part.findChildren(QPushButton)]


def rows(part: QWidget) -> list[str]:
    return [one.accessibleName() for one in part.findChildren(Row) if one.accessibleName()]


def test_a_part_that_is_recorded_does_not_read_as_the_whole(look) -> None:
    asked = Activity("1", "interview", at(9, 0), at(10, 0))

    def told(*pieces: tuple[datetime, datetime]) -> tuple[str, str]:
        footage = tuple(Footage(str(n), "1", *piece) for n, piece in enumerate(pieces))
        lens = seen("xigang-finance", asked, footage=footage)
        assert lens.duty is not None
        assert (lens.duty.standing, lens.duty.ground) == (Standing.PRESENT, None), "a recommendation"
        kind, words = standing_words(lens.duty)
        assert lens.accessibleDescription().startswith(words)
        return kind, words

    assert told((at(9, 0), at(9, 1, 30))) == ("quiet", "已录 2 %")
    assert told((at(9, 0), at(9, 59, 59))) == ("quiet", "已录 99 %")
    assert told((at(9, 0), at(9, 0, 20))) == ("quiet", "已录不足 1 %")
    assert told((at(8, 59), at(10, 1))) == ("good", "已录")
    photographed = replace(seen("xigang-finance", asked, footage=(Footage("1", "1", at(9, 0), at(9, 1)),)).duty, level="suitable",
                           coverage=(Stretch(at(9, 0), at(10, 0), "unproven"),))
    assert standing_words(photographed) == ("quiet", "已有影像"), "a photograph has no length, and is no whole either"


def test_coverage_and_gap_are_told_in_words_as_they_are_drawn(look) -> None:
    lens = seen("xigang-finance", CHECK, footage=(FIRST, SECOND))
    assert lens.accessibleName() == "现场检查（勘验）：全程不间断"
    assert "覆盖 154 分，共 167 分；10:31–10:44 未录 13 分（没有说明）" in lens.accessibleDescription()
    assert lens.track.accessibleName() == lens.accessibleDescription()
    assert [bar.name for bar in bars(lens.duty)] == ["第 1 段", "第 2 段"]
    worst = lens.track.worst
    assert worst is not None
    assert (worst.start, worst.end) == (at(10, 31), at(10, 44))


def test_key_points_say_when_they_were_first_seen_or_that_they_were_not(look) -> None:
    lens = seen("xigang-finance", CHECK, footage=(FIRST, SECOND))
    told = rows(lens)
    assert "执法现场环境：09:06:12 首次录到" in told
    assert "物品及其主要特征：未见" in told
    jumps: list[tuple[str, datetime]] = []
    lens.jump.connect(lambda footage, moment: jumps.append((footage, moment)))
    row = next(one for one in lens.findChildren(Row) if one.accessibleName().startswith("执法现场环境"))
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert jumps == [("10", at(9, 6, 12))]


def test_a_short_lens_names_what_is_not_seen_and_drops_the_list(look) -> None:
    lens = seen("xigang-finance", CHECK, footage=(FIRST, SECOND), short=True, acts=False)
    assert not [name for name in rows(lens) if "首次录到" in name]
    assert buttons(lens) == []


def test_a_text_without_an_excuse_shows_the_violation_and_offers_none(look) -> None:
    lens = seen("fushun-culture", Activity("1", "seal", at(9, 0), at(10, 0)))
    assert lens.duty is not None
    assert lens.duty.excuse == "none"
    assert not excusable(lens.duty)
    assert "不符合规定" in lens.accessibleDescription()
    assert "不适宜音像记录" not in buttons(lens)
    assert "写未摄录原因说明" in buttons(lens)


def test_where_the_text_knows_an_excuse_it_may_be_stated_and_taken_back(look) -> None:
    lens = seen("xigang-finance", CHECK)
    assert "不适宜音像记录" in buttons(lens)
    excused = Activity("1", "inspection", at(9, 5), at(11, 52), unsuitable=Unsuitable("unsuitable", "线人在场", "周敏"))
    rules, facts = profile("xigang-finance"), CaseFacts(activities=(excused,))
    lens.show_duty(duties(rules, facts, in_force(rules))[0], unsuitable="不适宜音像记录：线人在场（周敏 说明）")
    assert "不适宜音像记录" not in buttons(lens)
    assert "撤回" in buttons(lens)


def test_state_secrets_are_the_only_excuse_where_the_text_says_so(look) -> None:
    lens = seen("minhou-statistics", Activity("1", "inspection", at(9, 5), at(11, 52)))
    assert lens.duty is not None
    assert lens.duty.excuse == "secrecy"
    assert "涉及国家秘密等" in buttons(lens)


def test_the_article_opens_word_for_word_and_closes_again(look) -> None:
    lens = seen("xigang-finance", CHECK)
    QTest.keyClick(lens.cited.cite, Qt.Key.Key_Return)
    assert lens.cited.open
    words = [one.accessibleName() for one in lens.cited.findChildren(QWidget)]
    assert any(one.startswith("“") and "音像" in one for one in words)
    QTest.keyClick(lens.cited.cite, Qt.Key.Key_Return)
    assert not lens.cited.open


def test_an_activity_without_hours_says_what_is_needed(look) -> None:
    lens = seen("xigang-finance", Activity("1", "inspection", at(9, 5).date()), footage=(FIRST,))
    assert lens.duty is not None
    assert lens.duty.coverage == ()
    assert "不全" in lens.accessibleDescription()


def test_without_a_duty_the_place_is_not_blank(look) -> None:
    lens = Lens()
    assert lens.duty is None
    assert lens.accessibleName() == "音像覆盖情况"


@pytest.mark.parametrize("width", [368, 340, 304])
def test_nothing_is_cut_in_a_narrow_place(look, width: int) -> None:
    place = frame(vbox(seen("minhou-statistics", CHECK, footage=(FIRST, SECOND)), margins=(16, 12, 16, 12)), "plain", "旁")
    place.resize(width, 800)
    place.show()
    settle(look)
    assert faults(place) == []
    place.close()


def test_two_hundred_recordings_stay_five_bars(look) -> None:
    many = tuple(Footage(str(n), "1", at(9, 5 + n // 60, n % 60), at(9, 6 + n // 60, n % 60), device=f"DSJ-{n}") for n in range(200))
    lens = seen("xigang-finance", CHECK, footage=many)
    assert lens.duty is not None
    assert len(bars(lens.duty)) == 5


