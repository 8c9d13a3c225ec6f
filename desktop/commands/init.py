"""`init DIR`: a new archive, its first people, and the recovery sheet."""

from __future__ import annotations

import argparse
import secrets
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from desktop.archive import found
from desktop.commands.opening import add_folder
from desktop.commands.output import new_file
from desktop.commands.recovery_paper import recovery_sheet
from desktop.commands.terminal import WELL, Terminal
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.people import Newcomer
from desktop.policy import profile
from desktop.policy.profile import profile_names
from desktop.roles import roles
from models.secrecy import Clearance

# Without these nobody could approve, make accounts, clear people, or read the ledger.
NEEDED = ("leader", "sysadmin", "secadmin", "auditor")


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("init", parents=common, help=_("make a new archive with its first people"))
    add_folder(command)
    command.add_argument("--name", required=True, help=_("what the archive is called"))
    command.add_argument("--profile", required=True, metavar="PROFILE", help=", ".join(profile_names()))
    command.add_argument("--person", action="append", default=[], required=True, metavar="NAME:ROLE[:CLEARANCE]", type=_person,
                         help=_("once for each person; clearance is privacy, trade or privacy+trade; a leader has both unless told otherwise"))
    command.add_argument("--passphrase", action="store_true",
                         help=_("lock this desk by a passphrase instead of the system's keyring"))
    command.add_argument("--recovery-sheet", type=Path, metavar="FILE", help=_("write the recovery sheet here as a PDF; else its words are printed"))
    command.set_defaults(run=run)


def _person(text: str) -> Newcomer:
    parts = text.split(":")
    if len(parts) not in (2, 3) or not parts[0].strip() or parts[1] not in roles():
        raise argparse.ArgumentTypeError(_("NAME:ROLE[:CLEARANCE] with one of the roles {roles}").format(roles=", ".join(roles())))
    default = "privacy+trade" if parts[1] == "leader" else ""
    marks = set(filter(None, (parts[2] if len(parts) == 3 else default).split("+")))
    if not marks <= {"privacy", "trade"}:
        raise argparse.ArgumentTypeError(_("a clearance is privacy, trade or privacy+trade"))
    return Newcomer(parts[0].strip(), parts[1], clearance=Clearance(0, "trade" in marks, "privacy" in marks))


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    profile(options.profile)
    missing = [roles()[name].title for name in NEEDED if name not in {person.role for person in options.person}]
    if missing:
        raise Refusal("init.roles_missing", roles="、".join(missing))
    passphrase = terminal.new_secret(_("New desk passphrase")) if options.passphrase else None
    people = [(person, terminal.new_secret(_("New password of {name}").format(name=person.name))) for person in options.person]
    sheet = new_file(options.recovery_sheet) if options.recovery_sheet else nullcontext()
    with sheet as stream:
        founding = found(options.dir, options.name, options.profile, people, passphrase=passphrase)
        try:
            if stream is not None:
                stream.write(recovery_sheet(founding.archive, founding.words))
        finally:
            founding.archive.close()
    _hand_over(options, terminal, founding.words)
    return WELL


def _hand_over(options: argparse.Namespace, terminal: Terminal, words: list[str]) -> None:
    """Say where the words are; of a person at a terminal, have two of them typed back."""
    told: dict[str, object] = {"archive": str(options.dir)}
    if options.recovery_sheet:
        told["recovery_sheet"] = str(options.recovery_sheet)
        terminal.say(_("The recovery sheet is in {file}. Print it, put it into the leader's safe, then delete the file.").format(
            file=options.recovery_sheet))
    else:
        told["words"] = words
        terminal.say(_("The words of the recovery sheet, shown this once. Write them down for the leader's safe:"))
        for row in range(0, len(words), 6):
            terminal.say("  ".join(f"{at + 1:2} {word}" for at, word in enumerate(words[row : row + 6], row)))
    terminal.tell(told, _("The archive is in {dir}.").format(dir=options.dir))
    if terminal.interactive and not terminal.as_json:
        for at in sorted(secrets.SystemRandom().sample(range(len(words)), 2)):
            while terminal.ask(_("Word {number} of the sheet").format(number=at + 1)) != words[at]:
                terminal.warn(_("That is not what stands there. Look again."))
