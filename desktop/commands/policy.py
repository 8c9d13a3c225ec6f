"""`policy check FILE` (and `policy explain`): whether a file of rules can be put in force; every mistake with its line. Opens no archive."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from desktop.commands import explain
from desktop.commands.terminal import FINDINGS, WELL, Terminal
from desktop.errors import Refusal
from desktop.i18n import _


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("policy", help=_("the rules of a regulation: check a file of them, or try a case under them"))
    families = command.add_subparsers(metavar=_("COMMAND"), required=True)
    checked = families.add_parser("check", parents=common, help=_("every mistake in a file of rules, with its line and what to do"))
    checked.add_argument("file", type=Path, metavar="FILE", help=_("the profile as TOML"))
    checked.set_defaults(run=run_check)
    explain.add(families, common)


def run_check(options: argparse.Namespace, terminal: Terminal) -> int:
    from desktop.policy.profile import check

    mistakes = check(read_rules(options.file))
    for one in mistakes:
        terminal.tell({"line": one.line, "where": one.where, "words": one.words}, f"{options.file}: {one}")
    terminal.say(_("{count} mistakes.").format(count=len(mistakes)) if mistakes else _("No mistake: these rules can be put in force."))
    return FINDINGS if mistakes else WELL


def read_text(path: Path) -> str:
    """The text of a file that a person named, or of standard input for “-”. Raises `Refusal` input.unreadable, input.not_text."""
    try:
        return sys.stdin.read() if str(path) == "-" else path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Refusal("input.unreadable", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise Refusal("input.not_text", path=str(path), line=error.object.count(b"\n", 0, error.start) + 1) from error


def read_rules(path: Path) -> str:
    """The text of a file of rules; of one too long only as much as shows that it is. Raises `Refusal` input.unreadable, input.not_text."""
    from desktop.policy.toml_reading import LONGEST

    try:
        with path.open("rb") as f:
            given = f.read(4 * LONGEST + 8)  # a sign takes four bytes at most
    except OSError as error:
        raise Refusal("input.unreadable", path=str(path)) from error
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(given) > 4 * LONGEST and error.start > 4 * LONGEST:  # cut within a sign
            return given[:error.start].decode("utf-8-sig")
        raise Refusal("input.not_text", path=str(path), line=given.count(b"\n", 0, error.start) + 1) from error
