"""Real files made by real encoders, small, for probing and for being broken."""

from __future__ import annotations

import functools
import io
import random
import struct
import tempfile
import wave
import zipfile
import zlib
from fractions import Fraction
from pathlib import Path

import av
import pikepdf
from PIL import Image, ImageDraw


def picture(width: int = 640, height: int = 360, number: int = 0) -> Image.Image:
    image = Image.new("RGB", (width, height), (40, 60, 90))
    draw = ImageDraw.Draw(image)
    for at in range(0, width, 16):
        draw.rectangle((at, 0, at + 8, height), fill=(at % 255, (at * 7 + number) % 255, 120))
    draw.ellipse((number % width, 20, number % width + 60, 80), fill="white")
    return image


@functools.cache
def mp4(seconds: int = 3, width: int = 640, height: int = 360, sound: bool = True, faststart: bool = False) -> bytes:
    """H.264 with B-frames (and AAC), with a camera's tags."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as out:  # faststart reads its own file again, so it needs a path
        _record(out.name, seconds, (width, height), sound, faststart)
        return Path(out.name).read_bytes()


def _record(path: str, seconds: int, size: tuple[int, int], sound: bool, faststart: bool) -> None:
    width, height = size
    options = {"movflags": "use_metadata_tags" + ("+faststart" if faststart else "")}
    with av.open(path, "w", format="mp4", options=options) as box:
        box.metadata.update({"creation_time": "2026-11-02T02:03:04.000000Z", "location": "+38.9140+121.6147/", "model": "DSJ-X9"})
        video = box.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "25", "bf": "2"})
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        audio = box.add_stream("aac", rate=16000, layout="mono") if sound else None
        for number in range(25 * seconds):
            box.mux(video.encode(av.VideoFrame.from_image(picture(width, height, number * 5))))
        box.mux(video.encode())
        if audio is not None:
            for number in range(16 * seconds):
                frame = av.AudioFrame(format="s16", layout="mono", samples=1000)
                frame.planes[0].update(random.Random(number).randbytes(2000))
                frame.sample_rate, frame.pts, frame.time_base = 16000, number * 1000, Fraction(1, 16000)
                box.mux(audio.encode(frame))
            box.mux(audio.encode())


@functools.cache
def paused_mp4(*pauses: tuple[int, int], seconds: int = 10, sound: bool = False, form: str = "mp4", options: str = "", began: str = "") -> bytes:
    """25 small pictures a second with B-frames; behind each (second, length) the camera's clock ran on for `length` seconds unrecorded."""
    with tempfile.NamedTemporaryFile(suffix=".mp4") as out:
        with av.open(out.name, "w", format=form, options={"movflags": options} if options else {}) as box:
            if began:
                box.metadata["creation_time"] = began
            video = box.add_stream("libx264", rate=25, options={"preset": "ultrafast", "g": "25", "bf": "2"})
            video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
            audio = box.add_stream("aac", rate=16000, layout="mono") if sound else None
            for number in range(25 * seconds):
                frame = av.VideoFrame.from_image(picture(64, 48, number))
                frame.pts = number + 25 * sum(length for at, length in pauses if number >= 25 * at)
                frame.time_base = Fraction(1, 25)
                box.mux(video.encode(frame))
            box.mux(video.encode())
            if audio is not None:
                for number in range(16 * seconds):
                    heard = av.AudioFrame(format="s16", layout="mono", samples=1000)
                    heard.planes[0].update(random.Random(number).randbytes(2000))
                    heard.sample_rate, heard.time_base = 16000, Fraction(1, 16000)
                    heard.pts = number * 1000 + 16000 * sum(length for at, length in pauses if number >= 16 * at)
                    box.mux(audio.encode(heard))
                box.mux(audio.encode())
        return Path(out.name).read_bytes()


@functools.cache
def paused(form: str, picture: str = "", sound: str = "", *pauses: tuple[int, int], seconds: int = 10, begins: float = 0, rate: int = 25,
           options: tuple[tuple[str, str], ...] = (), silent: tuple[int, int] = (0, 0), still: tuple[int, int] = (0, 0)) -> bytes:
    """A recording in any container, of noise; behind each (second, length) the recorder's clock ran on for `length` seconds unrecorded.

    `begins`: seconds on the container's clock; between the seconds of `silent` there is no sound, between those of `still` no picture.
    """
    with tempfile.NamedTemporaryFile() as out:
        with av.open(out.name, "w", format=form, options=dict(options)) as box:
            tracks = [box.add_stream(picture, rate=rate)] if picture else []
            if picture:
                tracks[0].width, tracks[0].height, tracks[0].pix_fmt = 64, 48, "yuv420p"
                tracks[0].options = {"preset": "ultrafast", "g": "25", "bf": "2"} if picture == "libx264" else {"g": "12"}
            if sound:
                tracks.append(box.add_stream(sound, rate=48000, layout="mono"))
            packets = _pictures(tracks[0], seconds, rate, begins, pauses, still) if picture else []
            packets += _sounds(tracks[-1], seconds, begins, pauses, silent) if sound else []
            for packet in sorted((one for one in packets if one.dts is not None), key=lambda one: one.dts * one.time_base):
                box.mux(packet)
        return Path(out.name).read_bytes()


