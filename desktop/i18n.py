"""The language of the program: gettext for its words, `messages.toml` for refusals and acts."""

from __future__ import annotations

import functools
import gettext
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from desktop.paths import RESOURCES

LANGUAGES = ("zh_CN", "en")
PAPER = "zh_CN"  # printed forms are the agency's legal documents: always in Chinese, whatever the desk speaks
_language = "zh_CN"
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def set_language(code: str) -> None:
    """Switch the language of everything said from now on; an unknown code falls back to English."""
    global _language
    _language = code if code in LANGUAGES else "en"
    _catalog.cache_clear()


def language() -> str:
    """The language in force here: that of the desk, or the one that `speaking` put in its place for this thread."""
    return _spoken.get() or _language


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Say everything in this language meanwhile, in this thread only; the desk goes on in its own."""
    token = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(token)


@functools.cache
def _catalog(code: str) -> gettext.NullTranslations:
    return gettext.translation("lantai", RESOURCES / "locale", languages=[code], fallback=True)


def _(source: str) -> str:
    """The sentence in the language in force; the source is English."""
    return _catalog(language()).gettext(source)


@functools.cache
def _messages() -> dict[str, Any]:
    with open(RESOURCES / "messages.toml", "rb") as f:
        return tomllib.load(f)


def _worded(section: str, code: str, facts: dict[str, object]) -> str:
    entry = _messages()[section].get(code)
    if entry is None:
        return code
    text: str = entry["zh" if language() == "zh_CN" else "en"]
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
