"""What the one search box looks through: a row of plain words beside the full-text index."""

from __future__ import annotations

from models.base import ForeignKeyField, Labelled, TextField
from models.cases import CaseFolder, Record
from models.holdings import Component


class SearchEntry(Labelled):
    """The words of one thing, under the label of that thing; the full-text index has the same row number."""

    kind = TextField()
    case = ForeignKeyField(CaseFolder, null=True, on_delete="RESTRICT")
    record = ForeignKeyField(Record, null=True, on_delete="RESTRICT")
    component = ForeignKeyField(Component, null=True, on_delete="RESTRICT")
    source = TextField(unique=True)
    title = TextField()
    text = TextField()
    terms = TextField()
