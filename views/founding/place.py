"""放在哪里: the folder of the archive, what lies there already, how much room there is, and whether it is another machine's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from desktop.places import LITTLE, Place, What, look_at, proposed
from views.common import Banner, Field, button, content, edit, field, hbox, vbox
from views.common.measures import size_words
from views.founding.step import Step

Chooser = Callable[[QWidget, str, str], str]


def choose_folder(page: QWidget, title: str, start: str) -> str:
    """Ask for a folder, in Qt's own dialog: alike on every desk."""
    options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
    return QFileDialog.getExistingDirectory(page, title, start, options)


class PlaceStep(Step):
    """`open_there` is called with a folder that holds an archive already."""

    def __init__(self, draft: FounderDraft, open_there: Callable[[Path], object]) -> None:
        self.folder = edit(draft.folder or str(proposed()), example=_("e.g. /data/lantai"))
        self.folder_field = field(_("Folder of the archive"), self.folder, mnemonic="F", check=self._look)
        self.choose = button(_("Choose …"), "", "folder-open", on=self._choose)
        self.banner = Banner()
        self.chooser: Chooser = choose_folder
        self._open_there = open_there
        why = _("An archive is one folder. It holds the encrypted files, the encrypted database and the locked keys. Choose a disk that stays in "
                "this machine and has room for years of recordings.")
        super().__init__(draft, why, hbox((self.folder_field, 1), content(vbox(24, self.choose, None, gap=0)), gap=8), self.banner)
        self.folder.editingFinished.connect(self._say)

    @classmethod
    def title_words(cls) -> str:
        return _("Where it lives")

    def first(self) -> QWidget:
        return self.folder

    def entered(self) -> None:
        self._say()
        self.folder_field.tell(*self._look())

    def place(self) -> Place:
        """What the folder is now."""
        return look_at(self.folder.text())

    def fields(self) -> list[Field]:
        return [self.folder_field]

    def verdict(self, one: Field) -> tuple[str, str]:
        return self._look()

    def keep(self) -> None:
        self.draft.folder = self.folder.text().strip()

    def _choose(self) -> None:
        chosen = self.chooser(self, _("Choose the folder of the archive"), str(Path(self.folder.text() or "/").parent))
        if chosen:
            self.folder.setText(chosen)
            self.entered()

    def _look(self) -> tuple[str, str]:
        place = self.place()
        if place.what is What.NO_PLACE:
            return "bad", _("Please type the whole path of a folder, beginning with the root of a disk")
        if place.what is What.ARCHIVE:
            return "bad", _("There is an archive in this folder already. Open it, or choose another folder")
        if place.what is What.DAMAGED:
            return "bad", _("There is an archive in this folder whose header cannot be read. Choose another folder; a backup has the header")
        if place.what is What.TAKEN:
            return "bad", _("Something else lies in this folder. Choose an empty one, or type the name of a new one")
        if place.what is What.CLOSED:
            return "bad", _("This folder may not be written by you. Choose another one, or ask the administrator of the machine")
        room = "" if place.free is None else _("{size} free").format(size=size_words(place.free))
        if place.free is not None and place.free < LITTLE:
            return "soon", _("{room}: that is little for recordings; an hour takes about two gigabytes").format(room=room)
        again = _("An interrupted set-up lies here; it is cleared away when the archive is made.") if place.leftover else ""
        return "good", " ".join(filter(None, (room, again)))

    def _say(self) -> None:
        place = self.place()
        self.banner.clear()
        if place.what is What.ARCHIVE and place.archive is not None:
            go = button(_("Open it"), "", "folder-open", on=lambda: self._open_there(place.path))
            self.banner.say("info", _("Here lies the archive “{name}”").format(name=place.archive.name),
                            _("It is not changed. It can be opened as it is."), go)
        elif place.share and place.what is What.NEW:
            self.banner.say("soon", _("This folder is kept by another machine ({kind})").format(kind=place.share),
                            _("When the network or that machine stops, nobody can work, and what was written last may be missing. A disk in this "
                              "machine with a backup elsewhere is safer."))
