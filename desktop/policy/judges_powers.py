"""How the marking sheet's items are judged that hang on the agency's registers: powers, certificates, bounds of penalties, limitation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.judges_papers import Case, Fault, Found, Jump, paper_jump
from desktop.policy.powers import ENTRUSTED, Power, Range, read_yuan, yuan
from desktop.policy.sheet import Part
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from models.facts import Matter

MATTER, CERTIFICATES = Jump("matter", ""), Jump("certificates", "")
FINE = "fine"


def powers(case: Case, part: Part) -> Found:
    """主体职权: the organ that decided is the one that the list of powers names for the act; an entrusted body decides in another's name."""
    row, found = _power(case)
    case.papers(part.forms)
    organ = _matter(case).organ.strip()
    if row is None:
        return found
    if not organ:
        return Found(open=[_("Enter in whose name the decision was made")])
    if organ == row.decides:
        return Found()
    if row.basis == ENTRUSTED and organ == row.organ:
        return Found([Fault("own_name", _("{organ} is entrusted by {other} and decided in its own name (row {number})").format(
            organ=organ, other=row.for_organ, number=row.number), MATTER)])
    return Found([Fault("organ", _("Decided in the name of {organ}; the list of powers gives “{cause}” to {other} (row {number})").format(
        organ=organ, cause=row.cause, other=row.decides, number=row.number), MATTER)])


def bounds(case: Case, part: Part) -> Found:
    """种类、幅度: every penalty is one that the row allows, and every amount lies within."""
    row, found = _power(case)
    case.papers(part.forms)
    if row is None:
        return found
    matter = _matter(case)
    if not matter.penalties:
        return Found(open=[_("Enter which penalties were decided")])
    for one in matter.penalties:
        title, allowed = vocabulary().title("penalty", one.kind), row.ranges(one.kind)
        if not allowed:
            found.faults.append(Fault("kind", _("{penalty} is not among the penalties of row {number} ({article})").format(
                penalty=title, number=row.number, article=row.article), MATTER))
        elif one.fen is None and any(part.least or part.most for part in allowed):
            found.open.append(_("Enter the amount: {penalty}").format(penalty=title))
        elif one.fen is not None and not any(part.holds(one.fen) for part in allowed):
            found.faults.append(Fault("amount", _("{penalty} of {amount} yuan lies outside {bounds} (row {number}, {article})").format(
                penalty=title, amount=yuan(one.fen), bounds=listed_words(_range_words(part) for part in allowed), number=row.number,
                article=row.article), MATTER))
    return found


def limitation(case: Case, part: Part) -> Found:
    """追责时效: discovered within `number` years after the act ended, `most` years in grave matters, or as many as the row of powers says."""
    matter = _matter(case)
    case.look(MATTER)
    if matter.act_ended is None or matter.discovered is None:
        return Found(open=[_("Enter when the act ended and when it was discovered")])
    row = case.registers.powers.row(matter.power) if case.registers.powers is not None else None
    special = row.years if row is not None else 0
    years = special or (part.most if matter.grave else part.number)
    last = _years_after(matter.act_ended, years)
    if matter.discovered <= last:
        return Found()
    if not special and matter.grave is None and matter.discovered <= _years_after(matter.act_ended, part.most):
        words = _("Discovered after {years} years: say whether life, health or financial security was harmed, where {most} years count")
        return Found(open=[words.format(years=years, most=part.most)])
    return Found([Fault("lapsed", _("Ended on {ended}, discovered on {found}: the limitation of {years} years ran out on {last}").format(
        ended=matter.act_ended.isoformat(), found=matter.discovered.isoformat(), years=years, last=last.isoformat()), MATTER)])


def certificates(case: Case, part: Part) -> Found:
    """执法人员资格: on each day on which an officer acted, a certificate of theirs was valid."""
    case.look(CERTIFICATES)
    acts = dict.fromkeys(_acts(case, part))
    case.look(*(jump for _name, _day, _what, jump in acts))
    if not case.registers.certificates:
        return Found(open=[_("The register of certificates is empty: compare the certificates with the days yourself")])
    found, told = Found(), set()
    for name, day, what, jump in acts:
        held = case.registers.held_by(name)
        if not held and name not in told:
            found.open.append(_("{name}: no certificate is registered").format(name=name))
            told.add(name)
        elif held and not any(one.covers(day) for one in held):
            spans = listed_words(_("{number}, {first} to {last}").format(
                number=one.number, first=one.valid_from, last=one.valid_until) for one in held)
            found.faults.append(Fault("invalid", _("{name}: no valid certificate on {day} ({what}); registered: {spans}").format(
                name=name, day=day.isoformat(), what=what, spans=spans), jump))
    acting = {name for name, _day, _what, _jump in acts}
    found.open += [_("{name}: no certificate is registered").format(name=name) for name in case.registers.officers
                   if name not in acting and not case.registers.held_by(name)]
    if not acts:
        found.open.append(_("No activity and no paper names an officer with a day"))
    return found


def receipt(case: Case, part: Part) -> Found:
    """罚缴分离: where a fine was decided there is a receipt; that it comes to the same amount, a person compares."""
    matter = case.facts.matter
    fines = [one for one in matter.penalties if one.kind == FINE] if matter is not None else []
    if matter is not None and matter.penalties and not fines:
        return Found(applies=False)
    case.look(MATTER)
    if not case.papers(part.forms):
        return Found([Fault("missing", _("Not on record: {name}").format(name=part.name))])
    amounts = [yuan(one.fen) for one in fines if one.fen is not None]
    return Found(open=[_("Compare the receipt with the fine of {amount} yuan").format(amount=listed_words(amounts)) if amounts
                       else _("Compare the receipt with the amount of the decision")])


def _matter(case: Case) -> Matter:
    return case.facts.matter or Matter()


def _power(case: Case) -> tuple[Power | None, Found]:
    """The row of the list of powers that the case rests on; where there is none, what is to be said of it."""
    listed, number = case.registers.powers, _matter(case).power.strip()
    case.look(MATTER, Jump("power", number))
    if listed is None:
        return None, Found(open=[_("The list of powers is empty: a person judges this until it is filled")])
    if not number:
        return None, Found(open=[_("Enter which row of the list of powers the case rests on")])
    row = listed.row(number)
    if row is None:
        return None, Found([Fault("unlisted", _("The list of powers has no row {number}").format(number=number), MATTER)])
    return row, Found()


def _acts(case: Case, part: Part) -> Iterator[tuple[str, date, str, Jump]]:
    """Who acted on which day: officers of activities, and officers whose papers show them, each with where it stands."""
    for one in case.facts.activities:
        if one.start is not None:
            for name in one.officers:
                yield name, day_of(one.start), vocabulary().title("event", one.kind), Jump("activity", one.id)
    for paper in case.papers(part.forms):
        if paper.dated is not None:
            for name in paper.officers:
                yield name, day_of(paper.dated), paper.form, paper_jump(paper)


def _range_words(one: Range) -> str:
    least, most = (yuan(read_yuan(words)) if words else "" for words in (one.least or "0", one.most))
    words = _("{least} to {most} yuan").format(least=least, most=most) if most else _("from {least} yuan").format(least=least)
    return f"{one.grade} {words}".strip()


def _years_after(day: date, years: int) -> date:
    """The last day of so many years after a day; 29 February ends with February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
