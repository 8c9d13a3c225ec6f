"""The questions about a case (hearing held? seizure?), answered from its facts: true, false, or not answered yet.

A question that is asked of a person is what the person said, and open until then. A derived one follows from the case: an activity, a
paper, the kind or the procedure. What is on record proves itself, so nobody can answer it away; but a derivation from activities and papers
that finds none may only mean that they are not registered yet, and there the person's answer counts. Unanswered, nothing on record means
no, but for the questions marked `ask` (was a decision made?), which stay open. Kind and procedure are always known, so what follows from them
is not to be answered at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.policy.rules import Condition, Profile, Scope
from desktop.policy.vocabulary import vocabulary
from models.facts import CaseFacts

Answer = bool | None


@dataclass(frozen=True)
class Questions:
    """The questions that a profile may ask about one case, with their answers."""

    conditions: Mapping[str, Condition]
    facts: CaseFacts
    _known: dict[str, Answer] = field(default_factory=dict, compare=False, repr=False)  # many rules ask the same

    def answer(self, key: str) -> Answer:
        """True, false, or None where only a person can say and nobody has. A circle ends as not answered; a key that is none raises `KeyError`."""
        if key not in self._known:
            self._known[key] = self._answer(key, ())
        return self._known[key]

    def title(self, key: str) -> str:
        """The question as it is asked."""
        return self.conditions[key].title

    def open(self, keys: Iterable[str]) -> tuple[str, ...]:
        """What is to be asked of a person so that these questions have an answer, each once, in the order met."""
        found: dict[str, None] = {}
        for key in keys:
            self._open(key, found, ())
        return tuple(found)

    def _open(self, key: str, found: dict[str, None], way: tuple[str, ...]) -> None:
        if key in way or self.answer(key) is not None:
            return
        one = self.conditions[key]
        if one.asked:
            found.setdefault(key)
        for part in (*one.any, *one.all):
            self._open(part, found, (*way, key))

    def _answer(self, key: str, way: tuple[str, ...]) -> Answer:
        if key in way:
            return None
        one, said = self.conditions[key], self.facts.conditions.get(key)
        if said is None and any(activity.kind in one.denied_by for activity in self.facts.activities):
            return False
        if not one.derived:
            return said
        derived = self._derived(one, (*way, key))
        if one.ask and derived is not True:
            return said
        looked = bool(one.activities or one.forms)
        return said if said is not None and derived is not True and (looked or derived is None) else derived

    def _derived(self, one: Condition, way: tuple[str, ...]) -> Answer:
        """True if any of its grounds is; `all` is one ground among them."""
        grounds: list[Answer] = [self._answer(part, way) for part in one.any]
        if one.all:
            grounds.append(every(self._answer(part, way) for part in one.all))
        if one.activities:
            bears = frozenset(one.traits)
            grounds.append(any(activity.kind in one.activities and (not bears or bears & activity.traits) for activity in self.facts.activities))
        if one.forms:
            grounds.append(any(paper.form in one.forms for paper in self.facts.papers))
        if one.kinds:
            grounds.append(self.facts.kind in one.kinds)
        if one.procedures:
            grounds.append(self.facts.procedure in one.procedures)
        return some(grounds)


def questions(profile: Profile, facts: CaseFacts) -> Questions:
    """The questions of a profile about one case; the profile's own wording of a question takes the place of the vocabulary's."""
    return Questions({**vocabulary().conditions, **{one.key: one for one in profile.condition}}, facts)


def applies(asked: Questions, rule: Scope) -> Answer:
    """Whether a rule applies to the case: all of `when` true and none of `unless`, kind and procedure among those named; None while open."""
    facts = asked.facts
    if (rule.kinds and facts.kind not in rule.kinds) or (rule.procedures and facts.procedure not in rule.procedures):
        return False
    return every((*(asked.answer(key) for key in rule.when), *(_not(asked.answer(key)) for key in rule.unless)))


def every(answers: Iterable[Answer]) -> Answer:
    """All true: false as soon as one is, else open as soon as one is."""
    seen = list(answers)
    return False if False in seen else None if None in seen else True


def some(answers: Iterable[Answer]) -> Answer:
    """One true is enough; else open as soon as one is."""
    seen = list(answers)
    return True if True in seen else None if None in seen else False


def _not(answer: Answer) -> Answer:
    return None if answer is None else not answer


