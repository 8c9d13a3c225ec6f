"""People, their roles, clearances and keys; signing in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from desktop.acts import Service, act, reading
from desktop.clock import moment, stamp
from desktop.errors import Refusal
from desktop.header import note_files
from desktop.i18n import _
from desktop.roles import roles
from desktop.rotation import mark_due
from desktop.signatures import give_up_key
from desktop.vault.keys import CompartmentKeys, PersonKeys, seal
from models.base import Fact, SchemaStep
from models.people import Compartment, CompartmentKey, Desk, Person
from models.secrecy import Clearance
from models.terms import PersonId

if TYPE_CHECKING:
    from desktop.archive import Archive, Session

COMPARTMENTS = ("open", "privacy", "trade", "state")
ATTEMPTS = 5
LOCKED_FOR = timedelta(minutes=15)
SHORTEST_PASSWORD = 8


@dataclass(frozen=True)
class Newcomer:
    """Who an account is to be made for."""

    name: str
    role: str
    post: str = ""
    certificate: str = ""
    clearance: Clearance = Clearance()


@dataclass(frozen=True)
class PersonLine:
    """One person as the list shows them."""

    id: PersonId
    name: str
    role: str
    role_title: str
    post: str
    certificate: str
    clearance: Clearance
    active: bool
    locked: bool
    entrusted: bool


class People(Service):
    """Accounts. The system administrator makes them, the security administrator clears them, the leader entrusts keys."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(archive)
        self._unlocked: dict[str, PersonKeys] = {}  # between the password's check and the act that uses it

    @act("people.found", signed_in=False)
    def found(self, people: list[tuple[Newcomer, str]], recovery_public: bytes, facts: Mapping[str, str] | None = None,
              one_time: bool = False) -> None:
        """Write the first people, the compartments, this desk and the facts of a new archive; possible once.

        With `one_time` the first passwords were made by the program, and each person must change theirs.
        """
        if Person.select().exists():
            raise Refusal("archive.exists", path=str(self.archive.paths.root))
        now = stamp(self.archive.clock.now())
        head = self.archive.header
        Desk.create(name=self.archive.desk_name, ed25519_public=self.archive.desk.public(), created_at=now)
        for name, value in (("archive_id", head.archive_id), ("recovery_public", recovery_public.hex()), *(facts or {}).items()):
            Fact.create(name=name, value=value)
        note_files(self.archive.paths)
        SchemaStep.update(name=SchemaStep.name).execute()  # the tables were made before any act: this one answers for their history
        compartments = {name: CompartmentKeys.make() for name in COMPARTMENTS}
        for name, keys in compartments.items():
            row = Compartment.create(name=name, public=keys.public)
            CompartmentKey.create(compartment=row, person=None, sealed=seal(recovery_public, keys.to_bytes(), compartment_info(name)))
        for newcomer, password in people:
            person = self._add(newcomer, password, must_change=one_time)
            if newcomer.role == "leader":
                entrust_compartments(person, compartments)

    @act("people.create", subject=lambda newcomer, password: {})
    def create(self, newcomer: Newcomer, password: str) -> PersonId:
        """Make an account. The administrator hands over a first password, which the person must change."""
        person = self._add(newcomer, password, must_change=True)
        self._about(person=person.id)
        self._note(name=newcomer.name, role=newcomer.role)
        return PersonId(person.id)

    @act("people.sign_in", subject=lambda name, password: {}, check="_check_password", on_refusal="_count_failure", signed_in=False,
         unwritten=True)
    def sign_in(self, name: str, password: str) -> Session:
        """Open a session. Raises `Refusal`: sign_in.wrong, sign_in.locked (after five wrong passwords, for fifteen minutes).

        On a disk for reading nothing can be recorded: one may sign in and read the lists there, and nothing that asks for an entry.
        """
        person = Person.get(Person.name == name)
        if (person.failed_attempts or person.locked_until) and not self.archive.database.read_only:
            Person.update(failed_attempts=0, locked_until=None).where(Person.id == person.id).execute()
        session = self._session(person, self._unlocked.pop(name))
        self.archive.begin_session(session)
        self._about(person=person.id)
        return session

    @act("people.sign_out", signed_in=False, unwritten=True)
    def sign_out(self) -> None:
        """End the session; the entry still names the person."""
        if self.archive.session is not None:
            self._about(person=self.archive.session.id)

    @act("people.password", subject=lambda old, new: {}, check="_check_change")
    def change_password(self, old: str, new: str) -> None:
        """Seal the person's keys under a new password; the keys themselves stay. Raises password.wrong, password.weak."""
        me = self.archive.person
        Person.update(locked_keys=me.keys.lock(new), must_change=False).where(Person.id == me.id).execute()
        self._about(person=me.id)

    @act("people.reset", subject=lambda person_id, password: {"person": person_id})
    def reset(self, person_id: PersonId, password: str) -> None:
        """New keys under a new first password: what was granted to the old keys must be approved, and entrusted, anew; what was signed stands."""
        _strong(password)
        person = _known(person_id)
        give_up_key(person, stamp(self.archive.clock.now()))
        keys = PersonKeys.make()
        public = keys.public()
        Person.update(hpke_public=public.hpke, ed25519_public=public.ed25519, locked_keys=keys.lock(password), must_change=True,
                      failed_attempts=0, locked_until=None).where(Person.id == person.id).execute()
        mark_due(person.id, person.name)
        CompartmentKey.delete().where(CompartmentKey.person == person.id).execute()

    @act("people.clear", subject=lambda person_id, clearance, password: {"person": person_id}, check="_confirm_clear")
    def clear(self, person_id: PersonId, clearance: Clearance, password: str) -> None:
        """Set what a person may know of; the security administrator's password is asked again.

        What goes beyond it is taken away at once: keys of compartments, and grants on things that do not exist for them any more.
        """
        if person_id == self.archive.person.id:
            raise Refusal("people.self")
        person = _known(person_id)
        Person.update(clear_state=clearance.state, clear_trade=clearance.trade, clear_privacy=clearance.privacy
                      ).where(Person.id == person.id).execute()
        self._note(state=clearance.state, trade=clearance.trade, privacy=clearance.privacy)
        allowed = _allowed(clearance)
        mark_due(person.id, person.name, but=[name for name in COMPARTMENTS if allowed[name]])
        beyond = [row.id for row in Compartment.select() if not allowed[row.name]]
        CompartmentKey.delete().where((CompartmentKey.person == person.id) & (CompartmentKey.compartment << beyond)).execute()
        from desktop.resealing import live_grants_of, revoke_unfit  # here, because the sign-in page has nothing for it

        revoked = revoke_unfit(self.archive, live_grants_of(self.archive, person.id), _("The clearance no longer covers it"))
        if revoked:
            self._note(grants_revoked=revoked)

    @act("people.entrust", subject=lambda person_id, password: {"person": person_id}, check="_confirm_entrust")
    def entrust(self, person_id: PersonId, password: str) -> None:
        """Hand the keys of the compartments to another leader, within that leader's clearance."""
        person = _known(person_id)
        if person.role != "leader":
            raise Refusal("people.not_leader")
        CompartmentKey.delete().where(CompartmentKey.person == person.id).execute()
        entrust_compartments(person, self.archive.person.compartments)

    @act("people.unlock", subject=lambda person_id: {"person": person_id})
    def unlock(self, person_id: PersonId) -> None:
        """Let somebody try again who entered too many wrong passwords."""
        Person.update(failed_attempts=0, locked_until=None).where(Person.id == _known(person_id).id).execute()

    @act("people.close", subject=lambda person_id: {"person": person_id})
    def close(self, person_id: PersonId) -> None:
        """Close an account: its keys go, what it did stays."""
        if person_id == self.archive.person.id:
            raise Refusal("people.self")
        person = _known(person_id)
        mark_due(person.id, person.name)
        CompartmentKey.delete().where(CompartmentKey.person == person.id).execute()
        Person.update(active=False).where(Person.id == person.id).execute()

    @reading("people.names", signed_in=False)
    def names(self) -> list[tuple[str, str]]:
        """Active people and their role titles, as the sign-in page offers them."""
        found = Person.select(Person.name, Person.role).where(Person.active == True).order_by(Person.id)  # noqa: E712 - SQL
        return [(p.name, roles()[p.role].title) for p in found]

    @reading("people.read")
    def everybody(self) -> list[PersonLine]:
        """All accounts, closed ones last."""
        now = self.archive.clock.now()
        held = {k.person_id for k in CompartmentKey.select(CompartmentKey.person)}
        return [PersonLine(PersonId(p.id), p.name, p.role, roles()[p.role].title, p.post, p.certificate, p.clearance, p.active,
                           bool(p.locked_until and moment(p.locked_until) > now), p.id in held)
                for p in Person.select().order_by(Person.active.desc(), Person.id)]

    @reading("people.confirm", signed_in=False)
    def confirm(self, password: str) -> None:
        """Ask the signed-in person's password again. Raises password.wrong."""
        PersonKeys.unlock(Person.get_by_id(self.archive.person.id).locked_keys, password)

    @reading("people.must_change", signed_in=False)
    def must_change(self) -> bool:
        """Whether the signed-in person still has a first password that somebody else knows."""
        return bool(Person.get_by_id(self.archive.person.id).must_change)

    # The door asks these before the transaction, because Argon2id takes its time.
    def _check_password(self, name: str, password: str) -> None:
        person = Person.get_or_none((Person.name == name) & (Person.active == True))  # noqa: E712 - SQL
        if person is None:
            raise Refusal("sign_in.wrong", left=ATTEMPTS)
        if person.locked_until and moment(person.locked_until) > self.archive.clock.now():
            raise Refusal("sign_in.locked", until=person.locked_until)
        try:
            self._unlocked[name] = PersonKeys.unlock(person.locked_keys, password)
        except Refusal as wrong:
            raise Refusal("sign_in.wrong", left=max(ATTEMPTS - 1 - person.failed_attempts, 0)) from wrong

    def _count_failure(self, refusal: Refusal, name: str, password: str) -> None:
        self._note(name=name)
        person = Person.get_or_none(Person.name == name)
        if person is None or refusal.code != "sign_in.wrong":
            return
        self._about(person=person.id)
        failed = person.failed_attempts + 1
        until = stamp(self.archive.clock.now() + LOCKED_FOR) if failed >= ATTEMPTS else None
        Person.update(failed_attempts=0 if until else failed, locked_until=until).where(Person.id == person.id).execute()

    def _check_change(self, old: str, new: str) -> None:
        _strong(new)
        self.confirm(old)

    def _confirm_clear(self, person_id: PersonId, clearance: Clearance, password: str) -> None:
        self.confirm(password)

    def _confirm_entrust(self, person_id: PersonId, password: str) -> None:
        self.confirm(password)

    def _session(self, person: Person, keys: PersonKeys) -> Session:
        from desktop.archive import Session

        compartments = {}
        for held in CompartmentKey.select(CompartmentKey, Compartment).join(Compartment).where(CompartmentKey.person == person.id):
            name = held.compartment.name
            compartments[name] = CompartmentKeys.from_bytes(keys.open(held.sealed, compartment_info(name)))
        return Session(PersonId(person.id), person.name, person.role, person.post, person.clearance, keys, compartments)

    def _add(self, newcomer: Newcomer, password: str, must_change: bool = False) -> Person:
        name = newcomer.name.strip()
        if not name or newcomer.role not in roles():
            raise Refusal("people.incomplete")
        if Person.select().where(Person.name == name).exists():
            raise Refusal("people.name_taken", name=name)
        _strong(password)
        keys = PersonKeys.make()
        public = keys.public()
        row: Person = Person.create(
            name=name, role=newcomer.role, post=newcomer.post, certificate=newcomer.certificate, clear_state=newcomer.clearance.state,
            clear_trade=newcomer.clearance.trade, clear_privacy=newcomer.clearance.privacy, hpke_public=public.hpke,
            ed25519_public=public.ed25519, locked_keys=keys.lock(password), must_change=must_change,
            created_at=stamp(self.archive.clock.now()))
        return row


def _known(person_id: PersonId) -> Person:
    person: Person | None = Person.get_or_none(Person.id == person_id)
    if person is None:
        raise Refusal("not_found")
    return person


def _strong(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise Refusal("password.weak", shortest=SHORTEST_PASSWORD)


def entrust_compartments(person: Person, compartments: dict[str, CompartmentKeys]) -> None:
    """Seal the compartments to a person, as far as their clearance goes."""
    allowed = _allowed(person.clearance)
    for row in Compartment.select():
        if allowed[row.name] and row.name in compartments:
            CompartmentKey.create(compartment=row, person=person,
                                  sealed=seal(person.hpke_public, compartments[row.name].to_bytes(), compartment_info(row.name)))


def _allowed(clearance: Clearance) -> dict[str, bool]:
    """Which compartments may be held within a clearance."""
    return {"open": True, "privacy": clearance.privacy, "trade": clearance.trade, "state": clearance.state > 0}


def compartment_info(compartment: str) -> bytes:
    """What a compartment's sealed private half is bound to (FORMAT.md)."""
    return f"lantai/compartment/{compartment}".encode()
