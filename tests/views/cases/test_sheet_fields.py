"""Nothing that the marking sheet looks for on a paper is out of reach: the form of a paper offers its fields, its pages and its talk; copies too."""

from __future__ import annotations

import pytest

from desktop.policy.sheet import default_sheet
from tests.views import office as o
from tests.views.cases.test_every_fact import MAY
from views.cases.paper_form import PaperForm
from views.cases.reading import read_course


@pytest.fixture
def course(archive):
    o.sign_in(archive, o.ARCHIVIST)
    case = o.case(archive)
    archive.cases.look(case)
    return read_course(archive, case)


def test_every_field_of_the_sheet_can_be_confirmed_on_its_form(course, qtbot):
    form = PaperForm()
    qtbot.addWidget(form)
    form.begin(course, (), None, course.papers[0].record, MAY)
    for row in default_sheet().row:
        for part in row.part:
            for title in (part.forms if part.judge != "arranged" else ()):
                form.form.control.choose(title)
                form._of_form()
                missing = [names for names in part.fields if not set(names.split("|")) & set(form.fields_.checks)]
                assert part.judge == "copies" or missing == [], (row.id, title, missing)
                assert part.judge != "signed_pages" or not form.pages_line.isHidden(), (row.id, title)
                assert part.judge != "one_each" or not form.talk.isHidden(), (row.id, title)


def test_a_copy_says_where_its_original_is_and_who_checked_it(course, archive, qtbot):
    form = PaperForm()
    qtbot.addWidget(form)
    paper = course.papers[0]
    form.begin(course, (), None, paper.record, MAY)
    assert "出处" not in form.fields_.checks
    form.copy.setChecked(True)
    assert {"出处", "核对签章"} <= set(form.fields_.checks)
    form.fields_.tick("出处")
    draft = form.draft()
    assert draft.copy
    archive.procedure.paper_confirm(paper.record, draft, "补登复制件")
    held = next(one for one in archive.procedure.papers(o.case(archive)) if one.record == paper.record)
    assert held.confirmed is not None
    assert held.confirmed.copy
    facts = next(one for one in archive.procedure.facts(o.case(archive)).papers if one.id == str(paper.record))
    assert facts.copy
