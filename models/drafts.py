"""What is being written and holds nothing yet: new versions of profiles in the making."""

from __future__ import annotations

from models.base import Base, ForeignKeyField, IntegerField, TextField
from models.people import Person


class ProfileDraft(Base):
    """A new version of a profile in the making: one a person and profile, until it is handed on.

    `base_text` is what it was copied from, and stays as it was; `seen` the newest confirmed version that its author knows of; `reasons`
    is JSON, why each rule was changed, by the rule's id; `revision` grows with every keeping, so that a second window is noticed.
    """

    key = TextField()
    person = ForeignKeyField(Person, backref="drafts", on_delete="RESTRICT")
    base_version = IntegerField()
    base_text = TextField()
    seen = IntegerField()
    text = TextField()
    reason = TextField(default="")
    reasons = TextField(default="{}")
    revision = IntegerField(default=1)
    begun_at = TextField()
    kept_at = TextField()
    discarded_at = TextField(null=True)

    class Meta:
        indexes = ((("key", "person"), True),)
