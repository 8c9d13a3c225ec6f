"""One archive, and people who sit down at its desk one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from models.terms import ComponentId, GrantId, RequestId, Verb
from tests.views import office as o
from tests.views.walk import Desk
from views.approvals import ApprovalsPage
from views.bridge import Bridge
from views.ledger import LedgerPage
from views.player import PlayerPage

UNTIL = "2026-12-03T10:00:00.000000Z"
Sit = Callable[..., AbstractContextManager[Desk]]


class SilentPlayer(PlayerPage):
    """The page without a loudspeaker."""

    silent = True


PAGES = [ApprovalsPage, SilentPlayer, LedgerPage]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    out = o.office(tmp_path)
    yield out
    out.close()


@pytest.fixture
def sit(qtbot: QtBot, archive: Archive, bridge: Bridge) -> Sit:
    """`with sit("韩立") as desk:` lets a person sit down, and stand up at the end."""

    @contextmanager
    def one(name: str, size: tuple[int, int] = (1440, 900)) -> Iterator[Desk]:
        o.sign_in(archive, name)
        desk = Desk(qtbot, archive, bridge, size, PAGES)
        try:
            yield desk
        finally:
            desk.leave()

    return one


def component(archive: Archive, title: str = o.RECORDING) -> ComponentId:
    """The electronic file of a record, as the person who is signed in finds it."""
    records = archive.cases.look(o.case(archive)).records
    found: ComponentId = next(r for r in records if r.title == title).components[0].id
    return found


def ask(archive: Archive, title: str, verb: Verb = Verb.VIEW, spans: tuple[tuple[int, int], ...] = (), copies: int = 0) -> RequestId:
    """The officer asks."""
    o.sign_in(archive, o.OFFICER)
    return archive.approvals.create(RequestDraft((Asked(component(archive, title), spans),), verb, "核对原件", UNTIL, copies))


def grant(archive: Archive, request: RequestId) -> GrantId:
    """The leader approves without the page."""
    o.sign_in(archive, o.LEADER)
    digest = archive.approvals.digest(request)
    made = archive.approvals.decide(request, True, "", o.PASSWORD, digest.digest)
    assert made is not None
    return made


def entries(archive: Archive) -> list[tuple[str, str, str]]:
    """(person, act, outcome) of the whole ledger, oldest first."""
    rows = archive.database.another_connection().execute(
        "SELECT json_extract(leaf, '$.person'), json_extract(leaf, '$.act'), json_extract(leaf, '$.outcome') FROM ledger_entry ORDER BY seq")
    return [(str(p), str(a), str(x)) for p, a, x in rows]
