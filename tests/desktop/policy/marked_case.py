"""One case file in which everything that the marking sheet looks at is in order, for the tests that take one thing out of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop.policy.answers import answer
from desktop.policy.calendar import built_in_calendar
from desktop.policy.clocks import BEIJING
from desktop.policy.listing import in_force
from desktop.policy.powers import Power, PowerList, Range
from desktop.policy.profile import profile
from desktop.policy.registers import Held, Registers
from desktop.policy.scoring import Score, Signed, score
from desktop.policy.sheet import Sheet, default_sheet
from models.facts import Activity, CaseEnd, CaseFacts, Footage, Matter, Paper, Penalty, PointSpan, Volume

ALL = frozenset({"officer", "party", "present", "host", "investigator", "agent", "leader", "participants", "executor", "witness", "recipient",
                 "server"})
TWO = ("甲", "乙")
SHEET_FIELDS = {name: "有" for name in ("制作方法", "制作时间", "制作人", "证明对象", "提取人", "提取时间")}
START_FIELDS = ["启动原因", "案件来源", "基本案情", "当事人基本情况", "承办人意见", "承办机构意见", "局负责人意见", "时间",
                "案由", "法律依据", "法制机构合法性审查意见"]
LABEL = {name: "有" for name in ("案号", "当事人姓名或者名称", "承办人姓名")}


def day(month: int, number: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, number, hour, minute, tzinfo=BEIJING)


def paper(number: str, form: str, dated: date | datetime | None = None, activity: str | None = None, **more: object) -> Paper:
    """A paper with every field that the sheet looks for on its form, signed by everybody."""
    names = {name for row in default_sheet().row for part in row.part if form in part.forms for field in part.fields for name in field.split("|")}
    more = {"signers": ALL, "officers": TWO, "fields": frozenset(names), "pages": 2, "signed_pages": 2} | more
    return Paper(number, form, dated=dated or date(2026, 3, 3), activity=activity, **more)  # type: ignore[arg-type]


def recording(number: str, activity: str, start: datetime, minutes: int = 60, **more: object) -> Footage:
    end = start + timedelta(minutes=minutes)
    points = tuple(PointSpan(point, start, end) for point in ("spoken_notice", "told", "environment", "people", "goods", "measures", "documents"))
    more = {"points": points, "returned": end, "deposited": end + timedelta(hours=2), "sheet": SHEET_FIELDS, "label": LABEL, "intact": True} | more
    return Footage(number, activity, start, end, **more)  # type: ignore[arg-type]


def activities() -> tuple[Activity, ...]:
    held = {"inspection": day(3, 3), "sampling": day(3, 3, 10), "registration": day(3, 3, 11), "seize": day(3, 3, 13), "interview": day(3, 4),
            "hearing": day(4, 1), "service_left": day(4, 9), "correction_check": day(4, 20), "confiscated_goods": day(4, 21),
            "enforcement": day(5, 20), "urging": day(5, 6)}
    steps = {"started": day(3, 2), "start_approved": day(3, 2, 15), "measure_approved": day(3, 3, 12), "registration_disposal": day(3, 6),
             "release": day(3, 20), "hearing_requested": day(3, 17), "hearing_notice": day(3, 18), "prior_notice": day(3, 16),
             "legal_review": day(4, 2), "collective_discussion": day(4, 3), "decision_approved": day(4, 7), "decision": day(4, 8),
             "performance": day(5, 21), "closed": day(5, 25), "hearing_report": day(4, 2)}
    made = [Activity(f"a-{kind}", kind, start, start + timedelta(minutes=60), officers=TWO, document="p-decision" if kind == "service_left" else "")
            for kind, start in held.items()]
    return (*made, *(Activity(f"a-{kind}", kind, start) for kind, start in steps.items()))


def papers() -> tuple[Paper, ...]:
    return (
        paper("p-source", "案件来源登记表"),
        paper("p-start", "立案审批表", date(2026, 3, 2), approved_by="局相关负责人", fields=frozenset(START_FIELDS)),
        paper("p-told", "行政处理告知记录"), paper("p-check", "现场检查（勘验）笔录", activity="a-inspection", start=day(3, 3), end=day(3, 3, 10)),
        paper("p-ask", "询问笔录", day(3, 4), activity="a-interview", interviewed="丙", start=day(3, 4), end=day(3, 4, 10)),
        paper("p-sample", "抽样取证凭证"), paper("p-list", "物品清单"), paper("p-kept", "先行登记保存证据通知书"),
        paper("p-keep", "证据登记保存清单"), paper("p-identity", "营业执照"), paper("p-measure", "行政强制措施审批表"),
        paper("p-report", "案件调查终结报告"), paper("p-review", "法制审核意见书", date(2026, 4, 2)),
        paper("p-notice", "行政处罚事先告知书", date(2026, 3, 16)),
        paper("p-hearing", "听证笔录", date(2026, 4, 1)), paper("p-heard", "听证报告", date(2026, 4, 2)),
        paper("p-approved", "行政处罚决定审批表", date(2026, 4, 7)), paper("p-decision", "行政处罚决定书", date(2026, 4, 8), outgoing=True),
        paper("p-served", "送达回证", date(2026, 4, 9), activity="a-service_left"), paper("p-goods", "物品处理记录"),
        paper("p-urged", "催告书", date(2026, 5, 6)), paper("p-money", "罚没收据"),
        paper("p-closed", "行政处罚案件结案报告", date(2026, 5, 25)), paper("p-discussed", "集体讨论记录", date(2026, 4, 3)))


def powers() -> PowerList:
    """A list with a power of the agency and one that it exercises for another."""
    fine = Range(kind="fine", least="1000", most="50000")
    return PowerList(format=1, power=(
        Power(number="1", cause="未按规定设置会计账簿", organ="西岗区财政局", article="会计法第四十条", penalty=(Range(kind="warning"), fine)),
        Power(number="2", cause="违规经营", organ="执法大队", basis="entrusted", for_organ="文化和旅游局", article="条例第五条", penalty=(fine,)),
        Power(number="3", cause="长期违法", organ="西岗区财政局", article="特别法第九条", years=10, penalty=(fine,))))


def registers() -> Registers:
    """Both officers with a certificate of the whole year, and the list of powers."""
    whole = (date(2026, 1, 1), date(2026, 12, 31))
    return Registers((Held("LN-1", "甲", *whole), Held("LN-2", "乙", *whole)), powers(), TWO)


def good() -> CaseFacts:
    """An ordinary penalty, everything held, recorded, signed, served and filed in time."""
    done = activities()
    starts = {one.kind: one.start for one in done if isinstance(one.start, datetime)}
    recorded = ("inspection", "sampling", "registration", "seize", "interview", "hearing", "service_left", "correction_check", "confiscated_goods")
    footage = tuple(recording(f"f-{kind}", f"a-{kind}", starts[kind], evidence=kind == "inspection") for kind in recorded)
    yes = ("named_complaint", "not_started", "emergency", "hearing_right", "major_decision", "review_needed", "decided", "correction_ordered",
           "unperformed")
    everything = papers()
    ids = tuple(one.id for one in everything)
    volume = Volume("J019-ZY·2026·D10-0001", True, frozenset(["全宗名称", "类目名称", "案卷题名", "起止时间", "保管期限", "件数", "档号"]),
                    frozenset(["本卷情况说明", "立卷人", "检查人", "立卷时间"]), ids, True)
    return CaseFacts("〔2026〕1号", conditions=dict.fromkeys(yes, True), activities=done, footage=footage, papers=everything, volume=volume,
                     case_end=CaseEnd("closed_approved", date(2026, 5, 25), "负责人"), filed=day(6, 10), retention_years=10,
                     matter=Matter("1", "西岗区财政局", (Penalty("warning"), Penalty("fine", 200_000)), date(2025, 12, 30), date(2026, 2, 27), False))


def marked(key: str, facts: CaseFacts, signed: dict[str, Signed] | None = None, sheet: Sheet | None = None,
           held: Registers | None = None) -> Score:
    rules = profile(key)
    given = answer(rules, facts, built_in_calendar(), day(6, 15), in_force(rules))
    return score(sheet or default_sheet(), rules, given, facts, signed, registers() if held is None else held)
