"""首次启动: making an archive step by step, opening another one, or the training archive."""

from views.founding.window import FirstStart

__all__ = ["FirstStart"]
