"""The search box: what it finds, what a person who is not cleared cannot tell, and that nothing typed is a command."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from desktop import search_index
from desktop.acts import Service, act
from desktop.archive import Archive
from desktop.audit.index_check import index_findings
from desktop.cases.forms import CaseDraft, PartyName
from desktop.errors import Refusal
from desktop.jobs import Silent
from desktop.search import Hit, Page
from models.bigrams import normal
from models.secrecy import EVERYTHING, Clearance, Label
from models.terms import EnforcementKind
from tests.desktop.archive_kit import PEOPLE, small_archive

TEXTS = [
    "未按规定设置会计账簿", "现场检查录像，当事人张伟到场", "A公司２０２６年账册 B-12", "询问笔录：单立、重庆分所",
    "账簿封存清单 invoice 0042", "执法记录仪 0417 号", "𰀀号文件与é、ß、ﬁ", "没有相关内容",
]
HOSTILE = [
    "' OR 1=1", '"', '""', "NEAR(账簿 检查)", "*", "账簿*", "terms:账簿", "search_index MATCH 'x'", "账簿 OR 检查",
    "账簿 NOT 封存", "-账簿", "^账簿", "(", ")", "{a}", "%", "_", "账%", "账_", "\x00", "账\x00簿", "\\",
    "'; DROP TABLE search_entry; --", "AND", "OR", "NOT", "_l000", "_krecord", "_c1", "_x005f20", "a" * 5000,
    "账簿" * 400, "\ud7ff\ue000", "\u202e账簿", "１２", "ＡＢＣ", "\n", " \t ", "账簿\n封存",
]


class Writer(Service):
    """Puts things into the index as the rooms do."""

    @act("test.index", signed_in=False)
    def index(self, source: str, text: str, **options: Any) -> None:
        options.setdefault("label", Label())
        search_index.index(options.pop("kind", source.split(":")[0]), source, title=options.pop("title", source), text=text, **options)

    @act("test.index", signed_in=False)
    def forget(self, source: str) -> None:
        search_index.forget(source)

    @act("test.index", signed_in=False)
    def relabel(self, **of: int) -> None:
        search_index.relabel(**of)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    made = small_archive(tmp_path / "archive").archive
    made.people.sign_in("沈静宜", PEOPLE["沈静宜"][1])
    yield made
    made.close()


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for number, text in enumerate(TEXTS):
        Writer(archive).index(f"paper:{number}", text)
    return archive


def found(archive: Archive, words: str, **options: Any) -> list[str]:
    return [hit.source for hit in archive.search.find(words, **options).hits]


def cleared(archive: Archive, clearance: Clearance) -> Archive:
    """The same session with another clearance: the door reads it from there."""
    object.__setattr__(archive.person, "clearance", clearance)
    return archive


FINDS = [
    ("账簿", [4, 0]), ("会计账簿", [0]), ("账", [4, 2, 0]), ("2026", [2]), ("２０２６年", [2]), ("20", [2]),
    ("a公司", [2]), ("A公司", [2]), ("b-12", [2]), ("invoice", [4]), ("INV", [4]), ("账簿 清单", [4]),
    ("账簿 录像", []), ("𰀀号", [6]), ("É", [6]), ("SS", [6]), ("fi", [6]), ("公司账册", []), ("记录仪 04", [5]),
]


def test_all_words_must_be_there(filled: Archive) -> None:
    for words, numbers in FINDS:
        assert found(filled, words) == [f"paper:{number}" for number in numbers], words


def test_whatever_is_typed_is_sought_as_it_stands(filled: Archive) -> None:
    """The oracle is a plain scan; what has no letter, digit or character in it finds nothing."""
    for words in HOSTILE:
        parts = [part for part in normal(words).split() if any(character.isalnum() for character in part)]
        scanned = [f"paper:{n}" for n in reversed(range(len(TEXTS)))
                   if all(part in normal(f"paper:{n}\n{TEXTS[n]}") for part in parts)] if parts else []
        assert found(filled, words) == scanned, words
    assert found(filled, "账簿") == ["paper:4", "paper:0"]


def test_newest_first_and_page_by_page(archive: Archive) -> None:
    for number in range(25):
        Writer(archive).index(f"record:{number}", "账簿")
    pages, before = [], None
    while True:
        page: Page = archive.search.find("账簿", before=before, limit=10)
        pages.append([hit.source for hit in page.hits])
        if page.next is None:
            break
        before = page.next
    assert [len(page) for page in pages] == [10, 10, 5]
    assert list(itertools.chain(*pages)) == [f"record:{number}" for number in reversed(range(25))]


def test_kinds_and_case_narrow(archive: Archive) -> None:
    first = archive.cases.create(CaseDraft("西财罚〔2026〕1号", "账簿", EnforcementKind.PENALTY))
    second = archive.cases.create(CaseDraft("西财罚〔2026〕11号", "账簿", EnforcementKind.PENALTY))
    Writer(archive).index("record:900", "账簿")
    assert found(archive, "账簿", kinds=["case"]) == [f"case:{second}", f"case:{first}"]
    assert found(archive, "账簿", case=first) == [f"case:{first}"]
    assert found(archive, "账簿", kinds=["record"]) == ["record:900"]
    assert found(archive, "账簿", kinds=[]) == []
    assert found(archive, "账簿", kinds=["rec\" OR \"case"]) == []


def test_names_are_found_by_pinyin(archive: Archive) -> None:
    case = archive.cases.create(CaseDraft("西财罚〔2026〕1号", "账簿", EnforcementKind.PENALTY, parties=(PartyName("单立"),)))
    for words in ("单立", "shanli", "SL", "danli", "shan"):
        assert found(archive, words) == [f"case:{case}"], words


def test_the_excerpt_shows_the_place_and_marks_the_words(archive: Archive) -> None:
    Writer(archive).index("paper:1", "前" * 200 + "ＡＢＣ公司的会计账簿" + "后" * 200, title="账簿")
    (hit,) = archive.search.find("abc 会计账簿").hits
    assert [hit.excerpt[start:end] for start, end in hit.spans] == ["ＡＢＣ", "会计账簿"]
    assert len(hit.excerpt) < 120
    assert (hit.excerpt[0], hit.excerpt[-1]) == ("…", "…")
    (by_title,) = archive.search.find("账簿").hits
    assert by_title.title_spans == ((0, 2),)


def test_words_divided_by_the_line_ends_of_a_paper_are_found(archive: Archive) -> None:
    Writer(archive).index("paper:1", "未按规定设置会\n计账簿的行为")
    assert found(archive, "会计账簿") == ["paper:1"]
    Writer(archive).index("record:2", "张三\n李四")
    assert found(archive, "三李") == []


def test_what_changes_is_found_anew_and_what_goes_is_forgotten(archive: Archive) -> None:
    Writer(archive).index("record:1", "账簿")
    Writer(archive).index("record:1", "发票")
    assert (found(archive, "账簿"), found(archive, "发票")) == ([], ["record:1"])
    Writer(archive).forget("record:1")
    Writer(archive).forget("record:1")
    assert found(archive, "发票") == []
    assert list(index_findings(archive.database, Silent())) == []


def test_a_thing_is_hidden_with_its_case_and_comes_back_with_it(archive: Archive) -> None:
    case = archive.cases.create(CaseDraft("西财罚〔2026〕1号", "账簿", EnforcementKind.PENALTY))
    Writer(archive).index("annotation:1", "账簿一处", case=case)
    archive.cases.edit(case, {"label": Label(privacy=True)}, "涉及个人隐私")
    assert found(archive, "账簿") == ["annotation:1", f"case:{case}"]
    cleared(archive, Clearance())
    assert found(archive, "账簿") == []
    cleared(archive, EVERYTHING)
    archive.cases.edit(case, {"label": Label()}, "更正")
    cleared(archive, Clearance())
    assert found(archive, "账簿") == ["annotation:1", f"case:{case}"]


@pytest.mark.parametrize("label", [Label(privacy=True), Label(trade=True), Label(state=1), Label(2, True, True)])
def test_nobody_can_tell_that_a_hidden_thing_is_there(tmp_path: Path, label: Label) -> None:
    """Two archives that differ in one hidden thing give the same answers to everything that is asked."""
    with_it, without = (small_archive(tmp_path / name, cleared=EVERYTHING).archive for name in ("with", "without"))
    outputs = []
    for archive in (without, with_it):
        outputs.append(_everything_said(archive, tmp_path, label if archive is with_it else None))
    with_it.close()
    assert outputs[0] == outputs[1]


def _everything_said(archive: Archive, folder: Path, hidden: Label | None) -> list[Any]:
    from models.base import db

    db.initialize(archive.database)
    archive.people.sign_in("沈静宜", PEOPLE["沈静宜"][1])
    writer = Writer(archive)
    for number, text in enumerate(TEXTS):
        writer.index(f"paper:{number}", text)
    if hidden:
        writer.index("paper:99", "会计账簿 张伟 invoice 2026 检查", label=hidden)
    cleared(archive, Clearance())
    said: list[Any] = []
    asked = [*HOSTILE, "账簿", "检查", "张伟", "zw", "invoice", "in", "2026", "会计账簿 2026", "paper", "99", "paper:99"]
    for words, limit, kinds in itertools.product(asked, (1, 2, 50), (None, ["paper"], ["case"])):
        page = archive.search.find(words, limit=limit, kinds=kinds)
        said.append((words, [_told(hit) for hit in page.hits], page.next))
    return said


def _told(hit: Hit) -> dict[str, Any]:
    return asdict(hit)


def test_who_is_not_signed_in_finds_nothing(filled: Archive) -> None:
    filled.lock()
    with pytest.raises(Refusal, match=r".*") as refused:
        filled.search.find("账簿")
    assert refused.value.code == "session.none"
