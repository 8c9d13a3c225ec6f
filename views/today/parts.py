"""What stands beside the clocks: requests, deposits that can go on, the ledger, accounts; each only for who may read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.approvals import RequestLine
from desktop.audit.entries import EntryLine
from desktop.i18n import _
from desktop.intake import DepositLine
from desktop.today import OverdueLine
from models.terms import Outcome
from views.common import Panel, Row, button, glyph, hbox, panel, para, rule, text, vbox
from views.common.measures import span_words
from views.common.tags import chip
from views.common.text import figures
from views.deposit.words import count_words
from views.terms import office_time, request_state, verb_words

MOST = 5
Go = Callable[..., object]


def mine_panel(lines: Sequence[RequestLine], now: datetime, go: Go) -> Panel:
    """等待批准 and granted: the person's own requests; what is granted opens from here."""
    rows: list[Any] = []
    for line in lines[:MOST]:
        rows += [rule(), _own(line, now, go)] if rows else [_own(line, now, go)]
    if not rows:
        rows = [para(_("No request of yours waits or is granted now. Ask for material from its case folder."), "body", "ink2")]
    return panel(_("My requests"), *rows, tail=(button(_("All"), "quiet", on=lambda: go("requests")),))


def _own(line: RequestLine, now: datetime, go: Go) -> QWidget:
    kind, state = request_state(line, now)
    sub = f"{line.case_number} · {line.purpose}" if line.case_number else line.purpose
    words = vbox(hbox((text(_title(line), "body", elide=True), 1), chip(state, kind), gap=8), text(sub, "small", "ink2", elide=True), gap=0)
    actions = []
    if line.usable:
        for item in line.items[:3]:
            label = _("Open") if len(line.items) == 1 else _("Open {title}").format(title=item.title)
            one = button(label, "quiet", "play", on=_opener(go, item.component, line.grant))
            one.setAccessibleName(_("Open {title}").format(title=item.title))
            actions.append(one)
    if actions:
        words.addLayout(hbox(*actions, None, gap=4))
    return Row(words, f"{_title(line)}，{state}")


def _opener(go: Go, component: Any, grant: Any) -> Callable[[], object]:
    return lambda: go("player", component=component, grant=grant)


def _title(line: RequestLine) -> str:
    """查阅 现场检查录像, or with the number of items."""
    first = line.items[0].title if line.items else line.number
    words = f"{verb_words(line.verb)} {first}"
    return words if len(line.items) < 2 else _("{words} and {n} more").format(words=words, n=len(line.items) - 1)


def request_rows(lines: Sequence[RequestLine], now: datetime, go: Go) -> list[Any]:
    """Requests that wait for the leader, the earliest first; each opens its digest."""
    rows: list[Any] = []
    for line in lines:
        asked = _("{who} asks, {when}").format(who=line.requester, when=office_time(line.created_at, now))
        words = vbox(text(_title(line), "strong", elide=True), text(f"{line.case_number}　{line.purpose}", "small", "ink2", elide=True), gap=0)
        tail = text(asked, "body", "ink2"), glyph("caret-right", "ink3", 16)
        row = hbox(glyph("stamp", "accent", 24), (words, 1), *tail, gap=12, margins=(16, 8, 16, 8))
        rows += [rule(), Row(row, f"{_title(line)}，{line.purpose}，{asked}", _decider(go, line))]
    return rows


def _decider(go: Go, line: RequestLine) -> Callable[[], object]:
    return lambda: go("approvals", request=line.id)


def running_out_panel(lines: Sequence[RequestLine], now: datetime, go: Go) -> Panel:
    """Grants that run out within three days."""
    rows = [vbox(text(_title(line), "body", elide=True), text(_("{who}, until {when}").format(
        who=line.requester, when=office_time(line.until, now)), "small", "ink2", elide=True), gap=0) for line in lines[:MOST]]
    if not rows:
        rows = [para(_("No grant runs out within three days."), "body", "ink2")]
    return panel(_("Running out"), *rows, tail=(button(_("All"), "quiet", on=lambda: go("approvals")),))


