"""Where a file that leaves the archive is to go, and the button that opens it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.i18n import PAPER, _, language
from views.common import Button, button

Chooser = Callable[[QWidget, str, str], "Path | None"]


def choose_file(page: QWidget, title: str, suggested: str) -> Path | None:
    """Ask where a file is to go, in Qt's own dialog: alike on every desk."""
    options = QFileDialog.Option.DontUseNativeDialog
    chosen, _kind = QFileDialog.getSaveFileName(page, title, str(Path.home() / suggested), options=options)
    return Path(chosen) if chosen else None


def open_file(path: Path) -> None:
    """Show a file in whatever this desk has for its kind."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def in_chinese() -> str:
    """What a desk that speaks another language is told of printed forms; "" at a Chinese one."""
    return "" if language() == PAPER else _("Printed forms are the agency’s legal documents: they are in Chinese, whatever the desk speaks.")


def saved_words(path: Path, printed: bool = True) -> str:
    """Below «已保存»: in which folder the file lies, and of a printed form at another desk that it is in Chinese."""
    return "　".join(filter(None, [str(path.parent), in_chinese() if printed else ""]))


def opener(path: Path, how: Callable[[Path], object] = open_file) -> Button:
    """The button that opens what was just saved."""
    return button(_("Open it"), "", "box-arrow-up", on=lambda: how(path))
