"""审计: entries narrowed and paged, one entry proven, verification that names what was altered, papers to take away."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.i18n import set_language
from desktop.ledger.checkpoint import verify_any
from models.terms import Outcome
from tests.views import office as o
from tests.views.approvals.sitting import Sit, entries
from tests.views.lookcheck import check_page
from views.ledger import LedgerPage
from views.ledger import entries as listing
from views.reports.saved import in_chinese


def alter(archive, sql: str) -> None:
    """Behind the program's back, as somebody with the disk and the key would."""
    connection = archive.database._connect()
    connection.execute(sql)
    connection.close()


def test_the_newest_entry_stands_first_and_reading_is_itself_an_entry(sit: Sit, archive) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        numbers = [line.seq for line in page.model.rows]
        assert numbers == sorted(numbers, reverse=True)
        assert page.verdict.kind == "soon"
        assert page.side.currentWidget() is page.checkpoint
    assert ("吴岚", "ledger.read", "done") in entries(archive)


def test_entries_come_by_pages_while_one_scrolls(sit: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 20)
    with sit(o.AUDITOR, (1280, 720)) as desk:
        page = desk.go("ledger")
        first = len(page.model.rows)
        assert page.model.next is not None
        for _step in range(6):
            page.entries.scrollToBottom()
            desk.settle()
        assert len(page.model.rows) > first
        assert page.model.rows[-1].seq == 1
        assert page.model.next is None


def test_filters_narrow_to_person_kind_result_day_and_case(sit: Sit, archive) -> None:
    o.sign_in(archive, o.OFFICER)
    with pytest.raises(Exception, match="未经负责人批准"):
        archive.media.open(8)
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        bar = page.filters
        bar.outcome.choose(Outcome.REFUSED)
        bar.changed.emit()
        desk.settle()
        assert [(line.person, line.act) for line in page.model.rows] == [("周敏", "media.open")]
        assert page.model.ground(0) == "late_soft"
        bar.clear()
        desk.settle()
        bar.person.choose(o.ARCHIVIST)
        bar.kind.choose("cases.")
        bar.changed.emit()
        desk.settle()
        assert {(line.person, line.act.split(".")[0]) for line in page.model.rows} == {(o.ARCHIVIST, "cases")}
        desk.click(bar.more)
        bar.until.setText("2026-11-18")
        bar.changed.emit()
        desk.settle()
        assert page.lists.currentWidget() is page.nothing
        bar.until.setText("")
        bar.case.setText(o.BOOKS)
        bar.changed.emit()
        desk.settle()
        assert page.model.rows
        assert all(line.about.startswith(o.BOOKS) for line in page.model.rows)
        bar.case.setText("没有这个号")
        bar.changed.emit()
        desk.settle()
        assert bar.case_field.verdict == "没有这个案号的案卷"


def test_one_entry_shows_what_it_wrote_and_why_it_is_proven(sit: Sit, archive) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        at = next(n for n, line in enumerate(page.model.rows) if line.act == "requests.create")
        page.entries.choose(at)
        desk.settle()
        assert page.side.currentWidget() is page.entry
        detail = archive.audit.detail(page.model.rows[at].seq)
        assert detail.holds
        assert {table for table, _row, _gone in detail.rows} == {"request", "request_item"}
        assert detail.steps >= len(detail.turns) == 3
        assert "每一步都相符" in page.entry.proof.plain()
        desk.press("Esc")
        assert page.side.currentWidget() is page.checkpoint


def test_verification_is_sound_then_names_the_row_that_was_altered(sit: Sit, archive) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        desk.click(page.verify)
        assert page.verdict.kind == "good"
        assert "未发现改动" in page.verdict.title.plain()
        assert not page.which.isVisible()
        assert archive.ledger_state().sound
        alter(archive, "UPDATE request SET purpose = '改过的用途' WHERE id = 1")
        desk.click(page.verify)
        assert page.verdict.kind == "late"
        assert page.lists.currentWidget() is page.findings
        assert "表 request 第 1 行" in page.finding.words.plain()
        seq = page.report.findings[0].facts["seq"]
        desk.click(page.finding.to_entry)
        assert page.entry.panel.heading.full == f"第 {seq} 条"
        assert not archive.ledger_state().sound


def test_a_stopped_verification_says_that_it_says_nothing(sit: Sit, archive) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        page._verify()
        page._job.cancel()
        desk.settle()
        assert page.verdict.kind == "soon"
        assert "不能说明" in page.verdict.title.plain()
        assert page.verify.isEnabled()


def test_a_checkpoint_is_signed_shown_and_saved(sit: Sit, archive, tmp_path: Path) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        page.choose_file = lambda _page, _title, suggested: tmp_path / suggested
        desk.click(page.checkpoint.sign)
        desk.click(page.checkpoint.copy)
        note = QApplication.clipboard().text()
        desk.click(page.checkpoint.save)
        assert "已保存" in page.head.sub.full
        saved = next(tmp_path.glob("*.txt"))
        assert saved.read_text() == note
        keys = {archive.keeper.key_name: archive.desk.public()}
        assert verify_any(note, keys, archive.keeper.origin).size >= 45


def test_the_export_and_a_custody_report_are_written_where_chosen(sit: Sit, archive, tmp_path: Path) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        page.choose_file = lambda _page, _title, suggested: tmp_path / suggested
        desk.click(page.export)
        assert "已导出" in page.head.sub.full
        exported = next(tmp_path.glob("*.jsonl"))
        assert exported.stat().st_size > 1000
        desk.click(page.custody_button)
        assert page.custody.words.hasFocus()
        desk.type("不存在的文件")
        desk.press("Return")
        assert page.custody.field.verdict == "没有找到"
        assert not page.custody.save.isEnabled()
        page.custody.words.clear()
        desk.type(o.RECORDING)
        desk.press("Return")
        assert page.custody.found.row().title == o.RECORDING
        desk.click(page.custody.save)
        paper = tmp_path / f"流转记录报告 {o.RECORDING}.pdf"
        assert paper.read_bytes().startswith(b"%PDF")
        assert page.head.sub.full.endswith(paper.name)
        set_language("en")
        desk.click(page.custody.save)
        assert page.head.sub.full.endswith(in_chinese())
    assert not list(tmp_path.glob(".*.part"))
    assert ("吴岚", "ledger.export", "done") in entries(archive)
    assert ("吴岚", "ledger.custody", "done") in entries(archive)


def test_a_folder_that_is_not_there_is_told_in_the_banner(sit: Sit, tmp_path: Path) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        page.choose_file = lambda _page, _title, suggested: tmp_path / "none" / suggested
        desk.click(page.export)
        assert page.banner.kind == "refused"
        assert "写不到" in page.banner.title.plain()


def test_nothing_is_cut_nor_unnamed_at_four_sizes(look: QApplication, sit: Sit, archive) -> None:
    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        rows, detail = page.model.rows, archive.audit.detail(page.model.rows[1].seq)
        signed, state = archive.audit.signed(), archive.ledger_state()

        def build(side: str) -> LedgerPage:
            out = LedgerPage(archive, desk.bridge, desk.shell)
            out.model.rows = rows
            out._took((signed, "", [o.OFFICER], state))
            out.entry.show_entry(detail)
            out.filters.more.setChecked(side == "custody")
            out.side.setCurrentWidget(getattr(out, side))
            return out

        for side in ("checkpoint", "entry", "custody"):
            check_page(look, lambda side=side: build(side))
