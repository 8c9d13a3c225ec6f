"""What is done with an account: make, reset, close, clear, unlock, entrust, and the change of one's own password."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.errors import Refusal
from desktop.i18n import _
from desktop.people import SHORTEST_PASSWORD, Newcomer, PersonLine
from desktop.roles import roles
from models.secrecy import Clearance, StateSecret
from views.common import Check, button, combo, content, edit, field, hbox, para, password, rule, text, vbox
from views.common.dialogs import ask_password, confirm
from views.common.page import Page
from views.first_password import shortest_words, typed_well


class NewAccount(QWidget):
    """A form for a new account; the first password is seen, because it is handed over."""

    def __init__(self, page: Page, made: Callable[[str], object], leave: Callable[[], object]) -> None:
        super().__init__()
        self._page, self._made = page, made
        self.first = edit(example=_("e.g. 周敏"))
        self.role = combo([(r.title, name) for name, r in roles().items()], _("Role"))
        self.post, self.certificate, self.secret = edit(example=_("e.g. 监督科")), edit(example=_("e.g. LN-0207-031")), edit()
        self.name_field = field(_("Name"), self.first, mnemonic="N", check=self._check_name)
        self.secret_field = field(_("First password"), self.secret, _("{shortest}; it must be changed at the first sign-in").format(
            shortest=shortest_words()), mnemonic="K", check=self._check_secret)
        self.make = button(_("Make account"), "primary", "user-plus", on=self.submit)
        rows = (self.name_field, field(_("Role"), self.role, mnemonic="R"),
                hbox((field(_("Post"), self.post), 1), (field(_("Certificate number"), self.certificate), 1), gap=12), self.secret_field)
        self.setLayout(vbox(text(_("New account"), "heading"), *rows, hbox(None, button(_("Not now"), on=leave), self.make), gap=12))

    def _check_name(self) -> tuple[str, str]:
        return ("", "") if self.first.text().strip() else ("bad", _("Please type the name"))

    def _check_secret(self) -> tuple[str, str]:
        return ("", "") if len(self.secret.text()) >= SHORTEST_PASSWORD else ("bad", shortest_words())

    def submit(self) -> None:
        """Make the account."""
        for one, check in ((self.name_field, self._check_name), (self.secret_field, self._check_secret)):
            state, words = check()
            one.tell(state, words)
            if state:
                one.control.setFocus()
                return
        people, secret = self._page.archive.people, self.secret.text()
        newcomer = Newcomer(self.first.text().strip(), str(self.role.value()), self.post.text().strip(), self.certificate.text().strip())
        self.make.allow(False, _("Making the keys …"))
        self._page.run(lambda _p: people.create(newcomer, secret), lambda _id: self._made(newcomer.name), self._refused)

    def _refused(self, error: Exception) -> None:
        self.make.allow(True)
        if isinstance(error, Refusal) and error.code.startswith("people."):
            self.name_field.tell("bad", str(error))
        else:
            self._page.tell(error)


class OwnPassword(QWidget):
    """The change of one's own password: the old one, the new one twice."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.old, self.new, self.again = password(_("Old password")), password(_("New password")), password(_("New password again"))
        self.old_field = field(_("Old password"), self.old)
        self.new_field = field(_("New password"), self.new, shortest_words())
        self.again_field = field(_("New password again"), self.again)
        self.change = button(_("Change password"), "", "key", on=self.submit)
        self.again.returnPressed.connect(self.submit)
        fields = self.old_field, self.new_field, self.again_field
        self.setLayout(vbox(rule(), text(_("My password"), "strong"), *fields, hbox(None, self.change), gap=8))

    def submit(self) -> None:
        """Change it, unless what is typed cannot be right."""
        if not typed_well(self.new_field, self.again_field) or not self.change.isEnabled():
            return
        people, old, new = self._page.archive.people, self.old.text(), self.new.text()
        self.change.allow(False, _("Checking …"))
        self._page.run(lambda _p: people.change_password(old, new), self._well, self._failed)

    def _well(self, _none: object) -> None:
        self._rest()
        self._page.say("good", _("Your password is changed"), _("Your keys stay the same; the old password opens nothing any more."))

    def _failed(self, error: Exception) -> None:
        self._rest()
        if isinstance(error, Refusal) and error.code.startswith("password."):
            self.old_field.tell("bad", str(error))
            self.old.setFocus()
        else:
            self._page.tell(error)

    def _rest(self) -> None:
        self.change.allow(True)
        for one in (self.old, self.new, self.again):
            one.clear()
        for one in (self.old_field, self.new_field, self.again_field):
            one.tell("")


