"""Acts on the register of certificates (执法证): entered, corrected with a reason, taken out; a renewed one is entered beside the old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.registers.forms import CertificateDraft, CertificateLine
from models.people import Certificate, Person


class CertificateActs(Service):
    """Whose certificate was valid on which day. What was corrected keeps its history."""

    @act("registers.certificate_add")
    def certificate_add(self, draft: CertificateDraft) -> int:
        """Enter a certificate. Raises `Refusal`: certificates.incomplete, certificates.days, certificates.twice."""
        row = Certificate.create(**self._values(draft, None), author=self.archive.person.id, at=stamp(self.archive.clock.now()))
        self._note(number=row.number, name=row.name, valid_from=row.valid_from, valid_until=row.valid_until)
        return int(row.id)

    @act("registers.certificate_edit")
    def certificate_edit(self, certificate_id: int, changes: Mapping[str, Any], reason: str) -> None:
        """Correct a certificate: `changes` by the names of `CertificateDraft`. Raises as `certificate_add`, and change.reason_missing."""
        row = self._certificate(certificate_id)
        draft = replace(draft_of(row), **{name: given for name, given in changes.items() if name in CertificateDraft.__dataclass_fields__})
        changed = history.amend(self.archive, row, self._values(draft, row.id), reason)
        self._note(number=row.number, name=row.name, fields=sorted(changed), reason=reason.strip())

    @act("registers.certificate_remove")
    def certificate_remove(self, certificate_id: int, reason: str) -> None:
        """Take a certificate out that was entered by mistake; one that has run out stays, for the acts of its days."""
        row = self._certificate(certificate_id)
        history.amend(self.archive, row, {"removed_at": stamp(self.archive.clock.now())}, reason)
        self._note(number=row.number, name=row.name, reason=reason.strip())

    @reading("registers.read")
    def certificates(self) -> list[CertificateLine]:
        """Every certificate that stands, by holder, the newest of each first."""
        today = self.archive.rules.day_of(self.archive.clock.now())
        rows = Certificate.select(Certificate, Person).join(Person, on=(Certificate.author == Person.id)).where(Certificate.removed_at.is_null())
        lines = [CertificateLine(row.id, draft_of(row), row.author.name, row.at, (date.fromisoformat(row.valid_until) - today).days) for row in rows]
        return sorted(lines, key=lambda line: (line.draft.name, -line.draft.valid_until.toordinal()))

    def _values(self, draft: CertificateDraft, own: int | None) -> dict[str, Any]:
        number, name = draft.number.strip(), draft.name.strip()
        if not number or not name:
            raise Refusal("certificates.incomplete")
        if draft.valid_until < draft.valid_from:
            raise Refusal("certificates.days", first=draft.valid_from.isoformat(), last=draft.valid_until.isoformat())
        for other in Certificate.select().where((Certificate.number == number) & Certificate.removed_at.is_null()):
            if other.id != own and (other.name != name or (other.valid_from <= draft.valid_until.isoformat()
                                                           and draft.valid_from.isoformat() <= other.valid_until)):
                raise Refusal("certificates.twice", number=number, name=other.name)
        person = Person.get_or_none(Person.name == name)
        return {"number": number, "name": name, "person_id": person.id if person else None, "unit": draft.unit.strip(),
                "valid_from": draft.valid_from.isoformat(), "valid_until": draft.valid_until.isoformat(), "note": draft.note.strip()}

    def _certificate(self, certificate_id: int) -> Certificate:
        row: Certificate | None = Certificate.get_or_none((Certificate.id == certificate_id) & Certificate.removed_at.is_null())
        if row is None:
            raise Refusal("not_found")
        return row


def draft_of(row: Certificate) -> CertificateDraft:
    """A certificate as it stands."""
    return CertificateDraft(row.number, row.name, date.fromisoformat(row.valid_from), date.fromisoformat(row.valid_until), row.unit, row.note)
