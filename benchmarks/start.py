"""From the start of the process to the sign-in page painted, beside a bare PySide6 window; medians of seven, in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from benchmarks.table import Line, bench, scratch, screen  # noqa: E402 - the program is found first

MOST, ROUNDS = 2.5, 7
# Both tell the parent when their first picture is on screen, and end at once: what an exit costs is not measured.
TOLD = "import os; os.write(1, b'painted'); os._exit(0)"
BARE = f"""
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
class Bare(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, told)
def told():
    {TOLD}
app = QApplication(sys.argv)
window = Bare()
layout = QVBoxLayout(window)
layout.addWidget(QLabel("兰台"))
window.resize(1440, 900)
window.show()
app.exec()
"""
# The program itself, by its own main and in its own order; the only addition is a word at the first paint of the sign-in page, put
# in when the program calls `gc.freeze`, which it does as soon as its window is shown.
OURS = f"""
import gc, sys
def listen():
    from PySide6.QtCore import QTimer
    from views.sign_in import SignIn
    SignIn.paintEvent = lambda self, event: QTimer.singleShot(0, told)
def told():
    {TOLD}
gc.freeze = listen
from desktop.__main__ import main
main(sys.argv[1:])
"""


def measure(quick: bool = False) -> list[Line]:
    rounds = 2 if quick else ROUNDS
    with scratch() as folder, screen():
        archive = folder / "archive"
        made = subprocess.run([sys.executable, "-c", _FOUND, str(archive)], cwd=HERE, check=False, capture_output=True, text=True)
        if made.returncode:
            raise RuntimeError(made.stderr)
        env = _environment(folder)
        commands = (["-c", BARE], ["-c", OURS, "--archive", str(archive)])
        for command in commands:
            _seconds(command, env)  # the first run writes the bytecode, as an installation does
        spent = [[_seconds(command, env) for command in commands] for _ in range(rounds)]
    bare, ours = (statistics.median(column) for column in zip(*spent, strict=True))
    return [Line("start to sign-in painted", "bare PySide6 window", ours, bare, MOST)]


_FOUND = """
import sys
from pathlib import Path
from desktop.opening import found
from desktop.demo.people import training_people
from desktop.people import Newcomer
people = [(Newcomer(p.name, p.role), p.password) for p in training_people()]
found(Path(sys.argv[1]), "练习档案库", "xigang-finance", people, training=True).archive.close()
"""


def _environment(folder: Path) -> dict[str, str]:
    """This one, with bytecode and a home of its own, so that no desk's settings decide what is measured."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return env | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode"), "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder)}


def _seconds(command: list[str], env: dict[str, str]) -> float:
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *command], cwd=HERE, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        told = child.stdout.read(7)
        spent = time.perf_counter() - began
        if told != b"painted":
            assert child.stderr is not None
            raise RuntimeError(child.stderr.read().decode())
    return spent


if __name__ == "__main__":
    bench(measure)
