"""统计: figures, plots and tables say the same, by keyboard; what is taken away is a file and an entry; an empty year says so."""

from __future__ import annotations

import io
import itertools
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageStat
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.archive import Archive
from desktop.i18n import set_language
from tests.views import office as o
from tests.views.lookcheck import check_page
from tests.views.statistics.conftest import Sit
from tests.views.walk import Desk
from views.frame.rail import RailButton
from views.reports.saved import in_chinese
from views.statistics import StatisticsPage
from views.statistics.charts import Bar, Chart, Part, Strip
from views.statistics.paint import _short
from views.statistics.plot import Plot, Source, as_pdf, as_png, as_svg
from views.statistics.words import share_words

SOURCE = Source("西岗区财政局", "2026 年", "2026-11-20")


def shown(page: StatisticsPage) -> list[list[str]]:
    """The table in view, cell by cell."""
    model = page.lists.currentWidget().model()
    return [[model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole) for column in range(model.columnCount())]
            for row in range(model.rowCount())]


def entries(archive: Archive) -> list[tuple[str, str]]:
    return archive.database.connection().execute("SELECT act, outcome FROM ledger_entry ORDER BY seq").fetchall()


def test_plot_table_and_figures_say_the_same(sit: Sit, archive: Archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("statistics")
        sums = archive.statistics.sums(page.period)
        assert page.sums is not None
        assert (page.sums.limits, page.sums.coverage) == (sums.limits, sums.coverage)
        assert page.place.currentWidget() is page.body
        rows = shown(page)
        assert len(rows) == 12
        assert rows[3][3] == "0 %，0 / 1"
        assert rows[9][3] == "100 %，1 / 1"
        assert "2 / 4" in page.figures._parts[2][0].accessibleName()
        assert "50.0 %" in page.plot.accessibleDescription()
        for number in range(6):
            desk.press(f"Alt+{number + 1}")
            assert page.views.chosen == number
            assert page.chart is not None
            assert page.plot.chart == page.chart
            assert page.drawn.heading.full == page.chart.title
            assert len(shown(page)) == (12 if number == 0 else len(page.chart.bars))
        assert [row[0] for row in shown(page)] != []


def test_a_period_narrows_and_an_empty_one_says_what_comes_next(sit: Sit) -> None:
    with sit(o.ARCHIVIST) as desk:
        page = desk.go("statistics")
        page.part.choose("q2")
        page.part.activated.emit(0)
        desk.settle()
        assert [row[0] for row in shown(page)] == ["4 月", "5 月", "6 月"]
        assert "第 2 季度" in page.head.sub.full
        assert page.figures._parts[2][1].full == "0 %"
        page.part.choose("1")
        page.part.activated.emit(0)
        desk.settle()
        assert page.place.currentWidget() is page.nothing
        assert not page.save_plot.isEnabled()


def test_an_act_elsewhere_is_counted_at_once(sit: Sit, archive: Archive) -> None:
    with sit(o.ARCHIVIST) as desk:
        page = desk.go("statistics")
        assert page.sums.coverage.whole.missing == 2
        case = o.case(archive, o.INSPECTION)
        archive.cases.look(case)
        act = next(line for line in archive.procedure.activities(case) if not line.footage)
        archive.procedure.activity_remove(act.id, "登记有误")
        desk.settle()
        assert page.sums.coverage.whole.missing == 1


def test_tables_plots_and_the_annual_list_become_files_and_entries(sit: Sit, archive: Archive, tmp_path: Path) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("statistics")
        asked: list[str] = []
        opened: list[Path] = []

        def choose(_page: object, _title: str, suggested: str) -> Path:
            asked.append(suggested)
            return tmp_path / suggested

        page.choose_file, page.open_file = choose, opened.append
        desk.press("Ctrl+S")
        page._save_plot(".png")
        desk.settle()
        page._save_plot(".pdf")
        desk.settle()
        page._save_plot(".svg")
        desk.settle()
        for button, ending in ((page.annual, ".xlsx"), (page.annual, ".pdf")):
            desk.click(button)
            action = next(one for one in page.offer.actions() if ("xlsx" in one.text()) == (ending == ".xlsx"))
            page.offer.close()
            action.trigger()
            desk.settle()
        assert [name.rsplit(".", 1)[1] for name in asked] == ["xlsx", "png", "pdf", "svg", "xlsx", "pdf"]
        assert page.banner.kind == "good"
        desk.click(page.banner.tail.itemAt(0).widget())
        assert opened == [tmp_path / asked[-1]]
        book = openpyxl.load_workbook(io.BytesIO((tmp_path / asked[0]).read_bytes()))
        assert len(book.sheetnames) == 6
        with Image.open(tmp_path / asked[1]) as picture:
            assert picture.size == (2246, 1588)
            assert ImageStat.Stat(picture.convert("L")).stddev[0] > 8
        document = pypdfium2.PdfDocument(str(tmp_path / asked[2]))
        assert len(document) == 1
        assert document[0].get_width() > document[0].get_height()
        assert "来源" in document[0].get_textpage().get_text_range()
        document.close()
        drawing = ElementTree.fromstring((tmp_path / asked[3]).read_bytes())
        assert drawing.get("viewBox") == "0 0 1123 794"
        said = "".join(drawing.itertext())
        assert page.chart is not None
        assert page.chart.title in said
        assert archive.name in said, "the source stands on it"
        with pikepdf.open(tmp_path / asked[2]) as paper, paper.open_metadata() as meta:
            assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("1", "B")
        with pikepdf.open(tmp_path / asked[5]) as paper, paper.open_metadata() as meta:
            assert meta["pdfaid:part"] == "2"
    acts = [act for act, outcome in entries(archive) if outcome == "done"]
    assert acts.count("statistics.export") == 4
    assert acts.count("reports.annual") == 2


def test_a_desk_that_speaks_english_is_told_that_the_annual_list_is_chinese(sit: Sit, tmp_path: Path) -> None:
    set_language("en")
    with sit(o.LEADER) as desk:
        page = desk.go("statistics")
        page.choose_file = lambda _page, _title, suggested: tmp_path / suggested
        desk.click(page.annual)
        note, *ways = [one for one in page.offer.actions() if not one.isSeparator()]
        page.offer.close()
        assert note.text() == in_chinese()
        assert not note.isEnabled()
        assert page.offer.activeAction() is not note
        ways[-1].trigger()
        desk.settle()
        assert in_chinese() in page.banner.body.plain()
        page._save_plot(".svg")
        desk.settle()
        assert in_chinese() not in page.banner.body.plain(), "a plot speaks as the desk does"


def test_whoever_may_not_read_statistics_has_no_such_line(sit: Sit) -> None:
    def lines(desk: Desk) -> set[str]:
        return {button.page.name for button in desk.shell.findChildren(RailButton)}

    with sit(o.OFFICER) as desk:
        assert "statistics" not in lines(desk)
    with sit(o.REVIEWER) as desk:
        assert "statistics" in lines(desk)


@pytest.mark.parametrize("share", [0.0, 0.004, 0.5, 0.996, 1.0, None])
def test_no_share_is_rounded_into_a_whole_that_it_is_not(share: float | None) -> None:
    told, short = share_words(share), _short(share)
    assert (told == "100 %", short == "100%") == (share == 1.0, share == 1.0)
    assert (told == "0 %", short == "0%") == (share == 0.0, share == 0.0)


MANY = Chart("图", "注", parts=(Part("甲", "accent", "solid"), Part("乙", "late", "hatched"), Part("丙", "soon", "dotted"),
                            Part("丁", "line_strong", "empty")),
             bars=tuple(Bar(f"第{n}项很长很长很长很长很长很长很长很长很长的名称", (n, 40 - n, n % 3, n % 2), "99.9 %") for n in range(40)))
STRIPS = Chart("图", categories=("1 月", "2 月"), strips=(Strip("甲", (0.5, None), ("1 / 2", ""), "50.0 %（1 / 2）"),))


@pytest.mark.parametrize("chart", [MANY, STRIPS, Chart("空")])
def test_any_chart_can_be_drawn_at_any_size_on_screen_and_on_paper(look: QApplication, chart: Chart) -> None:
    plot = Plot()
    plot.show_chart(chart)
    for size in ((320, 120), (700, 400), (1600, 900)):
        plot.resize(*size)
        assert not plot.grab().isNull()
    plot.deleteLater()
    assert as_png(chart, SOURCE).startswith(b"\x89PNG")
    assert as_pdf(chart, SOURCE).startswith(b"%PDF")
    assert b"<svg" in as_svg(chart, SOURCE)[:400]


def test_hatching_tells_parts_apart_without_colour(look: QApplication) -> None:
    """In grey the four fillings differ: solid is darkest, empty lightest, the patterns between."""
    parts = [Part("x", "late", filling) for filling in ("solid", "dotted", "hatched", "empty")]
    means = []
    for part in parts:
        png = as_png(Chart("图", parts=(part,), bars=(Bar("条", (1,)),)), SOURCE)
        with Image.open(io.BytesIO(png)) as picture:
            means.append(ImageStat.Stat(picture.convert("L").crop((1300, 340, 2000, 360))).mean[0])
    assert all(lighter - darker > 8 for darker, lighter in itertools.pairwise(means)), means


def test_nothing_is_cut_at_any_size(look: QApplication, sit: Sit) -> None:
    with sit(o.LEADER) as desk:
        sums = desk.go("statistics").sums

        def build() -> StatisticsPage:
            page = StatisticsPage(desk.archive, desk.bridge, desk.shell)
            page._show(0, sums)
            return page

        check_page(look, build)
