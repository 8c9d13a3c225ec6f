"""The command line at a real terminal: what is asked twice, what is not echoed, what is typed back, what Ctrl-C does."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from pathlib import Path

from desktop.paths import RESOURCES
from tests.desktop.archive_kit import PASSPHRASE, PEOPLE, small_archive

PATIENCE = 60.0


class Seat:
    """Somebody in front of a command that runs in a terminal of its own."""

    def __init__(self, home: Path, *arguments: object) -> None:
        self.heard = ""
        self._read = 0
        self.child, self._fd = pty.fork()
        if self.child == 0:
            os.chdir(RESOURCES.parent)
            os.execve(sys.executable, [sys.executable, "-m", "desktop", *map(str, arguments)],
                      {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TERM": "dumb",
                       "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))

    def wait_for(self, words: str) -> str:
        """Read on until the words come; what was said since the last time."""
        ends = time.monotonic() + PATIENCE
        while words not in self.heard[self._read :]:
            ready, _, _ = select.select([self._fd], [], [], max(ends - time.monotonic(), 0))
            assert ready, f"waited in vain for {words!r} after {self.heard!r}"
            try:
                self.heard += os.read(self._fd, 4096).decode(errors="replace")
            except OSError:
                raise AssertionError(f"it ended before it said {words!r}: {self.heard!r}") from None
        at = self.heard.index(words, self._read) + len(words)
        said, self._read = self.heard[self._read : at], at
        return said

    def type(self, text: str) -> None:
        os.write(self._fd, f"{text}\n".encode())

    def press(self, key: bytes) -> None:
        os.write(self._fd, key)

    def leave(self) -> int:
        """Read to the end; the exit code."""
        while True:
            try:
                said = os.read(self._fd, 4096)
            except OSError:
                break
            if not said:
                break
            self.heard += said.decode(errors="replace")
        os.close(self._fd)
        return os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])


def test_init_asks_twice_hides_what_is_typed_and_has_two_words_typed_back(tmp_path: Path) -> None:
    roles = {"leader": "韩立", "auditor": "吕清", "sysadmin": "陈实", "secadmin": "安宁"}
    arguments = [part for role, name in roles.items() for part in ("--person", f"{name}:{role}")]
    seat = Seat(tmp_path, "init", tmp_path / "archive", "--name", "馆", "--profile", "xigang-finance", "--passphrase", "--language", "en", *arguments)
    for what in ("New desk passphrase", *(f"New password of {name}" for name in roles.values())):
        seat.wait_for(f"{what}: ")
        seat.type("secret words")
        seat.wait_for(f"{what}, once more: ")
        seat.type("secret words")
    said = seat.wait_for("The archive is in")
    words = dict(re.findall(r"(\d+) ([一-鿿])", said))
    assert len(words) == 24
    assert "secret words" not in seat.heard
    for _ in range(2):
        asked = re.findall(r"Word (\d+) of the sheet: $", seat.wait_for(" of the sheet: "))
        seat.type("错")
        seat.wait_for("Look again.")
        seat.wait_for(" of the sheet: ")
        seat.type(words[asked[0]])
    assert seat.leave() == 0


def test_two_entries_that_differ_change_nothing(tmp_path: Path) -> None:
    seat = Seat(tmp_path, "init", tmp_path / "archive", "--name", "馆", "--profile", "xigang-finance", "--passphrase", "--language", "en",
                "--person", "韩立:leader", "--person", "吕清:auditor", "--person", "陈实:sysadmin", "--person", "安宁:secadmin")
    seat.wait_for("passphrase: ")
    seat.type("one thing")
    seat.wait_for("once more: ")
    seat.type("another")
    assert seat.leave() == 3
    assert not (tmp_path / "archive").exists()


def test_a_deposit_shows_its_progress_and_stops_when_asked(tmp_path: Path) -> None:
    small_archive(tmp_path / "archive").archive.close()
    source = tmp_path / "source"
    source.mkdir()
    for number in range(400):
        (source / f"{number:03}.bin").write_bytes(os.urandom(200_000))
    seat = Seat(tmp_path, "intake", tmp_path / "archive", source, "--person", "沈静宜", "--language", "en")
    seat.wait_for("Desk passphrase: ")
    seat.type(PASSPHRASE)
    seat.wait_for("Password of 沈静宜: ")
    seat.type(PEOPLE["沈静宜"][1])
    seat.wait_for("%|")
    seat.press(b"\x03")
    assert seat.leave() == 130
    assert "Stopped. What was admitted stays" in seat.heard
    again = Seat(tmp_path, "verify", tmp_path / "archive", "--language", "en")
    again.wait_for("Desk passphrase: ")
    again.type(PASSPHRASE)
    assert again.leave() == 0
    assert "Nothing was altered." in again.heard
