"""Where a fault of the marking is mended: the record, recording, activity or item behind it, and the article it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.i18n import _
from desktop.policy.judges_papers import Jump, plain
from desktop.policy.registers import NONE, Registers
from desktop.policy.rules import Profile
from desktop.policy.scoring import Marked
from desktop.policy.sheet import SheetRow
from desktop.policy.verdicts import Answers, Clock, Ground
from desktop.policy.vocabulary import vocabulary
from desktop.scoring.forms import Place
from models.facts import CaseFacts
from models.terms import ComponentId, RecordId


@dataclass(frozen=True)
class Ways:
    """What is known of the case: what the rules answer, the titles of its records, the record of each recording."""

    profile: Profile
    answers: Answers
    facts: CaseFacts
    titles: Mapping[str, str]
    recordings: Mapping[str, str]
    registers: Registers = NONE

    def places(self, row: SheetRow, marked: Marked) -> tuple[Place, ...]:
        """Every place that an item points at, each once; where a paper is not there at all, the required item that asks for it."""
        found = [self._place(jump, marked.why) for jump in marked.jumps]
        if len(marked.jumps) < len(marked.why):
            held = {plain(paper.form) for paper in self.facts.papers}
            lacking = [{plain(form) for form in part.forms} for part in row.part]
            found += self._asking(form for forms in lacking if not forms & held for form in forms)
        return tuple(dict.fromkeys(found))

    def seen(self, marked: Marked) -> tuple[Place, ...]:
        """What the program looked at for an item, each once, without the articles: those stand by the faults."""
        return tuple(dict.fromkeys(replace(self._place(jump, ()), ground=None) for jump in marked.seen))

    def named(self, words: Iterable[str]) -> tuple[str, ...]:
        """What must be looked at first, with recordings by their titles: the rules know them by number only."""
        ask = {_("Verify the recording {id}").format(id=number): _("Verify the recording {id}").format(id=f"《{self.titles.get(record, number)}》")
               for number, record in self.recordings.items()}
        return tuple(ask.get(one, one) for one in words)

    def _place(self, jump: Jump, why: Iterable[str]) -> Place:
        if jump.kind == "paper":
            ground = next((one.ground for one in self.answers.items if jump.id in one.papers), None)
            return Place("paper", jump.id, self.titles.get(jump.id, ""), RecordId(int(jump.id)), None, ground)
        if jump.kind == "footage":
            return self._recording(jump.id)
        if jump.kind == "activity":
            return self._activity(jump.id)
        if jump.kind == "item":
            item = next((one for one in self.answers.items if one.id == jump.id), None)
            return Place("item", jump.id, item.title if item else jump.id, ground=item.ground if item else None)
        if jump.kind == "clock":
            return self._limit(jump.id, tuple(why))
        if jump.kind in ("matter", "power", "certificates", "volume", "case"):
            return Place(jump.kind, jump.id, self._of_registers(jump))
        alarm = next((one for one in self.answers.alarms if one.kind == jump.id), None)
        return Place(jump.kind, jump.id, alarm.words if alarm else jump.id, ground=alarm.ground if alarm else None)

    def _of_registers(self, jump: Jump) -> str:
        """What stands outside the contents of the case, in words."""
        row = self.registers.powers.row(jump.id) if self.registers.powers is not None else None
        power = _("list of powers, row {number}: {cause}").format(number=row.number, cause=row.cause) if row is not None else _("list of powers")
        return {"matter": _("act and penalties"), "power": power, "certificates": _("register of certificates"),
                "volume": _("end, keeping and filing of the case"), "case": _("contents of the case folder")}[jump.kind]

    def _recording(self, component: str) -> Place:
        record = self.recordings.get(component, "")
        ground: Ground | None = next((one.ground for one in self.answers.gaps if component in (one.footage, one.resumed) and one.wanting), None)
        return Place("footage", component, self.titles.get(record, ""), RecordId(int(record)) if record else None, ComponentId(int(component)),
                     ground)

    def _activity(self, number: str) -> Place:
        activity = next((one for one in self.facts.activities if one.id == number), None)
        duty = next((one for one in self.answers.duties if one.activity == number), None)
        title = duty.title if duty else vocabulary().title("event", activity.kind) if activity else ""
        paper = RecordId(int(activity.document)) if activity and activity.document else None
        return Place("activity", number, title, paper, None, duty.ground if duty else None)

    def _limit(self, number: str, why: tuple[str, ...]) -> Place:
        """A limit that was missed, with the recording that it is about."""
        clock, record = self._clock(number, why), self.recordings.get(number, "")
        title = " · ".join(filter(None, [clock.title if clock else number, self.titles.get(record, "")]))
        return Place("clock", number, title, RecordId(int(record)) if record else None, ComponentId(int(number)) if record else None,
                     clock.ground if clock else None)

    def _clock(self, number: str, why: tuple[str, ...]) -> Clock | None:
        """The limit of a subject or topic: the one that the words name, else one that is late, else any."""
        about = [one for one in self.answers.clocks if number in (one.subject, one.topic)]
        about.sort(key=lambda one: (not any(one.title in words for words in why), not one.late))
        return about[0] if about else None

    def _asking(self, forms: Iterable[str]) -> list[Place]:
        wanted = set(forms)
        rules = {rule.id for rule in self.profile.item if wanted & {plain(form) for form in rule.forms}}
        return [Place("item", one.id, one.title, ground=one.ground) for one in self.answers.items if one.id in rules and one.open]
