"""What a file is by its first bytes, and what its name claims; the name never decides."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ContentType:
    """A kind (video, audio, photo, pdf, other), the media type, and the one demuxer or decoder that may read it."""

    kind: str
    media_type: str
    reader: str = ""


_MAGIC: tuple[tuple[int, bytes, ContentType], ...] = (
    (0, b"\xff\xd8\xff", ContentType("photo", "image/jpeg", "JPEG")),
    (0, b"\x89PNG\r\n\x1a\n", ContentType("photo", "image/png", "PNG")),
    (0, b"GIF87a", ContentType("photo", "image/gif", "GIF")),
    (0, b"GIF89a", ContentType("photo", "image/gif", "GIF")),
    (0, b"II*\x00", ContentType("photo", "image/tiff", "TIFF")),
    (0, b"MM\x00*", ContentType("photo", "image/tiff", "TIFF")),
    (8, b"WEBP", ContentType("photo", "image/webp", "WEBP")),
    (8, b"WAVE", ContentType("audio", "audio/wav", "wav")),
    (8, b"AVI ", ContentType("video", "video/x-msvideo", "avi")),
    (8, b"AIFF", ContentType("audio", "audio/aiff", "aiff")),
    (0, b"OggS", ContentType("audio", "audio/ogg", "ogg")),
    (0, b"fLaC", ContentType("audio", "audio/flac", "flac")),
    (0, b"ID3", ContentType("audio", "audio/mpeg", "mp3")),
    (0, b"#!AMR", ContentType("audio", "audio/amr", "amr")),
    (0, b"caff", ContentType("audio", "audio/x-caf", "caf")),
    (0, b"\x1aE\xdf\xa3", ContentType("video", "video/x-matroska", "matroska")),
    (0, b"\x00\x00\x01\xba", ContentType("video", "video/mpeg", "mpeg")),
    (0, b"\x00\x00\x01\xb3", ContentType("video", "video/mpeg", "mpegvideo")),
    (0, b"0&\xb2u\x8ef\xcf\x11", ContentType("video", "video/x-ms-asf", "asf")),
    (0, b"FLV\x01", ContentType("video", "video/x-flv", "flv")),
    (0, b"DHAV", ContentType("video", "video/x-dhav", "dhav")),
    (0, b"\x00\x00\x00\x01\x67", ContentType("video", "video/h264", "h264")),
    (0, b"\x00\x00\x00\x01\x40\x01", ContentType("video", "video/h265", "hevc")),
    (0, b"MZ", ContentType("other", "application/vnd.microsoft.portable-executable")),
    (0, b"\x7fELF", ContentType("other", "application/x-executable")),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", ContentType("other", "application/x-ms-shortcut")),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ContentType("other", "application/x-ole-storage")),
    (0, b"Rar!\x1a\x07", ContentType("other", "application/vnd.rar")),
    (0, b"7z\xbc\xaf'\x1c", ContentType("other", "application/x-7z-compressed")),
    (0, b"\x1f\x8b", ContentType("other", "application/gzip")),
    (0, b"{\\rtf", ContentType("other", "application/rtf")),
    (0, b"SQLite format 3\x00", ContentType("other", "application/vnd.sqlite3")),
)

_RIFF = (b"RIFF", b"RF64", b"FORM")
_HEIF = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"hevx"}
_TOP_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip", b"pnot", b"styp"}

_IN_ZIP = (
    (b"OFD.xml", "application/ofd"),
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)

ZIPPED = frozenset({"application/zip", *(media for _mark, media in _IN_ZIP)})
OLE = "application/x-ole-storage"
_OLE = {OLE}
_CLAIMS: dict[str, set[str]] = {
    ".pdf": {"application/pdf"},
    ".jpg": {"image/jpeg"}, ".jpeg": {"image/jpeg"}, ".png": {"image/png"}, ".gif": {"image/gif"},
    ".tif": {"image/tiff"}, ".tiff": {"image/tiff"}, ".webp": {"image/webp"}, ".bmp": {"image/bmp"},
    ".heic": {"image/heic"}, ".heif": {"image/heic"}, ".avif": {"image/avif"},
    ".mp4": {"video/mp4", "video/quicktime", "video/3gpp"}, ".m4v": {"video/mp4"},
    ".mov": {"video/quicktime", "video/mp4"}, ".3gp": {"video/3gpp", "video/mp4"},
    ".m4a": {"audio/mp4", "video/mp4", "video/3gpp"},
    ".avi": {"video/x-msvideo"}, ".mkv": {"video/x-matroska"}, ".webm": {"video/x-matroska"},
    ".ts": {"video/mp2t", "text/plain"}, ".mts": {"video/mp2t"}, ".m2ts": {"video/mp2t"},
    ".mpg": {"video/mpeg", "video/mp2t"}, ".mpeg": {"video/mpeg", "video/mp2t"}, ".vob": {"video/mpeg"},
    ".wmv": {"video/x-ms-asf"}, ".asf": {"video/x-ms-asf"}, ".wma": {"video/x-ms-asf"}, ".flv": {"video/x-flv"},
    ".wav": {"audio/wav"}, ".mp3": {"audio/mpeg"}, ".aac": {"audio/aac", "audio/mpeg"}, ".flac": {"audio/flac"},
    ".ogg": {"audio/ogg"}, ".amr": {"audio/amr"}, ".aif": {"audio/aiff"}, ".aiff": {"audio/aiff"},
    ".doc": _OLE | {"application/rtf"}, ".xls": _OLE, ".ppt": _OLE, ".wps": _OLE, ".et": _OLE,
    ".docx": {_IN_ZIP[1][1]}, ".xlsx": {_IN_ZIP[2][1]}, ".pptx": {_IN_ZIP[3][1]}, ".ofd": {"application/ofd"},
    ".zip": {"application/zip"}, ".rar": {"application/vnd.rar"}, ".7z": {"application/x-7z-compressed"},
    ".txt": {"text/plain"}, ".csv": {"text/plain"},
}  # fmt: skip


def content_type(head: bytes) -> ContentType | None:
    """The type of a file from its first bytes (64 KiB are enough); None where nothing known begins like that."""
    if b"%PDF-" in head[:1024]:
        return ContentType("pdf", "application/pdf")
    if head[4:8] in _TOP_BOXES:
        return _iso_media(head)
    for offset, magic, known in _MAGIC:
        if head[offset : offset + len(magic)] == magic and (offset == 0 or head[:4] in _RIFF):
            return known
    if head[:4] == b"PK\x03\x04" or head[:4] == b"PK\x05\x06":
        return ContentType("other", next((media for mark, media in _IN_ZIP if mark in head), "application/zip"))
    return _bitmap(head) or _stream(head) or _text(head)


def claimed_types(suffix: str) -> set[str]:
    """The media types that a name ending in `suffix` may stand for; empty where the ending claims nothing."""
    return _CLAIMS.get(suffix, set())


def _iso_media(head: bytes) -> ContentType:
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand in _HEIF:
        return ContentType("photo", "image/heic", "mov")
    if brand in (b"avif", b"avis"):
        return ContentType("photo", "image/avif", "AVIF")
    if brand == b"qt  " or not brand:
        return ContentType("video", "video/quicktime", "mov")
    if brand in (b"M4A ", b"M4B "):
        return ContentType("audio", "audio/mp4", "mov")
    return ContentType("video", "video/3gpp" if brand[:3] in (b"3gp", b"3g2") else "video/mp4", "mov")


def _bitmap(head: bytes) -> ContentType | None:
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0" and int.from_bytes(head[14:18], "little") in (12, 40, 108, 124):
        return ContentType("photo", "image/bmp", "BMP")
    return None


def _stream(head: bytes) -> ContentType | None:
    """Formats without a header of their own: told by the rhythm of their sync bytes."""
    for first, step in ((0, 188), (4, 192)):
        marks = head[first : first + 5 * step : step]
        if len(marks) >= 3 and set(marks) == {0x47}:
            return ContentType("video", "video/mp2t", "mpegts")
    if len(head) < 4 or head[0] != 0xFF:
        return None
    if head[1] & 0xF6 == 0xF0 and _adts_length(head) > 7 and head[_adts_length(head) :][:1] in (b"\xff", b""):
        return ContentType("audio", "audio/aac", "aac")
    if head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 not in (0, 0xF0) and head[2] & 0x0C != 0x0C:
        return ContentType("audio", "audio/mpeg", "mp3")
    return None


def _adts_length(head: bytes) -> int:
    return ((head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5) if len(head) > 6 else 0


def _text(head: bytes) -> ContentType | None:
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return None
    for charset in ("utf-8", "gb18030"):
        try:
            head[: len(head) - 4 if len(head) >= 4096 else None].decode(charset)
        except UnicodeDecodeError as broken:
            if broken.start < len(head) - 8 or len(head) < 4096:
                continue
        return ContentType("other", "text/plain")
    return None
