"""One pool of workers for the tests of this room; those that break workers do not mind sharing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop.tools.worker import Workers


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(2, modules=["tests.desktop.tools.tasks_hostile"]) as pool:
        yield pool
