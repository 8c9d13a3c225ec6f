"""Everything the page of recordings shows of one case, read in one job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.archive import Archive
from desktop.cases import Folder
from desktop.media.openable import OpenableLine
from desktop.policy.rules import Profile
from desktop.policy.verdicts import DutyVerdict, GapVerdict, RetentionVerdict
from desktop.procedure import ActivityLine, AnswerableLine, FootageLine, PaperLine, RecorderLine, StatementLine
from models.facts import Footage, Logged
from models.terms import ActivityId, CaseId, ComponentId
from views.cases.reading import folder_of


@dataclass(frozen=True)
class FootageRead:
    """The activities and recordings of a case, what the rules say of them, and what the person may open now."""

    folder: Folder
    profile: Profile
    activities: tuple[ActivityLine, ...]
    footage: tuple[FootageLine, ...]
    pieces: tuple[Footage, ...]
    statements: tuple[StatementLine, ...]
    papers: tuple[PaperLine, ...]
    recorders: tuple[RecorderLine, ...]
    duties: tuple[DutyVerdict, ...]
    gaps: tuple[GapVerdict, ...]
    retention: tuple[RetentionVerdict, ...]
    openable: tuple[OpenableLine, ...]
    answerable: tuple[AnswerableLine, ...]
    log: tuple[Logged, ...]
    now: datetime

    def duty(self, activity: ActivityId | None) -> DutyVerdict | None:
        """What the rules say of one activity; None where it is no matter of recording."""
        return next((one for one in self.duties if one.activity == str(activity)), None)

    def activity(self, ident: ActivityId | None) -> ActivityLine | None:
        return next((one for one in self.activities if one.id == ident), None)

    def line(self, component: ComponentId | None) -> FootageLine | None:
        return next((one for one in self.footage if one.component == component), None)

    def piece(self, component: ComponentId) -> Footage:
        """A recording as the rules see it."""
        return next(one for one in self.pieces if one.id == str(component))

    def kept(self, component: ComponentId) -> RetentionVerdict | None:
        return next((one for one in self.retention if one.footage == str(component)), None)

    def recordings(self, activity: ActivityId | None) -> list[FootageLine]:
        """Those of an activity first, then those of none, then the rest; each group by its time."""
        return sorted(self.footage, key=lambda one: 0 if activity is not None and one.activity == activity else 1 if one.activity is None else 2)

    def about(self, activity: ActivityId | None) -> list[StatementLine]:
        """Statements on an activity or on one of its recordings."""
        linked = {one.component for one in self.footage if one.activity == activity}
        return [one for one in self.statements if one.draft.activity == activity or (one.draft.component in linked)]

    @property
    def officers(self) -> tuple[str, ...]:
        """承办人."""
        return tuple(one.name for one in self.folder.officers)

    @property
    def report_to(self) -> str:
        """Whom the text wants told at once where recording cannot go on (单位主要负责人); empty where it is silent."""
        return self.profile.interruption[0].report_to if self.profile.interruption else ""

    @property
    def filed(self) -> bool:
        return bool(self.folder.line.filed_at)

    def opens(self, component: ComponentId, us: int) -> OpenableLine | None:
        """A grant of the person's under which this microsecond of a recording may be seen."""
        return next((one for one in self.openable if one.component == component and (not one.spans or any(a <= us < b for a, b in one.spans))), None)


def read_footage(archive: Archive, case: CaseId) -> FootageRead:
    """The whole page, for a job. Raises `Refusal` not_found for what does not exist, or not for this person."""
    folder, room = folder_of(archive, case), archive.procedure
    answers, facts = room.answers(case), room.facts(case)
    return FootageRead(
        folder=folder, profile=room.profile(case), activities=tuple(room.activities(case)), footage=tuple(room.footage(case)),
        pieces=facts.footage, statements=tuple(room.statements(case)), papers=tuple(room.papers(case)),
        recorders=tuple(room.recorders()), duties=answers.duties, gaps=answers.gaps, retention=answers.retention,
        openable=tuple(archive.media.openable()) if archive.may("media.open").allowed else (),
        answerable=tuple(room.answerable(case)), log=facts.log, now=archive.clock.now())
