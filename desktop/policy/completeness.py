"""What must be on record in a case, stage by stage: what is there, what is wanting in words, and what may be left out for a reason.

A paper answers the items that it was linked to, and every item that names its form, unless a person linked it to one of those: then it
answers that one only. So a receipt that was linked to the notice does not also prove that the decision was served.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from desktop.i18n import _
from desktop.policy.clocks import day_of
from desktop.policy.conditions import Questions, applies, questions
from desktop.policy.grounds import ground
from desktop.policy.rules import ItemRule, Profile
from desktop.policy.verdicts import ItemVerdict, Standing
from desktop.policy.vocabulary import vocabulary
from desktop.policy.wording import listed_words
from models.facts import Activity, CaseFacts, Paper


def items(profile: Profile, facts: CaseFacts) -> tuple[ItemVerdict, ...]:
    """Every required item of the case in the order of the regulation. Items of another kind of act or procedure are left out; those that
    the case's own answers exclude are told as not applicable."""
    asked, folder = questions(profile, facts), _Folder(facts, _assigned(profile, facts))
    return tuple(_verdict(profile, rule, asked, folder) for rule in profile.item if _of_this_case(rule, facts))


def open_items(verdicts: Iterable[ItemVerdict]) -> tuple[ItemVerdict, ...]:
    """What holds up filing."""
    return tuple(verdict for verdict in verdicts if verdict.open)


def _of_this_case(rule: ItemRule, facts: CaseFacts) -> bool:
    return (not rule.kinds or facts.kind in rule.kinds) and (not rule.procedures or facts.procedure in rule.procedures)


@dataclass(frozen=True)
class _Folder:
    """The papers of the case, and which of them a person assigned among the items that name their form."""

    facts: CaseFacts
    assigned: frozenset[str]

    def answering(self, rule: ItemRule) -> list[Paper]:
        if rule.every:
            return [paper for paper in self.facts.papers if paper.form in rule.forms]
        return [paper for paper in self.facts.papers
                if rule.id in paper.items or (paper.form in rule.forms and paper.id not in self.assigned)]


def _assigned(profile: Profile, facts: CaseFacts) -> frozenset[str]:
    named = {rule.id: rule.forms for rule in profile.item if rule.forms and not rule.every}
    return frozenset(paper.id for paper in facts.papers if any(paper.form in named.get(item, ()) for item in paper.items))


@dataclass(frozen=True)
class _Found:
    """How an item stands before any waiver: the papers that answer it and what is wanting."""

    standing: Standing
    papers: Sequence[Paper] = ()
    wanting: Sequence[str] = ()


def _verdict(profile: Profile, rule: ItemRule, asked: Questions, folder: _Folder) -> ItemVerdict:
    facts = asked.facts
    scope = applies(asked, rule)
    if scope is None:
        found = _Found(Standing.UNANSWERED)
    elif scope is False:
        found = _Found(Standing.NOT_APPLICABLE)
    else:
        found = _judged(rule, folder)
    waiver = next((one.reason.strip() for one in facts.waivers if one.item == rule.id and one.reason.strip()), "")
    if waiver and found.standing in (Standing.MISSING, Standing.INCOMPLETE, Standing.UNANSWERED):
        if rule.waivable:
            found = replace(found, standing=Standing.WAIVED)
        else:
            found = replace(found, wanting=(*found.wanting, _("The regulation allows no leaving out of this item.")))
    if found.standing is Standing.MISSING and not rule.must:
        found = replace(found, standing=Standing.OPTIONAL)
    open_questions = asked.open((*rule.when, *rule.unless)) if found.standing is Standing.UNANSWERED else ()
    return ItemVerdict(rule.id, rule.title, rule.stage, ground(profile, rule), found.standing, rule.must, tuple(paper.id for paper in found.papers),
                       tuple(found.wanting), open_questions, rule.waivable, waiver if found.standing is Standing.WAIVED else "")


