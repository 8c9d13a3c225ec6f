"""What the tests of the room of procedure share: the office's open case, its records, refusals by code."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.errors import Refusal
from models.holdings import Component
from models.terms import CaseId, ComponentId, RecordId
from tests.office import OPEN_CASE, sign_in

BEIJING = timezone(timedelta(hours=8))
PAPER = "询问笔录"


def at(day: int, hour: int, minute: int = 0, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as no:
        call(*args, **kwargs)
    assert no.value.code == code, no.value.code
    return no.value


def opened(archive: Archive, name: str, number: str = OPEN_CASE) -> CaseId:
    """Sign in and look into a case."""
    sign_in(archive, name)
    case = archive.cases.numbered(number)
    assert case is not None
    archive.cases.look(case)
    return case


def recording(archive: Archive, case: CaseId, nth: int = 0) -> ComponentId:
    """One of the three sound recordings of the office's open case."""
    return archive.cases.folder(case).records[nth].components[0].id


def paper(archive: Archive, case: CaseId, nth: int = 1) -> RecordId:
    """One of the records of the office's open case, made a paper: the office holds sound alone."""
    from models.cases import Record

    record = archive.cases.folder(case).records[nth]
    Record.update(medium="paper").where(Record.id == record.id).execute()
    Component.update(kind="pdf").where(Component.record == record.id).execute()
    return record.id


def last_entry(archive: Archive) -> tuple[str, str]:
    row = archive.database.connection().execute("SELECT act, outcome FROM ledger_entry ORDER BY seq DESC LIMIT 1").fetchall()[0]
    return str(row[0]), str(row[1])


def clock_row(archive: Archive, case: CaseId, topic: str) -> list[Any]:
    statement = 'SELECT rule, subject, "start", due, alarm, met, late FROM case_clock WHERE case_id = ? AND topic = ? ORDER BY id'
    return archive.database.connection().execute(statement, (case, topic)).fetchall()
