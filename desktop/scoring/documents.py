"""The signed marking as JSON, and back: what was signed is what is shown and printed afterwards, whatever the case became."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from desktop.policy.scoring import Mark
from desktop.policy.verdicts import Ground
from desktop.scoring.forms import BlockLine, Decided, Place, RowLine, ScoringLine, ScoringView
from desktop.signatures import signed_by
from models.rulebook import Scoring

FORMAT = "lantai-score-1"


def document_of(view: ScoringView, archive_id: str, sheet_text: str, signer: dict[str, Any], at: str) -> dict[str, Any]:
    """What is signed: every item with its points, what was lost, why, where, and who decided. Numbers are text with all their figures."""
    return {"format": FORMAT, "archive": archive_id, "case": view.line.case_number, "kind": view.kind, "rule": view.rule,
            "sheet": {"version": view.line.sheet_version, "title": view.sheet_title, "source": view.source_words, "veto_block": view.veto_block,
                      "sha256": hashlib.sha256(sheet_text.encode()).hexdigest(), "blocks": [asdict(block) for block in view.blocks]},
            "rows": [_row(row) for row in view.rows], "got": str(view.got), "applicable": view.applicable,
            "total": "" if view.total is None else str(view.total), "grade": {"key": view.grade_key, "title": view.grade},
            "vetoed": [row.id for row in view.vetoed], "signer": signer, "at": at}


def view_of_document(line: ScoringLine, said: dict[str, Any], mine: bool) -> ScoringView:
    """A signed marking as a page shows it."""
    sheet, grade = said["sheet"], said["grade"]
    return ScoringView(line, said["kind"], sheet["title"], sheet["source"], sheet["veto_block"], said["rule"],
                       tuple(BlockLine(**block) for block in sheet["blocks"]), tuple(_read_row(row) for row in said["rows"]),
                       Decimal(said["got"]), said["applicable"], Decimal(said["total"]) if said["total"] else None, grade["title"], grade["key"],
                       False, mine)


def summary(said: dict[str, Any]) -> str:
    """What a list needs of a signed marking, as it is kept beside the document."""
    kept = {name: said[name] for name in ("total", "grade", "got", "applicable", "vetoed")}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def sound(row: Scoring) -> bool:
    """Whether the signature fits the document, and the document fits the row beside it."""
    if row.signature is None or row.signed_at is None:
        return False
    if not signed_by(row.person, row.signed_at, row.document.encode(), bytes(row.signature)):
        return False
    said = json.loads(row.document)
    return bool(said["signer"]["id"] == row.person_id and said["case"] == row.case.case_number and summary(said) == row.result
                and said["sheet"]["version"] == row.sheet_version)


def _row(row: RowLine) -> dict[str, Any]:
    return {**asdict(row), "mark": row.mark.value, "lost": str(row.lost),
            "decided": None if row.decided is None else {**asdict(row.decided), "lost": str(row.decided.lost)}}


def _read_row(said: dict[str, Any]) -> RowLine:
    decided = said["decided"]
    return RowLine(**{**said, "mark": Mark(said["mark"]), "lost": Decimal(said["lost"]), "why": tuple(said["why"]), "open": tuple(said["open"]),
                      "places": tuple(_read_place(place) for place in said["places"]),
                      "seen": tuple(_read_place(place) for place in said.get("seen", ())),
                      "decided": None if decided is None else Decided(**{**decided, "lost": Decimal(decided["lost"])})})


def _read_place(said: dict[str, Any]) -> Place:
    return Place(**{**said, "ground": Ground(**said["ground"]) if said["ground"] else None})
