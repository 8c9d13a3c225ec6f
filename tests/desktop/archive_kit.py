"""A small archive with a row in every table, each written by an act, for the tests that alter things behind the app's back."""

from __future__ import annotations

import io
import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import peewee
from peewee import sort_models

from desktop import search_index
from desktop.acts import Service, act
from desktop.clock import FrozenClock
from desktop.ledger.segments import SEGMENT
from desktop.opening import Founding, found
from desktop.people import Newcomer
from desktop.vault.intake_pipe import keep
from models.access import Decision, Request
from models.base import Base
from models.cases import CaseFolder, Record
from models.holdings import StoredObject
from models.ledger import LedgerCheckpoint, LedgerLeaf, LedgerSegment
from models.schema import TABLES
from models.search import SearchEntry
from models.secrecy import EVERYTHING, Clearance, Label

PASSPHRASE = "desk passphrase"
PEOPLE = {"沈静宜": ("archivist", "pass-shen"), "李建国": ("officer", "pass-lijg"), "韩立": ("leader", "pass-hanl"),
          "吕清": ("auditor", "pass-lvqi"), "陈实": ("sysadmin", "pass-chen")}
_NOT_FILLED = (LedgerLeaf, LedgerSegment, LedgerCheckpoint, SearchEntry)


def small_archive(root: Path, cleared: Clearance = EVERYTHING, **options: Any) -> Founding:
    """A new archive with one person in each of five roles; `PEOPLE` has their passwords."""
    people = [(Newcomer(name, role, clearance=cleared), password) for name, (role, password) in PEOPLE.items()]
    return found(root, "西岗区财政局", "xigang-finance", people, passphrase=options.pop("passphrase", PASSPHRASE), **options)


def full_archive(root: Path) -> Founding:
    """As `small_archive`, with a row in every table, three objects in the vault, a segment of the ledger and a checkpoint."""
    founding = small_archive(root, clock=FrozenClock(datetime(2026, 11, 21, 8, 30, tzinfo=UTC)))
    filler = Filler(founding.archive)
    founding.archive.follow = lambda marks: None  # type: ignore[method-assign] # no clock can follow from rows that mean nothing
    filler.fill()
    while founding.archive.ledger_state().size < SEGMENT:
        filler.pass_by()
    founding.archive.vault.intents.acknowledge(row.object_id for row in StoredObject.select())
    founding.archive.people.sign_in("吕清", PEOPLE["吕清"][1])
    founding.archive.audit.checkpoint()
    filler.fill_again()
    return founding


class Filler(Service):
    """Writes rows through the door, as any room would."""

    @act("test.fill", signed_in=False)
    def fill(self) -> None:
        """At least one row in each table, no column empty."""
        for content in (b"first" * 400, b"second" * 400, b"x" * (3 << 20)):
            stored = keep(io.BytesIO(content), self.archive.vault)
            StoredObject.create(object_id=stored.object_id, size=stored.size, sha256=stored.sha256, compartments="open",
                                cipher_size=stored.cipher_size, cipher_sha256=stored.cipher_sha256, sealed_key=b"k" * 40,
                                created_at="then")
        for model in sort_models([table for table in TABLES if table not in _NOT_FILLED]):
            if not model.select().exists():
                model.create(**{field.name: _value(model, field) for field in model._meta.sorted_fields if field.name != "id"})
        case, record = CaseFolder.get(), Record.get()
        search_index.index("case", f"case:{case.id}", title=case.case_number, text="未按规定设置账簿", label=Label(), case=case.id)
        search_index.index("record", f"record:{record.id}", title="现场检查录像", text="", label=Label(), record=record.id)

    @act("test.fill", signed_in=False)
    def pass_by(self) -> None:
        """An entry that writes no row."""

    @act("test.fill", signed_in=False)
    def fill_again(self) -> None:
        """One more case, so that entries follow the checkpoint."""
        row = {field.name: _value(CaseFolder, field) for field in CaseFolder._meta.sorted_fields if field.name != "id"}
        CaseFolder.create(**{**row, "case_number": "西财罚〔2026〕99号"})


_number = itertools.count(1)


def _value(model: type[Base], field: Any) -> Any:
    if isinstance(field, peewee.ForeignKeyField):
        if (model, field.name) == (Decision, "requester"):
            return Request.get().requester_id
        if (model, field.name) == (Decision, "approver"):
            return Request.get().requester_id + 1
        return field.rel_model.select().order_by(field.rel_model.id).first() if field.rel_model is not model else None
    if isinstance(field, peewee.BooleanField):
        return False
    if isinstance(field, peewee.IntegerField):
        return 0 if field.name == "state" else next(_number)
    if isinstance(field, peewee.BlobField):
        return f"bytes {field.name}".encode()
    return f"{field.name} {next(_number)}"
