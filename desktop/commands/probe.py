"""`probe FILE…`: what intake would find in any file, one JSON line each; opens no archive."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from desktop.commands.terminal import Terminal
from desktop.i18n import _


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("probe", parents=common, help=_("what intake would find in files, one JSON line each"))
    command.add_argument("file", nargs="*", metavar="FILE", help=_("any files; with --null, names from standard input"))
    command.add_argument("--null", action="store_true", help=_("read the names from standard input, each ended by a NUL"))
    command.add_argument("--timeout", type=float, default=None, metavar="SECONDS", help=_("most time for one file"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    from desktop.tools import probe_command
    from desktop.tools.worker import TIMEOUT, Workers

    paths = [os.fsencode(name) for name in options.file]
    if options.null:
        paths += [name for name in sys.stdin.buffer.read().split(b"\0") if name]
    with Workers(count=max(os.cpu_count() or 1, 1)) as workers:
        return probe_command.run(paths, sys.stdout, workers, options.timeout or TIMEOUT)
