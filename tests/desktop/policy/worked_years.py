"""Worked cases at the borders of other years: leap days, long holidays with make-up days, New Year, a year not announced; reckoned by hand."""

from __future__ import annotations

from dataclasses import replace

from models.facts import CaseFacts, Extension, Suspension
from tests.desktop.policy.worked import ALL, FS, JP, MH, PV, XG, Worked, asked, case, deed, ended, film, on, other

YEARS = [
    # ---- 30 and 60 calendar days over a leap day: 30 January 2024 + 30 is 29 February; 31 December 2023 + 60 is 29 February too
    Worked((XG,), "XG-18-filing", ended("2024-01-30"), "late", "2024-02-29 24:00"),
    Worked((XG,), "XG-18-filing", ended("2023-01-30"), "late", "2023-03-01 24:00"),
    Worked((FS,), "FS-31-filing", ended("2023-12-31"), "late", "2024-02-29 24:00"),
    # A Saturday in March: rolled by analogy to Monday the 3rd.
    Worked((FS,), "FS-31-filing", ended("2024-12-31"), "late", "2025-03-01 24:00", "2025-03-03 24:00"),
    # The raw day lies in the Spring Festival of 2025 (28 January to 4 February): Wednesday the 5th by the later reading.
    Worked((JP,), "JP-31-filing", ended("2025-01-02", "2025-02-05 16:00"), "met", "2025-02-01 24:00", "2025-02-05 24:00", told=("较晚的一个",)),
    Worked((JP,), "JP-31-filing", ended("2025-01-02", "2025-02-06 09:00"), "met_late", "2025-02-01 24:00", "2025-02-05 24:00"),
    # Sunday 31 December 2023, and New Year's Day behind it.
    Worked((MH,), "MH-22-filing", ended("2023-12-01"), "late", "2023-12-31 24:00", "2024-01-02 24:00"),
    # ---- 20 working days of 省§21. 2024: 14 September (make-up), 18–20, 23–27, 29 (make-up), 30; 8–11, 12 (make-up), 14–17 October
    Worked((PV,), "PV-21-filing", ended("2024-09-13"), "late", "2024-10-17 24:00", told=("9月29日", "10月12日")),
    # From a Sunday that was worked: 29 and 30 September; 9, 10, 11 (make-up), 13–17, 20–24, 27–31 October.
    Worked((PV,), "PV-21-filing", ended("2025-09-28"), "late", "2025-10-31 24:00"),
    # Both make-up days of the Spring Festival lie in it: Sunday 26 January and Saturday 8 February.
    Worked((PV,), "PV-21-filing", ended("2025-01-20"), "late", "2025-02-21 24:00", told=("1月26日", "2月8日")),
    # Eight days of Mid-Autumn and National Day 2023, worked on 7 and 8 October: those, 9–13, 16–20, 23–27, 30, 31, 1 November.
    Worked((PV,), "PV-21-filing", ended("2023-09-28"), "late", "2023-11-01 24:00"),
    # ---- the border to a year that is not announced: the twentieth day is 31 December, or the first working day after New Year
    Worked((PV,), "PV-21-filing", ended("12-03"), "running", "12-31 24:00", now="2026-12-04 09:00"),
    Worked((PV,), "PV-21-filing", ended("12-04"), "running", "2027-01-04 24:00", now="2026-12-05 09:00", provisional=True, told=("暂定",)),
    # ---- a statute's 7 working days before 闽侯§22, from Mid-Autumn Day: 28–30 September, 8, 9, 10 (make-up), 12 October
    Worked((MH,), "MH-22-filing", ended("09-25", "", other("MH-22-filing", 7, "working_day", "law")), "late", "10-12 24:00"),
    # ---- hours over the leap day and over New Year
    Worked((XG,), "XG-16-deposit", film("2024-02-28 23:59:59", "2024-02-29 23:59:59"), "met", "2024-02-29 23:59"),
    Worked((MH,), "MH-6-emergency", case(deed("started", "2025-12-31 20:00"), deed("start_reported", "2025-12-31 21:00"),
                                         deed("start_approved", "2026-01-01 20:01"), yes=("emergency",)), "met_late", "01-01 20:00"),
    # Back on the same day: the exception moves the limit of 省§22 from midnight to 16:00 of the next day.
    Worked((PV,), "PV-22-deposit", film("03-02 15:00", "03-03 15:00", "away", "03-02 16:00"), "met", "03-03 16:00"),
    # ---- 七日前 of Thursday 16 October 2025: 15, 14, 13, 11 (make-up), 10, 9 October, 30 September between; so Monday 29
    Worked((XG, FS, PV, MH), "CF-64-2", case(deed("hearing_notice", "2025-09-30 09:00"), deed("hearing", "2025-10-16 09:00")), "met_late",
           "2025-09-29 24:00"),
    # Tuesday 15 October 2024: 14, 12 (make-up), 11, 10, 9, 8, 30 September between; so Sunday 29 September, which was worked.
    Worked((JP,), "JP-19-notice", case(deed("hearing_notice", "2024-09-29 16:00"), deed("hearing", "2024-10-15 09:00")), "met", "2024-09-29 24:00"),
    # ---- 90 days from 1 December 2023 are the leap day; half past midnight of 1 March is late
    Worked(ALL, "CF-60", case(deed("start_approved", "2023-12-01 09:00"), deed("decision", "2024-03-01 00:30")), "met_late", "2024-02-29 24:00"),
    # ---- seized on 31 January 2024: 30 days are 1 March; extended by 30 they are Sunday the 31st
    Worked(ALL, "QZ-25-2", case(deed("seize", "2024-01-31 10:00")), "late", "2024-03-01 24:00", subject="seize 2024-01-31 10:00"),
    Worked(ALL, "QZ-25-2", replace(case(deed("seize", "2024-01-31 10:00")), extensions=(
        Extension("QZ-25-2", 30, "day", "行政机关负责人", on("2024-02-20"), "情况复杂"),)), "late", "2024-03-31 24:00", "2024-04-01 24:00",
           subject="seize 2024-01-31 10:00"),
    # ---- 许可法§45: bids from 5 to 12 March: 6, 9, 10, 11, 12 are out; five after 30 March, Qingming between: 7 April
    Worked(ALL, "XK-42", replace(case(deed("licence_accepted", "03-02 10:00"), kind="licensing"), suspensions=(
        Suspension("XK-42", "bidding", on("03-05"), on("03-12"), told="申请人", told_on=on("03-05")),)), "late", "04-07 24:00"),
    # ---- 条例§33: two third parties one after the other: 17, 18 and 23, 24 September are out; the twentieth is 22 October
    Worked(ALL, "GK-33", asked("09-14", ("third_party", "09-16", "09-18"), ("third_party", "09-22", "09-24")), "late", "10-22 24:00"),
    # Extended by 10 over the Spring Festival of 2025: 21 February, then 7 March.
    Worked(ALL, "GK-33", asked("2025-01-20", more=10, by="林岚", answered="2025-03-07"), "met", "2025-03-07 24:00"),
    # ---- no case end on record: nothing runs, however old the papers are
    Worked((JP,), "JP-31-filing", CaseFacts(activities=(deed("decision", "2024-02-29"),)), "waiting", ""),
]
