"""`search DIR WORDS`: the search box, as the person who signs in sees it."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.commands.opening import add_folder, add_person, signed_in
from desktop.commands.terminal import WELL, Terminal
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.search import Hit

KINDS = ("case", "record", "paper", "annotation")


def add(commands: Any, common: list[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("search", parents=common, help=_("find cases, records, papers' text and annotations"))
    add_folder(command)
    command.add_argument("words", nargs="+", metavar="WORDS", help=_("all of them must be there"))
    add_person(command)
    command.add_argument("--case", metavar="NUMBER", help=_("only in this case folder"))
    command.add_argument("--kind", action="append", choices=KINDS, help=_("only things of this kind"))
    command.add_argument("--limit", type=int, default=50, metavar="N", help=_("at most so many, newest first"))
    command.set_defaults(run=run)


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    words = " ".join(options.words)
    with signed_in(options.dir, options.person, "search.read", terminal) as archive:
        case = archive.cases.numbered(options.case) if options.case else None
        if options.case and case is None:
            raise Refusal("not_found")
        hits = archive.search.find(words, limit=options.limit, kinds=options.kind, case=case).hits
    for hit in hits:
        terminal.tell(_facts(hit), _line(hit))
    terminal.say(_("{count} found.").format(count=len(hits)) if hits else _("Nothing was found."))
    return WELL


def _facts(hit: Hit) -> dict[str, Any]:
    return {"kind": hit.kind, "source": hit.source, "case_number": hit.case_number, "title": hit.title, "excerpt": hit.excerpt,
            "spans": [list(span) for span in hit.spans], "label": list(hit.label.names)}


def _line(hit: Hit) -> str:
    parts = [part for part in (hit.case_number, hit.title, hit.excerpt) if part]
    return "  ".join(dict.fromkeys(parts))
