"""What the room of cases takes and gives: drafts, lines, folders."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.record_lines import RecordLine
from models.secrecy import Label
from models.terms import CaseId, EnforcementKind, PersonId, Stage


@dataclass(frozen=True)
class PartyName:
    """One 当事人."""

    name: str
    organisation: bool = False


@dataclass(frozen=True)
class OfficerName:
    """One 承办人, with 执法证号, and the account where there is one."""

    name: str
    certificate: str = ""
    person: PersonId | None = None


@dataclass(frozen=True)
class CaseDraft:
    """A case folder as it is first written. Days are ISO text or None; `procedure` is a key of the vocabulary."""

    case_number: str
    cause: str
    kind: EnforcementKind
    parties: tuple[PartyName, ...] = ()
    officers: tuple[OfficerName, ...] = ()
    started_on: str | None = None
    ended_on: str | None = None
    stage: Stage = Stage.START
    label: Label = Label()
    place: str = ""
    note: str = ""
    procedure: str = "ordinary"


@dataclass(frozen=True)
class CaseFilter:
    """What the list is narrowed to; empty fields do not narrow."""

    stage: Stage | None = None
    kind: EnforcementKind | None = None
    filed: bool | None = None
    words: str = ""


@dataclass(frozen=True)
class CaseLine:
    """One row of the list of case folders. `label` is the folder's own, `carried` its join with the contents that are known."""

    id: CaseId
    case_number: str
    cause: str
    kind: EnforcementKind
    stage: Stage
    label: Label
    started_on: str | None
    ended_on: str | None
    filed_at: str | None
    parties: str = ""
    officers: str = ""
    records: int = 0
    carried: Label = Label()


@dataclass(frozen=True)
class Folder:
    """A case folder, opened: everything of it that the person may know."""

    line: CaseLine
    parties: tuple[PartyName, ...]
    officers: tuple[OfficerName, ...]
    place: str
    note: str
    profile: str
    created_at: str
    procedure: str
    profile_version: int
    records: tuple[RecordLine, ...] = field(default=())

    @property
    def label(self) -> Label:
        """The folder carries the join of its contents."""
        joined = self.line.label
        for record in self.records:
            joined = joined.join(record.label)
        return joined


@dataclass(frozen=True)
class HistoryLine:
    """One change of one field; `subject` is the record, or what was entered for a limit. The fields of a stretch that a limit leaves out begin
    with `suspension.`, those of an extension with `extension.`."""

    at: str
    person: str
    subject: str
    field: str
    old: str | None
    new: str | None
    reason: str
