"""The extensions and stretches of a case's limits as its history names them: what was changed of each is told beside the folder's own changes."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.i18n import _
from desktop.policy.rules import Profile
from desktop.policy.vocabulary import vocabulary
from models.procedure import LimitExtension, LimitSuspension

# Under which name the fields of a table stand in the history: a stretch has a kind and an end of its own, as the folder has.
PREFIXES = {"limit_suspension": "suspension.", "limit_extension": "extension."}


def limits_entered(case_id: int, rules: Profile) -> Mapping[str, Mapping[str, str]]:
    """By table and row what was entered: «查封的期限：检测», «查封的期限：延长»; also what was taken back."""
    titles = {rule.id: rule.title for rule in rules.deadline}
    words = _("{limit}: {what}")
    stretches = {str(row.id): words.format(limit=titles.get(row.rule, row.rule), what=vocabulary().title("suspension", row.kind))
                 for row in LimitSuspension.select().where(LimitSuspension.case == case_id)}
    longer = {str(row.id): words.format(limit=titles.get(row.rule, row.rule), what=_("extension"))
              for row in LimitExtension.select().where(LimitExtension.case == case_id)}
    return {"limit_suspension": stretches, "limit_extension": longer}
