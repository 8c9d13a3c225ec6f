"""重新查找间断: recordings that lie in the vault are walked through again for interruptions; nobody sees or hears anything of them."""

from __future__ import annotations

import functools
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop import clearance as narrowing
from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.i18n import _, finding_words
from desktop.jobs import Progress
from desktop.policy.listing import defaults
from desktop.procedure.desk import ProcedureDesk
from desktop.tools.asked import Readable, run_asking
from desktop.tools.probe_result import Probe, probe_of
from desktop.tools.worker import Workers
from desktop.vault.keys import open_data_key
from desktop.vault.segments import SegmentReader
from models.holdings import Component, ObjectTimeline
from models.terms import ComponentId

if TYPE_CHECKING:
    from desktop.archive import Archive

SECONDS_MOST = 3600.0  # of one recording; a worker that needs longer is ended, and what it found until then counts for nothing


@dataclass
class Rescanned:
    """What became of a search: recordings read to their end, interruptions found in them, and those not read, each with the refusal."""

    read: int = 0
    found: int = 0
    timeless: int = 0  # of the read ones, those whose format keeps no times
    left: list[tuple[str, Refusal]] = field(default_factory=list)


class RescanActs(ProcedureDesk):
    """A leader reads with the keys of the compartments; everybody else under a grant of their own that opens the whole recording."""

    @act("procedure.rescan", subject=lambda component_id, workers, progress: {"component": component_id}, check="_check_rescan")
    def rescan(self, component_id: ComponentId, workers: Workers, progress: Progress) -> Probe:
        """Walk through the packets of one recording and keep where its timeline leaps. Progress counts bytes.

        Raises `Refusal`: procedure.no_recording, cases.filed, requests.not_entrusted, grant.none, procedure.rescan_part, procedure.rescan_failed.
        """
        found = self._walked.pop(int(component_id))
        component = self._recording(component_id)
        values = {"method": found.walked, "jumps": json.dumps([list(one) for one in found.jumps]), "restarts": json.dumps(list(found.restarts)),
                  "covered_us": found.covered_us, "complete": found.walked != "part"}
        row = ObjectTimeline.get_or_none(ObjectTimeline.object == component.object_id)
        if row is None:
            ObjectTimeline.create(object=component.object_id, **values, **self._signed())
        else:
            history.amend(self.archive, row, values, _("Searched for interruptions again"))
        self._note(method=found.walked, jumps=len(found.jumps), restarts=len(found.restarts))
        return found

    # What the door asks before the transaction
    def _check_rescan(self, component_id: ComponentId, workers: Workers, progress: Progress) -> None:
        component = narrowing.components(self.archive.person.clearance).where(Component.id == component_id).first()
        if component is None:
            raise Refusal("not_found")
        if component.kind not in ("video", "audio"):
            raise Refusal("procedure.no_recording", title=component.name)
        if component.record.case_id is None:
            raise Refusal("procedure.not_in_case", title=component.name)
        self._case(component.record.case_id)
        if self.archive.person.compartments:
            with self._entrusted(component) as reader:
                found = _walk(workers, reader, component.name, progress)
        else:
            opened = self.archive.media.open(component_id)  # an act of its own: whose grant it is stands in the ledger, and when it was closed
            try:
                if opened.spans is not None:
                    raise Refusal("procedure.rescan_part", title=component.name)
                found = _walk(workers, opened.reader, component.name, progress)
            finally:
                self.archive.media.closed(component_id, opened.grant)
        self._walked[int(component_id)] = found

    @functools.cached_property
    def _walked(self) -> dict[int, Probe]:
        return {}

    def _entrusted(self, component: Component) -> SegmentReader:
        held, stored = self.archive.person.compartments, component.object
        names = stored.compartments.split()
        if any(name not in held for name in names):
            raise Refusal("requests.not_entrusted")
        data_key = open_data_key(bytes(stored.sealed_key), [held[name] for name in names], stored.object_id)
        return SegmentReader(self.archive.vault.open(stored.object_id), data_key, stored.object_id, stored.cipher_size,
                             self.archive.leases.of_session(self.archive.person))


def _walk(workers: Workers, reader: Readable, name: str, progress: Progress) -> Probe:
    args = {"jump_us": defaults().jump_seconds * 1_000_000, "seconds": SECONDS_MOST}
    facts, nothing = run_asking(workers, "timeline", reader, args, SECONDS_MOST + 60, lambda n: progress.step(name, n))
    found = probe_of(facts, nothing)
    if found.findings or not found.walked:
        raise Refusal("procedure.rescan_failed", title=name, why="、".join(finding_words(code) for code in found.findings) or "—")
    return found


def search_again(archive: Archive, components: Sequence[ComponentId], progress: Progress) -> Rescanned:
    """Search these recordings for interruptions, one after another. Progress counts bytes. One that may not be read, or cannot, is left with its
    refusal. Raises `Cancelled`: what was read stays."""
    rows = {row.id: row for row in narrowing.components(archive.person.clearance).where(Component.id << list(components))}
    progress.begin(sum(row.size for row in rows.values()), "B")
    done = Rescanned()
    with Workers(1) as workers:
        for component in components:
            try:
                found = archive.procedure.rescan(component, workers, progress)
            except Refusal as refusal:
                if refusal.code == "session.none":
                    raise
                row = rows.get(int(component))
                done.left.append((row.name if row is not None else "", refusal))
                continue
            done.read += 1
            done.found += len(found.jumps) + len(found.restarts)
            done.timeless += found.walked == "none"
    return done
