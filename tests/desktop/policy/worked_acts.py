"""Worked cases of the acts of a procedure, of hearings, measures, licences and requests for information; the reasoning beside each."""

from __future__ import annotations

from dataclasses import replace

from models.facts import CaseFacts, Paper
from tests.desktop.policy.worked import ALL, FS, JP, MH, PV, XG, Worked, asked, case, deed, on

URGENT = ("emergency",)

EMERGENCY = [
    # ---- 西岗§8, 抚顺§7 补报: the report within 24 hours is enough, the approval may come after the holiday
    Worked((XG,), "XG-8-emergency", case(deed("started", "10-01 15:00"), deed("start_reported", "10-02 14:59"), deed("start_approved", "10-08 09:00"),
                                         yes=URGENT), "met", "10-02 15:00"),
    # No report on record: the approval counts, and it came an hour late.
    Worked((FS,), "FS-7-emergency", case(deed("started", "10-01 15:00"), deed("start_approved", "10-02 16:00"), yes=URGENT), "met_late",
           "10-02 15:00"),
    # ---- 闽侯§6 补办审批程序: the approval itself within 24 hours; a report does not count
    Worked((MH,), "MH-6-emergency", case(deed("started", "10-01 15:00"), deed("start_reported", "10-01 16:00"), deed("start_approved", "10-02 16:00"),
                                         yes=URGENT), "met_late", "10-02 15:00"),
    Worked((MH,), "MH-6-emergency", case(deed("started", "10-01 15:00"), deed("start_approved", "10-02 14:00"), yes=URGENT), "met", "10-02 15:00"),
    Worked((MH,), "MH-6-emergency", case(deed("started", "11-20 15:00"), yes=URGENT), "soon", "11-21 15:00"),
    # A day without its hour: 24 hours from 0:00 at the earliest, from 24:00 at the latest; before the later one nobody is surely late.
    Worked((XG,), "XG-8-emergency", case(deed("started", "11-20"), yes=URGENT), "soon", "11-20 24:00", "11-21 24:00", told=("不知几时",)),
    Worked((FS,), "FS-7-emergency", case(deed("started", "11-19"), deed("start_reported", "11-20 23:00"), yes=URGENT), "met", "11-19 24:00",
           "11-20 24:00"),
    Worked((XG,), "XG-8-emergency", case(deed("started", "11-19"), deed("start_reported", "11-21 00:01"), yes=URGENT), "met_late", "11-19 24:00",
           "11-20 24:00"),
]

HEARING = [
    # ---- 处罚法§64(1): five working days after Monday 28 September: 29, 30, then 8, 9, 10 October (make-up Saturday); a right that lapses
    Worked(ALL, "CF-64-1", case(deed("prior_notice", "09-28"), yes=("hearing_right",)), "lapsed", "10-10 24:00"),
    Worked(ALL, "CF-64-1", case(deed("prior_notice", "09-28"), deed("hearing_requested", "10-10"), yes=("hearing_right",)), "met", "10-10 24:00"),
    # ---- 七日前 of Tuesday 20 October in working days: 19, 16, 15, 14, 13, 12, 10 (make-up) lie between; so Friday the 9th at the latest
    Worked((XG, FS, PV, MH), "CF-64-2", case(deed("hearing_notice", "10-09 16:00"), deed("hearing", "10-20 09:00", "10-20 11:00")), "met",
           "10-09 24:00", told=("10月10日 国庆节调休上班，计入",)),
    Worked((JP,), "JP-19-notice", case(deed("hearing_notice", "10-10 09:00"), deed("hearing", "10-20 09:00")), "met_late", "10-09 24:00"),
    Worked((JP,), "JP-19-notice", case(deed("hearing", "12-15 09:00")), "running", "12-03 24:00"),
    # ---- 金普§21: five working days after Thursday 24 September: 28, 29, 30, then 8 and 9 October
    Worked((JP,), "JP-21-report", case(deed("hearing", "09-24 14:00", "09-24 17:00"), deed("hearing_report", "10-09")), "met", "10-09 24:00"),
    # The report's own date will do.
    Worked((JP,), "JP-21-report", case(deed("hearing", "09-24 14:00", "09-24 17:00"), papers=(Paper("p", "听证报告", dated=on("10-10")),)),
           "met_late",
           "10-09 24:00"),
    # A hearing that is not over has no report yet.
    Worked((JP,), "JP-21-report", case(deed("hearing", "09-24 14:00")), "waiting", ""),
]

