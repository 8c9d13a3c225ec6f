"""What is proposed before a recording is linked, and what the player is told of its place in the case."""

from __future__ import annotations

from datetime import timedelta

from desktop.archive import Archive
from desktop.procedure import ActivityDraft, DockDraft, FootageDraft, RecorderDraft
from desktop.procedure.pointing import recording_of
from models.annotations import Annotation
from tests.desktop.procedure.kit import at, opened, recording, refused
from tests.desktop.procedure.test_recordings import with_camera
from tests.office import ARCHIVIST, SYSADMIN, sign_in


def test_what_is_proposed_is_what_the_link_reckons(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    number = office.procedure.recorder_add(RecorderDraft("DSJ-0412"))
    ahead = office.procedure.docked(number, DockDraft(office.clock.now() + timedelta(seconds=90)))
    one = with_camera(office, case)
    assert office.procedure.span_proposed(one, None) == (at(13, 9), at(13, 9, 10), 0)
    start, end, told = office.procedure.span_proposed(one, number)
    assert told == ahead
    assert start == at(13, 9) - timedelta(milliseconds=ahead)
    office.procedure.footage_link(one, FootageDraft(recorder=number))
    line = next(f for f in office.procedure.footage(case) if f.component == one)
    assert (line.start, line.end) == (start, end)
    silent = recording(office, case, 1)
    assert office.procedure.span_proposed(silent, number)[:2] == (None, None)
    refused("not_found", office.procedure.span_proposed, 9999, number)


def test_the_player_learns_the_corrected_begin_and_what_others_prove(office: Archive) -> None:
    case = opened(office, ARCHIVIST)
    first, second = with_camera(office, case), with_camera(office, case, 1)
    activity = office.procedure.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10)))
    office.procedure.footage_link(first, FootageDraft(activity, start=at(13, 9, 1)))
    me, now = office.person.id, "2026-11-01T00:00:00.000000Z"
    Annotation.create(component=second, start_us=0, end_us=9_000_000, kind="goods", text="", person=me, at=now)
    start, points = recording_of(office, first)
    assert start == at(13, 9, 1)
    assert points is not None
    assert points.article == "西岗办法第十四条"
    assert [code for code, _words in points.wanted] == ["environment", "people", "goods", "measures", "documents", "other"]
    assert points.elsewhere == frozenset(), "the second belongs to no activity yet"
    office.procedure.footage_link(second, FootageDraft(activity))
    _start, points = recording_of(office, first)
    assert points is not None
    assert points.elsewhere == {"goods"}
    sign_in(office, SYSADMIN)
    _start, points = recording_of(office, first)
    assert points is not None
    assert points.elsewhere == frozenset(), "procedure is not for administrators"
