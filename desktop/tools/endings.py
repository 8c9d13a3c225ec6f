"""The end of a recording that announces no length: is its last packet, frame, page or tag there to its own last byte? No decoder is asked.

What is cut exactly between two packets says nothing of it: such a format has no end but the last packet.
"""

from __future__ import annotations

import os
from collections.abc import Callable

_TAIL = 1 << 20
_FRAMES_TAIL = 32 << 10
_PAGE_MOST = 27 + 255 + 255 * 255
_BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
)  # fmt: skip
_RATES = {3: (44100, 48000, 32000, 0), 2: (22050, 24000, 16000, 0), 0: (11025, 12000, 8000, 0), 1: (0, 0, 0, 0)}
_AMR = (13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1)
_AMR_WIDE = (18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1)
_ASF_PROPERTIES = bytes.fromhex("a1dcab8c47a9cf118ee400c00c205365")
_COUNTING = (b"LAME", b"Lavf", b"Lavc")  # encoders whose count of bytes is that of the sound, from its first frame on
FrameLength = Callable[[bytes, int], int]


def end_missing(fd: int, size: int, reader: str) -> list[str]:
    """`truncated` where the file breaks off inside its last piece, `no_end` where the recorder never wrote the end; nothing where it is there."""
    ask = _ENDS.get(reader)
    return ask(fd, size) if ask is not None else []


def _transport(fd: int, size: int) -> list[str]:
    """ISO/IEC 13818-1: packets of 188 bytes, or of 192 with a clock ahead of each."""
    packet, sync = (188, 0) if os.pread(fd, 1, 188) == b"\x47" and os.pread(fd, 1, 0) == b"\x47" else (192, 4)
    rest = size % packet
    return ["truncated"] if rest and os.pread(fd, 1, size - rest + sync) in (b"\x47", b"") else []


def _program(fd: int, size: int) -> list[str]:
    """ISO/IEC 13818-1: from the last pack on, each packet says its length."""
    tail = os.pread(fd, _TAIL, max(size - _TAIL, 0))
    at = tail.rfind(b"\0\0\1\xba")
    while at >= 0 and (len(tail) - at < 5 or tail[at + 4] & 0xC4 != 0x44) and tail[at + 4 : at + 5] and tail[at + 4] & 0xF1 != 0x21:
        at = tail.rfind(b"\0\0\1\xba", 0, at)
    if at < 0:
        return []
    stuffing = tail[at + 13] & 7 if len(tail) > at + 13 else 0
    at += 14 + stuffing if tail[at + 4 : at + 5] and tail[at + 4] & 0xC4 == 0x44 else 12
    while at < len(tail):
        head = tail[at : at + 6]
        if head[:4] == b"\0\0\1\xb9" or (len(head) >= 4 and (head[:3] != b"\0\0\1" or head[3] < 0xBB)):
            return []
        if len(head) < 6:
            return ["truncated"]
        at += 6 + int.from_bytes(head[4:], "big")
    return ["truncated"] if at > len(tail) else []


def _layer3(fd: int, size: int) -> list[str]:
    """ISO/IEC 11172-3, layer III: the count of a Xing head, and the last frame before the tags behind it."""
    first, end = _behind_id3(fd), _before_tags(fd, size)
    told = _xing(os.pread(fd, 4096, first))
    if told > size or (told and first + told > end):
        return ["truncated"]
    return _last_frame(fd, first, end, _mp3_frame, 3)


def _behind_id3(fd: int) -> int:
    head = os.pread(fd, 10, 0)
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    return 10 + length + (10 if head[5] & 0x10 else 0)


def _before_tags(fd: int, size: int) -> int:
    end = size - 128 if size > 128 and os.pread(fd, 3, size - 128) == b"TAG" else size
    foot = os.pread(fd, 32, max(end - 32, 0))
    if foot[:8] == b"APETAGEX" and len(foot) == 32:
        end -= int.from_bytes(foot[12:16], "little") + (32 if foot[23] & 0x80 else 0)
    return max(end, 0)


def _xing(head: bytes) -> int:
    """How many bytes the first frame says there are; 0 where it does not, or counts otherwise than others."""
    if not _mp3_frame(head, 0):
        return 0
    mono, newest = head[3] >> 6 == 3, head[1] >> 3 & 3 == 3
    at = 4 + (17 if mono else 32) if newest else 4 + (9 if mono else 17)
    if head[at : at + 4] not in (b"Xing", b"Info") or not head[at + 7] & 2 or head[at + 120 : at + 124] not in _COUNTING:
        return 0
    at += 12 if head[at + 7] & 1 else 8
    return int.from_bytes(head[at : at + 4], "big")


def _mp3_frame(head: bytes, at: int) -> int:
    """Bytes of the frame that begins there; 0 where none does."""
    four = head[at : at + 4]
    if len(four) < 4 or four[0] != 0xFF or four[1] & 0xE6 != 0xE2:
        return 0
    newest = four[1] >> 3 & 3 == 3
    bits, rate = _BITRATES[0 if newest else 1][four[2] >> 4], _RATES[four[1] >> 3 & 3][four[2] >> 2 & 3]
    return (144 if newest else 72) * bits * 1000 // rate + (four[2] >> 1 & 1) if bits and rate else 0


