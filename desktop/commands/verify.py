"""`verify DIR`: whether anything was altered outside the program; reads only, signs nobody in."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.audit.verification import Finding, VerifyReport, verify_archive, worded
from desktop.commands.opening import add_folder, opened
from desktop.commands.terminal import FINDINGS, WELL, Terminal
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.paths import ArchivePaths

# A refusal at opening that says: what lies on the disk is not what the program wrote.
DAMAGE = frozenset({"archive.damaged", "archive.header_damaged", "archive.newer", "desk.file_damaged", "desk.unknown", "keys.damaged",
                    "archive.unreadable"})


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("verify", parents=common, help=_("check that nothing was altered, deleted, added or cut off"))
    add_folder(command)
    command.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE",
                         help=_("a checkpoint that was kept elsewhere; without one, a cut end of the ledger is not noticed"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    notes = [_note(path) for path in options.checkpoint]
    try:
        with opened(options.dir, terminal, read_only=True) as archive, terminal.progress() as bar:
            report = verify_archive(archive.paths, archive.database, archive.vault, bar, notes)
    except Refusal as refusal:
        if refusal.code == "archive.missing" and (gone := _gone(ArchivePaths(options.dir))):
            terminal.tell({"sound": False, "findings": [_finding(one) for one in gone]}, "\n".join(map(worded, gone)))
            return FINDINGS
        if refusal.code not in DAMAGE:
            raise
        terminal.tell({"sound": False, "findings": [{"code": refusal.code, "sentence": str(refusal)}]}, str(refusal))
        return FINDINGS
    terminal.tell(_facts(report), "\n".join([*report.sentences, _summary(report)]))
    return WELL if report.sound else FINDINGS


def _note(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal("input.unreadable", path=str(path)) from error


def _gone(paths: ArchivePaths) -> list[Finding]:
    """Of what an archive cannot be without: what is not there, where something else of it is."""
    parts = [paths.header, paths.database, paths.keys]
    gone = [one for one in parts if not one.exists()]
    return [Finding("file.missing", {"path": one.name}) for one in gone] if len(gone) < len(parts) else []


def _facts(report: VerifyReport) -> dict[str, Any]:
    return {"sound": report.sound, "entries": report.entries, "rows": report.rows, "objects": report.objects,
            "object_bytes": report.object_bytes, "root": report.root, "checkpoints_given": report.outside,
            "findings": [_finding(finding) for finding in report.findings]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"code": finding.code, **finding.facts, "sentence": worded(finding)}


def _summary(report: VerifyReport) -> str:
    counted = _("{entries} entries, {rows} rows and {objects} objects were checked.").format(
        entries=report.entries, rows=report.rows, objects=report.objects)
    if report.sound:
        verdict = _("Nothing was altered.")
    else:
        verdict = _("{count} findings.").format(count=len(report.findings))
    lines = [f"{verdict} {counted}", _("Root over {entries} entries: {root}").format(entries=report.entries, root=report.root)]
    if not report.outside:
        lines.append(_("No checkpoint from elsewhere was given: a cut end of the ledger would not be noticed."))
    return "\n".join(lines)
