"""How the marking sheet's items about recordings and about the bound volume are judged from the verdicts and the facts."""

from __future__ import annotations

from collections import Counter

from desktop.i18n import _
from desktop.policy.evidence import sheets as evidence_sheets
from desktop.policy.judges_papers import Case, Fault, Found, Jump, wanting
from desktop.policy.said import about, joined, stretch
from desktop.policy.sheet import Part
from desktop.policy.verdicts import DutyVerdict, Standing
from desktop.policy.wording import listed_words

VOLUME = Jump("volume", "")  # how the case ended, is kept and was filed


def duties(case: Case, part: Part) -> Found:
    """Activities that the text says must be recorded, of these levels, and were not; the list's recommendations do not count."""
    bound = _looked(case, [one for one in _bound(case) if _own_level(case, one) in part.levels])
    faults = [Fault("activity", about(one.title, one.wanting), Jump("activity", one.activity)) for one in bound
              if one.standing in (Standing.VIOLATED, Standing.MISSING)]
    return Found(faults, bool(bound))


def unbroken(case: Case, part: Part) -> Found:
    """Recordings throughout: each late begin, early stop and unexplained break."""
    bound = _looked(case, [one for one in _bound(case) if _own_level(case, one) in part.levels and one.footage])
    found = Found(applies=bool(bound))
    for one in bound:
        if one.standing != Standing.INCOMPLETE:
            continue
        if not one.coverage:
            found.open.append(_("{title}: enter when it began and ended").format(title=one.title))
            continue
        spoken = {point for span in case.profile.span for point in span.spoken}
        unsaid = sum(1 for point in one.points if point.point in spoken and not point.proven)
        stretches = one.wanting[:len(one.wanting) - unsaid]
        found.faults += [Fault("stretch", about(one.title, [words]), Jump("activity", one.activity)) for words in stretches]
    return found


def spoken(case: Case, part: Part) -> Found:
    """What the text wants said aloud, proven by marks."""
    asked = {point for span in case.profile.span for point in span.spoken}
    recorded = _looked(case, [one for one in case.answers.duties if one.footage])
    faults = [Fault("recording", _("{title}: not proven {points}").format(title=one.title, points=listed_words(
        point.title for point in one.points if point.point in asked and not point.proven)), Jump("activity", one.activity))
        for one in recorded if any(point.point in asked and not point.proven for point in one.points)]
    return Found(faults, bool(asked and recorded))


def gaps(case: Case, part: Part) -> Found:
    """Interruptions that still owe something under the text."""
    case.look(*(Jump("footage", one.footage or one.resumed) for one in case.answers.gaps))
    faults = [Fault("gap", about(one.words or stretch(one.start, one.end), one.wanting), Jump("footage", one.footage or one.resumed))
              for one in case.answers.gaps if one.wanting and one.kind != "no_file"]
    return Found(faults, any(one.ground is not None for one in case.answers.gaps))


def reasons(case: Case, part: Part) -> Found:
    """Not recorded, and the text wants the reason in writing."""
    owing = _looked(case, [one for one in _bound(case) if one.excuse == "unsuitable_reasoned" and not one.footage and one.level != "may"])
    return Found([Fault("activity", about(one.title, one.wanting), Jump("activity", one.activity)) for one in owing
                  if one.standing in (Standing.INCOMPLETE, Standing.MISSING)], bool(owing))


def sheets(case: Case, part: Part) -> Found:
    """Recordings used as evidence whose description sheet or transcript is wanting."""
    used = [one for one in evidence_sheets(case.profile, case.facts) if one.applies]
    case.look(*(Jump("footage", one.footage) for one in used))
    return Found([Fault("piece", joined(one.wanting), Jump("footage", one.footage)) for one in used if one.wanting], bool(used))


def labels(case: Case, part: Part) -> Found:
    """Fields wanting on the labels and on the evidence sheets that the text itself asks for."""
    given = evidence_sheets(case.profile, case.facts)
    own = {rule.id for rule in case.profile.evidence if rule.id not in case.profile.national}
    asked = [(one, field) for one in given for field in (*one.label, *(f for f in one.fields if any(why.rule in own for why in f.grounds)))]
    case.look(*(Jump("footage", one.footage) for one, _field in asked))
    return Found([Fault("field", _("not there: {name}").format(name=field.name), Jump("footage", one.footage))
                  for one, field in asked if not field.value], bool(asked))


