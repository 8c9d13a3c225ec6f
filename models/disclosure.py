"""政府信息公开申请 and 投诉举报: the two registers of what people outside ask of the agency, and the limits that run for the first."""

from __future__ import annotations

from models.base import Base, BooleanField, ForeignKeyField, IntegerField, Labelled, TextField
from models.cases import CaseFolder, Record
from models.people import Person
from models.secrecy import Label


class DisclosureRequest(Labelled):
    """政府信息公开申请. `confirmed_on` is the day agreed with the applicant where the way it came has no other day of receipt.

    `about_from` … `officer` say which doings it is about, so that recordings of them are guarded; `handler` is 经办人.
    """

    number = TextField(unique=True)
    applicant = TextField()
    contact = TextField(default="")
    channel = TextField()
    received_on = TextField()
    confirmed_on = TextField(null=True)
    wanted = TextField()
    about_from = TextField(null=True)
    about_to = TextField(null=True)
    place = TextField(default="")
    officer = TextField(default="")
    handler = TextField(default="")
    profile = TextField()
    profile_version = IntegerField(default=1)
    closed_on = TextField(null=True)
    created_at = TextField()
    created_by = ForeignKeyField(Person, on_delete="RESTRICT")

    @property
    def label(self) -> Label:
        return Label(self.state, self.trade, self.privacy, self.internal)


class DisclosureLink(Base):
    """A case folder or a record that a request is about; one taken away stays."""

    request = ForeignKeyField(DisclosureRequest, backref="links", on_delete="RESTRICT")
    case = ForeignKeyField(CaseFolder, null=True, on_delete="RESTRICT")
    record = ForeignKeyField(Record, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)


class DisclosureStep(Base):
    """One step of a request (`DisclosureStepKind`), from its day to the day it was answered; one taken back stays.

    `until` is the day set for whoever was asked; `whom` is who was asked, approved or decided; `outcome` the kind of answer or of opinion;
    `rule`, `number` and `unit` are those of an extension.
    """

    request = ForeignKeyField(DisclosureRequest, backref="steps", on_delete="RESTRICT")
    kind = TextField()
    on = TextField(column_name="on_day")
    until = TextField(null=True)
    ended_on = TextField(null=True)
    whom = TextField(default="")
    text = TextField(default="")
    outcome = TextField(default="")
    rule = TextField(default="")
    number = IntegerField(null=True)
    unit = TextField(default="")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class DisclosureClock(Base):
    """One limit of a request as last computed, as `CaseClock` has those of a case. `alarm` is empty while it does not alarm; `subject` is the
    step whose limit it is, where one runs for each who was asked."""

    request = ForeignKeyField(DisclosureRequest, backref="clocks", on_delete="RESTRICT")
    rule = TextField()
    subject = TextField(default="")
    topic = TextField()
    title = TextField()
    article = TextField()
    start = TextField(null=True)
    counted = TextField(null=True)
    due = TextField(null=True)
    alarm = TextField(null=True)
    met = TextField(null=True)
    late = BooleanField(default=False)
    paused = BooleanField(default=False)
    provisional = BooleanField(default=False)
    calendar = TextField(default="")

    class Meta:
        indexes = ((("request", "rule", "subject"), True),)


class Complaint(Labelled):
    """投诉举报: what was complained of, when and where it was, and which officer (执法人员) it names; open until it is dealt with.

    `case` is the case that it led to. `complainant` is empty where it was made without a name.
    """

    number = TextField(unique=True)
    complainant = TextField(default="")
    contact = TextField(default="")
    channel = TextField()
    received_on = TextField()
    about = TextField()
    about_from = TextField(null=True)
    about_to = TextField(null=True)
    place = TextField(default="")
    officer = TextField(default="")
    handler = TextField(default="")
    case = ForeignKeyField(CaseFolder, null=True, on_delete="RESTRICT")
    result = TextField(default="")
    closed_on = TextField(null=True)
    created_at = TextField()
    created_by = ForeignKeyField(Person, on_delete="RESTRICT")

    @property
    def label(self) -> Label:
        return Label(self.state, self.trade, self.privacy, self.internal)
