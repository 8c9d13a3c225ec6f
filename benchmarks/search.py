"""The search box over a million rows of the encrypted archive, newest first: rare, medium and common words, all seen or a fifth hidden."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.table import Line, bench, load, scratch
from desktop import search_index
from desktop.archive import Archive
from desktop.opening import found
from desktop.people import Newcomer
from desktop.search_terms import terms_for_index
from models.secrecy import Clearance, Label

ROWS, ROUNDS, MOST_MS = 1_000_000, 60, 20.0
PASSWORD = "bench-password"
SEES_ALL, SEES_LESS = "沈静宜", "李建国"
COLUMNS = ("id", "kind", "source", "title", "text", "terms", "state", "trade", "privacy", "internal")
# What is sought, in how many rows of a million it stands, and what that is called.
WORDS = {"鸬鹚": (12, "rare"), "骑楼": (5_000, "medium"), "账簿": (100_000, "common"), "检查": (900_000, "everywhere")}
HAN = [chr(0x4E00 + i * 7) for i in range(2800)]


def measure(quick: bool = False) -> list[Line]:
    rows, rounds = (3_000, 10) if quick else (ROWS, ROUNDS)
    with scratch() as folder:
        people = [(Newcomer(SEES_ALL, "archivist", clearance=Clearance(0, True, True)), PASSWORD), (Newcomer(SEES_LESS, "archivist"), PASSWORD)]
        archive = found(folder / "archive", "bench", "xigang-finance", people, training=True).archive
        fill(archive, rows)
        lines = []
        for name, seen in ((SEES_ALL, ""), (SEES_LESS, ", a fifth hidden")):
            archive.people.sign_in(name, PASSWORD)
            for word, (_rate, called) in WORDS.items():
                spent, hits = _p95(archive, word, rounds)
                lines.append(Line(f"search {rows:,} rows, {called} word{seen}", "must, p95", spent, 0, MOST_MS, "ms", note=f"{hits} hits, {load()}"))
            archive.people.sign_out()
        archive.close()
    return lines


def rows_of(count: int, seed: int = 7) -> Iterator[tuple[object, ...]]:
    """Rows like those of records: forty characters of text, the sought words at their rates."""
    dice = random.Random(seed)
    for number in range(1, count + 1):
        sown = [word for word, (rate, _called) in WORDS.items() if dice.random() * 1e6 < rate]
        text = "，".join(["".join(dice.choices(HAN, k=16)), *sown])
        label = Label(privacy=dice.random() < 0.2)
        title = f"记录 {number}"
        words = [search_index._token(word) for word in terms_for_index(f"{title}\n{text}")]
        terms = " ".join([*words, "_krecord", search_index._label_term(label)])
        yield number, "record", f"record:{number}", title, text, terms, 0, 0, int(label.privacy), 1


def fill(archive: Archive, count: int) -> None:
    """Entries and their index, straight into the tables."""
    rows, connection = rows_of(count), archive.database.connection()
    entry = f"INSERT INTO search_entry ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    with archive.database.atomic("IMMEDIATE"):
        while batch := [row for row, _ in zip(rows, range(20_000), strict=False)]:
            connection.executemany(entry, batch)
            connection.executemany("INSERT INTO search_index (rowid, terms) VALUES (?, ?)", [(row[0], row[5]) for row in batch])


def _p95(archive: Archive, word: str, rounds: int) -> tuple[float, int]:
    """Milliseconds, and how many hits a page has; every second question is for the page after the last."""
    times, most = [], 0
    before = None
    for turn in range(rounds):
        began = time.perf_counter()
        page = archive.search.find(word, before=before if turn % 2 else None)
        times.append((time.perf_counter() - began) * 1000)
        before, most = page.next, max(most, len(page.hits))
    return sorted(times)[int(len(times) * 0.95)], most


if __name__ == "__main__":
    bench(measure)
