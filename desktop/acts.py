"""The door: every act passes permission, clearance, approval, transaction, ledger and announcement, in this order."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import apsw
from peewee import PeeweeException

from desktop.errors import Cancelled, Refusal
from desktop.ledger.entry import Told
from models.terms import Outcome

if TYPE_CHECKING:
    from desktop.archive import Archive
    from desktop.database import ArchiveDatabase

F = TypeVar("F", bound=Callable[..., Any])
Subject = dict[str, int | str]
_PARTS_AT_ONCE = 64  # entries of one act that are written together


class Undeclared(TypeError):
    """A public method of a service is neither an act nor a reading: a mistake of the programmer, found when its class is made."""


class NestedAct(RuntimeError):
    """An act was begun inside an act: the inner refusal's entry would roll back with the outer."""


@dataclass(frozen=True)
class Declared:
    """How a public method of a service is declared to the door."""

    name: str
    writes: bool
    recorded: bool
    subject: Callable[..., Subject] | None
    check: str | None
    on_refusal: str | None
    signed_in: bool
    unwritten: bool = False


@dataclass
class Moment:
    """What the act under way has told of itself so far; becomes one ledger entry, or several where it breaks (`parts`)."""

    act: str
    subject: Subject
    facts: dict[str, Any] = field(default_factory=dict)
    marks: dict[tuple[str, int], None] = field(default_factory=dict)
    parts: list[Told] = field(default_factory=list)
    earlier: dict[tuple[str, int], None] = field(default_factory=dict)  # rows that its closed parts wrote

    def told(self, outcome: Outcome) -> Told:
        """What stands in its last entry."""
        return Told(self.act, outcome.value, self.subject, self.facts, self.marks)


def act(name: str, *, subject: Callable[..., Subject] | None = None, check: str | None = None, on_refusal: str | None = None,
        signed_in: bool = True, unwritten: bool = False) -> Callable[[F], F]:
    """Declare a method that changes or opens something.

    `subject` names from the arguments what is acted upon (case, record, component, request, person); `check` names a method
    of the service that must return before the transaction: a grant that covers the arguments, a password entered again;
    `on_refusal` names a method that may write in the transaction of the refusal's entry (a counter of wrong passwords);
    `unwritten` lets the act pass without an entry where the archive lies on a disk for reading: coming and going only.
    """
    return _declare(Declared(name, True, True, subject, check, on_refusal, signed_in, unwritten))


def reading(name: str, *, subject: Callable[..., Subject] | None = None, recorded: bool = False, signed_in: bool = True) -> Callable[[F], F]:
    """Declare a method that only reads; with `recorded`, the looking is itself an entry of the ledger."""
    return _declare(Declared(name, False, recorded, subject, None, None, signed_in))


def _declare(declared: Declared) -> Callable[[F], F]:
    def wrap(method: F) -> F:
        @functools.wraps(method)
        def through_the_door(self: Service, *args: Any, **kwargs: Any) -> Any:
            return self.archive.door.pass_through(self, declared, method, args, kwargs)

        through_the_door.declared = declared  # type: ignore[attr-defined] # the mark that `Service` looks for
        return through_the_door  # type: ignore[return-value] # same signature by functools.wraps
    return wrap


