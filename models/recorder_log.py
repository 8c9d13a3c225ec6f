"""The log that a recorder keeps of itself (设备日志): which file it came in, and what it says, line by line."""

from __future__ import annotations

from models.base import Base, ForeignKeyField, IntegerField, TextField
from models.holdings import Component
from models.people import Person
from models.procedure import Recorder


class RecorderLog(Base):
    """One log of a recorder. Its bytes lie in the vault as `component`, as they came; `layout` is the description it was read by."""

    recorder = ForeignKeyField(Recorder, backref="logs", on_delete="RESTRICT")
    component = ForeignKeyField(Component, unique=True, on_delete="RESTRICT")
    layout = TextField()
    first = TextField()
    last = TextField()
    count = IntegerField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class RecorderEvent(Base):
    """One line of a log: what the recorder wrote about itself, by its own clock, which is never corrected here."""

    log = ForeignKeyField(RecorderLog, backref="events", on_delete="RESTRICT")
    line = IntegerField()
    kind = TextField()
    at = TextField()
    file = TextField(default="")
    words = TextField(default="")

    class Meta:
        indexes = ((("log", "at"), False),)
