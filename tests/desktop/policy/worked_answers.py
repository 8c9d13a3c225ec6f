"""Worked cases of several registrations and seizures in one case, each answered by the disposal that names it; the reasoning beside each."""

from __future__ import annotations

from dataclasses import replace

from models.facts import Activity
from tests.desktop.policy.worked import ALL, Worked, case, deed

# Registered on Tuesday 13 and Thursday 15 October: seven working days (处罚法§56, §85) are Thursday 22 and Monday 26 October.
FIRST, SECOND = deed("registration", "10-13 09:00"), deed("registration", "10-15 09:00")


def answers(one: Activity, *answered: Activity) -> Activity:
    """A disposal that names what it answers."""
    return replace(one, answers=tuple(each.id for each in answered))


def disposal(day: str, *answered: Activity) -> Activity:
    return answers(deed("registration_disposal", day), *answered)


REGISTRATIONS = [
    # The disposal of 22 October answers the first alone: in time; the second runs on and was over on the 26th.
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22", FIRST)), "met", "10-22 24:00", subject=FIRST.id),
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22", FIRST)), "late", "10-26 24:00", subject=SECOND.id),
    # The second is answered by one of its own, a day late.
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22", FIRST), disposal("10-27", SECOND)), "met_late", "10-26 24:00", subject=SECOND.id),
    # An earlier disposal that answers the second does nothing for the first.
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-20", SECOND), disposal("10-23", FIRST)), "met_late", "10-22 24:00", subject=FIRST.id),
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-20", SECOND), disposal("10-23", FIRST)), "met", "10-26 24:00", subject=SECOND.id),
    # One disposal of both.
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22", FIRST, SECOND)), "met", "10-22 24:00", subject=FIRST.id),
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22", FIRST, SECOND)), "met", "10-26 24:00", subject=SECOND.id),
    # One that names none answers what came before it, as facts of before this had it.
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22")), "met", "10-22 24:00", subject=FIRST.id),
    Worked(ALL, "CF-56", case(FIRST, SECOND, disposal("10-22")), "met", "10-26 24:00", subject=SECOND.id),
]

SEAL, GOODS = deed("seal", "09-18 10:00"), deed("seize", "09-30 10:00")
RELEASE = answers(deed("release", "10-16 10:00"), SEAL)

SEIZURES = [
    # 强制法§25: the rooms are released on 16 October (due Sunday 18, by analogy Monday 19); the goods stay, and 30 days from 30
    # September are 30 October.
    Worked(ALL, "QZ-25-1", case(SEAL, GOODS, RELEASE), "met", "10-18 24:00", "10-19 24:00", subject=SEAL.id),
    Worked(ALL, "QZ-25-2", case(SEAL, GOODS, RELEASE), "late", "10-30 24:00", subject=GOODS.id),
    # The decision of 28 October names nothing: it ends the seizure that was still open, and the rooms stay released on the 16th.
    Worked(ALL, "QZ-25-2", case(SEAL, GOODS, RELEASE, deed("decision", "10-28")), "met", "10-30 24:00", subject=GOODS.id),
    Worked(ALL, "QZ-25-1", case(SEAL, GOODS, RELEASE, deed("decision", "10-28")), "met", "10-18 24:00", "10-19 24:00", subject=SEAL.id),
    # 强制法§19: two measures on the spot, approved afterwards one by one; the approval of the first does not serve the second.
    Worked(ALL, "QZ-19-1", case(SEAL, GOODS, answers(deed("measure_approved", "09-19 09:00"), SEAL), yes=("emergency_measure",)), "met",
           "09-19 10:00", subject=SEAL.id),
    Worked(ALL, "QZ-19-2", case(SEAL, GOODS, answers(deed("measure_approved", "10-01 09:00"), SEAL), yes=("emergency_measure",)), "late",
           "10-01 10:00", subject=GOODS.id),
    # A release of 25 September that names nothing came before the goods were seized on the 30th: it ended the sealing alone.
    Worked(ALL, "QZ-25-1", case(SEAL, GOODS, deed("release", "09-25 10:00")), "met", "10-18 24:00", "10-19 24:00", subject=SEAL.id),
    Worked(ALL, "QZ-25-2", case(SEAL, GOODS, deed("release", "09-25 10:00")), "late", "10-30 24:00", subject=GOODS.id, told=("早于起点",)),
    # So with an approval of the day before; one that names the goods is theirs all the same, and its day is to be looked at.
    Worked(ALL, "QZ-19-2", case(SEAL, GOODS, deed("measure_approved", "09-19 09:00"), yes=("emergency_measure",)), "late", "10-01 10:00",
           subject=GOODS.id, told=("早于起点",)),
    Worked(ALL, "QZ-25-2", case(SEAL, GOODS, answers(deed("release", "09-25 10:00"), GOODS)), "met", "10-30 24:00", subject=GOODS.id,
           told=("早于起点",)),
    # What names a seizure still ends the limits of the whole case.
    Worked(ALL, "CF-60", case(deed("start_approved", "09-01 10:00"), SEAL, answers(deed("decision", "10-28"), SEAL)), "met", "11-30 24:00"),
]

ANSWERS = [*REGISTRATIONS, *SEIZURES]
