"""Worked cases: limits reckoned by hand from the texts of the five regulations and of the statutes, the reasoning beside each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from desktop.policy.clocks import BEIJING
from models.facts import Activity, CaseEnd, CaseFacts, Claim, Disclosure, Footage, Override, Paper, Pause

XG, FS, PV, JP, MH = "xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics"
ALL = (XG, FS, PV, JP, MH)
NOW = "2026-11-21 10:00"


@dataclass(frozen=True)
class Worked:
    """Under each of `keys` the clock of this rule ends so: `raw` and `due` as «MM-DD 24:00» of 2026 or with a year, `due` empty where it is raw.

    `told` are words that its sum or its refused claim must hold.
    """

    keys: tuple[str, ...]
    rule: str
    facts: CaseFacts
    state: str
    raw: str
    due: str = ""
    now: str = NOW
    told: tuple[str, ...] = ()
    provisional: bool = False
    subject: str = field(default="")


def at(text: str) -> datetime:
    """A moment of the office: «11-20 09:30» of 2026, or with its year."""
    return datetime.fromisoformat(text if len(text) > 14 else f"2026-{text}").replace(tzinfo=BEIJING)


def on(text: str) -> date:
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


def when(text: str) -> datetime | date:
    return at(text) if ":" in text else on(text)


def deed(kind: str, start: str, end: str = "") -> Activity:
    return Activity(f"{kind} {start}", kind, when(start), at(end) if end else None)


def case(*deeds: Activity, kind: str = "penalty", yes: tuple[str, ...] = (), papers: tuple[Paper, ...] = ()) -> CaseFacts:
    return CaseFacts(kind=kind, activities=deeds, conditions=dict.fromkeys(yes, True), papers=papers)


def film(end: str, deposited: str = "", claim: str = "", returned: str = "", start: str = "", reason: str = "当晚不能返回") -> CaseFacts:
    """One recording; `claim` is the exception that 周敏 claims."""
    return CaseFacts(footage=(Footage(
        "f", start=at(start) if start else None, end=at(end) if end else None, deposited=at(deposited) if deposited else None,
        returned=at(returned) if returned else None, claim=Claim(claim, "周敏", reason) if claim else None),))


def ended(day: str, filed: str = "", override: Override | None = None) -> CaseFacts:
    return CaseFacts(case_end=CaseEnd("closed_approved", on(day), "韩立"), filed=at(filed) if filed else None,
                     overrides=(override,) if override else ())


def asked(received: str, *pauses: tuple[str, str, str], confirmed: str = "", answered: str = "", more: int = 0, by: str = "",
          channel: str = "in_person") -> CaseFacts:
    spans = tuple(Pause(kind, on(first), on(last) if last else None) for kind, first, last in pauses)
    return CaseFacts(disclosures=(Disclosure("d", on(received), channel, confirmed=on(confirmed) if confirmed else None, pauses=spans, extension=more,
                                             extension_by=by, answered=on(answered) if answered else None),))


DEPOSIT = [
    # ---- 西岗§16: 24 hours from 制作完成
    # Ends Friday 20 November 9:30; exactly 24 hours later it is still in time, a second later it is not.
    Worked((XG,), "XG-16-deposit", film("11-20 09:30", "11-21 09:30"), "met", "11-21 09:30"),
    Worked((XG,), "XG-16-deposit", film("11-20 09:30", "11-21 09:30:01"), "met_late", "11-21 09:30", told=("逾期",)),
    # Ends on the eve of the Spring Festival: hours do not stop, so Monday 16 February 22:30.
    Worked((XG,), "XG-16-deposit", film("02-15 22:30"), "late", "02-16 22:30", now="2026-02-16 23:00", told=("节假日不停",)),
    # 异地 is on the list: 24 hours from the return on Sunday 18:00.
    Worked((XG,), "XG-16-deposit", film("11-20 16:00", "11-23 10:00", "away", "11-22 18:00"), "met", "11-23 18:00", told=("申报例外：异地", "周敏")),
    # 水上 is not on the list of 西岗: the ordinary 24 hours run, though the return was later.
    Worked((XG,), "XG-16-deposit", film("11-20 16:00", "", "water", "11-22 18:00"), "soon", "11-21 16:00", told=("不在西岗办法第十六条所列情形",)),
    # 边远, but without a reason: not accepted.
    Worked((XG,), "XG-16-deposit", film("11-20 09:00", "", "remote", "11-22 18:00", reason=" "), "late", "11-21 09:00",
           told=("没有写明申报人或者理由",)),
    # 边远, the return not on record: it cannot have been before the recording's end.
    Worked((XG,), "XG-16-deposit", film("11-20 20:00", "", "remote"), "running", "11-21 20:00", now="2026-11-20 21:00", told=("没有返回单位的记录",)),
    # Less than a quarter of the 24 hours is left.
    Worked((XG,), "XG-16-deposit", film("11-20 12:00"), "soon", "11-21 12:00"),
    # ---- 抚顺§31: the same 24 hours, here from the third day of the National Day holiday.
    Worked((FS,), "FS-31-deposit", film("10-03 16:00", "10-04 15:00"), "met", "10-04 16:00"),
    # 连续工作, back at the office at 8:00 on the 5th.
    Worked((FS,), "FS-31-deposit", film("10-03 16:00", "10-06 08:30", "continuous", "10-05 08:00"), "met_late", "10-06 08:00"),
    # 水上 is not listed here either.
    Worked((FS,), "FS-31-deposit", film("10-03 16:00", "", "water", "10-05 08:00"), "late", "10-04 16:00", told=("不在",)),
    # ---- 省§22: the same day, 24:00, by inference; never rolled
    Worked((PV,), "PV-22-deposit", film("11-20 09:30", "11-20 23:59"), "met", "11-20 24:00"),
    # A minute before midnight leaves no time at all.
    Worked((PV,), "PV-22-deposit", film("11-20 23:59:59", "11-21 00:10"), "met_late", "11-20 24:00"),
    # A holiday: the day does not roll.
    Worked((PV,), "PV-22-deposit", film("10-03 10:00"), "late", "10-03 24:00", now="2026-10-04 00:00:01"),
    # Recorded over midnight: the enforcement of that day ended on the 21st.
    Worked((PV,), "PV-22-deposit", film("11-21 01:00", "11-21 20:00", start="11-20 23:00"), "met", "11-21 24:00"),
    # 水上 is on the list of this text only: 24 hours from Sunday noon.
    Worked((PV,), "PV-22-deposit", film("11-20 16:00", "11-23 11:00", "water", "11-22 12:00"), "met", "11-23 12:00"),
    # ---- 金普§31: 异地 is missing in its list
    Worked((JP,), "JP-31-deposit", film("11-20 16:00", "11-23 11:00", "away", "11-22 12:00"), "met_late", "11-21 16:00",
           told=("不在金普办法第三十一条",)),
    Worked((JP,), "JP-31-deposit", film("11-20 16:00", "11-23 11:00", "traffic", "11-22 12:00"), "met", "11-23 12:00"),
    # ---- 闽侯§22: from the return
    Worked((MH,), "MH-22-deposit", film("11-20 16:00", "11-21 17:00", "", "11-20 18:00"), "met", "11-21 18:00", told=("起点：返回单位",)),
    # The return is not on record: the recording's end is the earliest it can have been.
    Worked((MH,), "MH-22-deposit", film("11-20 16:00", "11-21 15:00"), "met", "11-21 16:00", told=("没有返回单位的记录",)),
    # Back before the recording ended: told, and counted as it stands.
    Worked((MH,), "MH-22-deposit", film("11-20 16:00", "11-21 12:00", "", "11-20 14:00"), "met", "11-21 14:00", told=("早于录制结束",)),
    # Ends before it begins: told.
    Worked((JP,), "JP-31-deposit", film("11-20 16:00", "11-21 12:00", start="11-20 17:00"), "met", "11-21 16:00", told=("早于开始",)),
    # This text lists no exception at all.
    Worked((MH,), "MH-22-deposit", film("11-20 16:00", "", "continuous", "11-20 18:00"), "soon", "11-21 18:00", now="2026-11-21 13:00",
           told=("不在",)),
]
DEPOSIT += [Worked((key,), rule, film("", "11-20 12:00"), "waiting", "") for key, rule in (
    # The camera gave no time: nothing is claimed.
    (XG, "XG-16-deposit"), (FS, "FS-31-deposit"), (PV, "PV-22-deposit"), (JP, "JP-31-deposit"), (MH, "MH-22-deposit"))]

def other(rule: str, number: int, unit: str, rank: str, cites: str = "某条例第九条") -> Override:
    return Override(rule, number, unit, cites, rank)


FILING = [
    # ---- 30 日 of 西岗§18, 金普§31, 闽侯§22 (vectors of the standards): raw, rolled by analogy
    Worked((XG,), "XG-18-filing", ended("01-30"), "late", "03-01 24:00", "03-02 24:00"),
    Worked((JP,), "JP-31-filing", ended("09-01"), "late", "10-01 24:00", "10-08 24:00"),
    Worked((MH,), "MH-22-filing", ended("09-04"), "late", "10-04 24:00", "10-08 24:00"),
    Worked((XG,), "XG-18-filing", ended("09-18"), "late", "10-18 24:00", "10-19 24:00"),
    Worked((JP,), "JP-31-filing", ended("09-30"), "late", "10-30 24:00"),
    # ---- 60 日 of 抚顺§31
    Worked((FS,), "FS-31-filing", ended("01-30"), "late", "03-31 24:00"),
    Worked((FS,), "FS-31-filing", ended("09-01"), "late", "10-31 24:00", "11-02 24:00"),
    Worked((FS,), "FS-31-filing", ended("09-04"), "late", "11-03 24:00"),
    Worked((FS,), "FS-31-filing", ended("09-18"), "late", "11-17 24:00"),
    Worked((FS,), "FS-31-filing", ended("09-30"), "soon", "11-29 24:00", "11-30 24:00"),
    # ---- 20 工作日 of 省§21; the working Saturday counts
    Worked((PV,), "PV-21-filing", ended("01-30"), "late", "03-05 24:00", told=("2月28日 春节调休上班，计入",)),
    Worked((PV,), "PV-21-filing", ended("09-01"), "late", "09-29 24:00"),
    Worked((PV,), "PV-21-filing", ended("09-04"), "late", "10-09 24:00"),
    Worked((PV,), "PV-21-filing", ended("09-18"), "late", "10-22 24:00", told=("9月20日 国庆节调休上班，计入", "10月1日至7日 国庆节假日，不计入")),
    Worked((PV,), "PV-21-filing", ended("09-30"), "late", "11-03 24:00"),
    # A regulation sets 45 days: 1 September + 45 is Friday 16 October.
    Worked((XG,), "XG-18-filing", ended("09-01", "10-16 17:00", other("XG-18-filing", 45, "day", "regulation")), "met", "10-16 24:00",
           told=("从其规定：某条例第九条，45日",)),
    # A normative paper does not bind: the 30 days stand.
    Worked((XG,), "XG-18-filing", ended("09-01", "", other("XG-18-filing", 90, "day", "normative", "某通知")), "late", "10-01 24:00", "10-08 24:00",
           told=("不是法律、法规、规章",)),
    # 省§2 gives way too: 10 working days from 30 September are 8, 9, 10 (make-up), 12–16, 19, 20 October.
    Worked((PV,), "PV-21-filing", ended("09-30", "10-20 16:00", other("PV-21-filing", 10, "working_day", "rule")), "met", "10-20 24:00"),
    # A statute sets six months: from 31 August the last of February 2027, a Sunday, so Monday; 2027 is not announced.
    Worked((FS,), "FS-31-filing", ended("08-31", "", other("FS-31-filing", 6, "month", "law")), "running", "2027-02-28 24:00", "2027-03-01 24:00",
           provisional=True),
    # Without a number the other limit cannot hold.
    Worked((MH,), "MH-22-filing", ended("09-04", "", other("MH-22-filing", 0, "day", "law")), "late", "10-04 24:00", "10-08 24:00",
           told=("没有写明",)),
    # Within the roll-over: in time by the later reading only; the alarm was on 1 October.
    Worked((XG,), "XG-18-filing", ended("09-01", "10-05 10:00"), "met", "10-01 24:00", "10-08 24:00", told=("较晚的一个", "仍以2026年10月1日")),
    Worked((XG,), "XG-18-filing", ended("09-01", "10-09 00:00:01"), "met_late", "10-01 24:00", "10-08 24:00"),
    # 5 October, not filed: the raw day is over, the rolled one is not.
    Worked((JP,), "JP-31-filing", ended("09-01"), "soon", "10-01 24:00", "10-08 24:00", now="2026-10-05 10:00"),
    # Ends in 2027, which is not announced: Saturday 9 January, so Monday the 11th, 暂定.
    Worked((MH,), "MH-22-filing", ended("12-10"), "running", "2027-01-09 24:00", "2027-01-11 24:00", now="2026-12-11 09:00", provisional=True,
           told=("暂定", "2027年历未公布")),
    # New Year's Day is off by the measures themselves, whatever the notice will say.
    Worked((JP,), "JP-31-filing", ended("12-02"), "running", "2027-01-01 24:00", "2027-01-04 24:00", now="2026-12-03 09:00", provisional=True),
    # A year before every calendar is told and counted: Monday 5 January 1970 + 30 is Wednesday 4 February.
    Worked((XG,), "XG-18-filing", ended("1970-01-05"), "late", "1970-02-04 24:00", provisional=True, told=("早于已载入的各年年历",)),
    # So is one to come: 3 February 2100 is a Wednesday.
    Worked((FS,), "FS-31-filing", ended("2100-01-04"), "running", "2100-03-05 24:00", provisional=True, told=("晚于现在",)),
    # Filed before it ended: told.
    Worked((XG,), "XG-18-filing", ended("09-01", "08-30 10:00"), "met", "10-01 24:00", "10-08 24:00", told=("早于起点",)),
    # A day that cannot be one: told, not counted.
    Worked((XG,), "XG-18-filing", ended("9998-01-01"), "waiting", "", told=("不可能是本案的日期",)),
]
FILING += [Worked((key,), rule, CaseFacts(), "waiting", "") for key, rule in (
    # Not ended: 终结之日 is a signed fact, never inferred.
    (XG, "XG-18-filing"), (FS, "FS-31-filing"), (PV, "PV-21-filing"), (JP, "JP-31-filing"), (MH, "MH-22-filing"))]
