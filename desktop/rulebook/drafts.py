"""Acts on drafts: a new version in the making is kept in the archive, found again at any sign-in, thrown away and taken back, brought up to date."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from desktop import history
from desktop.acts import act, reading
from desktop.errors import Refusal
from desktop.policy.checks import SECTIONS
from desktop.policy.differences import differences
from desktop.policy.lowering import Lowering, lowerings
from desktop.policy.profile import BASE, check, parse_profile, profile
from desktop.policy.rules import Profile
from desktop.policy.toml_reading import LONGEST
from desktop.policy.toml_writing import next_text
from desktop.rulebook.forms import DraftLine, DraftState, OtherDraft
from desktop.rulebook.merging import merge
from desktop.rulebook.versions import VersionActs
from models.drafts import ProfileDraft
from models.people import Person
from models.rulebook import ProfileVersion

NOTHING: Mapping[str, str] = MappingProxyType({})


class DraftActs(VersionActs):
    """起草: what a draft says is its author's alone until it is handed on; the ledger knows each keeping by its row, not each key stroke."""

    @act("drafts.begin")
    def draft_begin(self, key: str, version: int) -> DraftLine:
        """Begin a draft as a copy of one version, in the place of one that was thrown away. Raises `Refusal`: drafts.open,
        profile.unknown, profile.version_unknown."""
        held = self._draft_row(key)
        if held is not None and held.discarded_at is None:
            raise Refusal("drafts.open", at=held.kept_at[:10])
        text, now = self._text(key, version), self._stamp()
        values = {"base_version": version, "base_text": text, "seen": self._confirmed(key), "text": next_text(text, self._next(key)),
                  "reason": "", "reasons": "{}", "begun_at": now, "kept_at": now, "discarded_at": None}
        if held is None:
            ProfileDraft.create(key=key, person=self.archive.person.id, **values)
        else:
            ProfileDraft.update(revision=held.revision + 1, **values).where(ProfileDraft.id == held.id).execute()
        self._note(profile=key, base=version)
        return _line(self._own(key))

    @act("drafts.keep")
    def draft_keep(self, key: str, text: str, reason: str, reasons: Mapping[str, str], revision: int) -> int:
        """Keep a draft as it stands, faulty or not; returns its new revision.

        Raises `Refusal`: drafts.gone, drafts.elsewhere (kept from another window meanwhile), drafts.too_long.
        """
        if len(text) > LONGEST:
            raise Refusal("drafts.too_long", most=LONGEST)
        row = self._own(key, revision)
        ProfileDraft.update(text=_plain(text), reason=reason, reasons=_written(reasons), revision=revision + 1,
                            kept_at=self._stamp()).where(ProfileDraft.id == row.id).execute()
        self._note(profile=key, revision=revision + 1)
        return revision + 1

    @act("rulebook.draft")
    def draft(self, key: str, text: str, reason: str, reasons: Mapping[str, str] = NOTHING) -> int:
        """Hand the text of a new version on; returns its number. It holds nothing until a second person confirms it; one's own draft of
        this profile is at its end with it. `reasons` are why single rules were changed, by the rule's id.

        Raises `Refusal`: profile.unknown, change.reason_missing, rulebook.faulty (with the first mistake), rulebook.other_profile,
        rulebook.version_expected, rulebook.unchanged, drafts.moved (a version was confirmed meanwhile), drafts.lowered (a rule asks less while its
        words are the same, and no reason stands at it).
        """
        row, number = self._draft_row(key), self._next(key)
        row = None if row is not None and row.discarded_at is not None else row
        text = _plain(text if row is None else _numbered(text, number))  # who wrote at a draft for a week need not know its number
        if not reason.strip() and not any(why.strip() for why in reasons.values()):
            raise Refusal("change.reason_missing")
        read = self._read(key, text, number)
        why = _reason(reason, reasons, read)
        if row is not None and self._confirmed(key) > row.seen:
            raise Refusal("drafts.moved", version=self._confirmed(key))
        base = self._base(key)
        if differences(base, read) == () and row is not None:
            raise Refusal("rulebook.unchanged", version=row.base_version)
        for one in lowerings(base, read):
            if one.unfounded and not reasons.get(one.rule, "").strip():
                raise Refusal("drafts.lowered", article=one.article, title=one.title, words=one.words)
            if not one.key and not reason.strip():  # a rule that is gone has no place of its own for a reason
                raise Refusal("change.reason_missing")
        ProfileVersion.create(key=key, version=number, text=text, reason=why, author=self.archive.person.id, at=self._stamp())
        if row is not None:
            row.delete_instance()
        self._note(profile=key, version=number, reason=why)
        return number

    @act("drafts.discard")
    def draft_discard(self, key: str) -> None:
        """Throw a draft away; until another is begun it can be taken back."""
        row = self._own(key)
        ProfileDraft.update(discarded_at=self._stamp()).where(ProfileDraft.id == row.id).execute()
        self._note(profile=key, revision=row.revision)

    @act("drafts.restore")
    def draft_restore(self, key: str) -> DraftLine:
        """Take back the draft that was thrown away last. Raises `Refusal` drafts.gone."""
        row = self._draft_row(key)
        if row is None or row.discarded_at is None:
            raise Refusal("drafts.gone")
        ProfileDraft.update(discarded_at=None).where(ProfileDraft.id == row.id).execute()
        self._note(profile=key, revision=row.revision)
        return _line(self._own(key))

    @act("drafts.rebase")
    def draft_rebase(self, key: str, revision: int) -> DraftLine:
        """Put the draft on the newest confirmed version: its changes and those of that version in one text.

        Raises `Refusal`: drafts.gone, drafts.elsewhere, drafts.conflict (with the lines that both changed; nothing is changed then).
        """
        row, newest = self._own(key, revision), self._confirmed(key)
        base, number = self._text(key, newest), self._next(key)
        found = merge(next_text(row.base_text, number), _numbered(row.text, number), next_text(base, number))
        if found.conflicts:
            raise Refusal("drafts.conflict", version=newest, lines="、".join(map(str, found.conflicts[:8])), count=len(found.conflicts))
        ProfileDraft.update(base_version=newest, base_text=base, seen=newest, text=found.text, revision=revision + 1,
                            kept_at=self._stamp()).where(ProfileDraft.id == row.id).execute()
        self._note(profile=key, base=newest, revision=revision + 1)
        return _line(self._own(key))

    @act("drafts.stand_by")
    def draft_stand_by(self, key: str, revision: int) -> DraftLine:
        """Keep the draft as it is although a newer version was confirmed: what that one changed is meant to be undone, or is in it already."""
        row, newest = self._own(key, revision), self._confirmed(key)
        ProfileDraft.update(seen=newest, revision=revision + 1).where(ProfileDraft.id == row.id).execute()
        self._note(profile=key, seen=newest, revision=revision + 1)
        return _line(self._own(key))

    @act("drafts.recall")
    def draft_recall(self, key: str, version: int, reason: str) -> DraftLine:
        """Take back one's own version that nobody has confirmed yet, to write on at it.

        Raises `Refusal`: not_found (not one's own, or withdrawn), rulebook.seconded, drafts.open, change.reason_missing.
        """
        row = ProfileVersion.get_or_none((ProfileVersion.key == key) & (ProfileVersion.version == version)
                                         & (ProfileVersion.author == self.archive.person.id) & ProfileVersion.withdrawn_at.is_null())
        if row is None:
            raise Refusal("not_found")
        if row.seconded_at:
            raise Refusal("rulebook.seconded", by=row.seconded_by.name if row.seconded_by else "")
        held = self._draft_row(key)
        if held is not None and held.discarded_at is None:
            raise Refusal("drafts.open", at=held.kept_at[:10])
        now, base = self._stamp(), self._confirmed(key)
        history.amend(self.archive, row, {"withdrawn_at": now}, reason)
        if held is not None:
            held.delete_instance()
        ProfileDraft.create(key=key, person=self.archive.person.id, base_version=base, base_text=self._text(key, base), seen=base,
                            text=next_text(row.text, self._next(key)), reason=row.reason, begun_at=now, kept_at=now)
        self._note(profile=key, version=version, reason=reason.strip())
        return _line(self._own(key))

    @reading("rulebook.read")
    def draft_state(self, key: str) -> DraftState:
        """One's own draft of a profile or the one thrown away last, the newest confirmed version, and who else has a draft of it."""
        row = self._draft_row(key) if self.archive.may("drafts.begin").allowed else None
        own, thrown = (_line(row), None) if row is not None and row.discarded_at is None else (None, _line(row) if row is not None else None)
        others = (ProfileDraft.select(ProfileDraft, Person).join(Person).where(
            (ProfileDraft.key == key) & (ProfileDraft.person != self.archive.person.id) & ProfileDraft.discarded_at.is_null()))
        waiting = (ProfileVersion.select(ProfileVersion, Person).join(Person, on=(ProfileVersion.author == Person.id)).where(
            (ProfileVersion.key == key) & ProfileVersion.seconded_at.is_null() & ProfileVersion.withdrawn_at.is_null()))
        told = [OtherDraft(one.person.name, one.base_version, one.kept_at, 0) for one in others]
        told += [OtherDraft(one.author.name, one.version - 1, one.at, one.version) for one in waiting]
        return DraftState(own, thrown, self._confirmed(key), tuple(told))

    @reading("drafts.begin")
    def draft_lowered(self, key: str, text: str) -> tuple[Lowering, ...]:
        """Where a text asks less than what one's own draft was copied from. Raises `Refusal` profile.damaged where it has mistakes."""
        return lowerings(self._base(key), parse_profile(text, profile(BASE)))

    @reading("drafts.begin")
    def drafts_open(self) -> list[DraftLine]:
        """All of one's own drafts, the one kept last first."""
        rows = ProfileDraft.select().where((ProfileDraft.person == self.archive.person.id) & ProfileDraft.discarded_at.is_null())
        return [_line(row) for row in rows.order_by(ProfileDraft.kept_at.desc())]

    def _read(self, key: str, text: str, number: int) -> Profile:
        mistakes = check(text)
        if mistakes:
            raise Refusal("rulebook.faulty", count=len(mistakes), first=str(mistakes[0]))
        read = parse_profile(text, profile(BASE))
        if read.key != key:
            raise Refusal("rulebook.other_profile", found=read.key, wanted=key)
        if read.version != number:
            raise Refusal("rulebook.version_expected", found=read.version, wanted=number)
        return read

    def _base(self, key: str) -> Profile:
        """What one's own draft was copied from; without one, the version in force."""
        row = self._draft_row(key)
        if row is None or row.discarded_at is not None:
            return self.archive.rules.current(key, self.archive.clock.now())
        return parse_profile(row.base_text, profile(BASE))

    def _draft_row(self, key: str) -> ProfileDraft | None:
        row: ProfileDraft | None = ProfileDraft.get_or_none((ProfileDraft.key == key) & (ProfileDraft.person == self.archive.person.id))
        return row

    def _own(self, key: str, revision: int | None = None) -> ProfileDraft:
        row = self._draft_row(key)
        if row is None or row.discarded_at is not None:
            raise Refusal("drafts.gone")
        if revision is not None and row.revision != revision:
            raise Refusal("drafts.elsewhere")
        return row


