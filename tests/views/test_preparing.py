"""Importing what lies behind the sign-in page in small steps: all of it comes, no step is long, and a fault is told to whoever waits."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from views.preparing import Preparing

# In a process of its own: here everything is imported already.
WALK = """
import sys, time
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
app = QApplication([])
import views.sign_in, desktop.archive
from views import preparing
if {hurry}:
    preparing.STEP = preparing.WAITED_FOR

def work():
    preparing.first()
    from views.pages import pages
    return pages()

one = preparing.Preparing(work, app)
one.stop()
steps, there = 0, len(sys.modules)
while not one.ready:
    one._step()
    one.stop()
    steps += 1
    assert len(sys.modules) > there or one.ready, "a step brought nothing"
    there = len(sys.modules)
assert not any(type(finder).__name__ == "_Brake" for finder in sys.meta_path)
names = [page.name for page in one._result[0]]
from views.pages import pages
assert names == [page.name for page in pages()]
assert all(sys.modules[page.__module__].__dict__[page.__name__] is page for page in pages())
print(steps, len(names))
"""


@pytest.mark.parametrize(("hurry", "least"), [(False, 30), (True, 10)])
def test_every_page_comes_in_many_steps(hurry: bool, least: int) -> None:
    done = subprocess.run([sys.executable, "-c", WALK.format(hurry=hurry)], capture_output=True, text=True, timeout=120, check=False,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    assert done.returncode == 0, done.stderr
    steps, names = map(int, done.stdout.split())
    assert steps >= least
    assert names > 10


def test_who_comes_early_waits_and_who_comes_late_does_not(qtbot: QtBot) -> None:
    parent, told = QObject(), []
    one = Preparing(lambda: "pages", parent)
    one.then(told.append)
    assert told == []
    qtbot.waitUntil(lambda: told == ["pages"])
    one.then(told.append)
    assert told == ["pages", "pages"]


def test_a_fault_is_told_to_whoever_waits_and_is_not_tried_for_ever() -> None:
    tries = []

    def faulty() -> None:
        tries.append(1)
        raise ImportError("gone")

    one = Preparing(faulty, parent := QObject())
    with pytest.raises(ImportError):
        one._step()
    assert not one.ready
    with pytest.raises(ImportError):
        one.then(print)
    assert len(tries) == 2
    del parent
