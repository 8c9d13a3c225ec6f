"""重点摄录内容 in the player: what the rules ask for comes first, the list counts what is proven, and one comes in at the second."""

from __future__ import annotations

from datetime import datetime

from desktop.media.looking import mark_kinds
from desktop.media.viewing import KeyPoints, Mark
from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityDraft, FootageDraft
from models.terms import AnnotationKind, RequestId
from tests.views import office as o
from tests.views.approvals.sitting import Sit, component, grant
from tests.views.player.test_player_page import shown

WANTED = (("environment", "执法现场环境"), ("goods", "物品及其主要特征"), ("people", "现场人员"))
POINTS = KeyPoints("西岗办法第十四条", WANTED, frozenset({"people"}))


def test_a_point_is_proven_by_its_first_mark_by_an_old_one_too_or_by_another_recording() -> None:
    marks = [Mark(1, 9_000_000, None, "scene", ""), Mark(2, 3_000_000, None, "environment", ""), Mark(3, 1, None, "note", "")]
    assert POINTS.proven(marks) == {"environment": marks[1], "people": None}


def test_kinds_of_the_rules_come_first_in_their_words_and_old_names_are_only_read() -> None:
    kinds = mark_kinds(POINTS)
    assert [(kind.code, kind.words) for kind in kinds[:3]] == list(POINTS.wanted)
    assert {kind.code for kind in kinds if not kind.offered} == {"scene", "measure", "service"}
    assert {kind.code for kind in kinds} == {kind.value for kind in AnnotationKind}


def test_the_list_says_which_points_are_proven_yet_and_a_new_mark_is_offered_the_next(sit: Sit, archive, qtbot) -> None:
    held = grant(archive, RequestId(1))
    o.sign_in(archive, o.OFFICER)
    first, second = component(archive), component(archive, "送达录像")
    case = o.case(archive)
    activity = archive.procedure.activity_add(case, ActivityDraft("inspection", datetime(2026, 10, 20, 9, 5, tzinfo=BEIJING)))
    start = datetime(2026, 10, 20, 9, 4, 48, tzinfo=BEIJING)
    archive.procedure.footage_link(first, FootageDraft(activity, start=start))
    archive.procedure.footage_link(second, FootageDraft(activity, start=start))
    archive.media.add_mark(first, 60_000_000, None, AnnotationKind.ENVIRONMENT, "门头")
    with sit(o.OFFICER) as desk:
        page = desk.go("player", component=first, grant=held, at=90_000_000)
        shown(qtbot, page)
        qtbot.waitUntil(lambda: page.view.player.position >= 90_000_000)
        strip = page.view.marks.points
        assert strip.count.full == "重点摄录内容 1 / 6　西岗办法第十四条"
        assert strip.unseen.plain().startswith("未见：现场人员体貌特征和言行举止、")
        assert page.looked[1].wall_clock_start == start
        desk.press("A")
        assert page.view.marks.kind.value() == "people"
        desk.click(page.view.marks.commit)
        assert strip.count.full.startswith("重点摄录内容 2 / 6")
        strip.toggle()
        assert not strip.unseen.isVisible()
        desk.press("Esc")
