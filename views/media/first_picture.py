"""Which picture a fresh session begins with: libVLC tells no exact time, so it is known by its mark, and before it nothing is shown."""

from __future__ import annotations

from collections.abc import Callable

from desktop.media.frames import Facts

_PATIENCE = 6  # pictures
_LATE = {"mpegts", "mp3", "mpeg", "aac"}  # containers without an index, which libVLC cannot begin where told: they are cut


def begins_exactly(facts: Facts | None) -> bool:
    """Whether libVLC begins a recording of this container where it is told to."""
    return facts is not None and not _LATE.intersection(facts.container.split(","))


class FirstPicture:
    """`begin` with each session, `expect` the marks of the pictures that it may begin with; `moment` asks of each that comes."""

    def __init__(self) -> None:
        self._expected: dict[int, int] | None = None
        self._unknown, self._exact = 0, True

    @property
    def expected(self) -> bool:
        """Whether it is known by now what may come."""
        return self._expected is not None

    def begin(self, exact: bool) -> None:
        """A fresh session; `exact` as of its container."""
        self._expected, self._unknown, self._exact = None, 0, exact

    def expect(self, marks: dict[int, int]) -> None:
        """The moments (microseconds) of the pictures that may come, by their marks."""
        self._expected = marks

    def moment(self, mark: int, by_count: Callable[[], int]) -> int | None:
        """The moment of a picture that was expected; None while it is not known.

        A decoder that is not exact to the bit is trusted after `_PATIENCE` pictures, if its container begins where told: the moment is then
        what `by_count` says.
        """
        if self._expected is None:
            return None
        us = self._expected.get(mark)
        if us is None:
            self._unknown += 1
            if self._unknown >= _PATIENCE and self._exact:
                us = by_count()
        return us