def _numbered(text: str, version: int) -> str:
    """The text under a number; as it is where its mistakes hide the number."""
    try:
        return next_text(text, version)
    except (Refusal, ValueError):
        return text


def _reason(reason: str, reasons: Mapping[str, str], read: Profile) -> str:
    """Why the version as a whole, then each rule by its article and title, in the order of the text."""
    known = {getattr(one, "id", "") or getattr(one, "key", ""): one for section in (*SECTIONS, "choice") for one in getattr(read, section)}
    named = {rule: f"{one.article}“{getattr(one, 'title', '') or getattr(one, 'question', '')}”" for rule, one in known.items()}
    told = [f"{named[rule].replace('“”', '')}：{reasons[rule].strip()}" for rule in named if reasons.get(rule, "").strip()]
    gone = [f"{rule}：{why.strip()}" for rule, why in sorted(reasons.items()) if why.strip() and rule not in named]
    return "；".join(filter(None, [reason.strip(), *told, *gone]))


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _written(reasons: Mapping[str, str]) -> str:
    return json.dumps({rule: why.strip() for rule, why in reasons.items() if why.strip()}, ensure_ascii=False, sort_keys=True)


def _line(row: Any) -> DraftLine:
    return DraftLine(row.key, row.base_version, row.base_text, row.seen, row.text, row.reason, json.loads(row.reasons), row.revision,
                     row.begun_at, row.kept_at)
