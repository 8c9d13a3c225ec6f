"""The acts of intake: begin a deposit, admit what is safely in the vault, end it; what became of each file."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from peewee import fn

from desktop import clearance as narrowing
from desktop import history, resealing, search_index
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.database import first_row
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.intake.listing import Listed, shown_path
from desktop.intake.told import day_of_making, device_of, found_again, paper_text, shown_name, told_time
from desktop.intake.watching import name_persons, open_windows, piece_of, told_of
from desktop.jobs import Silent
from desktop.policy import Clock, profile
from desktop.policy.calendar import built_in_calendar
from desktop.policy.deadlines import clocks
from desktop.policy.guarding import Guarded, Watch, guard_words
from desktop.record_lines import ComponentLine, RecordLine, component_line, record_lines
from desktop.tools.probe_result import Probe
from desktop.vault.intake_pipe import Stored
from desktop.vault.keys import seal_data_key
from desktop.vault.previews import seal_preview
from models.cases import CaseFolder, Record
from models.facts import CaseFacts, Footage
from models.holdings import Component, Deposit, DepositItem, Preview, StoredObject
from models.people import Compartment
from models.secrecy import Label
from models.terms import CaseId, ComponentId, ComponentStatus, DepositId, DepositState, ItemState, Medium

_MEDIA = {"video": Medium.VIDEO, "audio": Medium.AUDIO, "photo": Medium.PHOTO, "pdf": Medium.PAPER}


@dataclass(frozen=True)
class Arrived:
    """One file that is in the vault, read back and probed: ready to be admitted."""

    item: int
    path: bytes
    stored: Stored
    probe: Probe
    modified: str | None


@dataclass(frozen=True)
class Admitted:
    """One file that became a record; `held` when its bytes were here already."""

    component: ComponentId
    held: bool
    record: int
    object_id: str
    cipher_sha256: str


@dataclass(frozen=True)
class DepositLine:
    """One deposit and what became of its files, by state."""

    id: DepositId
    source: str
    person: str
    started_at: str
    finished_at: str | None
    state: DepositState
    counts: dict[str, int]
    case_number: str

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class UnlinkedLine:
    """A recording that belongs to no case yet, with the deposit clock of the profile in force, and what open thing it may be about: while there
    is one, nothing may be done with it but to link it. No clock ever takes a recording away."""

    record: RecordLine
    component: ComponentLine
    clock: Clock
    guarded: Guarded = Guarded()
    guard: str = ""  # the same in words, empty where nothing guards it


@dataclass(frozen=True)
class QuarantineLine:
    """A component that is kept as it came but did not open as what it claims to be."""

    record: RecordLine
    component: ComponentLine


class Intake(Service):
    """Deposits. What was admitted stays, whatever happens to the rest."""

    @act("intake.begin", subject=lambda source, files, case_id, label: {"case": case_id} if case_id else {})
    def begin(self, source: bytes, files: Sequence[Listed], case_id: CaseId | None, label: Label) -> DepositId:
        """Write down what is to be taken in. Raises `Refusal`: cases.state_secret, cases.beyond_clearance, cases.filed."""
        if label.state:
            raise Refusal("cases.state_secret")
        if not self.archive.person.clearance.covers(label):
            raise Refusal("cases.beyond_clearance")
        self._not_filed(CaseFolder.get_by_id(case_id) if case_id else None)
        row = Deposit.create(source=source, source_shown=shown_path(source), case=case_id, state=DepositState.RUNNING.value,
                             label=json.dumps([label.trade, label.privacy, label.internal]), started_at=stamp(self.archive.clock.now()),
                             person=self.archive.person.id)
        self.archive.database.insert_all(DepositItem, ({"deposit_id": row.id, "path": f.path, "size": f.size, "state": ItemState.WAITING.value}
                                                       for f in files))
        self._about(deposit=row.id)
        self._note(files=len(files), bytes=sum(f.size for f in files))
        return DepositId(row.id)

    @act("intake.admit", subject=lambda deposit_id, arrived: {"deposit": deposit_id})
    def admit(self, deposit_id: DepositId, arrived: Sequence[Arrived]) -> list[tuple[ComponentId, bool]]:
        """Make records of files that are in the vault; one entry each, all in one transaction.

        Returns the component and whether it was already held (then the object just written is not kept).
        """
        deposit = Deposit.get_by_id(deposit_id)
        self._not_filed(deposit.case)
        label = self._label(deposit)
        publics = {c.name: bytes(c.public) for c in Compartment.select()}
        place = int(Record.select(fn.MAX(Record.position)).where(Record.case == deposit.case_id).scalar() or 0) if deposit.case_id else 0
        admitted = []
        for offset, one in enumerate(arrived, 1):
            new = self._admit_one(deposit, label, publics, one, place + offset)
            admitted.append((new.component, new.held))
            subject: dict[str, int | str] = {"record": new.record, "component": int(new.component)}
            if deposit.case_id:
                subject["case"] = deposit.case_id
            self._break(subject=subject, sha256=one.stored.sha256, size=one.stored.size, object=new.object_id, held=new.held,
                        cipher_sha256=new.cipher_sha256, kind=one.probe.kind, findings=list(one.probe.findings), name=shown_name(one.path))
        self._note(admitted=len(admitted))
        return admitted

    @act("intake.admit", subject=lambda deposit_id, item_id, component_id: {"deposit": deposit_id})
    def link_held(self, deposit_id: DepositId, item_id: int, component_id: ComponentId) -> ComponentId:
        """A file whose bytes are held already: a record of its own that points to the same object."""
        deposit, item = Deposit.get_by_id(deposit_id), DepositItem.get_by_id(item_id)
        self._not_filed(deposit.case)
        first = Component.get_by_id(component_id)
        place = int(Record.select(fn.MAX(Record.position)).where(Record.case == deposit.case_id).scalar() or 0) if deposit.case_id else 0
        label = self._label(deposit).join(first.record.label)
        record = self._record(deposit, label, bytes(item.path), first.kind, place + 1, None)
        component = self._component_like(first, record, deposit, bytes(item.path))
        self._settle(item.id, ItemState.DUPLICATE, component)
        self._index(record, component, bytes(item.path), label, deposit, paper_text(first))
        self._about(record=record, component=component)
        self._note(**self._seal_as_labelled(record))
        self._note(sha256=first.sha256, held=True, object=first.object.object_id, name=shown_name(bytes(item.path)))
        return ComponentId(component)

    @act("intake.admit", subject=lambda deposit_id, item_id, reason: {"deposit": deposit_id})
    def not_taken(self, deposit_id: DepositId, item_id: int, reason: str) -> None:
        """A file could not be taken in; it is untouched where it was, and may be tried again."""
        DepositItem.update(state=ItemState.FAILED.value, reason=reason).where(DepositItem.id == item_id).execute()
        self._note(reason=reason)

    @act("intake.end", subject=lambda deposit_id, stopped: {"deposit": deposit_id})
    def end(self, deposit_id: DepositId, stopped: bool) -> None:
        """Close a deposit, or write that it was stopped and can go on later."""
        state = DepositState.STOPPED if stopped else DepositState.DONE
        Deposit.update(state=state.value, finished_at=None if stopped else stamp(self.archive.clock.now())).where(Deposit.id == deposit_id).execute()
        self._note(state=state.value)

    @act("intake.begin", subject=lambda deposit_id: {"deposit": deposit_id})
    def again(self, deposit_id: DepositId) -> None:
        """Let a stopped deposit go on; files that failed are tried once more."""
        Deposit.update(state=DepositState.RUNNING.value).where(Deposit.id == deposit_id).execute()
        DepositItem.update(state=ItemState.WAITING.value, reason="").where(
            (DepositItem.deposit == deposit_id) & (DepositItem.state == ItemState.FAILED.value)).execute()

    @act("intake.release", subject=lambda component_id, reason: {"component": component_id})
    def release(self, component_id: ComponentId, reason: str) -> None:
        """Take a component out of quarantine, with a written reason; the findings stay on it."""
        history.amend(self.archive, Component.get_by_id(component_id), {"status": ComponentStatus.SOUND.value}, reason)
        self._note(reason=reason.strip())

    @reading("intake.read")
    def deposits(self, limit: int = 100) -> list[DepositLine]:
        """The latest deposits, newest first."""
        rows = list(Deposit.select().order_by(Deposit.id.desc()).limit(limit))
        counts: dict[int, dict[str, int]] = {}
        tallied: Any = (DepositItem.select(DepositItem.deposit, DepositItem.state, fn.COUNT(DepositItem.id))
                                      .where(DepositItem.deposit << [r.id for r in rows]).group_by(DepositItem.deposit, DepositItem.state).tuples())
        for deposit, state, count in tallied:
            counts.setdefault(deposit, {})[state] = count
        covers = self.archive.person.clearance.covers
        return [DepositLine(DepositId(r.id), r.source_shown, r.person.name, r.started_at, r.finished_at, DepositState(r.state),
                            counts.get(r.id, {}), r.case.case_number if r.case and covers(r.case.label) else "")
                for r in rows if covers(self._label(r))]

    @reading("intake.read")
    def waiting(self, deposit_id: DepositId) -> list[tuple[int, bytes, int]]:
        """The files of a deposit that are still to be taken in: (item, path, size)."""
        found = DepositItem.select().where((DepositItem.deposit == deposit_id) & (DepositItem.state == ItemState.WAITING.value))
        return [(i.id, bytes(i.path), i.size) for i in found.order_by(DepositItem.id)]

    @reading("intake.read")
    def failures(self, deposit_id: DepositId) -> list[tuple[str, str]]:
        """The files of a deposit that could not be taken in, and why."""
        found = DepositItem.select().where((DepositItem.deposit == deposit_id) & (DepositItem.state == ItemState.FAILED.value))
        return [(shown_path(bytes(i.path)), i.reason) for i in found.order_by(DepositItem.id)]

    @reading("intake.read")
    def quarantine(self) -> list[QuarantineLine]:
        """What is kept as it came, with the reasons, newest first."""
        found = narrowing.components(self.archive.person.clearance).where(Component.status == ComponentStatus.QUARANTINE.value)
        return [QuarantineLine(record_lines([c.record])[0], component_line(c)) for c in found.order_by(Component.id.desc())]

    @reading("intake.read")
    def set_aside(self, deposit_id: DepositId) -> list[QuarantineLine]:
        """What of one deposit went into quarantine, in the order it came."""
        found = narrowing.components(self.archive.person.clearance).where(
            (Component.deposit == deposit_id) & (Component.status == ComponentStatus.QUARANTINE.value))
        return [QuarantineLine(record_lines([c.record])[0], component_line(c)) for c in found.order_by(Component.id)]

    @reading("intake.read")
    def unlinked(self, limit: int = 500) -> list[UnlinkedLine]:
        """Recordings that belong to no case, oldest first, each with its deposit clock and what guards it of what the person may know of."""
        found = narrowing.components(self.archive.person.clearance).where(
            Record.case.is_null() & (Record.medium << [Medium.VIDEO.value, Medium.AUDIO.value])).order_by(Component.id).limit(limit)
        rows = list(found)
        if not rows:
            return []
        name_persons(rows)
        told, lines = told_of(rows), []
        pieces = [piece_of(c, told.get(c.id)) for c in rows]
        watch = Watch(open_windows(self.archive, pieces))
        records = {line.id: line for line in record_lines([c.record for c in rows])}
        for c, piece in zip(rows, pieces, strict=True):
            guarded = watch.over(piece)
            lines.append(UnlinkedLine(records[c.record_id], component_line(c), self._clock_of(piece), guarded, guard_words(guarded, piece)))
        return lines

    @reading("intake.read", subject=lambda component_id: {"component": component_id})
    def clock(self, component_id: ComponentId) -> Clock:
        """When a recording was due in the archive, and when it came."""
        row = Component.get_by_id(component_id)
        return self._clock_of(piece_of(row, told_of([row]).get(row.id)))

    @reading("intake.read")
    def held(self, sha256: str) -> ComponentId | None:
        """The first component with these bytes that exists for this person; what they may not know of is stored anew."""
        row = self._held(sha256)
        return ComponentId(row.id) if row else None

    @reading("intake.read")
    def size_held(self, size: int) -> bool:
        """Whether anything held has this size: a file of a new size cannot be a duplicate, and need not be read twice to know."""
        found = first_row(self.archive.database.connection(), "SELECT 1 FROM component WHERE size = ? LIMIT 1", (size,))
        return found is not None

    @reading("intake.sweep", signed_in=False)
    def sweep(self) -> int:
        """Remove what an interrupted deposit left in the vault: temporaries, and objects that no row answers for."""
        removed = self.archive.vault.sweep()
        for path, object_ids in self.archive.vault.intents.left():
            removed += self._remove_unknown(object_ids)
            path.unlink(missing_ok=True)
        return removed

    @reading("intake.sweep", signed_in=False)
    def take_back(self, object_ids: Sequence[str]) -> int:
        """Remove objects that were stored but not admitted; those that a row answers for stay."""
        removed = self._remove_unknown(object_ids)
        self.archive.vault.intents.acknowledge(object_ids)
        return removed

    def _remove_unknown(self, object_ids: Sequence[str]) -> int:
        known = {o.object_id for o in StoredObject.select(StoredObject.object_id).where(StoredObject.object_id << object_ids)}
        return sum(self.archive.vault.remove_if_there(object_id) for object_id in sorted(set(object_ids) - known))

    def _clock_of(self, piece: Footage) -> Clock:
        facts = CaseFacts(footage=(piece,))
        return clocks(profile(self.archive.header.profile), facts, built_in_calendar(), self.archive.clock.now(), topic="deposit")[0]

    def _not_filed(self, case: CaseFolder | None) -> None:
        """A case may be filed while a deposit for it is under way: what was admitted stays, the rest waits."""
        if case is not None and case.filed_at:
            raise Refusal("cases.filed", number=case.case_number)

    def _label(self, deposit: Deposit) -> Label:
        trade, privacy, internal = json.loads(deposit.label)
        own = Label(0, trade, privacy, internal)
        return own.join(deposit.case.label) if deposit.case else own

    def _admit_one(self, deposit: Deposit, label: Label, publics: dict[str, bytes], one: Arrived, place: int) -> Admitted:
        held = self._held(one.stored.sha256)
        label = label.join(held.record.label) if held is not None else label
        record = self._record(deposit, label, one.path, one.probe.kind, place, day_of_making(one.probe))
        if held is not None:
            component = self._component_like(held, record, deposit, one.path)
            self._settle(one.item, ItemState.DUPLICATE, component)
            self._index(record, component, one.path, label, deposit, one.probe.text)
            self._seal_as_labelled(record)
            stored = held.object
            return Admitted(ComponentId(component), True, record, stored.object_id, stored.cipher_sha256)
        now, insert = stamp(self.archive.clock.now()), self.archive.database.insert
        sealed = seal_data_key(one.stored.data_key, [publics[name] for name in label.compartments], one.stored.object_id)
        object_row = insert(StoredObject, object_id=one.stored.object_id, size=one.stored.size, sha256=one.stored.sha256,
                            cipher_size=one.stored.cipher_size, cipher_sha256=one.stored.cipher_sha256,
                            compartments=" ".join(label.compartments), sealed_key=sealed, created_at=now)
        component = self._component(object_row, record, deposit, one, now)
        if one.probe.thumbnail:
            insert(Preview, component_id=component, sealed=seal_preview(one.stored.data_key, one.stored.object_id, one.probe.thumbnail))
        self._settle(one.item, ItemState.ADMITTED if one.probe.sound else ItemState.QUARANTINED, component)
        self._index(record, component, one.path, label, deposit, one.probe.text)
        return Admitted(ComponentId(component), False, record, one.stored.object_id, one.stored.cipher_sha256)

    def _seal_as_labelled(self, record: int) -> dict[str, int]:
        """Bytes that are held already may now be part of a record with a stricter label: their key follows it."""
        reason = _("The same bytes came in under a stricter label.")
        return resealing.follow_label(self.archive, resealing.of_records(self.archive, [record]), reason, Silent())

    def _held(self, sha256: str) -> Component | None:
        """The first component with these bytes that exists for this person; most files are new, and one look at the index says so."""
        known = first_row(self.archive.database.connection(), "SELECT 1 FROM component WHERE sha256 = ? LIMIT 1", (sha256,))
        if known is None:
            return None
        found: Component | None = (narrowing.components(self.archive.person.clearance).where(Component.sha256 == sha256)
                                   .order_by(Component.id).first())
        return found

    def _settle(self, item: int, state: ItemState, component: int) -> None:
        self.archive.database.connection().execute("UPDATE deposit_item SET state = ?, component_id = ? WHERE id = ?",
                                                   (state.value, component, item))

    def _record(self, deposit: Deposit, label: Label, path: bytes, kind: str, place: int, made_on: str | None) -> int:
        title = os.path.splitext(shown_name(path))[0] or shown_name(path)
        return self.archive.database.insert(
            Record, case_id=deposit.case_id, title=title, medium=_MEDIA.get(kind, Medium.OTHER).value, position=place if deposit.case_id else 0,
            made_on=made_on, state=label.state, trade=label.trade, privacy=label.privacy, internal=label.internal,
            created_at=stamp(self.archive.clock.now()), created_by_id=self.archive.person.id)

    def _component(self, object_row: int, record: int, deposit: Deposit, one: Arrived, now: str) -> int:
        probe = one.probe
        return self.archive.database.insert(
            Component, record_id=record, object_id=object_row, deposit_id=deposit.id, original_name=os.path.basename(one.path),
            name=shown_name(one.path), kind=probe.kind, mime=probe.media_type, size=one.stored.size, sha256=one.stored.sha256,
            duration_us=probe.duration_us or None, width=probe.width or None, height=probe.height or None, pages=probe.pages or None,
            camera_time=told_time(probe), file_time=one.modified,
            device=device_of(probe), place=probe.location, probe=json.dumps(probe.to_json(), ensure_ascii=False),
            status=(ComponentStatus.SOUND if probe.sound else ComponentStatus.QUARANTINE).value, findings=json.dumps(list(probe.findings)),
            deposited_at=now, deposited_by_id=self.archive.person.id)

    def _component_like(self, first: Component, record: int, deposit: Deposit, path: bytes) -> int:
        fields: dict[str, Any] = {name: getattr(first, name) for name in (
            "object_id", "kind", "mime", "size", "sha256", "duration_us", "width", "height", "pages", "camera_time", "file_time", "device",
            "place", "probe")}
        fields["findings"], fields["status"] = found_again(first, path)
        return self.archive.database.insert(
            Component, record_id=record, deposit_id=deposit.id, original_name=os.path.basename(path), name=shown_name(path),
            duplicate_of_id=first.duplicate_of_id or first.id, deposited_at=stamp(self.archive.clock.now()),
            deposited_by_id=self.archive.person.id, **fields)

    def _index(self, record: int, component: int, path: bytes, label: Label, deposit: Deposit, text: str) -> None:
        name, database = shown_name(path), self.archive.database
        title = os.path.splitext(name)[0] or name
        search_index.index_new(database, "record", f"record:{record}", title=title, text=name, label=label, case=deposit.case_id,
                               record=record, component=component)
        if text:
            search_index.index_new(database, "paper", f"paper:{component}", title=title, text=text, label=label, case=deposit.case_id,
                                   record=record, component=component)
