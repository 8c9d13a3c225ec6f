"""`intake DIR SOURCE`: a deposit, exactly as the Deposit page makes it."""

from __future__ import annotations

import argparse
import os
from typing import Any

from desktop.commands.opening import add_folder, add_person, signed_in
from desktop.commands.terminal import CUT_OFF, FINDINGS, WELL, Terminal
from desktop.errors import Cancelled, Refusal
from desktop.i18n import _
from desktop.intake.deposit import DepositReport, deposit
from models.secrecy import Label

MARKS = ("trade", "privacy", "public")


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("intake", parents=common, help=_("take files or folders into the archive"))
    add_folder(command)
    command.add_argument("source", nargs="+", metavar="SOURCE", help=_("files or folders; they are read, never changed"))
    command.add_argument("--case", metavar="NUMBER", help=_("the case folder they belong to; without it they wait to be linked"))
    command.add_argument("--label", action="append", choices=MARKS, default=[], help=_("trade secret, personal privacy, or open to the public"))
    add_person(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    label = Label(trade="trade" in options.label, privacy="privacy" in options.label, internal="public" not in options.label)
    with signed_in(options.dir, options.person, "intake.begin", terminal) as archive:
        case = archive.cases.numbered(options.case) if options.case else None
        if options.case and case is None:
            raise Refusal("not_found")
        try:
            with terminal.progress() as bar:
                report = deposit(archive, [os.fsencode(path) for path in options.source], case, label, bar)
        except Cancelled:
            terminal.warn(_("Stopped. What was admitted stays; the rest can be taken in again."))
            return CUT_OFF
    terminal.tell(_facts(report), _summary(report))
    return FINDINGS if report.quarantined or report.failed else WELL


def _facts(report: DepositReport) -> dict[str, Any]:
    return {"deposit": int(report.deposit), "admitted": report.admitted, "already_held": report.held, "quarantined": report.quarantined,
            "failed": [{"path": path, "code": code} for path, code in report.failed]}


def _summary(report: DepositReport) -> str:
    lines = [_("{total} files: {admitted} admitted, {held} already held, {quarantined} in quarantine, {failed} not taken.").format(
        total=report.total, admitted=report.admitted, held=report.held, quarantined=report.quarantined, failed=len(report.failed))]
    return "\n".join([*lines, *(f"{path}: {code}" for path, code in report.failed)])
