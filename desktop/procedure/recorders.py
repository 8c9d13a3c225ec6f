"""Acts on the register of recorders: entered, changed, and the clock of each read at docking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.procedure.desk import milliseconds
from desktop.procedure.forms import ClockReadingLine, DockDraft, RecorderDraft, RecorderLine
from desktop.procedure.times import check_moments
from models.holdings import Deposit
from models.people import Person
from models.procedure import Recorder, RecorderReading
from models.terms import RecorderId

_FIELDS = ("number", "model", "holder", "unit", "note", "active")


class RecorderActs(Service):
    """执法记录仪: the desk's clock is the archive's own, never typed in."""

    @act("recorders.add")
    def recorder_add(self, draft: RecorderDraft) -> RecorderId:
        """Enter a recorder. Raises `Refusal`: recorders.number_missing, recorders.number_taken."""
        self._check_number(draft.number.strip())
        values = {name: getattr(draft, name) for name in _FIELDS} | {"number": draft.number.strip()}
        row = Recorder.create(**values, person=self.archive.person.id, at=stamp(self.archive.clock.now()))
        self._about(recorder=row.id)
        self._note(number=row.number, holder=row.holder)
        return RecorderId(row.id)

    @act("recorders.edit", subject=lambda recorder_id, changes, reason: {"recorder": recorder_id})
    def recorder_edit(self, recorder_id: RecorderId, changes: Mapping[str, Any], reason: str) -> None:
        """Change a recorder's number, holder, unit …, or take it out of service (`active` False)."""
        row = self._recorder(recorder_id)
        values = {name: (bool(given) if name == "active" else str(given).strip()) for name, given in changes.items() if name in _FIELDS}
        if values.get("number", row.number) != row.number:
            self._check_number(str(values["number"]))
        changed = history.amend(self.archive, row, values, reason)
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("recorders.docked", subject=lambda recorder_id, draft: {"recorder": recorder_id})
    def docked(self, recorder_id: RecorderId, draft: DockDraft) -> int:
        """Write what the recorder's clock said at docking; returns by how many milliseconds it was ahead of the desk's."""
        self._recorder(recorder_id)
        now = self.archive.clock.now()
        check_moments(now, device_time=draft.device_time)
        if draft.deposit is not None and Deposit.get_or_none(Deposit.id == draft.deposit) is None:
            raise Refusal("not_found")
        ahead = milliseconds(draft.device_time - now)
        RecorderReading.create(recorder=recorder_id, deposit=draft.deposit, device_time=stamp(draft.device_time), desk_time=stamp(now),
                               ahead_ms=ahead, person=self.archive.person.id)
        self._note(ahead_ms=ahead)
        return ahead

    @reading("procedure.read")
    def recorders(self) -> list[RecorderLine]:
        """The register, those in service first, by number, each with its clock as last read."""
        latest: dict[int, tuple[int, str, int]] = {}
        for one in RecorderReading.select().order_by(RecorderReading.id):
            latest[one.recorder_id] = (one.ahead_ms, one.desk_time, latest.get(one.recorder_id, (0, "", 0))[2] + 1)
        return [_line(row, latest.get(row.id)) for row in Recorder.select().order_by(Recorder.active.desc(), Recorder.number)]

    @reading("procedure.read")
    def recorder_readings(self, recorder_id: RecorderId) -> list[ClockReadingLine]:
        """Every reading of one recorder's clock, the newest first."""
        rows = RecorderReading.select(RecorderReading, Person).join(Person).where(RecorderReading.recorder == recorder_id)
        return [ClockReadingLine(row.device_time, row.desk_time, row.ahead_ms, row.person.name) for row in rows.order_by(RecorderReading.id.desc())]

    def _recorder(self, recorder_id: int) -> Recorder:
        row: Recorder | None = Recorder.get_or_none(Recorder.id == recorder_id)
        if row is None:
            raise Refusal("not_found")
        return row

    def _check_number(self, number: str) -> None:
        if not number:
            raise Refusal("recorders.number_missing")
        if Recorder.select().where(Recorder.number == number).exists():
            raise Refusal("recorders.number_taken", number=number)


def _line(row: Recorder, read: tuple[int, str, int] | None) -> RecorderLine:
    ahead, at, count = read or (None, None, 0)
    return RecorderLine(RecorderId(row.id), RecorderDraft(row.number, row.model, row.holder, row.unit, row.note, bool(row.active)), ahead, at, count)
