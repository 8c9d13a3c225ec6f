"""`demo DIR`: the training archive."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.commands.opening import add_folder
from desktop.commands.terminal import WELL, Terminal
from desktop.i18n import _


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("demo", parents=common, help=_("make a training archive; its passwords are printed"))
    add_folder(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    from desktop.demo.archive import make_training_archive

    with terminal.progress() as bar:
        made = make_training_archive(options.dir, bar)
    people = [{"name": p.name, "role": p.role, "password": p.password} for p in made.people]
    width = max(len(p.password) for p in made.people)
    lines = [f"{p.password:{width}}  {p.name}  {p.role_title}" for p in made.people]
    terminal.tell({"archive": str(options.dir), "people": people},
                  "\n".join([_("The training archive is in {dir}. It protects nothing; everybody knows its passwords:").format(dir=options.dir),
                             *lines]))
    return WELL
