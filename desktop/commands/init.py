"""`init DIR`: a new archive, its first people, and the recovery sheet."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from desktop.commands.opening import add_folder
from desktop.commands.output import new_file
from desktop.commands.terminal import WELL, Terminal
from desktop.errors import Refusal, on_failure
from desktop.founding import Plan, Prepared, missing_roles, prepare
from desktop.i18n import _
from desktop.people import Newcomer
from desktop.policy import profile
from desktop.policy.profile import asks_province, profile_names
from desktop.recovery_paper import Sheet, recovery_pdf
from desktop.roles import roles
from models.secrecy import Clearance


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("init", parents=common, help=_("make a new archive with its first people"))
    add_folder(command)
    command.add_argument("--name", required=True, help=_("what the archive is called"))
    command.add_argument("--profile", required=True, metavar="PROFILE", help=", ".join(profile_names()))
    command.add_argument("--province", default="", help=_("which province, for a regulation that names none"))
    command.add_argument("--agency", default="", help=_("whose archive it is"))
    command.add_argument("--person", action="append", default=[], required=True, metavar="NAME:ROLE[:CLEARANCE]", type=_person,
                         help=_("once for each person; clearance is privacy, trade or privacy+trade; a leader has both unless told otherwise"))
    command.add_argument("--passphrase", action="store_true",
                         help=_("lock this desk by a passphrase instead of the system's keyring"))
    add_sheet(command)
    command.set_defaults(run=run)


def add_sheet(command: argparse.ArgumentParser) -> None:
    """How the recovery sheet comes out: for `init` and for its renewal."""
    command.add_argument("--recovery-sheet", type=Path, metavar="FILE", help=_("write the recovery sheet here as a PDF; else its words are printed"))
    command.add_argument("--three-sheets", action="store_true", help=_("three recovery sheets, any two of which open"))


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
    missing = missing_roles(options.person)
    if missing:
        raise Refusal("init.roles_missing", roles="、".join(missing))
    if asks_province(options.profile) and not options.province.strip():
        raise Refusal("founding.province_missing")
    passphrase = terminal.new_secret(_("New desk passphrase")) if options.passphrase else None
    people = [(person, terminal.new_secret(_("New password of {name}").format(name=person.name))) for person in options.person]
    plan = Plan(options.dir, options.name, options.profile, people, passphrase, agency=options.agency, province=options.province,
                shared=options.three_sheets)
    with new_file(options.recovery_sheet) if options.recovery_sheet else nullcontext() as stream:
        prepared = prepare(plan)
        _into_place(prepared, stream)
    if prepared.cleared:
        terminal.say(_("An earlier founding had been cut off in {dir}; what it left was removed.").format(dir=options.dir))
    told = hand_over_sheets(options.recovery_sheet, terminal, prepared.sheets)
    terminal.tell({"archive": str(options.dir), **told}, _("The archive is in {dir}.").format(dir=options.dir))
    type_back(terminal, prepared.sheets)
    return WELL


def _into_place(prepared: Prepared, stream: Any) -> None:
    """The sheet first: an archive whose sheet could not be written is none."""
    with on_failure(prepared.discard):
        if stream is not None:
            stream.write(recovery_pdf(prepared.sheets))
        prepared.finish()


def hand_over_sheets(file: Path | None, terminal: Terminal, sheets: list[Sheet]) -> dict[str, object]:
    """Say where the words are, or print them; the same for a machine."""
    if file is not None:
        terminal.say(_("The recovery sheet is in {file}. Print it, put it into the leader's safe, then delete the file.").format(file=file))
        return {"recovery_sheet": str(file)}
    for sheet in sheets:
        if sheet.of > 1:
            terminal.say(_("Sheet {number} of {of}, shown this once; any two open. Write it down for its own keeper:").format(
                number=sheet.number, of=sheet.of))
        else:
            terminal.say(_("The words of the recovery sheet, shown this once. Write them down for the leader's safe:"))
        for row in range(0, len(sheet.words), 6):
            terminal.say("  ".join(f"{at + 1:2} {word}" for at, word in enumerate(sheet.words[row : row + 6], row)))
    return {"words": sheets[0].words} if len(sheets) == 1 else {"sheets": [sheet.words for sheet in sheets]}


def type_back(terminal: Terminal, sheets: list[Sheet]) -> None:
    """Of a person at a terminal, have two words of each sheet typed back."""
    if not terminal.interactive or terminal.as_json:
        return
    for sheet in sheets:
        for at in sheet.asked(2):
            asked = _("Word {number} of sheet {sheet}").format(number=at + 1, sheet=sheet.number) if sheet.of > 1 else \
                _("Word {number} of the sheet").format(number=at + 1)
            while not sheet.right(at, terminal.ask(asked)):
                terminal.warn(_("That is not what stands there. Look again."))
