"""The sums of a period as tables for a spreadsheet; in Chinese, as the agency's papers are."""

from __future__ import annotations

from desktop.policy.clocks import day_of
from desktop.reports.sheets import Sheet, Value, workbook
from desktop.statistics.forms import QUARTERS, YEAR, Covered, OfficerLine, Period, Sums, Tally

TALLY = ("按期", "逾期完成", "已过期限未完成", "尚未到期", "按期率")
COVERED = ("有录像", "依规定免录", "无录像", "待确认", "覆盖率", "应录时长", "证明时长", "时长覆盖率")
_NOTE = ("期限按届满之日计入月份；按期率＝按期÷（按期＋逾期完成＋已过期限未完成）；覆盖率＝有录像÷（有录像＋无录像）；"
         "时长只计全程、同时两级且起止时刻已填的事项，时长覆盖率＝证明时长÷应录时长；人员按当月末所属机构计。")


def period_words(period: Period) -> str:
    """2026年, 2026年第3季度, 2026年10月: on paper."""
    if period.part == YEAR:
        return f"{period.year}年"
    return f"{period.year}年第{QUARTERS.index(period.part) + 1}季度" if period.part in QUARTERS else f"{period.year}年{period.part}月"


def sums_sheets(unit: str, sums: Sums) -> bytes:
    """Six tables: limits by month, coverage by month, by matter, by article, by officer and unit, by month and unit."""
    title = f"{unit} {period_words(sums.period)}执法记录统计"
    note = f"{_NOTE}截至{day_of(sums.at).isoformat()}。"

    def sheet(name: str, head: tuple[str, ...], rows: list[list[Value]]) -> Sheet:
        return Sheet(name, f"{title}·{name}", note, head, [16, *([12] * (len(head) - 1))], rows)

    limits: list[list[Value]] = []
    for one in sums.limits.months:
        month = f"{one.month:%Y-%m}"
        limits += [[month, "音像移交", *_tally(one.deposit)], [month, "立卷归档", *_tally(one.filing)], [month, "其他期限", *_tally(one.other)]]
    months = [[f"{month:%Y-%m}", line.unit or "未登记", *_tally(line.deposit), *_tally(line.filing), *_covered(line.covered)]
              for month, line in sums.unit_months]
    people = [_officer(one) for one in sums.people] + [_officer(one, "小计") for one in sums.units]
    return workbook([
        sheet("按期率", ("月份", "期限", *TALLY), limits),
        sheet("音像记录覆盖", ("月份", *COVERED), [[f"{month:%Y-%m}", *_covered(one)] for month, one in sums.coverage.months]),
        sheet("按事项", ("事项", *COVERED), [[title, *_covered(one)] for title, one in sums.coverage.matters]),
        sheet("按条款", ("条款", "事项", "逾期完成", "已过期限未完成", "应录未录"),
              [[one.article, one.title, one.late, one.over, one.unrecorded] for one in sums.articles]),
        sheet("按人员和机构", ("主办人", "所属机构", *(f"移交{word}" for word in TALLY), *(f"归档{word}" for word in TALLY), *COVERED), people),
        sheet("按月份和机构", ("月份", "所属机构", *(f"移交{word}" for word in TALLY), *(f"归档{word}" for word in TALLY), *COVERED), months)])


def _officer(line: OfficerLine, name: str = "") -> list[Value]:
    return [name or line.name, line.unit or "未登记", *_tally(line.deposit), *_tally(line.filing), *_covered(line.covered)]


def _tally(one: Tally) -> list[Value]:
    return [one.on_time, one.late, one.over, one.running, one.share]


def _covered(one: Covered) -> list[Value]:
    return [one.recorded, one.excused, one.missing, one.open, one.share, hours(one.seconds), hours(one.proven), one.time_share]


def hours(seconds: int) -> str:
    """12:05:30, hours beyond a day too."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
