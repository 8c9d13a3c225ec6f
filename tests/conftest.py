"""What every test shares: the agency, made once a run and copied for each test."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desktop.archive import Archive
from desktop.i18n import set_language
from tests.office import copy_office, make_office, passwords_at_least_cost

settings.register_profile("shared", deadline=None)  # two cores are shared: a slow second is no fault
settings.load_profile("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kill-rounds", type=int, default=200, help="how often tests/faults kills a working archive")
    parser.addoption("--kill-seed", type=int, default=20261121, help="the dice of those rounds")


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    """What is locked while a test file is read is locked at everyday cost; from the first test on at the least."""
    passwords_at_least_cost()


@pytest.fixture(autouse=True)
def _garbage_in_this_thread() -> Iterator[None]:
    """As in the program (views/collector.py): a lane that collected an earlier test's window would bring Qt down or stand still."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def _in_chinese() -> None:
    """As the program starts; a test that speaks English leaves it to no other."""
    set_language("zh_CN")


@pytest.fixture(scope="session")
def office_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("office") / "archive"
    make_office(root)
    return root


@pytest.fixture
def office(office_template: Path, tmp_path: Path) -> Iterator[Archive]:
    """The agency's archive, open, nobody signed in."""
    archive = copy_office(office_template, tmp_path / "archive")
    yield archive
    archive.close()
