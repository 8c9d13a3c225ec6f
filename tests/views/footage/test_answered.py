"""Several registrations in one case: when the disposal is entered one says which it answers; the only open one is ticked."""

from __future__ import annotations

from desktop.procedure import ActivityDraft
from tests.views import office as o
from tests.views.footage.conftest import at


def registered(archive, *days: int):
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    made = [archive.procedure.activity_add(case, ActivityDraft("registration", at(9, 0, day=day), place=f"{day}号仓库")) for day in days]
    return case, made


def met(archive, case) -> dict[str, bool]:
    return {one.subject: one.met is not None for one in archive.procedure.answers(case).clocks if one.topic == "registration"}


def enter_disposal(at_desk, page, day: str) -> None:
    at_desk.press("Ctrl+N")
    page.side.activity.kind.choose("registration_disposal")
    at_desk.press("Alt+S")
    at_desk.type(day)


def test_the_only_open_one_is_ticked(desk, archive):
    case, (first,) = registered(archive, 13)
    at_desk = desk()
    page = at_desk.go("footage", case=case)
    at_desk.press("Ctrl+N")
    form = page.side.activity
    assert not form.answered.isVisible()  # an inspection answers nothing
    at_desk.press("Esc")
    enter_disposal(at_desk, page, "20 0900")
    tick = form.answered.ticks[first]
    assert tick.isChecked()
    assert tick.text() == "先行登记保存 10-13 09:00"
    assert tick.toolTip().endswith("13号仓库")
    at_desk.press("Ctrl+Return")
    made = next(one for one in archive.procedure.activities(case) if one.kind == "registration_disposal")
    assert made.answers == (first,)
    assert met(archive, case) == {str(first): True}


def test_of_several_one_is_chosen_and_a_correction_adds_the_other(desk, archive):
    case, (first, second) = registered(archive, 13, 15)
    at_desk = desk()
    page = at_desk.go("footage", case=case)
    enter_disposal(at_desk, page, "20 0900")
    form = page.side.activity
    assert form.answered.chosen == ()
    at_desk.press("Ctrl+Return")
    assert form.answered.verdict.isVisible()
    assert form.answered.ticks[first].hasFocus()
    at_desk.press("Tab")
    at_desk.press("Space")
    assert form.answered.chosen == (second,)
    at_desk.press("Ctrl+Return")
    assert met(archive, case) == {str(first): False, str(second): True}
    page.activity = next(one.id for one in archive.procedure.activities(case) if one.kind == "registration_disposal")
    page._fill(page.read)
    page.begin_activity(True)
    at_desk.settle()
    assert form.answered.chosen == (second,)
    assert form.answered.ticks[second].toolTip().endswith("已处理")
    form.answered.ticks[first].setChecked(True)
    form.reason.setPlainText("两批一并处理")
    at_desk.press("Ctrl+Return")
    assert met(archive, case) == {str(first): True, str(second): True}


def test_a_decision_may_name_a_seizure_and_need_not(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    seal = archive.procedure.activity_add(case, ActivityDraft("seal", at(9, 0, day=20)))
    at_desk = desk()
    page = at_desk.go("footage", case=case)
    at_desk.press("Ctrl+N")
    form = page.side.activity
    form.kind.choose("decision")
    assert form.answered.isVisible()
    assert form.answered.chosen == ()
    assert "都不勾选的" in form.answered.hint.plain()
    at_desk.press("Alt+S")
    at_desk.type("2026-10-30")
    at_desk.press("Ctrl+Return")
    assert next(one for one in archive.procedure.activities(case) if one.kind == "decision").answers == ()
    assert next(c for c in archive.procedure.answers(case).clocks if c.subject == str(seal)).met is not None
