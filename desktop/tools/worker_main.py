"""The inside of a worker: shut itself in, then answer one task after another until the line is cut."""

from __future__ import annotations

import importlib
import os
import socket
import sys
import sysconfig
from pathlib import Path
from typing import Any

from desktop.tools import limits, wire
from desktop.tools.registry import TASK_MODULES, Answer, task_named

LINE = 3  # the descriptor that the parent leaves open


def main(arguments: list[str]) -> int:
    """Serve tasks over descriptor 3. `arguments`: further task modules, tests only."""
    if "--line" in arguments:
        at = arguments.index("--line")
        number = int(arguments[at + 1])
        arguments = arguments[:at] + arguments[at + 2 :]
    else:
        number = LINE
    line = socket.socket(fileno=number)
    for module in (*TASK_MODULES, *arguments):
        importlib.import_module(module)
    walls = limits.confine(_readable())
    try:
        wire.send(line, {"walls": walls})
        while True:
            header, _body, fd = wire.receive(line)
            answer, blob = _serve(header, -1 if fd is None else fd)
            if fd is not None:
                os.close(fd)
            wire.send(line, answer, blob)
    except wire.Broken:
        return 0


def _serve(header: dict[str, Any], fd: int) -> Answer:
    limits.allow_cpu(float(header.get("timeout", 30)))
    try:
        return task_named(header["task"])(fd, header["args"])
    except MemoryError:
        return {"findings": ["out_of_memory"]}, b""
    except Exception as fault:  # the edge of a job lane: whatever a parser raises is a finding on the file
        return {"findings": ["unreadable"], "fault": f"{type(fault).__name__}: {str(fault)[:200]}"}, b""


def _readable() -> list[str]:
    """The program, the interpreter, the system's libraries and fonts; nobody's home, no archive, no /proc."""
    program = Path(__file__).resolve().parents[2]
    within = [program / name for name in ("desktop", "models", "resources")]
    paths = {sys.prefix, sys.base_prefix, sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
    system = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share", "/lib", "/lib64", "/etc/fonts", "/var/cache/fontconfig"]
    frozen = getattr(sys, "_MEIPASS", None)
    return [*map(str, within), *sorted(paths), *system, *([frozen] if frozen else [])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
