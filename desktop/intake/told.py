"""What a probe tells of a file, as the archive writes it down: its device, its day, its name; and of bytes that are held already."""

from __future__ import annotations

import functools
import json
import os
import re

from desktop.intake.camera_time import read_camera_time
from desktop.policy.clocks import BEIJING
from desktop.tools.content_type import claimed_types
from desktop.tools.probe_result import Probe
from desktop.tools.probing import suffix_of
from models.filenames import shown
from models.holdings import Component
from models.search import SearchEntry
from models.terms import ComponentStatus

_PROGRAMS = re.compile("encoder|software|creator|producer", re.IGNORECASE)


def found_again(first: Component, path: bytes) -> tuple[str, str]:
    """Findings and status of bytes that are held already under another name: whether the ending lies, the name alone decides."""
    findings, lies = json.loads(first.findings), "lying_extension"
    claimed = claimed_types(suffix_of(path))
    lied, now_lies = lies in findings, bool(claimed) and first.mime not in claimed
    if suffix_of(path) == suffix_of(bytes(first.original_name)) or lied == now_lies or first.mime == Probe.media_type:
        return first.findings, first.status
    findings = [*findings, lies] if now_lies else [code for code in findings if code != lies]
    status = ComponentStatus.SOUND if Probe(findings=tuple(findings)).sound else ComponentStatus.QUARANTINE
    return json.dumps(findings), status.value


def paper_text(first: Component) -> str:
    """The text layer as it was indexed when the bytes first came."""
    row = SearchEntry.get_or_none(SearchEntry.source == f"paper:{first.id}")
    return row.text if row else ""


def told_time(probe: Probe) -> str | None:
    """The first of the device's own texts that names a moment; else the first, so that what it wrote is kept all the same."""
    told = [text for _, text in probe.raw_times]
    return next((text for text in told if read_camera_time(text)), told[0] if told else None)


def device_of(probe: Probe) -> str:
    """Maker, model and number of the recorder; which program wrote the file is no device and stays among the probed facts."""
    told = [value for name, value in probe.device if not _PROGRAMS.search(name)]
    return " ".join(dict.fromkeys(told))


def day_of_making(probe: Probe) -> str | None:
    """The day a recording or photo names for itself, in the office's time."""
    at = read_camera_time(told_time(probe))
    return at.astimezone(BEIJING).date().isoformat() if at and probe.kind in ("video", "audio", "photo") else None


@functools.lru_cache(maxsize=256)
def shown_name(path: bytes) -> str:
    """The last part of a path, for the screen."""
    return shown(os.path.basename(path))
