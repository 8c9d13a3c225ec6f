"""The printed papers of a case: what they say, how many pages, that they are PDF/A, alone and joined; and that the printing is in the ledger."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from desktop.archive import Archive
from desktop.clock import FrozenClock
from desktop.errors import Cancelled
from desktop.jobs import Tracked
from desktop.procedure import ActivityDraft, FootageDraft, SheetDraft
from desktop.reports.forms import Form, Paper
from desktop.reports.gathering import read_case, told
from desktop.tools.typesetting import typeset
from models.facts import Gap
from models.ledger import LedgerEntry
from models.terms import CaseId, StatementKind
from tests.desktop.procedure.kit import at, last_entry, opened, recording, refused
from tests.desktop.reports.pdfa import faults
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
    assert faults(paper) == []
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
    assert faults(paper) == []
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


def test_a_file_that_breaks_a_rule_of_pdf_a_is_told(office: Archive) -> None:
    """The check itself can fail: each of these is a fault that a careless joining would make."""
    paper = office.reports.papers(worked(office), [Paper(Form.COVER)])
    for spoil, clause in ((lambda book: book.Root.__delitem__("/OutputIntents"), "6.2.3"),
                        (lambda book: book.Root.__delitem__("/Metadata"), "6.6.2"),
                        (lambda book: book.docinfo.__setitem__("/Title", "x"), "6.6.3"),
                        (lambda book: book.Root.__setitem__("/AA", pikepdf.Dictionary()), "catalog"),
                        (_strip_font, "6.2.11.4")):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(paper)) as book:
            spoil(book)
            book.save(out)
        assert any(clause in words for words in faults(out.getvalue())), clause
    assert faults(paper + b"more") != []


def _strip_font(book: pikepdf.Pdf) -> None:
    for one in book.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor":
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if key in one:
                    del one[key]


def test_two_hundred_records_give_a_contents_list_of_whole_rows(office: Archive) -> None:
    """Every row stands on one page, the head on each, and every page after the first says which case it belongs to."""
    case = worked(office)
    told_ = read_case(office, case)
    long = "关于大连市西岗区新开路77号有关账册、凭证、银行对账单调取及登记保存情况的说明（附清单三份）"
    first = told_.folder.records[0]
    records = tuple(replace(first, position=n, title=f"{long}{n}号完") for n in range(1, 201))
    big = replace(told_, folder=replace(told_.folder, records=records))
    ready = told(big, [Paper(Form.CONTENTS)])[0]
    paper = typeset(ready.form, ready.facts, office.clock.now())
    pages = words_of(paper)
    assert faults(paper) == []
    assert len(pages) > 10
    for number, page in enumerate(pages):
        assert "责任者" in page
        assert page.startswith(f"卷内目录{OPEN_CASE}") is (number > 0)
        assert page.count("关于大连市") == page.count("号完"), "no row is torn"
    assert sum(page.count("号完") for page in pages) == 200
    assert f"第{len(pages)}页共{len(pages)}页" in pages[-1]


def test_a_cover_stays_one_page_whatever_it_holds(office: Archive) -> None:
    case = worked(office)
    told_ = read_case(office, case)
    line = replace(told_.folder.line, cause="未按照规定保管会计资料、私设会计账簿、伪造变造会计凭证、编制虚假财务会计报告" * 3 + "案")
    parties = tuple(replace(told_.folder.parties[0], name=f"大连和润商贸有限公司第{n}分公司") for n in range(12))
    ready = told(replace(told_, folder=replace(told_.folder, line=line, parties=parties)), [Paper(Form.COVER)])[0]
    pages = words_of(typeset(ready.form, ready.facts, office.clock.now()))
    assert len(pages) == 1
    assert "等12人" in pages[0]
    assert "案卷号" in pages[0]
