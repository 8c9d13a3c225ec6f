"""Recordings as evidence (视听资料): the description sheet, the label, and what of both is wanting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import _
from desktop.policy.grounds import ground
from desktop.policy.rules import EvidenceRule, LabelRule, Profile
from desktop.policy.verdicts import Ground
from models.facts import CaseFacts, Footage


@dataclass(frozen=True)
class SheetField:
    """One field of a sheet: its words, what stands in it (empty: wanting), and the rules that ask for it."""

    name: str
    value: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class SheetVerdict:
    """One recording: the fields of its sheet and of its label, and what is wanting of each, in words.

    `disc`, `copy`: the text wants it burnt on a disc, or a copy filed with the folder. `applies`: it serves as evidence; otherwise only
    the label is asked for.
    """

    footage: str
    applies: bool
    fields: tuple[SheetField, ...]
    label: tuple[SheetField, ...]
    wanting: tuple[str, ...]
    label_wanting: tuple[str, ...]
    disc: bool = False
    copy: bool = False


def sheets(profile: Profile, facts: CaseFacts) -> tuple[SheetVerdict, ...]:
    """The sheet of every recording of the case, in order."""
    return tuple(sheet(profile, piece) for piece in facts.footage)


def sheet(profile: Profile, piece: Footage) -> SheetVerdict:
    """What one recording needs to serve as evidence: the text's own fields, and beside them the base's (行政诉讼证据规定第十二条)."""
    rules = [(rule, ground(profile, rule)) for rule in profile.evidence]
    fields = _fields(rules, piece.sheet) if piece.evidence else ()
    labels = _fields([(rule, ground(profile, rule)) for rule in profile.label], _marked(profile, piece.label))
    wanting = [_("On the description sheet is missing: {name}").format(name=one.name) for one in fields if not one.value]
    if piece.evidence and piece.sound and not piece.transcript.strip() and any(rule.transcript for rule, _ground in rules):
        wanting.append(_("Recordings with sound need a transcript of what is said"))
    unmarked = [_("On the label is missing: {name}").format(name=one.name) for one in labels if not one.value]
    disc, copy = (piece.evidence and any(ask) for ask in ([rule.disc for rule, _ground in rules], [rule.copy for rule, _ground in rules]))
    return SheetVerdict(piece.id, piece.evidence, fields, labels, tuple(wanting), tuple(unmarked), disc, copy)


def _marked(profile: Profile, label: Mapping[str, str]) -> dict[str, str]:
    """What is marked on a recording, by the words of the text: 当事人姓名或者名称 is what the case folder knows as 当事人."""
    names = [name for rule in profile.label for name in rule.fields]
    return {name: label.get(name) or next((value for key, value in label.items() if name.startswith(key)), "") for name in names}


def _fields(rules: list[tuple[EvidenceRule, Ground]] | list[tuple[LabelRule, Ground]], given: Mapping[str, str]) -> tuple[SheetField, ...]:
    asked: dict[str, list[Ground]] = {}
    for rule, why in rules:
        for name in rule.fields:
            asked.setdefault(name, []).append(why)
    return tuple(SheetField(name, given.get(name, "").strip(), tuple(why)) for name, why in asked.items())