DECISION = [
    # ---- 处罚法§60: 90 calendar days from 1 June are Sunday 30 August; rolled by analogy to Monday
    Worked(ALL, "CF-60", case(deed("start_approved", "06-01 10:00"), deed("decision", "08-28")), "met", "08-30 24:00", "08-31 24:00"),
    Worked(ALL, "CF-60", case(deed("start_approved", "06-01 10:00"), deed("decision", "08-31")), "met", "08-30 24:00", "08-31 24:00",
           told=("较晚的一个",)),
    Worked(ALL, "CF-60", case(deed("start_approved", "06-01 10:00"), deed("decision", "09-01")), "met_late", "08-30 24:00", "08-31 24:00"),
    # ---- 处罚法§61: seven working days (§85) from Friday 18 September, Sunday the 20th worked: Tuesday 29
    Worked(ALL, "CF-61", case(deed("decision", "09-18"), deed("service_direct", "09-29 16:00")), "met", "09-29 24:00",
           told=("9月20日 国庆节调休上班，计入",)),
    # Service of another paper before the decision is not its service.
    Worked(ALL, "CF-61", case(deed("service_direct", "09-10 09:00"), deed("decision", "09-18"), deed("service_mail", "09-30")), "met_late",
           "09-29 24:00"),
    # ---- 处罚法§56: seven working days from 12 February: 13, 14 (make-up), 24–27, 28 (make-up)
    Worked(ALL, "CF-56", case(deed("registration", "02-12 10:00"), deed("registration_disposal", "02-28")), "met", "02-28 24:00",
           subject="registration 02-12 10:00"),
]

MEASURES = [
    # ---- 强制法§19: 24 hours for measures on the spot; each measure has its own clock
    Worked(ALL, "QZ-19-1", case(deed("seal", "11-20 10:00"), deed("measure_approved", "11-21 09:00"), yes=("emergency_measure",)), "met",
           "11-21 10:00",
           subject="seal 11-20 10:00"),
    Worked(ALL, "QZ-19-2", case(deed("seize", "10-02 10:00"), deed("measure_approved", "10-08 09:00"), yes=("emergency_measure",)), "met_late",
           "10-03 10:00",
           subject="seize 10-02 10:00"),
    # The seizure itself is marked 情况紧急: it needs no answer for the case, and its 24 hours run.
    Worked(ALL, "QZ-19-2", CaseFacts(activities=(replace(deed("seize", "11-18 10:00"), traits=frozenset({"emergency"})),
                                                 deed("measure_approved", "11-20 09:00"))), "met_late", "11-19 10:00", subject="seize 11-18 10:00"),
    # ---- 强制法§31: three working days (§69) after Thursday 24 September: 28, 29, 30 (25–27 are the Mid-Autumn Festival)
    Worked(ALL, "QZ-31", case(deed("freeze", "09-24 10:00"), deed("service_direct", "09-30 10:00"), kind="coercion"), "met", "09-30 24:00"),
    Worked(ALL, "QZ-31", case(deed("freeze", "09-24 10:00"), deed("service_direct", "10-08 10:00"), kind="coercion"), "met_late", "09-30 24:00"),
    # ---- 强制法§20: restraint of liberty at once on the return, not within 24 hours
    Worked(ALL, "QZ-20", case(deed("restraint", "11-20 16:00"), deed("returned", "11-20 18:00"), yes=("emergency_measure",)), "late", "11-20 18:00",
           now="2026-11-20 18:30", told=("立即",)),
    # Back from an inspection two days before: not the return that is meant.
    Worked(ALL, "QZ-20", case(deed("returned", "11-18 17:00"), deed("restraint", "11-20 16:00"), yes=("emergency_measure",)), "waiting", "",
           now="2026-11-20 17:00"),
    Worked(ALL, "QZ-20", case(deed("returned", "11-18 17:00"), deed("restraint", "11-20 16:00"), deed("returned", "11-20 18:00"),
                              yes=("emergency_measure",)), "late", "11-20 18:00", now="2026-11-20 18:30"),
    # No hours are named, so that nobody but a person can call half an hour late.
    Worked(ALL, "QZ-20", case(deed("restraint", "11-20 16:00"), deed("returned", "11-20 18:00"), deed("measure_approved", "11-20 18:30"),
                              yes=("emergency_measure",)), "met", "11-20 18:00", told=("由人判断",)),
    # ---- 强制法§25: 30 days from 18 September: Sunday 18 October, Monday by analogy
    Worked(ALL, "QZ-25-1", case(deed("seal", "09-18 10:00"), deed("release", "10-19 10:00")), "met", "10-18 24:00", "10-19 24:00",
           subject="seal 09-18 10:00"),
    Worked(ALL, "QZ-25-2", case(deed("seize", "09-30 10:00")), "late", "10-30 24:00", subject="seize 09-30 10:00"),
    # ---- 强制法§32: from 5 March 30 days are 4 April, the first day of Qingming (4–6): Tuesday the 7th
    Worked(ALL, "QZ-32", case(deed("freeze", "03-05")), "late", "04-04 24:00", "04-07 24:00"),
    # ---- 移送规定§5: three days from 30 September are 3 October: the 8th; then 24 hours, holiday or not
    Worked(ALL, "YS-5-1", case(deed("transfer_reported", "09-30"), deed("transfer_approved", "10-02 09:00"), yes=("crime_suspected",)), "met",
           "10-03 24:00", "10-08 24:00"),
    Worked(ALL, "YS-5-2", case(deed("transfer_approved", "10-02 09:00"), deed("transferred", "10-03 10:00"), yes=("crime_suspected",)), "met_late",
           "10-03 09:00"),
]

