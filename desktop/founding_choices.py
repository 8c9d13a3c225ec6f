"""What somebody who founds an archive chooses among: regulations in words, and the people who come first."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop import founding, i18n
from desktop.clock import Clock, SystemClock
from desktop.errors import on_failure
from desktop.founding import NEEDED, Plan, Prepared
from desktop.founding_draft import FounderDraft
from desktop.jobs import Progress
from desktop.paths import RESOURCES
from desktop.people import Newcomer
from desktop.policy.profile import asks_province, profile, profile_names
from desktop.policy.vocabulary import vocabulary
from desktop.recovery_paper import one_time_password, password_slips, recovery_pdf
from desktop.roles import roles
from models.secrecy import Clearance

ALSO = ("archivist", "officer", "clerk", "reviewer")
"""Roles that may wait for Settings."""


@dataclass(frozen=True)
class Regulation:
    """One regulation as it is offered: for which agencies it was made, and which kinds of enforcement it knows."""

    key: str
    title: str
    agencies: str
    kinds: tuple[str, ...]
    asks_province: bool


@dataclass(frozen=True)
class FirstPassword:
    """What is handed over to one of the first people, once."""

    name: str
    role: str
    password: str


def regulations() -> list[Regulation]:
    """All regulations, in the order of their keys."""
    words = vocabulary()
    return [Regulation(key, (rule := profile(key)).title, _agencies().get(key, {}).get(_tongue(), rule.issuer),
                       tuple(words.title("kind", kind) for kind in rule.kinds), asks_province(key)) for key in profile_names()]


def wanted_roles() -> list[tuple[str, str, bool]]:
    """(role, its title, whether an archive cannot be without it), in the order in which they are asked."""
    return [(name, roles()[name].title, name in NEEDED) for name in (*NEEDED, *ALSO)]


def first_people(draft: FounderDraft) -> list[tuple[Newcomer, str]]:
    """The first people with passwords made for them. A leader may know of trade secrets and privacy; the others are cleared later."""
    people = [(name.strip(), role) for name, role in draft.people if name.strip()]
    return [(Newcomer(name, role, clearance=Clearance(0, role == "leader", role == "leader")), one_time_password()) for name, role in people]


@dataclass(frozen=True)
class Made:
    """An archive that waits for its sheet to be proven, and the papers that go with it, in memory only."""

    prepared: Prepared
    people: list[FirstPassword] = field(repr=False)
    slips: bytes = field(repr=False)
    sheets: bytes = field(repr=False)


def prepare(draft: FounderDraft, passphrase: str | None, progress: Progress, clock: Clock | None = None) -> Made:
    """Make the archive that the draft describes, hidden until its sheets are proven. Raises what `founding.prepare` raises."""
    progress.begin(2)
    people = first_people(draft)
    plan = Plan(Path(draft.folder).expanduser(), draft.name.strip(), draft.profile, people, passphrase, desk=desk_name(draft.desk),
                agency=draft.agency, province=draft.province if asks_province(draft.profile) else "", one_time=True, shared=draft.shared)
    prepared = founding.prepare(plan, clock or SystemClock())
    with on_failure(prepared.discard):
        progress.step()
        handed = [FirstPassword(person.name, roles()[person.role].title, secret) for person, secret in people]
        slips = password_slips(plan.name, [(one.name, one.role, one.password) for one in handed], (clock or SystemClock()).now())
        made = Made(prepared, handed, slips, recovery_pdf(prepared.sheets))
        progress.step()
    return made


def desk_name(typed: str) -> str:
    """A desk's name as it can be the name of a file: letters, figures, hyphens; at most forty."""
    return "".join(c if c.isalnum() or c in "-_" else "-" for c in typed.strip())[:40]


def twice(names: Sequence[str]) -> str:
    """The first name that stands twice: one person holds one role."""
    known: set[str] = set()
    for name in (one.strip() for one in names):
        if name and name in known:
            return name
        known.add(name)
    return ""


@functools.cache
def _agencies() -> dict[str, dict[str, str]]:
    with open(RESOURCES / "agencies.toml", "rb") as f:
        return tomllib.load(f)


def _tongue() -> str:
    return "zh" if i18n.language() == "zh_CN" else "en"
