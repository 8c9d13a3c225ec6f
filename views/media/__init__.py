"""The player: picture, transport, timeline, marks, photographs and pages."""