class Service:
    """A room's acts and readings. Its public methods are declared, or the class cannot be made."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, value in vars(cls).items():
            if not name.startswith("_") and callable(value) and not hasattr(value, "declared"):
                raise Undeclared(f"{cls.__name__}.{name} is neither an act nor a reading")

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def _note(self, **facts: Any) -> None:
        """Add facts to the entry of the act under way."""
        self.archive.door.moment.facts.update(facts)

    def _about(self, **subject: int | str) -> None:
        """Name what the act under way is about, where the arguments could not."""
        self.archive.door.moment.subject.update(subject)

    def _break(self, *, subject: Subject, **facts: Any) -> None:
        """Close the entry so far and begin the next: an act over many items writes one entry for each, in one transaction."""
        self.archive.door.break_entry(subject, facts)


class Door:
    """Lets acts pass one at a time, and writes what came of them."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._lock = threading.Lock()
        self._inside = threading.local()

    @property
    def moment(self) -> Moment:
        moment: Moment | None = getattr(self._inside, "moment", None)
        if moment is None:
            raise RuntimeError("no act is under way in this thread")
        return moment

    def pass_through(self, service: Service, declared: Declared, method: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Permission → clearance → approval → transaction → ledger → announcement."""
        if getattr(self._inside, "moment", None) is not None:
            if declared.writes or declared.recorded:
                raise NestedAct(declared.name)
            return method(service, *args, **kwargs)
        subject = dict(declared.subject(*args, **kwargs)) if declared.subject else {}
        if not declared.recorded:
            return self._read(declared, subject, lambda: method(service, *args, **kwargs))
        moment = Moment(declared.name, subject)
        try:
            self._permit(declared, subject)
            if declared.check:
                getattr(service, declared.check)(*args, **kwargs)
            write = self._without_entry if declared.unwritten and self.archive.database.read_only else self._write
            result = write(moment, lambda: method(service, *args, **kwargs))
        except Refusal as refusal:
            self._ended(moment, Outcome.REFUSED, refusal.code, self._on_refusal(service, declared, refusal, args, kwargs))
            raise
        except Cancelled:
            self._ended(moment, Outcome.CANCELLED, "", None)
            raise
        except (apsw.Error, PeeweeException) as e:
            trouble = _trouble(e)
            if trouble is None:
                self._ended(moment, Outcome.FAILED, type(e).__name__, None)
                raise
            raise trouble from e
        except Exception as e:
            self._ended(moment, Outcome.FAILED, type(e).__name__, None)
            raise
        self.archive.announce(declared.name, moment.subject)
        return result

    def break_entry(self, subject: Subject, facts: dict[str, Any]) -> None:
        moment = self.moment
        moment.parts.append(Told(moment.act, Outcome.DONE.value, {**moment.subject, **subject}, facts, dict(moment.marks)))
        moment.earlier.update(moment.marks)
        moment.marks.clear()
        if len(moment.parts) >= _PARTS_AT_ONCE:
            self.archive.write_entries(moment.parts)
            moment.parts.clear()

    def _permit(self, declared: Declared, subject: Subject) -> None:
        if declared.signed_in:
            self.archive.permit(declared.name)
        self.archive.clear(subject)

    def _read(self, declared: Declared, subject: Subject, body: Callable[[], Any]) -> Any:
        try:
            self._permit(declared, subject)
            return body()
        except (apsw.Error, PeeweeException) as e:
            trouble = _trouble(e)
            if trouble is None:
                raise
            raise trouble from e

    def _without_entry(self, moment: Moment, body: Callable[[], Any]) -> Any:
        with self._lock:
            self._inside.moment = moment
            try:
                return body()
            finally:
                self._inside.moment = None

    def _write(self, moment: Moment, body: Callable[[], Any]) -> Any:
        database: ArchiveDatabase = self.archive.database
        with self._lock:
            self._inside.moment = moment
            try:
                with database.writing() as marks:
                    moment.marks = marks
                    result = body()
                    self.archive.follow((*moment.earlier, *moment.marks))
                    self.archive.write_entries([*moment.parts, moment.told(Outcome.DONE)])
                return result
            finally:
                self._inside.moment = None

    def _on_refusal(self, service: Service, declared: Declared, refusal: Refusal, args: Any, kwargs: Any) -> Callable[[], None] | None:
        if declared.on_refusal is None:
            return None
        return functools.partial(getattr(service, declared.on_refusal), refusal, *args, **kwargs)

    def _ended(self, moment: Moment, outcome: Outcome, reason: str, also: Callable[[], None] | None) -> None:
        """Write how the act ended in a transaction of its own; a refusal that cannot be written is still a refusal."""
        ended = Moment(moment.act, moment.subject, {"reason": reason} if reason else {})
        with self._lock:
            self._inside.moment = ended
            try:
                with self.archive.database.writing() as marks:
                    ended.marks = marks
                    if also is not None:
                        also()
                    self.archive.write_entries([ended.told(outcome)])
            except (apsw.Error, PeeweeException) as e:
                if _trouble(e) is None:
                    raise
            finally:
                self._inside.moment = None


def _trouble(e: BaseException) -> Refusal | None:
    """The refusal for an error by which the disk or the database says no: then the act did not happen."""
    # peewee, and a table that SQLite builds on others, raise an exception of their own in the wake of that of SQLite.
    text = " ".join(f"{type(one).__name__} {one}" for one in (e, e.__context__) if one is not None).lower()
    if "full" in text:
        return Refusal("archive.full")
    if "readonly" in text or "read only" in text or "read-only" in text:
        return Refusal("archive.read_only")
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return Refusal("archive.damaged", path="archive.db")
    if "busy" in text or "locked" in text:
        return Refusal("archive.busy")
    if "ioerror" in text or "disk i/o" in text or "unable to open" in text:
        return Refusal("archive.disk")
    return None
