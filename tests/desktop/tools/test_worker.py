"""A worker is a prison: what breaks in it, breaks there; what it must not do, it cannot."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop.tools import wire
from desktop.tools.worker import Workers

linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls are Linux's")


def test_a_task_answers_with_facts_and_bytes(workers: Workers) -> None:
    facts, blob = workers.run("echo", b"footage", {"name": "现场", "n": 2})
    assert facts["args"] == {"name": "现场", "n": 2}
    assert facts["findings"] == []
    assert blob == b"footage"


def test_an_open_file_is_passed_read_only_and_keeps_its_position(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"0123456789")
    with open(path, "r+b", buffering=0) as f:
        f.seek(4)
        assert workers.run("echo", f.fileno())[1] == b"0123456789"
        assert f.tell() == 4
        assert workers.run("overwrite", f.fileno())[0]["refused"] == "OSError"
    assert path.read_bytes() == b"0123456789"


@pytest.mark.parametrize(
    ("task", "code"),
    [("crash", "crashed"), ("leave", "crashed"), ("babble", "crashed"), ("allocate", "out_of_memory"), ("burn", None)],
)
def test_whatever_a_task_does_ends_in_a_finding_and_a_fresh_worker(workers: Workers, task: str, code: str | None) -> None:
    facts, blob = workers.run(task, None, timeout=20)
    assert facts["findings"] == ([code] if code else facts["findings"])
    assert facts["findings"]
    assert blob == b""
    assert workers.run("echo", b"again")[1] == b"again"


def test_a_spinning_task_is_killed_at_its_time(workers: Workers) -> None:
    started = time.monotonic()
    assert workers.run("spin", None, timeout=0.5)[0]["findings"] == ["timed_out"]
    assert time.monotonic() - started < 10


def test_an_unknown_task_and_a_raising_task_are_findings(workers: Workers) -> None:
    facts, _ = workers.run("no such task", b"x")
    assert facts["findings"] == ["unreadable"]


@linux
def test_every_wall_stands_here(workers: Workers) -> None:
    walls = set(workers.walls())
    assert {"rlimits", "no_new_privs"} <= walls
    assert "seccomp" in walls, "without it children and sockets are open: this kernel should have it"


@linux
def test_no_connection_leaves_a_worker(workers: Workers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        facts, _ = workers.run("attempt", None, {"what": "connect", "port": server.getsockname()[1]})
        assert facts["refused"] is not None
        server.settimeout(0)
        with pytest.raises(BlockingIOError):
            server.accept()


@linux
@pytest.mark.parametrize("what", ["unix", "fork", "run"])
def test_no_socket_and_no_child(workers: Workers, what: str) -> None:
    assert workers.run("attempt", None, {"what": what})[0]["refused"] == "PermissionError"


@linux
def test_no_file_is_written(workers: Workers, tmp_path: Path) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"kept")
    for path in (tmp_path / "new", there):
        assert workers.run("attempt", None, {"what": "write", "path": str(path)})[0]["refused"] is not None
    assert there.read_bytes() == b"kept"
    assert not (tmp_path / "new").exists()


@linux
@pytest.mark.parametrize("what", ["truncate", "remove", "rename", "unlock"])
def test_no_file_is_changed_or_moved(workers: Workers, tmp_path: Path, what: str) -> None:
    there = tmp_path / "there"
    there.write_bytes(b"kept")
    before = there.stat()
    assert workers.run("attempt", None, {"what": what, "path": str(there)})[0]["refused"] == "PermissionError"
    assert there.read_bytes() == b"kept"
    assert there.stat().st_mode == before.st_mode


@linux
def test_files_of_others_are_out_of_reach(workers: Workers, tmp_path: Path) -> None:
    if "landlock" not in workers.walls():
        pytest.skip("this kernel has no Landlock")
    secret = tmp_path / "archive.db"
    secret.write_bytes(b"x")
    for path in (str(secret), f"/proc/{os.getpid()}/environ", f"/proc/{os.getpid()}/mem", "/etc/passwd"):
        assert workers.run("attempt", None, {"what": "read", "path": path})[0]["refused"] == "PermissionError"


@linux
def test_no_signal_reaches_the_parent(workers: Workers) -> None:
    assert workers.run("attempt", None, {"what": "kill", "pid": os.getpid()})[0]["refused"] == "PermissionError"


def test_threads_are_allowed_because_decoders_use_them(workers: Workers) -> None:
    assert workers.run("thread", None)[0]["done"] == 1


def test_the_environment_does_not_reach_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTAI_SECRET", "s")
    monkeypatch.setenv("LD_PRELOAD_NOT", "s")
    with Workers(1, modules=["tests.desktop.tools.tasks_hostile"]) as pool:
        assert pool.run("environment", None)[0]["names"] == ["LANG", "PATH"]


def test_many_threads_share_a_pool(workers: Workers) -> None:
    wrong: list[bytes] = []

    def ask(number: int) -> None:
        for turn in range(20):
            said = b"%d-%d" % (number, turn)
            if workers.run("echo", said)[1] != said:
                wrong.append(said)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_worker_is_kept_from_task_to_task() -> None:
    with Workers(1, modules=["tests.desktop.tools.tasks_hostile"]) as pool:
        first = pool.run("echo", b"")[0]["pid"]
        assert pool.run("echo", b"")[0]["pid"] == first
        pool.run("crash", None)
        assert pool.run("echo", b"")[0]["pid"] != first


def test_a_second_worker_starts_only_when_waiting_has_cost_as_much_as_a_start() -> None:
    with Workers(2, modules=["tests.desktop.tools.tasks_hostile"]) as pool:
        first = pool.run("echo", b"")[0]["pid"]
        assert {pool.run("echo", b"")[0]["pid"] for _ in range(5)} == {first}
        spinning = threading.Thread(target=pool.run, args=("spin", None, None, 60.0))  # until the pool is closed
        spinning.start()
        while pool._free.qsize():
            os.sched_yield()
        assert pool.run("echo", b"")[0]["pid"] != first
        assert spinning.is_alive()
    spinning.join()


def test_a_closed_pool_refuses_and_leaves_no_child() -> None:
    pool = Workers(1, modules=["tests.desktop.tools.tasks_hostile"])
    pid = pool.run("echo", b"")[0]["pid"]
    pool.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(RuntimeError):
        pool.run("echo", b"")


@pytest.mark.parametrize(
    "said",
    [b"", b"\0" * 5, b"\0\0\0\2\0\0\0\0\0\0\0\0[]", b"\0\0\0\2\0\0\0\0\0\0\0\0{x", b"\xff" * 12, b"\0\0\0\2\0\0\0\0\xff\0\0\0{}",
     b"\0\0\0\2\0\0\0\0\0\0\0\1{}!more"],
)
def test_what_a_worker_says_is_not_trusted(said: bytes) -> None:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            theirs.sendall(said)
        with pytest.raises(wire.Broken):
            wire.receive(ours, time.monotonic() + 5)
