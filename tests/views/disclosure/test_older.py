"""Closed lines of a register: the newest stand in it, older ones come when they are asked for."""

from __future__ import annotations

from datetime import date, timedelta

from desktop.complaints import ComplaintDraft
from tests.views import office as o


def test_older_ones_are_shown_on_demand_and_one_is_stood_on_whatever_its_age(desk, archive, monkeypatch):
    monkeypatch.setattr("views.disclosure.register.CLOSED", 2)
    o.sign_in(archive, o.CLERK)
    made = []
    for n in range(4):
        made.append(archive.complaints.register(ComplaintDraft("检查时没有出示证件", date(2026, 11, 2) + timedelta(days=n))))
        archive.complaints.close(made[-1], date(2026, 11, 18), "已答复")
    at = desk(o.CLERK)
    section = at.go("disclosure", tab="complaints").complaints
    shown = lambda: [one.id for one in section.table.model().rows]
    assert shown() == [made[3], made[2]]
    assert section.older.isVisible()
    section.older.setFocus()
    at.press("Space")
    assert shown() == [made[3], made[2], made[1], made[0]]
    assert not section.older.isVisible()
    again = at.go("disclosure", complaint=made[0]).complaints
    assert again.table.row().id == made[0]
