"""Journeys in the window have the words, the look and the bridge of the tests of views."""

from tests.views.conftest import _words, bridge, look

__all__ = ["_words", "bridge", "look"]
