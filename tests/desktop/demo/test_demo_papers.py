"""The training archive's papers: three cases, dates in order, marked as invented, the same bytes each time."""

from __future__ import annotations

import pypdfium2

from desktop.demo.papers import case_outlines, case_papers, on_paper
from models.terms import Stage

ORDER = list(Stage)


def test_three_cases_with_six_to_eight_papers_each() -> None:
    outlines = case_outlines()
    assert [outline.key for outline in outlines] == ["finance", "culture", "statistics"]
    for outline in outlines:
        papers = case_papers(outline.key)
        assert 6 <= len(papers) <= 8
        assert outline.officers
        assert {Stage.START, Stage.INVESTIGATE, Stage.DECIDE} <= {paper.stage for paper in papers}
        assert [paper.date for paper in papers] == sorted(paper.date for paper in papers)
        assert len({paper.file_name for paper in papers}) == len(papers)


def test_every_paper_is_set_with_its_facts_and_says_that_it_is_training() -> None:
    for paper in case_papers():
        with pypdfium2.PdfDocument(paper.pdf()) as document:
            assert len(document) <= 2, paper.title
            text = "".join(page.get_textpage().get_text_bounded() for page in document)
        for words in (paper.title, paper.number, on_paper(paper.date), "虚构", "训练"):
            assert words in text, (paper.title, words)


def test_a_paper_has_the_same_bytes_each_time() -> None:
    (first, *_), (again, *_) = case_papers(), case_papers()
    assert first.pdf() == again.pdf()
