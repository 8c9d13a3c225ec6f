"""The history of a register in words: no key, no number of a row, no English stands on a Chinese screen."""

from __future__ import annotations

import pytest

from views.disclosure.words import change_words

AT = "2026-11-19T08:30:00.000000Z"


@pytest.mark.parametrize(("name", "old", "new", "told"), [
    ("channel", "in_person", "internet", "收到方式：当面提交 → 互联网、传真"), ("privacy", "false", "true", "个人隐私：否 → 是"),
    ("withdrawn_at", None, "2026-11-18T02:00:00.000000Z", "撤回的步骤：– → 2026-11-18 10:00"),
    ("case_id", None, "西财罚〔2026〕17号", "案卷：– → 西财罚〔2026〕17号")])
def test_a_change_is_told_in_words(name: str, old: str | None, new: str, told: str) -> None:
    assert change_words(AT, "赵平", name, old, new, "登记有误") == f"2026-11-19 16:30　赵平　{told}　登记有误"
