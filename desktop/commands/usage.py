"""What argparse says by itself (usage, headings, what is written wrongly) in the language of the desk: its own catalogue follows the system's."""

from __future__ import annotations

import argparse

from desktop.i18n import _


def speak() -> None:
    """From now on argparse says everything in the language in force."""
    argparse._ = _said  # type: ignore[attr-defined]  # the one name through which it says everything


def _said(words: str) -> str:
    """One of its sentences; what nobody meets at our commands stays as it is."""
    return {
        "usage: ": _("usage: "), "positional arguments": _("positional arguments"), "options": _("options"),
        "show this help message and exit": _("show this help message and exit"),
        "%(prog)s: error: %(message)s\n": _("%(prog)s: error: %(message)s\n"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "unrecognized arguments: %s": _("unrecognized arguments: %s"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("invalid choice: %(value)r (choose from %(choices)s)"),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "expected one argument": _("expected one argument"), "expected at least one argument": _("expected at least one argument"),
        "ignored explicit argument %r": _("ignored explicit argument %r"),
        "ambiguous option: %(option)s could match %(matches)s": _("ambiguous option: %(option)s could match %(matches)s"),
    }.get(words, words)
