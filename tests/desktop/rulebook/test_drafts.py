"""Drafts of profiles: kept in the archive, found again, thrown away and taken back, brought up to date with what was confirmed meanwhile."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.archive import Archive
from desktop.audit.verification import verify_archive
from desktop.clock import FrozenClock
from desktop.errors import Refusal
from desktop.opening import open_archive
from desktop.paths import RESOURCES
from desktop.policy.lowering import lowerings
from desktop.policy.profile import BASE, parse_profile, profile
from desktop.roles import roles
from desktop.rulebook.merging import merge
from models.drafts import ProfileDraft
from models.ledger import LedgerTree
from models.rulebook import ProfileVersion
from tests.office import ARCHIVIST, LEADER, OFFICER, REVIEWER, SYSADMIN, password_of, sign_in

KEY = "xigang-finance"
NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
TODAY = date(2026, 11, 21)


@pytest.fixture
def archive(office: Archive) -> Archive:
    office.clock = office.keeper._clock = FrozenClock(NOW)
    sign_in(office, ARCHIVIST)
    return office


@pytest.fixture
def reopened(archive: Archive) -> Iterator[Any]:
    """The archive as another start of the program finds it: nothing was said to the first one."""
    opened: list[Archive] = []

    def again(person: str) -> Archive:
        archive.database.close()
        found = open_archive(Path(archive.paths.root), clock=archive.clock)
        opened.append(found)
        sign_in(found, person)
        return found

    yield again
    for one in opened:
        one.close()


def refused(code: str, call: Any, *args: Any, **kwargs: Any) -> Refusal:
    with pytest.raises(Refusal) as no:
        call(*args, **kwargs)
    assert no.value.code == code, (no.value.code, no.value.facts)
    return no.value


def confirmed(archive: Archive, old: str, new: str, why: str = "从严") -> int:
    """Another version, drafted by the reviewer and confirmed by the leader."""
    sign_in(archive, REVIEWER)
    line = archive.rulebook.draft_begin(KEY, archive.rulebook.draft_state(KEY).confirmed)
    number = archive.rulebook.draft(KEY, line.text.replace(old, new, 1), why)
    sign_in(archive, LEADER)
    archive.rulebook.second(KEY, number, TODAY, password_of(LEADER))
    sign_in(archive, ARCHIVIST)
    return number


def test_a_draft_is_found_again_after_the_program_was_cut_off(archive: Archive, reopened: Any) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    assert "version = 2\n" in line.text
    revision = archive.rulebook.draft_keep(KEY, line.text + "# 半句话 = [", "从严", {"XG-8-emergency": "局务会"}, line.revision)
    later = reopened(ARCHIVIST)
    held = later.rulebook.draft_state(KEY).own
    assert held is not None
    assert (held.text, held.reason, held.reasons, held.revision) == (line.text + "# 半句话 = [", "从严", {"XG-8-emergency": "局务会"}, revision)
    assert [one.key for one in later.rulebook.drafts_open()] == [KEY]
    sign_in(later, REVIEWER)
    state = later.rulebook.draft_state(KEY)
    assert state.own is None
    assert [(one.person, one.version) for one in state.others] == [(ARCHIVIST, 0)]  # that there is one, not what it says


def test_every_keeping_is_one_entry_that_answers_for_the_row(archive: Archive) -> None:
    def entries() -> int:
        return int(LedgerTree.get().size)

    before = entries()
    line = archive.rulebook.draft_begin(KEY, 1)
    revision = archive.rulebook.draft_keep(KEY, line.text + "# 一\n", "", {}, line.revision)
    archive.rulebook.draft_keep(KEY, line.text + "# 一二三\n", "", {}, revision)
    assert entries() == before + 3
    found = archive.database.connection().execute("SELECT leaf FROM ledger_entry WHERE act = 'drafts.keep'").fetchall()
    assert all("profile_draft/1/" in leaf for (leaf,) in found)
    assert not any("一二三" in leaf for (leaf,) in found)  # the ledger says that, not what


def test_a_draft_in_two_places_is_not_overwritten(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    refused("drafts.open", archive.rulebook.draft_begin, KEY, 1)
    archive.rulebook.draft_keep(KEY, line.text, "一处", {}, line.revision)
    refused("drafts.elsewhere", archive.rulebook.draft_keep, KEY, line.text, "另一处", {}, line.revision)
    held = archive.rulebook.draft_state(KEY).own
    assert held is not None
    assert held.reason == "一处"
    refused("drafts.too_long", archive.rulebook.draft_keep, KEY, "#" * 600_000, "", {}, held.revision)
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.draft_begin, KEY, 1)
    refused("permission.denied", archive.rulebook.draft_keep, KEY, line.text, "", {}, 2)


def test_thrown_away_and_taken_back(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    revision = archive.rulebook.draft_keep(KEY, line.text + "# 想法\n", "从严", {}, line.revision)
    refused("drafts.gone", archive.rulebook.draft_restore, KEY)
    archive.rulebook.draft_discard(KEY)
    refused("drafts.gone", archive.rulebook.draft_discard, KEY)
    refused("drafts.gone", archive.rulebook.draft_keep, KEY, line.text, "", {}, revision)
    state = archive.rulebook.draft_state(KEY)
    assert state.own is None
    assert state.thrown is not None
    assert state.thrown.text.endswith("# 想法\n")
    assert archive.rulebook.drafts_open() == []
    back = archive.rulebook.draft_restore(KEY)
    assert (back.text, back.reason) == (line.text + "# 想法\n", "从严")
    archive.rulebook.draft_discard(KEY)
    anew = archive.rulebook.draft_begin(KEY, 1)
    assert anew.text == line.text
    refused("drafts.elsewhere", archive.rulebook.draft_keep, KEY, line.text, "", {}, revision)  # of the one before
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.draft_discard, KEY)
    refused("permission.denied", archive.rulebook.draft_restore, KEY)


def test_handing_on_ends_the_draft_and_taking_it_back_begins_it_again(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    refused("rulebook.unchanged", archive.rulebook.draft, KEY, line.text, "没改")
    number = archive.rulebook.draft(KEY, line.text.replace("number = 24", "number = 12", 1).replace("version = 2\n", "version = 7\n"), "从严")
    assert number == 2
    assert "version = 2\n" in archive.rulebook.text(KEY, 2)  # its number is the program's business
    assert ProfileDraft.select().count() == 0
    assert [(one.person, one.version) for one in archive.rulebook.draft_state(KEY).others] == [(ARCHIVIST, 2)]
    sign_in(archive, REVIEWER)
    refused("not_found", archive.rulebook.draft_recall, KEY, 2, "不是我的")
    sign_in(archive, ARCHIVIST)
    refused("change.reason_missing", archive.rulebook.draft_recall, KEY, 2, " ")
    back = archive.rulebook.draft_recall(KEY, 2, "还要改")
    assert ("number = 12" in back.text, "version = 3\n" in back.text, back.base) == (True, True, 1)
    assert ProfileVersion.get(ProfileVersion.version == 2).withdrawn_at is not None
    number = archive.rulebook.draft(KEY, back.text, "从严，改过")
    assert number == 3
    sign_in(archive, LEADER)
    archive.rulebook.second(KEY, 3, TODAY, password_of(LEADER))
    sign_in(archive, ARCHIVIST)
    refused("rulebook.seconded", archive.rulebook.draft_recall, KEY, 3, "晚了")
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.draft_recall, KEY, 3, "无权")


def test_a_version_confirmed_meanwhile_is_taken_in_or_stood_beside(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    mine = line.text.replace("number = 30\n", "number = 20\n", 1)
    revision = archive.rulebook.draft_keep(KEY, mine, "", {}, line.revision)
    confirmed(archive, "number = 24\n", "number = 12\n")
    assert archive.rulebook.draft_state(KEY).moved
    refused("drafts.moved", archive.rulebook.draft, KEY, mine, "从严")
    refused("drafts.elsewhere", archive.rulebook.draft_rebase, KEY, revision - 1)
    onto = archive.rulebook.draft_rebase(KEY, revision)
    assert (onto.base, onto.seen, archive.rulebook.draft_state(KEY).moved) == (2, 2, False)
    assert ("number = 20\n" in onto.text, "number = 12\n" in onto.text, "version = 3\n" in onto.text) == (True, True, True)
    assert archive.rulebook.mistakes(onto.text) == []
    number = archive.rulebook.draft(KEY, onto.text, "从严")
    assert [one.key for one in archive.rulebook.differences(KEY, 2, number)] == ["XG-18-filing"]
    sign_in(archive, OFFICER)
    refused("permission.denied", archive.rulebook.draft_rebase, KEY, revision)
    refused("permission.denied", archive.rulebook.draft_stand_by, KEY, revision)


def test_what_both_changed_is_settled_by_a_person(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    mine = line.text.replace("number = 24\n", "number = 6\n", 1)
    revision = archive.rulebook.draft_keep(KEY, mine, "", {}, line.revision)
    confirmed(archive, "number = 24\n", "number = 12\n")
    no = refused("drafts.conflict", archive.rulebook.draft_rebase, KEY, revision)
    assert mine.splitlines()[int(str(no.facts["lines"])) - 1] == "number = 6"
    held = archive.rulebook.draft_state(KEY).own
    assert held is not None
    assert (held.text, held.base) == (mine, 1)
    stood = archive.rulebook.draft_stand_by(KEY, held.revision)
    assert not archive.rulebook.draft_state(KEY).moved
    assert archive.rulebook.draft(KEY, stood.text, "六小时") == 3


def test_what_asks_less_needs_its_own_reason(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    text = line.text.replace('level = "full"', 'level = "may"', 1)
    no = refused("drafts.lowered", archive.rulebook.draft, KEY, text, "局务会决定")
    assert "第十三条" in str(no.facts["article"])
    number = archive.rulebook.draft(KEY, text, "局务会决定", {"XG-13a": "抽样调查改由文字记录"})
    assert archive.rulebook.versions(KEY)[0].reason == "局务会决定；第十三条“抽样调查、听证、留置送达、查封扣押”：抽样调查改由文字记录"
    assert [(one.rule, one.unfounded) for one in archive.rulebook.lowered(KEY, 1, number)] == [("XG-13a", True)]
    assert archive.rulebook.lowered(KEY, number, 1) == ()


@pytest.mark.parametrize(("old", "new", "rule"), [
    ("number = 24\n", "number = 25\n", "XG-8-emergency"), ('unit = "hour"', 'unit = "day"', "XG-8-emergency"),
    ("number = 30\n", "number = 31\n", "XG-18-filing"), ('excuse = "none"', 'excuse = "unsuitable"', ""),
    ('signers = ["', 'any_signer = true\nsigners = ["', ""), ('exceptions = ["continuous"', 'exceptions = ["water", "continuous"', "")])
def test_lowerings_are_seen(old: str, new: str, rule: str) -> None:
    ours = profile(KEY)
    text = (RESOURCES / "policy" / f"{KEY}.toml").read_text(encoding="utf-8")
    assert old in text
    other = parse_profile(text.replace(old, new, 1), profile(BASE))
    found = lowerings(ours, other)
    assert len(found) == 1
    assert not rule or found[0].rule == rule
    assert lowerings(other, ours) == ()


def test_what_waits_is_counted_for_whoever_may_do_it(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    number = archive.rulebook.draft(KEY, line.text.replace("number = 24", "number = 12", 1), "从严")
    assert archive.rulebook.waiting().count == 0  # nobody confirms their own
    sign_in(archive, LEADER)
    assert [(one.key, one.version, one.author) for one in archive.rulebook.waiting().versions] == [(KEY, number, ARCHIVIST)]
    sign_in(archive, SYSADMIN)
    assert archive.rulebook.waiting().count == 0
    refused("permission.denied", archive.rulebook.pending)
    sign_in(archive, ARCHIVIST)
    archive.clock.move_to(datetime(2026, 12, 2, 8, tzinfo=UTC))  # type: ignore[attr-defined]
    assert archive.rulebook.waiting().years == (2027,)
    sign_in(archive, REVIEWER)
    archive.rulebook.second(KEY, number, date(2026, 12, 2), password_of(REVIEWER))
    sign_in(archive, LEADER)
    assert archive.rulebook.waiting().versions == ()


def test_administrators_read_the_rules_and_change_none(archive: Archive) -> None:
    three = [role.acts for role in roles().values() if role.administrator]
    assert all("rulebook.read" in acts and not any(act.startswith("drafts.") for act in acts) for acts in three)
    sign_in(archive, SYSADMIN)
    assert archive.rulebook.versions(KEY)
    assert archive.rulebook.rules(KEY, 1).key == KEY
    refused("permission.denied", archive.rulebook.draft_begin, KEY, 1)
    refused("permission.denied", archive.rulebook.draft, KEY, "", "x")
    refused("permission.denied", archive.rulebook.second, KEY, 1, TODAY, "x")


def test_a_rule_that_goes_is_told_and_wants_the_reason_of_the_whole(archive: Archive) -> None:
    line = archive.rulebook.draft_begin(KEY, 1)
    begin = line.text.index('[[item]]\nid = "XG-9-4"')
    gone = line.text[:begin] + line.text[line.text.index("\n# ----", begin) + 1:]
    assert archive.rulebook.mistakes(gone) == []
    assert [(one.rule, one.key, "已删去" in one.said) for one in archive.rulebook.draft_lowered(KEY, gone)] == [("XG-9-4", "", True)]
    refused("change.reason_missing", archive.rulebook.draft, KEY, gone, "", {"XG-18-filing": "另一条"})
    assert archive.rulebook.draft(KEY, gone, "第四项不再使用") == 2


LINES = st.lists(st.sampled_from("abcde"), max_size=8).map("\n".join)


@given(LINES, LINES)
def test_one_side_s_changes_are_all_taken(base: str, ours: str) -> None:
    bare = "\n".join(ours.splitlines())
    assert merge(base, ours, base).text.rstrip("\n") == bare.rstrip("\n")
    assert merge(base, base, ours).text.rstrip("\n") == bare.rstrip("\n")
    assert merge(base, ours, ours).conflicts == ()


def test_changes_apart_are_both_there_and_touching_ones_are_named() -> None:
    base = "\n".join("abcdefgh") + "\n"
    both = merge(base, base.replace("b", "B"), base.replace("g", "G\nG2"))
    assert both.text.split() == [*list("aBcdef"), "G", "G2", "h"]
    assert merge(base, base.replace("b\n", "b\nx\ny\n").replace("e", "E1"), base.replace("e", "E2")).conflicts == (7,)
    assert dataclasses.astuple(merge(base, base.replace("e", "E"), base.replace("e", "E"))) == (base.replace("e", "E"), ())


def test_the_whole_life_of_drafts_verifies(archive: Archive) -> None:
    room = archive.rulebook
    line = room.draft_begin(KEY, 1)
    room.draft_keep(KEY, line.text.replace("number = 24", "number = 12", 1), "从严", {}, line.revision)
    room.draft_discard(KEY)
    held = room.draft_restore(KEY)
    number = room.draft(KEY, held.text, held.reason)
    room.draft_recall(KEY, number, "再改")
    assert list(verify_archive(archive.paths, archive.database, archive.vault).findings) == []
    ProfileDraft.update(text="被人改过").execute()  # not through any act
    found = list(verify_archive(archive.paths, archive.database, archive.vault).findings)
    assert "profile_draft" in str(found)
