"""The window before there is an archive: three ways to begin, and the steps of a founding side by side with their list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.founding import Prepared
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.places import What, look_at
from views.bridge import Bridge
from views.common import FocusRing, PageScroll, button, content, hbox, para, text, vbox
from views.common.seal import Seal
from views.founding.course import Course
from views.founding.place import Chooser, choose_folder
from views.founding.training import Training
from views.theme import THEME, wear

WIDE = 640
MakeTraining = Callable[[Path, Progress], object]


class FirstStart(QWidget):
    """`chosen` is the folder to open when the window has closed, None where the person left; `prepared` an archive just founded in it."""

    def __init__(self, bridge: Bridge, training: Path, make_training: MakeTraining | None = None) -> None:
        super().__init__()
        self.bridge = bridge
        self.chosen: Path | None = None
        self.prepared: Prepared | None = None
        self.chooser: Chooser = choose_folder
        self.setWindowTitle(_("Lantai"))
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumSize(QSize(960, 600))
        self._stack = QStackedWidget()
        self.start = self._start_page()
        self.course = Course(bridge, self.open_folder, self._founded, self.begin_again)
        self.training = Training(bridge, training, make_training, self.open_folder, self.begin_again)
        for page in (self.start, self.course, self.training):
            self._stack.addWidget(page)
        self.setLayout(vbox(self._stack, gap=0))
        wear(self)
        self.ring = FocusRing(self)
        self.found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _start_page(self) -> QWidget:
        self.found = button(_("Make an archive"), "primary", "folder-plus", on=self.begin)
        self.other = button(_("Open an archive that is there …"), "", "folder-open", on=self._choose)
        self.try_it = button(_("Look around in the training archive"), "", "archive", on=self._train)
        self.said = para("", "small", "late")
        self.said.hide()
        ways = [
            (self.found, _("For an agency that begins. It takes ten minutes and a printer: folder, regulation, first people, recovery sheet. Nothing "
                           "is written before the last step; you may leave at any moment.")),
            (self.other, _("On this machine, on another disk, or put back from a backup.")),
            (self.try_it, _("Three invented cases with papers and recordings, people in every role. It protects nothing and can be thrown away.")),
        ]
        rows: list[Any] = []
        for way, words in ways:
            rows += [way, para(words, "small", "ink2"), 12]
        name = text(_("Lantai"), "name", face="serif")
        what = text(_("Archive of the whole record of administrative enforcement"), "body", "ink2", face="serif")
        head = hbox(Seal(84), 12, vbox(name, what, gap=0), None, gap=8)
        column = content(vbox(head, 24, text(_("No archive is open at this desk yet"), "title"), 8,
                              *rows, self.said, gap=4))
        column.setFixedWidth(THEME.px(WIDE))
        return PageScroll(content(vbox(None, hbox(None, column, None), None, margins=(24, 24, 24, 24))))

    # The three ways
    def begin(self) -> None:
        """The steps of a founding, where they were left."""
        self._stack.setCurrentWidget(self.course)
        self.course.enter()

    def begin_again(self) -> None:
        """Back to the three ways."""
        self._stack.setCurrentWidget(self.start)
        self.found.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_folder(self, folder: Path) -> None:
        """Leave, and let this archive be opened."""
        self.chosen = folder
        self.close()

    def _choose(self) -> None:
        folder = self.chooser(self, _("Choose the folder of the archive"), str(Path.home()))
        if not folder:
            return
        if look_at(folder).what in (What.ARCHIVE, What.DAMAGED):
            self.open_folder(Path(folder))
            return
        self.said.setText(_("There is no archive in {folder}. The folder that is wanted holds the file lantai.toml.").format(folder=folder))
        self.said.show()

    def _train(self) -> None:
        self._stack.setCurrentWidget(self.training)
        self.training.begin()

    def _founded(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.open_folder(prepared.plan.root)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.course.may_leave(self.close):
            event.ignore()
            return
        self.ring.let_go()
        self.course.leave()
        self.training.leave()
        self.bridge.close(10.0)
        super().closeEvent(event)
