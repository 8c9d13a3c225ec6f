"""设置: people, this desk, the archive."""

from views.settings.page import SettingsPage

__all__ = ["SettingsPage"]
