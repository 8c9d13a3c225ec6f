"""The clocks of a hundred thousand open cases: the list of what is due, and reckoning all of them anew after a calendar was loaded."""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Line, bench, load, scratch
from desktop.archive import Archive
from desktop.jobs import Silent
from desktop.opening import found
from desktop.people import Newcomer
from desktop.procedure import recompute
from desktop.statistics.forms import Period
from models.schema import TABLES
from models.secrecy import Clearance

CASES, OFFICERS = 100_000, 40
PASSWORD = "bench-password"
LEADER, ARCHIVIST = "韩立", "沈静宜"


def measure(quick: bool = False) -> list[Line]:
    cases = 2_000 if quick else CASES
    with scratch() as folder:
        whole = Clearance(0, True, True)
        people = [Newcomer(LEADER, "leader", clearance=whole), Newcomer(ARCHIVIST, "archivist", clearance=whole), Newcomer("承办001", "officer")]
        archive = found(folder / "archive", "bench", "xigang-finance", [(p, PASSWORD) for p in people], training=True).archive
        fill(archive, cases)
        archive.people.sign_in(ARCHIVIST, PASSWORD)
        first = timed(lambda: recompute(archive, Silent()))
        rows = archive.database.connection().execute("SELECT count(*) FROM case_clock").fetchall()[0][0]
        again = timed(lambda: recompute(archive, Silent()))
        changed = year_loaded(archive)
        after = timed(lambda: recompute(archive, Silent()))
        lines = [Line(f"{cases:,} open cases: reckoned for the first time", "all rows written", first, 0, 240, note=f"{rows:,} clocks, {load()}"),
                 Line(f"{cases:,} open cases: reckoned anew, nothing changed", "must", again, 0, 60),
                 Line(f"{cases:,} open cases: reckoned anew after a calendar", "must", after, 0, 60, note=f"{changed} loaded")]
        for name, whose in ((LEADER, "all within clearance"), ("承办001", "one officer's own")):
            archive.people.sign_in(name, PASSWORD)
            due = statistics.median(timed(lambda: archive.procedure.due(200)) for _ in range(9)) * 1000
            lines.append(Line(f"due, {whose}", "must", due, 0, 300, "ms"))
        lines += sums(archive)
        archive.close()
    return lines


def sums(archive: Archive) -> list[Line]:
    """The three parts of the statistics of a year, each is one short read."""
    archive.people.sign_in(ARCHIVIST, PASSWORD)
    room, year = archive.statistics, Period(2026)
    lines = []
    for name, part in (("limits", room.limits), ("coverage", room.coverage), ("officers", room.officers)):
        took = statistics.median(timed(lambda part=part: part(year)) for _ in range(5)) * 1000
        lines.append(Line(f"statistics of a year: {name}", "must", took, 0, 1000, "ms"))
    return lines


def timed(work: Any) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def year_loaded(archive: Archive) -> str:
    """A newer version of the running year's days, with one more day off."""
    text = (Path(__file__).resolve().parent.parent / "resources" / "calendar" / "cn-2026.toml").read_text(encoding="utf-8")
    archive.rulebook.load_calendar(text.replace("version = 1", "version = 2", 1) + '\n[[off]]\nname = "测试"\nfrom = 2026-11-25\nto = 2026-11-25\n')
    return "2026·2"


def fill(archive: Archive, cases: int) -> None:
    """Open cases of the last year: officers, activities, an end for half of them, a recording for each, straight into the tables."""
    dice = random.Random(7)
    base = datetime(2026, 11, 20, 1, tzinfo=UTC)
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in ("case_folder", "case_officer", "case_activity", "case_ending", "stored_object",
                                                                     "record", "component", "footage_facts", "activity_coverage")}
    for i in range(1, cases + 1):
        start = base - timedelta(days=dice.randrange(2, 300), hours=dice.randrange(8))
        _one(tables, i, start, dice)
    models = {model._meta.table_name: model for model in TABLES}
    connection, columns_of = archive.database.connection(), archive.database.columns
    with archive.database.atomic("IMMEDIATE"):
        for table, values in tables.items():
            names = columns_of(table)
            given = {field.column_name: field.default for field in models[table]._meta.sorted_fields if field.default is not None}
            listed = ", ".join(f'"{name}"' for name in names)
            connection.executemany(f"INSERT INTO {table} ({listed}) VALUES ({', '.join('?' * len(names))})",
                                   ([row.get(name, given.get(name)) for name in names] for row in values))
        connection.execute("ANALYZE")


def _one(tables: dict[str, list[dict[str, Any]]], i: int, start: datetime, dice: random.Random) -> None:
    made = _stamp(start)
    label = {"state": 0, "trade": 0, "privacy": int(i % 50 == 0), "internal": 1}
    tables["case_folder"].append({"id": i, "case_number": f"西财罚〔2026〕{i}号", "cause": "会计信息质量检查", "kind": "penalty",
                                  "profile": "xigang-finance", "profile_version": 1, "procedure": "ordinary", "conditions": "{}",
                                  "stage": "investigate", "started_on": made[:10], "place": "", "note": "", "created_at": made,
                                  "created_by_id": 1, **label})
    tables["case_officer"].append({"id": i, "case_id": i, "name": f"承办{i % OFFICERS:03}", "certificate": "LN", "position": 0})
    for n, kind in enumerate(("started", "inspection", "decision")[: 2 + i % 2]):
        at = start + timedelta(days=20 * n)
        tables["case_activity"].append({"id": i * 3 + n, "case_id": i, "kind": kind, "start": _stamp(at), "end": _stamp(at + timedelta(hours=2)),
                                        "place": "", "officers": "[]", "traits": "[]", "unsuitable_ground": "", "unsuitable_reason": "",
                                        "unsuitable_by": "", "note": "", "person_id": 1, "at": made})
        if kind == "inspection":
            tables["activity_coverage"].append({"id": i, "activity_id": i * 3 + n, "case_id": i, "due": 7200, "proven": 0})
    if i % 2:
        ended = start + timedelta(days=dice.randrange(30, 90))
        tables["case_ending"].append({"id": i, "case_id": i, "kind": "performed", "on_day": _stamp(ended)[:10], "document": "", "signature": b"",
                                      "person_id": 1, "at": made})
    tables["stored_object"].append({"id": i, "object_id": f"o{i}", "size": 1, "sha256": "0", "cipher_size": 1, "cipher_sha256": "0",
                                    "compartments": "internal", "sealed_key": b"", "created_at": made})
    tables["record"].append({"id": i, "case_id": i, "title": "现场检查录像", "medium": "video", "position": 1, "created_at": made, "created_by_id": 1,
                             **label})
    tables["component"].append({"id": i, "record_id": i, "object_id": i, "original_name": b"x", "name": "x", "kind": "video", "mime": "video/mp4",
                                "size": 1, "sha256": "0", "duration_us": 60_000_000, "camera_time": made, "device": "DSJ", "place": "", "probe": "{}",
                                "status": "sound", "findings": "[]", "deposited_at": _stamp(start + timedelta(hours=dice.randrange(1, 40))),
                                "deposited_by_id": 1})
    tables["footage_facts"].append({"id": i, "component_id": i, "activity_id": i * 3 + 1, "start": made, "end": _stamp(start + timedelta(minutes=1)),
                                    "officer": "", "claim_kind": "", "claimant": "", "claim_reason": "", "evidence": 0, "weight": "[]", "gaps": "[]",
                                    "sheet": "{}", "transcript": "", "person_id": 1, "at": made})


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000000Z")


if __name__ == "__main__":
    bench(measure)
