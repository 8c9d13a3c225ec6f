"""试算 of a file: what stands in it is tried, and what cannot be is refused with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.archive import Archive
from desktop.errors import Refusal
from desktop.trial import EXAMPLE
from tests.office import LEADER, sign_in


@pytest.mark.parametrize(("text", "code"), [("[]", "facts.none"), ("[1]", "facts.faulty"), ("{", "facts.not_json")])
def test_a_file_without_a_case_is_refused(office: Archive, tmp_path: Path, text: str, code: str) -> None:
    sign_in(office, LEADER)
    path = tmp_path / "facts.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as told:
        office.trial.file(path)
    assert told.value.code == code


def test_the_first_case_of_a_list_is_tried(office: Archive, tmp_path: Path) -> None:
    sign_in(office, LEADER)
    path = tmp_path / "facts.json"
    path.write_text(f"[{EXAMPLE.read_text('utf-8')}, {{}}]", encoding="utf-8")
    assert office.trial.file(path) == office.trial.example()
