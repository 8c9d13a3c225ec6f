"""The printed marking sheet (评查表): every item with its points, what was lost, why and where, and the signature."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from desktop.clock import stamp
from desktop.grants import local_text
from desktop.policy.scoring import Mark
from desktop.scoring.forms import Decided, RowLine, ScoringView
from desktop.tools.typesetting import typeset

if TYPE_CHECKING:
    from desktop.archive import Archive

# Printed papers are the agency's own and in Chinese, whatever language the desk speaks.
MARKS = {Mark.FULL: "符合", Mark.LOST: "扣分", Mark.NOT_APPLICABLE: "不适用", Mark.TO_CONFIRM: "待确认", Mark.PERSONS: "待评",
         Mark.SUSPECTED: "疑似", Mark.VETOED: "否决"}
JUDGED = {"S": "程序判", "A": "人确认", "H": "人评"}


def score_sheet_pdf(archive: Archive, view: ScoringView, cause: str) -> bytes:
    """One marking as PDF/A."""
    return typeset("score_sheet", score_sheet(archive.name, view, cause, stamp(archive.clock.now()), archive.person.name), archive.clock.now())


def score_sheet(unit: str, view: ScoringView, cause: str, now: str, printer: str) -> dict[str, Any]:
    """The facts of the printed sheet."""
    line = view.line
    signed = f"程序判，{line.person} {local_text(line.signed_at)[:10]} 签认" if line.signed_at else ""
    pairs = [["案由", cause], ["依据", view.rule], ["评查表", f"《{view.sheet_title}》第{line.sheet_version}版"], ["评查人", line.person],
             ["评查日期", local_text(line.signed_at)[:10] if line.signed_at else "尚未签名"]]
    parts = [{"title": block.title, "points": block.points, "rows": [_row(row, signed) for row in view.rows if row.block == block.key]}
             for block in view.blocks]
    return {"unit": unit, "title": view.sheet_title, "number": line.case_number, "pairs": pairs, "blocks": parts, "summary": _summary(view),
            "draft": "" if view.signed else "未签名，只供核对；疑似否决的各项须经评查人签认。", "source": view.source_words,
            "printed": f"{printer} {local_text(now)} 打印"}


def _summary(view: ScoringView) -> list[str]:
    counted = sum(1 for row in view.rows if row.mark is Mark.NOT_APPLICABLE)
    told = [f"实得{points(view.got)}分，适用满分{view.applicable}分（不适用{counted}项，不计入满分）。"]
    if view.vetoed:
        told.append(f"一票否决：{_ids(view.vetoed)}成立，总分记0，等次{view.grade}。")
    elif view.total is not None:
        told.append(f"得分{view.total}分，等次{view.grade}{'（暂定）' if view.provisional else ''}。")
    if view.suspected:
        told.append(f"疑似否决待签认：{_ids(view.suspected)}。")
    return told


def _ids(rows: Sequence[RowLine]) -> str:
    return "、".join(row.id for row in rows)


def _row(row: RowLine, signed: str) -> dict[str, Any]:
    return {"id": row.id, "words": row.words, "points": str(row.points) if row.points else "—", "lost": points(row.lost) if row.lost else "",
            "judged": JUDGED[row.judged], "standing": MARKS[row.mark], "marked": row.mark in (Mark.LOST, Mark.SUSPECTED, Mark.VETOED),
            "why": _why(row, signed)}


def _why(row: RowLine, signed: str) -> str:
    """The faults, on which records, under which articles, and who answers for the decision."""
    told = [] if row.decided is not None and row.decided.standing in ("full", "cleared", "not_applicable") else list(row.why)
    if told and row.decided is not None and row.decided.reason == "；".join(row.why):
        told = []  # the person took the program's words for their own
    shown = bool(row.why) and (bool(told) or row.lost > 0)
    records = dict.fromkeys(place.title for place in row.places if place.record is not None and place.kind in ("paper", "footage"))
    articles = dict.fromkeys(place.ground.article for place in row.places if place.ground is not None)
    if shown and records and row.decided is None:
        told.append("见" + "".join(f"《{title}》" for title in records))
    if row.decided is not None:
        told.append(_decided(row.decided))
    elif row.lost and signed:
        told.append(signed)
    return "；".join(filter(None, told)) + (f"（{'；'.join(articles)}）" if shown and articles else "")


def _decided(decided: Decided) -> str:
    at = f"《{decided.title}》{_where(decided.where)}" if decided.title else ""
    return "，".join(filter(None, [decided.reason, at, f"{decided.by} {local_text(decided.at)[:10]}"]))


def _where(where: str) -> str:
    return "" if not where else where if ":" in where else f"第{where}页"


def points(value: Decimal) -> str:
    """Points without idle zeros: 0.5, 2."""
    return format(value.normalize(), "f")
