"""The rules that the archive itself keeps: profiles, calendars, the agency's lists of recording duties and of powers, marking sheets, scores."""

from __future__ import annotations

from models.base import Base, BlobField, ForeignKeyField, IntegerField, TextField
from models.cases import CaseFolder, Record
from models.people import Person


class ProfileVersion(Base):
    """One version of a profile, as text. In force once a second person has confirmed it, from `effective_from` on; cases keep theirs."""

    key = TextField()
    version = IntegerField()
    text = TextField()
    reason = TextField()
    author = ForeignKeyField(Person, backref="drafted", on_delete="RESTRICT")
    at = TextField()
    seconded_by = ForeignKeyField(Person, null=True, backref="seconded", on_delete="RESTRICT")
    seconded_at = TextField(null=True)
    effective_from = TextField(null=True)
    withdrawn_at = TextField(null=True)

    class Meta:
        indexes = ((("key", "version"), True),)


class CalendarVersion(Base):
    """The days off of one year as loaded by a person, as text; the newest version of a year counts."""

    year = IntegerField()
    version = IntegerField()
    source = TextField()
    text = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()

    class Meta:
        indexes = ((("year", "version"), True),)


class LocalDay(Base):
    """A local day off, or a working day by local order (地方放假)."""

    day = TextField()
    kind = TextField()
    name = TextField()
    source = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)


class DutyListing(Base):
    """One row of the agency's own 音像记录事项清单; it adds or sharpens, never lowers what the text makes a must. `traits` is JSON."""

    event = TextField()
    level = TextField()
    excuse = TextField(default="unsuitable_reasoned")
    traits = TextField(default="[]")
    what = TextField(default="")
    place = TextField(default="")
    begins = TextField(default="")
    ends = TextField(default="")
    keeping = TextField(default="")
    reason = TextField(default="")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)


class PowerVersion(Base):
    """One version of the agency's list of powers (机关职权清单), as text. In force once a second person has confirmed it, from
    `effective_from` on."""

    version = IntegerField(unique=True)
    text = TextField()
    reason = TextField()
    author = ForeignKeyField(Person, backref="powers_drafted", on_delete="RESTRICT")
    at = TextField()
    seconded_by = ForeignKeyField(Person, null=True, backref="powers_seconded", on_delete="RESTRICT")
    seconded_at = TextField(null=True)
    effective_from = TextField(null=True)
    withdrawn_at = TextField(null=True)


class MarkingSheet(Base):
    """One version of the agency's marking sheet (案卷评查表), as text."""

    version = IntegerField(unique=True)
    text = TextField()
    reason = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class Scoring(Base):
    """One scoring of one case by one person under one version of the sheet; signed at its end."""

    case = ForeignKeyField(CaseFolder, backref="scorings", on_delete="RESTRICT")
    sheet_version = IntegerField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    result = TextField(default="")
    document = TextField(default="")
    signature = BlobField(null=True)
    signed_at = TextField(null=True)


class ScoreLine(Base):
    """What a person decided on one row of the sheet: points lost in hundredths, why, and where (record, page, time code)."""

    scoring = ForeignKeyField(Scoring, backref="lines", on_delete="RESTRICT")
    item = TextField()
    standing = TextField()
    lost = IntegerField(default=0)
    reason = TextField(default="")
    record = ForeignKeyField(Record, null=True, on_delete="RESTRICT")
    where = TextField(default="", column_name="place")
    at = TextField()

    class Meta:
        indexes = ((("scoring", "item"), True),)
