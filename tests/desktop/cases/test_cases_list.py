"""The long list: pages by key, both ways, equal a plain scan, for every filter and every clearance."""

from __future__ import annotations

import dataclasses
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.acts import Service, act
from desktop.archive import Archive
from desktop.cases import CaseFilter, CaseLine
from desktop.opening import open_archive
from models.cases import CaseFolder, CaseOfficer, Party
from models.secrecy import Clearance, Label
from models.terms import EnforcementKind, Stage
from tests.office import ARCHIVIST, OFFICER, OPEN_CASE, sign_in

MANY = 10_000
CAUSES = ("会计信息质量检查", "未按规定设置会计账簿案", "政府采购投诉处理", "发票管理检查", "100%_抽查")
PEOPLE = ("王海涛", "和润商贸", "海川水产", "100%_公司", "Ａ公司")


class Many(Service):
    """Writes thousands of case folders in one act, by one prepared statement for each table."""

    @act("test.many", signed_in=False)
    def write(self, count: int, seed: int) -> None:
        """Folders with every mixture of stage, kind, label, filing and names, the same for the same seed."""
        chance, insert = random.Random(seed), self.archive.database.insert
        for n in range(count):
            case = insert(CaseFolder, case_number=f"大财检〔2026〕{n}号", cause=chance.choice(CAUSES),
                          kind=chance.choice(list(EnforcementKind)).value,
                          profile="xigang-finance", stage=chance.choice(list(Stage)).value, created_by_id=2,
                          created_at="2026-11-21T00:00:00.000000Z",
                          filed_at="2026-11-21T00:00:00.000000Z" if chance.random() < 0.3 else None, state=chance.random() < 0.02,
                          trade=chance.random() < 0.2, privacy=chance.random() < 0.2, internal=True)
            insert(Party, case_id=case, name=chance.choice(PEOPLE), organisation=True, position=0)
            insert(CaseOfficer, case_id=case, name=OFFICER, certificate="LN-0412", position=0)


@pytest.fixture(scope="module")
def many(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    root = tmp_path_factory.mktemp("many") / "archive"
    shutil.copytree(office_template, root)
    archive = open_archive(root)
    Many(archive).write(MANY, 7)
    sign_in(archive, ARCHIVIST)
    yield archive
    archive.close()


@pytest.fixture(scope="module")
def plain(many: Archive) -> list[CaseFolder]:
    """Every row as it stands in the table, newest first."""
    return list(CaseFolder.select().order_by(CaseFolder.id.desc()))


CLEARANCES = [Clearance(state, trade, privacy) for state in (0, 1) for trade in (False, True) for privacy in (False, True)]
FILTERS = st.builds(CaseFilter, stage=st.none() | st.sampled_from(Stage), kind=st.none() | st.sampled_from(EnforcementKind),
                    filed=st.none() | st.booleans(),
                    words=st.sampled_from(("", "", " ", "99号", "账簿", "海川", "%", "_", "100%", "'", "没有的词", "Ａ")))


def lawful(plain: list[CaseFolder], clearance: Clearance, narrowed: CaseFilter) -> list[int]:
    """What the list must hold, found by looking at every row."""
    parties: dict[int, list[str]] = {}
    for row in Party.select().tuples():
        parties.setdefault(row[1], []).append(row[2])
    words = narrowed.words.strip()
    return [c.id for c in plain if clearance.covers(c.label)
            and narrowed.stage in (None, c.stage) and narrowed.kind in (None, c.kind)
            and (narrowed.filed is None or narrowed.filed == bool(c.filed_at))
            and (not words or words in c.case_number or words in c.cause or any(words in p for p in parties.get(c.id, ())))]


def walk(archive: Archive, narrowed: CaseFilter, size: int, forward: bool) -> list[int]:
    """Every page one after another, from one end to the other."""
    ids: list[int] = []
    anchor: int | None = None
    while page := archive.cases.page(narrowed, anchor, forward, size):
        here = [int(line.id) for line in page]
        ids = ids + here if forward else here + ids
        anchor = here[-1] if forward else here[0]
    return ids


@pytest.fixture(params=CLEARANCES, ids=str)
def cleared(request: pytest.FixtureRequest, many: Archive) -> Iterator[Clearance]:
    """The signed-in person with each clearance in turn."""
    before = many.person
    many.session = dataclasses.replace(before, clearance=request.param)
    yield request.param
    many.session = before


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(narrowed=FILTERS, size=st.integers(150, 3000))
def test_pages_both_ways_count_and_anchors_equal_a_plain_scan(many: Archive, plain: list[CaseFolder], cleared: Clearance, narrowed: CaseFilter,
                                                               size: int) -> None:
    expected = lawful(plain, cleared, narrowed)
    assert many.cases.count(narrowed) == len(expected)
    assert walk(many, narrowed, size, True) == expected
    assert walk(many, narrowed, size, False) == expected
    assert many.cases.anchors(narrowed, size) == expected[::size]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(narrowed=FILTERS, every=st.integers(1, 400), place=st.floats(0, 1), size=st.integers(1, 200))
def test_a_jump_by_an_anchor_lands_where_counting_would(many: Archive, plain: list[CaseFolder], narrowed: CaseFilter, every: int, place: float,
                                                         size: int) -> None:
    expected = lawful(plain, many.person.clearance, narrowed)
    anchors = many.cases.anchors(narrowed, every)
    assert anchors == expected[::every]
    if anchors:
        block = min(int(place * len(anchors)), len(anchors) - 1)
        after = many.cases.page(narrowed, anchors[block], True, size)
        assert [line.id for line in after] == expected[block * every + 1: block * every + 1 + size]
        before = many.cases.page(narrowed, anchors[block], False, size)
        assert [line.id for line in before] == expected[max(block * every - size, 0): block * every]


def test_a_line_shows_names_and_what_of_the_contents_one_may_know(many: Archive) -> None:
    line = many.cases.page(CaseFilter(words="西财检〔2026〕9号"))[0]
    assert isinstance(line, CaseLine)
    assert (line.records, line.parties, line.officers) == (3, "大连和润商贸有限公司", "周敏、李建国")
    assert line.label == Label()


def test_a_folder_in_the_list_carries_the_join_of_the_contents_one_may_know(office: Archive) -> None:
    sign_in(office, ARCHIVIST)
    case = office.cases.numbered(OPEN_CASE)
    assert case is not None
    record = office.cases.look(case).records[0]
    office.cases.label(record.id, Label(privacy=True), "录音里有当事人的住址")
    mine = next(line for line in office.cases.page() if line.id == case)
    assert (mine.label.names, mine.carried.names, mine.records) == (("internal",), ("privacy",), 3)
    sign_in(office, OFFICER)
    theirs = next(line for line in office.cases.page() if line.id == case)
    assert (theirs.carried.names, theirs.records) == (("internal",), 2)
