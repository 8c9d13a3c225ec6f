"""An archive to sit down at: the training archive, and one case of many records."""

from __future__ import annotations

import os
import shutil
import sys
import wave
from pathlib import Path

THICK = "西财罚〔2026〕300号"


def prepare(root: Path, records: int) -> None:
    """Make it in `root`. In a process of its own: what is imported here would not be imported at the desk."""
    from desktop.cases import CaseDraft
    from desktop.demo.archive import make_training_archive
    from desktop.intake import deposit
    from desktop.jobs import Silent
    from desktop.opening import open_archive
    from models.secrecy import Label
    from models.terms import EnforcementKind

    if made := os.environ.get("LANTAI_BENCH_TRAINING"):
        shutil.copytree(made, root)
    else:
        make_training_archive(root)
    archive = open_archive(root)
    archive.people.sign_in("沈静宜", password_of("沈静宜"))
    case = archive.cases.create(CaseDraft(THICK, "一案三百件", EnforcementKind.PENALTY, started_on="2026-10-12"))
    source = small_files(root.parent / "thick", records, "厚")
    deposit(archive, [os.fsencode(source)], case, Label(), Silent())
    archive.close()
    shutil.rmtree(source)


def password_of(name: str) -> str:
    """The training password of a person."""
    from desktop.demo.people import training_people

    return next(p.password for p in training_people() if p.name == name)


def small_files(folder: Path, count: int, word: str) -> Path:
    """Small sounds, no two alike, and every fifth noise that calls itself a recording."""
    folder.mkdir()
    for number in range(count):
        name = f"{word}{number:04}"
        if number % 5 == 4:
            (folder / f"{name}.mp4").write_bytes(f"noise {name}".encode() * 90)
            continue
        with wave.open(str(folder / f"{name}.wav"), "wb") as out:
            out.setparams((1, 2, 8000, 0, "NONE", ""))
            out.writeframes(f"{name:>16}".encode() * 50)
    return folder


if __name__ == "__main__":
    prepare(Path(sys.argv[1]), int(sys.argv[2]))
