"""The facts of the printed forms of one case folder: cover, contents, end-sheet, completeness, statements, evidence descriptions.

What is not known stays a blank, to be filled in by hand: a form is no place for dashes that somebody must first cross out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.cases.forms import Folder
from desktop.policy.rules import Profile
from desktop.policy.verdicts import Answers, Ground, ItemVerdict, Standing
from desktop.procedure.forms import EndingLine, FilingOrderLine, FootageLine, PaperLine, StatementLine
from desktop.record_lines import RecordLine
from desktop.reports.paper_words import amount, day_figures, day_words, in_fours, length_words, moment_words, names, stretch_words, unspaced
from models.terms import Medium, RecordId, StatementKind

# Printed papers are the agency's own and in Chinese, whatever language the desk speaks.
STANDINGS = {
    Standing.PRESENT: "已有", Standing.MISSING: "缺", Standing.INCOMPLETE: "不全", Standing.NOT_APPLICABLE: "不涉及",
    Standing.WAIVED: "不适用", Standing.UNANSWERED: "待答", Standing.VIOLATED: "违反", Standing.EXCUSED: "依规定免录",
    Standing.OPTIONAL: "可有",
}
STATEMENTS = {
    StatementKind.NOT_RECORDED: "未摄录原因说明", StatementKind.INTERRUPTION: "中止记录情况说明",
    StatementKind.LATE_DEPOSIT: "逾期移交情况说明",
}
MEDIA = {Medium.VIDEO: "录像", Medium.AUDIO: "录音", Medium.PHOTO: "照片"}


def cover(unit: str, folder: Folder, kind: str, kept: str, ending: EndingLine | None, ended: str, order: FilingOrderLine | None) -> dict[str, Any]:
    """案卷封面: the fields of GB/T 9705; a case filed with gaps says so on its face. `ended` is how it ended, in words, "" while it goes on."""
    line = folder.line
    pairs = [["执法类别", kind], ["案由", line.cause], ["当事人", names([p.name for p in folder.parties])],
             ["承办人", names([f"{o.name}（{o.certificate}）" if o.certificate else o.name for o in folder.officers])],
             ["办结情况", ended], ["归档日期", day_words(line.filed_at)]]
    return {"unit": unit, "title": _titled(folder), "number": line.case_number, "mark": _mark(folder), "pairs": pairs, "kept": kept,
            "span": _span(folder, ending), "amount": amount(folder.records),
            "note": f"本卷带缺归档，经{order.person}书面同意，详见备考表。" if order else ""}


def contents_list(unit: str, folder: Folder, authors: Mapping[RecordId, str]) -> dict[str, Any]:
    """卷内目录: one row for each record in the order of the contents, pages counted through. `authors`: 责任者, where it is known."""
    rows, page = [], 1
    for place, record in enumerate(folder.records, 1):
        pages = sum(c.pages or 0 for c in record.components)
        shown = ""
        if pages:
            shown, page = (str(page) if pages == 1 else f"{page}—{page + pages - 1}"), page + pages
        rows.append({"place": place, "number": "", "author": authors.get(record.id, ""), "title": record.title, "date": day_figures(record.made_on),
                     "pages": shown, "note": _note(record)})
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "rows": rows, "total": f"共{'、'.join(amount(folder.records))}。"}


def authors(unit: str, papers: Iterable[PaperLine], footage: Iterable[FootageLine]) -> dict[RecordId, str]:
    """责任者 of the records: the agency of what goes out to a party, else the officers that a paper or a recording names."""
    out = {one.record: one.officer for one in footage if one.officer}
    for paper in papers:
        if paper.confirmed is not None and (paper.confirmed.outgoing or paper.confirmed.officers):
            out[paper.record] = unit if paper.confirmed.outgoing else names(paper.confirmed.officers)
    return out


def end_sheet(
    unit: str, folder: Folder, compiler: str, day: date, order: FilingOrderLine | None, statements: Sequence[StatementLine],
) -> dict[str, Any]:
    """备考表: what is in the folder, what was stated in writing, and the gaps it was filed with."""
    situation = [f"本卷共{'、'.join(amount(folder.records))}。"]
    restricted = sum(1 for r in folder.records if r.label.trade or r.label.privacy)
    if restricted:
        situation.append(f"其中{restricted}件标注商业秘密或者个人隐私，查阅复制须按规定办理。")
    broken = [r.title for r in folder.records if any(c.status != "sound" for c in r.components)]
    if broken:
        situation.append(f"原始文件不能正常打开、按原样保存的{len(broken)}件：{'、'.join(broken)}。")
    standing = [s for s in statements if not s.withdrawn_at]
    if standing:
        told = "；".join(f"{STATEMENTS[s.draft.kind]}（{s.person}，{day_words(s.at)}）" for s in standing)
        situation.append(f"随卷书面说明{len(standing)}份：{told}。")
    gaps: list[str] = []
    if order is not None:
        gaps = [f"{title}（{article}）" for _item, title, article in order.gaps]
        gaps.append(f"负责人{order.person}于{day_words(order.at)}书面同意，理由：{order.reason}")
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "situation": situation, "gaps": gaps, "compiler": compiler,
            "checker": "", "date": day_words(folder.line.filed_at or day)}


def completeness(
    unit: str, folder: Folder, profile: Profile, stages: dict[str, str], answers: Answers, questions: Mapping[str, str], printed: str,
) -> dict[str, Any]:
    """齐全性检查表: every required item with its article, by stage; what is wanting in words. `questions`: key -> what is asked."""
    shown = [v for v in answers.items if v.standing is not Standing.NOT_APPLICABLE]
    parts = [{"title": title, "rows": [_item_row(v, questions) for v in shown if v.stage == key]} for key, title in stages.items()]
    alarms = [alarm.words + ("（疑似，请人工核对）" if alarm.suspected else "") for alarm in answers.alarms]
    return {"unit": unit, "number": folder.line.case_number, "title": folder.line.cause, "mark": _mark(folder),
            "rule": f"《{profile.title}》第{profile.version}版", "stages": [part for part in parts if part["rows"]], "alarms": alarms,
            "summary": _summary(answers), "printed": printed}


def statement(unit: str, folder: Folder, line: StatementLine, about: str, ground: Ground | None) -> dict[str, Any]:
    """A written statement, with the exact stretch that it explains, the article that asks for it, and whether its signature fits."""
    draft = line.draft
    pairs = [["案号", folder.line.case_number], ["事由", about]]
    if draft.start is not None:
        pairs.append(["时间", stretch_words(draft.start, draft.end)])
    if draft.cause:
        pairs.append(["原因类别", draft.cause])
    fits = "一致" if line.sound else "不符"
    signed = f"本说明由{line.person}于{day_words(line.at)}用本人密钥签名；经核对，签名与内容{fits}。"
    return {"unit": unit, "title": STATEMENTS[draft.kind], "number": "", "mark": _mark(folder), "pairs": pairs,
            "ground": None if ground is None else {"article": ground.article, "text": ground.text}, "body": unspaced(draft.text),
            "person": line.person, "date": day_words(line.at), "signed": signed,
            "reported": f"已于{moment_words(draft.reported)}报告单位主要负责人。" if draft.reported else ""}


def evidence_sheet(
    unit: str, folder: Folder, line: FootageLine, sha256: str, fields: Sequence[str], grounds: Iterable[Ground], printed: str,
) -> dict[str, Any]:
    """视听资料文字说明: the fields that the regulation and the court's evidence rules ask for, and the words spoken."""
    taken = stretch_words(line.start, line.end) if line.start and line.end else line.camera_time or ""
    pairs = [["案号", folder.line.case_number], ["名称", line.title], ["原始文件", line.name],
             ["时长", length_words(line.duration_us) if line.duration_us else ""], ["摄录时间", taken], ["设备", line.device],
             ["校验值（SHA-256）", in_fours(sha256)], *([name, line.sheet.get(name, "")] for name in fields)]
    return {"unit": unit, "number": folder.line.case_number, "mark": _mark(folder), "pairs": pairs,
            "ground": [{"article": g.article, "text": g.text} for g in grounds], "transcript": line.transcript, "printed": printed}


