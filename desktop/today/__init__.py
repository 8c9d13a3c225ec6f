"""工作台: what waits for the person who is signed in, put together from the rooms that their role may read."""

from desktop.today.lines import MOST, WHICH, DueCounts, DueKey, DueSum, OverdueLine, Urgent, Which, urgency
from desktop.today.room import Board, Today

__all__ = ["MOST", "WHICH", "Board", "DueCounts", "DueKey", "DueSum", "OverdueLine", "Today", "Urgent", "Which", "urgency"]
