"""The schema as a whole: which tables there are, and what the database adds to them."""

from __future__ import annotations

from models.access import Copy, Decision, Grant, GrantKey, Request, RequestItem
from models.annotations import Annotation
from models.base import Base, Fact, FieldChange, SchemaStep
from models.cases import CaseFolder, CaseOfficer, Party, Record
from models.disclosure import Complaint, DisclosureClock, DisclosureLink, DisclosureRequest, DisclosureStep
from models.drafts import ProfileDraft
from models.holdings import Component, Deposit, DepositItem, ObjectTimeline, Preview, StoredObject
from models.ledger import LedgerCheckpoint, LedgerLeaf, LedgerSegment
from models.people import Certificate, Compartment, CompartmentKey, Desk, FormerKey, Person, PersonUnit
from models.procedure import (
    ActivityCoverage,
    CaseActivity,
    CaseClock,
    CaseEnding,
    CaseMatter,
    FilingOrder,
    FootageFacts,
    Hold,
    ItemWaiver,
    LimitExtension,
    LimitOverride,
    LimitSuspension,
    PaperFacts,
    Recorder,
    RecorderReading,
    Statement,
)
from models.recorder_log import RecorderEvent, RecorderLog
from models.rulebook import CalendarVersion, DutyListing, LocalDay, MarkingSheet, PowerVersion, ProfileVersion, ScoreLine, Scoring
from models.search import SearchEntry

VERSION = 1  # the number of the newest script in `migrations/`

TABLES: tuple[type[Base], ...] = (
    Fact, SchemaStep, FieldChange, Person, Compartment, CompartmentKey, Desk, CaseFolder, Party, CaseOfficer, Record, StoredObject, Deposit,
    Component, Preview, DepositItem, Annotation, Request, RequestItem, Decision, Grant, GrantKey, Copy, CaseActivity, PaperFacts, Recorder,
    RecorderReading, FootageFacts, Statement, ItemWaiver, LimitOverride, LimitExtension, LimitSuspension, CaseEnding, FilingOrder, Hold, CaseClock,
    ProfileVersion, CalendarVersion, LocalDay, DutyListing, ProfileDraft, MarkingSheet, Scoring, ScoreLine, DisclosureRequest,
    DisclosureLink, DisclosureStep, DisclosureClock, Complaint, SearchEntry, FormerKey, PersonUnit, Certificate, PowerVersion, CaseMatter,
    ActivityCoverage, ObjectTimeline, RecorderLog, RecorderEvent, LedgerLeaf, LedgerSegment, LedgerCheckpoint,
)

# Columns of the view, computed from the leaf: they cannot be edited apart from it, so they need no check of their own. Indexes on them
# took half of an append and a fifth of a verification: `ledger_segment` finds entries instead.
_COMPUTED = {"at": "$.at", "act": "$.act", "outcome": "$.outcome", "person": "$.person", "case_id": "$.subject.case",
             "record_id": "$.subject.record", "component_id": "$.subject.component", "request_id": "$.subject.request"}

EXTRAS: tuple[str, ...] = (
    "CREATE VIEW ledger_entry AS SELECT seq, leaf, hash, " + ", ".join(f"json_extract(leaf, '{path}') AS {name}" for name, path in _COMPUTED.items())
    + " FROM ledger_leaf WHERE leaf IS NOT NULL",
    "CREATE VIEW ledger_tree AS SELECT 1 AS id, seq - 1 AS size, hash AS frontier FROM ledger_leaf WHERE leaf IS NULL ORDER BY seq DESC LIMIT 1",
    "CREATE INDEX case_clock_open ON case_clock (alarm) WHERE met IS NULL AND alarm IS NOT NULL",
    "CREATE INDEX disclosure_clock_open ON disclosure_clock (alarm) WHERE met IS NULL AND alarm IS NOT NULL",
    "CREATE INDEX record_unlinked ON record (id) WHERE case_id IS NULL",
    # A recorder's log is found by what its probe told, and a recording by the name that a log gives it: both among all that is held.
    "CREATE INDEX component_log ON component (id) WHERE instr(probe, '\"log\": [[')",
    "CREATE INDEX component_named ON component (name COLLATE NOCASE) WHERE kind IN ('video', 'audio')",
    "CREATE TRIGGER ledger_leaf_fixed BEFORE UPDATE ON ledger_leaf WHEN OLD.leaf IS NOT NULL OR NEW.seq <> OLD.seq"
    " BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END",
    "CREATE TRIGGER ledger_leaf_kept BEFORE DELETE ON ledger_leaf BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END",
    "CREATE TRIGGER decision_of_requester BEFORE INSERT ON decision"
    " WHEN NEW.requester_id <> (SELECT requester_id FROM request WHERE id = NEW.request_id)"
    " BEGIN SELECT RAISE(ABORT, 'requester of the decision is not that of the request'); END",
    "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', columnsize=0, detail=none, tokenize=\"unicode61 remove_diacritics 0"
    " tokenchars '_'\")",
)
