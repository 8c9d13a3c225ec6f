"""What the registers of requests and complaints have in common: days that can be, words that must be there, numbers given once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from desktop import clearance as narrowing
from desktop.acts import Service
from desktop.clock import stamp
from desktop.errors import Refusal
from desktop.policy.clocks import BEIJING
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.times import check_moments
from models.base import Base
from models.secrecy import Label

CLOSED = 200  # lines that are closed and stand in a register at first; of years there are many, and nothing is owed for them
_LAST = "\U0010ffff"  # sorts behind whatever a number goes on with


class RegisterDesk(Service):
    """The ground of both rooms' acts."""

    def _check_day(self, day: date, since: str = "") -> date:
        """Raises `Refusal` procedure.time_implausible, register.day_ahead, register.day_before (of what went before it, `since`)."""
        check_moments(self._now(), day=day)
        if day > self._today():
            raise Refusal("register.day_ahead", day=day.isoformat(), today=self._today().isoformat())
        if since and day.isoformat() < since:
            raise Refusal("register.day_before", day=day.isoformat(), since=since)
        return day

    def _check_about(self, first: date | None, last: date | None) -> None:
        """Raises `Refusal` procedure.time_implausible, register.about_backwards."""
        check_moments(self._now(), first=first, last=last)
        if first is not None and last is not None and last < first:
            raise Refusal("register.about_backwards", first=first.isoformat(), last=last.isoformat())

    def _check_words(self, **words: str) -> dict[str, str]:
        """The words without blanks around them. Raises `Refusal` register.words_missing where one is empty."""
        if not all(one.strip() for one in words.values()):
            raise Refusal("register.words_missing")
        return {name: one.strip() for name, one in words.items()}

    def _check_label(self, label: Label) -> Mapping[str, Any]:
        """State secrets do not enter an ordinary machine; nobody labels beyond what they may know. The label as columns."""
        if label.state:
            raise Refusal("cases.state_secret")
        if not self.archive.person.clearance.covers(label):
            raise Refusal("cases.beyond_clearance")
        return {"state": label.state, "trade": label.trade, "privacy": label.privacy, "internal": label.internal}

    def _check_word(self, section: str, key: str) -> str:
        """Raises `Refusal` procedure.unknown_word for a word that the vocabulary does not have."""
        words = vocabulary().keys(section)
        if key not in words:
            raise Refusal("procedure.unknown_word", word=key, known="、".join(term.title for term in words.values()))
        return key

    def _numbered(self, table: Any, given: str, word: str, year: int, row: Base | None = None) -> str:
        """The number that was given, or the next of its year. Raises `Refusal` register.number_taken."""
        number = given.strip()
        if number:
            other = table.get_or_none(table.number == number)
            if other is not None and (row is None or other.id != row.id):
                raise Refusal("register.number_taken", number=number)
            return number
        if row is not None:
            raise Refusal("register.words_missing")
        begins = f"{word}〔{year}〕"
        of_the_year = table.select(table.number).where(table.number.between(begins, begins + _LAST))
        made, taken = 1, {one.number for one in of_the_year}
        while (number := f"{begins}{made}号") in taken:
            made += 1
        return number

    def _lines(self, table: Any, closed: int, also: int | None) -> list[Any]:
        """The rows of a register that exist for the person: every open one, the newest `closed` of the others, and `also` in any case."""
        known = table.select().where(narrowing.within(table, self.archive.person.clearance)).order_by(table.received_on.desc(), table.id.desc())
        over = list(known.where(table.closed_on.is_null(False)).limit(closed))
        if also is not None and also not in {row.id for row in over}:
            over.extend(known.where((table.id == also) & table.closed_on.is_null(False)))
        return [*known.where(table.closed_on.is_null()), *over]

    def _signed(self) -> dict[str, Any]:
        """Who and when, of a new row."""
        return {"person": self.archive.person.id, "at": self._stamp()}

    def _stamp(self) -> str:
        return stamp(self._now())

    def _now(self) -> datetime:
        return self.archive.clock.now()

    def _today(self) -> date:
        return self._now().astimezone(BEIJING).date()
