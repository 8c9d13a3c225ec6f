"""Searching recordings that lie in the vault for interruptions: by whom, through which key, what is kept, what is written down."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.errors import Cancelled
from desktop.intake import deposit
from desktop.jobs import Silent, Tracked
from desktop.procedure import ActivityDraft, FootageDraft
from desktop.procedure.rescanning import search_again
from desktop.tools.worker import Workers
from models.base import FieldChange
from models.facts import Gap
from models.holdings import Component, ObjectTimeline
from models.ledger import LedgerEntry
from models.secrecy import Label
from models.terms import CaseId, ComponentId, Verb
from tests.desktop.procedure.kit import at, clock_row, last_entry, opened, recording, refused
from tests.desktop.tools import samples
from tests.office import ARCHIVIST, AUDITOR, CLERK, LEADER, OFFICER, let_file, password_of, sign_in

BEGAN = at(22, 10)
S = timedelta(seconds=1)


def held(archive: Archive, place: Path) -> tuple[CaseId, ComponentId]:
    """A transport stream with two pauses, deposited before anybody looked for them."""
    case = opened(archive, ARCHIVIST)
    source = place / "卡"
    source.mkdir()
    (source / "现场录像.ts").write_bytes(samples.paused("mpegts", "libx264", "mp2", (4, 13), (8, 60)))
    deposit(archive, [os.fsencode(source)], case, Label(), Silent())
    row = Component.get(Component.name == "现场录像.ts")
    Component.update(probe="{}", camera_time="2026-10-22T10:00:00", file_time=None).where(Component.id == row.id).execute()
    return case, ComponentId(row.id)


def gaps_of(archive: Archive, case: CaseId, component: ComponentId) -> tuple[Gap, ...]:
    return next(one for one in archive.procedure.footage(case) if one.component == component).gaps


def test_a_leader_searches_with_the_keys_they_hold_and_the_facts_follow(office: Archive, tmp_path: Path) -> None:
    case, component = held(office, tmp_path)
    assert gaps_of(office, case, component) == ()
    opened(office, LEADER)
    progress = Tracked()
    done = search_again(office, [component], progress)
    assert (done.read, done.found, done.left) == (1, 2, [])
    assert progress.done == progress.total == Component.get_by_id(component).size
    assert last_entry(office) == ("procedure.rescan", "done")
    gaps = (Gap(BEGAN + 4 * S, BEGAN + 17 * S), Gap(BEGAN + 21 * S, BEGAN + 81 * S))
    assert gaps_of(office, case, component) == gaps
    assert next(one for one in office.procedure.facts(case).footage if one.id == str(component)).gaps == gaps
    search_again(office, [component], Silent())  # once more changes nothing
    assert FieldChange.select().where(FieldChange.table_name == "object_timeline").count() == 0
    assert ObjectTimeline.select().count() == 1


def test_an_officer_searches_under_a_grant_for_the_whole_only(office: Archive, tmp_path: Path) -> None:
    case, component = held(office, tmp_path)
    opened(office, OFFICER)
    with Workers(1) as workers:
        refused("grant.none", office.procedure.rescan, component, workers, Silent())
        assert last_entry(office) == ("procedure.rescan", "refused")
        grant(office, component, ((1_000_000, 3_000_000),))
        refused("procedure.rescan_part", office.procedure.rescan, component, workers, Silent())
        assert looked(office) == ["media.open", "media.close"]
        grant(office, component, ())
        assert len(office.procedure.rescan(component, workers, Silent()).jumps) == 2
        assert looked(office) == ["media.open", "media.close"] * 2
        stopped = Tracked()
        stopped.cancel()
        with pytest.raises(Cancelled):
            office.procedure.rescan(component, workers, stopped)
    assert looked(office) == ["media.open", "media.close"] * 3
    assert len(gaps_of(office, case, component)) == 2


def looked(archive: Archive) -> list[str]:
    """The entries of looking into recordings, in order."""
    told = [json.loads(one.leaf) for one in LedgerEntry.select().order_by(LedgerEntry.id)]
    done = [one for one in told if one["act"].startswith("media.") and one["outcome"] == "done"]
    assert all(one["subject"].get("grant") for one in done)
    return [one["act"] for one in done]


def grant(archive: Archive, component: ComponentId, spans: tuple[tuple[int, int], ...]) -> None:
    sign_in(archive, OFFICER)
    until = archive.clock.now() + timedelta(days=3)
    request = archive.approvals.create(RequestDraft((Asked(component, spans),), Verb.VIEW, "查找间断", _text(until)))
    sign_in(archive, LEADER)
    archive.approvals.decide(request, True, "", password_of(LEADER), archive.approvals.digest(request).digest)
    opened(archive, OFFICER)


def _text(until: datetime) -> str:
    return until.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def test_a_timeline_that_begins_anew_moves_the_end_and_the_limit_with_it(office: Archive, tmp_path: Path) -> None:
    case, component = held(office, tmp_path)
    one = samples.paused("mpegts", "libx264", "mp2")
    row = Component.get_by_id(component)
    source = tmp_path / "再"
    source.mkdir()
    (source / "两段.ts").write_bytes(one + one)
    deposit(office, [os.fsencode(source)], case, Label(), Silent())
    row = Component.get(Component.name == "两段.ts")
    closed = (BEGAN + timedelta(minutes=15)).astimezone(UTC)
    Component.update(probe="{}", camera_time="2026-10-22T10:00:00", file_time=_text(closed)).where(Component.id == row.id).execute()
    activity = office.procedure.activity_add(case, ActivityDraft("inspection", BEGAN, BEGAN + timedelta(minutes=20)))
    office.procedure.footage_link(ComponentId(row.id), FootageDraft(activity))
    before = clock_row(office, case, "deposit")[-1]
    opened(office, LEADER)
    search_again(office, [ComponentId(row.id)], Silent())
    line = next(one for one in office.procedure.footage(case) if one.component == row.id)
    assert (line.gaps[0].start, line.unplaced) == (BEGAN + 10 * S, None)
    assert line.end is not None
    assert abs(line.end - BEGAN - timedelta(minutes=15)) < 2 * S
    after = clock_row(office, case, "deposit")[-1]
    assert after[2] > before[2]  # the limit counts from the true end
    opened(office, ARCHIVIST)
    for officer in (OFFICER, ARCHIVIST):  # who corrects the link keeps the end that the form shows
        shown = FootageDraft(line.activity, None, line.start, line.end, None, officer)
        office.procedure.footage_link(ComponentId(row.id), shown, "改拍摄人")
        again = next(one for one in office.procedure.footage(case) if one.component == row.id)
        assert (again.end, again.gaps, again.unplaced) == (line.end, line.gaps, None)


def test_who_may_not_is_refused_and_nothing_is_kept(office: Archive, tmp_path: Path) -> None:
    case, component = held(office, tmp_path)
    with Workers(1) as workers:
        for name in (CLERK, AUDITOR):
            sign_in(office, name)
            refused("permission.denied", office.procedure.rescan, component, workers, Silent())
        opened(office, LEADER)
        stopped = Tracked()
        stopped.cancel()
        with pytest.raises(Cancelled):
            office.procedure.rescan(component, workers, stopped)
        assert last_entry(office) == ("procedure.rescan", "cancelled")
        assert ObjectTimeline.select().count() == 0
        sign_in(office, ARCHIVIST)
        let_file(office, case)
        office.cases.file(case, "办结")
        opened(office, LEADER)
        refused("cases.filed", office.procedure.rescan, component, workers, Silent())


def test_of_several_each_one_that_cannot_be_read_is_named(office: Archive, tmp_path: Path) -> None:
    case, component = held(office, tmp_path)
    sound = recording(office, case, 0)
    path = next(p for p in tmp_path.rglob("*") if p.is_file() and p.name.startswith(Component.get_by_id(component).object.object_id))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o600)
    path.write_bytes(content)
    opened(office, LEADER)
    done = search_again(office, [sound, component], Silent())
    assert (done.read, done.timeless, done.found) == (1, 1, 0)
    assert [(name, refusal.code) for name, refusal in done.left] == [("现场录像.ts", "vault.damaged")]
    line = next(one for one in office.procedure.footage(case) if one.component == sound)
    assert line.walked == "none"
