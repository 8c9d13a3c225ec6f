"""On which line of a TOML text each table, key and element stands: for mistakes that name their line."""

from __future__ import annotations

import re
import tomllib

Path = tuple[str | int, ...]
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every path of a text that is already known to be TOML: `("deadline", 0, "unit")`, `("deadline", 0)`."""
    return _Scan(text).run()


def toml_spans(text: str) -> dict[Path, tuple[int, int]]:
    """From which character to which the value of every key of a text stands that is already known to be TOML; no tables."""
    scan = _Scan(text)
    scan.run()
    return scan.spans


class _Scan:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.line = text, 0, 1
        self.lines: dict[Path, int] = {(): 1}
        self.spans: dict[Path, tuple[int, int]] = {}
        self.counts: dict[Path, int] = {}
        self.table: Path = ()

    def run(self) -> dict[Path, int]:
        self.skip(" \t\r\n")
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self.header()
            else:
                self.pair(self.table)
            self.skip(" \t\r\n")
        return self.lines

    def header(self) -> None:
        array = self.text.startswith("[[", self.at)
        self.take(2 if array else 1)
        line, parts = self.line, self.key("]")
        self.take(2 if array else 1)
        path: Path = ()
        for part in parts[:-1]:
            path = self.newest((*path, part))
        path = (*path, parts[-1])
        if array:
            self.counts[path] = self.counts.get(path, -1) + 1
            self.lines.setdefault(path, line)
            path = self.newest(path)
        self.lines.setdefault(path, line)
        self.table = path

    def newest(self, path: Path) -> Path:
        """Of an array of tables, the table written last."""
        return (*path, self.counts[path]) if path in self.counts else path

    def pair(self, table: Path) -> None:
        line, parts = self.line, self.key("=")
        self.take(1)
        path = (*table, *parts)
        self.lines.setdefault(path, line)
        self.skip(" \t")
        begun = self.at
        self.value(path)
        self.spans.setdefault(path, (begun, begun + len(self.text[begun:self.at].rstrip(" \t"))))

    def value(self, path: Path) -> None:
        self.skip(" \t\r\n")
        sign = self.text[self.at]
        if sign in "\"'":
            self.string()
        elif sign == "[":
            self.several(path, "]")
        elif sign == "{":
            self.several(path, "}")
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]}\r\n#":
                self.take(1)

    def several(self, path: Path, close: str) -> None:
        self.take(1)
        number = 0
        self.skip(" \t\r\n,")
        while self.text[self.at] != close:
            if close == "}":
                self.pair(path)
            else:
                self.lines.setdefault((*path, number), self.line)
                self.value((*path, number))
                number += 1
            self.skip(" \t\r\n,")
        self.take(1)

    def string(self) -> None:
        quote = self.text[self.at]
        if self.text.startswith(quote * 3, self.at):
            end = self.closing(quote * 3, self.at + 3)
            while self.text.startswith(quote, end + 3) and end + 3 < len(self.text):  # quotes that belong to the string stand before the last three
                end += 1
            self.take(end + 3 - self.at)
        else:
            self.take(self.closing(quote, self.at + 1) + 1 - self.at)

    def closing(self, mark: str, at: int) -> int:
        while not self.text.startswith(mark, at):
            at += 2 if mark[0] == '"' and self.text[at] == "\\" else 1
        return at

    def key(self, end: str) -> list[str]:
        begun = self.at
        while self.text[self.at] != end:
            if self.text[self.at] in "\"'":
                self.string()
            else:
                self.take(1)
        written = self.text[begun:self.at].strip()
        if _BARE.fullmatch(written):  # as nearly all are: its own reader would take fifty times as long
            return [written]
        named, parts = tomllib.loads(written + " = 0"), []
        while isinstance(named, dict):
            part, named = next(iter(named.items()))
            parts.append(part)
        return parts

    def skip(self, signs: str) -> None:
        while self.at < len(self.text) and (self.text[self.at] in signs or self.text[self.at] == "#"):
            if self.text[self.at] == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            else:
                self.take(1)

    def take(self, count: int) -> None:
        self.line += self.text.count("\n", self.at, self.at + count)
        self.at += count
