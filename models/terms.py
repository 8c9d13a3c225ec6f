"""The vocabulary of the field: stages, media, roles, outcomes. Identifiers follow the house's word list."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

PersonId = NewType("PersonId", int)
CaseId = NewType("CaseId", int)
RecordId = NewType("RecordId", int)
ComponentId = NewType("ComponentId", int)
RequestId = NewType("RequestId", int)
GrantId = NewType("GrantId", int)
AnnotationId = NewType("AnnotationId", int)
DepositId = NewType("DepositId", int)
ObjectId = NewType("ObjectId", str)
ActivityId = NewType("ActivityId", int)
StatementId = NewType("StatementId", int)
SuspensionId = NewType("SuspensionId", int)
RecorderId = NewType("RecorderId", int)
ScoringId = NewType("ScoringId", int)
DisclosureId = NewType("DisclosureId", int)
DisclosureStepId = NewType("DisclosureStepId", int)
ComplaintId = NewType("ComplaintId", int)


class Stage(StrEnum):
    """启动、调查取证、审查决定、送达执行、归档: the stages of an enforcement procedure."""

    START = "start"
    INVESTIGATE = "investigate"
    DECIDE = "decide"
    SERVE = "serve"
    FILE = "file"


class EnforcementKind(StrEnum):
    """执法行为种类."""

    PENALTY = "penalty"
    INSPECTION = "inspection"
    COERCION = "coercion"
    LICENSING = "licensing"
    COLLECTION = "collection"
    OTHER = "other"


class Medium(StrEnum):
    """What a record is: a paper, a moving picture, a sound, a photograph, or something else."""

    PAPER = "paper"
    VIDEO = "video"
    AUDIO = "audio"
    PHOTO = "photo"
    OTHER = "other"


class ComponentStatus(StrEnum):
    """`SOUND` opened as what it claims to be; `QUARANTINE` is kept as it is, with the reasons beside it."""

    SOUND = "sound"
    QUARANTINE = "quarantine"


class ItemState(StrEnum):
    """Where one file of a deposit stands."""

    WAITING = "waiting"
    ADMITTED = "admitted"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    FAILED = "failed"


class DepositState(StrEnum):
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"


class RequestState(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What a request asks for: 查阅 or 复制 (which includes 查阅)."""

    VIEW = "view"
    COPY = "copy"


class Outcome(StrEnum):
    """How an act ended, as the ledger has it."""

    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    FAILED = "failed"


class AnnotationKind(StrEnum):
    """What a mark on a recording points at. The second half are the statutory key points (重点摄录内容) and spoken notices, keys of `point`
    in the vocabulary; `SCENE`, `MEASURE` and `SERVICE` are the older names of `ENVIRONMENT`, `MEASURES` and `DOCUMENTS` and stay readable."""

    NOTE = "note"
    SCENE = "scene"
    PEOPLE = "people"
    RIGHTS = "rights"
    GOODS = "goods"
    MEASURE = "measure"
    SERVICE = "service"
    PRIVACY = "privacy"
    INTERRUPTION = "interruption"
    ARRIVAL = "arrival"
    LEAVING = "leaving"
    ENVIRONMENT = "environment"
    MEASURES = "measures"
    DOCUMENTS = "documents"
    OTHER = "other"
    SPOKEN_NOTICE = "spoken_notice"
    TOLD = "told"
    REASON = "reason"


class StatementKind(StrEnum):
    """未摄录原因说明、中止说明、逾期移交说明."""

    NOT_RECORDED = "not_recorded"
    INTERRUPTION = "interruption"
    LATE_DEPOSIT = "late_deposit"


class DisclosureStepKind(StrEnum):
    """A step of a request for government information: the first three are pauses (keys of `pause` in the vocabulary)."""

    CORRECTION = "correction"
    THIRD_PARTY = "third_party"
    OTHER_AGENCY = "other_agency"
    EXTENSION = "extension"
    ANSWER = "answer"
    WITHDRAWAL = "withdrawal"
