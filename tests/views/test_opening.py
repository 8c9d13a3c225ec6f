"""Before there is a window: the desk passphrase, typed wrong and then right, and an archive that cannot be opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.app import _open_some, _opened, build
from desktop.archive import Archive
from desktop.errors import Cancelled, Refusal
from desktop.opening import found
from desktop.people import Newcomer
from desktop.settings import DeskSettings, load_settings
from tests.views.lookcheck import settle
from views.common.inputs import Field
from views.founding import FirstStart
from views.opening import OpeningTrouble, _Asking


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    root = tmp_path / "archive"
    found(root, "档案室", "xigang-finance", [(Newcomer("韩立", "leader"), "long enough")], passphrase="right passphrase").archive.close()
    return root


def answering(answers: list[str], said: list[str]) -> QTimer:
    """Types the answers one after another into the dialog; none left, it leaves the dialog."""
    timer = QTimer()

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, _Asking):
            said.append(dialog.findChild(Field).verdict)
            if not answers:
                dialog.reject()
                return
            dialog.secret.setText(answers.pop(0))
            dialog.accept()

    timer.timeout.connect(answer)
    timer.start(20)
    return timer


def test_a_mistyped_passphrase_is_asked_for_again(look: QApplication, locked: Path) -> None:
    said: list[str] = []
    timer = answering(["wrong one", "right passphrase"], said)
    archive = _opened(locked)
    timer.stop()
    assert archive.name == "档案室"
    assert said[0] == ""
    assert "口令不正确" in said[1]
    archive.close()


def test_whoever_leaves_the_dialog_opens_nothing(look: QApplication, locked: Path) -> None:
    timer = answering([], [])
    with pytest.raises(Cancelled):
        _opened(locked)
    timer.stop()


def test_an_archive_that_cannot_be_opened_is_told_in_three_lines(look: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as no:
        _opened(tmp_path)
    window = OpeningTrouble(tmp_path, no.value)
    qtbot.addWidget(window)
    window.show()
    settle(look)
    told = " ".join(label.text() for label in window.findChildren(QLabel))
    assert "没有写入任何内容" in told
    assert str(tmp_path) in told
    assert not window.elsewhere
    next(b for b in window.findChildren(QPushButton) if "换一个档案库" in b.text()).click()
    assert window.elsewhere
    assert not window.isVisible()


def test_from_the_sign_in_page_to_another_archive(look: QApplication, locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    first = tmp_path / "first"
    found(first, "练习档案库", "xigang-finance", [(Newcomer("韩立", "leader"), "long enough")], training=True).archive.close()
    running = build(_opened(first), DeskSettings())
    running.window.show()
    settle(look)
    assert running.window.sign_in is not None
    next(one for one in running.window.sign_in.findChildren(QPushButton) if getattr(one, "label", one.text()) == "换一个档案库……").click()
    running.undo()
    assert running.elsewhere
    assert not running.window.isVisible()
    running.window.deleteLater()

    def choose() -> None:
        start = next(one for one in QApplication.topLevelWidgets() if isinstance(one, FirstStart) and one.isVisible())
        start.chooser = lambda *_a: str(locked)
        start.other.click()

    QTimer.singleShot(100, choose)
    timer = answering(["right passphrase"], [])
    archive = _open_some(look, None, DeskSettings(archive=str(first)), another=True)
    timer.stop()
    assert isinstance(archive, Archive)
    assert archive.name == "档案室"
    assert load_settings().archive == str(locked)
    archive.close()
