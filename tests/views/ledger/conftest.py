"""Somebody at a desk of the office, with the pages of asking, deciding, playing and auditing."""

from __future__ import annotations

from tests.views.approvals.sitting import archive, sit

__all__ = ["archive", "sit"]
