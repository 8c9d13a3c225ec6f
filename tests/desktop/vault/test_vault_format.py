"""The object format: Tink agrees in both directions, and nothing that was altered opens."""

from __future__ import annotations

import itertools
import os

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st
from vault_kit import OBJECT_ID, Bytes, sealed, tink_open, tink_seal

from desktop.errors import Refusal
from desktop.vault.format import (
    FIRST_PLAIN,
    FULL_PLAIN,
    HEADER,
    SEGMENT,
    TAG,
    Opener,
    Sealer,
    cipher_size,
    cipher_span,
    plain_size,
    plain_start,
    segment_at,
    segment_count,
)
from desktop.vault.segments import SegmentReader

KEY = bytes(range(32))
SECOND = FIRST_PLAIN + FULL_PLAIN
SIZES = [0, 1, FIRST_PLAIN - 1, FIRST_PLAIN, FIRST_PLAIN + 1, SECOND - 1, SECOND, SECOND + 1, 5_000_000, 12_345]


def opened(cipher: bytes, key: bytes = KEY, object_id: str = OBJECT_ID, size: int | None = None) -> bytes:
    reader = SegmentReader(Bytes(cipher), key, object_id, len(cipher) if size is None else size)
    return reader.read_at(0, reader.size)


def refused(cipher: bytes, object_id: str = OBJECT_ID) -> bool:
    """Whether the object is refused even where the row was altered to the file's size."""
    try:
        opened(cipher, object_id=object_id)
    except Refusal as refusal:
        return refusal.code == "vault.damaged"
    return False


@pytest.mark.parametrize("size", SIZES)
def test_tink_opens_ours_and_we_open_tinks(size: int) -> None:
    plain = os.urandom(size)
    ours, theirs = sealed(plain, KEY), tink_seal(plain, KEY)
    assert len(ours) == len(theirs) == cipher_size(size)
    assert plain_size(len(ours)) == size
    assert tink_open(ours, KEY) == plain
    assert opened(theirs) == plain


def test_every_flipped_byte_is_refused() -> None:
    whole = sealed(b"the whole of a small object", KEY)
    for at, bit in itertools.product(range(len(whole)), (0x01, 0x80)):
        altered = bytearray(whole)
        altered[at] ^= bit
        assert refused(bytes(altered)), at


def test_a_flipped_bit_in_each_segment_of_a_larger_object_is_refused() -> None:
    whole = sealed(os.urandom(SECOND + 100), KEY)
    for at in (1, 33, HEADER, SEGMENT - 1, SEGMENT, 2 * SEGMENT - 1, 2 * SEGMENT, len(whole) - 1):
        altered = bytearray(whole)
        altered[at] ^= 0x10
        assert refused(bytes(altered)), at


def test_every_truncation_is_refused() -> None:
    whole = sealed(b"the whole of a small object", KEY)
    assert all(refused(whole[:length]) for length in range(len(whole)))
    larger = sealed(os.urandom(SECOND + FULL_PLAIN), KEY)
    for edge in (HEADER, SEGMENT, 2 * SEGMENT, 3 * SEGMENT):
        for length in (edge - 1, edge, edge + 1, edge + TAG):
            assert length >= len(larger) or refused(larger[:length]), length


def test_swapped_appended_hollow_and_renamed_objects_are_refused() -> None:
    whole = sealed(os.urandom(SECOND + FULL_PLAIN), KEY)
    first, second, third = whole[:SEGMENT], whole[SEGMENT : 2 * SEGMENT], whole[2 * SEGMENT :]
    assert refused(first + third + second)
    assert refused(first + second)
    assert refused(first + second + second + third)
    assert refused(whole + b"\0")
    assert refused(whole + whole)
    assert refused(first + bytes(SEGMENT) + third)
    assert refused(whole, object_id="ff" * 16)
    another = sealed(os.urandom(SECOND + FULL_PLAIN), KEY)
    assert refused(first + another[SEGMENT : 2 * SEGMENT] + third)
    assert opened(whole)


def test_the_wrong_key_is_refused_at_once() -> None:
    with pytest.raises(Refusal) as caught:
        opened(sealed(b"content", KEY), key=bytes(32))
    assert (caught.value.code, caught.value.facts["segment"]) == ("vault.damaged", 0)


def test_salts_and_prefixes_do_not_repeat() -> None:
    headers = {Sealer(KEY, OBJECT_ID).header for _ in range(5000)}
    assert len({header[1:33] for header in headers}) == 5000
    assert len({header[33:] for header in headers}) == 5000


def test_a_fork_does_not_repeat_a_salt() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover
        os.write(writing, Sealer(KEY, OBJECT_ID).header)
        os._exit(0)
    mine = Sealer(KEY, OBJECT_ID).header
    os.waitpid(child, 0)
    assert os.read(reading, HEADER) != mine
    os.close(reading)
    os.close(writing)


@given(st.one_of(st.integers(0, 5 * SEGMENT), st.integers(0, 1 << 50)))
def test_sizes_go_there_and_back(size: int) -> None:
    cipher = cipher_size(size)
    assert plain_size(cipher) == size
    assert cipher_span(segment_count(size) - 1, cipher)[0] < cipher <= segment_count(size) * SEGMENT
    for at in {0, size // 2, max(size - 1, 0)}:
        index = segment_at(at)
        assert plain_start(index) <= at < plain_start(index + 1)


@pytest.mark.parametrize("cipher", [0, HEADER, HEADER + TAG - 1, SEGMENT + 1, SEGMENT + TAG, 2 * SEGMENT + TAG])
def test_some_sizes_are_no_object(cipher: int) -> None:
    with pytest.raises(ValueError):
        plain_size(cipher)


def test_a_sealer_refuses_what_the_format_does_not_know() -> None:
    with pytest.raises(ValueError):
        Sealer(b"short", OBJECT_ID)
    with pytest.raises(ValueError):
        Opener(KEY, OBJECT_ID, b"\x28" + bytes(10))
    with pytest.raises(ValueError):
        Opener(KEY, OBJECT_ID, b"\x18" + bytes(HEADER - 1))
    sealer = Sealer(KEY, OBJECT_ID)
    with pytest.raises(ValueError):
        sealer.seal_into(b"short", bytearray(21), last=False)
    with pytest.raises(ValueError):
        sealer.seal_into(bytes(FIRST_PLAIN + 1), bytearray(FIRST_PLAIN + 1 + TAG), last=True)
    sealer.seal_into(b"whole", bytearray(21), last=True)
    with pytest.raises(ValueError):
        sealer.seal_into(b"more", bytearray(20), last=True)


def test_segments_open_in_place_and_only_at_their_place() -> None:
    cipher = sealed(b"content", KEY)
    opener = Opener(KEY, OBJECT_ID, cipher[:HEADER])
    room = bytearray(7)
    assert opener.open_into(0, cipher[HEADER:], room, last=True) == 7
    assert room == b"content"
    with pytest.raises(InvalidTag):
        opener.open(0, cipher[HEADER:], last=False)
    with pytest.raises(InvalidTag):
        opener.open(1, cipher[HEADER:], last=True)
