"""`self-test`: what this installation really has and whether it works here; changes nothing."""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import platform
import re
import socket
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.commands.terminal import FINDINGS, WELL, Terminal
from desktop.errors import Refusal
from desktop.i18n import _


@dataclass(frozen=True)
class Checked:
    """One line: `well` is None where something is missing that the program can do without."""

    name: str
    well: bool | None
    detail: str


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("self-test", parents=common, help=_("check what this installation has and whether it works"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    lines = []
    for name, check in CHECKS.items():
        for line in _tried(name, check):
            lines.append(line)
            mark = {True: _("well"), False: _("BROKEN"), None: _("absent")}[line.well]
            terminal.tell({"check": line.name, "well": line.well, "detail": line.detail}, f"{mark:6}  {line.name:16}  {line.detail}")
    return FINDINGS if any(line.well is False for line in lines) else WELL


def _tried(name: str, check: Callable[[], Iterator[Checked]]) -> list[Checked]:
    try:
        return list(check())
    except Refusal as refusal:
        return [Checked(name, False, str(refusal))]
    except (ImportError, OSError, RuntimeError, ValueError, AttributeError) as broken:
        return [Checked(name, False, f"{type(broken).__name__}: {broken}")]


def _python() -> Iterator[Checked]:
    yield Checked("Python", True, f"{platform.python_version()} {platform.machine()} {platform.system()} {platform.release()}")


def _qt() -> Iterator[Checked]:
    core: Any = importlib.import_module("PySide6.QtCore")  # by name: the commands themselves need no Qt
    version = str(core.qVersion())
    # 6.12.0 loses references to None, True and False on Python 3.11 and aborts within minutes.
    yield Checked("Qt", not version.startswith("6.12."), version)


def _database() -> Iterator[Checked]:
    import apsw

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "probe.db")
        connection = apsw.Connection(str(path))
        connection.pragma("cipher", "chacha20")
        connection.pragma("key", "raw:" + "17" * 32)
        connection.execute("CREATE TABLE plain_words (id)")
        connection.close()
        raw = path.read_bytes()
    sealed = b"plain_words" not in raw and not raw.startswith(b"SQLite format 3")
    yield Checked("SQLite", sealed, f"{apsw.sqlite_lib_version()}, {vars(apsw)['mc_version']}, chacha20")


def _keys() -> Iterator[Checked]:
    import cryptography

    from desktop.vault.keys import PersonKeys, seal

    keys = PersonKeys.make()
    opened = keys.open(seal(keys.public().hpke, b"probe", b"self-test"), b"self-test")
    yield Checked("cryptography", opened == b"probe", f"{cryptography.__version__}, HPKE ML-KEM-768 + X25519")


def _keyring() -> Iterator[Checked]:
    import keyring

    from desktop.vault.keys import probe_keyring

    kept = probe_keyring()
    backend = keyring.get_keyring()
    told = f"{type(backend).__module__}.{type(backend).__name__}"
    yield Checked("keyring", True if kept else None, told if kept else _("none here: a desk needs a passphrase ({backend})").format(backend=told))


def _libvlc() -> Iterator[Checked]:
    import vlc

    from desktop.media.libvlc import instance

    instance(silent=True)
    loaded = _loaded(r"libvlc(core)?\.so")
    plugins = _loaded(r"/plugins/.*\.so")
    yield Checked("libVLC", True, f"{vlc.libvlc_get_version().decode()}: {', '.join(loaded) or '?'}")
    folders = sorted({re.sub(r"/plugins/.*", "/plugins", path) for path in plugins})
    yield Checked("libVLC plugins", bool(plugins) or None, f"{len(plugins)}: {', '.join(folders)}")


def _loaded(pattern: str) -> list[str]:
    """Libraries in this process, by path, where the system tells."""
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return sorted({line.split(maxsplit=5)[5] for line in maps.splitlines() if len(line.split()) > 5 and re.search(pattern, line)})


def _media() -> Iterator[Checked]:
    import av

    av.Codec("h264", "r")
    versions = ", ".join(f"{name} {'.'.join(map(str, number))}" for name, number in sorted(av.library_versions.items()))
    yield Checked("PyAV", True, f"{av.__version__}: {versions}")


def _papers() -> Iterator[Checked]:
    import pikepdf
    import pypdfium2

    from desktop.tools.typesetting import FONTS, typeset

    yield Checked("PDFium", True, f"{pypdfium2.PYPDFIUM_INFO}, {pypdfium2.PDFIUM_INFO}")
    yield Checked("pikepdf", True, f"{pikepdf.__version__}, QPDF {pikepdf.__libqpdf_version__}")
    facts = {"unit": "自检", "title": "自检", "number": "", "pairs": [["项目", "值"]], "text": "档案", "signs": [], "date": ""}
    paper = typeset("receipt", facts, datetime(2026, 1, 1, tzinfo=UTC))
    yield Checked("Typst", paper.startswith(b"%PDF-"), f"{importlib.metadata.version('typst')}, {', '.join(FONTS)}")


def _walls() -> Iterator[Checked]:
    """Not what the system promises, but whether an attempt comes to nothing."""
    from desktop.tools.worker import Workers

    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as listener, Workers(
            1, ["desktop.commands.wall_tasks"]) as workers:
        secret = Path(folder, "secret")
        secret.write_bytes(b"of nobody's business")
        tries: dict[str, dict[str, Any]] = {"network": {"port": listener.getsockname()[1]}, "child": {}, "read": {"path": str(secret)},
                                            "write": {"path": str(Path(folder, "left"))}, "memory": {}}
        standing = " ".join(workers.walls())
        for name, args in tries.items():
            answer, _body = workers.run(f"self-test.{name}", None, args)
            held = answer.get("held") is True or "out_of_memory" in answer["findings"]
            yield Checked(f"worker: {name}", held, standing if held else _("a worker got through: {answer}").format(answer=answer))


CHECKS: dict[str, Callable[[], Iterator[Checked]]] = {
    "Python": _python, "Qt": _qt, "SQLite": _database, "cryptography": _keys, "keyring": _keyring, "libVLC": _libvlc, "PyAV": _media,
    "papers": _papers, "worker": _walls,
}
