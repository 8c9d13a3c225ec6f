"""The facts of the printed forms of one case folder: cover, contents, end-sheet, completeness, statements, evidence descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from desktop.cases.forms import Folder
from desktop.grants import local_text
from desktop.policy.clocks import BEIJING
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Answers, Ground, ItemVerdict, Standing
from desktop.procedure.forms import EndingLine, FilingOrderLine, FootageLine, StatementLine
from desktop.record_lines import RecordLine
from models import timecode
from models.terms import StatementKind

# Printed papers are the agency's own and in Chinese, whatever language the desk speaks.
STANDINGS = {
    Standing.PRESENT: "已有", Standing.MISSING: "缺", Standing.INCOMPLETE: "不全", Standing.NOT_APPLICABLE: "不涉及",
    Standing.WAIVED: "不适用", Standing.UNANSWERED: "待确认", Standing.VIOLATED: "违反", Standing.EXCUSED: "依规定免录",
    Standing.OPTIONAL: "可有",
}
STATEMENTS = {
    StatementKind.NOT_RECORDED: "未摄录原因说明", StatementKind.INTERRUPTION: "中止记录情况说明",
    StatementKind.LATE_DEPOSIT: "逾期移交情况说明",
}


def cover(unit: str, folder: Folder, kind: str, kept: str, ending: EndingLine | None, order: FilingOrderLine | None) -> dict[str, Any]:
    """案卷封面: the fields of GB/T 9705; a case filed with gaps says so on its face."""
    line = folder.line
    pairs = [["执法类别", kind], ["案由", line.cause], ["当事人", "、".join(p.name for p in folder.parties)],
             ["承办人", "、".join(f"{o.name}（{o.certificate}）" if o.certificate else o.name for o in folder.officers)],
             ["归档日期", _day(line.filed_at)]]
    first, last = _span(folder, ending)
    return {"unit": unit, "title": line.cause, "number": line.case_number, "mark": _mark(folder), "pairs": pairs, "kept": kept,
            "span": f"{first} 至 {last}", "amount": _amount(folder.records),
            "note": f"本卷带缺归档，经{order.person}书面同意，详见备考表。" if order else ""}


def contents_list(unit: str, folder: Folder) -> dict[str, Any]:
    """卷内目录: one row for each record in the order of the contents, pages counted through."""
    rows, page = [], 1
    for record in folder.records:
        pages = sum(c.pages or 0 for c in record.components)
        shown = ""
        if pages:
            shown, page = (str(page) if pages == 1 else f"{page}—{page + pages - 1}"), page + pages
        length = sum(c.duration_us or 0 for c in record.components)
        rows.append({"place": record.position, "number": "", "author": record.created_by, "title": record.title, "date": record.made_on or "",
                     "pages": shown or (timecode.text(length, 0) if length else ""), "note": "、".join(_label_words(record))})
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "rows": rows, "total": f"共{_amount(folder.records)}。"}


def end_sheet(
    unit: str, folder: Folder, compiler: str, day: date, order: FilingOrderLine | None, statements: Sequence[StatementLine],
) -> dict[str, Any]:
    """备考表: what is in the folder, what was stated in writing, and the gaps it was filed with."""
    situation = [f"本卷共{_amount(folder.records)}。"]
    restricted = sum(1 for r in folder.records if r.label.trade or r.label.privacy)
    if restricted:
        situation.append(f"其中{restricted}件标注商业秘密或者个人隐私，查阅复制须按规定办理。")
    broken = [r.title for r in folder.records if any(c.status != "sound" for c in r.components)]
    if broken:
        situation.append(f"原始文件不能正常打开、按原样保存的{len(broken)}件：{'、'.join(broken)}。")
    standing = [s for s in statements if not s.withdrawn_at]
    if standing:
        told = "；".join(f"{STATEMENTS[s.draft.kind]}（{s.person}，{_day(s.at)}）" for s in standing)
        situation.append(f"随卷书面说明{len(standing)}份：{told}。")
    gaps: list[str] = []
    if order is not None:
        gaps = [f"{title}（{article}）" for _item, title, article in order.gaps]
        gaps.append(f"负责人{order.person}于{local_text(order.at)}书面同意，理由：{order.reason}")
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "situation": situation, "gaps": gaps, "compiler": compiler,
            "checker": "", "date": f"{day:%Y年%m月%d日}"}


def completeness(unit: str, folder: Folder, profile: Profile, stages: dict[str, str], answers: Answers, printed: str) -> dict[str, Any]:
    """齐全性检查表: every required item with its article, by stage; what is wanting in words."""
    shown = [v for v in answers.items if v.standing is not Standing.NOT_APPLICABLE]
    parts = [{"title": title, "rows": [_item_row(v) for v in shown if v.stage == key]} for key, title in stages.items()]
    open_items = sum(v.open for v in answers.items)
    alarms = [alarm.words + ("（疑似，请人工核对）" if alarm.suspected else "") for alarm in answers.alarms]
    summary = f"应当有的事项中尚缺{open_items}项。" if open_items else "应当有的事项已经齐全。"
    return {"unit": unit, "number": folder.line.case_number, "title": folder.line.cause, "mark": _mark(folder),
            "rule": f"《{profile.title}》第{profile.version}版", "stages": [part for part in parts if part["rows"]], "alarms": alarms,
            "summary": summary, "printed": printed}


def statement(unit: str, folder: Folder, line: StatementLine, about: str, ground: Ground | None) -> dict[str, Any]:
    """A written statement, with the exact stretch that it explains and the article that asks for it."""
    draft = line.draft
    pairs = [["案号", folder.line.case_number], ["事由", about]]
    if draft.start is not None:
        until = f" 至 {_moment(draft.end)}" if draft.end is not None else ""
        pairs.append(["时间", f"{_moment(draft.start)}{until}"])
    if draft.cause:
        pairs.append(["原因类别", draft.cause])
    return {"unit": unit, "title": STATEMENTS[draft.kind], "number": "", "mark": _mark(folder), "pairs": pairs,
            "ground": None if ground is None else {"article": ground.article, "text": ground.text}, "body": draft.text, "person": line.person,
            "date": _day(line.at), "reported": f"已于{_moment(draft.reported)}报告单位主要负责人。" if draft.reported else ""}


def evidence_sheet(
    unit: str, folder: Folder, line: FootageLine, sha256: str, fields: Sequence[str], grounds: Iterable[Ground], printed: str,
) -> dict[str, Any]:
    """视听资料文字说明: the fields that the regulation and the court's evidence rules ask for, and the words spoken."""
    length = timecode.text(line.duration_us, 0) if line.duration_us else "—"
    pairs = [["案号", folder.line.case_number], ["名称", line.title], ["原始文件", line.name], ["时长", length],
             ["摄录时间", f"{_moment(line.start)} 至 {_moment(line.end)}" if line.start and line.end else line.camera_time or "—"],
             ["设备", line.device or "—"], ["SHA-256", sha256], *([name, line.sheet.get(name, "")] for name in fields)]
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "pairs": pairs,
            "ground": [{"article": g.article, "text": g.text} for g in grounds], "transcript": line.transcript, "printed": printed}


