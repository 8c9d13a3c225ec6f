"""使用情况 and 修改历史 of a case folder: who asked for what, and every change with its reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from desktop.approvals import RequestLine
from desktop.cases import HistoryLine
from desktop.clock import Clock
from desktop.i18n import _
from desktop.policy.vocabulary import vocabulary
from models.terms import EnforcementKind, Stage
from views.common import Cell, Column, Rows, Table
from views.common.tags import label_words
from views.terms import kind_words, office_time, request_state, spans_words, stage_words, verb_words

_LABELS = ("trade", "privacy", "internal", "state")


def use_table(clock: Clock) -> Table:
    """Requests for the folder's material, newest first."""

    def asked(line: RequestLine) -> Cell:
        what = "；".join(f"{i.title} {spans_words(i.spans, i.duration_us)}" for i in line.items)
        more = " · ".join(filter(None, [what, line.purpose, line.number]))
        return Cell(f"{line.requester} · {verb_words(line.verb)} · {office_time(line.created_at, clock.now())}", more)

    def state(line: RequestLine) -> Cell:
        kind, words = request_state(line, clock.now())
        return Cell(_("approved") if kind == "good" else words, chip=kind)

    return Table(Rows([Column(_("Asked"), 0, asked), Column(_("State"), 124, state)]), _("Use of the folder"))


def history_table(clock: Clock) -> Table:
    """Every change of a field, newest first."""

    def change(line: HistoryLine) -> Cell:
        where = f"{line.subject} · " if line.subject else ""
        return Cell(f"{where}{changed_words(line)}", f"{line.reason} · {line.person} · {office_time(line.at, clock.now())}")

    return Table(Rows([Column(_("Change, with its reason"), 0, change)]), _("History of the folder"))


def changed_words(line: HistoryLine) -> str:
    """阶段：启动 → 调查取证."""
    if line.field == "case_id":
        return _("put into the folder") if line.old is None else _("moved from one folder to another")
    if line.field == "filed_at":
        return _("filed") if line.new else _("reopened")
    if line.field == "position":
        return _("place in the contents changed")
    if line.field == "conditions":
        return _answers_words(line.old, line.new)
    if line.field.endswith(".withdrawn_at"):
        return _("withdrawn")
    return f"{_field_words(line.field)}：{_value(line.field, line.old)} → {_value(line.field, line.new)}"


def _answers_words(old: str | None, new: str | None) -> str:
    """案件情况：作出行政执法决定 是: what was answered otherwise than before."""
    before, after = json.loads(old or "{}"), json.loads(new or "{}")
    titles = vocabulary().conditions
    said = {True: _("yes"), False: _("no"), None: _("(nothing)")}
    changed = [f"{titles[key].title if key in titles else key} {said[after.get(key)]}" for key in sorted({**before, **after})
               if before.get(key) is not after.get(key)]
    return f"{_('Circumstances of the case')}：{'、'.join(changed)}"


def _field_words(name: str) -> str:
    words = {"case_number": _("Case number"), "cause": _("Cause"), "kind": _("Kind of act"), "stage": _("Stage"),
             "started_on": _("Begun on"), "ended_on": _("Ended on"), "place": _("Place"), "note": _("Note"), "parties": _("Parties"),
             "officers": _("Officers"), "title": _("Title"), "made_on": _("Date"), "procedure": _("Procedure"),
             "retention_years": _("The file is kept"), "suspension.kind": _("What took the time"), "suspension.start": _("First day of it"),
             "suspension.end": _("Last day of it"), "suspension.reason": _("Written ground"), "suspension.told": _("Told in writing"),
             "suspension.told_on": _("Told on")}
    return label_words(name) if name in _LABELS else words.get(name, name)


def _value(name: str, value: str | None) -> str:
    if not value or value == "null":
        return _("(nothing)")
    if name in _LABELS:
        return _("yes") if json.loads(value) else _("no")
    if name == "suspension.kind":
        return vocabulary().title("suspension", value)
    if name == "stage":
        return stage_words(Stage(value))
    if name == "retention_years":
        return _("for ever") if value == "0" else _("{n} years").format(n=value)
    if name == "procedure":
        return vocabulary().title("procedure", value)
    return kind_words(EnforcementKind(value)) if name == "kind" else value


def gathered(lines: Sequence[HistoryLine]) -> list[HistoryLine]:
    """One new order of the contents is one change, whichever records moved by it."""
    out: list[HistoryLine] = []
    for line in lines:
        key = (line.field, line.reason, line.person)
        if line.field == "position" and out and key == (out[-1].field, out[-1].reason, out[-1].person):
            continue
        out.append(replace(line, subject="") if line.field == "position" else line)
    return out


def show(table: Table, rows: Sequence[object]) -> None:
    """Other rows in a table of this room."""
    model = table.model()
    assert isinstance(model, Rows)
    model.show_rows(rows)
