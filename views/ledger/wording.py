"""Entries and findings in words: past acts, result chips, hashes in groups of four."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desktop.audit.entries import EntryLine
from desktop.audit.papers import facts_text, outcome_words
from desktop.audit.verification import Finding, worded
from desktop.clock import moment
from desktop.i18n import _, act_words, sentence
from desktop.policy.clocks import BEIJING
from models.terms import Outcome
from models.timecode import text
from views.common import Cell
from views.common.text import figures

CHIPS = {Outcome.DONE: "good", Outcome.REFUSED: "refused", Outcome.CANCELLED: "quiet", Outcome.FAILED: "late"}
_TOLD = ("start_us", "end_us", "outcome", "entries", "rows", "objects", "findings", "purpose", "name", "was", "verb", "root")
_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+|[a-z_]+")


def chip_cell(line: EntryLine) -> Cell:
    """The result: words, icon and ground; a refusal has an edge besides."""
    return Cell(outcome_words(line.outcome), chip=CHIPS[line.outcome])


def ground(line: EntryLine) -> str:
    """Refusals and failures are tinted, besides being worded and edged."""
    return "late_soft" if line.outcome in (Outcome.REFUSED, Outcome.FAILED) else ""


def number_cell(line: EntryLine) -> Cell:
    return Cell(figures(line.seq), ink="ink2")


def time_cell(line: EntryLine) -> Cell:
    at = local(line.at)
    return Cell(f"{at:%H:%M:%S}", f"{at:%Y-%m-%d}")


def person_cell(line: EntryLine) -> Cell:
    return Cell(line.person or _("Program"), " · ".join(filter(None, (line.role_title, line.desk))))


def act_cell(line: EntryLine) -> Cell:
    """What was done, and to what; a refusal says why."""
    told = reason_words(line) if line.reason else " · ".join(filter(None, (line.about, brief(line.facts))))
    return Cell(line.words, told or ("–" if line.veiled else ""))


def brief(facts: Mapping[str, Any]) -> str:
    """The facts of an entry, short: the seconds, the decision, the counts; hashes and codes stand in the entry itself."""
    parts = [_spans(facts)]
    if facts.get("outcome") in ("granted", "refused"):
        parts.append(_("granted") if facts["outcome"] == "granted" else _("not granted"))
    counts = ((_("{n} entries"), "entries"), (_("{n} rows"), "rows"), (_("{n} objects"), "objects"), (_("{n} findings"), "findings"))
    parts += [words.format(n=figures(facts[key])) for words, key in counts if isinstance(facts.get(key), int)]
    parts += [str(facts[key]) for key in ("purpose", "name", "was") if isinstance(facts.get(key), str) and facts[key]]
    return "；".join(filter(None, parts))


def details(facts: Mapping[str, Any]) -> str:
    """Every fact of an entry that a person can read; what `brief` says better comes first."""
    plain = {k: v for k, v in facts.items() if isinstance(v, str | int) and k not in _TOLD}
    return "\n".join(filter(None, (brief(facts), facts_text(plain))))


def _spans(facts: Mapping[str, Any]) -> str:
    """The seconds an entry speaks of: of a played stretch, of a request's items, or of what was opened."""
    spans = facts.get("spans")
    if isinstance(facts.get("start_us"), int):
        spans = [[facts["start_us"], facts.get("end_us")]]
    elif isinstance(facts.get("items"), list):
        spans = [span for item in facts["items"] if isinstance(item, dict) for span in item.get("spans", ())]
    if not isinstance(spans, list):
        return ""
    return "、".join(text(start, 0) + (f"–{text(end, 0)}" if isinstance(end, int) else "") for start, end in spans[:4])


def reason_words(line: EntryLine) -> str:
    """Why it was refused; where the sentence names facts that the ledger does not keep, they are left open."""
    reason = line.reason
    if not _CODE.fullmatch(reason):
        return reason
    return re.sub(r"\{\w+\}", "……", sentence(reason))


def local(at: str) -> datetime:
    """A stamp in the office's time."""
    return moment(at).astimezone(BEIJING)


def exact(at: str) -> str:
    return f"{local(at):%Y-%m-%d %H:%M:%S}"


def finding_cell(finding: Finding) -> Cell:
    place = " / ".join(str(finding.facts[k]) for k in ("table", "row_id", "object_id", "detail") if finding.facts.get(k))
    return Cell(worded(finding), place, icon="warning-circle", ink="late")


def lawful_cell(finding: Finding) -> Cell:
    """The last lawful act that wrote what was altered."""
    seq, act = finding.facts.get("seq"), finding.facts.get("act")
    if not isinstance(seq, int) or seq <= 0:
        return Cell("–", ink="ink3")
    return Cell(_("Entry {n}").format(n=figures(seq)), act_words(str(act)) if act else "")
