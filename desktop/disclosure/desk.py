"""What every act on a request has in common: the request that still goes on, its steps, the rules it stands under."""

from __future__ import annotations

from desktop.disclosure import lines
from desktop.disclosure.reckoning import rules_of_requests
from desktop.errors import Refusal
from desktop.policy.rules import DeadlineRule, Profile
from desktop.register_desk import RegisterDesk
from models.disclosure import DisclosureRequest, DisclosureStep
from models.terms import DisclosureStepKind as Kind


class DisclosureDesk(RegisterDesk):
    """The ground of the room's acts."""

    def _request(self, request_id: int) -> DisclosureRequest:
        """A request that is not closed. Raises `Refusal` not_found, disclosure.closed."""
        row = self._known(request_id)
        if row.closed_on:
            raise Refusal("disclosure.closed", number=row.number, on=row.closed_on)
        return row

    def _known(self, request_id: int) -> DisclosureRequest:
        row: DisclosureRequest | None = lines.requests(self.archive.person.clearance).where(DisclosureRequest.id == request_id).first()
        if row is None:
            raise Refusal("not_found")
        return row

    def _pending(self, request_id: int) -> tuple[DisclosureRequest, list[DisclosureStep]]:
        """A request that is neither answered nor withdrawn, with its steps. Raises `Refusal` disclosure.over."""
        row = self._request(request_id)
        steps = lines.steps_of([row.id])[row.id]
        over = lines.standing(steps, Kind.ANSWER, Kind.WITHDRAWAL)
        if over is not None:
            raise Refusal("disclosure.over", number=row.number, on=over.on)
        return row, steps

    def _waiting(self, step_id: int, *kinds: Kind) -> tuple[DisclosureStep, DisclosureRequest]:
        """A question to somebody that has not been answered. Raises `Refusal` not_found, disclosure.heard, disclosure.over."""
        row = self._step(step_id)
        if row.kind not in kinds:
            raise Refusal("not_found")
        if row.ended_on:
            raise Refusal("disclosure.heard", on=row.ended_on)
        return row, self._pending(row.request_id)[0]

    def _step(self, step_id: int) -> DisclosureStep:
        """A step that stands, of a request that is not closed."""
        row: DisclosureStep | None = DisclosureStep.get_or_none((DisclosureStep.id == step_id) & DisclosureStep.withdrawn_at.is_null())
        if row is None:
            raise Refusal("not_found")
        self._about(disclosure=self._request(row.request_id).id)
        return row

    def _rules(self, row: DisclosureRequest) -> Profile:
        return self.archive.rules.profile(row.profile, row.profile_version)

    def _extended_by(self, row: DisclosureRequest) -> DeadlineRule | None:
        """The limit of a request that can be made longer."""
        return next((one for one in rules_of_requests(self._rules(row)) if one.extension), None)

    def _limit_of(self, row: DisclosureRequest, kind: Kind) -> DeadlineRule | None:
        """The limit that ends with this pause, or runs for whoever was asked by it."""
        return next((one for one in rules_of_requests(self._rules(row)) if f"pause({kind.value})" in one.end), None)
