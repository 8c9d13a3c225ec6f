"""A calm room for staged recordings: shelves, a window, a desk with papers, one seated figure, a hand that turns pages."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw, ImageFont

_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "C:/Windows/Fonts")
_FONT_NAMES = ("NotoSansCJK-Regular.ttc", "NotoSansSC-Regular.otf", "SourceHanSansSC-Regular.otf", "msyh.ttc", "wqy-zenhei.ttc")


def paint(width: int, height: int, caption: str, seed: int) -> Image.Image:
    """The still room, drawn from `seed`: colours and order of the books, where the papers lie."""
    chance = random.Random(seed)
    room = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(room)
    for y in range(height):
        shade = 168 - 60 * y // height
        draw.line((0, y, width, y), fill=(shade + 8, shade + 4, shade - 10))
    _window(draw, width, height)
    _shelves(draw, width, height, chance)
    _desk(draw, width, height, chance)
    draw.ellipse((width * 56 // 100, height * 24 // 100, width * 65 // 100, height * 46 // 100), fill=(64, 54, 50))
    draw.rounded_rectangle(
        (width * 51 // 100, height * 44 // 100, width * 70 // 100, height * 66 // 100), height // 14, fill=(70, 82, 96)
    )
    if caption:
        draw.text((width // 60, height * 93 // 100), caption, fill=(240, 240, 240), font=type_face(height // 24))
    return room


def type_face(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """A face with Chinese characters, or Pillow's own (figures and Latin only) when none is installed."""
    for folder in _FONT_FOLDERS:
        for name in _FONT_NAMES:
            for found in sorted(Path(folder).rglob(name)) if Path(folder).is_dir() else ():
                return ImageFont.truetype(str(found), size, index=2 if found.suffix == ".ttc" and "Noto" in name else 0)
    return ImageFont.load_default(size)


def _window(draw: ImageDraw.ImageDraw, width: int, height: int) -> None:
    draw.rectangle((0, height // 8, width * 26 // 100, height * 55 // 100), fill=(222, 222, 208))
    for y in range(height // 8, height * 55 // 100, max(height // 60, 3)):
        draw.line((0, y, width * 26 // 100, y), fill=(196, 196, 184))


def _shelves(draw: ImageDraw.ImageDraw, width: int, height: int, chance: random.Random) -> None:
    left, right = width * 40 // 100, width * 90 // 100
    draw.rectangle((left - 6, height // 8, right + 6, height * 68 // 100), fill=(70, 56, 46))
    for shelf in range(3):
        top, bottom = height * (14 + 18 * shelf) // 100, height * (29 + 18 * shelf) // 100
        x = left
        while x < right - width // 50:
            wide = chance.randrange(width // 90, width // 50 + 1)
            colour = chance.choice(((84, 100, 120), (96, 68, 60), (120, 116, 104), (66, 84, 76), (150, 140, 120)))
            draw.rectangle((x, top + chance.randrange(max(height // 40, 1)), x + max(wide - 2, 1), bottom), fill=colour)
            x += wide


def _desk(draw: ImageDraw.ImageDraw, width: int, height: int, chance: random.Random) -> None:
    draw.polygon(
        ((width // 20, height), (width * 3 // 10, height * 62 // 100), (width * 84 // 100, height * 62 // 100), (width, height)),
        fill=(132, 96, 66),
    )
    for _ in range(4):
        x, y = chance.randrange(width * 30 // 100, width * 70 // 100), chance.randrange(height * 68 // 100, height * 82 // 100)
        draw.polygon(
            ((x, y), (x + width // 9, y - height // 60), (x + width // 8, y + height // 12), (x + width // 60, y + height // 10)),
            fill=(226, 222, 208),
        )


class Stage:
    """The room as planes of a picture in I420, with what moves drawn over it."""

    def __init__(self, width: int, height: int, caption: str, seed: int) -> None:
        self.width, self.height = width, height
        room = paint(width, height, caption, seed)
        rgb = av.VideoFrame.from_bytes(room.convert("RGBA").tobytes(), width, height, format="rgba")
        base = rgb.reformat(format="yuv420p", dst_colorspace="ITU709", dst_color_range="MPEG")
        self._base = tuple(bytes(plane) for plane in base.planes)
        self.strides = tuple(plane.line_size for plane in base.planes)
        self._seed = seed
        self._clock = ""
        self._tile: list[bytes] = []
        self._face = type_face(height // 22)

    def frame(self, at: Fraction, clock: str) -> tuple[bytearray, bytearray, bytearray]:
        """The planes at `at` seconds, with the clock's text under the strip."""
        luma, blue, red = (bytearray(plane) for plane in self._base)
        self._hand(luma, blue, red, at)
        if clock:
            self._write(luma, clock)
        return luma, blue, red

    def _hand(self, luma: bytearray, blue: bytearray, red: bytearray, at: Fraction) -> None:
        swing = int((at * 40 + self._seed * 7) % 240)
        along = swing if swing < 120 else 240 - swing
        radius = self.height // 16
        x0 = (self.width * 34 // 100 + along * self.width // 400) & ~1
        y0 = (self.height * 76 // 100 + along * self.height // 3000) & ~1
        for y in range(-radius, radius, 2):
            half = int((radius * radius - y * y) ** 0.5) & ~1
            for line in (y0 + y, y0 + y + 1):
                begin = line * self.strides[0] + x0 - half
                luma[begin : begin + 2 * half] = bytes([150]) * (2 * half)
            for plane, stride, value in ((blue, self.strides[1], 112), (red, self.strides[2], 148)):
                begin = (y0 + y) // 2 * stride + (x0 - half) // 2
                plane[begin : begin + half] = bytes([value]) * half

    def _write(self, luma: bytearray, clock: str) -> None:
        if clock != self._clock:
            tile = Image.new("L", (self.width * 36 // 100, self.height // 16), 40)
            ImageDraw.Draw(tile).text((8, 2), clock, fill=225, font=self._face)
            self._clock, content = clock, tile.tobytes()
            self._tile = [content[k : k + tile.width] for k in range(0, len(content), tile.width)]
        top = self.height // 20
        for y, row in enumerate(self._tile):
            begin = (top + y) * self.strides[0] + self.width // 60
            luma[begin : begin + len(row)] = row
