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
from desktop.procedure import FootageLine
from desktop.procedure.holes import found_gaps, longer_seconds
from models.facts import Footage, Gap
from models.holdings import Component
from models.secrecy import Label
from models.terms import CaseId
from tests.desktop.procedure.kit import at, opened, recording
from tests.desktop.tools import samples
from tests.office import ARCHIVIST, OFFICER

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
    assert line(office, case, component).longer_seconds == 0
    noted = Gap(jump.start, jump.end, "battery", spoken=True)
    office.procedure.gap_note(line(office, case, component).component, noted)
    assert footage(office, case, component).gaps == line(office, case, component).gaps == (noted,)
    assert line(office, case, component).found == ()


def test_a_recording_in_one_piece_has_no_gap_and_its_file_may_still_tell_of_a_pause(office: Archive, tmp_path: Path) -> None:
    case, component = taken_in(office, tmp_path, closed_after=10 + 13 * 60)
    assert footage(office, case, component).gaps == ()
    assert line(office, case, component).longer_seconds == 13 * 60
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
