"""The first form of the tables, frozen: written by `installer/freeze_schema.py`, never edited."""

from __future__ import annotations

from typing import Any

STATEMENTS: tuple[str, ...] = (
    'CREATE TABLE "fact" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "value" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "fact_name" ON "fact" ("name")',
    'CREATE TABLE "field_change" ("id" INTEGER NOT NULL PRIMARY KEY, "table_name" TEXT NOT NULL, "row_id" TEXT NOT '
     'NULL, "field" TEXT NOT NULL, "old" TEXT, "new" TEXT, "reason" TEXT NOT NULL, "person" TEXT NOT NULL, "at" '
     'TEXT NOT NULL)',
    'CREATE INDEX "field_change_table_name_row_id" ON "field_change" ("table_name", "row_id")',
    'CREATE TABLE "person" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "role" TEXT NOT NULL, "post" '
     'TEXT NOT NULL, "certificate" TEXT NOT NULL, "clear_state" INTEGER NOT NULL, "clear_trade" INTEGER NOT NULL, '
     '"clear_privacy" INTEGER NOT NULL, "hpke_public" BLOB NOT NULL, "ed25519_public" BLOB NOT NULL, "locked_keys" '
     'BLOB NOT NULL, "failed_attempts" INTEGER NOT NULL, "locked_until" TEXT, "active" INTEGER NOT NULL, '
     '"must_change" INTEGER NOT NULL, "created_at" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "person_name" ON "person" ("name")',
    'CREATE TABLE "compartment" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "public" BLOB NOT NULL)',
    'CREATE UNIQUE INDEX "compartment_name" ON "compartment" ("name")',
    'CREATE TABLE "compartment_key" ("id" INTEGER NOT NULL PRIMARY KEY, "compartment_id" INTEGER NOT NULL, '
     '"person_id" INTEGER, "sealed" BLOB NOT NULL, FOREIGN KEY ("compartment_id") REFERENCES "compartment" ("id") '
     'ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "compartment_key_compartment_id" ON "compartment_key" ("compartment_id")',
    'CREATE INDEX "compartment_key_person_id" ON "compartment_key" ("person_id")',
    'CREATE UNIQUE INDEX "compartment_key_compartment_id_person_id" ON "compartment_key" ("compartment_id", '
     '"person_id")',
    'CREATE TABLE "desk" ("id" INTEGER NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "ed25519_public" BLOB NOT NULL, '
     '"created_at" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "desk_name" ON "desk" ("name")',
    'CREATE TABLE "case_folder" ("id" INTEGER NOT NULL PRIMARY KEY, "state" INTEGER NOT NULL, "trade" INTEGER NOT '
     'NULL, "privacy" INTEGER NOT NULL, "internal" INTEGER NOT NULL, "case_number" TEXT NOT NULL, "cause" TEXT NOT '
     'NULL, "kind" TEXT NOT NULL, "profile" TEXT NOT NULL, "stage" TEXT NOT NULL, "started_on" TEXT, "ended_on" '
     'TEXT, "filed_at" TEXT, "place" TEXT NOT NULL, "note" TEXT NOT NULL, "created_at" TEXT NOT NULL, '
     '"created_by_id" INTEGER NOT NULL, FOREIGN KEY ("created_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "case_folder_case_number" ON "case_folder" ("case_number")',
    'CREATE INDEX "case_folder_created_by_id" ON "case_folder" ("created_by_id")',
    'CREATE TABLE "party" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "name" TEXT NOT NULL, '
     '"organisation" INTEGER NOT NULL, "position" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES '
     '"case_folder" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "party_case_id" ON "party" ("case_id")',
    'CREATE TABLE "case_officer" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "name" TEXT NOT '
     'NULL, "certificate" TEXT NOT NULL, "person_id" INTEGER, "position" INTEGER NOT NULL, FOREIGN KEY ("case_id") '
     'REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON '
     'DELETE RESTRICT)',
    'CREATE INDEX "case_officer_case_id" ON "case_officer" ("case_id")',
    'CREATE INDEX "case_officer_person_id" ON "case_officer" ("person_id")',
    'CREATE TABLE "record" ("id" INTEGER NOT NULL PRIMARY KEY, "state" INTEGER NOT NULL, "trade" INTEGER NOT NULL, '
     '"privacy" INTEGER NOT NULL, "internal" INTEGER NOT NULL, "case_id" INTEGER, "title" TEXT NOT NULL, "medium" '
     'TEXT NOT NULL, "stage" TEXT, "position" INTEGER NOT NULL, "made_on" TEXT, "filed_at" TEXT, "created_at" TEXT '
     'NOT NULL, "created_by_id" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("created_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "record_case_id" ON "record" ("case_id")',
    'CREATE INDEX "record_created_by_id" ON "record" ("created_by_id")',
    'CREATE INDEX "record_case_id_position" ON "record" ("case_id", "position")',
    'CREATE TABLE "stored_object" ("id" INTEGER NOT NULL PRIMARY KEY, "object_id" TEXT NOT NULL, "size" INTEGER '
     'NOT NULL, "sha256" TEXT NOT NULL, "cipher_size" INTEGER NOT NULL, "cipher_sha256" TEXT NOT NULL, '
     '"compartments" TEXT NOT NULL, "sealed_key" BLOB NOT NULL, "created_at" TEXT NOT NULL)',
    'CREATE UNIQUE INDEX "stored_object_object_id" ON "stored_object" ("object_id")',
    'CREATE INDEX "stored_object_sha256" ON "stored_object" ("sha256")',
    'CREATE TABLE "deposit" ("id" INTEGER NOT NULL PRIMARY KEY, "source" BLOB NOT NULL, "source_shown" TEXT NOT '
     'NULL, "case_id" INTEGER, "state" TEXT NOT NULL, "label" TEXT NOT NULL, "started_at" TEXT NOT NULL, '
     '"finished_at" TEXT, "person_id" INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "deposit_case_id" ON "deposit" ("case_id")',
    'CREATE INDEX "deposit_person_id" ON "deposit" ("person_id")',
    'CREATE TABLE "component" ("id" INTEGER NOT NULL PRIMARY KEY, "record_id" INTEGER NOT NULL, "object_id" '
     'INTEGER NOT NULL, "deposit_id" INTEGER, "original_name" BLOB NOT NULL, "name" TEXT NOT NULL, "kind" TEXT NOT '
     'NULL, "mime" TEXT NOT NULL, "size" INTEGER NOT NULL, "sha256" TEXT NOT NULL, "duration_us" INTEGER, "width" '
     'INTEGER, "height" INTEGER, "pages" INTEGER, "camera_time" TEXT, "file_time" TEXT, "device" TEXT NOT NULL, '
     '"place" TEXT NOT NULL, "probe" TEXT NOT NULL, "status" TEXT NOT NULL, "findings" TEXT NOT NULL, '
     '"duplicate_of_id" INTEGER, "deposited_at" TEXT NOT NULL, "deposited_by_id" INTEGER NOT NULL, FOREIGN KEY '
     '("record_id") REFERENCES "record" ("id") ON DELETE RESTRICT, FOREIGN KEY ("object_id") REFERENCES '
     '"stored_object" ("id") ON DELETE RESTRICT, FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("duplicate_of_id") REFERENCES "component" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("deposited_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "component_record_id" ON "component" ("record_id")',
    'CREATE INDEX "component_object_id" ON "component" ("object_id")',
    'CREATE INDEX "component_deposit_id" ON "component" ("deposit_id")',
    'CREATE INDEX "component_size" ON "component" ("size")',
    'CREATE INDEX "component_sha256" ON "component" ("sha256")',
    'CREATE INDEX "component_duplicate_of_id" ON "component" ("duplicate_of_id")',
    'CREATE INDEX "component_deposited_by_id" ON "component" ("deposited_by_id")',
    'CREATE TABLE "preview" ("id" INTEGER NOT NULL PRIMARY KEY, "component_id" INTEGER NOT NULL, "sealed" BLOB NOT '
     'NULL, FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "preview_component_id" ON "preview" ("component_id")',
    'CREATE TABLE "deposit_item" ("id" INTEGER NOT NULL PRIMARY KEY, "deposit_id" INTEGER NOT NULL, "path" BLOB '
     'NOT NULL, "size" INTEGER NOT NULL, "state" TEXT NOT NULL, "component_id" INTEGER, "reason" TEXT NOT NULL, '
     'FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE RESTRICT, FOREIGN KEY ("component_id") '
     'REFERENCES "component" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "deposit_item_deposit_id" ON "deposit_item" ("deposit_id")',
    'CREATE INDEX "deposit_item_component_id" ON "deposit_item" ("component_id")',
    'CREATE INDEX "deposit_item_deposit_id_state" ON "deposit_item" ("deposit_id", "state")',
    'CREATE TABLE "annotation" ("id" INTEGER NOT NULL PRIMARY KEY, "component_id" INTEGER NOT NULL, "start_us" '
     'INTEGER NOT NULL, "end_us" INTEGER, "kind" TEXT NOT NULL, "text" TEXT NOT NULL, "person_id" INTEGER NOT NULL, '
     '"at" TEXT NOT NULL, "removed_at" TEXT, FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "annotation_component_id" ON "annotation" ("component_id")',
    'CREATE INDEX "annotation_person_id" ON "annotation" ("person_id")',
    'CREATE TABLE "request" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "requester_id" INTEGER NOT '
     'NULL, "case_id" INTEGER, "verb" TEXT NOT NULL, "copies" INTEGER NOT NULL, "purpose" TEXT NOT NULL, "until" '
     'TEXT NOT NULL, "state" TEXT NOT NULL, "created_at" TEXT NOT NULL, FOREIGN KEY ("requester_id") REFERENCES '
     '"person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE UNIQUE INDEX "request_number" ON "request" ("number")',
    'CREATE INDEX "request_requester_id" ON "request" ("requester_id")',
    'CREATE INDEX "request_case_id" ON "request" ("case_id")',
    'CREATE INDEX "request_state" ON "request" ("state")',
    'CREATE TABLE "request_item" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" INTEGER NOT NULL, "component_id" '
     'INTEGER NOT NULL, "spans" TEXT NOT NULL, FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "request_item_request_id" ON "request_item" ("request_id")',
    'CREATE INDEX "request_item_component_id" ON "request_item" ("component_id")',
    'CREATE TABLE "decision" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" INTEGER NOT NULL, "requester_id" '
     'INTEGER NOT NULL, "approver_id" INTEGER NOT NULL, "outcome" TEXT NOT NULL, "reason" TEXT NOT NULL, "document" '
     'TEXT NOT NULL, "signature" BLOB NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("request_id") REFERENCES "request" '
     '("id") ON DELETE RESTRICT, FOREIGN KEY ("requester_id") REFERENCES "person" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("approver_id") REFERENCES "person" ("id") ON DELETE RESTRICT, CHECK (approver_id <> '
     'requester_id))',
    'CREATE UNIQUE INDEX "decision_request_id" ON "decision" ("request_id")',
    'CREATE INDEX "decision_requester_id" ON "decision" ("requester_id")',
    'CREATE INDEX "decision_approver_id" ON "decision" ("approver_id")',
    'CREATE TABLE "grant" ("id" INTEGER NOT NULL PRIMARY KEY, "decision_id" INTEGER NOT NULL, "request_id" INTEGER '
     'NOT NULL, "grantee_id" INTEGER NOT NULL, "valid_from" TEXT NOT NULL, "until" TEXT NOT NULL, "revoked_at" '
     'TEXT, "revoked_by_id" INTEGER, "revoke_reason" TEXT NOT NULL, FOREIGN KEY ("decision_id") REFERENCES '
     '"decision" ("id") ON DELETE RESTRICT, FOREIGN KEY ("request_id") REFERENCES "request" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("grantee_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("revoked_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "grant_decision_id" ON "grant" ("decision_id")',
    'CREATE UNIQUE INDEX "grant_request_id" ON "grant" ("request_id")',
    'CREATE INDEX "grant_grantee_id" ON "grant" ("grantee_id")',
    'CREATE INDEX "grant_revoked_by_id" ON "grant" ("revoked_by_id")',
    'CREATE TABLE "grant_key" ("id" INTEGER NOT NULL PRIMARY KEY, "grant_id" INTEGER NOT NULL, "object_id" INTEGER '
     'NOT NULL, "sealed_key" BLOB NOT NULL, FOREIGN KEY ("grant_id") REFERENCES "grant" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("object_id") REFERENCES "stored_object" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "grant_key_grant_id" ON "grant_key" ("grant_id")',
    'CREATE INDEX "grant_key_object_id" ON "grant_key" ("object_id")',
    'CREATE UNIQUE INDEX "grant_key_grant_id_object_id" ON "grant_key" ("grant_id", "object_id")',
    'CREATE TABLE "copy" ("id" INTEGER NOT NULL PRIMARY KEY, "grant_id" INTEGER NOT NULL, "component_id" INTEGER '
     'NOT NULL, "number" INTEGER NOT NULL, "sha256" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT '
     'NULL, FOREIGN KEY ("grant_id") REFERENCES "grant" ("id") ON DELETE RESTRICT, FOREIGN KEY ("component_id") '
     'REFERENCES "component" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON '
     'DELETE RESTRICT)',
    'CREATE INDEX "copy_grant_id" ON "copy" ("grant_id")',
    'CREATE INDEX "copy_component_id" ON "copy" ("component_id")',
    'CREATE INDEX "copy_person_id" ON "copy" ("person_id")',
    'CREATE UNIQUE INDEX "copy_grant_id_component_id_number" ON "copy" ("grant_id", "component_id", "number")',
    'CREATE TABLE "search_entry" ("id" INTEGER NOT NULL PRIMARY KEY, "state" INTEGER NOT NULL, "trade" INTEGER NOT '
     'NULL, "privacy" INTEGER NOT NULL, "internal" INTEGER NOT NULL, "kind" TEXT NOT NULL, "case_id" INTEGER, '
     '"record_id" INTEGER, "component_id" INTEGER, "source" TEXT NOT NULL, "title" TEXT NOT NULL, "text" TEXT NOT '
     'NULL, "terms" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("record_id") REFERENCES "record" ("id") ON DELETE RESTRICT, FOREIGN KEY ("component_id") '
     'REFERENCES "component" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "search_entry_case_id" ON "search_entry" ("case_id")',
    'CREATE INDEX "search_entry_record_id" ON "search_entry" ("record_id")',
    'CREATE INDEX "search_entry_component_id" ON "search_entry" ("component_id")',
    'CREATE UNIQUE INDEX "search_entry_source" ON "search_entry" ("source")',
    'CREATE TABLE "ledger_entry" ("seq" INTEGER NOT NULL PRIMARY KEY, "leaf" TEXT NOT NULL, "hash" BLOB NOT NULL)',
    'CREATE TABLE "ledger_tree" ("id" INTEGER NOT NULL PRIMARY KEY, "size" INTEGER NOT NULL, "frontier" BLOB NOT '
     'NULL)',
    'CREATE TABLE "ledger_checkpoint" ("size" INTEGER NOT NULL PRIMARY KEY, "note" TEXT NOT NULL, "at" TEXT NOT '
     'NULL)',
    "ALTER TABLE ledger_entry ADD COLUMN at GENERATED ALWAYS AS (json_extract(leaf, '$.at')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN act GENERATED ALWAYS AS (json_extract(leaf, '$.act')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN outcome GENERATED ALWAYS AS (json_extract(leaf, '$.outcome')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN person GENERATED ALWAYS AS (json_extract(leaf, '$.person')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN case_id GENERATED ALWAYS AS (json_extract(leaf, '$.subject.case')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN record_id GENERATED ALWAYS AS (json_extract(leaf, '$.subject.record')) "
     'VIRTUAL',
    'ALTER TABLE ledger_entry ADD COLUMN component_id GENERATED ALWAYS AS (json_extract(leaf, '
     "'$.subject.component')) VIRTUAL",
    "ALTER TABLE ledger_entry ADD COLUMN request_id GENERATED ALWAYS AS (json_extract(leaf, '$.subject.request')) "
     'VIRTUAL',
    'CREATE INDEX ledger_entry_case_id ON ledger_entry (case_id) WHERE case_id IS NOT NULL',
    'CREATE INDEX ledger_entry_record_id ON ledger_entry (record_id) WHERE record_id IS NOT NULL',
    'CREATE INDEX ledger_entry_component_id ON ledger_entry (component_id) WHERE component_id IS NOT NULL',
    'CREATE INDEX ledger_entry_request_id ON ledger_entry (request_id) WHERE request_id IS NOT NULL',
    'CREATE INDEX ledger_entry_person ON ledger_entry (person)',
    "CREATE INDEX ledger_entry_outcome ON ledger_entry (outcome) WHERE outcome <> 'done'",
    'CREATE INDEX record_unlinked ON record (id) WHERE case_id IS NULL',
    "CREATE TRIGGER ledger_entry_fixed BEFORE UPDATE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger is "
     "append-only'); END",
    "CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry BEGIN SELECT RAISE(ABORT, 'ledger is "
     "append-only'); END",
    'CREATE TRIGGER decision_of_requester BEFORE INSERT ON decision WHEN NEW.requester_id <> (SELECT requester_id '
     "FROM request WHERE id = NEW.request_id) BEGIN SELECT RAISE(ABORT, 'requester of the decision is not that of "
     "the request'); END",
    "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', columnsize=0, detail=none, "
     'tokenize="unicode61 remove_diacritics 0 tokenchars \'_\'")',
)


def up(migrator: Any, db: Any) -> None:
    """Make every table, index and trigger of the first form in an empty database."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
