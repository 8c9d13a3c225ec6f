"""Opening an archive for a command, and signing somebody in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.archive import Archive
from desktop.commands.terminal import Terminal
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.opening import open_archive
from desktop.roles import roles


def add_folder(command: argparse.ArgumentParser) -> None:
    """The folder of the archive, the first argument of nearly every command."""
    command.add_argument("dir", type=Path, metavar="DIR", help=_("folder of the archive"))


def add_person(command: argparse.ArgumentParser) -> None:
    """Who acts. Left out, it is the only person whose role may."""
    command.add_argument("--person", metavar="NAME", help=_("who signs in; may be left out where only one person may do this"))


@contextmanager
def opened(root: Path, terminal: Terminal, read_only: bool = False) -> Iterator[Archive]:
    """The archive, closed again whatever happens; the desk passphrase is asked where one is set."""
    archive = open_archive(root, passphrase=lambda: terminal.secret(_("Desk passphrase")), read_only=read_only)
    try:
        yield archive
    finally:
        archive.close()


@contextmanager
def signed_in(root: Path, person: str | None, act: str, terminal: Terminal) -> Iterator[Archive]:
    """The archive with somebody signed in. Raises `Refusal`: input.who where `person` is left out and several may."""
    with opened(root, terminal) as archive:
        name = person or _only_one(archive, act)
        archive.people.sign_in(name, terminal.secret(_("Password of {name}").format(name=name)))
        try:
            yield archive
        finally:
            archive.people.sign_out()


def _only_one(archive: Archive, act: str) -> str:
    able = {role.title for role in roles().values() if act in role.acts}
    names = [name for name, title in archive.people.names() if title in able]
    if len(names) != 1:
        raise Refusal("input.who", names="、".join(names))
    return names[0]
