"""The steps of a founding in their order: a list at the left, one step at the right, back and on at the foot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import founding_choices
from desktop.founding import Prepared, clear_leftovers
from desktop.founding_choices import Made
from desktop.founding_draft import forget_draft, load_draft, save_draft
from desktop.i18n import _
from desktop.vault.desk import probe_keyring
from views.bridge import Bridge
from views.common import Button, PageScroll, button, content, frame, hbox, shortcut, text, vbox
from views.common.dialogs import confirm
from views.errors import actions_for, words_of
from views.founding.handing_over import PasswordsStep, ProveStep, SheetStep
from views.founding.names import LockStep, NamesStep, PeopleStep
from views.founding.place import PlaceStep
from views.founding.review import ReviewStep
from views.founding.rules import RulesStep
from views.founding.step import Step
from views.theme import THEME

RAIL, WIDE = 232, 720


class Course(QWidget):
    """Six steps that write nothing but a draft; then the archive is made, hidden, and three steps hand over what is shown once."""

    def __init__(self, bridge: Bridge, open_there: Callable[[Path], object], done: Callable[[Prepared], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._bridge, self._open_there, self._done, self._leave = bridge, open_there, done, leave
        self.draft = load_draft()
        self.made: Made | None = None
        self._busy = self._finished = False
        self.lock, self.review = LockStep(self.draft), ReviewStep(self.draft)
        self.steps: list[Step] = [PlaceStep(self.draft, open_there), RulesStep(self.draft), NamesStep(self.draft), self.lock,
                                  PeopleStep(self.draft), self.review]
        self.at = 0
        self._names: list[QWidget] = []
        self._list = vbox(gap=4, margins=(24, 32, 16, 24))
        rail = frame(self._list, "rail", _("Steps"))
        rail.setFixedWidth(THEME.px(RAIL))
        self.stack = QStackedWidget()
        self.cancel = button(_("Leave"), "quiet", on=self.ask_leave)
        self.back = button(_("Back"), "", "arrow-left", on=self.go_back)
        self.on: Button = button(_("Go on"), "primary", on=self.go_on)
        foot = frame(hbox(self.cancel, None, self.back, self.on, gap=8, margins=(24, 12, 24, 12)), "foot")
        self.setLayout(hbox(rail, (vbox((self.stack, 1), foot, gap=0), 1), gap=0))
        for step in self.steps:
            self._place(step)
        shortcut(self, "Alt+Left", self.go_back)
        shortcut(self, "Ctrl+Return", self.go_on)

    def _place(self, step: Step) -> None:
        step.setMaximumWidth(THEME.px(WIDE))
        self.stack.addWidget(PageScroll(content(vbox(step, gap=0, margins=(40, 32, 40, 24)))))

    # Going
    def enter(self) -> None:
        """The step at which it was left; what was killed there before is cleared away, and the keyring tried."""
        if self.lock.known is None:
            self._bridge.run(lambda _p: probe_keyring(), self._keyring, lane="wide")
        if self.draft.folder:
            folder = Path(self.draft.folder).expanduser()
            self._bridge.run(lambda _p: clear_leftovers(folder), lambda _n: None, lambda _no: None, lane="wide")
        if self.made is None:
            self.show_step(min(self.draft.step, self._reached()))

    def show_step(self, number: int) -> None:
        """Show one step and stand in its first field."""
        self.at = number
        self.stack.setCurrentIndex(number)
        self._show_list()
        shown = self.steps[number]
        shown.entered()
        self.back.setVisible(number > (len(self.steps) - 3 if self.made is not None else 0))
        last = self.made is not None and number == len(self.steps) - 1
        self.on.say(_("Put the archive in its place") if last else _("Make the archive") if shown is self.review else _("Go on"))
        self._stand()
        QTimer.singleShot(0, self, self._stand)  # a step that was never shown takes the focus only when it is laid out

    def _stand(self) -> None:
        first = self.steps[self.at].first()
        if first is not None and self.isVisible():
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """The step before; what is filled in stays."""
        if self.back.isVisible() and not self._busy:
            self._keep()
            self.show_step(self.at - 1)

    def go_on(self) -> None:
        """The next step, unless something here cannot be so."""
        shown = self.steps[self.at]
        if self._busy or shown.wrong():
            return
        self._keep()
        if shown is self.review:
            self._make()
        elif self.at == len(self.steps) - 1:
            self._put()
        else:
            self.show_step(self.at + 1)

    def _keep(self) -> None:
        self.steps[self.at].keep()
        if self.made is None:
            self.draft.step = max(self.at, self.draft.step)
            save_draft(self.draft)

    def _reached(self) -> int:
        """The first step that is not whole: the passphrase is not kept, so it is always typed again."""
        given = (self.draft.folder, self.draft.profile, self.draft.name, self.draft.how == "keyring", self.draft.people)
        return next((number for number, there in enumerate(given) if not there), len(given))

    def _keyring(self, there: bool) -> None:
        self.lock.tell_keyring(there)
        if not there and self.draft.how == "keyring" and self.at > 3 and self.made is None:
            self.show_step(3)

    # Making
    def _make(self) -> None:
        self._work(_("Making the keys and the database …"))
        draft, passphrase = self.draft, self.lock.passphrase()
        self._bridge.run(lambda progress: founding_choices.prepare(draft, passphrase, progress), self._is_made, self._not_made)

    def _is_made(self, made: Made) -> None:
        self._rest()
        self.made = made
        first = len(self.steps)
        for step in (PasswordsStep(self.draft, made.people, made.slips, self._bridge),
                     SheetStep(self.draft, made.prepared.sheets, made.sheets, self._bridge), ProveStep(self.draft, made.prepared.sheets)):
            self.steps.append(step)
            self._place(step)
        self.show_step(first)

    def _not_made(self, error: Exception) -> None:
        self._rest()
        said = words_of(error)
        self.review.banner.say(said.kind, said.what, said.then, *actions_for(said))

    def _put(self) -> None:
        made = self.made
        assert made is not None
        self._work(_("Putting the archive in its place …"))
        self._bridge.run(lambda _p: made.prepared.finish(), lambda _n: self._is_put(made), self._not_put)

    def _is_put(self, made: Made) -> None:
        self._busy, self._finished = False, True
        forget_draft()
        made.prepared.sheets.clear()
        self._forget()
        self._done(made.prepared)

    def _not_put(self, error: Exception) -> None:
        self._rest()
        said = words_of(error)
        self.steps[self.at].banner.say(said.kind, said.what, said.then, *actions_for(said))  # type: ignore[attr-defined]  # the last step has one

    def _work(self, words: str) -> None:
        self._busy = True
        self.on.allow(False, words)
        self.on.say(words)
        self.cancel.setEnabled(False)
        self.back.setEnabled(False)

    def _rest(self) -> None:
        self._busy = False
        self.on.allow(True)
        self.cancel.setEnabled(True)
        self.back.setEnabled(True)
        self.show_step(self.at)

    # Leaving
    def ask_leave(self) -> None:
        """Back to the three ways; an archive that is made already but not proven is taken away again, after a question."""
        if self.may_leave(self.ask_leave):
            self._keep()
            self.take_back()
            self._leave()

    def may_leave(self, again: Callable[[], object]) -> bool:
        """Whether nothing is lost by leaving; else the person is asked, and `again` called when they want to."""
        if self._busy:
            return False
        if self.made is None or self._finished:
            return True
        what = _("The archive is not in its place yet. Its passwords and its recovery sheet become void; what you filled in stays.")

        def discard() -> None:
            self.take_back()
            again()

        confirm(self, _("Leave without the archive"), what, _("Throw it away"), discard, danger=True)
        return False

    def take_back(self) -> None:
        """Take away what was made and not finished."""
        if self.made is None or self._finished:
            return
        self.made.prepared.discard()
        self._forget()
        self.show_step(5)

    def _forget(self) -> None:
        """Nothing is left of what is shown once."""
        self.made, self.at = None, 5
        for step in self.steps[6:]:
            place = self.stack.widget(6)
            self.stack.removeWidget(place)
            place.deleteLater()
            self.steps.remove(step)

    def leave(self) -> None:
        """The window closes: the draft stays, an unproven archive goes."""
        if not self._finished:
            self._keep()
            self.take_back()

    def _show_list(self) -> None:
        for one in self._names:
            self._list.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._names = [_line(number, step.title_words(), self.at) for number, step in enumerate(self._all_steps())]
        for number, one in enumerate(self._names):
            self._list.insertWidget(number, one)
        if self._list.count() == len(self._names):
            self._list.addStretch(1)

    def _all_steps(self) -> list[type[Step]]:
        return [type(step) for step in self.steps[:6]] + [PasswordsStep, SheetStep, ProveStep]


def _line(number: int, title: str, at: int) -> QWidget:
    state = _("done") if number < at else _("now") if number == at else ""
    ink = "ink" if number == at else "ink2" if number < at else "ink3"
    out = content(hbox(text(f"{number + 1}", "small", "ink3"), (text(title, "body", ink, bold=number == at), 1),
                       text(state, "small", "accent" if number == at else "good"), gap=8))
    out.setAccessibleName(" ".join(filter(None, (str(number + 1), title, state))))
    return out
