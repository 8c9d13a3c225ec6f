"""A request in words: the sentence that a signature makes true, and who asks for what, why, and of which label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desktop.approvals import Asked, AskedLine, RequestLine
from desktop.clock import moment
from desktop.i18n import _
from desktop.media.spans import Span, duration_words, total
from desktop.roles import roles
from models.secrecy import Label
from models.terms import RequestState, Verb
from views.common.measures import span_words
from views.common.text import Rich, em, rich
from views.terms import labels_words, office_time, spans_words, verb_words

PLAYED = ("video", "audio")
SHOWN = 3  # items named one by one; the rest are counted, and listed where they are chosen
SOON = 3 * 86400.0
WHOLE = 14 * 86400.0  # a full dial


def narrowed(line: RequestLine, items: Sequence[Asked]) -> RequestLine:
    """The request as it would be granted with these items only."""
    chosen = {i.component: i.spans for i in items}
    return replace(line, items=tuple(replace(i, spans=tuple(chosen[i.component])) for i in line.items if i.component in chosen))


def left_of(line: RequestLine, now: datetime) -> tuple[float, str, str]:
    """What is left until the use that was asked for ends: share of a dial, kind, words."""
    left = (moment(line.until) - now).total_seconds()
    if left <= 0:
        return 0.0, "late", _("the time asked for is over")
    return min(left / WHOLE, 1.0), "soon" if left < SOON else "calm", _("{span} left").format(span=span_words(left))


def short(line: RequestLine) -> str:
    """周敏 · 查阅现场检查录像: one line of the queue."""
    first = line.items[0].title if line.items else ""
    if len(line.items) > 1:
        first = _("{title} and {n} more").format(title=first, n=len(line.items) - 1)
    return f"{line.requester} · {verb_words(line.verb)}{first}"


def consequence(line: RequestLine, now: datetime) -> Rich:
    """批准后，周敏可在 12-03 18:00 前，观看……: what the signature opens, and what stays shut."""
    template = {
        RequestState.WAITING: _("Once approved, {who} may until {until} {what}; {rest}."),
        RequestState.GRANTED: _("It was approved that {who} may until {until} {what}; {rest}."),
    }.get(line.state, _("It was not approved that {who} may until {until} {what}."))
    return rich(template, who=em(line.requester), until=em(office_time(line.until, now)), what=_what(line), rest=_rest(line))


def _what(line: RequestLine) -> Rich:
    played = [i for i in line.items if i.kind in PLAYED]
    read = [i for i in line.items if i.kind not in PLAYED]
    parts = [p for p in (_watching(played), _reading(read), _copying(line)) if p]
    return Rich(_(", ").join(parts))


def _watching(items: Sequence[AskedLine]) -> Rich | None:
    if not items:
        return None
    spans = sum(max(len(i.spans), 1) for i in items)
    name = _("the record “{title}”").format(title=items[0].title) if len(items) == 1 else _("{n} recordings").format(n=len(items))
    whole = not any(i.spans for i in items)
    template = _("watch the whole of {name}, {length} in all") if whole else _("watch {spans} spans of {name}, {length} in all")
    return rich(template, name=name, spans=spans, length=em(duration_words(sum(seconds_us(i) for i in items))))


def _reading(items: Sequence[AskedLine]) -> Rich | None:
    if not items:
        return None
    name = _("the record “{title}”").format(title=items[0].title) if len(items) == 1 else _("{n} papers and photos").format(n=len(items))
    return rich(_("read {name}"), name=name)


def _copying(line: RequestLine) -> Rich | None:
    if line.verb is not Verb.COPY:
        return None
    return rich(_("and take {copies} numbered copies of each"), copies=em(str(line.copies)))


def _rest(line: RequestLine) -> Rich:
    shut = sum((i.duration_us or 0) - seconds_us(i) for i in line.items if i.kind in PLAYED)
    if shut <= 0:
        return rich(_("nothing else can be opened"))
    return rich(_("the other {length} and everything else stay shut"), length=duration_words(shut))


def seconds_us(item: AskedLine) -> int:
    """How much of a recording is asked for; seconds asked for twice count once."""
    return total(Span(s, e) for s, e in item.spans) if item.spans else (item.duration_us or 0)


def who_words(line: RequestLine) -> str:
    """周敏，执法人员."""
    role = roles().get(line.requester_role)
    return _(", ").join(filter(None, (line.requester, role.title if role else "")))


def item_words(item: AskedLine) -> str:
    """现场检查录像 0:00:30–0:02:30."""
    return f"{item.title} {spans_words(item.spans, item.duration_us)}" if item.kind in PLAYED else item.title


def what_words(line: RequestLine) -> str:
    """The items one under the other; the first few by name."""
    rows = [item_words(i) for i in line.items[:SHOWN]]
    if len(line.items) > SHOWN:
        rows.append(_("and {n} more; Approve in part lists all of them").format(n=len(line.items) - SHOWN))
    verb = _("View, and {n} copies of each").format(n=line.copies) if line.verb is Verb.COPY else verb_words(Verb.VIEW)
    return "\n".join([f"{line.case_number}　{verb}" if line.case_number else verb, *rows])


def whole_label(line: RequestLine) -> Label:
    """The join of what is asked for."""
    out = Label(internal=False)
    for item in line.items:
        out = out.join(item.label)
    return out


def label_row(line: RequestLine) -> str:
    """商业秘密：先行登记保存证据清单; what the label means for the decision."""
    grave = [i for i in line.items if set(i.label.names) & {"state", "trade", "privacy"}]
    if not grave:
        return labels_words(whole_label(line))
    return "；".join(f"{labels_words(i.label)}：{i.title}" for i in grave[:SHOWN])

