"""统计: how limits were kept, what was recorded of what had to be, and what was violated, summed over the cases a person may know of."""