def _judged(rule: ItemRule, folder: _Folder) -> _Found:
    facts = folder.facts
    if rule.min_officers and not rule.forms:
        return _officers_of_activities(rule, facts)
    papers = folder.answering(rule)
    if rule.every:
        if not papers:
            return _Found(Standing.NOT_APPLICABLE)
        wanting = [words for paper in papers for words in _of_paper(rule, paper, rule.fields)]
    elif rule.each and (acts := [activity for activity in facts.activities if activity.kind in rule.each_of]):
        wanting = _of_activities(rule, acts, papers, facts)
    else:
        wanting = _of_papers(rule, papers)
    if not wanting:
        return _Found(Standing.PRESENT, papers)
    return _Found(Standing.INCOMPLETE if papers else Standing.MISSING, papers, wanting)


def _of_papers(rule: ItemRule, papers: Sequence[Paper]) -> list[str]:
    """What is wanting where the item is answered once for the case."""
    if not papers:
        return [_missing(rule)]
    wanting = _missing_forms(rule, papers)
    if len(rule.forms) <= 1 or rule.any_form:
        wanting += [words for paper in papers for words in _of_paper(rule, paper, rule.fields)]
    else:  # which of several forms holds a field or is signed, the text leaves open
        wanting += _of_set(rule, papers)
    if rule.approver and not any(rule.approved(paper.approved_by) for paper in papers):
        wanting.append(_not_approved(rule, papers))
    return wanting


def _of_set(rule: ItemRule, papers: Sequence[Paper]) -> list[str]:
    """What is wanting in a set of several forms taken together."""
    wanting = _missing_fields(rule.fields, frozenset().union(*(paper.fields for paper in papers)), "")
    signed = frozenset().union(*(paper.signers for paper in papers))
    missing = [signer for signer in rule.signers if signer not in signed]
    if missing and not (rule.any_signer and len(missing) < len(rule.signers)):
        wanting.append(_("the signature of: {signers}").format(signers=_signer_words(missing)))
    bare = replace(rule, signers=[])
    return wanting + [words for paper in papers for words in _of_paper(bare, paper, ())]


def _of_activities(rule: ItemRule, acts: Sequence[Activity], papers: Sequence[Paper], facts: CaseFacts) -> list[str]:
    """What is wanting where every activity needs its own paper. Papers that name no activity go to those left without, in order."""
    spare = [paper for paper in papers if paper.activity is None]
    wanting: list[str] = []
    for activity in acts:
        own = [paper for paper in papers if paper.activity == activity.id]
        own += _taken(spare, rule, own)
        recorded = rule.or_recorded and any(footage.activity == activity.id for footage in facts.footage)
        if recorded and not rule.forms:
            continue
        named = replace(rule, signers=[], fields=[]) if recorded else rule
        wanting += [_("{activity}: {wanting}").format(activity=_activity_words(activity), wanting=words) for words in _of_papers(named, own)]
        if rule.or_recorded and not recorded and any(_missing_signers(rule, paper) for paper in own):
            wanting.append(_("{activity}: or a recording of it").format(activity=_activity_words(activity)))
    return wanting


def _taken(spare: list[Paper], rule: ItemRule, own: Sequence[Paper]) -> list[Paper]:
    """Takes from the papers without an activity those that this activity still lacks, one of each form."""
    several = len(rule.forms) > 1 and not rule.any_form
    lacking = [form for form in rule.forms if form not in {paper.form for paper in own}] if several else [] if own else [""]
    taken = []
    for form in lacking:
        found = next((paper for paper in spare if not form or paper.form == form), None)
        if found is not None:
            spare.remove(found)
            taken.append(found)
    return taken


