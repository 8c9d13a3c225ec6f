"""评查: what was marked and by whom; one case marked item by item, signed and printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.archive import Archive
from desktop.i18n import _
from desktop.jobs import Progress
from desktop.scoring import Place, ScoringLine, ScoringView
from desktop.scoring.saving import save_score_sheet
from models.filenames import safe_export_name
from models.terms import CaseId, ScoringId
from views.cases.beside import CLOSING, LIMITS
from views.cases.case_page import MATTER
from views.cases.reading import folder_of
from views.common import Empty, Rows, Table, button, content, frame, page_head, vbox
from views.common.dialogs import ask_password
from views.common.page import Page
from views.reports.saved import Chooser, choose_file, open_file, opener, saved_words
from views.scoring.sheet import SheetView
from views.scoring.words import list_columns, total_words
from views.theme import THEME

NARROW = 1200  # px


@dataclass(frozen=True)
class _Listed:
    """The markings of a case, or of all; the case's number and cause, where one was asked for."""

    lines: list[ScoringLine]
    number: str = ""
    cause: str = ""
    own: ScoringId | None = None


class ScoringPage(Page):
    """`go("scoring")` lists, `go("scoring", case=…)` goes on with one's own marking of a case or offers to begin, `scoring=…` opens one."""

    name, icon, act = "scoring", "seal-check", "scoring.read"
    listens_to = frozenset({"scoring.", "procedure.", "records.", "cases.file", "registers."})
    margins = (24, 14, 24, 14)

    @classmethod
    def title(cls) -> str:
        return _("Marking")

    @classmethod
    def waiting(cls, archive: Any) -> int:
        """One's own markings that are not signed yet."""
        return int(archive.scoring.unsigned())

    def build(self) -> None:
        self.choose_file: Chooser = choose_file
        self.case: CaseId | None = None
        self.scoring: ScoringId | None = None
        self._from_list = False
        self._next = ""
        self.begin = button(_("Begin marking"), "primary", "seal-check", "Ctrl+N", on=self.begin_it)
        self.to_cases = button(_("Choose a case folder"), "primary", "archive", on=lambda: self.go("cases"))
        self.print = button(_("Print the sheet"), "", "file-pdf", "Ctrl+P", on=self.print_it)
        self.sign = button(_("Sign the marking"), "primary", "signature", "Ctrl+Shift+Return", on=self.sign_it)
        self.sheets = button(_("The marking sheet"), "", "list-bullets", on=lambda: self.go("score_sheet"))
        self.head = page_head(self.title(), self.sheets, self.to_cases)
        self.case_head = page_head("", self.print, self.begin, self.sign, sub=" ", back=self.shell.back, hint=_("Back"), song=True)
        self.model = Rows(list_columns(self.archive.clock.now()))
        self.list = Table(self.model, _("Markings"))
        self.list.opened.connect(lambda line: self.open_line(line))
        self.none = Empty("seal-check", _("Nothing was marked yet"), _("A case folder is marked from its own page. Before filing it shows what "
                                                                    "would cost points; afterwards it is the record of the review."))
        self.sheet = SheetView(self.jump)
        self.sheet.item.deciding.sent.connect(self.decide)
        self.place = QStackedWidget()
        self.listed = frame(vbox(self.list, margins=(16, 12, 16, 12)), "plain", _("Markings"))
        for part in (self.listed, self.none, self.sheet):
            self.place.addWidget(part)
        self.lay(content(vbox(self.head, self.case_head, gap=0)), (self.place, 1))
        self.room.setSpacing(10)
        self._buttons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.narrow(self.width() < THEME.px(NARROW))

    # Coming and going
    def opened(self, case: CaseId | None = None, scoring: ScoringId | None = None, **kw: Any) -> None:
        if (case, scoring) != (self.case, self.scoring) or (case is None and scoring is None):
            self.case, self.scoring, self._from_list = case, scoring, False
            self.banner.clear()
            self.stale = True
        if self.stale:
            self.reread()

    def step_back(self) -> bool:
        """From a marking back to the list that it was opened from."""
        if self.scoring is None or not self._from_list:
            return False
        self.scoring, self._from_list = None, False
        self.reread()
        return True

    def refresh(self) -> None:
        archive, case, scoring = self.archive, self.case, self.scoring
        if scoring is not None:
            self.run(lambda _p: archive.scoring.view(scoring), lambda view: self._show(scoring, view), lane="reads")
        else:
            self.run(lambda _p: _listed(archive, case), lambda found: self._show_list(case, found), lane="reads")

    def _show_list(self, case: CaseId | None, found: _Listed) -> None:
        if (case, None) != (self.case, self.scoring):
            return
        if found.own is not None:  # somebody came from the case to go on
            self.scoring = found.own
            self.refresh()
            return
        self.case_head.say(found.cause, _("Marking of {number}").format(number=found.number))
        self.model.show_rows(found.lines)
        self.none.say(_("This case folder was not marked yet") if case else _("Nothing was marked yet"), _(
            "The program judges what is registered and prompts the rest; what decides alone is only suspected until a person signs.") if case else _(
            "A case folder is marked from its own page. Before filing it shows what would cost points; afterwards it is the record of the review."))
        self.place.setCurrentWidget(self.listed if found.lines else self.none)
        self._buttons()
        if found.lines:
            self.list.choose(0)
            self.list.setFocus()
        else:
            (self.begin if case else self.to_cases).setFocus()

    def _show(self, scoring: ScoringId, view: ScoringView) -> None:
        if scoring != self.scoring:
            return
        self.case_head.say(view.line.cause, " · ".join([view.line.case_number, view.sheet_title, view.rule]))
        fresh = self.place.currentWidget() is not self.sheet
        self.sheet.show_view(view, self._next)
        self._next = ""
        self.place.setCurrentWidget(self.sheet)
        self._buttons(view)
        if fresh:
            self.sheet.table.setFocus()

    def _buttons(self, view: ScoringView | None = None) -> None:
        """The one thing to do first on each of the three faces."""
        self.begin.setVisible(view is None and self.case is not None)
        self.begin.heed(self.may("scoring.begin"))
        listed = view is None and self.case is None
        self.head.setVisible(listed)
        self.case_head.setVisible(not listed)
        self.print.setVisible(view is not None)
        self.sign.setVisible(view is not None and not view.signed and view.mine)
        if view is not None:
            waiting = len(view.waiting)
            ready = bool(view.vetoed) or not view.provisional
            self.sign.allow(ready, _("{n} items must be decided first").format(n=waiting))

    # What is done
    def open_line(self, line: ScoringLine) -> None:
        """Open a marking of the list; its case is opened with it, which is in the ledger the first time."""
        archive = self.archive

        def look(_progress: Progress) -> None:
            folder_of(archive, line.case)

        def there(_none: object) -> None:
            self.scoring, self._from_list = line.id, True
            self.reread()

        self.run(look, there, lane="reads")

    def begin_it(self) -> None:
        """Begin one's own marking of the case."""
        case, archive = self.case, self.archive
        if case is None:
            return
        self.begin.allow(False, _("Saving …"))

        def begun(scoring: ScoringId) -> None:
            self.scoring, self._from_list = scoring, True
            self.reread()

        def refused(error: Exception) -> None:
            self.begin.allow(True)
            self.tell(error)

        self.run(lambda _p: archive.scoring.begin(case), begun, refused, lane="reads")

    def decide(self) -> None:
        """Keep what is filled in for the chosen item, and go on to the next that waits."""
        deciding, room, view = self.sheet.item.deciding, self.archive.scoring, self.sheet.view
        if deciding.row is None or view is None or (decision := deciding.decision()) is None:
            return
        item, veto, stands, scoring = deciding.row.id, deciding.row.block == view.veto_block, deciding.stands, view.line.id
        deciding.keep.allow(False, _("Saving …"))

        def keep(_progress: Progress) -> None:
            if veto:
                room.confirm_veto(scoring, item, stands, decision)
            else:
                room.mark(scoring, item, decision)

        def kept(_none: object) -> None:
            self.banner.clear()
            deciding.keep.allow(True)
            self._next = self.sheet.after(item) or item
            self.reread()

        def refused(error: Exception) -> None:
            deciding.keep.allow(True)
            self.tell(error)

        self.run(keep, kept, refused, lane="reads")

    def sign_it(self) -> None:
        """Sign, with the password again: the total and every item stand fast from then on."""
        view, room = self.sheet.view, self.archive.scoring
        if view is None:
            return
        words = _("{number}: {total} points, {grade}. After signing, the total and every item stand as they are and nobody changes them.")
        said = words.format(number=view.line.case_number, total=total_words(view.total), grade=view.grade)
        if view.vetoed:
            said += " " + _("Vetoed by: {items}.").format(items="、".join(f"{row.id} {row.words}" for row in view.vetoed))

        def signed(_none: object) -> None:
            self.say("good", _("The marking is signed."), _("It is kept as it is, and can be printed."))
            self.reread()

        ask_password(self, self.bridge, _("Sign the marking"), said, _("Sign"),
                     lambda secret, _progress: room.sign(view.line.id, secret), signed)

    def print_it(self) -> None:
        """Take the printed sheet away as PDF/A; one that is not signed says so on its face."""
        view, archive = self.sheet.view, self.archive
        if view is None:
            return
        path = self.choose_file(self, _("Where the sheet is to go"), safe_export_name(f"{view.sheet_title} {view.line.case_number}.pdf"))
        if path is None:
            return
        self.run(lambda _p: save_score_sheet(archive, view.line.id, path), lambda saved: self.say(
            "good", _("Saved: {name}").format(name=saved.name), saved_words(saved), opener(saved, open_file)), lane="wide",
            title=_("Print the sheet"))

    def jump(self, place: Place) -> None:
        """To the record, recording, activity or item where a fault is mended."""
        view = self.sheet.view
        if view is None:
            return
        case = view.line.case
        if place.kind in ("activity", "footage") and self.may("procedure.read").allowed:
            activity = {"activity": int(place.id)} if place.kind == "activity" else {"component": place.component}
            self.go("footage", case=case, **activity)
        elif place.kind in ("power", "certificates"):
            self.go("rulebook", tab="powers" if place.kind == "power" else place.kind)
        elif place.kind == "matter":
            self.go("case", case=case, item=MATTER)
        elif place.kind == "volume":
            self.go("case", case=case, section=CLOSING)
        elif place.kind == "item":
            self.go("case", case=case, item=place.id)
        elif place.kind == "clock" and place.component is not None:
            self.go("footage", case=case, component=place.component)
        elif place.record is not None:
            self.go("case", case=case, record=place.record)
        elif place.kind == "clock":
            self.go("case", case=case, section=LIMITS)
        else:
            self.go("case", case=case)

    def left(self) -> None:
        self.banner.clear()


def _listed(archive: Archive, case: CaseId | None) -> _Listed:
    """The list, for a job; of a case, which is opened for it, also one's own marking that waits for the signature."""
    if case is None:
        return _Listed(archive.scoring.scorings())
    folder = folder_of(archive, case).line
    lines = archive.scoring.of_case(case)
    own = next((one.id for one in lines if one.signed_at is None and one.person == archive.person.name), None)
    return _Listed(lines, folder.case_number, folder.cause, own)
