"""What the auditor hands out on paper: the custody report of a file, and the receipt of one entry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.audit.entries import EntryLine
from desktop.audit.exporting import note_at, receipt_json
from desktop.clock import stamp
from desktop.grants import local_text
from desktop.i18n import _, finding_words
from desktop.policy.vocabulary import vocabulary
from desktop.tools.typesetting import qr_svg, typeset
from models import timecode
from models.holdings import Component
from models.terms import Outcome

if TYPE_CHECKING:
    from desktop.archive import Archive


@dataclass(frozen=True)
class Receipt:
    """回执: the proof that one act stands in the ledger; `json` is what the outsider's verifier reads."""

    line: EntryLine
    json: str
    checkpoint: str
    pdf: bytes = field(repr=False)


def make_receipt(archive: Archive, line: EntryLine, size: int) -> Receipt:
    """The receipt of one entry, under the checkpoint over `size` entries."""
    note = note_at(size)
    pairs = [[_("Entry"), str(line.seq)], [_("Time"), local_text(line.at)], [_("Person"), _who(line)], [_("Act"), line.words],
             [_("About"), line.about or "—"], [_("Outcome"), outcome_words(line.outcome)], [_("Details"), facts_text(line.facts) or "—"]]
    facts = {"unit": archive.name, "title": "审计日志回执", "number": "", "pairs": pairs, "text": "", "signs": [], "checkpoint": note,
             "date": local_text(_now(archive)), "qr": qr_svg(note)}
    return Receipt(line, receipt_json(archive, line.seq, size), note, typeset("receipt", facts, archive.clock.now()))


def custody_pdf(archive: Archive, component_id: int, lines: Sequence[EntryLine], size: int) -> bytes:
    """The custody report (流转记录报告) of one electronic file as PDF/A, under the checkpoint over `size` entries."""
    component = Component.get_by_id(component_id)
    case = component.record.case
    refused = sum(line.outcome is Outcome.REFUSED for line in lines)
    note = note_at(size)
    pairs = [[_("Title"), component.record.title], [_("Case"), case.case_number if case else "—"], [_("File"), component.name],
             ["SHA-256", _quads(component.sha256)], [_("Size"), _("{size} bytes").format(size=component.size)],
             [_("Deposited at"), local_text(component.deposited_at)]]
    facts = {"unit": archive.name, "title": "流转记录报告", "number": "", "pairs": pairs, "entries": [_entry(line) for line in lines],
             "counts": _("{count} entries, {refused} of them refused.").format(count=len(lines), refused=refused), "checkpoint": note,
             "qr": qr_svg(note), "printed": _("Printed by {name}, {at}").format(name=archive.person.name, at=local_text(_now(archive)))}
    return typeset("custody_report", facts, archive.clock.now())


def outcome_words(outcome: Outcome) -> str:
    """How an act ended, in a word."""
    return {Outcome.DONE: _("done"), Outcome.REFUSED: _("refused"), Outcome.CANCELLED: _("cancelled"), Outcome.FAILED: _("failed")}[outcome]


# What only the program needs: the entry itself, and an export, have them all.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
_SILENT = frozenset({"object", "cipher_sha256", "kind", "verb", "start_us", "end_us", "admitted", "codes", "root", "filter"})


def facts_text(facts: Mapping[str, Any]) -> str:
    """The facts of an entry on one line, for a reader."""
    told = [f"{_fact_name(name)} {_fact(name, value)}" for name, value in facts.items()
            if name not in _SILENT and value not in ("", None, [], {}, False)]
    if "start_us" in facts:
        end = facts.get("end_us")
        told.insert(0, f"{_('at')} {timecode.text(facts['start_us'])}" + (f"–{timecode.text(end)}" if isinstance(end, int) else ""))
    return "；".join(told)


def _entry(line: EntryLine) -> dict[str, Any]:
    told = [line.reason] if line.reason else [text for text in (line.about, facts_text(line.facts)) if text]
    return {"seq": line.seq, "at": local_text(line.at), "person": _who(line), "act": line.words, "facts": "；".join(told),
            "outcome": outcome_words(line.outcome), "marked": line.outcome is Outcome.REFUSED}


def _who(line: EntryLine) -> str:
    name = line.person or _("Program")
    return f"{name}（{line.role_title}）" if line.role_title else name


def _fact_name(name: str) -> str:
    return {"reason": _("reason"), "name": _("name"), "number": _("number"), "size": _("bytes"), "spans": _("spans"), "label": _("label"),
            "was": _("before"), "fields": _("fields"), "sha256": "SHA-256", "purpose": _("purpose"), "entries": _("number of entries"),
            "checkpoint": _("checkpoint"), "findings": _("findings"), "outcome": _("decision"), "document_sha256": _("signed document SHA-256"),
            "copy_sha256": _("copy SHA-256"), "held": _("held already"), "items": "", "records": "",
            "start": _("from moment"), "end": _("until moment"), "cause": _("cause of it"), "evidence": _("is evidence"),
            "claimant": _("claimed by"), "officer": _("officer of it"), "ahead_ms": _("clock ahead, ms"),
            "papers": _("papers"), "year": _("year"), "part": _("part of the year"), "cases": _("number of cases"), "form": _("form")}.get(name, name)


def _fact(name: str, value: Any) -> str:
    if name == "spans" and isinstance(value, list):
        return "、".join(f"{timecode.text(start)}–{timecode.text(end)}" for start, end in value)
    if name in ("items", "records") and isinstance(value, list):
        return _("{n} items").format(n=len(value))
    if name == "outcome":
        return _("granted") if value == "granted" else _("not granted")
    if name == "findings" and isinstance(value, list):
        return "、".join(finding_words(code) for code in value)
    if name.endswith("sha256"):
        return _quads(str(value))
    if name in ("label", "was", "fields") and isinstance(value, list):
        return "、".join(_named(str(one)) for one in value)
    if name == "cause":
        return vocabulary().title("cause", str(value))
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return local_text(value)
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is True else str(value)


def _quads(digest: str) -> str:
    """A digest in groups of four, as people compare it."""
    return " ".join(digest[at:at + 4] for at in range(0, len(digest), 4))


def _named(code: str) -> str:
    """A label or a field of a row by the name that pages give it."""
    return {"trade": _("Trade secret"), "privacy": _("Personal privacy"), "internal": _("Internal"), "open": _("Public"), "title": _("Title"),
            "stage": _("Stage"), "made_on": _("Date"), "case_id": _("Case"), "position": _("order"), "cause": _("Cause"),
            "activity_id": _("activity of it"), "recorder_id": _("recorder of it"), "officer": _("officer of it"), "start": _("from moment"),
            "end": _("until moment"), "returned": _("back at the agency"), "evidence": _("is evidence"), "sheet": _("description"),
            "transcript": _("transcript"), "gaps": _("gaps"), "weight": _("weight of it"), "claim_kind": _("exception of it"),
            "claimant": _("claimed by"), "claim_reason": _("reason"), "ended_on": _("ended on"), "started_on": _("begun on"),
            "parties": _("Parties"), "officers": _("Officers"), "case_number": _("Case number")}.get(code, code)


def _now(archive: Archive) -> str:
    return stamp(archive.clock.now())
