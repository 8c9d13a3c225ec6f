"""A new version in the making: by its rules, each a form, or in its text; every mistake by line; kept by itself; then a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.lowering import Lowering
from desktop.policy.mistakes import Mistake
from desktop.policy.rule_fields import RuleFields, as_before, order_of, removed_rules, rule_fields
from desktop.policy.toml_writing import with_value
from desktop.rulebook import DraftLine, DraftState
from views.common import Banner, button, edit, field, hbox, panel, segmented, text, vbox
from views.common.layout import content
from views.rulebook.code_edit import CodeEdit
from views.rulebook.draft_rules import DraftRules
from views.rulebook.faults import Fault, Faults
from views.rulebook.keeping import Keeping
from views.rulebook.section import Faces
from views.rulebook.words import others_words, read_clock
from views.theme import THEME, follow

if TYPE_CHECKING:
    from views.rulebook.regulations import RegulationsSection

PAUSE = 400  # ms after the last key before the text is read for mistakes
RULES, TEXT = 0, 1
STEPS = 100  # changes of values that can be taken back


@dataclass(frozen=True)
class Reading:
    """What one reading of the text found."""

    words: str
    mistakes: list[Mistake]
    rules: tuple[RuleFields, ...]
    lowered: tuple[Lowering, ...]
    removed: tuple[str, ...]


class Draft(QWidget):
    """What is written is in the archive two seconds later; leaving it, a crash or another sign-in is no loss."""

    def __init__(self, section: RegulationsSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.line: DraftLine | None = None
        self.words, self.mistakes, self.lowered = "", list[Mistake](), tuple[Lowering, ...]()
        self.reasons: dict[str, str] = {}
        self._before: list[str] = []
        self._filling = False
        self.head, self.sub = text("", "strong", elide=True), text("", "small", "ink2", elide=True)
        self.way = segmented([_("By rules"), _("In the text")], 0, _("How to write"), on=self.turn)
        self.undo = button(_("Undo"), "", "arrow-counter-clockwise", on=self.take_back)
        self.note = Banner()
        self.faces = Faces(self._by_rules, self._in_text)
        self.faults = Faults()
        self.faults.chosen.connect(self.go_to)
        self.sound = text("", "small", "ink2", elide=True)
        self.why = edit(name=_("Reason"))
        self.why.textChanged.connect(lambda _words: self.keeping.changed())
        self.why_field = field(_("Reason for the version as a whole"), self.why, mnemonic="R")
        self.send = button(_("Hand to the second person"), "primary", "paper-plane-tilt", "Ctrl+Return", on=self.submit)
        self.keeping = Keeping(self.page, self._told)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self.check)
        self.setLayout(self._lay())
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.faces.setMinimumHeight(THEME.px(300))  # on a low screen the page scrolls rather than the form

    def _lay(self) -> Any:
        drop = button(_("Throw away"), "quiet", on=self.throw_away)
        back = button(_("Back to reading"), "", "arrow-left", on=self.section.back)
        head = hbox(back, (vbox(self.head, self.sub, gap=0), 1), self.undo, self.way, gap=12)
        last = content(vbox(None, hbox(self.sound, drop, self.send, gap=8), gap=0))
        return vbox(head, self.note, (self.faces, 1), self.faults, hbox((self.why_field, 3), (last, 4), gap=16), gap=12)

    def _by_rules(self) -> DraftRules:
        out = DraftRules()
        out.form.wrote.connect(self.set_value)
        out.form.put_back.connect(self.put_back)
        out.form.reasoned.connect(self._reasoned)
        out.form.puzzled.connect(lambda words: self.page.say("late", words))
        out.form.to_text.connect(self.to_line)
        return out

    def _in_text(self) -> QWidget:
        """Made when somebody wants to see it: most never do."""
        self._code = CodeEdit(_("Text of the new version"))
        self._code.textChanged.connect(self._typed)
        return panel(_("Text"), (self._code, 1))

    @property
    def rules(self) -> DraftRules:
        """The draft by its rules."""
        out = self.faces.at(RULES)
        assert isinstance(out, DraftRules)
        return out

    @property
    def code(self) -> CodeEdit:
        """The draft as text."""
        self.faces.at(TEXT)
        return self._code

    # Coming and going
    def begin(self, line: DraftLine, title: str, state: DraftState | None = None) -> None:
        """A draft as the archive has it."""
        self.line, self.words, self.reasons, self._before = line, line.text, dict(line.reasons), []
        self.keeping.end()
        self.title = title
        self.head.setText(_("{title}: new version").format(title=title))
        self._show_why(line.reason)
        self._allow_undo()
        self.note.clear()
        if self.faces.made(TEXT):
            self._put_in_code()
        self.keeping.follow(line, lambda: (self.words, self.why.text().strip(), {rule: why for rule, why in self.reasons.items() if why.strip()}))
        if state is not None:
            self.tell_state(state)
        self.section.turn_to(1)
        self.check()

    def tell_state(self, state: DraftState) -> None:
        """What others did to the same regulation meanwhile."""
        if state.moved:
            body = _("See how it differs, and take its changes in. Where both changed the same place, settle it in your text; then keep yours.")
            self.note.say("soon", _("Version {n} was confirmed while you wrote").format(n=state.confirmed), body,
                          button(_("Compare"), "", "rows", on=lambda: self.section.compare_two(self.line.base if self.line else 1, state.confirmed)),
                          button(_("Take its changes in"), "", on=self.rebase), button(_("Keep mine as it is"), "quiet", on=self.stand_by))
        elif state.others:
            self.note.say("soon", others_words(state.others),
                          _("Two drafts of one regulation: the one confirmed last holds. Agree with each other before you hand yours on."))

    def enter(self) -> None:
        """To the rules, or to the text."""
        (self.code if self.faces.number == TEXT else self.rules.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def turn(self, face: int) -> None:
        """By its rules, or in its text."""
        if face == TEXT and not self.faces.made(TEXT):
            self._put_in_code()
        self.way.choose(face)
        self.faces.turn(face)
        self._allow_undo()
        self.enter()

    def throw_away(self) -> None:
        """Thrown away, and at hand until another is begun."""
        if self.line is None:
            return
        self.keeping.now()
        self.keeping.end()
        room, key = self.page.archive.rulebook, self.line.key
        self.page.run(lambda _p: room.draft_discard(key), lambda _n: self._thrown())

    def _thrown(self) -> None:
        self.line = None
        self.section.back()
        self.page.say("good", _("The draft is thrown away"), _("Until another is begun it can be taken back."),
                      button(_("Take the thrown draft back"), "", "arrow-counter-clockwise", on=self.section.take_back))

    # The text and what is wrong with it
    def _put_in_code(self) -> None:
        self._filling = True
        self.code.put_text(self.words)
        self._filling = False
        self.code.mark(one.line for one in self.mistakes)

    def _typed(self) -> None:
        if not self._filling:
            self.words = self._code.toPlainText()
            self._changed()

    def _changed(self) -> None:
        self._soon.start()
        self.send.allow(False, _("The text is being read"))
        self.keeping.changed()

    def check(self) -> None:
        """Read the text for its rules, its mistakes, and where it asks less."""
        self._soon.stop()
        if self.line is None:
            return
        room, words, base, key = self.page.archive.rulebook, self.words, self.line.base_text, self.line.key

        def read(_progress: Any) -> Reading:
            rules = rule_fields(words, base)
            mistakes = room.mistakes(words)
            return Reading(words, mistakes, () if isinstance(rules, Mistake) else rules, room.draft_lowered(key, words) if not mistakes else (),
                           removed_rules(words, base))

        self.page.run(read, self._checked, lane="reads")

    def _checked(self, got: Reading) -> None:
        if got.words != self.words:
            return  # written on meanwhile; the next reading is on its way
        self.mistakes, self.lowered = got.mistakes, got.lowered
        self.faults.show_found(got.mistakes, got.lowered, {one.id: one.line for one in got.rules})
        if self.faces.made(TEXT):
            self._code.mark(one.line for one in got.mistakes)
        if got.rules or not got.mistakes:
            self.rules.show_rules(got.rules, self.reasons, {one.rule: one.said for one in got.lowered})
        elif self.faces.number == RULES:  # what is no TOML has no rules to show
            self.turn(TEXT)
        n, changed = len(got.mistakes), sum(bool(one.state) for one in got.rules) + len(got.removed)
        self.sound.setText(_("{n} mistakes; a click goes to the line.").format(n=n) if n else _("{n} rules changed; no mistake.").format(n=changed))
        self._allow()

    def _allow(self) -> None:
        """Whether it can be handed on, and if not, why."""
        n, wanting = len(self.mistakes), [one for one in self.lowered if one.unfounded and not self.reasons.get(one.rule, "").strip()]
        why = _("{n} mistakes to mend first").format(n=n) if n else ""
        if wanting and not n:
            why = _("{title} asks less: write why, at the rule").format(title=wanting[0].title)
        self.send.allow(not why, why)

    def go_to(self, fault: Fault | None) -> None:
        """A mistake: to its line in the text. A lowered demand: to its rule, where the reason is written."""
        if fault is None:
            return
        if fault.rule and fault.line:
            self.turn(RULES)
            self.rules.stand_on(fault.rule)
            if hasattr(self.rules.form, "why"):
                self.rules.form.why.control.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.to_line(fault.line)

    def to_line(self, line: int) -> None:
        """To a line of the text."""
        self.turn(TEXT)
        self.code.jump(line or 1)

    # Values
    def set_value(self, path: tuple[str | int, ...], value: Any) -> None:
        """Write one value into its place of the text; what the text leaves unsaid is added in the order of our texts."""
        self._write(lambda words: with_value(words, path, value, order_of(str(path[0]) if len(path) > 1 else "")))

    def put_back(self, path: tuple[str | int, ...]) -> None:
        """A value as it was in the version copied from."""
        one = next((value for rule in self.rules.rules for value in rule.values if value.path == path), None)
        if one is not None:
            self._write(partial(as_before, path=path, base=self.line.base_text if self.line is not None else ""))

    def _write(self, change: Callable[[str], str]) -> None:
        words = self.words
        self.page.run(lambda _p: change(words), partial(self._written, words, change), self._not_written, lane="reads")

    def _written(self, before: str, change: Callable[[str], str], after: str) -> None:
        if before != self.words:  # another change came first: this one once more, on what stands there now
            self._write(change)
        elif before != after:
            self._before = [*self._before[-STEPS:], before]
            self._take(after)

    def _not_written(self, error: Exception) -> None:
        self.page.tell(error)
        self.check()

    def take_back(self) -> None:
        """The last value as it was before; in the text, what was typed last."""
        if self.faces.number == TEXT:
            self._code.undo()
        elif self._before:
            self._take(self._before.pop())

    def _take(self, words: str) -> None:
        self.words = words
        if self.faces.made(TEXT):
            self._put_in_code()
        self._allow_undo()
        self._changed()
        self.check()

    def _allow_undo(self) -> None:
        self.undo.allow(self.faces.number == TEXT or bool(self._before), _("Nothing to take back"))

    def _reasoned(self, rule: str, why: str) -> None:
        self.reasons[rule] = why
        self.keeping.changed()
        if not self._soon.isActive():
            self._allow()

    # Kept, and what others did
    def _told(self, state: str) -> None:
        """Where the draft stands: kept, or why not."""
        if self.line is None:
            return
        copied = _("Copied from version {n}. It holds nothing until another person confirms it.").format(n=self.line.base)
        said = {"waits": _("being kept …"), "kept": _("kept {time}").format(time=read_clock(self.page.archive.clock.now()))}.get(state, state)
        self.sub.setText(f"{copied} · {said}")

    def leave(self) -> None:
        """The page is left, or the desk is locked: what is not kept yet is kept now."""
        self.keeping.now()

    def rebase(self) -> None:
        """Take the changes of the newer version in."""
        self._move(lambda room, key, revision: room.draft_rebase(key, revision), _("Its changes are in your text; look through it once more"))

    def stand_by(self) -> None:
        """Keep the draft as it is beside the newer version."""
        self._move(lambda room, key, revision: room.draft_stand_by(key, revision), _("Your text stays as it is"))

    def _move(self, act: Any, said: str) -> None:
        if self.line is None:
            return
        self.keeping.now()
        room, key, revision = self.page.archive.rulebook, self.line.key, self.keeping.revision
        self.page.run(lambda _p: act(room, key, revision), lambda line: self._moved(line, said))

    def _moved(self, line: DraftLine, said: str) -> None:
        self.begin(line, self.title)
        self.page.say("good", said)

    def _show_why(self, words: str) -> None:
        self.why.blockSignals(True)
        self.why.setText(words)
        self.why.blockSignals(False)
        self.why_field.tell("")

    # On to the second person
    def submit(self) -> None:
        """Hand it on as a version that somebody else confirms."""
        if self.line is None:
            return
        why, words, key, reasons = self.why.text().strip(), self.words, self.line.key, dict(self.reasons)
        changed, gone = [one.id for one in self.rules.rules if one.state], any(not one.key for one in self.lowered)
        if not why and (gone or not changed or not all(reasons.get(rule, "").strip() for rule in changed)):
            self.why_field.tell("bad", _("Please write the reason, here or at each changed rule; it stands in the ledger"))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.why_field.tell("")
        self.send.allow(False, _("Sending …"))
        self.keeping.now()
        room = self.page.archive.rulebook
        self.page.run(lambda _p: room.draft(key, words, why, reasons), partial(self._sent, key), self._not_sent)

    def _sent(self, key: str, number: int) -> None:
        self.line = None
        self.keeping.end()
        self.send.allow(True)
        self.page.say("good", _("Version {n} is drafted").format(n=number),
                      _("The leader or the reviewer reads it on this page, gives the day and confirms it. Until then nothing changes."))
        self.section.back()
        self.section.turn(key, number)

    def _not_sent(self, error: Exception) -> None:
        self.send.allow(True)
        self.page.tell(error)
        if isinstance(error, Refusal) and error.code == "drafts.moved":
            self.section.read()
