"""职权清单、执法证、违法行为和处罚、所属机构 in the window: empty states, a draft kept and confirmed by two, forms by key, jumps from the marking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.policy.powers import parse_powers
from desktop.policy.scoring import Mark
from desktop.registers import CertificateDraft
from models.people import Person
from tests.desktop.registers.test_registers import LIST
from tests.views import office as o
from tests.views.lookcheck import check_page
from tests.views.walk import Desk
from views.common.dialogs import PasswordAgain, Reason
from views.rulebook import RulebookPage
from views.scoring.item import ItemView


def put_in_force(archive) -> None:
    o.sign_in(archive, o.ARCHIVIST)
    version = archive.registers.powers_draft(LIST, "按三定方案填写")
    o.sign_in(archive, o.LEADER)
    archive.registers.powers_second(version, date(2026, 1, 1), o.PASSWORD)


def answer_dialog(kind: type, words: str) -> None:
    """Write into the dialog in front and decide it."""
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
    (dialog.area.setPlainText if kind is Reason else dialog.password.setText)(words)
    dialog.decide()


def test_an_empty_list_says_what_comes_next_and_a_power_is_written_by_key(desk, archive):
    at = desk(o.ARCHIVIST)
    section = at.go("rulebook", tab="powers").powers
    assert section.nothing.isVisible()
    at.press("Ctrl+N")
    form = section.form
    at.press("Ctrl+Return")
    assert "请填写" in form.cause.verdict
    form.cause.control.setText("未按规定设置会计账簿")
    form.organ.control.setText("西岗区财政局")
    form.penalties[0].least.setText("50000")
    form.penalties[0].most.setText("3000")
    at.press("Ctrl+Return")
    assert form.refusal.isVisible()
    form.penalties[0].least.setText("1,000")
    at.press("Ctrl+Return")
    assert not section.side.number
    assert [one.number for one in section.rows] == ["1"]
    assert archive.registers.powers_versions() == [], "nothing is in the archive before the list is kept"
    at.press("Ctrl+S")
    at.settle()
    answer_dialog(Reason, "按三定方案填写")
    at.settle()
    line, = archive.registers.powers_versions()
    assert (line.rows, line.waits) == (1, True)
    assert not section.second.isVisible(), "an archivist confirms nothing"


def test_a_second_person_puts_it_in_force(desk, archive):
    o.sign_in(archive, o.ARCHIVIST)
    archive.registers.powers_draft(LIST, "按三定方案填写")
    at = desk(o.LEADER)
    section = at.go("rulebook", tab="powers").powers
    assert section.second.isVisible()
    assert not section.bring.isVisible()
    section.from_day.control.setText("2026-1")
    at.click(section.second)
    assert "2026-10-20" in section.from_day.verdict
    section.from_day.control.setText("2026-01-01")
    at.click(section.second)
    answer_dialog(PasswordAgain, o.PASSWORD)
    at.settle()
    assert archive.registers.powers().version == 1


def test_a_spreadsheet_goes_out_and_comes_back(desk, archive, tmp_path: Path):
    put_in_force(archive)
    at = desk(o.ARCHIVIST)
    section = at.go("rulebook", tab="powers").powers
    section.choose_file = lambda _page, _title, _name: tmp_path / "清单.xlsx"
    at.click(section.take)
    at.settle()
    section.load(tmp_path / "清单.xlsx")
    at.settle()
    assert section.drafting
    assert section.rows == list(parse_powers(LIST).power)
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    section.load(tmp_path / "坏.xlsx")
    at.settle()
    assert section.page.banner.kind == "refused"
    section.drop_row()
    assert section.rows == []


def test_certificates_are_entered_renewed_and_corrected(desk, archive):
    at = desk(o.ARCHIVIST)
    section = at.go("rulebook", tab="certificates").certificates
    assert section.nothing.isVisible()
    at.press("Ctrl+N")
    form = section.form
    for one, words in ((form.number, "LN-0412"), (form.name, o.OFFICER), (form.first, "2021-05-01"), (form.last, "2020-04-30")):
        one.control.setText(words)
    at.press("Ctrl+Return")
    at.settle()
    assert "早于" in form.last.verdict
    form.last.control.setText("2026-04-30")
    at.press("Ctrl+Return")
    at.settle()
    assert [line.draft.number for line in archive.registers.certificates()] == ["LN-0412"]
    section._renew()
    assert form.name.control.text() == o.OFFICER
    form.first.control.setText("2026-05-01")
    form.last.control.setText("2031-04-30")
    at.press("Ctrl+Return")
    at.settle()
    assert len(section.model.rows) == 2
    section.table.choose(1)
    section.correct()
    at.press("Ctrl+Return")
    assert form.why.verdict
    at.press("Escape")
    assert section.table.hasFocus()
    section.look.setText("没有这个人")
    assert section.model.rows == []


def test_the_marking_jumps_to_the_registers_and_to_the_act(desk, archive):
    put_in_force(archive)
    o.sign_in(archive, o.ARCHIVIST)
    archive.registers.certificate_add(CertificateDraft("LN-0412", o.OFFICER, date(2021, 5, 1), date(2031, 4, 30)))
    case = o.case(archive)
    at: Desk = desk(o.ARCHIVIST)
    page = at.go("scoring", case=case)
    at.press("Ctrl+N")
    rows = {row.id: row for row in page.sheet.view.rows}
    assert rows["V1"].mark is Mark.TO_CONFIRM
    for item, kind, name in (("V1", "power", "rulebook"), ("V2", "certificates", "rulebook"), ("V7", "matter", "case"), ("F7", "volume", "case")):
        at.go("scoring", scoring=page.scoring)
        page.jump(next(place for place in rows[item].seen if place.kind == kind))
        at.settle()
        assert at.shell.page.name == name
    at.go("scoring", scoring=page.scoring)
    page.sheet.choose("V2")
    view = page.sheet.findChild(ItemView)
    assert view is not None
    assert view.jumps, "what was looked at can be gone to"


def test_the_act_and_the_penalties_are_stated_in_the_case(desk, archive):
    put_in_force(archive)
    case = o.case(archive)
    at: Desk = desk(o.ARCHIVIST)
    page = at.go("case", case=case, item="matter")
    at.settle()
    form = page.procedure.matter
    assert form.isVisible()
    form.power.control.choose("1")
    form._of_power()
    assert form.organ.control.text() == "西岗区财政局"
    form.penalties.tick("fine")
    form.amounts["fine"].control.setText("三万")
    form.ended.control.setText("2026-03-02")
    form.discovered.control.setText("2026-13-40")
    at.press("Ctrl+Return")
    assert form.amounts["fine"].verdict
    assert form.discovered.verdict
    form.amounts["fine"].control.setText("30,000")
    form.discovered.control.setText("2026-03-20")
    form.grave.choose(1)
    at.press("Ctrl+Return")
    at.settle()
    stated = archive.procedure.matter(case)
    assert stated is not None
    assert (stated.power, [(one.kind, one.fen) for one in stated.penalties], stated.discovered, stated.grave) == (
        "1", [("fine", 3_000_000)], date(2026, 3, 20), False)
    page.procedure.begin_matter()
    at.settle()
    assert form.why.isVisible(), "a correction takes its reason"


def test_the_administrator_enters_units(desk, archive):
    at = desk(o.SYSADMIN)
    page = at.go("settings")
    people = page.people
    people.choose(o.OFFICER)
    at.settle()
    part = next(one for one in people.detail.findChildren(object) if type(one).__name__ == "UnitPart")
    part.unit.control.setText("一中队")
    part.since.control.setText("2026-01-01")
    part.submit()
    at.settle()
    who = Person.get(Person.name == o.OFFICER).id
    assert [(line.person, line.unit) for line in archive.registers.units()] == [(who, "一中队")]


@pytest.mark.parametrize("face", ["powers", "power_form", "certificates", "certificate_form"])
def test_nothing_is_cut(look, desk, archive, bridge, face):
    put_in_force(archive)
    o.sign_in(archive, o.ARCHIVIST)
    archive.registers.certificate_add(CertificateDraft("LN-0412", o.OFFICER, date(2021, 5, 1), date(2031, 4, 30)))
    at = desk(o.ARCHIVIST)

    def rulebook() -> RulebookPage:
        page = RulebookPage(archive, bridge, at.shell)
        page.opened(tab="powers" if face.startswith("power") else "certificates")
        at.settle()
        if face.endswith("_form"):
            page.section.begin()
        at.settle()
        return page

    check_page(look, rulebook, [(1440, 900, "comfortable"), (1280, 720, "compact")])
