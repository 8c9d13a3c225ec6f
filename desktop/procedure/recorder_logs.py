"""设备日志: the logs that recorders keep of themselves, linked to the register; their bytes lie in the vault as they came."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from desktop import clearance as narrowing
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.intake.deposit import deposit
from desktop.jobs import Progress
from desktop.procedure.forms import RecorderLogLine, WaitingLogLine
from desktop.tools.log_layouts import layouts
from desktop.tools.probing import NotTaken, open_source, probe_open, suffix_of
from desktop.tools.worker import Workers
from models.holdings import Component, DepositItem
from models.people import Person
from models.procedure import Recorder
from models.recorder_log import RecorderEvent, RecorderLog
from models.secrecy import Label
from models.terms import ComponentId, RecorderId

if TYPE_CHECKING:
    from desktop.archive import Archive

SHOWN = 50
_WAITING = """SELECT c.id FROM component c WHERE instr(c.probe, '"log": [[') AND NOT EXISTS (SELECT 1 FROM recorder_log l
    JOIN component o ON o.id = l.component_id WHERE o.object_id = c.object_id) ORDER BY c.id DESC LIMIT 1000"""


class RecorderLogActs(Service):
    """Who may read a recorder's clock may link its logs. Nothing of a log is ever changed; the recorder's own times stay."""

    @act("recorders.log_link", subject=lambda recorder_id, component_id: {"recorder": recorder_id, "component": component_id})
    def log_link(self, recorder_id: RecorderId, component_id: ComponentId) -> int:
        """Say that a deposited log is that of this recorder; returns how many events it tells.

        Raises `Refusal`: not_found, recorders.log_linked, recorders.log_other (it names another recorder of the register), and as `log_fault`.
        """
        component = narrowing.components(self.archive.person.clearance).where(Component.id == component_id).first()
        if component is None:
            raise Refusal("not_found")
        told = json.loads(component.probe)
        if not told.get("log"):
            raise log_fault(told.get("log_fault"), component.name)
        self._fits(recorder_id, told.get("log_numbers", ()), component.sha256)
        moments = sorted(_stamp(event[2]) for event in told["log"])
        row = RecorderLog.create(recorder=recorder_id, component=component_id, layout=told["log_layout"], first=moments[0], last=moments[-1],
                                 count=len(moments), person=self.archive.person.id, at=stamp(self.archive.clock.now()))
        self.archive.database.insert_all(RecorderEvent, ({"log_id": row.id, "line": line, "kind": kind, "at": _stamp(at), "file": file,
                                                         "words": words} for line, kind, at, file, words in told["log"]))
        self._note(layout=row.layout, events=len(moments), sha256=component.sha256)
        return len(moments)

    @reading("recorders.log_link")
    def log_fits(self, recorder_id: RecorderId, numbers: tuple[str, ...], sha256: str) -> None:
        """Raises `Refusal` where a log cannot be linked to this recorder: it names another one, or was linked before."""
        self._fits(recorder_id, numbers, sha256)

    @reading("procedure.read")
    def recorder_logs(self, recorder_id: RecorderId) -> list[RecorderLogLine]:
        """The logs of one recorder, the latest first."""
        seen = narrowing.components(self.archive.person.clearance, Component.select(Component.id))
        rows = (RecorderLog.select(RecorderLog, Person, Component).join(Person).switch(RecorderLog).join(Component)
                .where((RecorderLog.recorder == recorder_id) & (RecorderLog.component << seen)).order_by(RecorderLog.last.desc()))
        return [RecorderLogLine(ComponentId(row.component_id), row.component.name, _layout(row.layout), row.first, row.last, row.count,
                                row.person.name, row.at) for row in rows]

    @reading("procedure.read")
    def logs_waiting(self) -> list[WaitingLogLine]:
        """Logs that came with deposits and belong to no recorder yet, the latest first."""
        found = self.archive.database.connection().execute(_WAITING).fetchall()
        rows = narrowing.components(self.archive.person.clearance).where(Component.id << [one[0] for one in found])
        return [_waiting(row) for row in rows.order_by(Component.id.desc()).limit(SHOWN)]

    def _fits(self, recorder_id: int, numbers: tuple[str, ...], sha256: str) -> None:
        recorder = Recorder.get_or_none(Recorder.id == recorder_id)
        if recorder is None:
            raise Refusal("not_found")
        known = RecorderLog.select(RecorderLog, Component).join(Component).where(Component.sha256 == sha256).first()
        if known is not None:
            raise Refusal("recorders.log_linked", number=known.recorder.number, name=known.component.name)
        if numbers and not any(_same(number, recorder.number) for number in numbers):
            others = [row.number for row in Recorder.select() if any(_same(number, row.number) for number in numbers)]
            if others:
                raise Refusal("recorders.log_other", number=recorder.number, named="、".join(others))


def import_log(archive: Archive, recorder_id: RecorderId, path: bytes, progress: Progress) -> int:
    """Take a recorder's log into the archive and link it; returns how many events it tells. A log that is held already is linked as it is.

    Raises `Refusal` before anything is kept: intake.source_gone, recorders.log_unknown, recorders.log_faulty with the line and what is wrong
    there, recorders.log_linked, recorders.log_other.
    """
    name = os.path.basename(path).decode("utf-8", "replace")
    try:
        fd = open_source(path)
    except NotTaken as no:
        raise Refusal("recorders.log_unread", name=name) from no
    try:
        with Workers(1) as workers:
            found = probe_open(workers, fd, suffix_of(path))
        with os.fdopen(os.dup(fd), "rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
    finally:
        os.close(fd)
    if not found.log:
        raise log_fault(found.log_fault, name)
    archive.procedure.log_fits(recorder_id, found.log_numbers, digest)
    component = archive.intake.held(digest)
    if component is None:
        done = deposit(archive, [path], None, Label(), progress)
        item = DepositItem.get(DepositItem.deposit == done.deposit)
        if item.component_id is None:
            raise Refusal("recorders.log_unread", name=name)
        component = ComponentId(item.component_id)
    return int(archive.procedure.log_link(recorder_id, component))


def log_fault(fault: Any, name: str) -> Refusal:
    """Why a text is no log that can be read: the line and what is wrong there, or that no layout fits."""
    if not fault:
        return Refusal("recorders.log_unknown", name=name, known="、".join(one.title for one in layouts().values()))
    line, code, given = fault
    why = {
        "time_missing": _("the time is missing"), "time_wrong": _("“{given}” is no time that this layout knows"),
        "time_unset": _("the clock was not set: “{given}”"), "event_missing": _("the event is missing"),
        "columns": _("columns are missing: “{given}”"), "line_wrong": _("“{given}” has no time in front"),
        "too_many": _("there are more than {given} events in it"), "too_long": _("it is too long to be a log: {given} bytes"),
    }.get(code, code).format(given=given)
    return Refusal("recorders.log_faulty", name=name, line=line, why=why)


def _same(one: str, other: str) -> bool:
    """A label bears the end of a serial number as often as the whole."""
    left, right = one.strip().casefold(), other.strip().casefold()
    return bool(left and right) and (left.endswith(right) or right.endswith(left))


def _stamp(iso: str) -> str:
    return stamp(datetime.fromisoformat(iso))


def _layout(key: str) -> str:
    known = layouts().get(key)
    return known.title if known is not None else key


def _waiting(row: Component) -> WaitingLogLine:
    told = json.loads(row.probe)
    moments = sorted(_stamp(event[2]) for event in told["log"])
    return WaitingLogLine(ComponentId(row.id), row.name, _layout(told["log_layout"]), moments[0], moments[-1], len(moments),
                          tuple(told.get("log_numbers", ())))


