"""音像记录: what must be recorded of a case, what is, and what is still to be explained."""

from views.footage.lens import Lens

__all__ = ["Lens"]
