"""A desk with the page of recordings, over the case in which one inspection was recorded with a gap and a hearing was not."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from desktop.archive import Archive
from desktop.policy.clocks import BEIJING
from desktop.procedure import ActivityDraft, DockDraft, RecorderDraft
from models.terms import ActivityId, CaseId
from tests.views import office as o
from tests.views.walk import PAGES
from views.common.page import Page
from views.footage.page import FootagePage

PLACE = "西岗区新开路 77 号"


def at(hour: int, minute: int, second: int = 0, day: int = 20) -> datetime:
    """A moment of October 2026 by the office's clock."""
    return datetime(2026, 10, day, hour, minute, second, tzinfo=BEIJING)


def enter(archive: Archive) -> tuple[CaseId, ActivityId, ActivityId]:
    """The archivist entered an inspection of four minutes, a hearing, a decision, and a recorder whose clock is twelve seconds ahead."""
    o.sign_in(archive, o.ARCHIVIST)
    case, room = o.case(archive), archive.procedure
    inspection = room.activity_add(case, ActivityDraft("inspection", at(9, 5), at(9, 9), place=PLACE, officers=(o.OFFICER, o.OUTSIDER)))
    hearing = room.activity_add(case, ActivityDraft("hearing", at(14, 0, day=28), at(15, 0, day=28)))
    room.activity_add(case, ActivityDraft("decision", at(9, 0, day=30)))
    recorder = room.recorder_add(RecorderDraft("0412", "训练记录仪", o.OFFICER))
    room.docked(recorder, DockDraft(archive.clock.now() + timedelta(seconds=12)))
    return case, inspection, hearing


@pytest.fixture
def pages() -> list[type[Page]]:
    return [*PAGES, FootagePage]
