"""The procedure of a case: activities, what papers and recordings prove of it, limits, statements, and how it ended."""

from __future__ import annotations

from models.base import Base, BlobField, BooleanField, ForeignKeyField, IntegerField, TextField
from models.cases import CaseFolder, Record
from models.holdings import Component, Deposit
from models.people import Person


class CaseActivity(Base):
    """执法活动: one activity or step of the procedure with its own time. `officers`, `traits` and `answers` are JSON lists; `answers` names the
    activities (登记保存, 查封、扣押 …) whose limit this one ends, and is empty where it says nothing of that."""

    case = ForeignKeyField(CaseFolder, backref="activities", on_delete="RESTRICT")
    kind = TextField()
    start = TextField(null=True)
    end = TextField(null=True)
    finished = TextField(null=True)
    place = TextField(default="")
    officers = TextField(default="[]")
    traits = TextField(default="[]")
    document = ForeignKeyField(Record, null=True, on_delete="RESTRICT")
    answers = TextField(default="[]")
    unsuitable_ground = TextField(default="")
    unsuitable_reason = TextField(default="")
    unsuitable_by = TextField(default="")
    note = TextField(default="")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    removed_at = TextField(null=True)


class PaperFacts(Base):
    """What a person confirmed of one paper: its form, the items it answers, its date, signers and fields. Lists are JSON."""

    record = ForeignKeyField(Record, unique=True, on_delete="RESTRICT")
    form = TextField(default="")
    items = TextField(default="[]")
    dated = TextField(null=True)
    activity = ForeignKeyField(CaseActivity, null=True, on_delete="RESTRICT")
    signers = TextField(default="[]")
    fields = TextField(default="[]")
    officers = TextField(default="[]")
    interviewed = TextField(default="")
    start = TextField(null=True)
    end = TextField(null=True)
    evidence = BooleanField(default=False)
    copy = BooleanField(default=False)
    outgoing = BooleanField(default=False)
    approved_by = TextField(default="")
    pages = IntegerField(null=True)
    signed_pages = IntegerField(null=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class CaseMatter(Base):
    """What the case is about and what was decided: the row of the list of powers, in whose name, which penalties (JSON: kind and fen), when the
    act ended and when it was discovered (ISO days). `grave`: life, health or financial security with harm; empty while nobody has said."""

    case = ForeignKeyField(CaseFolder, unique=True, backref="matters", on_delete="RESTRICT")
    power = TextField(default="")
    organ = TextField(default="")
    penalties = TextField(default="[]")
    act_ended = TextField(null=True)
    discovered = TextField(null=True)
    grave = BooleanField(null=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class Recorder(Base):
    """执法记录仪: a recorder of the agency's register, and who carries it."""

    number = TextField(unique=True)
    model = TextField(default="")
    holder = TextField(default="")
    unit = TextField(default="")
    note = TextField(default="")
    active = BooleanField(default=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class RecorderReading(Base):
    """The clock of a recorder read at docking: what it said, and by how many milliseconds it was ahead of the desk's clock."""

    recorder = ForeignKeyField(Recorder, backref="readings", on_delete="RESTRICT")
    deposit = ForeignKeyField(Deposit, null=True, on_delete="RESTRICT")
    device_time = TextField()
    desk_time = TextField()
    ahead_ms = IntegerField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")


class FootageFacts(Base):
    """What is known of one recording beside its bytes. Times are corrected wall clock; the camera's own stay on the component.
    `stage_given` is the stage that its record has from the activity; empty where a person set one."""

    component = ForeignKeyField(Component, unique=True, on_delete="RESTRICT")
    activity = ForeignKeyField(CaseActivity, null=True, backref="footage", on_delete="RESTRICT")
    recorder = ForeignKeyField(Recorder, null=True, on_delete="RESTRICT")
    start = TextField(null=True)
    end = TextField(null=True)
    returned = TextField(null=True)
    officer = TextField(default="")
    claim_kind = TextField(default="")
    claimant = TextField(default="")
    claim_reason = TextField(default="")
    evidence = BooleanField(default=False)
    weight = TextField(default="[]")
    gaps = TextField(default="[]")
    sheet = TextField(default="{}")
    transcript = TextField(default="")
    stage_given = TextField(default="")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()

    class Meta:
        indexes = ((("recorder", "start"), False),)


class Statement(Base):
    """A written statement (未摄录原因说明、中止说明、逾期移交说明), drafted with its exact stretch and signed by its person's key
    (`document` is what was signed); one withdrawn stays."""

    case = ForeignKeyField(CaseFolder, backref="statements", on_delete="RESTRICT")
    kind = TextField()
    activity = ForeignKeyField(CaseActivity, null=True, on_delete="RESTRICT")
    component = ForeignKeyField(Component, null=True, on_delete="RESTRICT")
    start = TextField(null=True)
    end = TextField(null=True)
    cause = TextField(default="")
    text = TextField()
    reported_at = TextField(null=True)
    document = TextField()
    signature = BlobField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class ItemWaiver(Base):
    """不适用: a required item that does not apply, with its written reason."""

    case = ForeignKeyField(CaseFolder, backref="waivers", on_delete="RESTRICT")
    item = TextField()
    reason = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class LimitOverride(Base):
    """从其规定: another limit for one rule in one case, with the statute, regulation or rule that it cites."""

    case = ForeignKeyField(CaseFolder, backref="overrides", on_delete="RESTRICT")
    rule = TextField()
    number = IntegerField()
    unit = TextField()
    cites = TextField()
    rank = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class LimitExtension(Base):
    """延长: a decision that made the limit of one rule longer; who approved it, on which day and why. `subject` is the activity whose limit it is,
    empty where the rule runs once."""

    case = ForeignKeyField(CaseFolder, backref="extensions", on_delete="RESTRICT")
    rule = TextField()
    subject = TextField(default="")
    number = IntegerField()
    unit = TextField()
    approved_by = TextField()
    approved_on = TextField()
    reason = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class LimitSuspension(Base):
    """不计入期限: a stretch (检测, 鉴定, 听证 …) whose days the limit of one rule leaves out, from the day it began to the day it ended, with its
    written ground and whom one told of it in writing. `subject` is the activity whose limit it is, empty where the rule runs once."""

    case = ForeignKeyField(CaseFolder, backref="suspensions", on_delete="RESTRICT")
    rule = TextField()
    subject = TextField(default="")
    kind = TextField()
    start = TextField(column_name="start_on")
    end = TextField(null=True, column_name="end_on")
    reason = TextField()
    told = TextField(default="")
    told_on = TextField(null=True)
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class CaseEnding(Base):
    """行政执法行为终结, signed by the person who states it; one taken back stays, and another may follow."""

    case = ForeignKeyField(CaseFolder, backref="endings", on_delete="RESTRICT")
    kind = TextField()
    on = TextField(column_name="on_day")
    document = TextField()
    signature = BlobField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    withdrawn_at = TextField(null=True)


class FilingOrder(Base):
    """A leader's written order to file with gaps: the gaps as they stood (JSON), the reason, signed. It stays visible for ever."""

    case = ForeignKeyField(CaseFolder, backref="orders", on_delete="RESTRICT")
    gaps = TextField()
    reason = TextField()
    document = TextField()
    signature = BlobField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()


class Hold(Base):
    """暂缓销毁: nothing of the case may be disposed of while it stands."""

    case = ForeignKeyField(CaseFolder, backref="holds", on_delete="RESTRICT")
    reason = TextField()
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    at = TextField()
    released_at = TextField(null=True)
    released_by = ForeignKeyField(Person, null=True, backref="released", on_delete="RESTRICT")


class CaseClock(Base):
    """One clock of a case as last computed, so that a list of a hundred thousand is read, not reckoned. `alarm` is empty while it waits.
    `component` is set where the clock is about one recording, so that who may not know of that one does not meet its clock."""

    case = ForeignKeyField(CaseFolder, backref="clocks", on_delete="RESTRICT")
    rule = TextField()
    subject = TextField(default="")
    component = ForeignKeyField(Component, null=True, on_delete="RESTRICT")
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
        indexes = ((("case", "rule", "subject"), True),)


class ActivityCoverage(Base):
    """How long one activity went on (`due`) and what recordings prove of it, in seconds, as last computed, so that a year's sums are added up,
    not cut anew. There is none while its begin or end is not known by the clock."""

    activity = ForeignKeyField(CaseActivity, unique=True, backref="covered", on_delete="RESTRICT")
    case = ForeignKeyField(CaseFolder, backref="covered", on_delete="RESTRICT")
    due = IntegerField()
    proven = IntegerField()
