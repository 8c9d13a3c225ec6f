"""程序: what was done in a case, what proves it, which limits run, and how it ended."""

from desktop.procedure.forms import (
    ActivityDraft,
    ActivityLine,
    AnswerableLine,
    ClockReadingLine,
    DockDraft,
    DueLine,
    EndingLine,
    FilingOrderLine,
    FootageDraft,
    FootageLine,
    PaperDraft,
    PaperLine,
    QuestionLine,
    ReasonLine,
    RecorderDraft,
    RecorderLine,
    SheetDraft,
    StatementDraft,
    StatementLine,
    SuspensionDraft,
    SuspensionLine,
    TimelineMark,
)
from desktop.procedure.recomputing import recompute
from desktop.procedure.room import Procedure

__all__ = ["ActivityDraft", "ActivityLine", "AnswerableLine", "ClockReadingLine", "DockDraft", "DueLine", "EndingLine", "FilingOrderLine",
           "FootageDraft", "FootageLine", "PaperDraft", "PaperLine", "Procedure", "QuestionLine", "ReasonLine", "RecorderDraft", "RecorderLine",
           "SheetDraft", "StatementDraft", "StatementLine", "SuspensionDraft", "SuspensionLine", "TimelineMark", "recompute"]
