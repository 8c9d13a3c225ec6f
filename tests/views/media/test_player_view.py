"""What a person sees and presses: picture under the watermark, timeline, marks, pages; a refusal is said in the picture."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image as Pillow
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.footage import make_photo, make_wav
from desktop.errors import Refusal
from desktop.media.reading import MemoryReader
from desktop.media.spans import Span
from desktop.media.stills import Image
from desktop.media.viewing import Mark, MarkKind, Viewing
from tests.desktop.media.kit import FRAME, SPANS, Lease, footage, plain, sealed
from tests.views.lookcheck import check_page
from views.media.player_view import PlayerView

KINDS = (MarkKind("scene", "现场环境", "map-pin"), MarkKind("goods", "物品及主要特征", "package"))
MARKS = (Mark(1, 1_200_000, 2_000_000, "scene", "办公室东侧", "沈静宜", "2026-11-18T08:20:00.0Z"), Mark(2, 6_000_000, None, "goods", "账簿 14 册"))


class Desk:
    """The archive's side: what it was told, and what it answers."""

    def __init__(self) -> None:
        self.opened, self.removed = 0, list[tuple[int, str]]()
        self.played: list[tuple[int, int]] = []
        self.pages: list[int] = []
        self.refuses: Refusal | None = None

    def open(self) -> None:
        self.opened += 1

    def tell(self, start: int, end: int) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.played.append((start, end))

    def add(self, start: int, end: int | None, kind: str, text: str) -> Mark:
        if self.refuses is not None:
            raise self.refuses
        return Mark(9, start, end, kind, text, "沈静宜", "2026-11-19T02:48:00.0Z")

    def edit(self, ident: int, text: str) -> Mark:
        return Mark(ident, 1_200_000, 2_000_000, "scene", text)

    def remove(self, ident: int, reason: str) -> None:
        self.removed.append((ident, reason))


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def view(qtbot: QtBot, look: QApplication) -> Iterator[PlayerView]:
    out = PlayerView(silent=True)
    qtbot.addWidget(out)
    out.resize(1240, 780)
    out.show()
    QTest.qWaitForWindowExposed(out)
    out.activateWindow()
    yield out
    out.close_recording()


def viewing(desk: Desk, reader: object = None, spans: tuple[Span, ...] | None = SPANS, kind: str = "video", **more: object) -> Viewing:
    return Viewing(
        "现场检查录像（第 1 段）", "西财罚〔2026〕17号", kind, reader or plain(), ("trade",), spans, ("沈静宜", "2026-11-19 10:48", "一号桌"),
        "查〔2026〕31号", datetime(2026, 11, 30, 9, tzinfo=UTC), datetime(2026, 10, 20, 9, 31), MARKS, KINDS, desk.open, desk.tell,
        desk.pages.append, desk.add, desk.edit, desk.remove, **more,
    )  # type: ignore[arg-type]  # a test hands over what it likes


def shown(view: PlayerView, qtbot: QtBot, desk: Desk, **more: object) -> None:
    with qtbot.waitSignal(view.opened):
        view.show_recording(viewing(desk, **more))
    qtbot.waitUntil(lambda: view.player is None or not view.player.facts.has_video or view.player.shown is not None)


