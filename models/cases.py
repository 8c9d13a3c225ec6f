"""Case folders (案卷), their parties and officers, and the records (件) in them."""

from __future__ import annotations

from models.base import Base, BooleanField, ForeignKeyField, IntegerField, Labelled, TextField
from models.people import Person
from models.secrecy import Label
from models.terms import Stage


class CaseFolder(Labelled):
    """案卷: everything of one case, from the start of the procedure to filing. `conditions` is JSON: the answers to the profile's questions."""

    case_number = TextField(unique=True)
    cause = TextField()
    kind = TextField()
    profile = TextField()
    profile_version = IntegerField(default=1)
    procedure = TextField(default="ordinary")
    conditions = TextField(default="{}")
    retention_years = IntegerField(null=True)
    stage = TextField(default=Stage.START.value)
    started_on = TextField(null=True)
    ended_on = TextField(null=True)
    filed_at = TextField(null=True)
    place = TextField(default="")
    note = TextField(default="")
    created_at = TextField()
    created_by = ForeignKeyField(Person, on_delete="RESTRICT")

    @property
    def label(self) -> Label:
        return Label(self.state, self.trade, self.privacy, self.internal)


class Party(Base):
    """当事人."""

    case = ForeignKeyField(CaseFolder, backref="parties", on_delete="RESTRICT")
    name = TextField()
    organisation = BooleanField(default=False)
    position = IntegerField(default=0)


class CaseOfficer(Base):
    """承办人 with 执法证号; `person` where the officer has an account here."""

    case = ForeignKeyField(CaseFolder, backref="officers", on_delete="RESTRICT")
    name = TextField(index=True)
    certificate = TextField(default="")
    person = ForeignKeyField(Person, null=True, on_delete="RESTRICT")
    position = IntegerField(default=0)


class Record(Labelled):
    """件: one paper, recording or photograph of a case; unlinked while `case` is empty."""

    case = ForeignKeyField(CaseFolder, null=True, backref="records", on_delete="RESTRICT")
    title = TextField()
    medium = TextField()
    stage = TextField(null=True)
    position = IntegerField(default=0)
    made_on = TextField(null=True)
    filed_at = TextField(null=True)
    created_at = TextField()
    created_by = ForeignKeyField(Person, on_delete="RESTRICT")

    class Meta:
        indexes = ((("case", "position"), False),)

    @property
    def label(self) -> Label:
        return Label(self.state, self.trade, self.privacy, self.internal)
