"""How a version stands: who drafted it and why, who confirmed it, from when; what the person here may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame

from desktop.i18n import _
from desktop.policy.lowering import Lowering
from desktop.policy.rules import Profile
from desktop.rulebook import VersionLine
from views.common import Edit, Tag, button, chip, content, edit, empty, fill, hbox, para, text, vbox
from views.common.dialogs import ask_password, ask_reason
from views.common.tags import STATUS
from views.rulebook.words import today_of, version_name, version_state, version_story
from views.terms import read_day

if TYPE_CHECKING:
    from views.rulebook.regulations import RegulationsSection


class Standing(QFrame):
    """A strip under the choice of version; the second person confirms here."""

    def __init__(self, section: RegulationsSection) -> None:
        super().__init__()
        self.section, self.page = section, section.page
        self.setProperty("panel", "plain")
        self.state: Tag = chip("", "quiet")
        self.story = text("", "body", elide=True)
        self.more = para("", "small", "ink2", lead=1.5)
        self.acts = hbox(gap=8)
        self.setLayout(vbox(hbox(self.state, (self.story, 1), content(self.acts), gap=12), self.more, gap=4, margins=(16, 10, 12, 10)))
        self.day: Edit | None = None
        self.line: VersionLine | None = None

    def show_version(self, line: VersionLine, lines: Sequence[VersionLine], rules: Profile, lowered: Sequence[Lowering] = ()) -> None:
        """Another version; `lowered` is where it asks less than the one in force."""
        self.line, self.rules = line, rules
        today = today_of(self.page.archive.clock.now())
        kind, words = version_state(line, today)
        self.state.show_tag(words, STATUS[kind])
        self.story.setText(f"{version_name(line)} · {version_story(line)}")
        why = _("Reason: {reason}").format(reason=line.reason) if kind == "wait" else ""  # in full for whoever is to confirm it
        self.more.setText(" ".join(filter(None, [why, _province(rules), self._next(line, kind), _lowered(lowered)])))
        self.setAccessibleName(f"{words}，{self.story.full}")
        empty(self.acts)
        self.day = None
        fill(self.acts, self._acts(line, today))

    def _next(self, line: VersionLine, kind: str) -> str:
        """What comes next, in a sentence."""
        if kind == "wait":
            if line.author == self.page.archive.person.name:
                return _("Another person, the leader or the reviewer, confirms it. Until then it holds nothing.")
            return _("Compare it with the one in force, give the day from which it holds, and confirm. Until then it holds nothing.")
        return _("Cases keep the version that they began under; a new version reaches only cases that begin from its day on.")

    def _acts(self, line: VersionLine, today: date) -> list[Any]:
        out: list[Any] = []
        if line.built_in or line.withdrawn_at:
            return out
        if not line.seconded_at and line.author != self.page.archive.person.name and self.page.may("rulebook.second").allowed:
            self.day = edit(today.isoformat(), "2026-12-01", name=_("In force from"))
            self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("2026-12-01") + 36)
            out += [text(_("In force from"), "small", "ink2"), self.day, button(_("Confirm …"), "", "seal-check", on=self.confirm)]
        elif line.effective_from is not None and line.effective_from > today and self.page.may("rulebook.effective").allowed:
            self.day = edit(line.effective_from.isoformat(), "2026-12-01", name=_("In force from"))
            self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("2026-12-01") + 36)
            out += [self.day, button(_("Move the day …"), "", "calendar-check", on=self.move)]
        own = line.author == self.page.archive.person.name and not line.seconded_at
        if own and self.page.may("drafts.recall").allowed:
            out.append(button(_("Take back to change …"), "", "arrow-counter-clockwise", on=self.recall))
        if self.page.may("rulebook.withdraw").allowed:
            out.append(button(_("Withdraw …"), "danger", on=self.withdraw))
        return out

    def confirm(self) -> None:
        """With the password of the second person."""
        line, day = self.line, self._written()
        if line is None or day is None:
            return
        room = self.page.archive.rulebook
        what = _("From {day} on, cases that begin stand under version {n} of {title}. Cases that began before keep theirs.").format(
            day=day.isoformat(), n=line.version, title=self.rules.short)
        ask_password(self, self.page.bridge, _("Confirm version {n}").format(n=line.version), what, _("Confirm"),
                     lambda secret, _p: room.second(line.key, line.version, day, secret),
                     lambda _n: self._done(_("Version {n} is confirmed").format(n=line.version),
                                           _("It is in force from {day} on.").format(day=day.isoformat())))

    def move(self) -> None:
        """Another day, with a reason."""
        line, day = self.line, self._written()
        if line is None or day is None:
            return
        room = self.page.archive.rulebook
        what = _("Version {n} is then in force from {day} on.").format(n=line.version, day=day.isoformat())
        ask_reason(self, _("Move the day"), what, _("Move the day"),
                   lambda why: self.page.run(lambda _p: room.effective(line.key, line.version, day, why),
                                             lambda _n: self._done(_("The day is moved to {day}").format(day=day.isoformat()))))

    def withdraw(self) -> None:
        """Take the version back, with a reason."""
        line = self.line
        if line is None:
            return
        room = self.page.archive.rulebook
        what = _("No new case begins under version {n}; cases that did keep it. It cannot be put in force again.").format(n=line.version)
        ask_reason(self, _("Withdraw version {n}").format(n=line.version), what, _("Withdraw it"),
                   lambda why: self.page.run(lambda _p: room.withdraw(line.key, line.version, why),
                                             lambda _n: self._done(_("Version {n} is withdrawn").format(n=line.version))), danger=True)

    def recall(self) -> None:
        """One's own version back into a draft, with a reason."""
        line = self.line
        if line is None:
            return
        what = _("Nobody has confirmed version {n} yet. It becomes your draft again; handed on anew it bears the next number.").format(n=line.version)
        ask_reason(self, _("Take version {n} back").format(n=line.version), what, _("Take it back"),
                   lambda why: self.section.recall(line.version, why))

    def _done(self, title: str, body: str = "") -> None:
        self.page.say("good", title, body)
        self.section.turn(self.section.shelf.line.key if self.section.shelf else "", 0)

    def _written(self) -> date | None:
        """The day in the field; None, told in the banner, where it is none."""
        assert self.day is not None
        try:
            day = read_day(self.day.text())
        except ValueError:
            day = None
        if day is None:
            self.page.say("late", _("Please write a day like 2026-10-20"))
            self.day.setFocus()
            return None
        return date.fromisoformat(day)


def _lowered(lowered: Sequence[Lowering]) -> str:
    """Where the version asks less than the one in force, for who confirms it."""
    if not lowered:
        return ""
    told = "；".join(f"{one.article}“{one.title}”{'：' + one.words if one.words else _(' is gone')}" for one in lowered[:4])
    return _("It asks less in {n} places: {told}.").format(n=len(lowered), told=told)


def _province(rules: Profile) -> str:
    """The province of provincial measures, where there is one to name; an empty one stands on no paper."""
    if rules.province:
        return _("Province: {name}.").format(name=rules.province)
    return _("The province is not set; no paper names one. Copy and change to set it.") if rules.key == "provincial" else ""
