"""The edge to the terminal: what is printed, what is asked, secrets, progress, and the exit codes."""

from __future__ import annotations

import getpass
import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from desktop.errors import Cancelled, Refusal
from desktop.i18n import _

WELL, FINDINGS, USAGE, REFUSED, FAULT = 0, 1, 2, 3, 4
CUT_OFF = 130  # as shells say of a program that was interrupted

# What would order a terminal about (colours, the title, the direction of writing) comes from names and facts of strangers: shown, not obeyed.
_ORDERS = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160), *range(0x202a, 0x202f), *range(0x2066, 0x206a))
           if chr(code) not in "\n\t"}


@dataclass
class Terminal:
    """What a command speaks to. With `as_json`, standard output holds JSON only, one object a line."""

    as_json: bool = False
    secrets_from_stdin: bool = False
    _stopping: bool = field(default=False, repr=False)

    def say(self, text: str) -> None:
        """A line for a person; nothing for a machine."""
        if not self.as_json:
            print(text.translate(_ORDERS))

    def tell(self, facts: Mapping[str, Any], text: str) -> None:
        """The same for both: facts as JSON, or the text."""
        print(line(facts) if self.as_json else text.translate(_ORDERS))

    def warn(self, text: str) -> None:
        """A line beside the results."""
        print(text.translate(_ORDERS), file=sys.stderr)

    def refuse(self, refusal: Refusal) -> int:
        """Say why not, in the sentence of `messages.toml`."""
        if self.as_json:
            print(line({"refused": refusal.code, "sentence": str(refusal)}))
        else:
            self.warn(str(refusal))
        return REFUSED

    @property
    def interactive(self) -> bool:
        """Whether somebody sits in front of it who can be asked."""
        return not self.secrets_from_stdin and sys.stdin is not None and sys.stdin.isatty()

    def secret(self, prompt: str) -> str:
        """A password: asked without echo, or the next line of standard input. Raises `Refusal` input.no_password."""
        if self.secrets_from_stdin:
            line = sys.stdin.readline()
            if not line:
                raise Refusal("input.no_password", what=prompt)
            return line.rstrip("\r\n")
        if not self.interactive:
            raise Refusal("input.no_terminal", what=prompt)
        return getpass.getpass(f"{prompt}: ")

    def new_secret(self, prompt: str) -> str:
        """A new password, asked twice of a person and once of standard input. Raises `Refusal` input.passwords_differ."""
        first = self.secret(prompt)
        if self.interactive and self.secret(_("{what}, once more").format(what=prompt)) != first:
            raise Refusal("input.passwords_differ")
        return first

    def ask(self, prompt: str) -> str:
        """A line that may be seen."""
        print(f"{prompt}: ", end="", file=sys.stderr, flush=True)
        return sys.stdin.readline().strip()

    @contextmanager
    def progress(self) -> Iterator[Bar]:
        """A progress bar on standard error where that is a terminal. Ctrl-C asks the job to stop at its next step."""
        bar = Bar(self)
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            yield bar
        finally:
            signal.signal(signal.SIGINT, before)
            bar.close()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self._stopping:
            raise KeyboardInterrupt
        self._stopping = True

    @property
    def stopping(self) -> bool:
        return self._stopping


class Bar:
    """A job's progress as a bar; a new phase begins a new bar."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._shown = sys.stderr is not None and sys.stderr.isatty()
        self._bar: Any = None

    def begin(self, total: int, unit: str = "") -> None:
        self.close()
        if self._shown:
            scaled = unit in ("bytes", "B")
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit="B" if scaled else f" {unit}", unit_scale=scaled, unit_divisor=1024, leave=False,
                             file=sys.stderr, dynamic_ncols=True)

    def step(self, note: str = "", amount: int = 1) -> None:
        if self._terminal.stopping:
            raise Cancelled
        if self._bar is not None:
            self._bar.update(amount)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def line(facts: Any) -> str:
    """One line of JSON, readable as it stands where the output takes every character; elsewhere each is written as its number."""
    unicode = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
    return json.dumps(facts, ensure_ascii=not unicode)


def make_streams_safe() -> None:
    """Characters that the terminal's encoding lacks are printed as their numbers; nothing printed can end a command."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def leave_broken_pipe() -> int:
    """Whoever read our output is gone: write no more, and say so as the shell does."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 128 + int(signal.SIGPIPE)
