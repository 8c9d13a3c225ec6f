"""Acts on the activities of a case: entered, corrected with a reason, taken away, and those that were unsuitable for recording."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from desktop import history
from desktop.acts import act
from desktop.errors import Refusal
from desktop.i18n import _
from desktop.policy.grounds import ground as ground_of
from desktop.policy.owed import owed
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.answering import check_answers
from desktop.procedure.desk import ProcedureDesk, listed
from desktop.procedure.forms import ActivityDraft
from desktop.procedure.gathering import gather
from desktop.procedure.times import check_moments, check_order, read, read_moment, written
from models.cases import Record
from models.procedure import CaseActivity, FootageFacts, PaperFacts
from models.terms import ActivityId, CaseId

_FIELDS = frozenset(("kind", "start", "end", "finished", "place", "officers", "traits", "document", "note", "answers"))


class ActivityActs(ProcedureDesk):
    """执法活动: what was done, when, where and by whom."""

    @act("procedure.activity_add", subject=lambda case_id, draft: {"case": case_id})
    def activity_add(self, case_id: CaseId, draft: ActivityDraft) -> ActivityId:
        """Enter an activity or step. Raises `Refusal`: procedure.unknown_word, procedure.time_implausible, procedure.end_before_start,
        procedure.answers_wrong, procedure.answers_before."""
        self._case(case_id)
        values = self._values({name: getattr(draft, name) for name in _FIELDS}, case_id)
        values["answers"] = self._answering(case_id, draft.kind, values["start"], draft.answers)
        check_order(draft.start, draft.end, draft.finished)
        row = CaseActivity.create(case=case_id, **values, **self._signed())
        self._about(activity=row.id)
        self._note(kind=draft.kind)
        return ActivityId(row.id)

    @act("procedure.activity_edit", subject=lambda activity_id, changes, reason: {"activity": activity_id})
    def activity_edit(self, activity_id: ActivityId, changes: Mapping[str, Any], reason: str) -> None:
        """Correct an activity: `changes` by the names of `ActivityDraft`; each keeps its history and its reason."""
        row = self._activity(activity_id)
        values = self._values(changes, row.case_id)
        merged = {name: values.get(name, getattr(row, name)) for name in ("start", "end", "finished")}
        check_order(read(merged["start"]), read_moment(merged["end"]), read_moment(merged["finished"]))
        if {"kind", "start", "answers"} & set(values):
            answers = changes["answers"] if "answers" in changes else json.loads(row.answers)
            values["answers"] = self._answering(row.case_id, values.get("kind", row.kind), merged["start"], answers)
        changed = history.amend(self.archive, row, values, reason)
        self._note(fields=sorted(changed), reason=reason.strip())

    @act("procedure.activity_remove", subject=lambda activity_id, reason: {"activity": activity_id})
    def activity_remove(self, activity_id: ActivityId, reason: str) -> None:
        """Take an activity away that was entered wrongly; it stays with who and why. Refused while papers or recordings belong to it."""
        row = self._activity(activity_id)
        held = (PaperFacts.select().where(PaperFacts.activity == row.id).count()
                + FootageFacts.select().where(FootageFacts.activity == row.id).count())
        if held:
            raise Refusal("procedure.activity_held", kind=vocabulary().title("event", row.kind), count=held)
        standing = CaseActivity.select().where((CaseActivity.case == row.case_id) & CaseActivity.removed_at.is_null())
        for other in standing:
            if row.id in json.loads(other.answers):
                words = vocabulary()
                raise Refusal("procedure.activity_answered", kind=words.title("event", row.kind), by=words.title("event", other.kind))
        history.amend(self.archive, row, {"removed_at": self._stamp()}, reason)
        self._note(reason=reason.strip())

    @act("procedure.unsuitable", subject=lambda activity_id, ground, reason, by="": {"activity": activity_id})
    def unsuitable(self, activity_id: ActivityId, ground: str, reason: str, by: str = "") -> None:
        """State why an activity was unsuitable for recording; `by` answers for it, else whoever states it.

        Raises `Refusal` with the article: procedure.no_excuse where the text knows none, procedure.only_secrecy where it knows state secrets
        and the like alone, procedure.excuse_reason where it asks the reason in writing.
        """
        row = self._activity(activity_id)
        self._known("ground", [ground])
        self._check_excuse(row, ground, reason)
        values = {"unsuitable_ground": ground, "unsuitable_reason": reason.strip(), "unsuitable_by": by.strip() or self.archive.person.name}
        title = vocabulary().title("ground", ground)
        history.amend(self.archive, row, values, reason.strip() or title)
        self._note(ground=ground, reason=reason.strip())

    @act("procedure.unsuitable", subject=lambda activity_id, reason: {"activity": activity_id})
    def suitable(self, activity_id: ActivityId, reason: str) -> None:
        """Take such a statement back."""
        row = self._activity(activity_id)
        if not row.unsuitable_ground:
            raise Refusal("not_found")
        history.amend(self.archive, row, {"unsuitable_ground": "", "unsuitable_reason": "", "unsuitable_by": ""}, reason)
        self._note(ground="", reason=reason.strip())

    def _check_excuse(self, row: CaseActivity, ground: str, reason: str) -> None:
        """As the duty knows it that this activity stands under, the agency's own list included."""
        one = gather(self.archive.database.connection(), [row.case_id])[0]
        rules = self.archive.rules.profile(one.profile, one.version)
        activity = next(a for a in one.facts.activities if a.id == str(row.id))
        due = owed(rules, one.facts, activity, self.archive.rules.listing(rules))
        if due is None or due.level == "may":
            return
        kind, article = vocabulary().title("event", row.kind), ground_of(rules, due.rule).article if due.rule else _("The agency’s own list")
        if due.excuse == "none" and due.level != "as_needed":
            raise Refusal("procedure.no_excuse", kind=kind, article=article)
        if due.excuse == "secrecy" and ground != "state_secret":
            raise Refusal("procedure.only_secrecy", kind=kind, article=article)
        if (due.excuse == "unsuitable_reasoned" or due.level == "as_needed") and not reason.strip():
            raise Refusal("procedure.excuse_reason", article=article)

    def _values(self, given: Mapping[str, Any], case_id: int) -> dict[str, Any]:
        """Fields of a draft as columns, each checked."""
        unknown = sorted(set(given) - _FIELDS)
        if unknown:
            raise Refusal("procedure.unknown_word", word=unknown[0], known="、".join(sorted(_FIELDS)))
        values: dict[str, Any] = {}
        if "kind" in given:
            self._known("event", [given["kind"]])
            values["kind"] = str(given["kind"])
        moments = {name: given[name] for name in ("start", "end", "finished") if name in given}
        check_moments(self._now(), **moments)
        values |= {name: written(at) for name, at in moments.items()}
        values |= {name: str(given[name]).strip() for name in ("place", "note") if name in given}
        if "answers" in given:
            values["answers"] = "[]"  # put in once its kind and day are known
        if "officers" in given:
            values["officers"] = listed(tuple(given["officers"]))
        if "traits" in given:
            self._known("trait", given["traits"])
            values["traits"] = listed(frozenset(given["traits"]))
        if "document" in given:
            if given["document"] and not Record.select().where((Record.id == given["document"]) & (Record.case == case_id)).exists():
                raise Refusal("not_found")
            values["document_id"] = int(given["document"]) if given["document"] else None
        return values

    def _answering(self, case_id: int, kind: str, start: str | None, answers: Sequence[int]) -> str:
        """What an activity of that kind and day answers, as it stands in the table."""
        return json.dumps(check_answers(self._rules(self._case(case_id)), case_id, kind, start, answers))
