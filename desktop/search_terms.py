"""Terms for the search index: the text's own, and the pinyin of names, in full and by initials."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from models.bigrams import Query, index_terms, query

READINGS_MOST = 8  # of one name; characters with several readings multiply


def terms_for_index(text: str, names: Iterable[str] = ()) -> list[str]:
    """Every term of one row of the index: of its text, of its people's and units' names, and of their pinyin.

    张伟 is found by 张伟, `zhangwei` and `zw`; 单立 by `shanli` and `danli`.
    """
    names = list(names)
    found = dict.fromkeys(index_terms(text))
    for name in names:
        found.update(dict.fromkeys(index_terms(name)))
        found.update(dict.fromkeys(pinyin_terms(name)))
    return list(found)


def pinyin_terms(name: str) -> list[str]:
    """Full pinyin and initials of a name without tones, for each likely reading; none where it has no Chinese."""
    # Loaded at the first name: the dictionary takes a tenth of a second that the first window need not wait for.
    from pypinyin import Style, pinyin

    usual = pinyin(name, style=Style.NORMAL, errors="ignore")  # knows words: 重庆 is chongqing
    every = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    found: dict[str, None] = {}
    for syllables in itertools.chain(itertools.product(*usual), itertools.islice(itertools.product(*every), READINGS_MOST)):
        if syllables:
            found["".join(syllables)] = None
            found["".join(syllable[:1] for syllable in syllables)] = None
    return list(found)


def query_terms(text: str) -> Query:
    """What a typed text asks of the index: the AND of its terms, and the substrings to recheck on the text."""
    return query(text)
