"""What is on screen, handed from the player to the canvas; and the speeds there are."""

from __future__ import annotations

from dataclasses import dataclass

import av

from desktop.media.frames import Facts

RATES = (25, 50, 75, 100, 125, 150, 200, 300, 400)  # per cent


@dataclass(frozen=True)
class Shown:
    """What is on screen: the picture, its time and number, and how to turn it into colours."""

    frame: av.VideoFrame
    us: int
    number: int
    facts: Facts
    rotation: int
    moving: bool
