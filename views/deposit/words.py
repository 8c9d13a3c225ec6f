"""What became of files, in words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.i18n import _, finding_words, message_codes, sentence
from desktop.intake import DepositLine
from models.terms import DepositState, ItemState
from views.common.text import figures


def reason_words(code: str) -> str:
    """Why a file was not taken in, as a sentence: codes come from the probe (findings) and from the vault (refusals)."""
    if code in message_codes("findings"):
        return finding_words(code)
    return sentence(code, reason=_("not known more exactly"))


def short_words(code: str) -> str:
    """The first part of a finding, for a row."""
    words = finding_words(code)
    for mark in "。：（.(:":
        words = words.split(mark)[0]
    return words.strip()


def findings_words(codes: Sequence[str]) -> str:
    """All findings of one file, short."""
    return "；".join(short_words(c) for c in codes)


def count_words(line: DepositLine) -> str:
    """36 件入库，1 件重复，2 件待查: only what there is."""
    parts = (
        (ItemState.ADMITTED, _("{n} taken in")),
        (ItemState.DUPLICATE, _("{n} held already")),
        (ItemState.QUARANTINED, _("{n} in quarantine")),
        (ItemState.FAILED, _("{n} not taken in")),
        (ItemState.WAITING, _("{n} still waiting")),
    )
    said = [words.format(n=figures(line.counts[state.value])) for state, words in parts if line.counts.get(state.value)]
    return "，".join(said)


def state_words(line: DepositLine, live: bool) -> tuple[str, str]:
    """Kind and words of a deposit's chip; one that says it runs while none runs here was cut off."""
    if line.state is DepositState.DONE:
        failed = line.counts.get(ItemState.FAILED.value, 0)
        return ("soon", _("done, {n} missing").format(n=figures(failed))) if failed else ("good", _("done"))
    if line.state is DepositState.RUNNING and live:
        return "run", _("running")
    return "soon", _("stopped")


def resumable(line: DepositLine, live: bool) -> bool:
    """Whether a deposit can go on: files wait, or failed, and it is not running now."""
    left = line.counts.get(ItemState.WAITING.value, 0) + line.counts.get(ItemState.FAILED.value, 0)
    return left > 0 and not (line.state is DepositState.RUNNING and live)
