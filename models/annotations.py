"""Marks on recordings: points and spans in exact media time."""

from __future__ import annotations

from models.base import Base, ForeignKeyField, IntegerField, TextField
from models.holdings import Component
from models.people import Person


class Annotation(Base):
    """标注: a point (no end) or a span of a recording; a removed mark stays, with who removed it and why."""

    component = ForeignKeyField(Component, backref="annotations", on_delete="RESTRICT")
    start_us = IntegerField()
    end_us = IntegerField(null=True)
    kind = TextField()
    text = TextField(default="")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)
