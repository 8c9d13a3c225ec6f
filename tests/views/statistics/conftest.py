"""The office with a year of limits and activities behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.archive import Archive
from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityDraft, FootageDraft
from tests.views import office as o
from tests.views.walk import Desk
from views.bridge import Bridge
from views.cases import CasePage, CasesPage
from views.statistics import StatisticsPage

Sit = Callable[..., AbstractContextManager[Desk]]


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=BEIJING)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = o.office(tmp_path)
    fill(out)
    yield out
    out.close()


def fill(archive: Archive) -> None:
    """Activities with and without recordings, a case that ended in time and is open, one long over."""
    o.sign_in(archive, o.ARCHIVIST)
    room = archive.procedure
    books, inspection = o.case(archive), o.case(archive, o.INSPECTION)
    for case in (books, inspection):
        archive.cases.look(case)
    act = room.activity_add(books, ActivityDraft("inspection", at(10, 20, 9), at(10, 20, 10), officers=(o.OFFICER, o.OUTSIDER)))
    service = room.activity_add(books, ActivityDraft("service_left", at(11, 10, 10), at(11, 10, 11)))
    for line, activity in zip(room.footage(books), (act, service), strict=False):
        room.footage_link(line.component, FootageDraft(activity))
    room.activity_add(inspection, ActivityDraft("inspection", at(3, 18, 9), at(3, 18, 11)))
    room.activity_add(inspection, ActivityDraft("inspection", at(4, 2, 9), at(4, 2, 11)))
    room.case_end(inspection, "performed", date(2026, 5, 8), o.PASSWORD)


@pytest.fixture
def sit(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Sit:
    """`with sit("韩立") as desk:` lets a person sit down, and stand up at the end."""

    @contextmanager
    def one(name: str, size: tuple[int, int] = (1440, 900)) -> Iterator[Desk]:
        o.sign_in(archive, name)
        desk = Desk(qtbot, archive, bridge, size, [CasesPage, CasePage, StatisticsPage])
        try:
            yield desk
        finally:
            desk.leave()

    return one
