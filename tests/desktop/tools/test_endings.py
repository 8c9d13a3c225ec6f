"""A whole file is never called cut off, and one that is cut off always is: every kind that is read, at many places."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from collections.abc import Callable

import pytest

from desktop.tools.probing import probe_open
from desktop.tools.worker import Workers
from tests.desktop.tools import samples


def saved(form: str, pages: int = 1, **how: object) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [samples.picture(200, 120, 40 * n) for n in range(1, pages)]} if pages > 1 else {}
    samples.picture(200, 120).save(out, form, **more, **how)
    return out.getvalue()


def paper(member: str = "word/document.xml", content: bytes = b"<w:document/>" * 400) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("[Content_Types].xml", "<Types/>")
        box.writestr(member, content)
    return out.getvalue()


def saved_onto() -> bytes:
    """A paper to which a second table was added, as a reader does that keeps what was there."""
    first = samples.raw_pdf("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>")
    table = first.rindex(b"startxref\n") + 10
    place, new = len(first), len(first) + 30
    body = b"4 0 obj\n" + b"(note)".ljust(14) + b"\nendobj\n"
    assert len(body) == 30
    return first + body + (f"xref\n4 1\n{place:010d} 00000 n \ntrailer\n<</Size 5/Root 1 0 R/Prev {first[table:].split()[0].decode()}>>\n"
                           f"startxref\n{new}\n%%EOF\n").encode()


# Those of a stream of packets are cut beside the edges of packets: exactly there nothing of it can be told.
SOUND: dict[str, tuple[str, Callable[[], bytes]]] = {
    "mp4": (".mp4", samples.mp4), "mp4, index first": (".mp4", lambda: samples.mp4(faststart=True)),
    "mp4 in fragments": (".mp4", lambda: samples.paused_mp4(options="frag_keyframe+empty_moov")),
    "avi": (".avi", lambda: samples.paused("avi", "mpeg4", "pcm_s16le", seconds=4)),
    "matroska": (".mkv", samples.matroska), "webm": (".webm", lambda: samples.paused("webm", "libvpx", "libopus", seconds=4)),
    "mpeg-ts": (".ts", lambda: samples.paused("mpegts", "mpeg2video", "mp2", seconds=4)),
    "m2ts": (".m2ts", lambda: samples.paused("mpegts", "mpeg2video", "mp2", seconds=4, options=(("mpegts_m2ts_mode", "1"),))),
    "mpeg-ps": (".mpg", lambda: samples.paused("mpeg", "mpeg1video", "mp2", seconds=4)),
    "mpeg-ps 2": (".vob", lambda: samples.paused("vob", "mpeg2video", "ac3", seconds=4)),
    "flv": (".flv", lambda: samples.paused("flv", "flv", seconds=4)), "asf": (".wmv", lambda: samples.paused("asf", "wmv2", seconds=4)),
    "wav": (".wav", samples.wav), "aiff": (".aif", lambda: samples.paused("aiff", "", "pcm_s16be", seconds=4)),
    "rf64": (".wav", lambda: samples.paused("wav", "", "pcm_s16le", seconds=4, options=(("rf64", "always"),))),
    "mp3": (".mp3", lambda: samples.paused("mp3", "", "libmp3lame", seconds=4)),
    "mp3 without a count": (".mp3", lambda: samples.paused("mp3", "", "libmp3lame", seconds=4,
                                                           options=(("write_xing", "0"), ("id3v2_version", "0")))),
    "aac": (".aac", lambda: samples.paused("adts", "", "aac", seconds=4)), "flac": (".flac", lambda: samples.paused("flac", "", "flac", seconds=4)),
    "ogg": (".ogg", lambda: samples.paused("ogg", "", "libopus", seconds=4)),
    "jpeg": (".jpg", samples.jpeg), "progressive jpeg": (".jpg", lambda: saved("JPEG", progressive=True)),
    "png": (".png", samples.png), "png that moves": (".png", lambda: saved("PNG", 3)),
    "gif": (".gif", lambda: saved("GIF")), "gif that moves": (".gif", lambda: saved("GIF", 3)),
    "webp": (".webp", lambda: saved("WEBP")), "webp that moves": (".webp", lambda: saved("WEBP", 3)),
    "tiff": (".tif", lambda: saved("TIFF", compression="tiff_lzw")), "tiff of pages": (".tif", lambda: saved("TIFF", 3, compression="tiff_deflate")),
    "bmp": (".bmp", lambda: saved("BMP")), "pdf": (".pdf", samples.pdf), "pdf saved onto": (".pdf", saved_onto),
    "docx": (".docx", paper), "zip": (".zip", samples.zipped),
}  # fmt: skip
IDLE = {"tiff of pages": 16, "pdf": 1, "pdf saved onto": 1}  # bytes at the end that say nothing: padding, the last line feed
EDGES = {"mpeg-ts": 188, "m2ts": 192}


@pytest.mark.parametrize("name", SOUND)
def test_whole_and_cut(workers: Workers, name: str) -> None:
    suffix, make = SOUND[name]
    content = make()
    found = probe_open(workers, content, suffix)
    assert not found.findings
    length, missed = len(content), []
    for gone in (1, 2, 7, 50, length // 200, length // 20, length // 4, length // 2, length * 9 // 10):
        left = length - gone - (not (length - gone) % EDGES.get(name, length + 1))
        if IDLE.get(name, 0) < gone < length and probe_open(workers, content[:left], suffix).sound:
            missed.append(gone)
    assert not missed


def amr(frames: int = 200) -> bytes:
    """Sound as a pocket recorder writes it: frames of two sizes, silence between."""
    return b"#!AMR\n" + b"".join(b"\x3c" + bytes(31) if n % 7 else b"\x44" + bytes(5) for n in range(frames))


def test_amr_frames_are_followed() -> None:
    from desktop.tools.endings import end_missing

    for gone, expected in ((0, []), (1, ["truncated"]), (5, ["truncated"]), (33, ["truncated"])):
        fd = os.memfd_create("amr")
        try:
            content = amr()
            os.write(fd, content[:len(content) - gone])
            assert end_missing(fd, len(content) - gone, "amr") == expected
        finally:
            os.close(fd)


def test_a_box_that_claims_more_than_any_disk_holds_is_cut_off(workers: Workers) -> None:
    content = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + struct.pack(">I4sQ", 1, b"mdat", 2**63) + bytes(100)
    found = probe_open(workers, content, ".mp4")
    assert (found.kind, "truncated" in found.findings) == ("video", True)


def test_papers_that_are_packed(workers: Workers) -> None:
    assert probe_open(workers, paper(content=bytes(80 << 20)), ".docx").findings == ("bomb",)
    locked = bytearray(samples.zipped())
    locked[6] |= 1
    locked[locked.index(b"PK\1\2") + 8] |= 1
    assert probe_open(workers, bytes(locked), ".zip").findings == ("password_protected",)
    listed = bytearray(paper())
    listed[listed.index(b"PK\1\2")] = 0
    assert probe_open(workers, bytes(listed), ".docx").findings == ("damaged",)


def test_an_office_paper_under_a_password_is_no_lie(workers: Workers) -> None:
    """[MS-OFFCRYPTO]: the paper lies as a stream of its own in an OLE file."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHH", 0x3E, 3, 0xFFFE, 9) + bytes(12) + struct.pack("<II", 1, 1)
    directory = "Root Entry".encode("utf-16-le").ljust(128, b"\0") + "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    content = head.ljust(1024, b"\0") + directory.ljust(512, b"\0")
    assert probe_open(workers, content, ".docx").findings == ("password_protected",)
    plain = head.ljust(1024, b"\0") + bytes(512)
    assert probe_open(workers, plain, ".docx").findings == ("lying_extension",)
    assert probe_open(workers, plain, ".doc").sound
