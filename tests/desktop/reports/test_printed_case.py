"""The printed papers of a case: what they say, how many pages, that they are PDF/A, alone and joined; and that the printing is in the ledger."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from desktop.archive import Archive
from desktop.clock import FrozenClock
from desktop.errors import Cancelled
from desktop.jobs import Tracked
from desktop.procedure import ActivityDraft, FootageDraft, SheetDraft
from desktop.reports.forms import Form, Paper
from models.facts import Gap
from models.ledger import LedgerEntry
from models.terms import CaseId, StatementKind
from tests.desktop.procedure.kit import at, last_entry, opened, recording, refused
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, SECOND, TRADE_CASE, let_file, password_of, sign_in


def words_of(paper: bytes) -> list[str]:
    """The text of each page, without white space: the layout breaks lines where it likes."""
    book = pypdfium2.PdfDocument(paper)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in book]
    finally:
        book.close()


def marked(paper: bytes) -> tuple[str, str, str]:
    with pikepdf.open(io.BytesIO(paper)) as book, book.open_metadata() as meta:
        return meta["pdfaid:part"], meta["pdfaid:conformance"], meta["dc:title"]


def worked(archive: Archive) -> CaseId:
    """The open case with an inspection, its recording broken off and explained, the recording described, and a keeping period."""
    case = opened(archive, OFFICER)
    room = archive.procedure
    act = room.activity_add(case, ActivityDraft("inspection", at(13, 9), at(13, 10), officers=(OFFICER, SECOND)))
    one = recording(archive, case, 0)
    room.footage_link(one, FootageDraft(act, start=at(13, 9), end=at(13, 9, 30)))
    gap = Gap(at(13, 9, 4), at(13, 9, 6), "storage")
    room.gap_note(one, gap)
    room.statement_sign(case, room.statement_draft(case, StatementKind.INTERRUPTION, component=one, start=gap.start, end=gap.end, cause="storage",
                                                   reason="卡满更换"), password_of(OFFICER))
    room.evidence_sheet(one, SheetDraft({"制作人": OFFICER}, "检查开始。", True))
    sign_in(archive, ARCHIVIST)
    archive.cases.look(case)
    room.retention_set(case, 30, "会计类案件")
    return case


def test_the_whole_set_is_one_pdf_in_the_order_of_the_folder(office: Archive) -> None:
    case = worked(office)
    titles = [paper.title for paper in office.reports.offered(case)]
    assert titles[:2] == ["案卷封面", "卷内目录"]
    assert titles[2].startswith("中止记录情况说明（")
    assert titles[-2:] == ["齐全性检查表", "备考表"]
    assert sum(title.startswith("视听资料文字说明") for title in titles) == 3
    paper = office.reports.papers(case)
    assert last_entry(office) == ("reports.print", "done")
    assert marked(paper) == ("2", "B", f"{OPEN_CASE} 卷内材料")
    pages = words_of(paper)
    with pikepdf.open(io.BytesIO(paper)) as book:
        assert [item.title for item in book.open_outline().root] == titles
        assert "/OutputIntents" in book.Root
        assert "/StructTreeRoot" not in book.Root
        assert len(book.pages) == len(pages) >= len(titles)
    for part in ("案卷", OPEN_CASE, "会计信息质量检查", "行政检查", "30年", "LN-0412"):
        assert part in pages[0], part
    assert "卷内目录" in pages[1]
    assert "共3件" in pages[1]


@pytest.mark.parametrize("form", list(Form))
def test_every_form_alone_says_its_own_and_is_pdf_a(office: Archive, form: Form) -> None:
    case = worked(office)
    wanted = next(paper for paper in office.reports.offered(case) if paper.form is form)
    paper = office.reports.papers(case, [wanted])
    assert marked(paper)[:2] == ("2", "B")
    said = "".join(words_of(paper))
    expected = {
        Form.COVER: ["30年", "大连和润商贸有限公司", "周敏（LN-0412）"], Form.CONTENTS: ["责任者", "现场录音", "共3件"],
        Form.STATEMENT: ["中止记录情况说明", "2026年10月13日09:04:00至09:06:00", "存储空间不足", "说明人：周敏"],
        Form.EVIDENCE: ["SHA-256", "证明对象", "最高人民法院关于行政诉讼证据若干问题的规定第十二条"],
        Form.COMPLETENESS: ["应当有的", "西岗办法", "尚缺"],
        Form.END_SHEET: ["本卷情况说明", "立卷人：沈静宜"],
    }[form]
    assert {part: part in said for part in expected} == dict.fromkeys(expected, True)
    assert "storage" not in said


def test_a_folder_filed_with_gaps_says_so_on_its_face(office: Archive) -> None:
    case = worked(office)
    let_file(office, case)
    office.cases.look(case)
    office.cases.file(case, "办结")
    cover, sheet = (words_of(office.reports.papers(case, [Paper(form)]))[0] for form in (Form.COVER, Form.END_SHEET))
    assert f"带缺归档，经{LEADER}书面同意" in cover
    assert "归档时尚缺" in sheet
    assert f"负责人{LEADER}" in sheet


def test_same_case_same_moment_same_bytes(office: Archive) -> None:
    case = worked(office)
    wanted = [Paper(Form.COVER), Paper(Form.CONTENTS)]
    office.clock = FrozenClock(office.clock.now())
    assert office.reports.papers(case, wanted) == office.reports.papers(case, wanted)


def test_who_may_not_print_and_what_is_not_there_is_refused(office: Archive) -> None:
    case = worked(office)
    refused("not_found", office.reports.papers, case, [Paper(Form.STATEMENT, 999)])
    assert last_entry(office) == ("reports.print", "refused")
    sign_in(office, LEADER)
    refused("cases.not_opened", office.reports.papers, case)
    sign_in(office, CLERK)
    office.cases.look(case)
    refused("permission.denied", office.reports.papers, case)
    assert last_entry(office) == ("reports.print", "refused")
    sign_in(office, SECOND)
    secret = office.cases.numbered(TRADE_CASE)
    assert secret is not None
    sign_in(office, OFFICER)
    refused("not_found", office.reports.papers, secret)


def test_the_ledger_names_forms_and_not_titles(office: Archive) -> None:
    case = worked(office)
    office.reports.papers(case, [office.reports.offered(case)[2]])
    leaf = LedgerEntry.select().order_by(LedgerEntry.id.desc()).first().leaf
    said = leaf.decode() if isinstance(leaf, bytes) else leaf
    assert "书面说明" in said
    assert "现场录音" not in said


def test_printing_stops_between_two_papers(office: Archive) -> None:
    case = worked(office)
    progress = Tracked()
    progress.cancel()
    with pytest.raises(Cancelled):
        office.reports.papers(case, (), progress)
