"""The archive, opened: its database, vault and ledger, the rooms, and the person who is signed in."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from desktop import clearance
from desktop.acts import Door, Subject
from desktop.clock import Clock
from desktop.database import ArchiveDatabase
from desktop.errors import Refusal
from desktop.grants import Leases
from desktop.header import Header
from desktop.i18n import sentence
from desktop.ledger.entry import Told
from desktop.paths import RESOURCES, ArchivePaths
from desktop.people import People
from desktop.record_keeping import RecordKeeper
from desktop.roles import Verdict, roles
from desktop.vault.desk import DeskKeys
from desktop.vault.intents import IntendingBackend
from desktop.vault.keys import CompartmentKeys, PersonKeys
from models.ledger import LedgerTree
from models.secrecy import Clearance
from models.terms import PersonId

if TYPE_CHECKING:
    from desktop.approvals import Approvals
    from desktop.audit.room import Audit
    from desktop.cases import Cases
    from desktop.complaints import Complaints
    from desktop.disclosure import Disclosures
    from desktop.intake.room import Intake
    from desktop.keyroom import Keyroom
    from desktop.media.room import Media
    from desktop.procedure import Procedure
    from desktop.registers import Registry
    from desktop.reports.room import Reports
    from desktop.rulebook import Rulebook
    from desktop.rules_in_force import RulesInForce
    from desktop.scoring import Scorings
    from desktop.search import Search
    from desktop.standing import Standing
    from desktop.statistics.room import Statistics
    from desktop.today import Today
    from desktop.tools.worker import Workers
    from desktop.trial import Trial

# Tables whose rows the clocks of a case rest on.
FOLLOWED = frozenset(("case_folder", "field_change", "component", "case_activity", "paper_facts", "footage_facts", "statement", "limit_override",
                      "limit_extension", "limit_suspension", "case_ending", "object_timeline"))


@dataclass(frozen=True)
class LedgerState:
    """How far the ledger has been verified at this desk."""

    size: int
    checked_to: int
    checked_at: datetime | None
    sound: bool


@dataclass(frozen=True)
class Session:
    """The person who is signed in at this desk, with their keys in memory."""

    id: PersonId
    name: str
    role: str
    post: str
    clearance: Clearance
    keys: PersonKeys = field(repr=False)
    compartments: dict[str, CompartmentKeys] = field(default_factory=dict, repr=False)
    looked: set[int] = field(default_factory=set)  # case folders whose opening is in the ledger

    @property
    def role_title(self) -> str:
        return roles()[self.role].title


class Archive:
    """Owns the rooms. Pages, commands and tests speak to `archive.<room>`; every method there passes the door."""

    def __init__(self, paths: ArchivePaths, head: Header, database: ArchiveDatabase, desk_name: str, desk: DeskKeys, clock: Clock) -> None:
        self.paths, self.header, self.database, self.clock = paths, head, database, clock
        self.desk_name, self.desk = desk_name, desk
        self.vault = IntendingBackend(paths.vault)
        self.session: Session | None = None
        self.keeper = RecordKeeper(database, head.archive_id, desk_name, desk, clock)
        self.door = Door(self)
        self.leases = Leases(self)
        self.verified: tuple[int, datetime | None, bool] = (0, None, True)
        self._listeners: list[Callable[[str, Subject], None]] = []
        self.people = People(self)

    # The rooms. All but that of people are imported when first entered: the sign-in page would wait a third of its time for them.
    @functools.cached_property
    def cases(self) -> Cases:
        from desktop.cases import Cases

        return Cases(self)

    @functools.cached_property
    def intake(self) -> Intake:
        from desktop.intake.room import Intake

        return Intake(self)

    @functools.cached_property
    def approvals(self) -> Approvals:
        from desktop.approvals import Approvals

        return Approvals(self)

    @functools.cached_property
    def media(self) -> Media:
        from desktop.media.room import Media

        return Media(self)

    @functools.cached_property
    def keyroom(self) -> Keyroom:
        from desktop.keyroom import Keyroom

        return Keyroom(self)

    @functools.cached_property
    def search(self) -> Search:
        from desktop.search import Search

        return Search(self)

    @functools.cached_property
    def audit(self) -> Audit:
        from desktop.audit.room import Audit

        return Audit(self)

    @functools.cached_property
    def today(self) -> Today:
        from desktop.today import Today

        return Today(self)

    @functools.cached_property
    def procedure(self) -> Procedure:
        from desktop.procedure import Procedure

        return Procedure(self)

    @functools.cached_property
    def rulebook(self) -> Rulebook:
        from desktop.rulebook import Rulebook

        return Rulebook(self)

    @functools.cached_property
    def disclosure(self) -> Disclosures:
        from desktop.disclosure import Disclosures

        return Disclosures(self)

    @functools.cached_property
    def complaints(self) -> Complaints:
        from desktop.complaints import Complaints

        return Complaints(self)

    @functools.cached_property
    def trial(self) -> Trial:
        from desktop.trial import Trial

        return Trial(self)

    @functools.cached_property
    def registers(self) -> Registry:
        from desktop.registers import Registry

        return Registry(self)

    @functools.cached_property
    def scoring(self) -> Scorings:
        from desktop.scoring import Scorings

        return Scorings(self)

    @functools.cached_property
    def reports(self) -> Reports:
        from desktop.reports.room import Reports

        return Reports(self)

    @functools.cached_property
    def statistics(self) -> Statistics:
        from desktop.statistics.room import Statistics

        return Statistics(self)

    @functools.cached_property
    def standing(self) -> Standing:
        from desktop.standing import Standing

        return Standing(self)

    # What pages ask
    @property
    def name(self) -> str:
        return self.header.name

    @property
    def person(self) -> Session:
        """Who is signed in. Raises `Refusal` session.none when nobody is."""
        if self.session is None:
            raise Refusal("session.none")
        return self.session

    def may(self, act: str, **subject: int | str) -> Verdict:
        """Whether the person may do this now, by the same code as the door."""
        try:
            self.permit(act)
            self.clear(subject)
        except Refusal as refusal:
            return Verdict(False, sentence(refusal.code, **refusal.facts))
        return Verdict(True)

    def listen(self, listener: Callable[[str, Subject], None]) -> Callable[[], None]:
        """Hear every act after its commit; the returned callable ends it. Called in the thread of the act."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    @property
    def profile_title(self) -> str:
        """The regulation in force, by its full title."""
        head = (RESOURCES / "policy" / f"{self.header.profile}.toml").read_text(encoding="utf-8").split("\n[", 1)[0]
        title: str = tomllib.loads(head)["title"]  # of its head alone: the sign-in page says it, and need not wait for all the rules
        return title

    def ledger_state(self) -> LedgerState:
        """How long the ledger is, and how far this desk has verified it since it was opened."""
        size = LedgerTree.select(LedgerTree.size).where(LedgerTree.id == 1).scalar() or 0
        return LedgerState(int(size), *self.verified)

    def free_space(self) -> int:
        """Bytes free where the vault lies."""
        return self.vault.free_space() or 0

    @functools.cached_property
    def workers(self) -> Workers:
        """The limited processes that draw what came from outside; started when first needed."""
        from desktop.tools.worker import Workers

        return Workers(1)

    # What the door asks
    def permit(self, act: str) -> None:
        """Raises `Refusal` permission.denied unless the person's role holds the act."""
        if act not in roles()[self.person.role].acts:
            raise Refusal("permission.denied", role=self.person.role_title)

    def clear(self, subject: Subject) -> None:
        """Raises `Refusal` not_found for what does not exist, or does not exist for this person: the two read the same."""
        if self.session is None:
            return
        for kind, exists in clearance.EXISTS.items():
            if kind in subject and not exists(int(subject[kind]), self.session.clearance):
                raise Refusal("not_found")

    @functools.cached_property
    def rules(self) -> RulesInForce:
        """Which version of which rules holds."""
        from desktop.rules_in_force import RulesInForce

        return RulesInForce(self.database)

    def follow(self, marks: Sequence[tuple[str, int]]) -> None:
        """Bring up to date what follows from the rows that an act wrote, in its own transaction: the clocks of their cases.

        The rows tell it, not the room that wrote them, so that no act can forget it.
        """
        self._follow_requests(marks)
        if not any(table in FOLLOWED for table, _ in marks):
            return
        from desktop.procedure.clock_rows import bring_up_to_date, touched

        changed = touched(self.database.connection(), marks)
        if changed:
            bring_up_to_date(self, changed)

    def _follow_requests(self, marks: Sequence[tuple[str, int]]) -> None:
        """As `follow`, for the limits of requests for information."""
        if not any(table in ("disclosure_request", "disclosure_step") for table, _ in marks):
            return
        from desktop.disclosure.reckoning import bring_up_to_date, touched

        bring_up_to_date(self, touched(self.database.connection(), marks))

    def write_entries(self, told: Sequence[Told]) -> None:
        session = self.session
        self.keeper.write_all(session.name if session else "", session.role if session else "", told)

    def announce(self, act: str, subject: Subject) -> None:
        for listener in list(self._listeners):
            listener(act, subject)

    # Sessions
    def begin_session(self, session: Session) -> None:
        self.session = session

    def lock(self) -> None:
        """Forget the person and their keys; open players lose their lease at the next segment."""
        self.session = None
        self.announce("session.locked", {})

    def close(self) -> None:
        """Leave: forget the person, close the files."""
        self.session = None
        if "workers" in vars(self):
            self.workers.close()
        self.leases.close()
        self.database.close()

    @property
    def training(self) -> bool:
        return self.header.training
