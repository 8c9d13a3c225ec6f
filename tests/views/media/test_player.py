"""The player: exact pictures, granted seconds and no others, what was seen, and every way in which it must stop."""

from __future__ import annotations

import io
import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from desktop.demo.footage import make_photo, make_recording, make_wav, read_barcode
from desktop.errors import Refusal
from desktop.media.frames import FrameSource
from desktop.media.reading import MemoryReader
from desktop.media.spans import Span, clip, union
from tests.desktop.media.kit import FPS, FRAME, GRANTED, SPANS, Lease, footage, plain, sealed
from tests.views.media.conftest import Watched


def test_a_paused_picture_is_that_picture_to_the_bit(watched: Watched) -> None:
    watched.open(sealed(footage()))
    watched.player.play()
    watched.moving(20)
    watched.player.pause()
    watched.still()
    shown = watched.player.shown
    assert shown is not None
    number = read_barcode(shown.frame)
    assert number == shown.number == shown.us // FRAME
    with FrameSource(plain()) as source:
        truth = source.frame_at(shown.us).frame
    assert all(bytes(a) == bytes(b) for a, b in zip(shown.frame.planes, truth.planes, strict=True))
    assert watched.grabbed_number() == number


def test_what_the_widget_shows_has_the_recordings_colours(watched: Watched) -> None:
    """BT.709 by its own matrix: the painted room is compared with what the screen shows, not with another decoder."""
    from desktop.demo.scene import paint

    watched.open(sealed(footage()))
    room = paint(640, 360, "", 3)
    screen = watched.canvas.grab().toImage()
    differences = []
    for x in range(4, 640, 17):
        for y in range(60, 250, 11):
            seen, painted = screen.pixelColor(x, y), room.getpixel((x, y))
            assert isinstance(painted, tuple)
            differences += [abs(seen.red() - painted[0]), abs(seen.green() - painted[1]), abs(seen.blue() - painted[2])]
    assert statistics.median(differences) <= 2


def test_only_granted_pictures_are_ever_shown(watched: Watched) -> None:
    watched.open(sealed(footage()), SPANS)
    watched.player.play()
    watched.until("ended")
    watched.still()
    assert None not in watched.numbers
    assert set(watched.numbers) <= set(GRANTED)
    assert watched.wrong_times == []
    assert len(set(watched.numbers)) > len(GRANTED) // 2
    seen = union(Span(*one) for one in watched.played)
    assert clip(seen, SPANS) == seen, "the ledger gets no second that was not granted"
    assert [span.end_us for span in seen] == [span.end_us for span in SPANS]
    assert all(ours.start_us - granted.start_us <= 3 * FRAME for ours, granted in zip(seen, SPANS, strict=True))


@pytest.mark.parametrize("container", ["mkv", "ts"])
def test_other_containers_keep_to_the_grant_too(watched: Watched, container: str) -> None:
    watched.open(plain(container), (SPANS[1],))
    watched.player.play()
    watched.moving(8)
    watched.player.pause()
    watched.still()
    assert set(watched.numbers) <= set(GRANTED)
    assert watched.wrong_times == []


@pytest.mark.parametrize("us", [0, 4_000_000, 11_500_000])
def test_seeking_outside_the_grant_lands_inside_it(watched: Watched, us: int) -> None:
    watched.open(plain(), SPANS)
    watched.player.play()
    watched.moving(3)
    watched.player.seek(us)
    watched.moving(1)
    watched.player.pause()
    watched.player.seek(us)
    watched.still()
    assert any(span.holds(watched.player.position) for span in SPANS)
    assert set(watched.numbers) <= set(GRANTED)


def test_steps_are_single_pictures_and_stay_inside(watched: Watched) -> None:
    watched.open(plain(), (SPANS[0],))
    seen = []
    for forward in (True, True, True, False):
        with watched.qtbot.waitSignal(watched.player.frame_shown):
            watched.player.step(forward)
        seen.append(watched.numbers[-1])
    assert seen == [27, 28, 29, 28]


def test_a_seek_while_playing_goes_to_that_picture(watched: Watched) -> None:
    watched.open(sealed(footage()))
    watched.player.play()
    watched.moving(3)
    watched.player.seek(200 * FRAME)
    watched.numbers.clear()
    watched.moving(3)
    assert watched.numbers[0] is not None
    assert 200 <= watched.numbers[0] <= 203
    assert watched.wrong_times == []


def test_pictures_flow(watched: Watched) -> None:
    watched.open(sealed(footage()))
    watched.player.play()
    watched.moving(5)
    begun, before = time.perf_counter(), len(watched.numbers)
    watched.moving(60)
    assert (len(watched.numbers) - before) / (time.perf_counter() - begun) >= 20


def test_the_end_of_the_grant_stops_an_open_player_and_says_why(watched: Watched) -> None:
    lease = Lease()
    watched.open(sealed(footage(), lease))
    watched.player.play()
    watched.moving(5)
    lease.ended = True
    watched.until("failed")
    assert isinstance(watched.failures[0], Refusal)
    assert watched.failures[0].code == "grant.revoked"
    assert watched.player.shown is None


