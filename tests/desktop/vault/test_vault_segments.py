"""Reading at random: the bytes are right, the lease bites, and what fails is remembered."""

from __future__ import annotations

import io
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vault_kit import OBJECT_ID, Bytes, refuses, sealed

from desktop.errors import Refusal
from desktop.vault.format import FIRST_PLAIN, FULL_PLAIN, HEADER, SEGMENT
from desktop.vault.segments import ReaderFile, SegmentReader

KEY = os.urandom(32)
PLAIN = os.urandom(FIRST_PLAIN + 2 * FULL_PLAIN + 777)
CIPHER = sealed(PLAIN, KEY)
EDGES = [0, FIRST_PLAIN, FIRST_PLAIN + FULL_PLAIN, FIRST_PLAIN + 2 * FULL_PLAIN, len(PLAIN)]


class Lease:
    """A lease that can end, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked, self.ended = 0, False

    def __call__(self) -> None:
        self.asked += 1
        if self.ended:
            raise Refusal("grant.expired")


class Hand:
    """A clock moved by hand, in seconds."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def reader(cipher: bytes = CIPHER, **options: object) -> SegmentReader:
    return SegmentReader(Bytes(cipher), KEY, OBJECT_ID, len(cipher), **options)  # type: ignore[arg-type]  # options are passed on


offsets = st.one_of(
    st.integers(0, len(PLAIN) + 10), st.builds(lambda edge, by: max(edge + by, 0), st.sampled_from(EDGES), st.integers(-3, 3))
)
SHARED = reader()


@given(offsets, st.one_of(st.integers(0, 40), st.integers(0, len(PLAIN))))
def test_any_span_is_the_span_of_the_content(offset: int, length: int) -> None:
    assert SHARED.read_at(offset, length) == PLAIN[offset : offset + length]


def test_negative_places_are_a_bug() -> None:
    for offset, length in ((-1, 1), (0, -1)):
        with pytest.raises(ValueError):
            SHARED.read_at(offset, length)


def test_segments_are_decrypted_once_and_few_are_kept() -> None:
    source = Bytes(CIPHER)
    kept = SegmentReader(source, KEY, OBJECT_ID, len(CIPHER), cache=2)
    for _ in range(5):
        kept.read_at(10, 10)
        kept.read_at(SEGMENT, 10)
    assert source.reads == 3  # the header and two segments
    kept.read_at(2 * SEGMENT, 10)
    kept.read_at(10, 10)
    assert source.reads == 5


def test_the_lease_is_asked_before_every_segment_and_every_second() -> None:
    lease, clock = Lease(), Hand()
    opened = reader(lease=lease, clock=clock)
    opened.read_at(0, 10)
    first = lease.asked
    opened.read_at(0, 10)
    assert lease.asked == first
    opened.read_at(SEGMENT, 10)
    assert lease.asked == first + 1
    clock.now += 1.5
    opened.read_at(0, 10)
    assert lease.asked == first + 2


def test_an_ended_lease_stops_cached_segments_within_a_second() -> None:
    lease, clock = Lease(), Hand()
    opened = reader(lease=lease, clock=clock)
    assert opened.read_at(0, 10) == PLAIN[:10]
    lease.ended = True
    clock.now += 1.01
    for _ in range(2):
        with refuses("grant.expired"):
            opened.read_at(0, 10)
    assert isinstance(opened.failure, Refusal)
    assert opened.failure.code == "grant.expired"
    assert not opened._kept


def test_an_ended_lease_stops_the_next_segment_at_once() -> None:
    lease, clock = Lease(), Hand()
    opened = reader(lease=lease, clock=clock)
    opened.read_at(0, 10)
    lease.ended = True
    with pytest.raises(Refusal):
        opened.read_at(SEGMENT, 10)
    with pytest.raises(Refusal):
        opened.read_at(0, 10)


def test_a_damaged_segment_gives_nothing_and_the_first_failure_is_kept() -> None:
    altered = bytearray(CIPHER)
    altered[SEGMENT + 5] ^= 1
    altered[2 * SEGMENT + 5] ^= 1
    opened = reader(bytes(altered))
    assert opened.read_at(0, 100) == PLAIN[:100]
    for segment in (1, 2):
        with pytest.raises(Refusal) as caught:
            opened.read_at(segment * SEGMENT, 10)
        assert caught.value.facts == {"object_id": OBJECT_ID, "segment": segment}
    with pytest.raises(Refusal):
        opened.read_at(0, len(PLAIN))
    assert isinstance(opened.failure, Refusal)
    assert opened.failure.facts["segment"] == 1


@pytest.mark.parametrize("cipher", [b"", CIPHER[:HEADER], b"\x27" + CIPHER[1:], CIPHER[: SEGMENT + 3]],
                         ids=["empty", "header", "other header", "no such size"])
def test_what_is_no_object_is_refused_on_opening(cipher: bytes) -> None:
    with refuses("vault.damaged"):
        reader(cipher)


def test_a_file_of_another_size_than_the_row_is_refused_on_opening() -> None:
    with refuses("vault.damaged"):
        SegmentReader(Bytes(CIPHER), KEY, OBJECT_ID, len(CIPHER) + 1)


def test_a_file_that_shrinks_while_it_is_open_is_refused() -> None:
    source = Bytes(CIPHER)
    opened = SegmentReader(source, KEY, OBJECT_ID, len(CIPHER))
    source.content = CIPHER[: SEGMENT + 5]
    with refuses("vault.damaged"):
        opened.read_at(SEGMENT, 5)


def test_many_threads_read_the_same_object() -> None:
    wrong: list[int] = []
    with reader(cache=1) as opened:

        def read(start: int) -> None:
            for at in range(start, len(PLAIN), 300_007):
                if opened.read_at(at, 5000) != PLAIN[at : at + 5000]:
                    wrong.append(at)

        threads = [threading.Thread(target=read, args=(number * 1111,)) for number in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong
    assert opened.failure is None


def test_closing_drops_the_content() -> None:
    opened = reader()
    opened.read_at(0, 10)
    opened.close()
    assert not opened._kept


def test_the_object_is_a_file_for_decoders() -> None:
    opened = ReaderFile(reader())
    assert opened.readable()
    assert opened.seekable()
    assert not opened.writable()
    assert opened.read(10) == PLAIN[:10]
    assert opened.seek(-10, io.SEEK_END) == len(PLAIN) - 10
    assert opened.read() == PLAIN[-10:]
    assert opened.read(5) == b""
    assert opened.seek(5, io.SEEK_END) == len(PLAIN) + 5
    assert opened.read() == b""
    opened.seek(3)
    opened.seek(4, io.SEEK_CUR)
    assert opened.tell() == 7
    with pytest.raises(ValueError):
        opened.seek(-1)
    assert io.BufferedReader(opened, 1 << 16).read() == PLAIN[7:]
