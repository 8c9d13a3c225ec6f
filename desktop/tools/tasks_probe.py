"""The worker's task `probe`: the type from the content, then the one parser that this type asks for."""

from __future__ import annotations

import os
from typing import Any

import av

from desktop.tools.asked import AskedFile
from desktop.tools.content_type import OLE, ZIPPED, ContentType, claimed_types, content_type
from desktop.tools.jumps import timeline as tell_timeline
from desktop.tools.packed import locked_office, packed_findings
from desktop.tools.probe_av import OPTIONS, probe_av, told_by
from desktop.tools.probe_pdf import probe_pdf
from desktop.tools.probe_photo import probe_photo
from desktop.tools.registry import Answer, task

_HEAD = 64 << 10
_LOG_MOST = 16 << 20
_LOGS = (".log", ".txt", ".csv", "")
_PIECE = 512 << 10  # asked for at a time


@task("probe")
def probe(fd: int, args: dict[str, Any]) -> Answer:
    """Everything that intake wants to know of the open file; `args["suffix"]` is what its name claims, `args["jump_us"]` from when on a hole
    in the timeline is told (microseconds)."""
    size = os.fstat(fd).st_size
    head = os.pread(fd, _HEAD, 0)
    claimed = claimed_types(args["suffix"])
    known = content_type(head)
    if known is None:
        return {"findings": ["unreadable" if claimed else "unknown_type"]}, b""
    facts, thumbnail = _parsed(fd, size, known, args.get("jump_us", 0))
    if known.media_type == "text/plain" and args["suffix"] in _LOGS and size <= _LOG_MOST:
        from desktop.tools.log_reading import read_log  # few deposits hold a log, and every worker would pay for its vocabulary

        facts |= read_log(os.pread(fd, size, 0))
    findings = facts["findings"]
    if claimed and not claimed & {known.media_type, facts["media_type"]} and not (known.media_type == OLE and "password_protected" in findings):
        findings.append("lying_extension")
    if known.kind in ("pdf", "photo") and _zip_at_end(fd, size):
        findings.append("polyglot")
    facts["findings"] = list(dict.fromkeys(findings))
    return facts, thumbnail


@task("timeline")
def timeline(fd: int, args: dict[str, Any]) -> Answer:
    """Where the timeline of a recording leaps, of which the worker gets what it asks for: `args["size"]` bytes behind the socket `fd`,
    `args["jump_us"]` as for `probe`, and `args["seconds"]` to walk through it at most."""
    source = AskedFile(fd, args["size"])
    head = source.read(_HEAD) or b""
    known = content_type(head)
    if known is None or known.kind not in ("video", "audio") or not known.reader:
        return {"findings": ["unreadable"]}, b""
    source.seek(0)
    with av.open(source, "r", format=known.reader, options=OPTIONS, buffer_size=_PIECE) as container:
        return {"findings": [], **tell_timeline(container, told_by(container), known.reader, args["jump_us"], args["seconds"])}, b""


def _parsed(fd: int, size: int, known: ContentType, jump_us: int) -> Answer:
    if known.kind == "pdf":
        return probe_pdf(fd, size)
    if known.kind == "photo" and known.reader != "mov":
        return probe_photo(fd, size, known)
    if known.reader:
        return probe_av(fd, size, known, jump_us)
    findings = packed_findings(fd, size) if known.media_type in ZIPPED else []
    if known.media_type == OLE and locked_office(fd):
        findings.append("password_protected")  # whatever its name claims: the paper inside cannot be looked at
    return {"kind": "other", "media_type": known.media_type, "findings": findings}, b""


def _zip_at_end(fd: int, size: int) -> bool:
    """A second file behind the first: a ZIP's directory stands at its end, so both readers find one."""
    tail = os.pread(fd, 66_000, max(size - 66_000, 0))
    at = tail.rfind(b"PK\x05\x06")
    return at >= 0 and len(tail) - at >= 22 and b"PK\x01\x02" in tail
