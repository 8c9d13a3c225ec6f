"""Printed forms are legal documents in Chinese: whatever the desk speaks, the same words, and no Latin ones but those of the facts themselves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import openpyxl
import pypdfium2
import pytest

from desktop.archive import Archive
from desktop.clock import FrozenClock
from desktop.i18n import _, language, set_language, speaking
from desktop.procedure import ActivityDraft, FootageDraft, PaperDraft, SheetDraft
from models.facts import Gap
from models.terms import CaseId, ComponentId, StatementKind
from tests.desktop.procedure.kit import at, opened, paper, recording
from tests.office import ARCHIVIST, AUDITOR, OFFICER, REVIEWER, SECOND, password_of, sign_in

LATIN = re.compile(r"[A-Za-z]{2,}")
# What may stand there in Latin letters: names of files and their kinds, the name of the digest and digests, numbers of certificates,
# and of a ledger's checkpoint its origin and key.
ALLOWED = re.compile(r"\.(wav|mp4|pdf|jpg)\b|SHA-256|LN-\d{4}|\b[0-9a-f]{4}(?: [0-9a-f]{4})+\b|\b[0-9a-f]{16,}\b")


@pytest.fixture(params=["zh_CN", "en"])
def desk_speaks(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("zh_CN")


def worked(archive: Archive) -> CaseId:
    """A case with an activity, papers, a recording with its gap, statements of each kind, and things out of order."""
    case, room = opened(archive, OFFICER), archive.procedure
    act = room.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10), officers=(OFFICER,)))
    hearing = room.activity_add(case, ActivityDraft("hearing", at(14, 9), at(14, 10), officers=(OFFICER, SECOND)))
    room.activity_add(case, ActivityDraft("decision", at(12, 9)))
    one = recording(archive, case, 0)
    room.footage_link(one, FootageDraft(act, start=at(13, 9), end=at(13, 9, 30)))
    gap = Gap(at(13, 9, 4), at(13, 9, 6), "storage")
    room.gap_note(one, gap)
    for kind, about in ((StatementKind.INTERRUPTION, {"component": one, "start": gap.start, "end": gap.end, "cause": "storage"}),
                        (StatementKind.NOT_RECORDED, {"activity": hearing}), (StatementKind.LATE_DEPOSIT, {"component": one})):
        room.statement_sign(case, room.statement_draft(case, kind, reason="卡满更换", **about), password_of(OFFICER))
    room.evidence_sheet(one, SheetDraft({"制作人": OFFICER}, "检查开始。", True))
    room.paper_confirm(paper(archive, case), PaperDraft("询问笔录", frozenset(("XG-10-2",)), at(13, 9), officers=(OFFICER,)))
    sign_in(archive, ARCHIVIST)
    archive.cases.look(case)
    room.waive(case, next(item.id for item in room.open_items(case) if item.waivable), "本案不涉及")
    return case


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as book:
        return "\n".join(page.get_textpage().get_text_range() for page in book)


def foreign(text: str) -> list[str]:
    """Latin words that are no fact."""
    return LATIN.findall(ALLOWED.sub(" ", re.sub(r"[\u200b\ufffe]|(?<=[0-9a-f])\r?\n(?=[0-9a-f])", " ", text)))


def test_every_form_of_a_case_is_in_chinese(office: Archive, desk_speaks: str) -> None:
    case = worked(office)
    for one in office.reports.offered(case):
        text = text_of(office.reports.papers(case, [one]))
        assert foreign(text) == [], one.title
        assert foreign(one.title) == []
    assert language() == desk_speaks, "the desk goes on in its own language"


def test_the_annual_list_is_in_chinese_on_paper_and_in_the_spreadsheet(office: Archive, desk_speaks: str) -> None:
    worked(office)
    assert foreign(text_of(office.reports.annual_pdf(2026))) == []
    book = openpyxl.load_workbook(io.BytesIO(office.reports.annual_xlsx(2026)))
    said = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    assert foreign(said) == []
    assert "缺" in said


def test_the_same_case_gives_the_same_paper_at_either_desk(office: Archive) -> None:
    case = worked(office)
    office.clock = FrozenClock(office.clock.now())
    at_home = office.reports.papers(case)
    set_language("en")
    assert office.reports.papers(case) == at_home


def test_a_statement_is_drafted_in_chinese_at_an_english_desk(office: Archive) -> None:
    set_language("en")
    case = worked(office)
    for line in office.procedure.statements(case):
        assert foreign(line.draft.text) == [], line.draft.kind


def test_the_marking_sheet_is_in_chinese(office: Archive, desk_speaks: str) -> None:
    case = worked(office)
    sign_in(office, REVIEWER)
    office.cases.look(case)
    text = text_of(office.scoring.printed(office.scoring.begin(case)))
    assert foreign(text) == []


def test_what_the_auditor_hands_out_is_in_chinese(office: Archive, desk_speaks: str) -> None:
    case = worked(office)
    component = ComponentId(int(recording(office, case, 0)))
    sign_in(office, AUDITOR)
    for pdf in (office.audit.custody_report(component), office.audit.receipt(3).pdf):
        text = text_of(pdf)
        head, _mark, _note = text.partition("检查点")
        assert len(head) > 100
        assert foreign(head) == [], head


def test_a_language_for_a_while_is_of_this_thread_alone() -> None:
    from concurrent.futures import ThreadPoolExecutor

    set_language("en")
    with speaking("zh_CN"), ThreadPoolExecutor(1) as pool:
        assert language() == "zh_CN"
        assert pool.submit(language).result() == "en"
        here = _("Case folder")
    assert language() == "en"
    assert (here, _("Case folder")) == ("案卷", "Case folder")
