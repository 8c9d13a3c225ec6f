"""What probing says of sound files, of broken ones, and of those that were built to hurt."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import socket
import struct
import time
from pathlib import Path

import pytest

from desktop.tools.pages import draw_page, draw_picture
from desktop.tools.probe_result import FINDINGS, Probe, probe_of
from desktop.tools.probing import NotTaken, open_source, probe_open, probe_path, suffix_of
from desktop.tools.worker import Workers
from tests.desktop.tools import samples


def test_a_recording_tells_its_facts(workers: Workers) -> None:
    found = probe_open(workers, samples.mp4(), ".mp4")
    assert (found.kind, found.media_type, found.findings) == ("video", "video/mp4", ())
    assert found.duration_us == 3_000_000
    assert [(stream.kind, stream.codec) for stream in found.streams] == [("video", "h264"), ("audio", "aac")]
    picture, sound = found.streams
    assert (picture.width, picture.height, picture.rate, picture.frames) == (640, 360, "25", 75)
    assert (sound.rate, sound.channels) == ("16000", 1)
    assert found.thumbnail.startswith(b"\xff\xd8")
    assert found.sound


def test_camera_facts_stand_exactly_as_in_the_file(workers: Workers) -> None:
    found = probe_open(workers, samples.mp4(), ".mp4")
    assert ("container.creation_time", "2026-11-02T02:03:04.000000Z") in found.raw_times
    assert ("mvhd.creation_time", "3876429784") in found.raw_times
    assert found.location == "+38.9140+121.6147/"
    assert ("model", "DSJ-X9") in found.device
    photo = probe_open(workers, samples.jpeg(), ".jpg")
    assert photo.raw_times == (("exif.DateTimeOriginal", "2026:11:02 10:03:04"),)
    assert photo.device == (("Make", "Hikvision"), ("Model", "DS-MCW407"))
    assert "38.0, 54.0, 50.4" in photo.location


@pytest.mark.parametrize("zero", [0, 2**31, 2**32 - 1])
def test_a_wrong_camera_clock_is_kept_raw(workers: Workers, zero: int) -> None:
    content = bytearray(samples.mp4())
    at = content.index(b"mvhd") + 8
    content[at : at + 4] = struct.pack(">I", zero)
    assert ("mvhd.creation_time", str(zero)) in probe_open(workers, bytes(content), ".mp4").raw_times


def test_the_other_kinds(workers: Workers) -> None:
    assert probe_open(workers, samples.matroska(), ".mkv").kind == "video"
    sound = probe_open(workers, samples.wav(), ".wav")
    assert (sound.kind, sound.duration_us, sound.thumbnail, sound.findings) == ("audio", 2_000_000, b"", ())
    photo = probe_open(workers, samples.png(), ".png")
    assert (photo.kind, photo.width, photo.height, photo.findings) == ("photo", 640, 360, ())
    for form, suffix in (("AVIF", ".avif"), ("WEBP", ".webp"), ("TIFF", ".tif"), ("BMP", ".bmp"), ("GIF", ".gif")):
        still = probe_open(workers, samples.still(form), suffix)
        assert (still.kind, still.width, still.findings, bool(still.thumbnail)) == ("photo", 640, (), True), form
    paper = probe_open(workers, samples.pdf(3), ".pdf")
    assert (paper.kind, paper.pages, paper.findings) == ("pdf", 3, ())
    assert "Inspection record 17 page 3" in paper.text
    assert paper.thumbnail.startswith(b"\xff\xd8")
    other = probe_open(workers, samples.zipped(), ".zip")
    assert (other.kind, other.media_type, other.findings) == ("other", "application/zip", ())
    assert probe_open(workers, "现场检查\n".encode(), ".txt").media_type == "text/plain"


def _box_edges(content: bytes) -> list[int]:
    edges, at = [], 0
    while at < len(content):
        edges.append(at)
        at += struct.unpack(">I", content[at : at + 4])[0]
    return edges[1:]


@pytest.mark.parametrize("faststart", [False, True])
def test_a_recording_cut_anywhere_is_found_out(workers: Workers, faststart: bool) -> None:
    content = samples.mp4(faststart=faststart)
    cuts = {edge + off for edge in _box_edges(content) for off in (-1, 0, 1, 7, 8, 9)}
    cuts |= {len(content) * tenth // 10 for tenth in range(1, 10)} | {len(content) - 1}
    for cut in sorted(cuts):
        found = probe_open(workers, content[:cut], ".mp4")
        assert "truncated" in found.findings, cut
        assert found.kind == "video"


def test_other_files_cut_short_are_found_out(workers: Workers) -> None:
    whole = [(samples.wav(), ".wav"), (samples.jpeg(), ".jpg"), (samples.png(), ".png"), (samples.matroska(), ".mkv")]
    for content, suffix in whole:
        for tenth in (5, 9):
            assert not probe_open(workers, content[: len(content) * tenth // 10], suffix).sound, (suffix, tenth)
    assert "truncated" in probe_open(workers, samples.pdf()[:900], ".pdf").findings


@pytest.mark.parametrize("suffix", [".mp4", ".pdf", ".jpg"])
def test_random_bytes_under_a_known_ending_are_unreadable(workers: Workers, suffix: str) -> None:
    noise = bytes(range(256)) * 64
    assert probe_open(workers, noise, suffix).findings == ("unreadable",)
    assert probe_open(workers, noise, ".xyz").findings == ("unknown_type",)


def test_nothing_in_it(workers: Workers) -> None:
    assert probe_open(workers, b"", ".mp4").findings == ("empty",)


def test_an_ending_that_lies(workers: Workers) -> None:
    for content in (samples.EXE, samples.jpeg(), samples.pdf()):
        assert "lying_extension" in probe_open(workers, content, ".mp4").findings
    assert probe_open(workers, samples.jpeg(), ".jpeg").findings == ()
    assert probe_open(workers, samples.jpeg(), "").findings == ()


@pytest.mark.parametrize(
    "what", ["javascript", "launch", "submit_form", "go_to_remote", "embedded_files", "xfa", "rich_media"]
)
def test_papers_that_act_are_flagged_and_still_shown(workers: Workers, what: str) -> None:
    found = probe_open(workers, samples.acting_pdf(what), ".pdf")
    assert found.findings == ("active_content",)
    assert what in found.active
    assert found.pages == 2
    assert found.thumbnail


def test_a_link_to_the_web_is_a_fact_and_no_reason_for_quarantine(workers: Workers) -> None:
    found = probe_open(workers, samples.acting_pdf("uri"), ".pdf")
    assert (found.findings, found.active) == ((), ("uri",))


def test_a_locked_paper(workers: Workers) -> None:
    found = probe_open(workers, samples.locked_pdf(), ".pdf")
    assert (found.kind, found.findings, found.encrypted) == ("pdf", ("password_protected",), True)


def test_two_files_in_one(workers: Workers) -> None:
    assert "polyglot" in probe_open(workers, samples.pdf() + samples.zipped(), ".pdf").findings
    assert "polyglot" in probe_open(workers, samples.jpeg() + samples.zipped(), ".jpg").findings


def test_bombs_end_within_their_limits(workers: Workers) -> None:
    started = time.monotonic()
    assert probe_open(workers, samples.png_bomb(), ".png").findings == ("bomb",)
    assert probe_open(workers, samples.jpeg_bomb(), ".jpg").findings == ("bomb",)
    found = probe_open(workers, samples.bomb_pdf(), ".pdf", timeout=10)
    assert found.kind == "pdf"
    assert {"crashed", "timed_out", "out_of_memory", "unreadable"} & set(found.findings)
    assert time.monotonic() - started < 25


def test_page_trees_and_tables_that_lie(workers: Workers) -> None:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    catalogue = "<</Type/Catalog/Pages 2 0 R>>"
    claim = samples.raw_pdf(catalogue, "<</Type/Pages/Count 1000000000/Kids[3 0 R]>>", page)
    assert "bomb" in probe_open(workers, claim, ".pdf").findings
    loop = samples.raw_pdf(catalogue, "<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>", page)
    assert not probe_open(workers, loop, ".pdf").sound
    tables = samples.raw_pdf(catalogue, "<</Type/Pages/Count 1/Kids[3 0 R]>>", page, trailer="/Prev HERE")
    assert probe_open(workers, tables, ".pdf").kind == "pdf"


def test_a_wav_header_that_lies(workers: Workers) -> None:
    content = bytearray(samples.wav())
    content[40:44] = struct.pack("<I", 0x7FFFFFFF)
    content[4:8] = struct.pack("<I", 0x7FFFFFFF)
    assert "truncated" in probe_open(workers, bytes(content), ".wav").findings
    content[22:24] = b"\0\0"
    assert not probe_open(workers, bytes(content), ".wav").sound
    never_closed = bytearray(samples.wav())
    never_closed[4:8] = never_closed[40:44] = bytes(4)
    assert "no_end" in probe_open(workers, bytes(never_closed), ".wav").findings


def test_a_playlist_opens_nothing(workers: Workers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        for suffix in (".mp4", ".m3u8", ".ts"):
            playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:{port}/a.ts\n#EXT-X-ENDLIST\n"
            assert probe_open(workers, playlist.encode(), suffix).kind == "other"
        with pytest.raises(BlockingIOError):
            server.accept()


def test_what_is_no_plain_file_is_not_opened(workers: Workers, tmp_path: Path) -> None:
    real = tmp_path / "real.mp4"
    real.write_bytes(samples.mp4())
    (tmp_path / "link.mp4").symlink_to(real)
    os.mkfifo(tmp_path / "fifo.mp4")
    (tmp_path / "folder.mp4").mkdir()
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(tmp_path / "socket.mp4"))
    started = time.monotonic()
    for name in ("link.mp4", "fifo.mp4", "folder.mp4", "socket.mp4"):
        assert probe_path(workers, os.fsencode(tmp_path / name)).findings == ("not_a_file",), name
    assert probe_path(workers, b"/dev/zero").findings == ("not_a_file",)
    assert probe_path(workers, os.fsencode(tmp_path / "gone.mp4")).findings == ("vanished",)
    assert probe_path(workers, os.fsencode(real / "under")).findings == ("vanished",)
    assert probe_path(workers, b"a\0b").findings == ("unopenable",)
    assert probe_path(workers, os.fsencode(real)).findings == ()
    assert time.monotonic() - started < 10
    with pytest.raises(NotTaken):
        open_source(os.fsencode(tmp_path / "link.mp4"))


def test_what_a_name_claims() -> None:
    assert suffix_of(b"/a/b.MP4") == ".mp4"
    assert suffix_of(b"/a.d/b") == ""
    assert suffix_of(b"/a/b.pdf . ") == ".pdf"
    assert suffix_of("/a/照片.jpg".encode()) == ".jpg"
    assert suffix_of(b"/a/b.\xff\xfe") == ".��"
    assert suffix_of(b"/a/b." + b"x" * 200) == ""


def test_a_worker_that_answers_nonsense_is_a_crash() -> None:
    for answer in (
        {"streams": [1]}, {"raw_times": 5}, {"raw_times": [["a"]]}, {"duration_us": "x"}, {"text": 3}, {"device": [[1, 2]]},
        {"findings": None}, {"active": [{}]}, {"streams": [{"kind": 1}]}, {"pages": None}, {"encrypted": "no"},
    ):  # fmt: skip
        assert probe_of(answer, b"").findings == ("crashed",), answer
    assert probe_of({"kind": "exe", "findings": ["made up"], "pages": -5, "size": 2**80}, b"<svg>") == Probe(size=2**53)


def test_a_probe_is_plain_json() -> None:
    whole = Probe(text="字" * 10, thumbnail=b"\xff\xd8", findings=("empty",))
    facts = json.loads(json.dumps(whole.to_json()))
    assert facts["text_chars"] == 10
    assert facts["thumbnail_bytes"] == 2
    assert set(facts) >= {field.name for field in dataclasses.fields(Probe)} - {"text", "thumbnail"}


def test_every_finding_has_its_words() -> None:
    from desktop.i18n import message_codes

    assert message_codes("findings") >= FINDINGS


def test_pages_and_photos_are_drawn_as_pixels(workers: Workers) -> None:
    drawn = draw_page(workers, samples.pdf(), 1, 400)
    assert (drawn.width, drawn.pages, drawn.findings) == (400, 2, ())
    assert drawn.bgra[:4] == b"\xff\xff\xff\xff"
    assert len(drawn.bgra) == drawn.width * drawn.height * 4
    assert draw_page(workers, samples.pdf(), 2, 400).findings == ("unreadable",)
    assert draw_page(workers, samples.EXE, 0, 400).findings == ("unreadable",)
    photo = draw_picture(workers, samples.jpeg(), 300, 300)
    assert (photo.width, photo.height) == (300, 225)
    from PIL import Image

    blue, green, red, alpha = photo.bgra[-4:]
    with Image.open(io.BytesIO(samples.jpeg())) as original:
        there = original.convert("RGB").resize((300, 225)).getpixel((299, 224))
    assert all(abs(a - b) < 30 for a, b in zip(there, (red, green, blue), strict=True))
    assert alpha == 255
    assert draw_picture(workers, samples.png_bomb(), 300, 300).findings


def test_a_photo_with_a_side_mark_stands_upright(workers: Workers) -> None:
    from PIL import Image

    out, exif = io.BytesIO(), Image.Exif()
    exif[274] = 6
    samples.picture(640, 480).save(out, "JPEG", exif=exif)
    assert draw_picture(workers, out.getvalue(), 300, 300).height == 300
    with Image.open(io.BytesIO(probe_open(workers, out.getvalue(), ".jpg").thumbnail)) as thumbnail:
        assert thumbnail.height > thumbnail.width