def _pictures(track: av.VideoStream, seconds: int, rate: int, begins: float, pauses: tuple[tuple[int, int], ...],
              still: tuple[int, int]) -> list[av.Packet]:
    packets = []
    for number in range(rate * seconds):
        frame = av.VideoFrame(64, 48, "yuv420p")
        for plane in frame.planes:
            plane.update(random.Random(number).randbytes(plane.buffer_size))
        frame.pts = number + int(begins * rate) + rate * sum(length for at, length in pauses if number >= rate * at)
        frame.time_base = Fraction(1, rate)
        if not still[0] * rate <= number < still[1] * rate:
            packets += track.encode(frame)
    return packets + track.encode()


def _sounds(track: av.AudioStream, seconds: int, begins: float, pauses: tuple[tuple[int, int], ...], silent: tuple[int, int]) -> list[av.Packet]:
    packets, at, size = [], 0, track.codec_context.frame_size or 1024
    while at < 48000 * seconds:
        heard = av.AudioFrame(format=track.codec_context.format.name, layout="mono", samples=size)
        heard.planes[0].update(bytes(heard.planes[0].buffer_size))
        heard.sample_rate, heard.time_base = 48000, Fraction(1, 48000)
        heard.pts = at + int(begins * 48000) + 48000 * sum(length for begun, length in pauses if at >= 48000 * begun)
        if not silent[0] * 48000 <= at < silent[1] * 48000:
            packets += track.encode(heard)
        at += size
    return packets + track.encode()


@functools.cache
def matroska() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as box:
        video = box.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
        for number in range(50):
            box.mux(video.encode(av.VideoFrame.from_image(picture(320, 180, number * 5))))
        box.mux(video.encode())
    return out.getvalue()


@functools.cache
def wav(seconds: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(random.Random(4).randbytes(32000 * seconds))
    return out.getvalue()


@functools.cache
def jpeg(width: int = 640, height: int = 480, camera: bool = True, quality: int = 85) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    if camera:
        exif[271], exif[272] = "Hikvision", "DS-MCW407"
        exif.get_ifd(34665)[36867] = "2026:11:02 10:03:04"
        exif.get_ifd(34853).update({1: "N", 2: (38.0, 54.0, 50.4), 3: "E", 4: (121.0, 36.0, 52.9)})
    picture(width, height).save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


@functools.cache
def png() -> bytes:
    out = io.BytesIO()
    picture().save(out, "PNG")
    return out.getvalue()


@functools.cache
def still(form: str) -> bytes:
    out = io.BytesIO()
    picture().save(out, form)
    return out.getvalue()


@functools.cache
def pdf(pages: int = 2, text: str = "Inspection record 17") -> bytes:
    """A plain paper with a text layer."""
    document = pikepdf.new()
    for number in range(pages):
        page = document.add_blank_page(page_size=(595, 842))
        font = document.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = document.make_stream(f"BT /F1 24 Tf 72 700 Td ({text} page {number + 1}) Tj ET".encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def acting_pdf(what: str) -> bytes:
    """A paper that would do something by itself."""
    name = pikepdf.Name
    document = pikepdf.open(io.BytesIO(pdf()))
    root, page = document.Root, document.pages[0]
    link = lambda action: pikepdf.Array(
        [pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 90, 90], A=action)]
    )
    if what == "javascript":
        root.OpenAction = pikepdf.Dictionary(S=name.JavaScript, JS="app.alert(1)")
    elif what == "launch":
        page.obj.Annots = link(pikepdf.Dictionary(S=name.Launch, F="calc.exe"))
    elif what == "uri":
        page.obj.Annots = link(pikepdf.Dictionary(S=name.URI, URI="http://192.0.2.1/"))
    elif what == "submit_form":
        page.obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=name.SubmitForm, F="http://192.0.2.1/"))
    elif what == "go_to_remote":
        page.obj.Annots = link(pikepdf.Dictionary(S=name.GoToR, F="//192.0.2.1/share/a.pdf", D=[0, name.Fit]))
    elif what == "embedded_files":
        document.attachments["setup.exe"] = b"MZ" + bytes(400)
    elif what == "xfa":
        root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    elif what == "rich_media":
        page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=name.RichMedia, Rect=[0, 0, 9, 9], RichMediaContent={})])
    out = io.BytesIO()
    document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user="x1", owner="x2"))
    return out.getvalue()


def raw_pdf(*objects: str, trailer: str = "") -> bytes:
    """A PDF written by hand: object 1 is the catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R {trailer.replace('HERE', str(table))}>>\n".encode()
    return out + f"startxref\n{table}\n%%EOF\n".encode()


def bomb_pdf(levels: int = 3) -> bytes:
    """A content stream of a few kilobytes that unpacks, filter within filter, to tens of gigabytes."""
    content = b"0 0 m 1 1 l S " * (4 << 20)
    for _ in range(levels):
        content = zlib.compress(content, 9)
    content = content * 1
    body = content.decode("latin-1")
    filters = "[" + "/FlateDecode " * levels + "]"
    return raw_pdf(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[" + "4 0 R " * 400 + "]>>",
        f"<</Length {len(content)}/Filter{filters}>>stream\n{body}\nendstream",
    )


def png_bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """Three thousand six hundred million pixels in a few hundred bytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1 << 20))) + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    """A picture whose frame header claims 65,500 pixels each way."""
    content = bytearray(jpeg())
    at = content.index(b"\xff\xc0")
    content[at + 5 : at + 9] = struct.pack(">HH", 65500, 65500)
    return bytes(content)


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("a.txt", "hidden")
    return out.getvalue()


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(50) + b"This program cannot be run in DOS mode.\r\n" * 40
