"""No fact that a rule of any regulation asks for is out of reach: each can be given in a form of the window, and here the forms themselves are asked.

A new question, activity, trait, form, signer, field, exception, cause, ground or key point in a regulation fails here until a form offers it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest

from desktop.media.looking import mark_kinds
from desktop.media.viewing import KeyPoints
from desktop.policy import profile, profile_names
from desktop.policy.asking import asked_by_rules, asked_by_sheet, conditions_of
from desktop.policy.evidence import sheet
from desktop.policy.grounds import suspending_article
from desktop.policy.listing import in_force
from desktop.policy.moments import parse_moments
from desktop.policy.rules import Profile
from desktop.policy.sheet import default_sheet
from desktop.policy.vocabulary import vocabulary
from desktop.procedure import ActivityDraft
from models.cases import CaseFolder
from tests.views import office as o
from views.cases.clock_forms import ClaimForm
from views.cases.form import BLANK, CaseForm
from views.cases.paper_form import PaperForm
from views.cases.questions import Questions
from views.cases.reading import read_course
from views.cases.suspend_form import SuspendForm
from views.footage.activity_form import ActivityForm
from views.footage.forms import terms
from views.footage.gap_form import GapForm
from views.footage.sheet_form import SheetForm


@dataclass(frozen=True)
class May:
    """Everything may be done."""

    allowed: bool = True
    reason: str = ""


MAY = May()
ALL = profile_names()


def offered(combo) -> set[object]:
    return {combo.itemData(n) for n in range(combo.count())}


def activities_of(rules: Profile) -> set[str]:
    """Every kind of activity that a rule or a question of this text names, those of a way of service one by one."""
    moments = [text for rule in rules.deadline for text in (rule.start, rule.end, rule.given, rule.after, rule.exception_start)]
    moments += [text for rule in rules.order for text in (rule.first, rule.second)]
    named = [one for text in moments if text for one in parse_moments(text) if one.subject == "activity"]
    found = {key for key in vocabulary().keys("event") for one in named if one.covers(key)}
    found |= {event for rule in rules.duty for event in rule.events} | {event for rule in rules.item for event in rule.each_of}
    return found | {event for one in conditions_of(rules).values() for event in one.activities}


@pytest.fixture
def courses(archive):
    """The books case under each of the five regulations, one after the other."""
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)

    def each():
        for key in ALL:
            CaseFolder.update(profile=key, profile_version=profile(key).version).where(CaseFolder.id == case).execute()
            yield read_course(archive, case)

    return each


def test_every_question_has_its_answer_on_the_form_or_an_activity_or_a_paper(courses, qtbot):
    for course in courses():
        rules, form = course.profile, Questions()
        qtbot.addWidget(form)
        form.begin(course, MAY)
        known = conditions_of(rules)
        wanted = asked_by_rules(rules, in_force(rules, [])) | asked_by_sheet(rules, default_sheet())
        assert {key for key in wanted if known[key].asked} <= set(form.choices)
        paper = PaperForm()
        qtbot.addWidget(paper)
        paper.begin(course, (), None, course.papers[0].record, MAY)
        forms = offered(paper.form.control)
        assert {form for key in wanted for form in known[key].forms} <= forms
        case_form = CaseForm()
        qtbot.addWidget(case_form)
        case_form.stand_under(rules, None)
        case_form.show_draft(BLANK, False)
        assert set(rules.kinds) <= {str(one) for one in offered(case_form.kind.control)}
        assert set(rules.procedures) <= offered(case_form.procedure.control)


def test_every_activity_and_every_trait_of_one_can_be_entered(courses, qtbot):
    for course in courses():
        form = ActivityForm()
        qtbot.addWidget(form)
        assert activities_of(course.profile) <= offered(form.kind)
        form.begin(None, (), (), date(2026, 10, 20), "")
        bearing = {trait for rule in course.profile.duty for trait in (*rule.traits, *rule.lacking)}
        bearing |= {trait for rule in course.profile.order for trait in rule.lacking}
        bearing |= {trait for one in conditions_of(course.profile).values() for trait in one.traits}
        assert bearing <= set(form.traits.ticks)


def test_every_form_field_signer_and_approver_of_an_item_can_be_confirmed(courses, qtbot):
    for course in courses():
        form = PaperForm()
        qtbot.addWidget(form)
        moments = [one for rule in course.profile.deadline for text in (rule.start, rule.end) for one in parse_moments(text)]
        dated = {one.key for one in moments if one.subject == "paper"}
        for item in course.answers.items:
            rule = course.rule(item.id)
            form.begin(course, (), item, course.papers[0].record, MAY)
            assert set(rule.forms) | dated <= offered(form.form.control), rule.id
            form.signers.show_rest()
            if not rule.every:
                assert set(rule.fields) <= set(form.fields_.checks), rule.id
            assert {*rule.signers, *rule.signers_if_any} <= set(form.signers.checks), rule.id
            assert not rule.approver or any(rule.approved(str(one)) for one in offered(form.approved.control)), (rule.id, rule.approver)
            assert not rule.each_page or not form.pages_line.isHidden(), rule.id


def test_every_exception_and_every_stretch_left_out_can_be_claimed(courses, qtbot):
    for course in courses():
        claim, stretch = ClaimForm(), SuspendForm()
        for form in (claim, stretch):
            qtbot.addWidget(form)
        clock = course.answers.clocks[0]
        for rule in course.profile.deadline:
            if rule.exceptions:
                claim.begin(clock, rule, None, MAY)
                assert set(rule.exceptions) == offered(claim.what.control), rule.id
            if rule.suspensions:
                stretch.begin(rule, suspending_article(course.profile, rule), None, MAY)
                assert set(rule.suspensions) == offered(stretch.what.control), rule.id


def test_every_cause_ground_weight_field_and_key_point_of_a_recording_can_be_given(archive, courses, qtbot):
    for course in courses():
        rules, gap, described = course.profile, GapForm(), SheetForm()
        for form in (gap, described):
            qtbot.addWidget(form)
        assert {cause for one in rules.interruption for cause in one.causes} <= offered(gap.cause)
        assert {"unsuitable", "state_secret"} <= {key for key, _words in terms("ground")}
        line = course.footage[0]
        piece = next(one for one in archive.procedure.facts(o.case(archive)).footage if one.id == str(line.component))
        described.begin(line, rules, piece)
        assert {key for one in rules.retention for key in one.permanent} <= set(described.weight.ticks)
        wanting = sheet(rules, replace(piece, evidence=True))
        assert {field.name for field in wanting.fields if not field.value} <= set(described.fields)
        assert wanting.label_wanting == ()
        points = {key for one in rules.points for key in one.points} | {key for one in rules.span for key in one.spoken}
        points |= {"arrival", "leaving"} | ({"reason"} if any(one.spoken_on_resuming for one in rules.interruption) else set())
        wanted = KeyPoints("", "", tuple((key, "") for key in points))
        assert points <= {one.code for one in mark_kinds(wanted)}


def test_a_case_that_is_likely_to_be_contested_is_told_once_and_raises_its_duties(desk, archive):
    """抚顺办法：容易引发争议的查封…… said of the whole case in the form of questions, it holds for every activity that such a duty names."""
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    key = next(key for key in ALL if any("contested" in rule.traits for rule in profile(key).duty))
    CaseFolder.update(profile=key, profile_version=profile(key).version).where(CaseFolder.id == case).execute()
    rule = next(rule for rule in profile(key).duty if "contested" in rule.traits)
    archive.procedure.activity_add(case, ActivityDraft(rule.events[0], date(2026, 10, 20)))
    before = archive.procedure.answers(case).duties[0]
    at = desk()
    page = at.go("case", case=case)
    page.procedure.begin_questions()
    at.settle()
    form = page.procedure.questions
    form.choices["contested"].group.button(0).click()
    at.press("Ctrl+Return")
    assert archive.procedure.facts(case).conditions["contested"] is True
    after = archive.procedure.answers(case).duties[0]
    assert (after.ground.rule if after.ground else "") == rule.id
    assert before != after
