"""Acts on the agency's own list of matters to record (音像记录事项清单): it adds or raises, never lowers what the text makes a must."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, get_args

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.policy.listing import EXCUSES, AgencyRow, Listing, in_force
from desktop.policy.rules import Level
from desktop.policy.vocabulary import vocabulary
from desktop.rulebook.forms import DutyDraft, DutyLine
from desktop.rules_in_force import agency_row
from models.people import Person
from models.rulebook import DutyListing

_TEXTS = ("what", "place", "begins", "ends", "keeping", "reason")


class DutyActs(Service):
    """Every row is checked against the regulation in force: one that asks for less is refused with the article."""

    @act("duty_list.add")
    def duty_add(self, draft: DutyDraft) -> int:
        """Add a row. Raises `Refusal`: procedure.unknown_word, change.reason_missing, listing.lowers, listing.excuses."""
        row = DutyListing.create(**self._values(draft), person=self.archive.person.id, at=stamp(self.archive.clock.now()))
        self._note(event=draft.event, level=draft.level)
        return int(row.id)

    @act("duty_list.edit")
    def duty_edit(self, row_id: int, changes: Mapping[str, Any], reason: str) -> None:
        """Change a row: `changes` by the names of `DutyDraft`."""
        row = self._row(row_id)
        values = self._values(replace(_draft(row), **{name: given for name, given in changes.items() if name in DutyDraft.__dataclass_fields__}))
        changed = history.amend(self.archive, row, values, reason)
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("duty_list.remove")
    def duty_remove(self, row_id: int, reason: str) -> None:
        """Take a row away; the text's own duties stay."""
        row = self._row(row_id)
        history.amend(self.archive, row, {"removed_at": stamp(self.archive.clock.now())}, reason)
        self._note(event=row.event, reason=reason.strip())

    @reading("rulebook.read")
    def duty_rows(self) -> list[DutyLine]:
        """The agency's own rows that stand."""
        rows = DutyListing.select(DutyListing, Person).join(Person).where(DutyListing.removed_at.is_null()).order_by(DutyListing.id)
        return [DutyLine(row.id, _draft(row), row.what or vocabulary().title("event", row.event), row.person.name, row.at) for row in rows]

    @reading("rulebook.read")
    def listing(self) -> Listing:
        """The list in force under the agency's regulation: the defaults and the agency's own rows."""
        return self.archive.rules.listing(self.archive.rules.current(self.archive.header.profile, self.archive.clock.now()))

    def _values(self, draft: DutyDraft) -> dict[str, Any]:
        words = vocabulary()
        for section, keys in (("event", [draft.event]), ("trait", sorted(draft.traits))):
            for key in keys:
                if key not in words.keys(section):
                    raise Refusal("procedure.unknown_word", word=key, known="、".join(term.title for term in words.keys(section).values()))
        if draft.level not in get_args(Level) or draft.excuse not in EXCUSES:
            raise Refusal("procedure.unknown_word", word=draft.level, known="、".join(get_args(Level)))
        if not draft.reason.strip():
            raise Refusal("change.reason_missing")
        traits = json.dumps(sorted(draft.traits))
        row: AgencyRow = agency_row(draft.event, draft.level, draft.what or words.title("event", draft.event), draft.excuse, traits, draft.reason)
        in_force(self.archive.rules.current(self.archive.header.profile, self.archive.clock.now()), [row])
        return {"event": draft.event, "level": draft.level, "excuse": draft.excuse, "traits": traits,
                **{name: getattr(draft, name).strip() for name in _TEXTS}}

    def _row(self, row_id: int) -> DutyListing:
        row: DutyListing | None = DutyListing.get_or_none((DutyListing.id == row_id) & DutyListing.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        return row


def _draft(row: DutyListing) -> DutyDraft:
    return DutyDraft(row.event, row.level, row.excuse, frozenset(json.loads(row.traits)), row.what, row.place, row.begins, row.ends, row.keeping,
                     row.reason)
