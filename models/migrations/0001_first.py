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
     'NULL, "kind" TEXT NOT NULL, "profile" TEXT NOT NULL, "profile_version" INTEGER NOT NULL, "procedure" TEXT NOT '
     'NULL, "conditions" TEXT NOT NULL, "retention_years" INTEGER, "stage" TEXT NOT NULL, "started_on" TEXT, '
     '"ended_on" TEXT, "filed_at" TEXT, "place" TEXT NOT NULL, "note" TEXT NOT NULL, "created_at" TEXT NOT NULL, '
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
    'CREATE INDEX "case_officer_name" ON "case_officer" ("name")',
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
    'CREATE TABLE "case_activity" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "kind" TEXT NOT '
     'NULL, "start" TEXT, "end" TEXT, "finished" TEXT, "place" TEXT NOT NULL, "officers" TEXT NOT NULL, "traits" '
     'TEXT NOT NULL, "document_id" INTEGER, "answers" TEXT NOT NULL, "unsuitable_ground" TEXT NOT NULL, '
     '"unsuitable_reason" TEXT NOT NULL, "unsuitable_by" TEXT NOT NULL, "note" TEXT NOT NULL, "person_id" INTEGER '
     'NOT NULL, "at" TEXT NOT NULL, "removed_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("document_id") REFERENCES "record" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "case_activity_case_id" ON "case_activity" ("case_id")',
    'CREATE INDEX "case_activity_document_id" ON "case_activity" ("document_id")',
    'CREATE INDEX "case_activity_person_id" ON "case_activity" ("person_id")',
    'CREATE TABLE "paper_facts" ("id" INTEGER NOT NULL PRIMARY KEY, "record_id" INTEGER NOT NULL, "form" TEXT NOT '
     'NULL, "items" TEXT NOT NULL, "dated" TEXT, "activity_id" INTEGER, "signers" TEXT NOT NULL, "fields" TEXT NOT '
     'NULL, "officers" TEXT NOT NULL, "interviewed" TEXT NOT NULL, "start" TEXT, "end" TEXT, "evidence" INTEGER NOT '
     'NULL, "copy" INTEGER NOT NULL, "outgoing" INTEGER NOT NULL, "approved_by" TEXT NOT NULL, "pages" INTEGER, '
     '"signed_pages" INTEGER, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("record_id") '
     'REFERENCES "record" ("id") ON DELETE RESTRICT, FOREIGN KEY ("activity_id") REFERENCES "case_activity" ("id") '
     'ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "paper_facts_record_id" ON "paper_facts" ("record_id")',
    'CREATE INDEX "paper_facts_activity_id" ON "paper_facts" ("activity_id")',
    'CREATE INDEX "paper_facts_person_id" ON "paper_facts" ("person_id")',
    'CREATE TABLE "recorder" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "model" TEXT NOT NULL, '
     '"holder" TEXT NOT NULL, "unit" TEXT NOT NULL, "note" TEXT NOT NULL, "active" INTEGER NOT NULL, "person_id" '
     'INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "recorder_number" ON "recorder" ("number")',
    'CREATE INDEX "recorder_person_id" ON "recorder" ("person_id")',
    'CREATE TABLE "recorder_reading" ("id" INTEGER NOT NULL PRIMARY KEY, "recorder_id" INTEGER NOT NULL, '
     '"deposit_id" INTEGER, "device_time" TEXT NOT NULL, "desk_time" TEXT NOT NULL, "ahead_ms" INTEGER NOT NULL, '
     '"person_id" INTEGER NOT NULL, FOREIGN KEY ("recorder_id") REFERENCES "recorder" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("deposit_id") REFERENCES "deposit" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") '
     'REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "recorder_reading_recorder_id" ON "recorder_reading" ("recorder_id")',
    'CREATE INDEX "recorder_reading_deposit_id" ON "recorder_reading" ("deposit_id")',
    'CREATE INDEX "recorder_reading_person_id" ON "recorder_reading" ("person_id")',
    'CREATE TABLE "footage_facts" ("id" INTEGER NOT NULL PRIMARY KEY, "component_id" INTEGER NOT NULL, '
     '"activity_id" INTEGER, "recorder_id" INTEGER, "start" TEXT, "end" TEXT, "returned" TEXT, "officer" TEXT NOT '
     'NULL, "claim_kind" TEXT NOT NULL, "claimant" TEXT NOT NULL, "claim_reason" TEXT NOT NULL, "evidence" INTEGER '
     'NOT NULL, "weight" TEXT NOT NULL, "gaps" TEXT NOT NULL, "sheet" TEXT NOT NULL, "transcript" TEXT NOT NULL, '
     '"stage_given" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("component_id") '
     'REFERENCES "component" ("id") ON DELETE RESTRICT, FOREIGN KEY ("activity_id") REFERENCES "case_activity" '
     '("id") ON DELETE RESTRICT, FOREIGN KEY ("recorder_id") REFERENCES "recorder" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "footage_facts_component_id" ON "footage_facts" ("component_id")',
    'CREATE INDEX "footage_facts_activity_id" ON "footage_facts" ("activity_id")',
    'CREATE INDEX "footage_facts_recorder_id" ON "footage_facts" ("recorder_id")',
    'CREATE INDEX "footage_facts_person_id" ON "footage_facts" ("person_id")',
    'CREATE INDEX "footage_facts_recorder_id_start" ON "footage_facts" ("recorder_id", "start")',
    'CREATE TABLE "statement" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "kind" TEXT NOT '
     'NULL, "activity_id" INTEGER, "component_id" INTEGER, "start" TEXT, "end" TEXT, "cause" TEXT NOT NULL, "text" '
     'TEXT NOT NULL, "reported_at" TEXT, "document" TEXT NOT NULL, "signature" BLOB NOT NULL, "person_id" INTEGER '
     'NOT NULL, "at" TEXT NOT NULL, "withdrawn_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("activity_id") REFERENCES "case_activity" ("id") ON DELETE RESTRICT, FOREIGN '
     'KEY ("component_id") REFERENCES "component" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES '
     '"person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "statement_case_id" ON "statement" ("case_id")',
    'CREATE INDEX "statement_activity_id" ON "statement" ("activity_id")',
    'CREATE INDEX "statement_component_id" ON "statement" ("component_id")',
    'CREATE INDEX "statement_person_id" ON "statement" ("person_id")',
    'CREATE TABLE "item_waiver" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "item" TEXT NOT '
     'NULL, "reason" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "withdrawn_at" TEXT, FOREIGN '
     'KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES '
     '"person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "item_waiver_case_id" ON "item_waiver" ("case_id")',
    'CREATE INDEX "item_waiver_person_id" ON "item_waiver" ("person_id")',
    'CREATE TABLE "limit_override" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "rule" TEXT NOT '
     'NULL, "number" INTEGER NOT NULL, "unit" TEXT NOT NULL, "cites" TEXT NOT NULL, "rank" TEXT NOT NULL, '
     '"person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "withdrawn_at" TEXT, FOREIGN KEY ("case_id") REFERENCES '
     '"case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE INDEX "limit_override_case_id" ON "limit_override" ("case_id")',
    'CREATE INDEX "limit_override_person_id" ON "limit_override" ("person_id")',
    'CREATE TABLE "limit_extension" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "rule" TEXT '
     'NOT NULL, "subject" TEXT NOT NULL, "number" INTEGER NOT NULL, "unit" TEXT NOT NULL, "approved_by" TEXT NOT '
     'NULL, "approved_on" TEXT NOT NULL, "reason" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, '
     '"withdrawn_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "limit_extension_case_id" ON "limit_extension" ("case_id")',
    'CREATE INDEX "limit_extension_person_id" ON "limit_extension" ("person_id")',
    'CREATE TABLE "limit_suspension" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "rule" TEXT '
     'NOT NULL, "subject" TEXT NOT NULL, "kind" TEXT NOT NULL, "start_on" TEXT NOT NULL, "end_on" TEXT, "reason" '
     'TEXT NOT NULL, "told" TEXT NOT NULL, "told_on" TEXT, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, '
     '"withdrawn_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "limit_suspension_case_id" ON "limit_suspension" ("case_id")',
    'CREATE INDEX "limit_suspension_person_id" ON "limit_suspension" ("person_id")',
    'CREATE TABLE "case_ending" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "kind" TEXT NOT '
     'NULL, "on_day" TEXT NOT NULL, "document" TEXT NOT NULL, "signature" BLOB NOT NULL, "person_id" INTEGER NOT '
     'NULL, "at" TEXT NOT NULL, "withdrawn_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "case_ending_case_id" ON "case_ending" ("case_id")',
    'CREATE INDEX "case_ending_person_id" ON "case_ending" ("person_id")',
    'CREATE TABLE "filing_order" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "gaps" TEXT NOT '
     'NULL, "reason" TEXT NOT NULL, "document" TEXT NOT NULL, "signature" BLOB NOT NULL, "person_id" INTEGER NOT '
     'NULL, "at" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN '
     'KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "filing_order_case_id" ON "filing_order" ("case_id")',
    'CREATE INDEX "filing_order_person_id" ON "filing_order" ("person_id")',
    'CREATE TABLE "hold" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "reason" TEXT NOT NULL, '
     '"person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "released_at" TEXT, "released_by_id" INTEGER, FOREIGN KEY '
     '("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" '
     '("id") ON DELETE RESTRICT, FOREIGN KEY ("released_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "hold_case_id" ON "hold" ("case_id")',
    'CREATE INDEX "hold_person_id" ON "hold" ("person_id")',
    'CREATE INDEX "hold_released_by_id" ON "hold" ("released_by_id")',
    'CREATE TABLE "case_clock" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "rule" TEXT NOT '
     'NULL, "subject" TEXT NOT NULL, "component_id" INTEGER, "topic" TEXT NOT NULL, "title" TEXT NOT NULL, '
     '"article" TEXT NOT NULL, "start" TEXT, "counted" TEXT, "due" TEXT, "alarm" TEXT, "met" TEXT, "late" INTEGER '
     'NOT NULL, "paused" INTEGER NOT NULL, "provisional" INTEGER NOT NULL, "calendar" TEXT NOT NULL, FOREIGN KEY '
     '("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("component_id") REFERENCES '
     '"component" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "case_clock_case_id" ON "case_clock" ("case_id")',
    'CREATE INDEX "case_clock_component_id" ON "case_clock" ("component_id")',
    'CREATE UNIQUE INDEX "case_clock_case_id_rule_subject" ON "case_clock" ("case_id", "rule", "subject")',
    'CREATE TABLE "profile_version" ("id" INTEGER NOT NULL PRIMARY KEY, "key" TEXT NOT NULL, "version" INTEGER NOT '
     'NULL, "text" TEXT NOT NULL, "reason" TEXT NOT NULL, "author_id" INTEGER NOT NULL, "at" TEXT NOT NULL, '
     '"seconded_by_id" INTEGER, "seconded_at" TEXT, "effective_from" TEXT, "withdrawn_at" TEXT, FOREIGN KEY '
     '("author_id") REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("seconded_by_id") REFERENCES '
     '"person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "profile_version_author_id" ON "profile_version" ("author_id")',
    'CREATE INDEX "profile_version_seconded_by_id" ON "profile_version" ("seconded_by_id")',
    'CREATE UNIQUE INDEX "profile_version_key_version" ON "profile_version" ("key", "version")',
    'CREATE TABLE "calendar_version" ("id" INTEGER NOT NULL PRIMARY KEY, "year" INTEGER NOT NULL, "version" '
     'INTEGER NOT NULL, "source" TEXT NOT NULL, "text" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT '
     'NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "calendar_version_person_id" ON "calendar_version" ("person_id")',
    'CREATE UNIQUE INDEX "calendar_version_year_version" ON "calendar_version" ("year", "version")',
    'CREATE TABLE "local_day" ("id" INTEGER NOT NULL PRIMARY KEY, "day" TEXT NOT NULL, "kind" TEXT NOT NULL, '
     '"name" TEXT NOT NULL, "source" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "removed_at" '
     'TEXT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "local_day_person_id" ON "local_day" ("person_id")',
    'CREATE TABLE "duty_listing" ("id" INTEGER NOT NULL PRIMARY KEY, "event" TEXT NOT NULL, "level" TEXT NOT NULL, '
     '"excuse" TEXT NOT NULL, "traits" TEXT NOT NULL, "what" TEXT NOT NULL, "place" TEXT NOT NULL, "begins" TEXT '
     'NOT NULL, "ends" TEXT NOT NULL, "keeping" TEXT NOT NULL, "reason" TEXT NOT NULL, "person_id" INTEGER NOT '
     'NULL, "at" TEXT NOT NULL, "removed_at" TEXT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE INDEX "duty_listing_person_id" ON "duty_listing" ("person_id")',
    'CREATE TABLE "profile_draft" ("id" INTEGER NOT NULL PRIMARY KEY, "key" TEXT NOT NULL, "person_id" INTEGER NOT '
     'NULL, "base_version" INTEGER NOT NULL, "base_text" TEXT NOT NULL, "seen" INTEGER NOT NULL, "text" TEXT NOT '
     'NULL, "reason" TEXT NOT NULL, "reasons" TEXT NOT NULL, "revision" INTEGER NOT NULL, "begun_at" TEXT NOT NULL, '
     '"kept_at" TEXT NOT NULL, "discarded_at" TEXT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE INDEX "profile_draft_person_id" ON "profile_draft" ("person_id")',
    'CREATE UNIQUE INDEX "profile_draft_key_person_id" ON "profile_draft" ("key", "person_id")',
    'CREATE TABLE "marking_sheet" ("id" INTEGER NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "text" TEXT NOT '
     'NULL, "reason" TEXT NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("person_id") '
     'REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "marking_sheet_version" ON "marking_sheet" ("version")',
    'CREATE INDEX "marking_sheet_person_id" ON "marking_sheet" ("person_id")',
    'CREATE TABLE "scoring" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "sheet_version" '
     'INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "result" TEXT NOT NULL, "document" TEXT '
     'NOT NULL, "signature" BLOB, "signed_at" TEXT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "scoring_case_id" ON "scoring" ("case_id")',
    'CREATE INDEX "scoring_person_id" ON "scoring" ("person_id")',
    'CREATE TABLE "score_line" ("id" INTEGER NOT NULL PRIMARY KEY, "scoring_id" INTEGER NOT NULL, "item" TEXT NOT '
     'NULL, "standing" TEXT NOT NULL, "lost" INTEGER NOT NULL, "reason" TEXT NOT NULL, "record_id" INTEGER, "place" '
     'TEXT NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("scoring_id") REFERENCES "scoring" ("id") ON DELETE RESTRICT, '
     'FOREIGN KEY ("record_id") REFERENCES "record" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "score_line_scoring_id" ON "score_line" ("scoring_id")',
    'CREATE INDEX "score_line_record_id" ON "score_line" ("record_id")',
    'CREATE UNIQUE INDEX "score_line_scoring_id_item" ON "score_line" ("scoring_id", "item")',
    'CREATE TABLE "disclosure_request" ("id" INTEGER NOT NULL PRIMARY KEY, "state" INTEGER NOT NULL, "trade" '
     'INTEGER NOT NULL, "privacy" INTEGER NOT NULL, "internal" INTEGER NOT NULL, "number" TEXT NOT NULL, '
     '"applicant" TEXT NOT NULL, "contact" TEXT NOT NULL, "channel" TEXT NOT NULL, "received_on" TEXT NOT NULL, '
     '"confirmed_on" TEXT, "wanted" TEXT NOT NULL, "about_from" TEXT, "about_to" TEXT, "place" TEXT NOT NULL, '
     '"officer" TEXT NOT NULL, "handler" TEXT NOT NULL, "profile" TEXT NOT NULL, "profile_version" INTEGER NOT '
     'NULL, "closed_on" TEXT, "created_at" TEXT NOT NULL, "created_by_id" INTEGER NOT NULL, FOREIGN KEY '
     '("created_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "disclosure_request_number" ON "disclosure_request" ("number")',
    'CREATE INDEX "disclosure_request_created_by_id" ON "disclosure_request" ("created_by_id")',
    'CREATE TABLE "disclosure_link" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" INTEGER NOT NULL, "case_id" '
     'INTEGER, "record_id" INTEGER, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "removed_at" TEXT, FOREIGN '
     'KEY ("request_id") REFERENCES "disclosure_request" ("id") ON DELETE RESTRICT, FOREIGN KEY ("case_id") '
     'REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("record_id") REFERENCES "record" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "disclosure_link_request_id" ON "disclosure_link" ("request_id")',
    'CREATE INDEX "disclosure_link_case_id" ON "disclosure_link" ("case_id")',
    'CREATE INDEX "disclosure_link_record_id" ON "disclosure_link" ("record_id")',
    'CREATE INDEX "disclosure_link_person_id" ON "disclosure_link" ("person_id")',
    'CREATE TABLE "disclosure_step" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" INTEGER NOT NULL, "kind" TEXT '
     'NOT NULL, "on_day" TEXT NOT NULL, "until" TEXT, "ended_on" TEXT, "whom" TEXT NOT NULL, "text" TEXT NOT NULL, '
     '"outcome" TEXT NOT NULL, "rule" TEXT NOT NULL, "number" INTEGER, "unit" TEXT NOT NULL, "person_id" INTEGER '
     'NOT NULL, "at" TEXT NOT NULL, "withdrawn_at" TEXT, FOREIGN KEY ("request_id") REFERENCES "disclosure_request" '
     '("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "disclosure_step_request_id" ON "disclosure_step" ("request_id")',
    'CREATE INDEX "disclosure_step_person_id" ON "disclosure_step" ("person_id")',
    'CREATE TABLE "disclosure_clock" ("id" INTEGER NOT NULL PRIMARY KEY, "request_id" INTEGER NOT NULL, "rule" '
     'TEXT NOT NULL, "subject" TEXT NOT NULL, "topic" TEXT NOT NULL, "title" TEXT NOT NULL, "article" TEXT NOT '
     'NULL, "start" TEXT, "counted" TEXT, "due" TEXT, "alarm" TEXT, "met" TEXT, "late" INTEGER NOT NULL, "paused" '
     'INTEGER NOT NULL, "provisional" INTEGER NOT NULL, "calendar" TEXT NOT NULL, FOREIGN KEY ("request_id") '
     'REFERENCES "disclosure_request" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "disclosure_clock_request_id" ON "disclosure_clock" ("request_id")',
    'CREATE UNIQUE INDEX "disclosure_clock_request_id_rule_subject" ON "disclosure_clock" ("request_id", "rule", '
     '"subject")',
    'CREATE TABLE "complaint" ("id" INTEGER NOT NULL PRIMARY KEY, "state" INTEGER NOT NULL, "trade" INTEGER NOT '
     'NULL, "privacy" INTEGER NOT NULL, "internal" INTEGER NOT NULL, "number" TEXT NOT NULL, "complainant" TEXT NOT '
     'NULL, "contact" TEXT NOT NULL, "channel" TEXT NOT NULL, "received_on" TEXT NOT NULL, "about" TEXT NOT NULL, '
     '"about_from" TEXT, "about_to" TEXT, "place" TEXT NOT NULL, "officer" TEXT NOT NULL, "handler" TEXT NOT NULL, '
     '"case_id" INTEGER, "result" TEXT NOT NULL, "closed_on" TEXT, "created_at" TEXT NOT NULL, "created_by_id" '
     'INTEGER NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON DELETE RESTRICT, FOREIGN KEY '
     '("created_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "complaint_number" ON "complaint" ("number")',
    'CREATE INDEX "complaint_case_id" ON "complaint" ("case_id")',
    'CREATE INDEX "complaint_created_by_id" ON "complaint" ("created_by_id")',
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
    'CREATE TABLE "former_key" ("id" INTEGER NOT NULL PRIMARY KEY, "person_id" INTEGER NOT NULL, "ed25519_public" '
     'BLOB NOT NULL, "until" TEXT NOT NULL, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "former_key_person_id" ON "former_key" ("person_id")',
    'CREATE TABLE "person_unit" ("id" INTEGER NOT NULL PRIMARY KEY, "person_id" INTEGER NOT NULL, "unit" TEXT NOT '
     'NULL, "since" TEXT NOT NULL, "author_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("person_id") '
     'REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("author_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE INDEX "person_unit_person_id" ON "person_unit" ("person_id")',
    'CREATE INDEX "person_unit_author_id" ON "person_unit" ("author_id")',
    'CREATE UNIQUE INDEX "person_unit_person_id_since" ON "person_unit" ("person_id", "since")',
    'CREATE TABLE "certificate" ("id" INTEGER NOT NULL PRIMARY KEY, "number" TEXT NOT NULL, "name" TEXT NOT NULL, '
     '"person_id" INTEGER, "unit" TEXT NOT NULL, "valid_from" TEXT NOT NULL, "valid_until" TEXT NOT NULL, "note" '
     'TEXT NOT NULL, "author_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "removed_at" TEXT, FOREIGN KEY ("person_id") '
     'REFERENCES "person" ("id") ON DELETE RESTRICT, FOREIGN KEY ("author_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE INDEX "certificate_number" ON "certificate" ("number")',
    'CREATE INDEX "certificate_name" ON "certificate" ("name")',
    'CREATE INDEX "certificate_person_id" ON "certificate" ("person_id")',
    'CREATE INDEX "certificate_author_id" ON "certificate" ("author_id")',
    'CREATE TABLE "power_version" ("id" INTEGER NOT NULL PRIMARY KEY, "version" INTEGER NOT NULL, "text" TEXT NOT '
     'NULL, "reason" TEXT NOT NULL, "author_id" INTEGER NOT NULL, "at" TEXT NOT NULL, "seconded_by_id" INTEGER, '
     '"seconded_at" TEXT, "effective_from" TEXT, "withdrawn_at" TEXT, FOREIGN KEY ("author_id") REFERENCES "person" '
     '("id") ON DELETE RESTRICT, FOREIGN KEY ("seconded_by_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "power_version_version" ON "power_version" ("version")',
    'CREATE INDEX "power_version_author_id" ON "power_version" ("author_id")',
    'CREATE INDEX "power_version_seconded_by_id" ON "power_version" ("seconded_by_id")',
    'CREATE TABLE "case_matter" ("id" INTEGER NOT NULL PRIMARY KEY, "case_id" INTEGER NOT NULL, "power" TEXT NOT '
     'NULL, "organ" TEXT NOT NULL, "penalties" TEXT NOT NULL, "act_ended" TEXT, "discovered" TEXT, "grave" INTEGER, '
     '"person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") ON '
     'DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "case_matter_case_id" ON "case_matter" ("case_id")',
    'CREATE INDEX "case_matter_person_id" ON "case_matter" ("person_id")',
    'CREATE TABLE "activity_coverage" ("id" INTEGER NOT NULL PRIMARY KEY, "activity_id" INTEGER NOT NULL, '
     '"case_id" INTEGER NOT NULL, "due" INTEGER NOT NULL, "proven" INTEGER NOT NULL, FOREIGN KEY ("activity_id") '
     'REFERENCES "case_activity" ("id") ON DELETE RESTRICT, FOREIGN KEY ("case_id") REFERENCES "case_folder" ("id") '
     'ON DELETE RESTRICT)',
    'CREATE UNIQUE INDEX "activity_coverage_activity_id" ON "activity_coverage" ("activity_id")',
    'CREATE INDEX "activity_coverage_case_id" ON "activity_coverage" ("case_id")',
    'CREATE TABLE "object_timeline" ("id" INTEGER NOT NULL PRIMARY KEY, "object_id" INTEGER NOT NULL, "method" '
     'TEXT NOT NULL, "jumps" TEXT NOT NULL, "restarts" TEXT NOT NULL, "covered_us" INTEGER NOT NULL, "complete" '
     'INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("object_id") REFERENCES '
     '"stored_object" ("id") ON DELETE RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE '
     'RESTRICT)',
    'CREATE UNIQUE INDEX "object_timeline_object_id" ON "object_timeline" ("object_id")',
    'CREATE INDEX "object_timeline_person_id" ON "object_timeline" ("person_id")',
    'CREATE TABLE "recorder_log" ("id" INTEGER NOT NULL PRIMARY KEY, "recorder_id" INTEGER NOT NULL, '
     '"component_id" INTEGER NOT NULL, "layout" TEXT NOT NULL, "first" TEXT NOT NULL, "last" TEXT NOT NULL, "count" '
     'INTEGER NOT NULL, "person_id" INTEGER NOT NULL, "at" TEXT NOT NULL, FOREIGN KEY ("recorder_id") REFERENCES '
     '"recorder" ("id") ON DELETE RESTRICT, FOREIGN KEY ("component_id") REFERENCES "component" ("id") ON DELETE '
     'RESTRICT, FOREIGN KEY ("person_id") REFERENCES "person" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "recorder_log_recorder_id" ON "recorder_log" ("recorder_id")',
    'CREATE UNIQUE INDEX "recorder_log_component_id" ON "recorder_log" ("component_id")',
    'CREATE INDEX "recorder_log_person_id" ON "recorder_log" ("person_id")',
    'CREATE TABLE "recorder_event" ("id" INTEGER NOT NULL PRIMARY KEY, "log_id" INTEGER NOT NULL, "line" INTEGER '
     'NOT NULL, "kind" TEXT NOT NULL, "at" TEXT NOT NULL, "file" TEXT NOT NULL, "words" TEXT NOT NULL, FOREIGN KEY '
     '("log_id") REFERENCES "recorder_log" ("id") ON DELETE RESTRICT)',
    'CREATE INDEX "recorder_event_log_id" ON "recorder_event" ("log_id")',
    'CREATE INDEX "recorder_event_log_id_at" ON "recorder_event" ("log_id", "at")',
    'CREATE TABLE "ledger_leaf" ("seq" INTEGER NOT NULL PRIMARY KEY, "leaf" TEXT, "hash" BLOB NOT NULL)',
    'CREATE TABLE "ledger_segment" ("id" INTEGER NOT NULL PRIMARY KEY, "words" TEXT NOT NULL)',
    'CREATE TABLE "ledger_checkpoint" ("size" INTEGER NOT NULL PRIMARY KEY, "note" TEXT NOT NULL, "at" TEXT NOT '
     'NULL)',
    "CREATE VIEW ledger_entry AS SELECT seq, leaf, hash, json_extract(leaf, '$.at') AS at, json_extract(leaf, "
     "'$.act') AS act, json_extract(leaf, '$.outcome') AS outcome, json_extract(leaf, '$.person') AS person, "
     "json_extract(leaf, '$.subject.case') AS case_id, json_extract(leaf, '$.subject.record') AS record_id, "
     "json_extract(leaf, '$.subject.component') AS component_id, json_extract(leaf, '$.subject.request') AS "
     'request_id FROM ledger_leaf WHERE leaf IS NOT NULL',
    'CREATE VIEW ledger_tree AS SELECT 1 AS id, seq - 1 AS size, hash AS frontier FROM ledger_leaf WHERE leaf IS '
     'NULL ORDER BY seq DESC LIMIT 1',
    'CREATE INDEX case_clock_open ON case_clock (alarm) WHERE met IS NULL AND alarm IS NOT NULL',
    'CREATE INDEX disclosure_clock_open ON disclosure_clock (alarm) WHERE met IS NULL AND alarm IS NOT NULL',
    'CREATE INDEX record_unlinked ON record (id) WHERE case_id IS NULL',
    'CREATE INDEX component_log ON component (id) WHERE instr(probe, \'"log": [[\')',
    "CREATE INDEX component_named ON component (name COLLATE NOCASE) WHERE kind IN ('video', 'audio')",
    'CREATE TRIGGER ledger_leaf_fixed BEFORE UPDATE ON ledger_leaf WHEN OLD.leaf IS NOT NULL OR NEW.seq <> OLD.seq '
     "BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END",
    "CREATE TRIGGER ledger_leaf_kept BEFORE DELETE ON ledger_leaf BEGIN SELECT RAISE(ABORT, 'ledger is "
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