def test_opening_is_told_and_the_first_granted_picture_is_there(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    assert desk.opened == 1
    assert view.controls.code.full == "0:00:01.040"
    assert "27" in view.controls.frame_line.full
    assert view.controls.wall_line.full.endswith("09:31:01.040")
    assert "查〔2026〕31号" in view.about.full


def test_the_watermark_lies_over_the_picture_and_reads_on_dark_and_light(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    with_words = view.picture.grab().toImage()
    view.picture.watermark.say(())
    bare = view.picture.grab().toImage()
    box = view.picture.picture_box().toRect()
    lighter = darker = 0
    for x in range(box.left(), box.right(), 2):
        for y in range(box.top(), box.bottom(), 2):
            change = with_words.pixelColor(x, y).lightness() - bare.pixelColor(x, y).lightness()
            lighter, darker = lighter + (change > 5), darker + (change < -5)
    assert lighter > 300
    assert darker > 300
    assert "沈静宜" in viewing(desk).watermark[0]


def test_space_plays_and_pauses_and_arrows_step(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    player = view.player
    assert player is not None
    QTest.keyClick(view.stage, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: player.position == 27 * FRAME)
    QTest.keyClick(view.stage, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: player.position == 26 * FRAME)
    QTest.keyClick(view.stage, Qt.Key.Key_Space)
    assert player.state == "playing"
    qtbot.waitUntil(lambda: player.position > 1_300_000)
    QTest.keyClick(view.stage, Qt.Key.Key_Space)
    assert player.state == "paused"
    assert desk.played
    assert all(any(s.start_us <= a < b <= s.end_us for s in SPANS) for a, b in desk.played)


def test_arrows_on_a_button_belong_to_the_player_but_space_to_the_button(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    assert view.player is not None
    view.controls.mute_button.setFocus()
    QTest.keyClick(view.controls.mute_button, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: view.player is not None and view.player.position == 27 * FRAME)
    QTest.keyClick(view.controls.mute_button, Qt.Key.Key_Space)
    assert view.player.muted
    assert view.player.state == "paused"


def test_keys_move_between_marks_and_change_the_speed(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    player = view.player
    assert player is not None
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: player.position == 1_200_000)
    QTest.keyClick(view.stage, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: player.position == 6_000_000)
    for key, rate in ((Qt.Key.Key_BracketRight, 125), (Qt.Key.Key_BracketLeft, 100), (Qt.Key.Key_BracketLeft, 75)):
        QTest.keyClick(view.stage, key)
        assert player.rate == rate
        assert view.controls.speed.value() == rate


def test_a_span_is_chosen_marked_changed_and_removed(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    player = view.player
    assert player is not None
    QTest.keyClick(view.stage, Qt.Key.Key_I)
    view.seek(1_600_000)
    qtbot.waitUntil(lambda: player.shown is not None and player.shown.us == 1_600_000)
    QTest.keyClick(view.stage, Qt.Key.Key_O)
    assert view.timeline.track.chosen == Span(1_040_000, 1_600_000)
    QTest.keyClick(view.stage, Qt.Key.Key_A)
    marks = view.marks
    assert marks.form.isVisible()
    marks.kind.choose("goods")
    marks.entry.setText("第 9 册")
    marks.commit.click()
    assert (9, 1_040_000, 1_600_000, "goods") in [(m.ident, m.start_us, m.end_us, m.kind) for m in view.timeline.track.marks]
    marks.choose(MARKS[0])
    marks.edit_button.click()
    marks.entry.setText("办公室西侧")
    marks.commit.click()
    assert [m.text for m in marks.marks if m.ident == 1] == ["办公室西侧"]
    marks.choose(MARKS[0])
    marks.remove_button.click()
    marks.commit.click()
    assert desk.removed == [], "a removal without a reason is not accepted"
    marks.entry.setText("重复")
    marks.commit.click()
    assert desk.removed == [(1, "重复")]


def test_a_mark_that_is_refused_says_so_beside_the_list(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    view.marks.begin_mark(1_200_000, None)
    desk.refuses = Refusal("media.outside")
    view.marks.commit.click()
    assert view.marks.banner.kind == "refused"
    assert view.marks.form.isVisible()


def test_typing_a_mark_does_not_play(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    view.marks.begin_mark(1_200_000, None)
    QTest.keyClicks(view.marks.entry, "l j a [ ")
    assert view.player is not None
    assert view.player.state == "paused"
    assert view.marks.entry.text() == "l j a [ "


def test_the_timeline_shows_grants_thumbnails_and_sound_and_seeks_inside_them(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    track, player = view.timeline.track, view.player
    assert player is not None
    qtbot.waitUntil(lambda: bool(track.peaks))
    assert track.thumbnails
    assert all(any(span.holds(us) for span in SPANS) for us, _image in track.thumbnails)
    y = view.timeline.height() // 4
    QTest.mouseClick(view.timeline, Qt.MouseButton.LeftButton, pos=QPoint(view.timeline.width() - 20, y))
    qtbot.waitUntil(lambda: player.position > SPANS[1].start_us)
    assert SPANS[1].holds(player.position)
    QTest.keyClick(view.timeline, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: SPANS[0].holds(player.position))
    assert "2" in view.timeline.accessibleName()


def test_a_grant_that_ends_takes_the_picture_away_and_says_why(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    lease = Lease()
    shown(view, qtbot, desk, reader=sealed(footage(), lease))
    view.controls.play_button.click()
    with qtbot.waitSignal(view.failed):
        lease.ended = True
    assert view.picture.accessibleName().startswith(str(Refusal("grant.revoked", number="查〔2026〕31号"))[:6])
    assert not view.controls.isEnabled()


def test_what_cannot_be_written_to_the_ledger_is_not_shown_any_longer(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    desk.refuses = Refusal("grant.revoked", number="查〔2026〕31号")
    with qtbot.waitSignal(view.failed):
        view.controls.play_button.click()
    assert view.player is None
    assert view.picture.accessibleName().startswith(str(desk.refuses)[:6])


def test_sound_alone(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    wav = io.BytesIO()
    make_wav(wav, 8, seed=1)
    shown(view, qtbot, desk, reader=MemoryReader(wav.getvalue()), spans=None, kind="audio")
    assert not view.controls.back.isEnabled()
    assert view.picture.accessibleName() == "只有声音"


def drawn(page: int, longest: int) -> Image:
    """Three pages, each of its own grey."""
    made = Pillow.new("RGBA", (max(longest // 2, 1), longest), (40 * (page + 1),) * 3 + (255,))
    return Image(made.width, made.height, made.tobytes("raw", "BGRA"), 3)


def test_pages_turn_and_grow_under_the_same_watermark(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    view.show_recording(viewing(desk, kind="pdf", reader=MemoryReader(b"%PDF"), spans=None, draw=drawn))
    qtbot.waitUntil(lambda: desk.pages == [0])
    assert desk.opened == 1
    QTest.keyClick(view.still, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: desk.pages == [0, 1])
    assert view.still.where.full == "第 2 页，共 3 页"
    before = view.still.sheet.width()
    QTest.keyClick(view.still, Qt.Key.Key_Plus)
    assert view.still.sheet.width() > before
    image = view.still.sheet.grab().toImage()
    assert len({image.pixelColor(x, y).lightness() for x in range(0, image.width(), 3) for y in range(0, image.height(), 9)}) > 3
    assert not view.marks.isVisible()


def test_a_page_that_cannot_be_drawn_is_refused_in_words(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    def fail(page: int, longest: int) -> Image:
        raise Refusal("media.unreadable", reason="crashed")

    with qtbot.waitSignal(view.failed):
        view.show_recording(viewing(desk, kind="pdf", reader=MemoryReader(make_photo(64, 48)), spans=None, draw=fail))
    assert view.pages.currentWidget() is view.nothing


def test_another_recording_takes_the_place_of_the_first(view: PlayerView, qtbot: QtBot, desk: Desk) -> None:
    shown(view, qtbot, desk)
    first = view.player
    shown(view, qtbot, desk, spans=None)
    assert view.player is not first
    assert first is not None
    assert first.state == "empty"
    assert view.timeline.track.whole
    until = datetime(2026, 11, 30, 9, tzinfo=UTC) + timedelta(0)
    assert until.astimezone().strftime("%Y-%m-%d") in view.about.full


def test_everything_has_a_name_and_nothing_is_cut_at_four_sizes(look: QApplication, desk: Desk) -> None:
    made: list[PlayerView] = []

    def page() -> PlayerView:
        view = PlayerView(silent=True)
        view.show_recording(viewing(desk))
        made.append(view)
        return view

    check_page(look, page)
    assert [view.player.state for view in made if view.player] == ["empty"] * 4, "a view thrown away stops its player"
