"""The schema as a whole: which tables there are, and what the database adds to them."""

from __future__ import annotations

from models.access import Copy, Decision, Grant, GrantKey, Request, RequestItem
from models.annotations import Annotation
from models.base import Base, Fact, FieldChange, SchemaStep
from models.cases import CaseFolder, CaseOfficer, Party, Record
from models.holdings import Component, Deposit, DepositItem, Preview, StoredObject
from models.ledger import LedgerCheckpoint, LedgerEntry, LedgerTree
from models.people import Compartment, CompartmentKey, Desk, Person
from models.procedure import (
    CaseActivity,
    CaseClock,
    CaseEnding,
    FilingOrder,
    FootageFacts,
    Hold,
    ItemWaiver,
    LimitOverride,
    PaperFacts,
    Recorder,
    RecorderReading,
    Statement,
)
from models.rulebook import CalendarVersion, DutyListing, LocalDay, MarkingSheet, ProfileVersion, ScoreLine, Scoring
from models.search import SearchEntry

VERSION = 1  # the number of the newest script in `migrations/`

TABLES: tuple[type[Base], ...] = (
    Fact, SchemaStep, FieldChange, Person, Compartment, CompartmentKey, Desk, CaseFolder, Party, CaseOfficer, Record, StoredObject, Deposit,
    Component, Preview, DepositItem, Annotation, Request, RequestItem, Decision, Grant, GrantKey, Copy, CaseActivity, PaperFacts, Recorder,
    RecorderReading, FootageFacts, Statement, ItemWaiver, LimitOverride, CaseEnding, FilingOrder, Hold, CaseClock, ProfileVersion,
    CalendarVersion, LocalDay, DutyListing, MarkingSheet, Scoring, ScoreLine, SearchEntry, LedgerEntry, LedgerTree, LedgerCheckpoint,
)

# Columns computed from the leaf: they cannot be edited apart from it, so they need no check of their own.
_COMPUTED = {"at": "$.at", "act": "$.act", "outcome": "$.outcome", "person": "$.person", "case_id": "$.subject.case",
             "record_id": "$.subject.record", "component_id": "$.subject.component", "request_id": "$.subject.request"}

EXTRAS: tuple[str, ...] = (
    *(f"ALTER TABLE ledger_entry ADD COLUMN {name} GENERATED ALWAYS AS (json_extract(leaf, '{path}')) VIRTUAL"
      for name, path in _COMPUTED.items()),
    *(f"CREATE INDEX ledger_entry_{name} ON ledger_entry ({name}) WHERE {name} IS NOT NULL"
      for name in ("case_id", "record_id", "component_id", "request_id")),
    "CREATE INDEX ledger_entry_person ON ledger_entry (person)",
    "CREATE INDEX ledger_entry_outcome ON ledger_entry (outcome) WHERE outcome <> 'done'",
    "CREATE INDEX case_clock_open ON case_clock (alarm) WHERE met IS NULL AND alarm IS NOT NULL",
    "CREATE INDEX record_unlinked ON record (id) WHERE case_id IS NULL",
    "CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END",
    "CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END",
    "CREATE TRIGGER decision_of_requester BEFORE INSERT ON decision"
    " WHEN NEW.requester_id <> (SELECT requester_id FROM request WHERE id = NEW.request_id)"
    " BEGIN SELECT RAISE(ABORT, 'requester of the decision is not that of the request'); END",
    "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', columnsize=0, detail=none, tokenize=\"unicode61 remove_diacritics 0"
    " tokenchars '_'\")",
)
