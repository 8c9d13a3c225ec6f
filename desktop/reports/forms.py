"""What the room of reports takes and gives: which papers of a case can be printed, and the lines of the annual list."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from models.terms import CaseId


class Form(StrEnum):
    """案卷封面、卷内目录、书面说明、视听资料文字说明、齐全性检查表、备考表, in the order in which a folder holds them."""

    COVER = "cover"
    CONTENTS = "contents"
    STATEMENT = "statement"
    EVIDENCE = "evidence"
    COMPLETENESS = "completeness"
    END_SHEET = "end_sheet"


# Printed papers are the agency's own and in Chinese, whatever language the desk speaks.
TITLES = {Form.COVER: "案卷封面", Form.CONTENTS: "卷内目录", Form.STATEMENT: "书面说明", Form.EVIDENCE: "视听资料文字说明",
          Form.COMPLETENESS: "齐全性检查表", Form.END_SHEET: "备考表"}


@dataclass(frozen=True)
class Paper:
    """One paper that can be printed of a case. `id` is the statement or the recording it is about, 0 where there is one of its kind."""

    form: Form
    id: int = 0
    title: str = ""


@dataclass(frozen=True)
class AnnualLine:
    """One case of the annual list. Days are ISO text, None where there is none; `wanting` are the titles of items that are open, or that it was
    filed without by written order."""

    case: CaseId
    number: str
    cause: str
    parties: str
    officers: str
    kind: str
    procedure: str
    started: str | None
    decided: str | None
    ended: str | None
    filed: str | None
    kept: str
    wanting: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True)
class AnnualList:
    """年度案件清单 of one year: the cases begun in it, and by when it is to be handed in, where a text says so. `ground` is a sentence."""

    year: int
    lines: tuple[AnnualLine, ...]
    ground: str = ""
    due: str | None = None
    late: bool = False
