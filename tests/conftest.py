"""What every test shares: the agency, made once a run and copied for each test."""

from __future__ import annotations

import fcntl
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from desktop.archive import Archive
from desktop.i18n import set_language
from tests.office import copy_office, make_office, passwords_at_least_cost

HERE = Path(__file__).resolve().parent
# These take ten seconds and more each. They begin first: at the end one of them would be waited for alone.
LONG = ("faults/test_kill.py", "house/test_bench.py", "journeys/test_first_journey.py", "desktop/audit/test_audit_every_column.py",
        "faults/test_two_desks.py", "journeys/test_case_of_each_kind.py", "desktop/commands/test_commands.py")

settings.register_profile("shared", deadline=None)  # two cores are shared: a slow second is no fault
settings.load_profile("shared")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kill-rounds", type=int, default=200, help="how often tests/faults kills a working archive")
    parser.addoption("--kill-seed", type=int, default=20261121, help="the dice of those rounds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order = {HERE / name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: order.get(item.path, len(LONG)))


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


@pytest.fixture(scope="session")
def training_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The training archive as `demo` makes it: once a run, by whichever of its processes asks first. To be copied, not opened."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "training"
    place.mkdir(exist_ok=True)
    with open(place / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "whole").exists():
            subprocess.run([sys.executable, "-m", "desktop", "demo", str(place / "archive")], cwd=HERE.parent, check=True, capture_output=True)
            (place / "whole").touch()
    return place / "archive"


@pytest.fixture
def office(office_template: Path, tmp_path: Path) -> Iterator[Archive]:
    """The agency's archive, open, nobody signed in."""
    archive = copy_office(office_template, tmp_path / "archive")
    yield archive
    archive.close()
