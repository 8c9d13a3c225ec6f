"""The three training cases as the rules see them: one with things missing and nothing unanswered, one that waits for its decision, one complete."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.demo import archive as training
from desktop.demo.footage import make_recording
from desktop.demo.papers import case_outlines
from desktop.demo.people import PEOPLE, password_of
from desktop.jobs import Progress
from desktop.opening import open_archive
from desktop.policy.clocks import last_day
from desktop.policy.verdicts import ItemVerdict, Standing


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """The training archive with small recordings of one picture a second: what they show is not what is asked here."""
    root = tmp_path_factory.mktemp("training") / "archive"

    def small(target: str, seconds: int, _width: int, _height: int, _fps: int, *rest: Any) -> int:
        return make_recording(target, seconds, 160, 90, 1, *rest, sound=False)

    def takes(folder: Path, _progress: Progress) -> None:
        for take in training.TAKES:
            training.make_take(take, folder)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "make_recording", small)
        patch.setattr(training, "_make_takes", takes)
        training.make_training_archive(root)
    archive = open_archive(root)
    archive.people.sign_in("沈静宜", password_of(next(p for p in PEOPLE if p.name == "沈静宜")))
    yield archive
    archive.close()


def open_items(archive: Archive, key: str) -> list[ItemVerdict]:
    case = archive.cases.numbered(next(outline.number for outline in case_outlines() if outline.key == key))
    assert case is not None
    archive.cases.look(case)
    return archive.procedure.open_items(case)


def test_one_case_shows_what_is_missing_and_leaves_no_question(made: Archive) -> None:
    found = open_items(made, "finance")
    assert {one.standing for one in found} == {Standing.MISSING, Standing.INCOMPLETE}
    assert len(found) == 3


def test_one_case_waits_for_its_decision_alone(made: Archive) -> None:
    found = open_items(made, "culture")
    waiting = [one for one in found if one.standing is Standing.UNANSWERED]
    assert {question for one in waiting for question in one.questions} == {"decided"}
    assert len(found) > len(waiting), "and something is missing already"


def test_one_case_is_complete_and_has_its_keeping_period(made: Archive) -> None:
    assert open_items(made, "statistics") == []
    case = made.cases.numbered(next(outline.number for outline in case_outlines() if outline.key == "statistics"))
    assert case is not None
    assert made.procedure.facts(case).retention_years == 30
    assert made.procedure.answers(case).alarms == ()


def test_the_registers_tell_a_paused_request_and_a_complaint_that_guards_a_recording(made: Archive) -> None:
    request, = made.disclosure.all()
    file = made.disclosure.file(request.id)
    assert request.clock is not None
    assert request.clock.due is not None
    assert last_day(request.clock.due) == date(2026, 12, 2)  # 20 working days from 27 October, and the 6 of the pause
    assert [one.words for one in file.clocks[0].steps if one.kind == "paused"] == ["10月31日至11月9日 征求第三方意见，6个工作日不计入"]
    assert len(file.links) == 1
    guards = {line.record.title: line.guard for line in made.intake.unlinked()}
    assert guards["DSJ-0420_20261117_送达"] == "与投诉〔2026〕1号的投诉所指在同一天，暂不得处理"
