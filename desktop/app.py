"""The composition root: opens an archive, builds the window over it, and closes both. Sees everything, is seen by nothing."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop import i18n, log
from desktop.archive import Archive
from desktop.errors import Cancelled, Refusal
from desktop.grants import local_text
from desktop.i18n import _
from desktop.opening import open_archive
from desktop.paths import default_archive
from desktop.settings import DeskSettings, load_settings, save_settings
from models.ledger import LedgerCheckpoint
from views import theme
from views.bridge import Bridge
from views.collector import Collector
from views.errors import install
from views.pages import pages
from views.sign_in import Door
from views.window import MainWindow

VERSION = "0.1.0"
_log = logging.getLogger("lantai.app")


@dataclass
class Running:
    """A window with what stands behind it; `close` takes everything down in the right order. `elsewhere`: to open or make another archive."""

    window: MainWindow
    archive: Archive
    undo: Callable[[], None]
    elsewhere: bool = False

    def close(self) -> None:
        self.window.close()
        self.undo()

    def leave(self) -> None:
        """Nobody is signed in, and another archive is wanted."""
        self.elsewhere = True
        self.window.close()


def application(argv: list[str] | None = None) -> QApplication:
    """The one QApplication, with fonts, look and language of this desk."""
    app = QApplication.instance()
    if app is None:
        app = QApplication([*(argv if argv is not None else sys.argv[:1]), "-style", "Fusion"])
        app.setProperty("fusion", True)
    assert isinstance(app, QApplication)
    app.setApplicationName("Lantai")
    app.setApplicationDisplayName("兰台")
    app.setQuitOnLastWindowClosed(True)
    return app


def dress(app: QApplication, settings: DeskSettings) -> None:
    """Put the desk's language and look in force."""
    i18n.set_language(settings.language)
    QLocale.setDefault(QLocale("zh_CN" if settings.language == "zh_CN" else "en_US"))
    translator = QTranslator(app)
    if settings.language == "zh_CN" and translator.load("qtbase_zh_CN", _qt_translations()):
        app.installTranslator(translator)
    theme.load_fonts()
    theme.apply(app, settings.mode, settings.density, settings.scale)


def build(archive: Archive, settings: DeskSettings) -> Running:
    """The window over an open archive, not yet shown."""
    bridge = Bridge()
    newest = LedgerCheckpoint.select().order_by(LedgerCheckpoint.id.desc()).first()
    door = Door(archive=archive.name, profile=archive.profile_title, sign_in=archive.people.sign_in, people=archive.people.names(),
                must_change=archive.people.must_change, change_password=archive.people.change_password, another=lambda: running.leave(),
                training=archive.training, version=VERSION, checkpoint=local_text(newest.at) if newest else "",
                notices=(_("This machine has no record of approval as a classified system. Carriers of state secrets must not be "
                           "connected to it; hand them over separately under the secrecy rules."),))
    window = MainWindow(archive, bridge, pages, door, settings.idle_minutes)
    undo = install(window.tell)
    window.on_close = archive.close
    window.resize(1440, 900)
    running = Running(window, archive, undo)
    return running


def run(root: Path | None = None) -> int:
    """Open the archive and its window; returns the exit code when the window is closed."""
    log.to_file()
    settings = load_settings()
    app = application()
    dress(app, settings)
    archive = _open_some(app, root, settings)
    while isinstance(archive, Archive):
        running = build(archive, settings)
        running.window.show()
        gc.freeze()
        collector = Collector()  # from now on: in this thread and in no other
        code = app.exec()
        del collector
        running.undo()
        if not running.elsewhere:
            return code
        running.window.deleteLater()
        settings = load_settings()
        archive = _open_some(app, None, settings, another=True)
    return archive


def _open_some(app: QApplication, root: Path | None, settings: DeskSettings, another: bool = False) -> Archive | int:
    """The archive that was named, opened last, founded or chosen now (`another`: in any case); else the exit code."""
    folder: Path | None = root or (Path(settings.archive) if settings.archive else default_archive())
    assert folder is not None
    if another or (root is None and not settings.archive and not (folder / "lantai.toml").exists()):
        folder, archive = _first_start(app)
        if archive is not None:
            return archive
    while folder is not None:
        try:
            return _opened(folder)
        except Cancelled:
            return 0
        except Refusal as refusal:
            from views.opening import OpeningTrouble

            trouble = OpeningTrouble(folder, refusal)
            trouble.show()
            app.exec()
            if not trouble.elsewhere:
                return 3
            folder, archive = _first_start(app)
            if archive is not None:
                return archive
    return 0


def _first_start(app: QApplication) -> tuple[Path | None, Archive | None]:
    """The window before there is an archive; what it founded comes back open, what was chosen is still to be opened."""
    from views.founding import FirstStart  # here, because most starts never see it

    start = FirstStart(Bridge(), default_archive())
    start.resize(1180, 800)
    start.show()
    app.exec()
    start.deleteLater()
    if start.chosen is not None:
        with contextlib.suppress(Refusal):  # that it is not remembered is no reason not to open it
            prepared = start.prepared
            save_settings(replace(load_settings(), archive=str(start.chosen), desk=prepared.desk_name if prepared is not None else ""))
    return start.chosen, start.prepared.open() if start.prepared is not None else None


def _opened(folder: Path) -> Archive:
    """Open the archive; a passphrase mistyped is asked for again, as long as the person wants to go on. Raises `Cancelled`."""
    wrong = ""

    def ask() -> str:
        from views.opening import ask_passphrase  # here, because a desk with a keyring never asks

        return ask_passphrase(wrong)

    while True:
        try:
            return open_archive(folder, passphrase=ask)
        except Refusal as refusal:
            if refusal.code != "desk.passphrase_wrong":
                raise
            wrong = str(refusal)


def _qt_translations() -> str:
    from PySide6.QtCore import QLibraryInfo

    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
