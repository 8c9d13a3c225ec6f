"""The rows of 齐全情况: stages with their counts, items with what is wanting, things out of order, what the regulation leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.i18n import _
from desktop.policy.profile import silent_words
from desktop.policy.verdicts import Ground, ItemVerdict, OrderAlarm, Standing
from models.terms import Stage
from views.cases.reading import Course
from views.terms import stage_words

COUNTED = (Standing.PRESENT, Standing.MISSING, Standing.INCOMPLETE, Standing.UNANSWERED, Standing.VIOLATED)
ABSENT = (Standing.NOT_APPLICABLE, Standing.WAIVED)


@dataclass(frozen=True)
class VerdictRow:
    """One row as it is drawn: `kind` is one of STATUS, or "head" for the head of a group; exactly one of item and alarm is set, or none."""

    kind: str
    state: str
    title: str
    article: str = ""
    more: str = ""
    item: ItemVerdict | None = None
    alarm: OrderAlarm | None = None

    @property
    def spoken(self) -> str:
        return "，".join(filter(None, [self.state, self.title, self.article, self.more]))


def standing_words(standing: Standing) -> tuple[str, str]:
    """The kind of STATUS and the word of a standing: 已有, 缺, 不全, 不适用, 待答."""
    return {
        Standing.PRESENT: ("good", _("on record")), Standing.MISSING: ("late", _("missing")), Standing.INCOMPLETE: ("late", _("incomplete")),
        Standing.NOT_APPLICABLE: ("quiet", _("not applicable")), Standing.WAIVED: ("quiet", _("not applicable")),
        Standing.UNANSWERED: ("wait", _("to be answered")), Standing.VIOLATED: ("refused", _("violated")),
        Standing.EXCUSED: ("quiet", _("excused")), Standing.OPTIONAL: ("quiet", _("may be added")),
    }[standing]


def rows_of(course: Course) -> list[VerdictRow]:
    """The whole list: things out of order first where there are any, then stage by stage, at the end what the regulation leaves open."""
    out: list[VerdictRow] = []
    alarms = course.answers.alarms
    if alarms:
        out.append(VerdictRow("head", "", _("Out of order: {n}").format(n=len(alarms))))
        out += [_alarm(one) for one in alarms]
    for stage in Stage:
        own = [one for one in course.answers.items if one.stage == stage.value]
        if own:
            out.append(VerdictRow("head", "", _("{stage} {have} / {of}").format(stage=stage_words(stage), **counts(own))))
            out += [_item(course, one) for one in sorted(own, key=lambda one: one.standing in ABSENT)]
    if course.answers.silences:
        out.append(VerdictRow("head", "", silent_words()))
        out += [_silence(words) for words in course.answers.silences]
    return out


def counts(items: Sequence[ItemVerdict]) -> dict[str, int]:
    """How many of those that apply are there."""
    apply = [one for one in items if one.standing in COUNTED]
    return {"have": sum(one.standing is Standing.PRESENT for one in apply), "of": len(apply)}


def tally(course: Course) -> dict[str, int]:
    """How many are wanting, wait for an answer, do not apply."""
    found = [one.standing for one in course.answers.items]
    return {"wanting": sum(s in (Standing.MISSING, Standing.INCOMPLETE, Standing.VIOLATED) for s in found),
            "waiting": found.count(Standing.UNANSWERED), "absent": sum(s in ABSENT for s in found)}


def cited(ground: Ground | None) -> str:
    """西岗办法第十六条; what comes from the base says so, what was not verified too."""
    if ground is None:
        return ""
    marks = [words for words, there in ((_("national"), ground.national), (_("to be confirmed"), ground.mark == "k")) if there]
    return f"{ground.article}（{'，'.join(marks)}）" if marks else ground.article


def _item(course: Course, one: ItemVerdict) -> VerdictRow:
    kind, state = standing_words(one.standing)
    if one.standing is Standing.WAIVED:
        by = next((w for w in reversed(course.waivers) if w.what == one.id and w.ended_at is None), None)
        more = f"{one.waiver}{'' if by is None else _('. {person}, {day}').format(person=by.person, day=by.at[:10])}"
    elif one.standing is Standing.UNANSWERED:
        titles = {q.key: q.title for q in course.questions}
        more = _("waits for: {questions}").format(questions="、".join(titles.get(key, key) for key in one.questions))
    elif one.standing in (Standing.NOT_APPLICABLE, Standing.OPTIONAL, Standing.PRESENT):
        more = "、".join(paper.title for record in one.papers if (paper := course.paper(record)) is not None)
    else:
        more = "；".join(one.wanting)
    if one.id in course.ordered and one.open:
        more = "；".join(filter(None, [more, _("the leader ordered filing without it")]))
    return VerdictRow(kind, state, one.title, cited(one.ground), more, item=one)


def _alarm(one: OrderAlarm) -> VerdictRow:
    state = _("suspected") if one.suspected else _("order")
    return VerdictRow("soon", state, one.words, cited(one.ground), alarm=one)


def _silence(words: str) -> VerdictRow:
    title, _colon, more = words.partition("：")
    return VerdictRow("info", _("silent"), title, "", more)
