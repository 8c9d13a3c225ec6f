"""`python -m desktop`: the window, or one of the commands. Exit: 0 well, 1 findings, 2 usage, 3 refused, 4 a fault of ours."""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import traceback
from pathlib import Path

from desktop import i18n, log
from desktop.commands.terminal import CUT_OFF, FAULT, Terminal, leave_broken_pipe, make_streams_safe
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.settings import load_settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command, or open the window where none is named."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["--worker"]:
        from desktop.tools.worker_main import main as serve

        return serve(arguments[1:])
    make_streams_safe()
    early, further = _early(arguments)
    i18n.set_language(early.language or load_settings().language)
    if not further:
        return _window(early.archive)
    options = parser().parse_args(arguments)
    if options.run is None:
        return _window(options.archive)
    terminal = Terminal(options.json, options.password_stdin)
    try:
        return _guarded(options, terminal)
    except BrokenPipeError:
        return leave_broken_pipe()


def _guarded(options: argparse.Namespace, terminal: Terminal) -> int:
    try:
        code: int = options.run(options, terminal)
        sys.stdout.flush()
        return code
    except Refusal as refusal:
        return terminal.refuse(refusal)
    except KeyboardInterrupt:
        return CUT_OFF
    except BrokenPipeError:
        raise
    except Exception as fault:  # main is one of the three edges: a number for the person, the trace for the log
        number = os.urandom(3).hex()
        log.to_file()
        # The trace without the fault's own words: those may hold what was typed.
        trace = "".join(traceback.format_tb(fault.__traceback__))
        logging.getLogger("lantai.command").error("fault %s: %s\n%s", number, type(fault).__name__, trace)
        terminal.warn(_("Something went wrong in the program (fault {number}). Nothing more was changed. See {log}").format(
            number=number, log=log.log_file()))
        return FAULT


def parser() -> argparse.ArgumentParser:
    """All commands with their options. The window does without them, and so without what they import."""
    from desktop.commands import demo, init, intake, ledger, policy, probe, recover, search, self_test, sheet, usage, verify

    usage.speak()
    whole = argparse.ArgumentParser(prog="lantai", description=_("Lantai: the archive of the whole-process record of enforcement."),
                                    epilog=_("Exit: 0 well, 1 findings, 2 usage, 3 refused, 4 a fault of the program."))
    whole.add_argument("--archive", type=Path, metavar="DIR", help=_("the archive that the window opens"))
    whole.add_argument("--language", choices=i18n.LANGUAGES, help=_("speak this language instead of the desk's"))
    whole.set_defaults(run=None)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help=_("results as JSON, one object a line"))
    common.add_argument("--password-stdin", action="store_true", help=_("take what would be asked from standard input, a line each"))
    common.add_argument("--language", choices=i18n.LANGUAGES, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    commands = whole.add_subparsers(metavar=_("COMMAND"))
    for family in (demo, init, intake, verify, ledger, recover, sheet, search, policy, probe, self_test):
        family.add(commands, [common])
    return whole


def _early(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options of the window, and what is left over. The language must be known before the help texts are made."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--archive", type=Path)
    early.add_argument("--language", choices=i18n.LANGUAGES)
    try:
        return early.parse_known_args(arguments)
    except argparse.ArgumentError:  # the whole parser says it, with the usage
        return argparse.Namespace(archive=None, language=None), arguments


def _window(archive: Path | None) -> int:
    # Nothing made so far goes away again: to look for garbage among it would cost a tenth of the time until there is a window.
    gc.disable()
    import desktop.opening  # noqa: F401 - before Qt, because PySide reads the source of every module that is imported after it
    from desktop.app import run

    return run(archive)


if __name__ == "__main__":
    sys.exit(main())
