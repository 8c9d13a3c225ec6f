"""Data that a jurist, a translator or a designer edits: no code lives here."""
