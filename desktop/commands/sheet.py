"""`sheet DIR`: a new recovery sheet in place of the old one; `reseal DIR`: what waits to be sealed anew."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from typing import Any

from desktop.commands.init import add_sheet, hand_over_sheets, type_back
from desktop.commands.opening import add_folder, add_person, signed_in
from desktop.commands.output import new_file
from desktop.commands.terminal import WELL, Terminal
from desktop.i18n import _
from desktop.keyroom import reseal
from desktop.paths import ArchivePaths
from desktop.recovery_paper import recovery_pdf
from desktop.rekeying import settled_key
from desktop.renewal import prepare_sheet, renew


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    sheet = commands.add_parser("sheet", parents=common, help=_("put a new recovery sheet in place of the old one"))
    add_folder(sheet)
    add_person(sheet)
    sheet.add_argument("--witness", required=True, metavar="NAME", help=_("the second person: another leader or one of the administrators"))
    add_sheet(sheet)
    sheet.set_defaults(run=run_sheet)
    keys = commands.add_parser("reseal", parents=common, help=_("seal keys to what labels ask now, and give compartments new ones"))
    add_folder(keys)
    add_person(keys)
    keys.set_defaults(run=run_reseal)


def run_sheet(options: argparse.Namespace, terminal: Terminal) -> int:
    with signed_in(options.dir, options.person, "keys.renew_sheet", terminal) as archive, terminal.progress() as bar:
        sheet = prepare_sheet(archive, options.three_sheets)
        with new_file(options.recovery_sheet) if options.recovery_sheet else nullcontext() as stream:
            if stream is not None:
                stream.write(recovery_pdf(sheet.sheets))
            told = hand_over_sheets(options.recovery_sheet, terminal, sheet.sheets)
            type_back(terminal, sheet.sheets)
            mine = terminal.secret(_("Password of {name}").format(name=archive.person.name))
            theirs = terminal.secret(_("Password of {name}").format(name=options.witness))
            void = renew(archive, sheet, mine, options.witness, theirs, bar)
        name, keys = archive.name, archive.desk.candidates
    settled_key(ArchivePaths(options.dir).database, keys)  # nobody of ours has the database open any more: it takes its new key now
    terminal.tell({"archive": str(options.dir), "void": void, **told},
                  _("The new sheet of {name} is in force. The old one is void; only a backup from before still opens with it.").format(name=name))
    return WELL


def run_reseal(options: argparse.Namespace, terminal: Terminal) -> int:
    with signed_in(options.dir, options.person, "keys.reseal", terminal) as archive, terminal.progress() as bar:
        left = reseal(archive, terminal.secret(_("Password of {name}").format(name=archive.person.name)), bar)
    terminal.tell({"stricter": left.stricter, "missing": left.missing, "due": [name for name, _who in left.due]},
                  _("Something waits for a leader who holds the other compartments.") if left.waits else _("All keys are sealed as labels ask."))
    return WELL
