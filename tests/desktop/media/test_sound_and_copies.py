"""Loudness of the granted seconds, what was seen, and approved copies to the picture."""

from __future__ import annotations

import io

import av
import pytest

from desktop.demo.footage import make_photo, make_recording, make_wav, read_barcode
from desktop.errors import Cancelled, Refusal
from desktop.jobs import Silent, Tracked
from desktop.media import clips
from desktop.media.clips import write_clip
from desktop.media.fence import fences
from desktop.media.reading import MemoryReader
from desktop.media.seen import LONGEST, Seen
from desktop.media.sound import peaks
from desktop.media.spans import Span, total
from tests.desktop.media.kit import FPS, FRAME, GRANTED, SPANS, START, footage, plain, sealed


def test_loudness_is_heard_in_granted_seconds_only() -> None:
    whole = (Span(0, 12_000_000),)
    every, some = peaks(plain(), whole, 12_000_000, 48, Silent()), peaks(fences(plain(), SPANS).still, SPANS, 12_000_000, 48, Silent())
    assert len(every) == len(some) == 48
    assert max(peak or 0 for peak in every) > 0.2
    for k, peak in enumerate(some):
        middle = 125_000 + k * 250_000
        assert (peak is None) == (not any(span.holds(middle) for span in SPANS))


def test_a_recording_without_sound_has_no_loudness() -> None:
    out = io.BytesIO()
    make_recording(out, 1, 320, 180, sound=False)
    assert peaks(MemoryReader(out.getvalue()), (Span(0, 1_000_000),), 1_000_000, 10, Silent()) == []


@pytest.fixture
def told() -> list[tuple[int, int]]:
    return []


def test_what_was_seen_is_told_once_as_stretches(told: list[tuple[int, int]]) -> None:
    seen = Seen(lambda a, b: told.append((a, b)))
    for n in range(50):
        seen.saw(n * FRAME, n * FRAME + FRAME)
    assert told == []
    seen.saw(8_000_000, 8_040_000)
    assert told == [(0, 50 * FRAME)]
    seen.flush()
    seen.flush()
    assert told == [(0, 50 * FRAME), (8_000_000, 8_040_000)]


def test_a_long_look_is_told_while_it_lasts(told: list[tuple[int, int]]) -> None:
    seen = Seen(lambda a, b: told.append((a, b)))
    for second in range(130):
        seen.saw(second * 1_000_000, (second + 1) * 1_000_000)
    seen.flush()
    assert len(told) == 3
    assert told[0][0] == 0
    assert told[-1][1] == 130_000_000
    assert all(b - a <= LONGEST + 1_000_000 for a, b in told)


def test_a_copy_holds_exactly_the_granted_pictures_with_words_over_them() -> None:
    out, progress = io.BytesIO(), Tracked()
    length = write_clip(sealed(footage()), SPANS, "复制件 003  沈静宜  2026-11-19", out, progress)
    assert length == total(SPANS)
    assert progress.done >= progress.total
    with av.open(io.BytesIO(out.getvalue())) as made:
        pictures = list(made.decode(video=0))
    assert [read_barcode(frame) for frame in pictures] == GRANTED
    with av.open(io.BytesIO(footage())) as source:
        first = next(f for n, f in enumerate(source.decode(video=0)) if n == GRANTED[0])
    ours, theirs = memoryview(pictures[0].planes[0]), memoryview(first.planes[0])
    changed = sum(abs(a - b) > 12 for a, b in zip(ours[::7], theirs[::7], strict=True))
    assert changed > len(ours[::7]) // 100, "the words are burnt into the picture"


def test_sound_of_a_copy_is_as_long_as_its_picture() -> None:
    out = io.BytesIO()
    write_clip(plain(), SPANS, "x", out, Silent())
    with av.open(io.BytesIO(out.getvalue())) as made:
        samples = sum(frame.samples for frame in made.decode(audio=0))
    assert abs(samples - total(SPANS) * 48_000 // 1_000_000) <= 3 * 1024
    with av.open(io.BytesIO(out.getvalue())) as made:
        assert sum(1 for _ in made.decode(video=0)) == len(GRANTED)


def test_a_copy_of_sound_alone() -> None:
    wav, out = io.BytesIO(), io.BytesIO()
    make_wav(wav, 6, seed=2)
    write_clip(MemoryReader(wav.getvalue()), (Span(1_000_000, 3_000_000),), "复制件 004", out, Silent())
    with av.open(io.BytesIO(out.getvalue())) as made:
        assert not made.streams.video
        assert made.metadata["comment"] == "复制件 004"
        assert abs(sum(f.samples for f in made.decode(audio=0)) - 96_000) <= 3 * 1024


def test_a_copy_can_be_stopped() -> None:
    progress = Tracked()
    progress.cancel()
    with pytest.raises(Cancelled):
        write_clip(plain(), SPANS, "x", io.BytesIO(), progress)


def test_without_chinese_type_a_copy_is_refused_and_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "_FOLDERS", ("/nowhere",))
    with pytest.raises(Refusal) as refused:
        write_clip(plain(), SPANS, "复制件 001", io.BytesIO(), Silent())
    assert refused.value.code == "media.no_type"
    assert "fonts-noto-cjk" in str(refused.value)


def test_footage_is_the_same_every_time() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    make_recording(first, 3, 320, 180, FPS, START, seed=9)
    make_recording(second, 3, 320, 180, FPS, START, seed=9)
    assert first.getvalue() == second.getvalue()
    assert make_photo(320, 240, START, seed=4) == make_photo(320, 240, START, seed=4)
