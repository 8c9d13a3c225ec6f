"""The register of what a worker can do: each task takes an open file and arguments, and answers with facts and bytes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Answer = tuple[dict[str, Any], bytes]
Task = Callable[[int, dict[str, Any]], Answer]

TASK_MODULES = ("desktop.tools.tasks_probe", "desktop.tools.tasks_pages", "desktop.tools.tasks_sheets")
_tasks: dict[str, Task] = {}


def task(name: str) -> Callable[[Task], Task]:
    """Enter a function as the task `name`; it gets a readable file descriptor (or -1) and its arguments."""

    def enter(function: Task) -> Task:
        _tasks[name] = function
        return function

    return enter


def task_named(name: str) -> Task:
    """The task of that name. Raises KeyError when no module entered one."""
    return _tasks[name]
