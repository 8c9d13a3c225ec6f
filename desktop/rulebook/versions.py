"""Acts on versions of profiles: put in force by a second person, withdrawn; read, compared, and what waits for somebody."""

from __future__ import annotations

import difflib
from datetime import date

from desktop import history
from desktop.acts import Service, act, reading
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.policy.differences import Difference, differences
from desktop.policy.lowering import Lowering, lowerings
from desktop.policy.profile import BASE, Mistake, Profile, built_in_text, check, parse_profile, profile, profile_names
from desktop.rulebook.forms import DifferenceLine, VersionLine
from models.people import Person
from models.rulebook import ProfileVersion


class VersionActs(Service):
    """制度: a version never changes once it is drafted; a case keeps the one that it began under."""

    @act("rulebook.second", check="_check_second")
    def second(self, key: str, version: int, effective_from: date, password: str) -> None:
        """Confirm another person's draft, to be in force from a day on. Raises `Refusal`: rulebook.own_draft, rulebook.seconded,
        rulebook.effective_past, password.wrong."""
        row = self._open_draft(key, version, effective_from)
        ProfileVersion.update(seconded_by=self.archive.person.id, seconded_at=self._stamp(), effective_from=effective_from.isoformat()
                              ).where(ProfileVersion.id == row.id).execute()
        self._note(profile=key, version=version, effective_from=effective_from.isoformat())

    @act("rulebook.effective")
    def effective(self, key: str, version: int, day: date, reason: str) -> None:
        """Move the day from which a confirmed version is in force, while neither that day nor the new one has passed."""
        row = self._draft(key, version)
        if not row.seconded_at or not row.effective_from:
            raise Refusal("rulebook.not_seconded")
        self._not_past(date.fromisoformat(row.effective_from))
        self._not_past(day)
        history.amend(self.archive, row, {"effective_from": day.isoformat()}, reason)
        self._note(profile=key, version=version, effective_from=day.isoformat(), reason=reason.strip())

    @act("rulebook.withdraw")
    def withdraw(self, key: str, version: int, reason: str) -> None:
        """Take a version back: no new case begins under it, cases that did keep it."""
        row = self._draft(key, version)
        history.amend(self.archive, row, {"withdrawn_at": self._stamp()}, reason)
        self._note(profile=key, version=version, reason=reason.strip())

    @reading("rulebook.read")
    def versions(self, key: str) -> list[VersionLine]:
        """Every version of a profile, the newest first; last the one that came with the program."""
        built_in, today = profile(key), self._today()
        holds = self.archive.rules.version(key, today)
        rows = ProfileVersion.select().where(ProfileVersion.key == key).order_by(ProfileVersion.version.desc())
        lines = [VersionLine(key, row.version, parse_profile(row.text, profile(BASE)).title, False, row.author.name, row.at, row.reason,
                             row.seconded_by.name if row.seconded_by else "", row.seconded_at,
                             date.fromisoformat(row.effective_from) if row.effective_from else None, row.withdrawn_at, row.version == holds)
                 for row in rows]
        return [*lines, VersionLine(key, built_in.version, built_in.title, True, in_force=built_in.version == holds)]

    @reading("rulebook.read")
    def names(self) -> list[str]:
        """The keys of all profiles."""
        return profile_names()

    @reading("rulebook.read")
    def rules(self, key: str, version: int) -> Profile:
        """A profile in one version, merged on the base."""
        return self.archive.rules.profile(key, version)

    @reading("rulebook.read")
    def text(self, key: str, version: int) -> str:
        """The text of one version, as it may be copied for a new one."""
        return self._text(key, version)

    @reading("rulebook.read")
    def mistakes(self, text: str) -> list[Mistake]:
        """Every mistake of a text, by line: for an editor, before it is drafted."""
        return check(text)

    @reading("rulebook.read")
    def next_version(self, key: str) -> int:
        """The number that the next draft must bear."""
        return self._next(key)

    @reading("rulebook.read")
    def differences(self, key: str, old: int, new: int) -> tuple[Difference, ...]:
        """Two versions side by side in the terms of rules: what came, what went, which values are others."""
        rules = self.archive.rules
        return differences(rules.profile(key, old), rules.profile(key, new))

    @reading("rulebook.read")
    def difference(self, key: str, old: int, new: int) -> list[DifferenceLine]:
        """Two versions side by side, line by line."""
        return difference_lines(self.text(key, old), self.text(key, new))

    @reading("rulebook.read")
    def lowered(self, key: str, old: int, new: int) -> tuple[Lowering, ...]:
        """Where the later of two versions asks less than the earlier: for the person who is to confirm it."""
        rules = self.archive.rules
        return lowerings(rules.profile(key, old), rules.profile(key, new))

    def _text(self, key: str, version: int) -> str:
        row = ProfileVersion.get_or_none((ProfileVersion.key == key) & (ProfileVersion.version == version))
        if row is not None:
            return str(row.text)
        if profile(key).version != version:
            raise Refusal("profile.version_unknown", profile=key, version=version)
        return built_in_text(key, self.archive.rules.province(key))

    def _confirmed(self, key: str) -> int:
        """The newest confirmed version that was not withdrawn; else the one that came with the program."""
        row = (ProfileVersion.select().where((ProfileVersion.key == key) & ProfileVersion.seconded_at.is_null(False)
                                             & ProfileVersion.withdrawn_at.is_null()).order_by(ProfileVersion.version.desc()).first())
        return profile(key).version if row is None else int(row.version)

    def _next(self, key: str) -> int:
        newest = ProfileVersion.select().where(ProfileVersion.key == key).order_by(ProfileVersion.version.desc()).first()
        return max(profile(key).version, newest.version if newest else 0) + 1

    def _draft(self, key: str, version: int) -> ProfileVersion:
        row: ProfileVersion | None = (ProfileVersion.select(ProfileVersion, Person).join(Person, on=(ProfileVersion.author == Person.id)).where(
            (ProfileVersion.key == key) & (ProfileVersion.version == version) & ProfileVersion.withdrawn_at.is_null()).first())
        if row is None:
            raise Refusal("not_found")
        return row

    def _open_draft(self, key: str, version: int, day: date) -> ProfileVersion:
        """A draft of somebody else that nobody has confirmed yet, for a day that has not passed."""
        row = self._draft(key, version)
        if row.author_id == self.archive.person.id:
            raise Refusal("rulebook.own_draft")
        if row.seconded_at:
            raise Refusal("rulebook.seconded", by=row.seconded_by.name if row.seconded_by else "")
        self._not_past(day)
        return row

    def _check_second(self, key: str, version: int, effective_from: date, password: str) -> None:
        """Before the transaction, because Argon2id takes its time."""
        self._open_draft(key, version, effective_from)
        self.archive.people.confirm(password)

    def _not_past(self, day: date) -> None:
        if day < self._today():
            raise Refusal("rulebook.effective_past", day=day.isoformat())

    def _today(self) -> date:
        return self.archive.rules.day_of(self.archive.clock.now())

    def _stamp(self) -> str:
        return stamp(self.archive.clock.now())


def difference_lines(old: str, new: str) -> list[DifferenceLine]:
    """What two texts have in common and apart, in order."""
    lines, a, b = [], old.splitlines(), new.splitlines()
    for tag, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [DifferenceLine(" ", a[i], i + 1, j1 + i - i1 + 1) for i in range(i1, i2)]
            continue
        lines += [DifferenceLine("-", a[i], i + 1, None) for i in range(i1, i2)]
        lines += [DifferenceLine("+", b[j], None, j + 1) for j in range(j1, j2)]
    return lines
