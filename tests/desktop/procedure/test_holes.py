"""Interruptions that nobody noted: found in the file itself, until a person says what they were; and a file written for longer than it lasts."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.procedure import ActivityDraft, FootageDraft, FootageLine
from desktop.procedure.holes import Inside, found_gaps, inside, longer_seconds
from models.facts import Footage, Gap, Unplaced
from models.holdings import Component
from models.secrecy import Label
from models.terms import CaseId, ComponentId, StatementKind
from tests.desktop.procedure.kit import at, opened, recording
from tests.desktop.tools import samples
from tests.office import ARCHIVIST, OFFICER, password_of

BEGAN = at(22, 10)  # 2026-10-22 10:00 in the office
S = timedelta(seconds=1)


def taken_in(archive: Archive, place: Path, *pauses: tuple[int, int], closed_after: int) -> tuple[CaseId, int]:
    """A recording of ten seconds that began at ten and whose file was closed so many seconds later, deposited into the open case."""
    case = opened(archive, ARCHIVIST)
    source = place / "卡"
    source.mkdir()
    path = source / "现场录像.mp4"
    path.write_bytes(samples.paused_mp4(*pauses, began="2026-10-22T02:00:00.000000Z"))
    os.utime(path, (closed := BEGAN.timestamp() + closed_after, closed))
    deposit(archive, [os.fsencode(source)], case, Label(), Silent())
    opened(archive, OFFICER)
    found, = Component.select().where(Component.name == path.name)
    return case, int(found.id)


def footage(archive: Archive, case: CaseId, component: int) -> Footage:
    return next(one for one in archive.procedure.facts(case).footage if one.id == str(component))


def line(archive: Archive, case: CaseId, component: int) -> FootageLine:
    return next(one for one in archive.procedure.footage(case) if one.component == component)


def test_a_pause_inside_a_file_is_a_gap_until_a_person_notes_what_it_was(office: Archive, tmp_path: Path) -> None:
    case, component = taken_in(office, tmp_path, (4, 13), closed_after=23)
    jump = Gap(BEGAN + 4 * S, BEGAN + 17 * S)
    assert footage(office, case, component).gaps == (jump,)
    assert line(office, case, component).gaps == line(office, case, component).found == (jump,)
    assert line(office, case, component).unplaced is None
    assert line(office, case, component).walked == "index"
    noted = Gap(jump.start, jump.end, "battery", spoken=True)
    office.procedure.gap_note(line(office, case, component).component, noted)
    assert footage(office, case, component).gaps == line(office, case, component).gaps == (noted,)
    assert line(office, case, component).found == ()


def test_a_recording_in_one_piece_has_no_gap_and_its_file_may_still_tell_of_a_pause(office: Archive, tmp_path: Path) -> None:
    case, component = taken_in(office, tmp_path, closed_after=10 + 13 * 60)
    assert footage(office, case, component).gaps == ()
    missing = Unplaced(BEGAN, BEGAN + 10 * S + timedelta(minutes=13), 13 * 60)
    assert line(office, case, component).unplaced == footage(office, case, component).unplaced == missing
    assert footage(office, case, int(recording(office, case, 0))).gaps == ()


def test_the_gap_is_told_in_the_corrected_wall_clock_and_ends_with_the_recording() -> None:
    jumps = json.dumps([[4_080_000, 17_200_000], [20_000_000, 900_000_000]])
    assert found_gaps((), BEGAN - 60 * S, BEGAN - 30 * S, jumps) == (Gap(BEGAN - 56 * S, BEGAN - 43 * S), Gap(BEGAN - 40 * S, BEGAN - 30 * S))
    assert found_gaps((), None, None, jumps) == found_gaps((), BEGAN, None, None) == ()


def test_a_note_that_covers_a_part_leaves_the_jump_standing() -> None:
    part, whole = Gap(BEGAN + 4 * S, BEGAN + 8 * S, "battery"), Gap(BEGAN + 3 * S, BEGAN + 18 * S, "battery")
    jumps = "[[4000000, 17000000]]"
    assert found_gaps((part,), BEGAN, None, jumps) == (part, Gap(BEGAN + 4 * S, BEGAN + 17 * S))
    assert found_gaps((whole,), BEGAN, None, jumps) == (whole,)


def test_a_timeline_that_begins_anew_gives_a_pause_its_place_and_marks_their_hour() -> None:
    end, pause = BEGAN + 60 * S, timedelta(minutes=5)
    found = inside((), BEGAN, end, None, "[20000000]", 300)
    assert (found.end, found.gaps, found.unplaced) == (end + pause, (Gap(BEGAN + 20 * S, BEGAN + 20 * S + pause),), None)
    assert (found.at(BEGAN, 19_000_000), found.at(BEGAN, 21_000_000)) == (BEGAN + 19 * S, BEGAN + 21 * S + pause)
    noted = Gap(BEGAN + 20 * S, BEGAN + 20 * S + pause, "battery", True)
    assert inside((noted,), BEGAN, end, None, "[20000000]", 300).gaps == (noted,)
    assert inside((noted,), BEGAN, end, None, "[20000000]", 300).end == end + pause


def test_what_has_no_place_says_so_until_a_person_gives_it_one() -> None:
    end = BEGAN + 600 * S
    assert inside((), BEGAN, end, None, None, 780).unplaced == Unplaced(BEGAN, end + 780 * S, 780)
    twice = inside((), BEGAN, end, None, "[1000000, 2000000]", 780).unplaced
    assert twice == Unplaced(BEGAN, end + 780 * S, 780, (BEGAN + 1 * S, BEGAN + 2 * S))
    unmeasured = inside((), BEGAN, end, None, "[1000000]").unplaced
    assert unmeasured == Unplaced(BEGAN, end, 0, (BEGAN + 1 * S,))
    known = Gap(BEGAN + 60 * S, BEGAN + 840 * S, "battery")
    assert inside((known,), BEGAN, end, None, None, 780) == Inside(end, (known,))
    assert inside((Gap(BEGAN, BEGAN + 100 * S),), BEGAN, end, None, None, 780).unplaced == Unplaced(BEGAN, end + 780 * S, 680)
    assert inside((), None, None, None, "[1]", 780) == Inside(None, ())


def test_a_missing_stretch_without_a_place_wants_an_explanation_and_a_statement_gives_it(office: Archive, tmp_path: Path) -> None:
    case, component = taken_in(office, tmp_path, closed_after=10 + 13 * 60)
    room = office.procedure
    activity = room.activity_add(case, ActivityDraft("inspection", BEGAN, BEGAN + timedelta(minutes=14)))
    room.footage_link(ComponentId(component), FootageDraft(activity))
    gap, = room.answers(case).gaps
    assert (gap.kind, gap.seconds, gap.footage) == ("unplaced", 780, str(component))
    assert gap.recommended  # this text is silent on interruptions; others want it said or written
    assert "位置不明" in gap.words
    assert "13分0秒" in gap.words
    draft = room.statement_draft(case, StatementKind.INTERRUPTION, activity=activity, component=ComponentId(component), start=gap.start, end=gap.end,
                                 cause="battery", reason="换电池，具体时刻记不清")
    for part in ("780", "位置", "2026-10-22 10:00:00", "2026-10-22 10:13:10", "现场录像.mp4"):
        assert part in draft.text, draft.text
    room.statement_sign(case, draft, password_of(OFFICER))
    told, = room.answers(case).gaps
    assert (told.kind, told.wanting, told.cause) == ("unplaced", (), "battery")
    assert footage(office, case, component).gaps == ()  # the recording itself is not cut


def test_the_header_speaks_before_the_file_and_the_claimed_length_before_both() -> None:
    times = [["mvhd.creation_time", "3800000000"], ["mvhd.modification_time", "3800001380"]]
    camera, closed = "2026-10-22T02:00:00Z", "2026-10-22T05:23:00.000000Z"
    assert longer_seconds(camera, 600_000_000, closed, {"raw_times": times}) == 780
    assert longer_seconds(camera, 1_380_000_000, closed, {"raw_times": times}) == 0  # it was a copy that came late
    same = [["mvhd.creation_time", "3800000000"], ["mvhd.modification_time", "3800000000"]]
    assert longer_seconds(camera, 600_000_000, "2026-10-22T02:23:00.000000Z", {"raw_times": same}) == 780
    walked = {"walked": "packets", "covered_us": 400_000_000, "jumps": [[1_000_000, 51_000_000]], "raw_times": times}
    assert longer_seconds(camera, 600_000_000, closed, walked) == 150


@pytest.mark.parametrize(("camera", "length", "closed", "longer"), [
    ("2026-10-22T02:00:00Z", 600, "2026-10-22T02:23:00.000000Z", 780),
    ("2026-10-22T02:00:00Z", 600, "2026-10-22T02:10:30.000000Z", 0),  # how a recorder closes its file
    ("2026-10-22T02:00:00Z", 600, "2026-10-22T01:00:00.000000Z", 0),
    ("2026-10-22T02:00:00Z", 600, "2026-10-22T10:10:00.000000Z", 0),  # another zone
    ("2026-10-22T02:00:00Z", 600, "2026-11-02T02:23:00.000000Z", 0),  # a copy
    ("1904-01-01T00:00:00Z", 600, "1904-01-01T00:23:00.000000Z", 0), (None, 600, "2026-10-22T02:23:00.000000Z", 0),
    ("2026-10-22T02:00:00Z", None, "2026-10-22T02:23:00.000000Z", 0), ("2026-10-22T02:00:00Z", 600, None, 0),
])  # fmt: skip
def test_a_file_is_longer_than_its_recording_only_where_both_times_are_known_and_plausible(
    camera: str | None, length: int | None, closed: str | None, longer: int
) -> None:
    assert longer_seconds(camera, length * 1_000_000 if length else None, closed) == longer
