"""The vocabulary of the field in words: stages, kinds, media, labels, days, lengths, states of a request."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from desktop.approvals import RequestLine
from desktop.clock import moment
from desktop.i18n import _
from desktop.policy.clocks import BEIJING
from desktop.record_lines import ComponentLine, RecordLine
from models import timecode
from models.secrecy import Label
from models.terms import EnforcementKind, Medium, RequestState, Stage, Verb
from views.common.measures import moment_words
from views.common.tags import label_words

MEDIUM_ICONS = {
    Medium.PAPER: "file-text",
    Medium.VIDEO: "video-camera",
    Medium.AUDIO: "file-audio",
    Medium.PHOTO: "image",
    Medium.OTHER: "file",
}
_DAY = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?")


def stage_words(stage: Stage | None) -> str:
    """启动、调查取证、审查决定、送达执行、归档."""
    words = {
        Stage.START: _("Initiation"),
        Stage.INVESTIGATE: _("Investigation"),
        Stage.DECIDE: _("Review and decision"),
        Stage.SERVE: _("Service and enforcement"),
        Stage.FILE: _("Filing"),
    }
    return words[stage] if stage else _("No stage yet")


def kind_words(kind: EnforcementKind) -> str:
    """执法行为种类."""
    return {
        EnforcementKind.PENALTY: _("Penalty"),
        EnforcementKind.INSPECTION: _("Inspection"),
        EnforcementKind.COERCION: _("Coercive measure"),
        EnforcementKind.LICENSING: _("Licensing"),
        EnforcementKind.COLLECTION: _("Levy"),
        EnforcementKind.OTHER: _("Other act"),
    }[kind]


def medium_words(medium: Medium) -> str:
    return {
        Medium.PAPER: _("Paper"),
        Medium.VIDEO: _("Video recording"),
        Medium.AUDIO: _("Sound recording"),
        Medium.PHOTO: _("Photo"),
        Medium.OTHER: _("Other file"),
    }[medium]


def as_stage(value: object) -> Stage | None:
    """The stage that a choice stands for: Qt gives the value of an enumeration of words back as a plain word."""
    return Stage(value) if isinstance(value, str) and value else None


def as_kind(value: object) -> EnforcementKind | None:
    """The kind of act that a choice stands for."""
    return EnforcementKind(value) if isinstance(value, str) and value else None


def verb_words(verb: Verb) -> str:
    """查阅, 复制."""
    return _("Viewing") if verb is Verb.VIEW else _("Copying")


def labels_words(label: Label) -> str:
    """All marks of a label in one line: 商业秘密、个人隐私."""
    return "、".join(label_words(name) for name in label.names)


def office_time(stamp: str, now: datetime) -> str:
    """A stamp as one would say it in the office: 今天 10:48, 11-23 18:00."""
    return moment_words(moment(stamp).astimezone(BEIJING), now.astimezone(BEIJING))


def office_day(stamp: str) -> str:
    """The day of a stamp in the office's time, ISO."""
    return moment(stamp).astimezone(BEIJING).date().isoformat()


def read_day(written: str) -> str | None:
    """A day as people write it (2026-10-20, 20261020, 2026.10.20, 2026年10月20日), in ISO; None when there is none.

    Raises ValueError for what is not a day.
    """
    if not written.strip():
        return None
    found = _DAY.fullmatch(written.strip())
    if found is None:
        raise ValueError(written)
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()


def length_words(record: RecordLine) -> str:
    """2 页, 0:03:00: how long a record is; nothing where nothing is known."""
    lengths = [c.duration_us for c in record.components if c.duration_us]
    if lengths:
        return timecode.text(sum(lengths), 0)
    pages = sum(c.pages or 0 for c in record.components)
    return _("{n} p.").format(n=pages) if pages else ""


def spans_words(spans: Sequence[tuple[int, int]], duration_us: int | None) -> str:
    """0:00:30–0:02:30, or that it is the whole."""
    if spans:
        return "、".join(f"{timecode.text(a, 0)}–{timecode.text(b, 0)}" for a, b in spans)
    return _("whole, {length}").format(length=timecode.text(duration_us, 0)) if duration_us else _("whole")


def quarantined(record: RecordLine) -> list[ComponentLine]:
    """The components of a record that were kept with findings."""
    return [c for c in record.components if c.findings]


def request_state(line: RequestLine, now: datetime) -> tuple[str, str]:
    """Kind and words of a request's chip: what state it is in, and until when it may be used."""
    if line.state is RequestState.WAITING:
        return "wait", _("waits for the leader")
    if line.state is RequestState.WITHDRAWN:
        return "quiet", _("withdrawn")
    if line.state is RequestState.REFUSED:
        return "refused", _("not approved")
    if line.revoked_at:
        return "refused", _("taken back")
    if line.ended:
        return "quiet", _("run out")
    return "good", _("approved until {time}").format(time=office_time(line.until, now))
