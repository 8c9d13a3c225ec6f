"""`recover DIR`: back into an archive with the words of its recovery sheet."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.commands.opening import add_folder
from desktop.commands.terminal import WELL, Terminal
from desktop.header import read_header
from desktop.i18n import _
from desktop.paths import ArchivePaths
from desktop.recovery import recover
from desktop.vault.recovery import split_words
from desktop.vault.shares import is_share


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("recover", parents=common, help=_("open an archive with its recovery sheet and set a new password"))
    add_folder(command)
    command.add_argument("--person", required=True, metavar="NAME", help=_("whose password is set anew; a leader also holds the keys again"))
    command.add_argument("--witness", action="append", default=[], metavar="NAME", help=_("who is present: two people with accounts"))
    command.add_argument("--passphrase", action="store_true", help=_("lock this desk by a passphrase instead of the system's keyring"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    read_header(ArchivePaths(options.dir))  # so that nobody types the words before they hear that the folder is another
    words = ask_words(terminal)
    passphrase = terminal.new_secret(_("New desk passphrase")) if options.passphrase else None
    password = terminal.new_secret(_("New password of {name}").format(name=options.person))
    recovered = recover(options.dir, words, options.person, password, options.witness, passphrase=passphrase)
    recovered.archive.close()
    held = "、".join(recovered.compartments)
    lines = [_("The archive opens at this desk again, as {desk}.").format(desk=recovered.desk)]
    if held:
        lines.append(_("{name} holds the keys of: {held}.").format(name=options.person, held=held))
    lines.append(_("Several people have seen the sheet: put a new one in its place with `python -m desktop sheet {dir}`.").format(dir=options.dir))
    terminal.tell({"desk": recovered.desk, "person": options.person, "compartments": list(recovered.compartments)}, "\n".join(lines))
    return WELL


def ask_words(terminal: Terminal) -> list[str]:
    """The words of the sheet; of one of three, those of a second one as well."""
    words = split_words(terminal.secret(_("The words of the recovery sheet, with spaces")))
    if is_share(words):
        words += split_words(terminal.secret(_("This is one of three sheets. The words of another one, with spaces")))
    return words