CHECKS = [
    # ---- 按期核查 (抚顺§27, 金普§28, 闽侯§19): the working day after the time for correction is over, 30 September: 8 October
    Worked((FS,), "FS-27-check", case(deed("correction_due", "09-30"), deed("correction_check", "10-08 10:00"), yes=("correction_ordered",)), "met",
           "10-08 24:00"),
    Worked((JP,), "JP-28-check", case(deed("correction_due", "09-30"), deed("correction_check", "10-09 10:00"), yes=("correction_ordered",)),
           "met_late",
           "10-08 24:00"),
    Worked((MH,), "MH-19-check", case(deed("correction_due", "11-20"), yes=("correction_ordered",)), "running", "11-23 24:00",
           now="2026-11-20 09:00"),
    # ---- 金普§32 「每年1月31日前」: safe on the 30th, at the last reading the 31st; no roll-over of a fixed day (31 January 2027 is a Sunday)
    Worked((JP,), "JP-32-annual", case(deed("inspection", "05-06 10:00")), "running", "2027-01-30 24:00", "2027-01-31 24:00", subject="2026"),
    Worked((JP,), "JP-32-annual", case(deed("inspection", "05-06 10:00")), "soon", "2027-01-30 24:00", "2027-01-31 24:00", now="2027-01-28 10:00",
           subject="2026", told=("稳妥的理解：2027年1月30日", "最晚的理解：2027年1月31日")),
    Worked((JP,), "JP-32-annual", case(deed("inspection", "2025-05-06 10:00"), papers=(Paper("p", "行政执法案件清单", dated=on("01-31")),)), "met",
           "2026-01-30 24:00", "2026-01-31 24:00", subject="2025"),
    Worked((JP,), "JP-32-annual", case(deed("inspection", "2025-05-06 10:00"), papers=(Paper("p", "行政执法案件清单", dated=on("02-01")),)),
           "met_late",
           "2026-01-30 24:00", "2026-01-31 24:00", subject="2025"),
]

