"""试算: the page that lays one case under all regulations side by side."""

from views.trial.page import TrialPage

__all__ = ["TrialPage"]
