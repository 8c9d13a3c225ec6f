"""What became of files, and where they came from, in words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.i18n import _, finding_words, message_codes, sentence
from desktop.intake import DepositLine
from models.terms import DepositState, ItemState
from views.common.text import Text, figures, tip


def last_part(path: str) -> str:
    """The last part of a path: what a person called the folder or the recorder."""
    return _parts(path)[-1]


def short_path(path: str) -> str:
    """Where files came from, as one speaks of it: …/2026年11月/记录仪0412, the last two parts; a path that has no more stays as it is."""
    parts = _parts(path)
    return path if len(parts) <= 2 else "…/" + "/".join(parts[-2:])


def show_source(line: Text, path: str, told: str = "") -> None:
    """Tell a source by its last two parts, or in the words `told`; its whole path is in the tooltip and told to who cannot see it."""
    line.setText(told or short_path(path))
    line.setToolTip(tip(path))
    line.setAccessibleDescription(path)


def _parts(path: str) -> list[str]:
    return [part for part in path.replace("\\", "/").split("/") if part] or [path]


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
