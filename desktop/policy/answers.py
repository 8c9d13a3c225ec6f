"""Everything the rules say about one case at one moment: clocks, items, duties, order, keeping, where the text is silent, what it does not heed."""

from __future__ import annotations

from datetime import datetime

from desktop.i18n import _
from desktop.policy import completeness, continuity, order
from desktop.policy import duties as recording
from desktop.policy import retention as keeping
from desktop.policy.calendar import OfficeCalendar
from desktop.policy.deadlines import clocks
from desktop.policy.listing import Listing
from desktop.policy.rules import Profile
from desktop.policy.unheard import unheard
from desktop.policy.verdicts import Answers
from models.facts import CaseFacts


def answer(profile: Profile, facts: CaseFacts, calendar: OfficeCalendar, now: datetime, listing: Listing) -> Answers:
    """Every verdict of the profile on these facts; `listing` is the agency's list of matters to record."""
    limits, items = clocks(profile, facts, calendar, now), completeness.items(profile, facts)
    return Answers(
        profile.key, profile.version, calendar.version, limits, items, recording.duties(profile, facts, listing), continuity.gaps(profile, facts),
        order.alarms(profile, facts), keeping.retention(profile, facts, listing), tuple(silences(profile)),
        unheard(profile, facts, limits, items))


def silences(profile: Profile) -> list[str]:
    """What the text leaves open: 本制度未规定，适用上位法, with the national rules that then hold."""
    articles = {rule.id: rule.article for rules in (profile.deadline, profile.item, profile.duty, profile.retention, profile.evidence, profile.label,
                                                    profile.use, profile.provision) for rule in rules}
    told = []
    for one in profile.silence:
        national = "、".join(dict.fromkeys(articles[rule] for rule in one.national if rule in articles))
        words = _("{title}: this regulation is silent; national law applies ({articles})") if national else _(
            "{title}: this regulation is silent; national law applies")
        told.append(words.format(title=one.title, articles=national))
    return told