LICENCES = [
    # ---- 许可法§32: five working days (§82) from Wednesday 6 May: 7, 8, 9 (make-up), 11, 12
    Worked(ALL, "XK-32", case(deed("licence_application", "05-06 09:00"), deed("licence_correction", "05-12"), kind="licensing"), "met",
           "05-12 24:00"),
    # ---- 许可法§42: twenty from 4 September, as the vector
    Worked(ALL, "XK-42", case(deed("licence_accepted", "09-04"), deed("licence_decision", "10-10"), kind="licensing"), "met_late", "10-09 24:00"),
    # ---- 许可法§44: ten from Friday 12 June: 15–18, 22–26, 29 (19–21 are the Dragon Boat Festival)
    Worked(ALL, "XK-44", case(deed("licence_decision", "06-12"), deed("service_direct", "06-29 10:00"), kind="licensing"), "met", "06-29 24:00"),
    # ---- 许可法§47: five working days after Monday 28 September as in 处罚法§64; asked on Friday 9 October, twenty working days are 10 (make-up),
    # 12–16, 19–23, 26–30 October and 2–5 November
    Worked(ALL, "XK-47-1", case(deed("prior_notice", "09-28"), deed("hearing_requested", "10-09"), kind="licensing", yes=("hearing_right",)), "met",
           "10-10 24:00"),
    Worked(ALL, "XK-47-2", case(deed("hearing_requested", "10-09"), deed("hearing", "11-05 09:00"), kind="licensing"), "met", "11-05 24:00"),
    Worked(ALL, "XK-47-2", case(deed("hearing_requested", "10-09"), deed("hearing", "11-06 09:00"), kind="licensing"), "met_late", "11-05 24:00"),
    # ---- 许可法§48: 七日前 of Tuesday 20 October in working days, as in 处罚法§64
    Worked(ALL, "XK-48", case(deed("hearing_notice", "10-10 09:00"), deed("hearing", "10-20 09:00"), kind="licensing"), "met_late", "10-09 24:00"),
]

REQUESTS = [
    # ---- 条例§33: 20 working days, as the vector
    Worked(ALL, "GK-33", asked("09-01", answered="09-29"), "met", "09-29 24:00"),
    # By internet: from the day that both confirmed.
    Worked(ALL, "GK-33", asked("09-02", confirmed="09-04", answered="10-10", channel="internet"), "met_late", "10-09 24:00",
           told=("与申请人确认收到",)),
    # 条例§31(1): handed in by the applicant in person it was received that day, whatever was confirmed later; so with registered mail.
    Worked(ALL, "GK-33", asked("09-01", confirmed="09-10"), "late", "09-29 24:00", told=("收到申请",)),
    Worked(ALL, "GK-33", asked("09-01", confirmed="09-10", channel="signed_mail"), "late", "09-29 24:00"),
    # A third party asked from 10 to 20 September: 11, 14–18 and Sunday 20 (worked) do not count; seven after the 29th: 14 October
    Worked(ALL, "GK-33", asked("09-01", ("third_party", "09-10", "09-20")), "late", "10-14 24:00", told=("7个工作日不计入",)),
    # Two pauses that overlap are counted once: 11–18 and 20 September, then 21–22: nine after the 29th: 16 October
    Worked(ALL, "GK-33", asked("09-01", ("third_party", "09-10", "09-20"), ("other_agency", "09-15", "09-22")), "late", "10-16 24:00"),
    # A pause after the limit was over gives no day back.
    Worked(ALL, "GK-33", asked("09-01", ("third_party", "10-12", "10-20")), "late", "09-29 24:00"),
    # Asked and not answered yet: it stands still.
    Worked(ALL, "GK-33", asked("11-02", ("third_party", "11-10", "")), "paused", ""),
    # A correction came in on 18 September: counted anew from there
    Worked(ALL, "GK-33", asked("09-01", ("correction", "09-07", "09-18")), "late", "10-22 24:00", told=("重新起算",)),
    Worked(ALL, "GK-33", asked("11-02", ("correction", "11-10", "")), "paused", ""),
    # Extended by 20 with approval: 40 working days from 1 September are Monday 2 November
    Worked(ALL, "GK-33", asked("09-01", more=20, by="林岚", answered="11-02"), "met", "11-02 24:00", told=("林岚批准",)),
    # Nobody approved it, or it is longer than allowed: not counted
    Worked(ALL, "GK-33", asked("09-01", more=20), "late", "09-29 24:00", told=("没有写明批准人",)),
    Worked(ALL, "GK-33", asked("09-01", more=25, by="林岚"), "late", "09-29 24:00", told=("超过允许的20个工作日",)),
    # ---- 条例§30: the notice to correct within seven working days, from 18 September: the 29th
    Worked(ALL, "GK-30", asked("09-18", ("correction", "09-28", "")), "met", "09-29 24:00"),
    # ---- 条例§32, §34: fifteen working days for others; they lapse
    Worked(ALL, "GK-32", asked("08-20", ("third_party", "09-01", "09-22")), "met_late", "09-21 24:00"),
    Worked(ALL, "GK-34", asked("09-15", ("other_agency", "09-18", "")), "lapsed", "10-15 24:00"),
]

ACTS = [*EMERGENCY, *HEARING, *DECISION, *MEASURES, *CHECKS, *LICENCES, *REQUESTS]