def _of_paper(rule: ItemRule, paper: Paper, fields: Iterable[str]) -> list[str]:
    wanting = _missing_fields(fields, paper.fields, paper.form)
    signers = _missing_signers(rule, paper)
    if signers and rule.any_signer:
        wanting.append(_("《{form}》: the signature of one of: {signers}").format(form=paper.form, signers=_signer_words(signers)))
    elif signers:
        wanting.append(_("《{form}》: the signature of: {signers}").format(form=paper.form, signers=_signer_words(signers)))
    if rule.each_page and (paper.pages is None or paper.signed_pages is None):
        wanting.append(_("《{form}》: confirm that every page is signed").format(form=paper.form))
    elif rule.each_page and paper.signed_pages is not None and paper.pages is not None and paper.signed_pages < paper.pages:
        wanting.append(_("《{form}》: {signed} of {pages} pages are signed; every page must be").format(
            form=paper.form, signed=paper.signed_pages, pages=paper.pages))
    if len(set(paper.officers)) < rule.min_officers:
        wanting.append(_("《{form}》: {n} officers are named, at least {least} are needed").format(
            form=paper.form, n=len(set(paper.officers)), least=rule.min_officers))
    return wanting


def _officers_of_activities(rule: ItemRule, facts: CaseFacts) -> _Found:
    """So many officers at every activity of the stage that is done face to face: fewer cannot be made good, none named can."""
    events = vocabulary().keys("event")
    acts = [one for one in facts.activities if one.kind in events and events[one.kind].stage == rule.stage and events[one.kind].recorded]
    if not acts:
        return _Found(Standing.NOT_APPLICABLE)
    fewer = [one for one in acts if 0 < len(set(one.officers)) < rule.min_officers]
    unnamed = [one for one in acts if not one.officers]
    wanting = [_("{activity}: {n} officers, at least {least} are needed").format(
        activity=_activity_words(one), n=len(set(one.officers)), least=rule.min_officers) for one in fewer]
    wanting += [_("{activity}: name the officers").format(activity=_activity_words(one)) for one in unnamed]
    return _Found(Standing.VIOLATED if fewer else Standing.INCOMPLETE if unnamed else Standing.PRESENT, (), wanting)


def _missing(rule: ItemRule) -> str:
    if not rule.forms:
        return _("no paper is linked that shows: {title}").format(title=rule.title)
    if rule.any_form:
        return _("one of: {forms}").format(forms=_form_words(rule.forms))
    return _form_words(rule.forms)


def _missing_forms(rule: ItemRule, papers: Sequence[Paper]) -> list[str]:
    """Forms that are named and not there. What a person linked stands for the form where only one is asked."""
    if rule.any_form or len(rule.forms) <= 1:
        return []
    there = {paper.form for paper in papers}
    missing = [form for form in rule.forms if form not in there]
    return [_form_words(missing)] if missing else []


def _missing_fields(fields: Iterable[str], there: frozenset[str], form: str) -> list[str]:
    missing = [name for name in fields if name not in there]
    if not missing:
        return []
    words = listed_words(missing)
    return [_("《{form}》 lacks or was not confirmed to have: {fields}").format(form=form, fields=words) if form
            else _("not confirmed to be there: {fields}").format(fields=words)]


def _missing_signers(rule: ItemRule, paper: Paper) -> list[str]:
    missing = [signer for signer in rule.signers if signer not in paper.signers]
    return [] if rule.any_signer and len(missing) < len(rule.signers) else missing


def _not_approved(rule: ItemRule, papers: Sequence[Paper]) -> str:
    given = [paper.approved_by for paper in papers if paper.approved_by]
    if given:
        return _("the approval of {approver} (recorded is that of {given})").format(approver=rule.approver, given=listed_words(given))
    return _("the approval of {approver}").format(approver=rule.approver)


def _activity_words(activity: Activity) -> str:
    title = vocabulary().title("event", activity.kind)
    return _("{title} ({when})").format(title=title, when=day_of(activity.start).isoformat()) if activity.start else title


def _form_words(forms: Iterable[str]) -> str:
    return listed_words(f"《{form}》" for form in forms)


def _signer_words(signers: Iterable[str]) -> str:
    return listed_words(vocabulary().title("signer", signer) for signer in signers)