def test_a_paused_player_notices_the_end_of_the_grant_as_well(watched: Watched) -> None:
    lease = Lease()
    watched.open(sealed(footage(), lease))
    lease.ended = True
    watched.until("failed")
    assert len(watched.failures) == 1


def test_a_recording_cut_off_is_not_taken_for_its_end(watched: Watched) -> None:
    """The index is whole, the pictures end early: libVLC would call it the end."""
    whole = footage("mkv", 12)
    watched.open(MemoryReader(whole[: len(whole) // 2]), None)
    watched.player.play()
    watched.until("failed")
    assert isinstance(watched.failures[0], Refusal)
    assert watched.failures[0].code in ("media.cut_short", "media.no_picture")


def test_an_object_damaged_in_the_middle_says_so(watched: Watched) -> None:
    out = io.BytesIO()
    make_recording(out, 8, 640, 360, FPS, seed=3, sound=False)
    content = bytearray(out.getvalue()[:-8])
    padding = (3 << 20).to_bytes(4, "big") + b"free" + bytes((3 << 20) - 8)
    watched.failures.clear()
    reader = sealed(bytes(content) + padding, damage=len(content) // 2)
    watched.player.open(reader)
    watched.qtbot.waitUntil(lambda: bool(watched.failures))
    assert isinstance(watched.failures[0], Refusal)
    assert watched.failures[0].code == "vault.damaged"


def test_garbage_is_refused_in_words(watched: Watched) -> None:
    watched.player.open(MemoryReader(os.urandom(200_000)))
    watched.until("failed")
    assert isinstance(watched.failures[0], Refusal)
    assert watched.failures[0].code == "media.unreadable"


def test_sound_alone_is_played_and_told(watched: Watched) -> None:
    wav = io.BytesIO()
    make_wav(wav, 20, seed=1)
    span = Span(4_000_000, 6_000_000)
    with watched.qtbot.waitSignal(watched.player.opened):
        watched.player.open(MemoryReader(wav.getvalue()), (span,))
    watched.player.play()
    watched.until("ended")
    assert watched.played[-1][1] == span.end_us
    assert all(span.start_us <= a < b <= span.end_us for a, b in watched.played)


def with_cover(seconds: int) -> tuple[bytes, bytes]:
    """An MP3 with a picture in its head, as some voice recorders write it; and that picture."""
    out, wav = io.BytesIO(), io.BytesIO()
    make_wav(wav, seconds, seed=1)
    wav.seek(0)
    with av.open(wav) as source, av.open(out, "w", format="mp3", options={"write_xing": "0"}) as made:
        stream = made.add_stream("mp3", rate=16_000)
        for frame in source.decode(audio=0):
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))
    cover = make_photo(160, 120)
    body = b"\0image/jpeg\0\3\0" + cover
    tag = b"APIC" + len(body).to_bytes(4, "big") + b"\0\0" + body
    size = bytes(len(tag) >> shift & 127 for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + size + tag + out.getvalue(), cover


def test_a_cover_is_no_moving_picture_and_is_not_written_anywhere(watched: Watched) -> None:
    content, cover = with_cover(12)
    begun = time.time() - 1
    span = Span(6_000_000, 7_500_000)
    with watched.qtbot.waitSignal(watched.player.opened):
        watched.player.open(MemoryReader(content), (span,))
    assert watched.player.facts is not None
    assert not watched.player.facts.has_video
    watched.player.play()
    watched.until("ended")
    seen = union(Span(*one) for one in watched.played)
    assert clip(seen, (span,)) == seen
    assert not any(cover[100:164] in content for content in fresh_files(begun))


def fresh_files(begun: float, *more: Path) -> Iterator[bytes]:
    """What was written since then, wherever a program of this person may write."""
    home = [Path.home() / name for name in (".cache", ".local", ".config")]
    for folder in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), *more, *home):
        for at in (Path(place, name) for place, _folders, names in os.walk(folder) for name in names):  # what goes meanwhile is passed over
            try:
                if at.is_file() and at.stat().st_mtime >= begun and at.stat().st_size < 1 << 26:
                    yield at.read_bytes()
            except OSError:  # another program's, gone or closed to us
                continue


def test_a_loop_comes_back(watched: Watched) -> None:
    watched.open(plain())
    watched.player.loop = Span(2_000_000, 2_600_000)
    watched.player.seek(2_000_000)
    watched.player.play()
    watched.qtbot.waitUntil(lambda: len([p for p in watched.played if p[1] >= 2_600_000]) >= 2)
    assert all(n is not None and n < 80 for n in watched.numbers)


def test_faster_is_faster(watched: Watched) -> None:
    watched.open(plain())
    watched.player.set_rate(400)
    watched.player.play()
    watched.moving(3)
    begun, first = time.perf_counter(), watched.player.position
    watched.qtbot.waitUntil(lambda: watched.player.position > first + 4_000_000)
    assert time.perf_counter() - begun < 2.5


def test_nothing_readable_reaches_a_disk(watched: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    content = footage("mp4", 12, 320, 180)
    watched.open(sealed(content))
    begun = time.time() - 1
    watched.player.play()
    watched.moving(30)
    watched.player.pause()
    watched.still()
    marker = content[20_000:20_064]
    assert not any(marker in written for written in fresh_files(begun, tmp_path))
