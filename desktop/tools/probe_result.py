"""What probing found in one file: a value that can stand in a row, in a JSON line and on the deposit page."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

KINDS = ("video", "audio", "photo", "pdf", "other")

# Each of these keeps the file as it is and puts it into quarantine with the reason; the others are remarks.
QUARANTINE = frozenset(
    {
        "empty", "truncated", "no_end", "unreadable", "lying_extension", "password_protected", "active_content", "bomb",
        "damaged", "polyglot", "crashed", "timed_out", "out_of_memory", "unknown_type",
    }
)  # fmt: skip
JUMPS_MOST = 1000
EVENTS_MOST = 20_000
WALKED = ("index", "packets", "part", "none")
NOT_TAKEN = frozenset({"not_a_file", "unopenable", "vanished"})
FINDINGS = QUARANTINE | NOT_TAKEN | {"text_capped"}


@dataclass(frozen=True)
class Stream:
    """One track of a recording. Sizes in pixels, rate in Hz (sound) or frames a second as a fraction (picture)."""

    kind: str
    codec: str
    width: int = 0
    height: int = 0
    rate: str = ""
    channels: int = 0
    frames: int = 0


@dataclass(frozen=True)
class Probe:
    """The facts of one file. Camera times, places and devices stand exactly as in the file; nothing is corrected.

    `kind` is one of `KINDS` and comes from the content, never from the name. `duration_us` in microseconds, 0 where
    nothing can be said. `raw_times` are pairs (where in the file, text as found). `active` names what a PDF would do.
    `jumps` are stretches (start, end) in microseconds from the beginning that the timeline of a recording leaps over, `restarts` the places
    where it begins anew, `covered_us` what its packets cover; `walked` is how that is known: index, packets, part, none, or empty.
    `log` is what a recorder's log tells: (line, kind, moment, file, the words that stood there), read by the layout `log_layout`; `log_numbers`
    are the recorders that it names. `log_fault` says instead which line (0: none) is wrong, why, and what stands there.
    `thumbnail` is a JPEG of at most 320 px, or empty; it does not stand in `to_json`.
    """

    kind: str = "other"
    media_type: str = "application/octet-stream"
    size: int = 0
    findings: tuple[str, ...] = ()
    container: str = ""
    streams: tuple[Stream, ...] = ()
    duration_us: int = 0
    width: int = 0
    height: int = 0
    raw_times: tuple[tuple[str, str], ...] = ()
    location: str = ""
    device: tuple[tuple[str, str], ...] = ()
    pages: int = 0
    encrypted: bool = False
    active: tuple[str, ...] = ()
    text: str = ""
    jumps: tuple[tuple[int, int], ...] = ()
    restarts: tuple[int, ...] = ()
    covered_us: int = 0
    walked: str = ""
    log: tuple[tuple[int, str, str, str, str], ...] = ()
    log_layout: str = ""
    log_numbers: tuple[str, ...] = ()
    log_fault: tuple[int, str, str] | None = None
    thumbnail: bytes = b""

    @property
    def sound(self) -> bool:
        """Whether the whole file was read without a finding that asks for quarantine."""
        return not QUARANTINE.union(NOT_TAKEN).intersection(self.findings)

    @property
    def frames(self) -> int:
        """Number of pictures in the first video track, where the file says it."""
        return next((stream.frames for stream in self.streams if stream.kind == "video"), 0)

    def to_json(self) -> dict[str, Any]:
        """The facts as plain JSON values, without thumbnail; the text layer only as its length in characters."""
        facts = dict(vars(self))
        facts["streams"] = [dict(vars(stream)) for stream in self.streams]
        facts["text_chars"] = len(facts.pop("text"))
        facts["thumbnail_bytes"] = len(facts.pop("thumbnail"))
        return facts


def probe_of(answer: dict[str, Any], thumbnail: bytes) -> Probe:
    """The value of a worker's answer. A worker is not trusted: a field of the wrong shape makes the answer `crashed`."""
    try:
        return _checked(answer, thumbnail)
    except (TypeError, ValueError, KeyError, IndexError, AttributeError):
        return Probe(findings=("crashed",))


def _checked(answer: dict[str, Any], thumbnail: bytes) -> Probe:
    known = {field.name for field in fields(Probe)} - {"thumbnail"}
    facts = {name: value for name, value in answer.items() if name in known}
    facts["findings"] = tuple(code for code in map(str, answer.get("findings", ())) if code in FINDINGS)
    facts["streams"] = tuple(Stream(**_plain(stream)) for stream in answer.get("streams", ()))
    for pairs in ("raw_times", "device"):
        facts[pairs] = tuple((_text(name), _text(value)) for name, value in answer.get(pairs, ()))
    facts["jumps"] = tuple((_count(start), _count(end)) for start, end in answer.get("jumps", ())[:JUMPS_MOST])
    facts["restarts"] = tuple(_count(at) for at in answer.get("restarts", ())[:JUMPS_MOST])
    facts["walked"] = answer.get("walked", "") if answer.get("walked") in WALKED else ""
    facts["log"] = tuple((_count(line), *(_text(one) for one in rest)) for line, *rest in map(_five, answer.get("log", ())[:EVENTS_MOST]))
    facts["log_layout"] = _text(answer.get("log_layout", ""))
    facts["log_numbers"] = tuple(_text(one) for one in answer.get("log_numbers", ())[:100])
    line, *why = answer["log_fault"] if answer.get("log_fault") else (0, "", "")
    facts["log_fault"] = (_count(line), _text(why[0]), _text(why[1])) if answer.get("log_fault") else None
    facts["active"] = tuple(_text(name) for name in answer.get("active", ()))
    facts["kind"] = answer.get("kind", "other") if answer.get("kind") in KINDS else "other"
    for name, kind in (("media_type", str), ("container", str), ("location", str), ("text", str), ("encrypted", bool)):
        if not isinstance(facts.get(name, kind()), kind):
            raise TypeError(name)
    for name in ("size", "duration_us", "width", "height", "pages", "covered_us"):
        facts[name] = _count(answer.get(name, 0))
    return Probe(**facts, thumbnail=thumbnail if thumbnail[:2] == b"\xff\xd8" else b"")


def _five(event: list[Any]) -> list[Any]:
    if len(event) != 5:
        raise ValueError(event)
    return event


def _plain(stream: dict[str, Any]) -> dict[str, Any]:
    whole = {name: _count(stream.get(name, 0)) for name in ("width", "height", "channels", "frames")}
    return {name: _text(stream.get(name, "")) for name in ("kind", "codec", "rate")} | whole


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value[:2000]


def _count(value: object) -> int:
    """A whole number that a database column holds."""
    if not isinstance(value, int):
        raise TypeError(type(value))
    return min(max(value, 0), 2**53)
