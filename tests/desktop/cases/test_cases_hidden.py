"""Two archives that differ in one hidden case say the same to whoever may not know of it (threat A14)."""

from __future__ import annotations

import dataclasses
import enum
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.archive import Archive
from desktop.cases import CaseDraft, CaseFilter, OfficerName, PartyName
from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.opening import open_archive
from models.secrecy import Label
from models.terms import CaseId, EnforcementKind, RecordId, Stage
from tests.office import ARCHIVIST, CLERK, OFFICER, OPEN_CASE, sign_in

HIDDEN = CaseDraft("西财罚〔2026〕88号", "海川水产偷逃税款案", EnforcementKind.PENALTY, (PartyName("海川水产", True), PartyName("王海涛")),
                   (OfficerName(OFFICER, "LN-0412"),), started_on="2026-11-01", place="海川码头", note="举报人李某", label=Label(trade=True))
WORDS = ("海川", "王海涛", "88", "西财罚", "西财", "西", "偷逃", "码头", "举报", "账", "录像", "密件", "会计", "王",
         "w", "wht", "whht", "hc", "2026", "现场")
NOW = datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
# Row numbers are handed out in order, so a number that is missing says that a row was written, as does every number of a request:
# not of what kind, by whom or of which case. They are no part of what is compared.
NUMBERS = {"id", "next", "case", "record", "component", "request", "source_id", "source"}


def seen(value: Any) -> Any:
    """A value as the person sees it: names and figures, without row numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: seen(getattr(value, f.name)) for f in dataclasses.fields(value) if f.name not in NUMBERS}
    if isinstance(value, dict):
        return {key: seen(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [seen(inner) for inner in value]
    if isinstance(value, enum.Enum | str | int | float | None | datetime):
        return value
    return str(value)


def said(call: Callable[[], Any]) -> Any:
    try:
        return seen(call())
    except Refusal as refusal:
        return ("refused", refusal.code, refusal.facts, str(refusal))


def everything(archive: Archive) -> dict[str, Any]:
    """Every answer that an officer can get without knowing what to ask for."""
    filters = [CaseFilter(), *(CaseFilter(words=w) for w in WORDS), *(CaseFilter(stage=s) for s in Stage),
               *(CaseFilter(kind=k) for k in EnforcementKind), CaseFilter(filed=False), CaseFilter(filed=True)]
    asked: dict[str, Callable[[], Any]] = {}
    for narrowed in filters:
        asked |= {f"page {narrowed}": lambda f=narrowed: archive.cases.page(f), f"count {narrowed}": lambda f=narrowed: archive.cases.count(f),
                  f"back {narrowed}": lambda f=narrowed: archive.cases.page(f, None, False, 2),
                  f"anchors {narrowed}": lambda f=narrowed: len(archive.cases.anchors(f, 1))}
    for word in WORDS:
        asked |= {f"find {word}": lambda w=word: archive.search.find(w), f"find one {word}": lambda w=word: archive.search.find(w, limit=1),
                  f"find in cases {word}": lambda w=word: archive.search.find(w, kinds=["case"])}
    one = archive.cases.numbered(OPEN_CASE)
    assert one is not None
    asked |= {
        "numbered": lambda: archive.cases.numbered(HIDDEN.case_number), "unlinked": archive.cases.unlinked, "look": lambda: archive.cases.look(one),
        "history": lambda: archive.cases.history(one), "requests of the case": lambda: archive.approvals.of_case(one),
        "mine": archive.approvals.mine, "deposits": archive.intake.deposits, "recordings": archive.intake.unlinked,
        "quarantine": archive.intake.quarantine, "board": archive.today.board, "badge": archive.today.count, "names": archive.people.names,
        "a case that never was": lambda: archive.cases.look(CaseId(987)),
        "a record that never was": lambda: archive.cases.edit_record(RecordId(987), {"title": "x"}, "x"),
        "held": lambda: archive.intake.held("0" * 64),
    }
    return {name: said(call) for name, call in asked.items()}


def prepared(template: Path, root: Path, hidden: bool, card: Path) -> Archive:
    """The agency with, in one of the two, a hidden case with a record, a deposit, and a hidden record in a case that is seen."""
    shutil.copytree(template, root)
    archive = open_archive(root, clock=FrozenClock(NOW))
    sign_in(archive, ARCHIVIST)
    one = archive.cases.numbered(OPEN_CASE)
    assert one is not None
    archive.cases.edit(one, {"note": "共同的改动"}, "共同")
    if hidden:
        secret = archive.cases.create(HIDDEN)
        deposit(archive, [os.fsencode(card)], secret, Label(privacy=True), Silent())
        loose = card.with_name("card-2")
        deposit(archive, [os.fsencode(loose)], one, Label(trade=True), Silent())
        archive.cases.edit(secret, {"stage": Stage.DECIDE}, "推进")
        third = archive.cases.look(one).records
        archive.cases.order(one, [third[3].id, third[0].id, third[1].id, third[2].id], "密件在前")
        archive.cases.look(secret)
    archive.cases.create(CaseDraft("西财检〔2026〕90号", "后来的案卷", EnforcementKind.INSPECTION, (PartyName("和润"),)))
    return archive


@pytest.mark.parametrize("who", [OFFICER, CLERK])
def test_one_hidden_case_changes_no_answer(office_template: Path, tmp_path: Path, who: str) -> None:
    for name, content in (("card", b"secret"), ("card-2", b"more secret")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "密件现场录像.bin").write_bytes(content)
    answers = []
    for hidden in (False, True):
        archive = prepared(office_template, tmp_path / f"archive-{hidden}", hidden, tmp_path / "card")
        sign_in(archive, who)
        answers.append(everything(archive))
        archive.close()
    without, with_it = answers
    assert without.keys() == with_it.keys()
    assert {name: (without[name], with_it[name]) for name in without if without[name] != with_it[name]} == {}
    assert sum(bool(answer) for answer in without.values()) > 20


def test_the_same_word_for_hidden_and_absent(office_template: Path, tmp_path: Path) -> None:
    """Every act on a hidden case says what it says of one that never was."""
    (tmp_path / "card").mkdir()
    (tmp_path / "card" / "密件.bin").write_bytes(b"secret")
    (tmp_path / "card-2").mkdir()
    (tmp_path / "card-2" / "密件.bin").write_bytes(b"more secret")
    archive = prepared(office_template, tmp_path / "archive", True, tmp_path / "card")
    hidden = archive.cases.numbered(HIDDEN.case_number)
    assert hidden is not None
    sign_in(archive, OFFICER)

    def answers(one: CaseId) -> list[Any]:
        return [said(call) for call in (
            lambda: archive.cases.look(one), lambda: archive.cases.folder(one), lambda: archive.cases.edit(one, {"cause": "x"}, "x"),
            lambda: archive.cases.history(one), lambda: archive.cases.order(one, [], "x"), lambda: archive.cases.move([], one, None, "x"),
            lambda: archive.approvals.of_case(one), lambda: archive.intake.begin(b"/", [], one, Label()),
            lambda: archive.search.find("海川", case=one), lambda: archive.may("cases.edit", case=one))]

    assert answers(hidden) == answers(CaseId(987))
    archive.close()