class PersonActs(QWidget):
    """What the person who sits here may do with somebody else's account; nothing else is shown."""

    def __init__(self, page: Page, person: PersonLine) -> None:
        super().__init__()
        self._page, self._person = page, person
        parts: list[Any] = []
        if page.may("people.reset").allowed:
            parts += self._reset_parts()
        if page.may("people.clear").allowed:
            parts += self._clear_parts()
        if page.may("people.unlock").allowed:
            self.unlock = button(_("Unlock"), "", "lock-simple-open", on=self._unlock)
            self.unlock.allow(person.locked, _("This account is not locked"))
            parts += [hbox(self.unlock, text("" if person.locked else _("This account is not locked"), "small", "ink3"), None, gap=12)]
        if page.may("people.entrust").allowed and person.role == "leader":
            self.entrust = button(_("Entrust keys …"), "", "key", on=self._entrust)
            parts += [hbox(self.entrust, (para(_("Lets this leader decide and preview, within what they may know of."), "small", "ink2"), 1), gap=12)]
        if page.may("people.close").allowed:
            self.close_account = button(_("Close account …"), "danger", "user-minus", on=self._close)
            self.close_account.allow(person.active, _("This account is closed"))
            parts += [rule(), hbox(self.close_account, None)]
        if parts:
            parts.insert(0, rule())
        self.setLayout(vbox(*parts, gap=12))

    def _reset_parts(self) -> list[Any]:
        self.secret = edit()
        self.secret_field = field(_("New first password"), self.secret, shortest_words())
        self.reset = button(_("Reset …"), "", "arrow-counter-clockwise", on=self._reset)
        self.reset.allow(self._person.active, _("This account is closed"))
        return [hbox((self.secret_field, 1), content(vbox(24, self.reset, None, gap=0)), gap=12)]

    def _clear_parts(self) -> list[Any]:
        now = self._person.clearance
        self.trade, self.privacy = Check(_("Trade secret")), Check(_("Personal privacy"))
        words = (_("None"), _("Confidential"), _("Secret"), _("Top secret"))
        self.level = combo([(word, int(level)) for word, level in zip(words, StateSecret, strict=True)], _("State secrets up to"))
        self.trade.setChecked(now.trade)
        self.privacy.setChecked(now.privacy)
        self.level.choose(now.state)
        for tick in (self.trade, self.privacy):
            tick.setAccessibleName(_("May know of: {what}").format(what=tick.text()))
        self.clear = button(_("Set clearance …"), "", "shield-check", on=self._clear)
        note = para(_("A person who may not know of a label does not see that such things exist."), "small", "ink2")
        return [text(_("May know of"), "strong"), hbox(self.trade, self.privacy, None, gap=16),
                hbox((field(_("State secrets up to"), self.level), 1), content(vbox(24, self.clear, None, gap=0)), gap=12), note]

    # What the buttons do
    def _done(self, words: str, body: str = "") -> None:
        self._page.say("good", words, body)
        self._page.reread()

    def _reset(self) -> None:
        secret, person, people = self.secret.text(), self._person, self._page.archive.people
        if len(secret) < SHORTEST_PASSWORD:
            self.secret_field.tell("bad", shortest_words())
            self.secret.setFocus()
            return
        what = _("{name} gets new keys under the new first password. What was granted to {name} must be approved again, and a leader be "
                 "entrusted again.").format(name=person.name)
        said = _("The password of {name} is reset").format(name=person.name)
        confirm(self, _("Reset the account of {name}").format(name=person.name), what, _("Reset"),
                lambda: self._page.run(lambda _p: people.reset(person.id, secret), lambda _n: self._done(said)), danger=True)

    def _clear(self) -> None:
        person, people = self._person, self._page.archive.people
        clearance = Clearance(int(str(self.level.value())), self.trade.isChecked(), self.privacy.isChecked())
        ask_password(self, self._page.bridge, _("Set what {name} may know of").format(name=person.name),
                     _("From now on {name} may know of: {what}. It holds at once.").format(name=person.name, what=self._said(clearance)),
                     _("Set clearance"), lambda secret, _p: people.clear(person.id, clearance, secret),
                     lambda _n: self._done(_("What {name} may know of is set").format(name=person.name), self._said(clearance)))

    @staticmethod
    def _said(clearance: Clearance) -> str:
        from views.settings.people import clearance_words

        return clearance_words(clearance)

    def _unlock(self) -> None:
        person, people = self._person, self._page.archive.people
        said = _("{name} may try again").format(name=person.name)
        self._page.run(lambda _p: people.unlock(person.id), lambda _n: self._done(said))

    def _entrust(self) -> None:
        person, people = self._person, self._page.archive.people
        ask_password(self, self._page.bridge, _("Entrust keys to {name}").format(name=person.name),
                     _("{name} can then preview what is asked for and hand approved keys to requesters.").format(name=person.name),
                     _("Entrust keys"), lambda secret, _p: people.entrust(person.id, secret),
                     lambda _n: self._done(_("{name} holds the keys now").format(name=person.name)))

    def _close(self) -> None:
        person, people = self._person, self._page.archive.people
        said = _("The account of {name} is closed").format(name=person.name)
        what = _("{name} cannot sign in any more and their keys go. What they did stays in the ledger. This cannot be undone.")
        confirm(self, _("Close the account of {name}").format(name=person.name), what.format(name=person.name), _("Close account"),
                lambda: self._page.run(lambda _p: people.close(person.id), lambda _n: self._done(said)), danger=True, typed=person.name)
