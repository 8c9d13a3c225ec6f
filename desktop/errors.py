"""Refusals: every "no" of the archive, with a stable code and the facts that its sentence names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


class Refusal(Exception):
    """The archive says no.

    `code` is stable and names a sentence in `resources/messages.toml`; `facts` fill the sentence's braces.
    A refusal is not a bug: it is shown to the person in their own words and, at the door, written to the ledger.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        from desktop.i18n import sentence

        return sentence(self.code, **self.facts)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.code, self.facts))


def _rebuild(code: str, facts: dict[str, object]) -> Refusal:
    return Refusal(code, **facts)


class Cancelled(Exception):
    """The person asked a running job to stop; what was admitted until then stays."""


@contextmanager
def on_failure(undo: Callable[[], object]) -> Iterator[None]:
    """Call `undo` where what is inside ends in an exception of any kind, also when it is stopped at the keyboard."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()
