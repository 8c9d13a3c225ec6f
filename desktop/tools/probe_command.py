"""The command `probe`: what intake would find in any file, one JSON line each, in the order asked."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TextIO

from desktop.tools.probe_result import Probe
from desktop.tools.probing import probe_path
from desktop.tools.worker import TIMEOUT, Workers
from models.filenames import shown, storable

WELL, FINDINGS = 0, 1


def run(paths: Iterable[bytes], out: TextIO, workers: Workers, timeout: float = TIMEOUT) -> int:
    """Write one line of JSON for each path, as soon as it and those before it are known.

    A line holds `path` (exact, as `models.filenames.storable`), `shown`, and the facts of the file. Nothing that lies
    at a path ends the command. Returns 0 where every file is sound, 1 where one has findings.
    """
    code = WELL
    waiting: deque[tuple[bytes, Future[Probe]]] = deque()
    with ThreadPoolExecutor(workers.count) as lanes:
        for path in paths:
            waiting.append((path, lanes.submit(probe_path, workers, path, timeout)))
            if len(waiting) >= workers.count * 8:
                code |= _write(out, *waiting.popleft())
        while waiting:
            code |= _write(out, *waiting.popleft())
    return code


def _write(out: TextIO, path: bytes, coming: Future[Probe]) -> int:
    found = coming.result()
    line = {"path": storable(path), "shown": shown(path), "sound": found.sound, **found.to_json()}
    # ASCII only: a name that fools a terminal fools no reader of this line.
    out.write(json.dumps(line, ensure_ascii=True) + "\n")
    out.flush()
    return WELL if found.sound else FINDINGS
