"""The words: every sentence of the program stands in Chinese, the rooms do not contradict each other, facts keep their names."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from desktop.paths import RESOURCES
from installer.compile_locale import LOCALE, Contradiction, compile_language, merge

ROOT = Path(__file__).resolve().parents[2]
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]|\.\.\.[\u4e00-\u9fff]|[\u4e00-\u9fff]\.\.\.")


def calls() -> list[tuple[str, ast.expr]]:
    """Every call of `_` in the product, with where it stands."""
    out = []
    for folder in ("desktop", "views"):
        for at in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(at.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
                    out.append((f"{at.relative_to(ROOT)}:{node.lineno}", node.args[0]))
    return out


def facts(sentence: str) -> set[str]:
    """The names in a sentence's braces."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}


def chinese() -> dict[str, str]:
    return {str(m.id): str(m.string) for m in merge(LOCALE / "zh_CN") if m.id}


def test_every_sentence_is_written_out_where_it_is_said() -> None:
    loose = [place for place, said in calls() if not (isinstance(said, ast.Constant) and isinstance(said.value, str))]
    assert loose == [], "gettext finds only sentences written out between the brackets of _()"


def test_every_sentence_stands_in_chinese() -> None:
    known = chinese()
    missing = [f"{at}: {s.value!r}" for at, s in calls() if isinstance(s, ast.Constant) and s.value not in known]
    assert missing == []


def test_translations_keep_the_facts_of_their_sentence() -> None:
    assert [s for s, t in chinese().items() if facts(s) != facts(t)] == []


def test_chinese_punctuation_is_full_width() -> None:
    assert [t for t in chinese().values() if HALF_WIDTH.search(t)] == []


def test_refusals_acts_and_findings_stand_in_both_languages() -> None:
    sections = tomllib.loads((RESOURCES / "messages.toml").read_text(encoding="utf-8"))
    faults = []
    for section, entries in sections.items():
        for code, words in entries.items():
            if set(words) != {"zh", "en"} or not all(words.values()):
                faults.append(f"{section}.{code}: {words}")
            elif facts(words["zh"]) != facts(words["en"]):
                faults.append(f"{section}.{code}: other facts in zh than in en")
            elif HALF_WIDTH.search(words["zh"]):
                faults.append(f"{section}.{code}: half-width mark in {words['zh']}")
    assert faults == []


ROOM = 'msgid ""\nmsgstr ""\n"Language: zh_CN\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def write(folder: Path, name: str, entries: str) -> Path:
    language = folder / "zh_CN"
    language.mkdir(exist_ok=True)
    (language / name).write_text(ROOM + entries, encoding="utf-8")
    return language


def test_rooms_are_merged_and_compiled(tmp_path: Path) -> None:
    import gettext

    write(tmp_path, "a.po", 'msgid "Stop"\nmsgstr "停止"\n')
    language = write(tmp_path, "b.po", 'msgid "Stop"\nmsgstr "停止"\n\nmsgid "Lock"\nmsgstr "锁定"\n')
    compile_language(language)
    words = gettext.translation("lantai", tmp_path, languages=["zh_CN"])
    assert (words.gettext("Stop"), words.gettext("Lock")) == ("停止", "锁定")


@pytest.mark.parametrize(("entries", "said"), [
    ('msgid "Stop"\nmsgstr "中止"\n', "中止"), ('#, fuzzy\nmsgid "Lock"\nmsgstr "锁"\n', "fuzzy"), ('msgid "Lock"\nmsgstr ""\n', "not translated"),
])  # fmt: skip
def test_contradictions_guesses_and_gaps_are_refused(tmp_path: Path, entries: str, said: str) -> None:
    write(tmp_path, "a.po", 'msgid "Stop"\nmsgstr "停止"\n')
    language = write(tmp_path, "b.po", entries)
    with pytest.raises(Contradiction, match=said):
        merge(language)
