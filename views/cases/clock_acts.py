"""What is done with the limits of an opened case: exceptions, other limits, extensions, stretches left out; entered and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.i18n import _
from desktop.policy.verdicts import Clock
from desktop.procedure import SuspensionDraft, SuspensionLine
from models.terms import CaseId, ComponentId
from views.cases.clocks import Clocks

if TYPE_CHECKING:
    from views.cases.case_page import CasePage


class ClockActs:
    """Sends what the forms beside the clocks say; a refusal stands in the form, and the form closes when it is done."""

    def __init__(self, page: CasePage, clocks: Clocks) -> None:
        self.page, self.clocks = page, clocks
        clocks.claimed.connect(self._claim)
        clocks.unclaimed.connect(self._unclaim)
        clocks.overridden.connect(self._override)
        clocks.restored.connect(self._restore)
        clocks.extended.connect(self._extend)
        clocks.shortened.connect(self._shorten)
        clocks.suspended.connect(self._suspend)
        clocks.suspension_corrected.connect(self._correct)
        clocks.suspension_recalled.connect(self._recall)

    @property
    def _case(self) -> CaseId:
        assert self.page.case is not None
        return self.page.case

    @property
    def _room(self) -> Any:
        return self.page.archive.procedure

    def _act(self, job: Callable[[Any], object], words: str) -> None:
        self.page.acts.act(job, words, self.clocks.close_form, self.clocks.refuse)

    def _claim(self, clock: Clock, kind: str, claimant: str, reason: str) -> None:
        room, component = self._room, ComponentId(int(clock.subject))
        self._act(lambda _p: room.claim(component, kind, claimant, reason), _("The exception is claimed."))

    def _unclaim(self, clock: Clock, reason: str) -> None:
        room, component = self._room, ComponentId(int(clock.subject))
        self._act(lambda _p: room.claim_withdraw(component, reason), _("The exception is taken back."))

    def _override(self, rule: str, number: int, unit: str, cites: str, rank: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.override_limit(case, rule, number, unit, cites, rank), _("The other limit is stated."))

    def _restore(self, rule: str, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.override_withdraw(case, rule, reason), _("The regulation’s own limit runs again."))

    def _extend(self, clock: Clock, number: int, by: str, on: date, reason: str) -> None:
        room, case, rule, subject = self._room, self._case, clock.ground.rule, clock.subject
        self._act(lambda _p: room.extend_limit(case, rule, number, by, on, reason, subject), _("The extension is entered."))

    def _shorten(self, clock: Clock, reason: str) -> None:
        room, case, rule, subject = self._room, self._case, clock.ground.rule, clock.subject
        self._act(lambda _p: room.extension_withdraw(case, rule, reason, subject), _("The extension is taken back."))

    def _suspend(self, clock: Clock, draft: SuspensionDraft) -> None:
        room, case, rule, subject = self._room, self._case, clock.ground.rule, clock.subject
        self._act(lambda _p: room.suspend_limit(case, rule, draft, subject), _("The stretch is entered; the limit leaves it out."))

    def _correct(self, line: SuspensionLine, draft: SuspensionDraft, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.suspension_edit(case, line.id, draft, reason), _("The stretch is corrected."))

    def _recall(self, line: SuspensionLine, reason: str) -> None:
        room, case = self._room, self._case
        self._act(lambda _p: room.suspension_withdraw(case, line.id, reason), _("The stretch is taken back; its days count again."))
