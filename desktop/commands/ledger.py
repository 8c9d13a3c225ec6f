"""`ledger export DIR FILE`, `ledger checkpoint DIR`: what leaves the machine, so that others can check."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.commands.opening import add_folder, add_person, signed_in
from desktop.commands.output import new_file
from desktop.commands.terminal import WELL, Terminal
from desktop.i18n import _


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    family = commands.add_parser("ledger", help=_("export the ledger, or sign a checkpoint")).add_subparsers(required=True, metavar=_("COMMAND"))
    export = family.add_parser("export", parents=common, help=_("write the ledger for a verifier outside"))
    add_folder(export)
    export.add_argument("file", type=Path, metavar="FILE", help=_("where to write; never overwritten"))
    add_person(export)
    export.set_defaults(run=run_export)
    checkpoint = family.add_parser("checkpoint", parents=common, help=_("sign the ledger as it stands and print the note"))
    add_folder(checkpoint)
    add_person(checkpoint)
    checkpoint.set_defaults(run=run_checkpoint)


def run_export(options: argparse.Namespace, terminal: Terminal) -> int:
    with signed_in(options.dir, options.person, "ledger.export", terminal) as archive, new_file(options.file) as stream:
        count = archive.audit.export(stream)
    terminal.tell({"entries": count, "file": str(options.file)},
                  _("{count} entries were written to {file}.").format(count=count, file=options.file))
    return WELL


def run_checkpoint(options: argparse.Namespace, terminal: Terminal) -> int:
    with signed_in(options.dir, options.person, "ledger.checkpoint", terminal) as archive:
        note = archive.audit.checkpoint()
    terminal.tell({"checkpoint": note}, note.rstrip("\n"))
    return WELL
