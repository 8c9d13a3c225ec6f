"""How the items are judged or prompted where a person has the last word: delay, copies, order of the volume, and what only a person can see."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.judges_papers import Case, Fault, Found, Jump, paper_jump, plain, wanting
from desktop.policy.judges_powers import MATTER
from desktop.policy.sheet import Part
from desktop.policy.wording import listed_words
from models.facts import Paper

SHOWN = 6  # names in one prompt


def delay(case: Case, part: Part) -> Found:
    """立案及时: from the day of discovery to the start of the procedure in `number` days at most."""
    case.look(MATTER)
    begun = [day_of(one.start) for one in case.activities(part.events) if one.start is not None]
    begun += [day_of(paper.dated) for paper in case.papers(part.forms) if paper.dated is not None]
    entered = [day_of(one.start) for one in case.activities(part.by) if one.start is not None]
    found = case.facts.matter.discovered if case.facts.matter is not None else None
    found = found or min(entered, default=None)
    if not begun:
        return Found(applies=False)
    if found is None:
        return Found(open=[_("Enter when the act was discovered, or when the source was registered")])
    days = (min(begun) - found).days
    if days <= part.number:
        return Found()
    return Found([Fault("late", _("Discovered on {found}, started on {begun}: {days} days, more than {number}; see whether there is a reason").format(
        found=found.isoformat(), begun=min(begun).isoformat(), days=days, number=part.number), MATTER)])


def copies(case: Case, part: Part) -> Found:
    """书证复制件: every copy says where its original is and who checked it."""
    forms = {plain(form) for form in part.forms}
    held = case.saw(paper for paper in case.facts.papers if paper.copy or plain(paper.form) in forms)
    return Found([Fault("paper", _("{form}: not there {names}").format(form=paper.form, names=listed_words(absent)), paper_jump(paper))
                  for paper in held if (absent := wanting(part.fields, paper.fields))], bool(held))


def arranged(case: Case, part: Part) -> Found:
    """次序: papers of the template stand in its order; those of `free` may lead the volume. Each paper that must move is one fault."""
    ranks = {plain(form): n for n, group in enumerate(part.forms) for form in group.split("|")}
    free = {plain(form) for form in part.free}
    papers = case.saw(case.facts.papers)
    start = next((n for n, paper in enumerate(papers) if plain(paper.form) not in free), len(papers))
    ranked = [(ranks[plain(paper.form)], paper) for paper in papers[start:] if plain(paper.form) in ranks]
    kept = _longest([rank for rank, _paper in ranked])
    moved = [paper for n, (_rank, paper) in enumerate(ranked) if n not in kept]
    return Found([Fault("order", _("{form} stands out of the order of the volume").format(form=paper.form), paper_jump(paper)) for paper in moved],
                 len(ranked) > 1)


def apart(case: Case, part: Part) -> Found:
    """正副卷: internal papers stand together at the end and none of them goes to a party; a state secret is no part of this volume."""
    internal = {plain(form) for form in part.forms}
    papers = case.saw(case.facts.papers)
    inner = [plain(paper.form) in internal for paper in papers]
    last = max((n for n, one in enumerate(inner) if not one), default=-1)
    faults = [Fault("mixed", _("{form} is internal and stands among papers of the main volume").format(form=paper.form), paper_jump(paper))
              for n, paper in enumerate(papers) if inner[n] and n < last]
    faults += [Fault("mixed", _("{form} is internal and is marked to go to a party").format(form=paper.form), paper_jump(paper))
               for n, paper in enumerate(papers) if inner[n] and paper.outgoing]
    faults += [Fault("mixed", _("{form} is a state secret and must be handled apart").format(form=paper.form), paper_jump(paper))
               for paper in papers if paper.state]
    return Found(faults, bool(papers))


def answered(case: Case, part: Part) -> Found:
    """What was asked for was done: after each of the events there is one of `by`."""
    asked = case.activities(part.events)
    done = [one.start for one in case.activities(part.by) if one.start is not None]
    return Found([Fault("missing", _("Asked for and not on record: {name}").format(name=part.name), Jump("activity", one.id)) for one in asked
                  if not any(one.start is None or day_of(at) >= day_of(one.start) for at in done)], bool(asked))


def delivered(case: Case, part: Part) -> Found:
    """Every paper of the forms reached the party: served by an activity, or received by signature."""
    papers = case.papers(part.forms)
    served = {one.document for one in case.facts.activities if one.document}
    return Found([Fault("unserved", _("{form}: nothing shows that it was served").format(form=paper.form), paper_jump(paper)) for paper in papers
                  if paper.id not in served and not paper.signers & set(part.signers)], bool(papers))


def look(case: Case, part: Part) -> Found:
    """What a person must look at: the prompt in the sheet's words, and the papers and recordings that it is about."""
    papers = _about(case, part)
    told = [part.ask]
    if part.forms and not papers and part.of != "strange":
        told.append(_("Not on record: {name}").format(name=part.name or part.forms[0].split("|")[0]))
    elif papers and part.of == "strange":
        names = [paper.form for paper in papers]
        told.append(_("Forms that neither the regulation nor the sheet names: {names}").format(
            names=listed_words(names[:SHOWN]) + ("…" if len(names) > SHOWN else "")))
    return Found(open=told)


def _about(case: Case, part: Part) -> list[Paper]:
    if part.of == "evidence":
        case.look(*(Jump("footage", one.id) for one in case.facts.footage if one.evidence))
        return case.saw(paper for paper in case.facts.papers if paper.evidence)
    if part.of == "strange":
        known = {plain(form) for rule in case.profile.item for form in rule.forms} | {plain(form) for form in part.forms}
        return case.saw(paper for paper in case.facts.papers if plain(paper.form) not in known)
    if part.of == "matter":
        case.look(MATTER)
    case.activities(part.events)
    return case.papers(part.forms)


def _longest(ranks: Sequence[int]) -> frozenset[int]:
    """The places of a longest run that never goes back: all others must move."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for n, rank in enumerate(ranks):
        place = bisect_right(ends, rank)
        before.append(at[place - 1] if place else -1)
        ends[place:place + 1], at[place:place + 1] = [rank], [n]
    kept, n = set(), at[-1] if at else -1
    while n >= 0:
        kept.add(n)
        n = before[n]
    return frozenset(kept)