def _adts_frame(head: bytes, at: int) -> int:
    """ISO/IEC 13818-7, as `_mp3_frame`."""
    seven = head[at : at + 7]
    if len(seven) < 7 or seven[0] != 0xFF or seven[1] & 0xF6 != 0xF0:
        return 0
    length = (seven[3] & 3) << 11 | seven[4] << 3 | seven[5] >> 5
    return length if length > 7 else 0


def _last_frame(fd: int, first: int, end: int, length_of: FrameLength, chain: int) -> list[str]:
    """Follow the frames of the last part of a file from a place where `chain` of them follow each other."""
    start = max(end - _FRAMES_TAIL, first)
    tail = os.pread(fd, end - start, start) if end > start else b""
    at = 0 if start == first else _aligned(tail, length_of, chain)
    if at < 0 or not (length_of(tail, at) or tail[at : at + 1] in (b"", b"\xff")):
        return []
    while at < len(tail):
        length = length_of(tail, at)
        if not length:  # what comes is no frame, or not enough of one to say its length, or of the tag behind all frames
            return ["truncated"] if tail[at : at + 3] == b"TAG" or (len(tail) - at < 7 and tail[at] == 0xFF) else []
        at += length
    return ["truncated"] if at > len(tail) else []


def _aligned(tail: bytes, length_of: FrameLength, chain: int) -> int:
    for begun in range(len(tail)):
        at = begun
        for _ in range(chain):
            length = length_of(tail, at)
            if not length:
                break
            at += length
        else:
            return begun
    return -1


def _aac(fd: int, size: int) -> list[str]:
    return _last_frame(fd, _behind_id3(fd), _before_tags(fd, size), _adts_frame, 3)


def _amr(fd: int, size: int) -> list[str]:
    """RFC 4867 §5: the first byte of each frame says its length."""
    wide = os.pread(fd, 9, 0) == b"#!AMR-WB\n"
    sizes = _AMR_WIDE if wide else _AMR

    def frame(head: bytes, at: int) -> int:
        return sizes[head[at] >> 3 & 15] if at < len(head) and not head[at] & 0x83 else 0

    return _last_frame(fd, 9 if wide else 6, size, frame, 20)


def _ogg(fd: int, size: int) -> list[str]:
    """RFC 3533: the last page is whole and marked as the last."""
    tail = os.pread(fd, _PAGE_MOST, max(size - _PAGE_MOST, 0))
    at = tail.rfind(b"OggS\0")
    if at < 0 or len(tail) < at + 27 or len(tail) < at + 27 + tail[at + 26]:
        return ["truncated"]
    if at + 27 + tail[at + 26] + sum(tail[at + 27 : at + 27 + tail[at + 26]]) > len(tail):
        return ["truncated"]
    return [] if tail[at + 5] & 4 else ["no_end"]


def _flv(fd: int, size: int) -> list[str]:
    """Behind each tag stands how long it was."""
    before = int.from_bytes(os.pread(fd, 4, max(size - 4, 0)), "big")
    tag = os.pread(fd, 4, size - 4 - before) if 11 <= before <= size - 13 else b""
    return [] if tag and tag[0] & 0x1F in (8, 9, 18) and int.from_bytes(tag[1:4], "big") == before - 11 else ["truncated"]


def _asf(fd: int, size: int) -> list[str]:
    """The head says how long the file is, unless it was being sent while it was written."""
    head = os.pread(fd, 64 << 10, 0)
    at = head.find(_ASF_PROPERTIES)
    if at < 0 or head[at + 88 : at + 89] == b"" or head[at + 88] & 1:
        return []
    return ["truncated"] if int.from_bytes(head[at + 40 : at + 48], "little") > size else []


def _flac(fd: int, size: int) -> list[str]:
    """RFC 9639 §9: the last frame ends with the checksum of its bytes."""
    end = _before_tags(fd, size)
    most = int.from_bytes(os.pread(fd, 3, 15), "big") or 64 << 10
    tail = os.pread(fd, min(most + 64, end), max(end - most - 64, 0))
    at = tail.rfind(b"\xff\xf8", 0, -8), tail.rfind(b"\xff\xf9", 0, -8)
    while max(at) >= 0:
        begun = max(at)
        if _crc16(tail[begun:]) == 0:
            return []
        at = tail.rfind(b"\xff\xf8", 0, begun), tail.rfind(b"\xff\xf9", 0, begun)
    return ["truncated"]


def _crc16(frame: bytes) -> int:
    """With the polynomial 0x8005; nought over a frame and its own checksum."""
    crc = 0
    for byte in frame:
        crc = (crc << 8 & 0xFFFF) ^ _CRC16[crc >> 8 ^ byte]
    return crc


def _crc16_of(byte: int) -> int:
    crc = byte << 8
    for _ in range(8):
        crc = (crc << 1 ^ (0x8005 if crc & 0x8000 else 0)) & 0xFFFF
    return crc


_CRC16 = tuple(map(_crc16_of, range(256)))
_ENDS: dict[str, Callable[[int, int], list[str]]] = {
    "mpegts": _transport, "mpeg": _program, "mp3": _layer3, "aac": _aac, "amr": _amr, "ogg": _ogg, "flv": _flv, "asf": _asf, "flac": _flac,
}  # fmt: skip
