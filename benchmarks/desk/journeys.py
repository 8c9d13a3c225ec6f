"""What people do at the window in a day: each journey is a line of the bench, each step a place to look at."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.desk.prepared import THICK, small_files
from benchmarks.desk.sitting import Sitting

ARCHIVIST, OFFICER, LEADER, AUDITOR, SYSADMIN = "沈静宜", "周敏", "韩立", "吴岚", "孙立"
Journey = Callable[[Sitting], object]


def journeys(folder: Path, deposits: Sequence[int]) -> dict[str, Journey]:
    """In this order, one after another, by name; the files of the deposits come from `folder`."""
    out: dict[str, Journey] = {
        "the sign-in page, imports behind it": lambda at: at.do("imports", lambda: None, lambda: at.window._behind.ready),
        "signing in": lambda at: at.sign_in(ARCHIVIST),
        "every page for the first time": pages,
        "every page again": pages,
        "today": today,
        f"a case of {THICK}": thick_case,
        "settings": settings,
        "search": search,
        "lock and unlock": lock,
        "switching the look": look,
        "switching the language": language,
    }
    for count in deposits:
        out[f"deposit of {count:,} files"] = lambda at, n=count: depositing(at, folder, n)
    return out | {"approvals": approvals, "player": player, "ledger": ledger, "accounts": accounts}


def pages(at: Sitting) -> None:
    """Everything that this person may open."""
    case = at.archive.cases.numbered("西财罚〔2026〕17号")
    for page in list(at.shell.allowed):
        kw = {"case": case} if page.name in ("case", "footage", "scoring", "request") else {}
        at.go(page.name, **kw)


def today(at: Sitting) -> None:
    at.go("today")
    page = at.page
    if page.clocks.model.rowCount():
        at.do("a sum opens", lambda: page.clocks.list.toggle(page.clocks.model.row(0)))
        at.do("it closes", page.step_back)


def thick_case(at: Sitting) -> None:
    case = at.archive.cases.numbered(THICK)
    at.go("cases")
    at.go("case", "opens", case=case)
    page = at.page
    for number in (1, 2, 0):
        at.do(f"section {number}", lambda n=number: page.show_section(n))
    at.go("footage", "its recordings", case=case)
    at.go("scoring", "its marks", case=case)
    at.do("marking begins", at.page.begin_it)


def settings(at: Sitting) -> None:
    at.go("settings")
    for number in (1, 2, 0):
        at.do(f"tab {number}", lambda n=number: at.page.show_tab(n))


def search(at: Sitting) -> None:
    at.go("search", words="账簿")
    at.go("search", "other words", words="录音")


def lock(at: Sitting) -> None:
    at.go("case", case=at.archive.cases.numbered(THICK))
    at.do("lock", at.window.lock)
    at.unlock(ARCHIVIST)


def look(at: Sitting) -> None:
    from views.desk import DESK

    for changed in ({"mode": "dark"}, {"density": "compact"}, {"scale": 1.3}, {"mode": "light", "density": "comfortable", "scale": 1.0}):
        at.do(str(changed), lambda c=changed: DESK.put_in_force(replace(DESK.settings, **c)))  # type: ignore[arg-type]  # fields of the settings


def language(at: Sitting) -> None:
    from views.desk import DESK

    for code in ("en", "zh_CN"):
        at.do(code, lambda c=code: DESK.put_in_force(replace(DESK.settings, language=c)))


def depositing(at: Sitting, folder: Path, count: int) -> None:
    """From the choice of the folder to the report, and the lists under it."""
    source = small_files(folder / f"many{count}", count, f"多{count}件")
    at.go("deposit", "the page")
    page = at.page
    at.do("counting", lambda: page.take([os.fsencode(source)]))
    at.do("taking in and the report", page.start, lambda: page.live is None)
    for number, name in enumerate(("unlinked", "quarantine", "earlier")):
        at.do(f"list: {name}", lambda n=number: page.show_tab(n))
    at.do("put away", page.forget)


def approvals(at: Sitting) -> None:
    at.sign_in(LEADER)
    at.go("approvals")
    page, line = at.page, at.archive.approvals.waiting()[-1]
    at.go("approvals", "one request", request=line.id)
    at.do("its pictures", page.view.preview.click)
    page.decision.password.setText("lantai-leader")
    at.do("signing", page.decision.yes.click)
    at.go("statistics")
    for number in (0, 1, 2):
        at.do(f"statistics {number}", lambda n=number: at.page.choose_view(n))


def player(at: Sitting) -> None:
    from views.player import PlayerPage

    PlayerPage.silent = True
    at.sign_in(OFFICER)
    line = next(r for r in at.archive.approvals.mine() if r.usable)
    at.go("player", "the shelf")
    at.go("player", "a recording opens", component=line.items[0].component, grant=line.grant)
    view = at.page.view
    before = view.player.position
    # What plays does not rest: on a busy machine it was waited for to its end, and the next click began it again.
    at.do("playing", view.controls.play_button.click, lambda: view.player.position > before + 2_000_000, rest=1)
    at.do("pause", view.controls.play_button.click)
    at.do("closing", at.page.step_back)


def ledger(at: Sitting) -> None:
    at.sign_in(AUDITOR)
    at.go("ledger")
    at.do("verifying", at.page.verify.click)


def accounts(at: Sitting) -> None:
    at.sign_in(SYSADMIN)
    at.go("settings")
    at.do("a new account", at.page.people.new_account)