def stopped_panel(lines: Sequence[DepositLine], quarantine: int, now: datetime, go: Go) -> Panel:
    """Deposits that can go on, and what waits in quarantine."""
    rows: list[Any] = []
    for line in lines[:MOST]:
        words = vbox(text(line.source.rstrip("/").rsplit("/", 1)[-1], "strong", elide=True),
                     text(f"{office_time(line.started_at, now)} {count_words(line)}", "small", "ink2", elide=True), gap=0)
        one = button(_("Go on"), "", "play", on=_goer(go, line))
        one.setAccessibleName(_("Go on with {source}").format(source=line.source))
        rows.append(hbox(glyph("tray-arrow-down", "ink2", 20), (words, 1), one, gap=12))
    if quarantine:
        look = button(_("Look"), "quiet", on=lambda: go("deposit", tab="quarantine"))
        look.setAccessibleName(_("Look at the quarantine"))
        words = text(_("{n} in quarantine").format(n=figures(quarantine)), "body", "soon", elide=True)
        rows.append(hbox(glyph("warning-diamond", "soon", 20), (words, 1), look, gap=8))
    if not rows:
        rows = [para(_("No deposit was stopped, and nothing is in quarantine."), "body", "ink2")]
    return panel(_("Deposit"), *rows, gap=12)


def _goer(go: Go, line: DepositLine) -> Callable[[], object]:
    return lambda: go("deposit", go_on=line.id)


def ledger_panel(verified: EntryLine | None, now: datetime, go: Go) -> Panel:
    """How the last verification ended."""
    if verified is None:
        words: Any = hbox(vbox(glyph("seal-warning", "soon", 24), None),
                          (para(_("This archive has not been verified yet. Next: verify it once, and keep the checkpoint elsewhere.")), 1), gap=12)
    else:
        findings = int(verified.facts.get("findings", 0)) if verified.outcome is Outcome.DONE else 0
        sound = verified.outcome is Outcome.DONE and not findings
        said = _("Everything holds together") if sound else _("{n} findings: look at them in the ledger").format(
            n=figures(findings)) if findings else _("The last verification did not come to its end")
        by = _("{who}, {when}").format(who=verified.person, when=office_time(verified.at, now))
        words = hbox(vbox(glyph("seal-check" if sound else "warning-circle", "good" if sound else "late", 24), None),
                     (vbox(text(said, "strong", "good" if sound else "late"), text(by, "small", "ink2"), gap=0), 1), gap=12)
    return panel(_("Last verification"), words, tail=(button(_("To the ledger"), "quiet", on=lambda: go("ledger")),))


def overdue_panel(lines: Sequence[OverdueLine], now: datetime, narrow: Callable[[str, str], object]) -> Panel:
    """What is over, by article and by person responsible; each narrows the list to itself."""
    rows: list[Any] = []
    for line in lines[:MOST]:
        who = line.person or _("nobody named")
        since = _("{n} over, the oldest by {span}").format(n=figures(line.count), span=span_words((now - line.oldest).total_seconds()))
        words = vbox(hbox((text(who, "strong", elide=True), 1), text(since, "body", "late"), gap=8),
                     text(f"{line.article} · {line.duty}", "small", "ink2", elide=True), gap=0)
        row = Row(hbox((words, 1), glyph("caret-right", "ink3", 16), gap=8), f"{who}，{line.article}，{line.duty}，{since}", _narrower(narrow, line))
        rows += [rule(), row] if rows else [row]
    if len(lines) > MOST:
        rows += [rule(), text(_("{n} more, by article and person").format(n=figures(len(lines) - MOST)), "small", "ink3")]
    return panel(_("Overdue, by article and person responsible"), *rows)


def _narrower(narrow: Callable[[str, str], object], line: OverdueLine) -> Callable[[], object]:
    return lambda: narrow(line.article, line.person)


def refused_rows(lines: Sequence[EntryLine], now: datetime) -> list[Any]:
    """Acts that were refused of late."""
    rows: list[Any] = []
    for line in lines:
        words = vbox(text(f"{line.person or _('nobody signed in')}　{line.words}", "body", elide=True),
                     text(f"{line.about}　{line.reason}" if line.about else line.reason, "small", "ink2", elide=True), gap=0)
        row = hbox((words, 1), text(office_time(line.at, now), "body", "ink2"), chip(_("refused"), "refused"), gap=12, margins=(16, 8, 16, 8))
        rows += [rule(), Row(row, f"{line.person}，{line.words}，{line.reason}")]
    return rows


def people_rows(first: Sequence[str], locked: Sequence[str]) -> list[Any]:
    """Accounts that need somebody: still with a first password, or locked."""
    rows: list[Any] = []
    for names, icon, kind, state in ((locked, "lock-simple", "late", _("account locked")), (first, "key", "soon", _("first password"))):
        for name in names:
            row = hbox(glyph(icon, kind, 20), (text(name, "strong", elide=True), 1), chip(state, kind), gap=12, margins=(16, 8, 16, 8))
            rows += [rule(), Row(row, f"{name}，{state}")]
    return rows
