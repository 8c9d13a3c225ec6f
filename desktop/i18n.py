"""The language of the program: gettext for its words, `messages.toml` for refusals and acts."""

from __future__ import annotations

import functools
import gettext
import tomllib
from typing import Any

from desktop.paths import RESOURCES

LANGUAGES = ("zh_CN", "en")
_language = "zh_CN"


def set_language(code: str) -> None:
    """Switch the language of everything said from now on; an unknown code falls back to English."""
    global _language
    _language = code if code in LANGUAGES else "en"
    _catalog.cache_clear()


def language() -> str:
    return _language


@functools.cache
def _catalog() -> gettext.NullTranslations:
    return gettext.translation("lantai", RESOURCES / "locale", languages=[_language], fallback=True)


def _(source: str) -> str:
    """The sentence in the language in force; the source is English."""
    return _catalog().gettext(source)


@functools.cache
def _messages() -> dict[str, Any]:
    with open(RESOURCES / "messages.toml", "rb") as f:
        return tomllib.load(f)


def _worded(section: str, code: str, facts: dict[str, object]) -> str:
    entry = _messages()[section].get(code)
    if entry is None:
        return code
    text: str = entry["zh" if _language == "zh_CN" else "en"]
    return text.format_map(_Facts(facts))


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def sentence(code: str, **facts: object) -> str:
    """What a refusal says: what happened, and what to do next."""
    return _worded("refusals", code, facts)


def act_words(act: str) -> str:
    """What an act is called in the ledger's rows."""
    return _worded("acts", act, {})


def finding_words(code: str, **facts: object) -> str:
    """What a finding of intake or of verification says."""
    return _worded("findings", code, facts)


def message_codes(section: str) -> set[str]:
    """Every code of one section: for the test that none is missing."""
    return set(_messages()[section])
