"""Where files come from: the system's dialog, or a drop; in the bytes of the file system, whatever they are called."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget


def ask(place: QWidget, mode: QFileDialog.FileMode, title: str, take: Callable[[list[bytes]], object]) -> None:
    """Ask for a folder or for files, and hand them to `take` when somebody has chosen."""
    dialog = QFileDialog(place, title)
    dialog.setFileMode(mode)
    dialog.setOption(QFileDialog.Option.ReadOnly)
    dialog.filesSelected.connect(lambda names: take([os.fsencode(n) for n in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def dropped(event: QDropEvent) -> list[bytes]:
    """The files and folders that are being dropped."""
    return [path_of(url) for url in event.mimeData().urls() if url.isLocalFile()]


def path_of(url: QUrl) -> bytes:
    """The path of a dropped file in the bytes of the file system; a name that is not UTF-8 comes through unharmed."""
    if sys.platform == "win32":
        return os.fsencode(url.toLocalFile())
    return unquote_to_bytes(bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded).encode()))