def _item_row(verdict: ItemVerdict, questions: Mapping[str, str]) -> dict[str, Any]:
    """What is wanting stands only where something is; one that does not apply has its reason there."""
    wanting = {Standing.WAIVED: f"理由：{verdict.waiver}", Standing.OPTIONAL: "", Standing.PRESENT: "",
               Standing.UNANSWERED: f"待回答：{'、'.join(questions.get(key, key) for key in verdict.questions)}"}
    return {"item": verdict.title, "article": verdict.ground.article, "standing": STANDINGS[verdict.standing],
            "wanting": wanting.get(verdict.standing, "；".join(verdict.wanting)), "marked": verdict.open}


def _summary(answers: Answers) -> str:
    still = [v for v in answers.items if v.open]
    waiting = sum(v.standing is Standing.UNANSWERED for v in still)
    told = [f"尚缺{len(still) - waiting}项"] if len(still) > waiting else []
    told += [f"有{waiting}项待回答"] if waiting else []
    return f"应当有的事项中{'，'.join(told)}。" if told else "应当有的事项已经齐全。"


def _titled(folder: Folder) -> str:
    """案卷题名: about whom and what, the party before the cause unless the cause names them already."""
    line, first = folder.line, folder.parties[0].name if folder.parties else ""
    more = f"等{len(folder.parties)}个当事人" if len(folder.parties) > 1 else ""
    return line.cause if first in line.cause else f"{first}{more}{line.cause}"


def _note(record: RecordLine) -> list[str]:
    """备注: what kind of recording and how long, labels that bind whoever consults it, and an original that does not open."""
    length = sum(c.duration_us or 0 for c in record.components)
    kind = MEDIA.get(record.medium, "")
    told = [f"{kind}{length_words(length)}" if length else kind, *_label_words(record)]
    return [words for words in (*told, "原件不能打开" if any(c.status != "sound" for c in record.components) else "") if words]


def _mark(folder: Folder) -> str:
    label = folder.label
    return "　".join(words for words, on in (("商业秘密", label.trade), ("个人隐私", label.privacy)) if on)


def _label_words(record: RecordLine) -> list[str]:
    return [words for words, on in (("商业秘密", record.label.trade), ("个人隐私", record.label.privacy)) if on]


def _span(folder: Folder, ending: EndingLine | None) -> list[str]:
    """起止时间: the day it began and the day it ended, or that of the last record; one known day stands once, none leaves a blank."""
    days = sorted(day[:10] for day in (folder.line.started_on, *(r.made_on for r in folder.records)) if day)
    last = ending.on.isoformat() if ending else folder.line.ended_on or (days[-1] if days else None)
    return [day_words(folder.line.started_on or (days[0] if days else None)), day_words(last)]