def intact(case: Case, part: Part) -> Found:
    """Digests now against those of the deposit."""
    found = Found(applies=bool(case.facts.footage))
    case.look(*(Jump("footage", piece.id) for piece in case.facts.footage))
    for piece in case.facts.footage:
        if piece.intact is None:
            found.open.append(_("Verify the recording {id}").format(id=piece.id))
        elif not piece.intact:
            found.faults.append(Fault("changed", _("The digest no longer fits: a special check is needed"), Jump("footage", piece.id)))
    return found


def alone(case: Case, part: Part) -> Found:
    """One case, one volume, one number."""
    volume = case.facts.volume
    case.look(VOLUME)
    if volume is None:
        return Found(open=[_("The volume is not made up yet")])
    if not volume.archive_number or volume.alone is False:
        return Found([Fault("not_alone", _("The number of the volume is missing or not unique"))])
    return Found(open=[] if volume.alone else [_("Check that no other volume has the number")])


def volume(case: Case, part: Part) -> Found:
    """Fields of the cover or of the closing note."""
    made = case.facts.volume
    case.look(VOLUME)
    if made is None:
        return Found(open=[_("The volume is not made up yet")])
    held = made.cover if part.of == "cover" else made.closing_note
    absent = wanting(part.fields, held)
    return Found([Fault("field", _("not there: {name}").format(name=name)) for name in absent if name not in made.unseen],
                 open=[_("Look on the paper: {name}").format(name=name) for name in absent if name in made.unseen])


def contents(case: Case, part: Part) -> Found:
    """The list of contents against the papers, one by one."""
    made = case.facts.volume
    case.look(VOLUME)
    if made is None:
        return Found(open=[_("The volume is not made up yet")])
    papers, listed = {paper.id: paper for paper in case.facts.papers}, Counter(made.contents)
    known = {*papers, *(piece.id for piece in case.facts.footage)}
    faults = [Fault("piece", _("{form} is not in the list of contents").format(form=paper.form), Jump("paper", paper.id))
              for paper in papers.values() if not listed[paper.id]]
    faults += [Fault("piece", _("The list of contents names {id}, which is not in the volume").format(id=one)) for one in listed if one not in known]
    faults += [Fault("piece", _("{id} stands in the list of contents more than once").format(id=one)) for one, times in listed.items() if times > 1]
    return Found(faults)


def pages(case: Case, part: Part) -> Found:
    made = case.facts.volume
    case.look(VOLUME)
    if made is None or made.pages_run_on is None:
        return Found(open=[_("Look whether the page numbers run on")])
    return Found([] if made.pages_run_on else [Fault("break", _("The page numbers do not run on"))])


def case_end(case: Case, part: Part) -> Found:
    """The end of the case must be entered and signed before the limit of filing can run."""
    case.look(VOLUME)
    if case.facts.case_end is not None:
        return Found()
    return Found([Fault("missing", _("The end of the case is not entered"))])


def keeping(case: Case, part: Part) -> Found:
    """The period of keeping is set, and no recording ends before a dispute can."""
    found = Found(applies=case.facts.filed is not None or case.facts.retention_years is not None)
    case.look(VOLUME, *(Jump("footage", one.footage) for one in case.answers.retention))
    if case.facts.retention_years is None:
        found.faults.append(Fault("wrong", _("No period of keeping is set")))
    found.faults += [Fault("wrong", one.words, Jump("footage", one.footage)) for one in case.answers.retention if one.unsafe]
    return found


def _looked(case: Case, duties: list[DutyVerdict]) -> list[DutyVerdict]:
    """The activities of these duties were looked at."""
    case.look(*(Jump("activity", one.activity) for one in duties))
    return duties


def _bound(case: Case) -> list[DutyVerdict]:
    """Duties that a text imposes, not a list's recommendation."""
    return [one for one in case.answers.duties if one.ground is not None]


def _own_level(case: Case, one: DutyVerdict) -> str:
    """The level that the text itself asks for, whatever the agency's list adds."""
    return next((rule.level for rule in case.profile.duty if one.ground is not None and rule.id == one.ground.rule), one.level)
