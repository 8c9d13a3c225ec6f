"""播放: what one may open now, one approved look at a time, and the approved copies of it."""

from views.player.page import PlayerPage

__all__ = ["PlayerPage"]
