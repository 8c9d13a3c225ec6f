"""What every act on the procedure of a case has in common: the open case, the record, the recording, the rules it stands under."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from desktop import clearance as narrowing
from desktop import history
from desktop.acts import Service
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.policy.rules import Profile
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.times import BEIJING
from models.base import Base
from models.cases import CaseFolder, Record
from models.holdings import Component
from models.procedure import CaseActivity


class ProcedureDesk(Service):
    """The ground of the room's acts. All refuse what is filed, and what does not exist for the person."""

    def _case(self, case_id: int) -> CaseFolder:
        row: CaseFolder | None = narrowing.cases(self.archive.person.clearance).where(CaseFolder.id == case_id).first()
        if row is None:
            raise Refusal("not_found")
        if row.filed_at:
            raise Refusal("cases.filed", number=row.case_number)
        return row

    def _record(self, record_id: int) -> Record:
        """A record of an open case."""
        row: Record | None = narrowing.records(self.archive.person.clearance).where(Record.id == record_id).first()
        if row is None:
            raise Refusal("not_found")
        if row.case_id is None:
            raise Refusal("procedure.not_in_case", title=row.title)
        self._case(row.case_id)
        self._about(case=row.case_id)
        return row

    def _recording(self, component_id: int) -> Component:
        """A recording of an open case."""
        row: Component | None = narrowing.components(self.archive.person.clearance).where(Component.id == component_id).first()
        if row is None:
            raise Refusal("not_found")
        if row.kind not in ("video", "audio"):
            raise Refusal("procedure.no_recording", title=row.name)
        self._record(row.record_id)
        self._about(record=row.record_id)
        return row

    def _activity(self, activity_id: int, case_id: int | None = None) -> CaseActivity:
        """An activity of an open case; of that one where it is named."""
        row: CaseActivity | None = CaseActivity.get_or_none((CaseActivity.id == activity_id) & CaseActivity.removed_at.is_null())
        if row is None or (case_id is not None and row.case_id != case_id):
            raise Refusal("not_found")
        self._case(row.case_id)
        self._about(case=row.case_id)
        return row

    def _rules(self, case: CaseFolder | None) -> Profile:
        """The rules of a case; `None`, which the doors above have refused, is not found."""
        if case is None:
            raise Refusal("not_found")
        return self.archive.rules.profile(case.profile, case.profile_version)

    def _known(self, section: str, keys: Iterable[str]) -> None:
        """Raises `Refusal` procedure.unknown_word for a word that the vocabulary does not have."""
        words = vocabulary().keys(section)
        for key in keys:
            if key not in words:
                raise Refusal("procedure.unknown_word", word=key, known="、".join(term.title for term in words.values()))

    def _needs(self, reason: str) -> str:
        if not reason.strip():
            raise Refusal("change.reason_missing")
        return reason.strip()

    def _keep(self, model: type[Base], existing: Any, values: dict[str, Any], reason: str) -> list[str]:
        """Write a row that there is once for its thing: anew without a reason, changed with one. Returns the names of what changed."""
        if existing is None:
            model.create(**values, **self._signed())
            return sorted(values)
        later = {name: value for name, value in values.items() if name not in ("record", "component")}
        changed = history.amend(self.archive, existing, later, reason)
        return sorted(changed)

    def _signed(self) -> dict[str, Any]:
        """Who and when, of a new row."""
        return {"person": self.archive.person.id, "at": self._stamp()}

    def _stamp(self) -> str:
        return stamp(self.archive.clock.now())

    def _now(self) -> datetime:
        return self.archive.clock.now()

    def _today(self) -> date:
        return self._now().astimezone(BEIJING).date()


def listed(values: Iterable[str]) -> str:
    """A list as it stands in a table; what has no order is sorted, so that a change of nothing is none."""
    ordered = sorted(values) if isinstance(values, frozenset | set) else [one.strip() for one in values if one.strip()]
    return json.dumps(ordered, ensure_ascii=False)


def milliseconds(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
