"""The annual list of cases: which cases, what each line says, on paper and as a spreadsheet, and by when it is to be handed in."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft, PartyName
from desktop.clock import FrozenClock
from desktop.opening import found
from desktop.people import Newcomer
from desktop.procedure import ActivityDraft
from desktop.reports.annual import HEAD
from models.terms import EnforcementKind
from tests.desktop.procedure.kit import at, last_entry, opened, refused
from tests.desktop.reports.test_printed_case import marked, words_of
from tests.office import ARCHIVIST, FULL, LEADER, OFFICER, OPEN_CASE, PRIVATE_CASE, TRADE_CASE, let_file, password_of, sign_in


@pytest.fixture
def year(office: Archive) -> Archive:
    """The office with one case decided, ended and filed with gaps, and one of the year before."""
    case = opened(office, ARCHIVIST)
    office.procedure.activity_add(case, ActivityDraft("decision", at(20, 15)))
    office.procedure.case_end(case, "performed", date(2026, 10, 30), password_of(ARCHIVIST))
    office.procedure.retention_set(case, 10, "会计类")
    office.cases.create(CaseDraft("西财检〔2025〕1号", "=SUM(A1)上年旧案", EnforcementKind.INSPECTION, (PartyName("甲"),), started_on="2025-12-31"))
    let_file(office, case)
    office.cases.file(case, "办结")
    return office


def test_a_line_says_what_became_of_the_case(year: Archive) -> None:
    made = year.reports.annual_list(2026)
    line = next(one for one in made.lines if one.number == OPEN_CASE)
    assert (line.parties, line.officers) == ("大连和润商贸有限公司", "周敏、李建国")
    assert (line.kind, line.procedure, line.kept) == ("行政检查", "普通（一般）程序", "10年")
    assert (line.started, line.decided, line.ended) == ("2026-10-12", "2026-10-20", "2026-10-30")
    assert line.filed is not None
    assert line.ordered
    assert line.wanting
    open_one = next(one for one in made.lines if one.number == TRADE_CASE)
    assert (open_one.filed, open_one.ordered, open_one.kept) == (None, False, "未定")
    assert open_one.wanting


def test_a_year_holds_the_cases_begun_in_it_and_nobody_reads_beyond_their_clearance(year: Archive) -> None:
    assert [one.number for one in year.reports.annual_list(2025).lines] == ["西财检〔2025〕1号"]
    assert {one.number for one in year.reports.annual_list(2026).lines} == {OPEN_CASE, TRADE_CASE, PRIVATE_CASE}
    assert year.reports.annual_list(1999).lines == ()
    sign_in(year, OFFICER)
    refused("permission.denied", year.reports.annual_list, 2026)
    year.database.connection().execute("UPDATE person SET clear_trade = 0 WHERE name = ?", (LEADER,))
    sign_in(year, LEADER)
    assert {one.number for one in year.reports.annual_list(2026).lines} == {OPEN_CASE, PRIVATE_CASE}


def test_the_paper_and_the_spreadsheet_say_the_same(year: Archive) -> None:
    year.clock = FrozenClock(datetime(2026, 12, 1, 2, tzinfo=UTC))
    paper = year.reports.annual_pdf(2026)
    assert last_entry(year) == ("reports.annual", "done")
    assert marked(paper) == ("2", "B", "2026年度行政执法案件清单")
    said = "".join(words_of(paper))
    for part in (*HEAD, OPEN_CASE, TRADE_CASE, "共3件", "本制度未规定年度清单的报送日期", "带缺归档"):
        assert part in said, part
    with pikepdf.open(io.BytesIO(paper)) as book:
        box = book.pages[0].mediabox
        assert float(box[2]) > float(box[3])
    assert len(words_of(paper)) == 1
    line = next(one for one in year.reports.annual_list(2026).lines if one.number == TRADE_CASE)
    assert line.wanting[0] in said
    assert line.wanting[-1] not in said
    table = openpyxl.load_workbook(io.BytesIO(year.reports.annual_xlsx(2026)))["2026年度"]
    rows = [[cell.value for cell in row] for row in table.iter_rows(min_row=3)]
    assert tuple(rows[0]) == HEAD
    first = next(row for row in rows if row[1] == OPEN_CASE)
    assert first[8] == datetime(2026, 10, 20)
    assert first[0] in (1, 2, 3)
    assert first[12].count("、") > 3
    assert not first[12].endswith("等")
    assert table.freeze_panes == "A4"


def test_a_title_is_never_a_formula(year: Archive) -> None:
    table = openpyxl.load_workbook(io.BytesIO(year.reports.annual_xlsx(2025)))["2025年度"]
    assert (table["C4"].value, table["C4"].data_type) == ("=SUM(A1)上年旧案", "s")


def test_where_a_text_sets_the_day_it_is_said_with_both_readings(tmp_path: Path) -> None:
    clock = FrozenClock(datetime(2027, 1, 20, 2, tzinfo=UTC))
    people = [(Newcomer(ARCHIVIST, "archivist", clearance=FULL), password_of(ARCHIVIST)), (Newcomer(LEADER, "leader"), password_of(LEADER))]
    archive = found(tmp_path / "jinpu", "金普新区发展和改革局", "jinpu-development", people, training=True, clock=clock).archive
    try:
        sign_in(archive, ARCHIVIST)
        made = archive.reports.annual_list(2026)
        assert (made.due, made.late, made.lines) == ("2027-01-30", False, ())
        for part in ("第三十二条", "每年1月31日前", "稳妥按2027年1月30日报送", "最迟2027年1月31日"):
            assert part in made.ground, part
        clock.move_to(datetime(2027, 1, 31, 16, 1, tzinfo=UTC))
        assert archive.reports.annual_list(2026).late
        assert "第三十二条" in words_of(archive.reports.annual_pdf(2026))[0]
    finally:
        archive.close()
