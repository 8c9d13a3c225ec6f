"""Inside the worker: the log of a recorder, read by the first layout that fits; a fault is told with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from desktop.tools.log_layouts import Layout, folded, layouts
from desktop.tools.probe_result import EVENTS_MOST

SIZE_MOST = 16 << 20
_LINE_MOST = 4096
_SHOWN = 60
_OFFICE = timezone(timedelta(hours=8))
_YEARS = range(2005, 2100)  # before that no recorder was sold; later the clock was never set


class Faulty(Exception):
    """The text is in this layout, but this line is wrong: `code` says why, `given` what stands there."""

    def __init__(self, line: int, code: str, given: str) -> None:
        super().__init__(code)
        self.line, self.code, self.given = line, code, given[:_SHOWN]


def read_log(content: bytes) -> dict[str, Any]:
    """The log as facts of a probe: `log_layout`, `log` as (line, kind, moment in ISO with the office's zone, file, the words that stood there),
    `log_numbers` of the recorders it names; or `log_fault` as (line, code, what stands there) of the layout that came farthest. Empty where no
    layout fits at all."""
    if len(content) > SIZE_MOST:
        return {"log_fault": [0, "too_long", str(len(content))]}
    fault: Faulty | None = None
    for layout in layouts().values():
        text = _text(content, layout)
        if text is None:
            continue
        try:
            found = list(_events(text, layout))
        except Faulty as wrong:
            fault = wrong if fault is None or wrong.line > fault.line else fault
            continue
        if any(kind != "other" for _line, kind, *_rest in found):  # else it is a text that has dates in it
            events = [[line, kind, at.isoformat(), file, words] for line, kind, at, file, words, _number in found]
            return {"log_layout": layout.key, "log": events, "log_numbers": sorted({number for *_rest, number in found if number})}
    return {"log_fault": [fault.line, fault.code, fault.given]} if fault is not None else {}


def _text(content: bytes, layout: Layout) -> str | None:
    for encoding in layout.encodings:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


_Event = tuple[int, str, datetime, str, str, str]


def _events(text: str, layout: Layout) -> Iterator[_Event]:
    """Every event. Raises `Faulty` for a line that is not as the layout says; nothing where the text is in another layout."""
    for count, (line, told) in enumerate((_table if layout.shape == "table" else _lines)(text, layout), 1):
        if count > EVENTS_MOST:
            raise Faulty(line, "too_many", str(EVENTS_MOST))
        words = told.get("event", "").strip()
        if not words:
            raise Faulty(line, "event_missing", " ".join(told.values()))
        at = _moment(line, told.get("time", ""), layout)
        yield line, layout.kinds.get(folded(words), "other"), at, told.get("file", "").strip(), words[:200], told.get("number", "").strip()


def _moment(line: int, given: str, layout: Layout) -> datetime:
    if not given.strip():
        raise Faulty(line, "time_missing", given)
    for shape in layout.times:
        try:
            at = datetime.strptime(given.strip(), shape)
        except ValueError:
            continue
        if at.year not in _YEARS:
            raise Faulty(line, "time_unset", given)
        return at.replace(tzinfo=_OFFICE)
    raise Faulty(line, "time_wrong", given)


def _table(text: str, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    body = io.StringIO(text, newline="")
    for delimiter in layout.delimiters:
        body.seek(0)
        rows = csv.reader(body, delimiter=delimiter)
        try:
            names = _names(rows, layout)
            if names is None:
                continue
            for cells in rows:
                if not any(cell.strip() for cell in cells) or _skipped(cells[0], layout):
                    continue
                if len(cells) <= max(names["time"], names["event"]):
                    raise Faulty(rows.line_num, "columns", delimiter.join(cells))
                yield rows.line_num, {name: cells[n] for name, n in names.items() if n < len(cells)}
        except csv.Error as wrong:
            raise Faulty(rows.line_num, "columns", str(wrong)) from wrong
        return


def _names(rows: Any, layout: Layout) -> dict[str, int] | None:
    """Where each of our columns stands; None where the first line that is no remark names no time and no event."""
    for cells in rows:
        if not any(cell.strip() for cell in cells) or _skipped(cells[0], layout):
            continue
        given = {folded(cell): n for n, cell in reversed(list(enumerate(cells)))}
        found = {ours: next((given[folded(one)] for one in theirs.split("|") if folded(one) in given), -1)
                 for ours, theirs in layout.columns.items()}
        return {name: n for name, n in found.items() if n >= 0} if found["time"] >= 0 and found["event"] >= 0 else None
    return None


def _lines(text: str, layout: Layout) -> Iterator[tuple[int, dict[str, str]]]:
    """Lines with a time in front. A text of which not even the first line has one is in another layout."""
    pattern, fits = re.compile(layout.pattern), False
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip()[:_LINE_MOST]
        if not bare or _skipped(bare, layout):
            continue
        found = pattern.match(bare)
        if found is None:
            if not fits:
                return
            raise Faulty(number, "line_wrong", bare)
        fits = True
        yield number, {name: words or "" for name, words in found.groupdict().items()}


def _skipped(line: str, layout: Layout) -> bool:
    return any(line.strip().startswith(mark) for mark in layout.skip)
