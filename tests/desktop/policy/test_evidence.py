"""The description sheet of a recording: the text's own fields, the nation's beside them, a transcript for sound, and the label."""

from __future__ import annotations

import pytest

from desktop.policy.evidence import sheet, sheets
from desktop.policy.profile import profile
from models.facts import CaseFacts
from tests.desktop.policy.recorded import piece

NATION = ["制作方法", "制作时间", "制作人", "证明对象"]


@pytest.mark.parametrize(("key", "own"), [("minhou-statistics", ["制作人", "提取人", "提取时间"]),
                                          ("provincial", ["取证人员", "取证时间", "取证地点"]),
                                          ("xigang-finance", []), ("fushun-culture", []), ("jinpu-development", [])])
def test_the_sheet_has_the_fields_of_the_text_and_of_the_rules_of_evidence(key: str, own: list[str]) -> None:
    """闽侯§25、省级§23、行政诉讼证据规定§12; a field that both ask for stands once."""
    verdict = sheet(profile(key), piece(0, 60, evidence=True))
    names = [field.name for field in verdict.fields]
    assert set(names) == {*own, *NATION}
    assert len(names) == len(set(names))
    assert len(verdict.wanting) == len(names)


def test_what_is_filled_is_not_wanting() -> None:
    one = piece(0, 60, evidence=True, sheet={name: "有" for name in NATION} | {"制作方法": "  "})
    verdict = sheet(profile("xigang-finance"), one)
    assert len(verdict.wanting) == 1
    assert "制作方法" in verdict.wanting[0]


@pytest.mark.parametrize(("sound", "transcript", "more"), [(True, "", 1), (True, "问：…… 答：……", 0), (False, "", 0)])
def test_sound_needs_its_words_in_writing(sound: bool, transcript: str, more: int) -> None:
    one = piece(0, 60, evidence=True, sound=sound, transcript=transcript, sheet=dict.fromkeys(NATION, "有"))
    assert len(sheet(profile("xigang-finance"), one).wanting) == more


def test_minhou_marks_number_party_and_officer_on_every_recording() -> None:
    """闽侯§22第二款; not only on evidence."""
    verdict = sheet(profile("minhou-statistics"), piece(0, 60, label={"案号": "闽统罚〔2026〕1号"}))
    assert not verdict.applies
    assert verdict.fields == ()
    assert len(verdict.label_wanting) == len(verdict.label) - 1 == 2


def test_minhou_burns_a_disc_and_the_province_files_a_copy() -> None:
    assert sheet(profile("minhou-statistics"), piece(0, 60, evidence=True)).disc
    assert sheet(profile("provincial"), piece(0, 60, evidence=True)).copy
    assert not sheet(profile("minhou-statistics"), piece(0, 60)).disc


def test_one_sheet_for_each_recording() -> None:
    facts = CaseFacts(footage=(piece(0, 1, "one"), piece(2, 3, "two", evidence=True)))
    assert [(one.footage, one.applies) for one in sheets(profile("provincial"), facts)] == [("one", False), ("two", True)]


def test_what_the_case_folder_marks_is_the_label_of_the_text() -> None:
    """闽侯§22 names 当事人姓名或者名称 and 承办人姓名; the folder knows 当事人 and 承办人."""
    one = piece(0, 60, label={"案号": "闽统罚〔2026〕1号", "当事人": "光明饭店", "承办人": "周敏"})
    assert sheet(profile("minhou-statistics"), one).label_wanting == ()
    named = sheet(profile("minhou-statistics"), piece(0, 60, label={"案号": "闽统罚〔2026〕1号", "当事人": "光明饭店"})).label_wanting
    assert len(named) == 1
    assert "承办人姓名" in named[0]
