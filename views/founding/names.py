"""名称, 本工作台, 第一批人员: what the archive is called, how this desk is locked, and who comes first."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.founding_choices import desk_name, twice, wanted_roles
from desktop.founding_draft import FounderDraft
from desktop.i18n import _
from desktop.opening import desk_id
from desktop.people import SHORTEST_PASSWORD
from views.common import Edit, Field, Radio, edit, field, hbox, para, password, text, vbox
from views.common.layout import content
from views.founding.step import Step


class NamesStep(Step):
    """The agency, its archive, this desk."""

    def __init__(self, draft: FounderDraft) -> None:
        self.agency = edit(draft.agency, example=_("e.g. 西岗区财政局"))
        self.name = edit(draft.name, example=_("e.g. 西岗区财政局档案室"))
        self.desk = edit(draft.desk or desk_id())
        self.agency_field = field(_("Agency"), self.agency, mnemonic="A", check=lambda: self.verdict(self.agency_field))
        self.name_field = field(_("What the archive is called"), self.name, _("It stands in the window, on receipts and on the recovery sheet."),
                                mnemonic="N", check=lambda: self.verdict(self.name_field))
        self.desk_field = field(_("Name of this desk"), self.desk, _("It stands in every entry of the ledger; letters, figures and hyphens."),
                                mnemonic="D", check=lambda: self.verdict(self.desk_field))
        super().__init__(draft, _("They stand on receipts and in the ledger, and stay as they are. Choose them with care."), self.agency_field,
                         self.name_field, self.desk_field)
        self.agency.editingFinished.connect(self._propose)

    @classmethod
    def title_words(cls) -> str:
        return _("Names")

    def first(self) -> QWidget:
        return self.agency

    def fields(self) -> list[Field]:
        return [self.agency_field, self.name_field, self.desk_field]

    def verdict(self, one: Field) -> tuple[str, str]:
        typed = one.control.text().strip()  # type: ignore[attr-defined]  # all three hold an Edit
        if not typed:
            return "bad", _("Please type the name")
        if len(typed) > 60:
            return "bad", _("{most} characters at most").format(most=60)
        if one is self.desk_field and desk_name(typed) != typed:
            return "soon", _("It will be called {name}").format(name=desk_name(typed))
        return "", ""

    def keep(self) -> None:
        self.draft.agency, self.draft.name = self.agency.text().strip(), self.name.text().strip()
        self.draft.desk = desk_name(self.desk.text())

    def _propose(self) -> None:
        if self.agency.text().strip() and not self.name.text().strip():
            self.name.setText(_("{agency} archive room").format(agency=self.agency.text().strip()))


class LockStep(Step):
    """The keyring of the system, or a passphrase that is typed at each start."""

    def __init__(self, draft: FounderDraft) -> None:
        self.keyring, self.by_passphrase = Radio(_("The keyring of this system")), Radio(_("A desk passphrase, typed at each start"))
        self.ring_words = para(_("Looking whether this system has a keyring …"), "small", "ink2")
        self.secret, self.again = password(_("Desk passphrase")), password(_("Desk passphrase again"))
        shortest = _("{n} characters at least").format(n=SHORTEST_PASSWORD)
        self.secret_field = field(_("Desk passphrase"), self.secret, shortest, mnemonic="K")
        self.again_field = field(_("Desk passphrase again"), self.again)
        both = hbox((self.secret_field, 1), (content(vbox(self.again_field, None, gap=0)), 1), gap=12)
        self.inner = content(vbox(para(_("It is kept nowhere. Whoever opens the program at this desk types it first; without it only the recovery "
                                         "sheet helps."), "small", "ink2"), both, gap=8))
        why = _("The database key of this desk must lie where nobody reads it from the disk. It does not replace the passwords of people.")
        super().__init__(draft, why, self.keyring, content(vbox(self.ring_words, margins=(28, 0, 0, 0))), 4, self.by_passphrase,
                         content(vbox(self.inner, margins=(28, 0, 0, 0))))
        (self.by_passphrase if draft.how == "passphrase" else self.keyring).setChecked(True)
        self.known: bool | None = None
        self.keyring.toggled.connect(self._show)
        self._show()

    @classmethod
    def title_words(cls) -> str:
        return _("Lock of this desk")

    def first(self) -> QWidget:
        return self.keyring if self.keyring.isChecked() else self.secret

    def tell_keyring(self, there: bool) -> None:
        """Whether the system has a keyring that really keeps a secret."""
        self.known = there
        self.keyring.setEnabled(there)
        if there:
            self.ring_words.setText(_("It was tried just now and keeps secrets. It opens when you sign in to this system."))
        else:
            self.ring_words.setText(_("This system has no keyring that keeps secrets, or it is locked. Use a passphrase."))
            self.by_passphrase.setChecked(True)

    def passphrase(self) -> str | None:
        """What was typed, None for the keyring."""
        return self.secret.text() if self.by_passphrase.isChecked() else None

    def fields(self) -> list[Field]:
        return [self.secret_field, self.again_field] if self.by_passphrase.isChecked() else []

    def verdict(self, one: Field) -> tuple[str, str]:
        if one is self.secret_field:
            return ("", "") if len(self.secret.text()) >= SHORTEST_PASSWORD else (
                "bad", _("{n} characters at least").format(n=SHORTEST_PASSWORD))
        return ("", "") if self.secret.text() == self.again.text() else ("bad", _("The two are not the same"))

    def wrong(self) -> bool:
        return (self.known is None and self.keyring.isChecked()) or super().wrong()

    def keep(self) -> None:
        self.draft.how = "passphrase" if self.by_passphrase.isChecked() else "keyring"

    def _show(self, *_: object) -> None:
        self.inner.setVisible(self.by_passphrase.isChecked())


class PeopleStep(Step):
    """A leader and the three administrators, without whom an archive cannot be; others may come at once or later."""

    def __init__(self, draft: FounderDraft) -> None:
        kept = {role: name for name, role in draft.people}
        self.names: dict[str, Edit] = {}
        self.rows: dict[str, Field] = {}
        needed, also = [], []
        for role, title, must in wanted_roles():
            self.names[role] = edit(kept.get(role, ""), example=_("Name"))
            self.rows[role] = field(title, self.names[role])
            (needed if must else also).append(self.rows[role])
        why = _("The three administrators share what one alone must not hold: accounts, clearances, and reading the ledger. They open no content, "
                "and none of them may hold another role. Everybody gets a first password made by the program and changes it at the first sign-in.")
        super().__init__(draft, why, text(_("Needed"), "strong"), *_in_pairs(needed), 4, text(_("May come later, in Settings"), "strong"),
                         *_in_pairs(also))

    @classmethod
    def title_words(cls) -> str:
        return _("First people")

    def first(self) -> QWidget:
        return next(iter(self.names.values()))

    def fields(self) -> list[Field]:
        return list(self.rows.values())

    def verdict(self, one: Field) -> tuple[str, str]:
        typed = one.control.text().strip()  # type: ignore[attr-defined]  # each holds an Edit
        role = next(role for role, row in self.rows.items() if row is one)
        if not typed:
            return ("bad", _("Please type the name")) if any(name == role and must for name, _title, must in wanted_roles()) else ("", "")
        if len(typed) > 40:
            return "bad", _("{most} characters at most").format(most=40)
        if twice([name.text() for name in self.names.values()]) == typed:
            return "bad", _("One person holds one role. Choose somebody else, or add a distinguishing word")
        return "", ""

    def keep(self) -> None:
        self.draft.people = [[name.text().strip(), role] for role, name in self.names.items() if name.text().strip()]


def _in_pairs(rows: list[Field]) -> list[QWidget]:
    return [content(hbox((rows[at], 1), (rows[at + 1], 1), gap=16)) for at in range(0, len(rows), 2)]
