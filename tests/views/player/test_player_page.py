"""播放: only what was granted, every stretch written down, a grant taken back closes at once, copies that can be counted."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import av
import pytest
from PySide6.QtWidgets import QApplication

from desktop.errors import Cancelled, Refusal
from desktop.jobs import Silent, Tracked
from desktop.media.copying import copy_name, save_copy
from models.terms import RequestId, Verb
from tests.views import office as o
from tests.views.approvals.sitting import SilentPlayer, Sit, ask, component, entries, grant
from tests.views.lookcheck import check_page

SPAN = (30_000_000, 150_000_000)


def facts_of(archive, act: str) -> list[dict]:
    rows = archive.database.another_connection().execute("SELECT leaf FROM ledger_entry ORDER BY seq")
    return [entry["facts"] for (leaf,) in rows if (entry := json.loads(leaf))["act"] == act and entry["outcome"] == "done"]


def shown(qtbot, page) -> None:
    def there() -> bool:
        player = page.view.player
        return player is not None and player.facts is not None and player.shown is not None

    qtbot.waitUntil(there)


def test_without_a_grant_the_page_says_how_to_ask(sit: Sit) -> None:
    with sit(o.OFFICER) as desk:
        page = desk.go("player")
        assert page.shelf.currentWidget() is page.shelf.nothing
        assert not page.open_button.isVisible()


def test_what_may_be_opened_stands_there_with_its_seconds_and_its_end(sit: Sit, archive) -> None:
    grant(archive, RequestId(1))
    with sit(o.OFFICER) as desk:
        page = desk.go("player")
        model = page.shelf.table.model()
        assert [model.index(0, k).data() for k in range(4)] == [
            f"现场检查录像，{o.BOOKS}", "0:00:30–0:02:30，1 段，2 分", "查〔2026〕1号，只批准查阅", "12-03 18:00，还有 14 天 7 小时"]


def test_only_the_granted_seconds_are_reachable_and_what_was_seen_is_written(sit: Sit, archive, qtbot) -> None:
    held = grant(archive, RequestId(1))
    with sit(o.OFFICER) as desk:
        desk.go("player")
        desk.press("Return")
        page = desk.page
        assert page.looked is not None
        assert page.looked[0].grant == held
        shown(qtbot, page)
        player = page.view.player
        assert [(s.start_us, s.end_us) for s in player.spans] == [SPAN]
        for wish in (0, 170_000_000):
            page.view.seek(wish)
            qtbot.waitUntil(lambda: SPAN[0] <= player.position < SPAN[1])
        player.play()
        qtbot.waitUntil(lambda: player.state == "playing")
        qtbot.waitUntil(lambda: player.position > SPAN[0] and player.state == "playing")
        qtbot.wait(600)
        desk.press("Esc")
        assert page.looked is None
        assert page.stack.currentWidget() is page.list
    played = facts_of(archive, "media.play")
    assert played, "what was shown is in the ledger"
    assert all(SPAN[0] <= f["start_us"] < f["end_us"] <= SPAN[1] for f in played)
    acts = [act for _person, act, _outcome in entries(archive)]
    assert acts.index("media.open") < acts.index("media.play") < acts.index("media.close")


def test_a_lock_right_after_a_stretch_does_not_lose_it(sit: Sit, archive, qtbot) -> None:
    grant(archive, RequestId(1))
    with sit(o.OFFICER) as desk:
        desk.go("player")
        desk.press("Return")
        page = desk.page
        shown(qtbot, page)
        page.view.player.span_played.emit(31_000_000, 40_000_000)
        page.left()
        archive.lock()
        desk.settle()
        assert page.looked is None
    assert {"start_us": 31_000_000, "end_us": 40_000_000} in facts_of(archive, "media.play")
    assert ("周敏", "media.close", "done") in entries(archive)
    assert not [e for e in entries(archive) if e[2] == "refused" and e[1].startswith("media.")]


def test_a_grant_taken_back_closes_the_open_player_with_three_lines(sit: Sit, archive, qtbot) -> None:
    held = grant(archive, RequestId(1))
    with sit(o.OFFICER) as desk:
        page = desk.go("player", component=8, grant=held)
        shown(qtbot, page)
        connection = archive.database._connect()
        connection.execute('UPDATE "grant" SET revoked_at = ? WHERE id = ?', ("2026-11-19T02:48:00.000000Z", held))
        connection.close()
        page.view.player.play()
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.trouble)
        desk.settle()
        assert "已被负责人撤回" in page.trouble.words
        assert page.looked is None
        desk.press("Esc")
        assert page.stack.currentWidget() is page.list


def test_what_was_not_granted_is_refused_in_the_page_and_written_down(sit: Sit, archive) -> None:
    o.sign_in(archive, o.OFFICER)
    other = component(archive, "送达录像")
    with sit(o.OFFICER) as desk:
        page = desk.go("player", component=other)
        assert page.stack.currentWidget() is page.trouble
        assert "未经负责人批准" in page.trouble.words
        assert page.trouble.first.hasFocus()
    assert ("周敏", "media.open", "refused") in entries(archive)


def test_a_damaged_object_is_told_and_nothing_of_it_is_shown(sit: Sit, archive, qtbot) -> None:
    held = grant(archive, ask(archive, "现场检查笔录"))
    found = archive.database.another_connection().execute(
        "SELECT o.object_id FROM component c JOIN record r ON r.id = c.record_id JOIN stored_object o ON o.id = c.object_id WHERE r.title = ?",
        ("现场检查笔录",)).fetchall()
    stored = next(p for p in archive.paths.vault.rglob("*") if p.is_file() and p.name == found[0][0])
    raw = bytearray(stored.read_bytes())
    raw[len(raw) // 2] ^= 1
    stored.chmod(0o600)
    stored.write_bytes(raw)
    with sit(o.OFFICER) as desk:
        line = archive.media.openable()[0]
        page = desk.go("player", component=line.component, grant=held)
        qtbot.waitUntil(lambda: page.stack.currentWidget() is page.trouble)
        assert "入库时不一致" in page.trouble.words


def test_a_paper_is_copied_whole_with_its_digest_in_the_ledger(sit: Sit, archive, tmp_path: Path) -> None:
    grant(archive, ask(archive, "现场检查笔录", Verb.COPY, copies=1))
    with sit(o.OFFICER) as desk:
        line = archive.media.openable()[0]
        page = desk.go("player", component=line.component, grant=line.grant)
        page.choose_file = lambda _page, suggested: tmp_path / suggested
        assert page.copy.isVisible()
        desk.click(page.copy)
        assert page.banner.kind == "good"
        made = tmp_path / "查〔2026〕2号-1 现场检查笔录.pdf"
        assert hashlib.sha256(made.read_bytes()).hexdigest() == page.looked[0].component.sha256
        assert not page.copy.isEnabled()
        assert page.copy.toolTip() == "批准的份数已经取完"
        with pytest.raises(Refusal, match="复制份数"):
            save_copy(archive, line, tmp_path / "再来一份.pdf", Silent())
    assert not list(tmp_path.glob(".*.part"))
    assert not (tmp_path / "再来一份.pdf").exists()
    copied = facts_of(archive, "media.copy")
    assert [f["copy_sha256"] for f in copied] == [hashlib.sha256(made.read_bytes()).hexdigest()]


def test_a_copy_of_seconds_holds_these_seconds(archive, tmp_path: Path) -> None:
    grant(archive, ask(archive, o.RECORDING, Verb.COPY, ((30_000_000, 36_000_000),), copies=2))
    o.sign_in(archive, o.OFFICER)
    line = next(one for one in archive.media.openable() if one.verb is Verb.COPY)
    path = tmp_path / copy_name(line, tmp_path)
    saved = save_copy(archive, line, path, Silent())
    assert (saved.number, saved.sha256) == (1, hashlib.sha256(path.read_bytes()).hexdigest())
    with av.open(str(path)) as box:
        assert sum(1 for _frame in box.decode(video=0)) == 6
    again = next(one for one in archive.media.openable() if one.verb is Verb.COPY)
    assert copy_name(again, tmp_path) == "查〔2026〕2号-2 现场检查录像.mp4"


def test_a_copy_that_cannot_be_written_or_is_stopped_leaves_nothing(archive, tmp_path: Path) -> None:
    grant(archive, ask(archive, "现场检查笔录", Verb.COPY, copies=1))
    o.sign_in(archive, o.OFFICER)
    line = archive.media.openable()[0]
    with pytest.raises(Refusal, match="写不到"):
        save_copy(archive, line, tmp_path / "no such folder" / "a.pdf", Silent())
    stopped = Tracked()
    stopped.cancel()
    with pytest.raises(Cancelled):
        save_copy(archive, line, tmp_path / "a.pdf", stopped)
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*.part")) == []
    assert archive.media.openable()[0].copies_left == 1


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_the_player_fits_without_scrolling_sideways(sit: Sit, archive, qtbot, size: tuple[int, int]) -> None:
    held = grant(archive, RequestId(1))
    with sit(o.OFFICER, size) as desk:
        page = desk.go("player", component=8, grant=held)
        shown(qtbot, page)
        desk.settle()
        assert page.size() == page.parentWidget().size()


def test_nothing_is_cut_nor_unnamed_at_four_sizes(look: QApplication, sit: Sit, archive) -> None:
    grant(archive, RequestId(1))
    with sit(o.OFFICER) as desk:
        lines = archive.media.openable()

        def shelf() -> SilentPlayer:
            page = SilentPlayer(archive, desk.bridge, desk.shell)
            page.shelf.show_lines(lines)
            return page

        def trouble() -> SilentPlayer:
            page = SilentPlayer(archive, desk.bridge, desk.shell)
            page._show_trouble(Refusal("grant.over", number="查〔2026〕1号", until="2026-11-18 18:00"), o.RECORDING)
            return page

        check_page(look, shelf)
        check_page(look, trouble)
