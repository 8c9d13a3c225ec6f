"""The one tokenizer of the search index: pairs of Chinese characters, whole words of letters and digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Han with every extension, kana, hangul, bopomofo, and the signs that stand in a name like a character.
_CJK = (
    "々〆〇〡-〩㐀-䶿一-鿿豈-﫿ぁ-ヿㇰ-ㇿㄅ-ㄯㆠ-ㆿ가-힣ᄀ-ᇿ"
    "\U00016fe3\U0001b000-\U0001b16f\U00020000-\U000323af"
)
_RUNS = re.compile(f"[{_CJK}]+|(?:(?![{_CJK}_])\\w)+")
_IS_CJK = re.compile(f"[{_CJK}]")
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


@dataclass(frozen=True)
class Term:
    """One condition of a query: the index holds `text`, or, with `prefix`, a term that begins with it."""

    text: str
    prefix: bool = False


@dataclass(frozen=True)
class Query:
    """What must all hold: `terms` in the index, then each of `recheck` as a substring of the `normal` text."""

    terms: tuple[Term, ...]
    recheck: tuple[str, ...]


def normal(text: str) -> str:
    """The text as it is compared: full width to half width, case folded, invisible characters gone, one form."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    return " ".join(_UNSEEN.sub("", folded).split())


def index_terms(text: str) -> list[str]:
    """The terms of a text, each once, in order of first sight.

    A run of n Chinese characters gives its n-1 pairs and its last character; a word of letters and digits gives itself.
    """
    found: dict[str, None] = {}
    for run in _RUNS.findall(normal(text)):
        if not _IS_CJK.match(run):
            found[run] = None
            continue
        for at in range(len(run) - 1):
            found[run[at : at + 2]] = None
        found[run[-1]] = None
    return list(found)


def query(text: str) -> Query:
    """What a typed text asks for: the AND of all its parts; parts are divided by spaces.

    A single Chinese character is a prefix (it begins a pair or stands last). Words of letters and digits match from
    their beginning, so that a number half typed is found. A part is rechecked as a substring unless one term of the
    index already says it exactly.
    """
    terms: dict[Term, None] = {}
    recheck: dict[str, None] = {}
    for part in normal(text).split():
        found = _part_terms(part)
        terms.update(dict.fromkeys(found))
        if found and not (len(found) == 1 and found[0].text == part):
            recheck[part] = None
    return Query(tuple(terms), tuple(recheck))


def _part_terms(part: str) -> list[Term]:
    terms: list[Term] = []
    for run in _RUNS.findall(part):
        if not _IS_CJK.match(run) or len(run) == 1:
            terms.append(Term(run, prefix=True))
        else:
            terms.extend(Term(run[at : at + 2]) for at in range(len(run) - 1))
    return terms
