"""The acts on case folders: create, edit, order, move, label, file; each change with its reason."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from peewee import fn

from desktop import clearance as narrowing
from desktop import history, resealing, search_index
from desktop.acts import Service, act, reading
from desktop.cases import lines
from desktop.cases.forms import CaseDraft, CaseFilter, CaseLine, Folder, HistoryLine, OfficerName, PartyName
from desktop.cases.limit_changes import PREFIXES, limits_entered
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.jobs import Progress, Silent
from desktop.policy.vocabulary import vocabulary
from desktop.record_lines import RecordLine, record_lines
from models.base import FieldChange
from models.cases import CaseFolder, CaseOfficer, Party, Record
from models.holdings import Component
from models.secrecy import Label
from models.terms import CaseId, EnforcementKind, RecordId, Stage

_PLAIN = ("case_number", "cause", "kind", "procedure", "stage", "started_on", "ended_on", "place", "note")
_FIRST_YEAR, _AHEAD = 1990, 10


class Cases(Service):
    """Case folders. A filed case is closed to changes until an archivist reopens it with a reason."""

    @act("cases.create")
    def create(self, draft: CaseDraft) -> CaseId:
        """Open a new case folder; it stands under the version of the profile that is in force on the day it starts.

        Raises `Refusal`: cases.number_missing, cases.number_taken, cases.day_implausible, cases.end_before_start, cases.state_secret,
        cases.beyond_clearance.
        """
        number = draft.case_number.strip()
        self._check_number(number)
        self._check_label(draft.label)
        started = self._check_days(draft.started_on, draft.ended_on) or self.archive.rules.day_of(self.archive.clock.now())
        version = self.archive.rules.version(self.archive.header.profile, started)
        row = CaseFolder.create(
            case_number=number, cause=draft.cause.strip(), kind=draft.kind.value, profile=self.archive.header.profile,
            profile_version=version, procedure=_procedure(draft.procedure), stage=draft.stage.value, started_on=draft.started_on,
            ended_on=draft.ended_on, place=draft.place, note=draft.note,
            state=draft.label.state, trade=draft.label.trade, privacy=draft.label.privacy, internal=draft.label.internal,
            created_at=stamp(self.archive.clock.now()), created_by=self.archive.person.id)
        self._set_parties(row.id, draft.parties)
        self._set_officers(row.id, draft.officers)
        self._index(row.id)
        self._about(case=row.id)
        self.archive.person.looked.add(row.id)
        return CaseId(row.id)

    @act("cases.edit", subject=lambda case_id, changes, reason, progress=None: {"case": case_id})
    def edit(self, case_id: CaseId, changes: Mapping[str, Any], reason: str, progress: Progress | None = None) -> None:
        """Change fields of a case folder: plain fields, `label`, `parties` and `officers`. Each change keeps its history and its reason.

        A label brings its records' data keys to the compartments it asks for, in the same act; of a large case that has a `progress`.
        """
        row = self._open_case(case_id)
        plain = {k: (v.value if isinstance(v, Stage | EnforcementKind) else v) for k, v in changes.items() if k in _PLAIN}
        if "case_number" in plain:
            plain["case_number"] = str(plain["case_number"]).strip()
            if plain["case_number"] != row.case_number:
                self._check_number(plain["case_number"])
        if "procedure" in plain:
            plain["procedure"] = _procedure(str(plain["procedure"]))
        self._check_days(plain.get("started_on", row.started_on), plain.get("ended_on", row.ended_on))
        label = changes.get("label")
        if isinstance(label, Label):
            self._check_label(label)
            plain |= {"state": label.state, "trade": label.trade, "privacy": label.privacy, "internal": label.internal}
        changed = list(history.amend(self.archive, row, plain, reason))
        changed += self._edit_names(case_id, changes, reason)
        self._index(case_id)
        search_index.relabel(case=case_id)
        if {"state", "trade", "privacy"} & set(changed):
            self._note(**resealing.follow_label(self.archive, resealing.of_case(self.archive, case_id), reason, progress or Silent()))
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("cases.file", subject=lambda case_id, reason: {"case": case_id})
    def file(self, case_id: CaseId, reason: str) -> None:
        """归档. Raises `Refusal`: cases.file_incomplete while 案号, 当事人 or 承办人 (with 执法证号) is missing, cases.items_open while an item
        that the rules require is, with its article, unless a leader ordered in writing that the case be filed without it."""
        row = self._open_case(case_id)
        officers = lines.officers_of(case_id)
        missing = [name for name, there in (("案号", bool(row.case_number)), ("当事人", bool(lines.parties_of(case_id))), ("承办人", bool(officers)),
                                            ("执法证号", all(o.certificate.strip() for o in officers))) if not there]
        if missing:
            raise Refusal("cases.file_incomplete", missing="、".join(missing))
        ordered = self.archive.procedure.ordered_gaps(case_id)
        wanting = [item for item in self.archive.procedure.open_items(case_id) if item.id not in ordered]
        if wanting:
            raise Refusal("cases.items_open", count=len(wanting), missing="；".join(f"{item.title}（{item.ground.article}）" for item in wanting))
        if ordered:
            self._note(gaps=sorted(ordered))
        now = stamp(self.archive.clock.now())
        history.amend(self.archive, row, {"filed_at": now, "stage": Stage.FILE.value}, reason)
        Record.update(filed_at=now).where(Record.case == case_id).execute()

    @act("records.edit", subject=lambda record_id, changes, reason: {"record": record_id})
    def edit_record(self, record_id: RecordId, changes: Mapping[str, Any], reason: str) -> None:
        """Change a record's title, stage or date."""
        row = self._open_record(record_id)
        plain = {k: (v.value if isinstance(v, Stage) else v) for k, v in changes.items() if k in ("title", "stage", "made_on")}
        changed = history.amend(self.archive, row, plain, reason)
        if changed.get("title"):
            self._index_record(record_id)
            search_index.retitle(record_id, changed["title"])
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("records.edit", subject=lambda record_ids, case_id, stage, reason: {"case": case_id})
    def move(self, record_ids: Sequence[RecordId], case_id: CaseId, stage: Stage | None, reason: str) -> None:
        """Put records into a case folder, or into another; they come to the end of its contents."""
        self._open_case(case_id)
        place = int(Record.select(fn.MAX(Record.position)).where(Record.case == case_id).scalar() or 0)
        for offset, record_id in enumerate(record_ids, 1):
            row = self._open_record(record_id)
            there = {"case_id": case_id, "stage": Stage(stage).value if stage else row.stage}
            history.amend(self.archive, row, there, reason)
            Record.update(position=place + offset).where(Record.id == record_id).execute()
            self._index_record(record_id)
        moved = [int(r) for r in record_ids]
        self._note(**resealing.follow_label(self.archive, resealing.of_records(self.archive, moved), reason, Silent()))
        self._note(records=moved, reason=reason.strip())

    @act("records.edit", subject=lambda case_id, record_ids, reason: {"case": case_id})
    def order(self, case_id: CaseId, record_ids: Sequence[RecordId], reason: str) -> None:
        """Set the order of the contents: `record_ids` are all records of the case that the person sees, in their new order."""
        self._open_case(case_id)
        rows = {r.id: r for r in narrowing.records(self.archive.person.clearance).where(Record.case == case_id)}
        if set(rows) != {int(r) for r in record_ids}:
            raise Refusal("cases.order_stale")
        if not reason.strip():
            raise Refusal("change.reason_missing")
        before, places = _order_of(case_id), sorted(r.position for r in rows.values())
        if len(set(places)) != len(places):
            places = list(range(1, len(rows) + 1))
        for place, record_id in zip(places, record_ids, strict=True):
            Record.update(position=place).where((Record.id == record_id) & (Record.position != place)).execute()
        if _order_of(case_id) != before:
            history.keep(self.archive, "case_folder", case_id, "position", before, _order_of(case_id), reason)
        self._note(reason=reason.strip())

    @act("records.label", subject=lambda record_id, label, reason: {"record": record_id})
    def label(self, record_id: RecordId, label: Label, reason: str) -> None:
        """Set a record's label; it holds at the door from the same moment, and the data keys follow (`resealing`)."""
        self._check_label(label)
        row = self._open_record(record_id)
        changed = history.amend(self.archive, row, {"state": label.state, "trade": label.trade, "privacy": label.privacy,
                                                    "internal": label.internal}, reason)
        search_index.relabel(record=record_id)
        if changed:
            self._note(**resealing.follow_label(self.archive, resealing.of_records(self.archive, [int(record_id)]), reason, Silent()))
        self._note(label=list(label.names), was=list(row.label.names) if changed else [], reason=reason.strip())

    @act("cases.look", subject=lambda case_id: {"case": case_id})
    def look(self, case_id: CaseId) -> Folder:
        """Open a case folder; the looking is in the ledger."""
        self.archive.person.looked.add(int(case_id))
        return self._folder(case_id)

    @reading("cases.read", subject=lambda case_id: {"case": case_id})
    def folder(self, case_id: CaseId) -> Folder:
        """Read again a case folder that this session has opened with `look`."""
        if int(case_id) not in self.archive.person.looked:
            raise Refusal("cases.not_opened")
        return self._folder(case_id)

    @reading("cases.read")
    def count(self, narrowed: CaseFilter = CaseFilter()) -> int:
        """How many case folders there are for this person."""
        return int(lines.chosen(self.archive.person.clearance, narrowed).count())

    @reading("cases.read")
    def page(self, narrowed: CaseFilter = CaseFilter(), anchor: int | None = None, forward: bool = True, count: int = 100) -> list[CaseLine]:
        """One page of the list, newest first, from after (or before) the anchor."""
        return lines.page(self.archive.person.clearance, narrowed, anchor, forward, count)

    @reading("cases.read")
    def anchors(self, narrowed: CaseFilter = CaseFilter(), every: int = 256) -> list[int]:
        """The key of every so-many-th line, for jumps."""
        return lines.anchors(self.archive.person.clearance, narrowed, every)

    @reading("cases.read")
    def numbered(self, case_number: str) -> CaseId | None:
        """The case folder with this number, if it exists for this person."""
        row = narrowing.cases(self.archive.person.clearance).where(CaseFolder.case_number == case_number.strip()).first()
        return CaseId(row.id) if row else None

    @reading("cases.read")
    def unlinked(self, limit: int = 500) -> tuple[RecordLine, ...]:
        """Records that belong to no case yet, oldest first."""
        found = narrowing.records(self.archive.person.clearance).where(Record.case.is_null()).order_by(Record.id).limit(limit)
        return record_lines(found)

    @reading("cases.read", subject=lambda case_id: {"case": case_id})
    def history(self, case_id: CaseId) -> list[HistoryLine]:
        """Every change of the case folder, of its records and of what was entered for its limits, newest first."""
        row = CaseFolder.get_or_none(CaseFolder.id == case_id)
        if row is None:
            return []
        records = {str(r.id): r.title for r in narrowing.records(self.archive.person.clearance).where(Record.case == case_id)}
        of = {"case_folder": {str(case_id): ""}, "record": records,
              **limits_entered(case_id, self.archive.rules.profile(row.profile, row.profile_version))}
        found = (FieldChange.select().where(reduce(or_, [(FieldChange.table_name == table) & (FieldChange.row_id << list(rows))
                                                         for table, rows in of.items()]))
                 .order_by(FieldChange.id.desc()))
        lines = [HistoryLine(c.at, c.person, of[c.table_name][c.row_id], PREFIXES.get(c.table_name, "") + c.field, c.old, c.new, c.reason)
                 for c in found]
        return [told for line in lines if (told := _ordered(line, records) if line.field == "position" else line)]

    def _folder(self, case_id: CaseId) -> Folder:
        clearance = self.archive.person.clearance
        row = CaseFolder.get_by_id(case_id)
        found = record_lines(narrowing.records(clearance).where(Record.case == case_id).order_by(Record.position, Record.id))
        # Numbered anew for the person who looks: a gap would tell of a record that does not exist for them.
        records = tuple(replace(record, position=place) for place, record in enumerate(found, 1))
        return Folder(lines.case_lines([row], clearance)[0], lines.parties_of(case_id), lines.officers_of(case_id), row.place, row.note,
                      row.profile, row.created_at, row.procedure, row.profile_version, records)

    def _open_case(self, case_id: CaseId) -> CaseFolder:
        row: CaseFolder | None = CaseFolder.get_or_none(CaseFolder.id == case_id)
        if row is None:
            raise Refusal("not_found")
        if row.filed_at:
            raise Refusal("cases.filed", number=row.case_number)
        return row

    def _open_record(self, record_id: RecordId) -> Record:
        row: Record | None = narrowing.records(self.archive.person.clearance).where(Record.id == record_id).first()
        if row is None:
            raise Refusal("not_found")
        if row.filed_at:
            raise Refusal("records.filed", title=row.title)
        return row

    def _check_number(self, number: str) -> None:
        if not number:
            raise Refusal("cases.number_missing")
        if CaseFolder.select().where(CaseFolder.case_number == number).exists():
            raise Refusal("cases.number_taken", number=number)

    def _check_days(self, started: str | None, ended: str | None) -> date | None:
        """Refuse days that cannot be: of no calendar, of a year before any recorder or far ahead, an end before the start."""
        last = self.archive.clock.now().year + _AHEAD
        days = []
        for text in (started, ended):
            try:
                days.append(date.fromisoformat(text) if text else None)
            except ValueError as e:
                raise Refusal("cases.day_implausible", day=str(text), first=_FIRST_YEAR, last=last) from e
        for day in days:
            if day is not None and not _FIRST_YEAR <= day.year <= last:
                raise Refusal("cases.day_implausible", day=day.isoformat(), first=_FIRST_YEAR, last=last)
        if days[0] and days[1] and days[1] < days[0]:
            raise Refusal("cases.end_before_start", started=days[0].isoformat(), ended=days[1].isoformat())
        return days[0]

    def _check_label(self, label: Label) -> None:
        """State secrets do not enter an ordinary machine; nobody labels beyond what they may know, or they would lose sight of it."""
        if label.state:
            raise Refusal("cases.state_secret")
        if not self.archive.person.clearance.covers(label):
            raise Refusal("cases.beyond_clearance")

    def _edit_names(self, case_id: CaseId, changes: Mapping[str, Any], reason: str) -> list[str]:
        changed = []
        if "parties" in changes and tuple(changes["parties"]) != (old := lines.parties_of(case_id)):
            history.keep(self.archive, "case_folder", case_id, "parties", "、".join(p.name for p in old),
                         "、".join(p.name for p in changes["parties"]), reason)
            self._set_parties(case_id, changes["parties"])
            changed.append("parties")
        if "officers" in changes and tuple(changes["officers"]) != (was := lines.officers_of(case_id)):
            history.keep(self.archive, "case_folder", case_id, "officers", "、".join(o.name for o in was),
                         "、".join(o.name for o in changes["officers"]), reason)
            self._set_officers(case_id, changes["officers"])
            changed.append("officers")
        return changed

    def _set_parties(self, case_id: int, parties: Sequence[PartyName]) -> None:
        Party.delete().where(Party.case == case_id).execute()
        for place, party in enumerate(p for p in parties if p.name.strip()):
            Party.create(case=case_id, name=party.name.strip(), organisation=party.organisation, position=place)

    def _set_officers(self, case_id: int, officers: Sequence[OfficerName]) -> None:
        CaseOfficer.delete().where(CaseOfficer.case == case_id).execute()
        for place, officer in enumerate(o for o in officers if o.name.strip()):
            CaseOfficer.create(case=case_id, name=officer.name.strip(), certificate=officer.certificate, person=officer.person, position=place)

    def _index(self, case_id: int) -> None:
        row = CaseFolder.get_by_id(case_id)
        names = [p.name for p in lines.parties_of(case_id)] + [o.name for o in lines.officers_of(case_id)]
        search_index.index("case", f"case:{case_id}", title=row.case_number, text="\n".join([row.cause, *names, row.place, row.note]),
                           label=row.label, case=case_id, names=names)

    def _index_record(self, record_id: int) -> None:
        row = Record.get_by_id(record_id)
        files = list(Component.select().where(Component.record == record_id).order_by(Component.id))
        search_index.index("record", f"record:{record_id}", title=row.title, text="\n".join(f.name for f in files), label=row.label,
                           case=row.case_id, record=record_id, component=files[0].id if files else None)
        search_index.relabel(record=record_id)


def _procedure(key: str) -> str:
    """普通程序 or 简易程序, as the vocabulary has them."""
    words = vocabulary().keys("procedure")
    if key not in words:
        raise Refusal("procedure.unknown_word", word=key, known="、".join(term.title for term in words.values()))
    return key


def _order_of(case_id: int) -> list[int]:
    """The records of a case in the order of its contents, also those that the person does not see."""
    return [r.id for r in Record.select(Record.id).where(Record.case == case_id).order_by(Record.position, Record.id)]


def _ordered(line: HistoryLine, titles: Mapping[str, str]) -> HistoryLine | None:
    """A new order in the titles that the person may know; None where only what they may not know of has moved."""
    old, new = ([titles[str(r)] for r in json.loads(ids or "[]") if str(r) in titles] for ids in (line.old, line.new))
    return None if old == new else replace(line, old="、".join(old), new="、".join(new))