def _item_row(verdict: ItemVerdict) -> dict[str, Any]:
    wanting = "；".join(verdict.wanting) or (f"不适用：{verdict.waiver}" if verdict.waiver else "")
    return {"item": verdict.title, "article": verdict.ground.article, "standing": STANDINGS[verdict.standing], "wanting": wanting,
            "marked": verdict.open}


def _amount(records: Sequence[RecordLine]) -> str:
    pages = sum(c.pages or 0 for r in records for c in r.components)
    length = sum(c.duration_us or 0 for r in records for c in r.components)
    told = [f"{len(records)}件", f"{pages}页"] + ([f"音像{timecode.text(length, 0)}"] if length else [])
    return "、".join(told)


def _mark(folder: Folder) -> str:
    label = folder.label
    return "　".join(word for word, there in (("商业秘密", label.trade), ("个人隐私", label.privacy)) if there)


def _label_words(record: RecordLine) -> list[str]:
    return [word for word, there in (("商业秘密", record.label.trade), ("个人隐私", record.label.privacy)) if there]


def _span(folder: Folder, ending: EndingLine | None) -> tuple[str, str]:
    days = sorted(day[:10] for day in (folder.line.started_on, *(r.made_on for r in folder.records)) if day)
    last = ending.on.isoformat() if ending else folder.line.ended_on or (days[-1] if days else None)
    return _day(folder.line.started_on or (days[0] if days else None)), _day(last)


def _day(text: str | None) -> str:
    """A stored day or moment as the office writes days; «—» where it is not known."""
    if not text:
        return "—"
    moment = datetime.fromisoformat(text)
    day = moment.astimezone(BEIJING) if moment.tzinfo else moment
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(value: datetime | None) -> str:
    return "—" if value is None else f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
