"""The command probes thousands of hostile files in one call: one line each, in order, and it stands at the end."""

from __future__ import annotations

import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.tools import probe_command
from desktop.tools.probe_result import FINDINGS
from desktop.tools.worker import Workers
from models.filenames import given
from tests.desktop.hostile_names import HOSTILE_NAMES, plant
from tests.desktop.tools import samples

FUZZED = 400


def _lines(paths: list[bytes], workers: Workers, timeout: float = 20) -> tuple[int, list[dict[str, object]]]:
    out = io.StringIO()
    code = probe_command.run(paths, out, workers, timeout)
    text = out.getvalue()
    assert text.isascii()
    assert text.count("\n") == len(paths)
    return code, [json.loads(line) for line in text.splitlines()]


def test_every_hostile_name_gets_its_line_in_order(workers: Workers, tmp_path: Path) -> None:
    assert len(HOSTILE_NAMES) >= 150
    paths = plant(tmp_path, samples.wav(1))
    code, lines = _lines(paths, workers)
    assert [given(str(line["path"])) for line in lines] == paths
    assert all(line["kind"] == "audio" for line in lines)
    assert all(str(line["shown"]).isprintable() or "\u3000" in str(line["shown"]) for line in lines)
    assert code == probe_command.FINDINGS  # some of the names claim to be .mp4, .pdf, .jpg


def test_the_code_says_whether_all_is_well(workers: Workers, tmp_path: Path) -> None:
    good = tmp_path / "a.wav"
    good.write_bytes(samples.wav())
    assert _lines([os.fsencode(good)], workers)[0] == probe_command.WELL
    assert _lines([os.fsencode(good), b"/dev/null"], workers)[0] == probe_command.FINDINGS
    assert _lines([], workers) == (probe_command.WELL, [])


def _mutations(seed: int) -> Iterator[tuple[str, bytes]]:
    """Sound files with bytes flipped, stretches overwritten, moved, doubled and cut."""
    dice = random.Random(seed)
    whole = [
        (".mp4", samples.mp4(1, 320, 180)), (".mp4", samples.mp4(1, 320, 180, faststart=True)), (".mkv", samples.matroska()),
        (".jpg", samples.jpeg()), (".png", samples.png()), (".wav", samples.wav(1)), (".pdf", samples.pdf()),
        (".pdf", samples.acting_pdf("javascript")),
    ]  # fmt: skip
    for number in range(FUZZED):
        suffix, content = whole[number % len(whole)]
        broken = bytearray(content)
        for _ in range(dice.choice((1, 3, 10, 60))):
            # Structure stands at both ends of these formats; there a wrong byte hurts most.
            near = dice.choice((64, 1024, len(broken)))
            at = dice.randrange(min(near, len(broken)))
            at = at if dice.random() < 0.6 else len(broken) - 1 - at
            match dice.randrange(5):
                case 0:
                    broken[at] ^= 1 << dice.randrange(8)
                case 1:
                    broken[at] = dice.choice((0, 0x7F, 0x80, 0xFF))
                case 2:
                    broken[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\0\1"))
                case 3:
                    broken[at : at + dice.randrange(1, 200)] = dice.randbytes(dice.randrange(1, 200))
                case 4:
                    from_ = dice.randrange(len(broken))
                    broken[at:at] = broken[from_ : from_ + dice.randrange(1, 400)]
        yield suffix, bytes(broken[: dice.randrange(len(broken))] if dice.random() < 0.1 else broken)


@pytest.mark.parametrize("seed", [20261102])
def test_four_hundred_broken_files_end_in_four_hundred_results(workers: Workers, tmp_path: Path, seed: int) -> None:
    paths = []
    for number, (suffix, content) in enumerate(_mutations(seed)):
        path = tmp_path / f"{number:04}{suffix}"
        path.write_bytes(content)
        paths.append(os.fsencode(path))
    _code, lines = _lines(paths, workers, timeout=10)
    found = {code for line in lines for code in line["findings"]}  # type: ignore[attr-defined]  # JSON of our own making
    assert found <= FINDINGS
    assert {"truncated", "unreadable"} <= found
    assert sum(line["findings"] == [] for line in lines) < FUZZED
    assert workers.run("echo", b"alive")[1] == b"alive"
