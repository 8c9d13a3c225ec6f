"""What is shown once: the first passwords, the words of the recovery sheet; and the words typed back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.errors import Refusal
from desktop.founding_choices import FirstPassword
from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from desktop.printed_pages import Picture, pages_of
from desktop.recovery_paper import Sheet, save_paper
from views.bridge import Bridge
from views.common import Banner, Edit, Field, button, content, edit, field, frame, hbox, segmented, text, vbox
from views.errors import actions_for, words_of
from views.founding.printing import Asking, ask_printer, print_pages
from views.founding.step import Step
from views.reports.saved import Chooser, choose_file


class Paper(QWidget):
    """Two buttons for a paper: to the printer, drawn in memory, or into a file."""

    def __init__(self, bridge: Bridge, paper: bytes, name: str, warning: str) -> None:
        super().__init__()
        self._bridge, self._paper, self._name, self._warning = bridge, paper, name, warning
        self.asking: Asking = ask_printer
        self.chooser: Chooser = choose_file
        self.banner = Banner()
        self.print_it = button(_("Print …"), "", "printer", on=self._print)
        self.save = button(_("Save as PDF …"), "", "download-simple", on=self._save)
        self.setLayout(vbox(hbox(self.print_it, self.save, None), self.banner, gap=8))

    def _print(self) -> None:
        printer = self.asking(self)
        if printer is not None:
            self._bridge.run(lambda _p: list(pages_of(self._paper)), lambda pages: self._put(pages, printer), self._failed, lane="wide")

    def _put(self, pages: Sequence[Picture], printer: QPrinter) -> None:
        try:
            print_pages(pages, printer)
        except Refusal as no:
            self._failed(no)
            return
        self.banner.say("good", _("Sent to the printer"), _("Look whether the sheet came out whole and readable."))

    def _save(self) -> None:
        path = self.chooser(self, _("Save as PDF"), self._name)
        if path is not None:
            done = _("Saved to {path}").format(path=path)
            self._bridge.run(lambda _p: save_paper(self._paper, path), lambda _n: self.banner.say("good", done, self._warning), self._failed,
                             lane="wide")

    def _failed(self, error: Exception) -> None:
        said = words_of(error)
        self.banner.say(said.kind, said.what, said.then, *actions_for(said))


class PasswordsStep(Step):
    """The first passwords, shown this once; on slips they can be handed over closed."""

    def __init__(self, draft: FounderDraft, people: Sequence[FirstPassword], slips: bytes, bridge: Bridge) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        for row, one in enumerate(people):
            shown = text(one.password, "strong", face="mono")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            shown.setAccessibleName(_("First password of {name}: {password}").format(name=one.name, password=one.password))
            for column, part in enumerate((text(one.name), text(one.role, "small", "ink2"), shown)):
                grid.addWidget(part, row, column)
        grid.setColumnStretch(3, 1)
        self.paper = Paper(bridge, slips, _("first-passwords.pdf"), _("Print it, cut it apart, then delete the file."))
        why = _("Each works once: at the first sign-in it must be changed. They are shown now and never again; hand each one over to its person "
                "alone.")
        super().__init__(draft, why, frame(vbox(grid, margins=(16, 12, 16, 12)), "plain", _("First passwords")), self.paper)

    @classmethod
    def title_words(cls) -> str:
        return _("First passwords")

    def first(self) -> QWidget:
        return self.paper.print_it


class SheetStep(Step):
    """The words of the sheet, or of three; to be printed, or written down by hand."""

    def __init__(self, draft: FounderDraft, sheets: Sequence[Sheet], pdf: bytes, bridge: Bridge) -> None:
        self.sheets = list(sheets)
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        self._shown = frame(vbox(self._grid, margins=(12, 12, 12, 12)), "plain", _("Words of the recovery sheet"))
        self.pick = segmented([_("Sheet {number}").format(number=one.number) for one in self.sheets], 0, _("Recovery sheets"), on=self.show_sheet)
        if len(self.sheets) == 1:
            self.pick.hide()
        self.paper = Paper(bridge, pdf, _("recovery-sheet.pdf"), _("Print it, then delete the file: whoever finds it opens everything."))
        code = self.sheets[0].code
        words = text(_("Code of this sheet: {code}").format(code=" ".join(code[at:at + 4] for at in range(0, 16, 4))), "small", "ink2")
        why = _("These words open everything when this machine, its keyring or all passwords are lost. Print them once and seal them into the "
                "leader’s safe. They are kept nowhere: after the next step nobody can show them again.")
        if len(self.sheets) > 1:
            why = _("Any two of these three sheets open everything when this machine, its keyring or all passwords are lost; one alone opens "
                    "nothing. Print them, and give each to another keeper. After the next step nobody can show them again.")
        super().__init__(draft, why, hbox(self.pick, None), self._shown, words, self.paper)
        self.show_sheet(0)

    @classmethod
    def title_words(cls) -> str:
        return _("Recovery sheet")

    def first(self) -> QWidget:
        return self.paper.print_it

    def show_sheet(self, number: int) -> None:
        """Show the words of one sheet, in their order row by row."""
        while (item := self._grid.takeAt(0)) is not None:
            if (part := item.widget()) is not None:
                part.hide()
                part.deleteLater()
        words = self.sheets[number].words
        across = 6 if len(words) == 24 else 4
        for at, word in enumerate(words):
            self._grid.addWidget(_word(at + 1, word), at // across, at % across)
        self._shown.setAccessibleDescription(" ".join(f"{at} {word}" for at, word in enumerate(words, 1)))


def _word(number: int, word: str) -> QFrame:
    shown = text(word, "heading" if not word.isascii() else "body", face="serif" if not word.isascii() else "sans")
    return frame(hbox(text(str(number), "small", "ink3"), shown, None, gap=8, margins=(8, 2, 8, 2)), "sunken", f"{number} {word}")


class ProveStep(Step):
    """Some words of each sheet, typed back from the paper: a sheet that nobody can read is none."""

    def __init__(self, draft: FounderDraft, sheets: Sequence[Sheet], why: str = "") -> None:
        self.sheets = list(sheets)
        self.asked: list[tuple[Sheet, int, Edit, Field]] = []
        rows = []
        for sheet in self.sheets:
            several = sheet.of > 1
            parts = []
            for at in sheet.asked(2 if several else 4):
                control = edit()
                label = _("Sheet {sheet}, word {number}").format(sheet=sheet.number, number=at + 1) if several else \
                    _("Word {number}").format(number=at + 1)
                one = field(label, control)
                self.asked.append((sheet, at, control, one))
                parts.append((one, 1))
            rows.append(content(hbox(*parts, gap=12)))
        why = why or _("Take the paper and type these words back from it. Then the words go from this machine’s memory and the archive is put into "
                       "its place.")
        self.banner = Banner()
        super().__init__(draft, why, *rows, self.banner)

    @classmethod
    def title_words(cls) -> str:
        return _("Prove the sheet")

    def first(self) -> QWidget:
        return self.asked[0][2]

    def fields(self) -> list[Field]:
        return [one for _sheet, _at, _edit, one in self.asked]

    def verdict(self, one: Field) -> tuple[str, str]:
        sheet, at, control, _field = next(asked for asked in self.asked if asked[3] is one)
        typed = control.text().strip()
        if not typed:
            return "bad", _("Please type the word from the paper")
        return ("", "") if sheet.right(at, typed) else ("bad", _("That is not what stands there. Look again."))
