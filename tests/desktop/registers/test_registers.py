"""The registers: a list of powers takes two persons and goes out as a spreadsheet; certificates and units keep what was; cases are judged by them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from desktop.archive import Archive
from desktop.policy.powers import Power, Range, check_powers, count_powers, parse_powers, powers_text, read_yuan, yuan
from desktop.policy.scoring import Mark
from desktop.procedure import ActivityDraft
from desktop.registers import CertificateDraft
from desktop.registers.spreadsheet import HEAD
from models.base import FieldChange
from models.facts import Matter, Penalty
from models.people import Person
from models.terms import PersonId
from tests.desktop.procedure.kit import at, last_entry, opened, refused
from tests.office import ARCHIVIST, CLERK, LEADER, OFFICER, OPEN_CASE, REVIEWER, SYSADMIN, password_of, sign_in

FINE = Range(kind="fine", least="3000", most="50000", grade="一般")
LIST = powers_text([Power(number="1", cause="未按规定设置会计账簿", organ="西岗区财政局", article="会计法第四十条",
                          penalty=(Range(kind="warning"), FINE))])


def in_force(archive: Archive, text: str = LIST, day: date = date(2026, 1, 1)) -> int:
    """A list drafted by the archivist and confirmed by the leader; the archivist is signed in again."""
    sign_in(archive, ARCHIVIST)
    version = archive.registers.powers_draft(text, "按三定方案填写")
    sign_in(archive, LEADER)
    archive.registers.powers_second(version, day, password_of(LEADER))
    sign_in(archive, ARCHIVIST)
    return version


def test_the_list_is_empty_until_two_persons_filled_it(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    assert office.registers.powers().listed is None
    version = office.registers.powers_draft(LIST, "按三定方案填写")
    assert last_entry(office) == ("registers.powers_draft", "done")
    assert office.registers.powers().listed is None, "a draft holds nothing"
    sign_in(office, REVIEWER)
    second = office.registers.powers_draft(LIST.replace("50000", "40000"), "改了上限")
    refused("powers.own_draft", office.registers.powers_second, second, date(2026, 1, 1), password_of(REVIEWER))
    office.registers.powers_second(version, date(2026, 1, 1), password_of(REVIEWER))
    assert last_entry(office) == ("registers.powers_second", "done")
    held = office.registers.powers()
    assert held.version == version
    assert held.listed is not None
    assert held.listed.row("1") is not None
    refused("powers.seconded", office.registers.powers_second, version, date(2026, 1, 1), password_of(REVIEWER))
    assert [(one.version, one.in_force, one.waits) for one in office.registers.powers_versions()] == [(2, False, True), (1, True, False)]


def test_a_version_taken_back_leaves_the_one_before(office: Archive) -> None:
    first = in_force(office)
    second = in_force(office, LIST.replace("50000", "40000"), date(2026, 2, 1))
    assert office.registers.powers().version == second
    sign_in(office, LEADER)
    office.registers.powers_withdraw(second, "上限写错")
    assert last_entry(office) == ("registers.powers_withdraw", "done")
    assert office.registers.powers().version == first


def test_drafts_are_refused_with_the_line(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    refused("change.reason_missing", office.registers.powers_draft, LIST, " ")
    refused("powers.empty", office.registers.powers_draft, "format = 1\n", "空")
    refused("powers.faulty", office.registers.powers_draft, LIST.replace('kind = "fine"', 'kind = "hanging"'), "试")
    office.registers.powers_draft(LIST, "按三定方案填写")
    refused("powers.unchanged", office.registers.powers_draft, LIST, "再来一次")
    sign_in(office, CLERK)
    refused("permission.denied", office.registers.powers_draft, LIST, "试")
    assert count_powers(powers_text(parse_powers(LIST).power)) == len(parse_powers(LIST).power)
    told = check_powers(LIST.replace('least = "3000"', 'least = "90000"'))
    assert [one.line for one in told] != [0]
    assert check_powers(LIST.replace('basis = "statutory"', 'basis = "entrusted"'))
    assert parse_powers(LIST) == parse_powers(powers_text(parse_powers(LIST).power))


def test_the_list_goes_out_and_comes_back_as_a_spreadsheet(office: Archive, tmp_path: Path) -> None:
    in_force(office)
    listed = office.registers.powers().listed
    assert listed is not None
    path = office.registers.powers_sheet(tuple(listed.power), tmp_path / "清单.xlsx")
    assert office.registers.powers_file(path) == LIST
    book = load_workbook(path)
    page = book.worksheets[0]
    page.append(["2", "伪造会计凭证", "西岗区财政局", "", "", "会计法第四十一条", 5, "罚款", 1000, 20000.5, ""])
    book.save(path)
    more = parse_powers(office.registers.powers_file(path)).row("2")
    assert more is not None
    assert (more.basis, more.years, more.penalty) == ("statutory", 5, (Range(kind="fine", least="1000", most="20000.5"),))
    (tmp_path / "清单.toml").write_text(LIST, encoding="utf-8")
    assert office.registers.powers_file(tmp_path / "清单.toml") == LIST
    assert office.registers.powers_sheet((), tmp_path / "空.xlsx").exists()
    refused("powers.empty", office.registers.powers_file, tmp_path / "空.xlsx")


@pytest.mark.parametrize("row", [
    ["1", "", "局", "", "", "", "", "警告"], ["1", "案由", "局", "", "", "", "", "绞刑"], ["1", "案由", "局", "", "", "", "两年", "警告"],
    ["1", "案由", "局", "", "", "", "", "罚款", "一千"], ["1", "案由", "局", "别的", "", "", "", "警告"]])
def test_a_faulty_row_is_told_by_its_number(office: Archive, tmp_path: Path, row: list[str]) -> None:
    sign_in(office, ARCHIVIST)
    book = Workbook()
    page = book.worksheets[0]
    page.append(list(HEAD))
    page.append(row)
    book.save(tmp_path / "x.xlsx")
    assert refused("powers.sheet", office.registers.powers_file, tmp_path / "x.xlsx").facts["row"] == 2


def test_what_is_no_spreadsheet_is_refused(office: Archive, tmp_path: Path) -> None:
    sign_in(office, ARCHIVIST)
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    refused("sheet.unreadable", office.registers.powers_file, tmp_path / "x.xlsx")
    refused("calendar.file_unreadable", office.registers.powers_file, tmp_path / "there is none.xlsx")


def test_amounts_are_read_as_people_write_them() -> None:
    assert [read_yuan(words) for words in ("2000", "2,000.50", "0")] == [200_000, 200_050, 0]
    assert [yuan(fen) for fen in (200_000, 200_050)] == ["2,000", "2,000.50"]
    for words in ("", "一千", "1.234", "-1", "NaN", "1e400"):
        with pytest.raises(ValueError, match=r"^"):
            read_yuan(words)


def test_certificates_are_entered_corrected_and_renewed(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    draft = CertificateDraft("LN-0412", OFFICER, date(2021, 5, 1), date(2026, 4, 30))
    one = office.registers.certificate_add(draft)
    assert last_entry(office) == ("registers.certificate_add", "done")
    refused("certificates.twice", office.registers.certificate_add, draft)
    refused("certificates.days", office.registers.certificate_add, CertificateDraft("LN-1", "甲", date(2026, 5, 1), date(2026, 4, 30)))
    refused("certificates.incomplete", office.registers.certificate_add, CertificateDraft("", "甲", date(2026, 5, 1), date(2026, 5, 1)))
    office.registers.certificate_add(CertificateDraft("LN-0412", OFFICER, date(2026, 5, 1), date(2031, 4, 30)))
    refused("change.reason_missing", office.registers.certificate_edit, one, {"valid_from": date(2021, 6, 1)}, "")
    office.registers.certificate_edit(one, {"valid_from": date(2021, 6, 1)}, "起日抄错")
    assert FieldChange.get((FieldChange.table_name == "certificate") & (FieldChange.field == "valid_from")).old == "2021-05-01"
    assert [line.draft.valid_from.year for line in office.registers.certificates()] == [2026, 2021]
    office.registers.certificate_remove(one, "登记重了")
    assert len(office.registers.certificates()) == 1
    sign_in(office, OFFICER)
    refused("permission.denied", office.registers.certificate_remove, 1, "试")


def test_units_keep_what_was(office: Archive) -> None:
    sign_in(office, SYSADMIN)
    who = PersonId(Person.get(Person.name == OFFICER).id)
    office.registers.unit_set(who, "一中队", date(2026, 1, 1))
    office.registers.unit_set(who, "二中队", date(2026, 7, 1))
    assert last_entry(office) == ("registers.unit_set", "done")
    refused("change.reason_missing", office.registers.unit_set, who, "三中队", date(2026, 7, 1))
    office.registers.unit_set(who, "三中队", date(2026, 7, 1), "写错")
    refused("units.empty", office.registers.unit_set, who, " ", date(2026, 8, 1))
    assert [(line.unit, line.since.month) for line in office.registers.units()] == [("三中队", 7), ("一中队", 1)]
    sign_in(office, ARCHIVIST)
    refused("permission.denied", office.registers.unit_set, who, "四中队", date(2026, 9, 1))


def test_a_case_is_judged_by_the_registers(office: Archive) -> None:
    case = opened(office, ARCHIVIST, OPEN_CASE)
    scoring = office.scoring.begin(case)

    def told(item: str) -> tuple[Mark, tuple[str, ...], tuple[str, ...], set[str]]:
        row = next(one for one in office.scoring.view(scoring).rows if one.id == item)
        return row.mark, row.why, row.open, {place.kind for place in row.seen}

    assert told("V1")[2], "the list is empty: a person is told"
    assert told("V2")[2]
    version = in_force(office)
    office.cases.look(case)
    office.procedure.matter_set(case, Matter("1", "西岗区税务局", (Penalty("fine", 10_000_000),), date(2023, 1, 5), date(2026, 10, 8), False))
    assert last_entry(office) == ("procedure.matter", "done")
    office.procedure.activity_add(case, ActivityDraft("inspection", at(12, 9), at(12, 10), officers=(OFFICER,)))
    office.registers.certificate_add(CertificateDraft("LN-0412", OFFICER, date(2021, 5, 1), date(2026, 4, 30)))
    for item, kind in (("V1", "power"), ("V2", "activity"), ("V7", "matter")):
        mark, why, _open, seen = told(item)
        assert mark is Mark.SUSPECTED
        assert why
        assert kind in seen
    assert len(told("V7")[1]) == 2, "the amount, and the limitation"
    refused("change.reason_missing", office.procedure.matter_set, case, Matter("1", "西岗区财政局"))
    office.procedure.matter_set(case, Matter("1", "西岗区财政局", (Penalty("fine", 1_000_000),), date(2026, 1, 5), date(2026, 10, 8)), "名称写错")
    assert [told(item)[0] for item in ("V1", "V7")] == [Mark.TO_CONFIRM, Mark.TO_CONFIRM]
    assert office.procedure.matter(case) == Matter("1", "西岗区财政局", (Penalty("fine", 1_000_000),), date(2026, 1, 5), date(2026, 10, 8))
    refused("procedure.matter_future", office.procedure.matter_set, case, Matter(discovered=date(2099, 1, 1)), "试")
    assert version == 1


def test_a_list_that_is_read_once_for_all_cannot_be_changed_by_one() -> None:
    """It is kept for whoever reads the same text again: a row taken out of it would be gone for everybody."""
    listed = parse_powers(LIST)
    assert parse_powers(LIST) is listed
    assert isinstance(listed.power, tuple)
    assert all(isinstance(one.penalty, tuple) for one in listed.power)
    assert hash(listed) == hash(parse_powers(LIST))
