"""Somebody at a desk of the office."""

from tests.views.seats import archive, desk, desk_pages

__all__ = ["archive", "desk", "desk_pages"]
