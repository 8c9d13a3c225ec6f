"""The training archive: three invented cases with papers, recordings, a sound and photographs, all made by the program."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName, PartyName
from desktop.clock import FrozenClock, stamp
from desktop.demo.footage import make_photo, make_recording, make_wav
from desktop.demo.papers import CaseOutline, case_outlines, case_papers
from desktop.demo.people import PEOPLE, TrainingPerson, password_of, training_people
from desktop.demo.procedure import ending_of, tell_procedure, tell_recorders
from desktop.demo.registers import tell_registers
from desktop.intake import deposit
from desktop.jobs import Progress, Silent
from desktop.opening import found
from desktop.policy.clocks import BEIJING
from models.secrecy import Label
from models.terms import AnnotationKind, CaseId, ComponentId, Stage, Verb

NAME = "兰台练习档案室"
PROFILE = "xigang-finance"
STORY = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)  # nine o'clock in the office

@dataclass(frozen=True)
class Take:
    """One recording, sound or photograph of the story; times are those of the camera, in the office's zone."""

    case: str | None
    name: str
    stage: Stage | None
    start: datetime
    seconds: int = 0
    caption: str = ""
    label: Label | None = None
    seed: int = 0


def _at(day: int, hour: int, minute: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


TAKES = (
    Take("finance", "现场检查录像（第1段）.mp4", Stage.INVESTIGATE, _at(22, 9, 5), 240, "DSJ-0412", Label(trade=True), 1),
    Take("finance", "现场检查录像（第2段）.mp4", Stage.INVESTIGATE, _at(22, 9, 18), 90, "DSJ-0412", Label(trade=True), 2),
    Take("finance", "询问录音.wav", Stage.INVESTIGATE, _at(26, 14, 0), 60, seed=3),
    Take("finance", "登记保存的账簿.jpg", Stage.INVESTIGATE, _at(22, 9, 40), seed=4),
    Take("finance", "账簿封面.jpg", Stage.INVESTIGATE, _at(22, 9, 42), seed=5),
    Take("culture", "上网登记检查录像.mp4", Stage.INVESTIGATE, _at(3, 20, 10, 11), 75, "DSJ-0417", Label(privacy=True), 6),
    Take("culture", "营业场所.jpg", Stage.INVESTIGATE, _at(3, 20, 22, 11), label=Label(privacy=True), seed=7),
    Take("statistics", "现场检查录像.mp4", Stage.INVESTIGATE, _at(4, 10, 0, 11), 60, "DSJ-0420", seed=8),
    Take(None, "DSJ-0417_20261116_送达.mp4", None, _at(16, 15, 30, 11), 45, "DSJ-0417", seed=9),
    Take(None, "DSJ-0420_20261117_送达.mp4", None, _at(17, 10, 20, 11), 30, "DSJ-0420", seed=10),
)
# The folders that were handed over, as the office would call them.
_FOLDERS = {"finance": "会计资料案", "culture": "上网登记案", "statistics": "统计检查案", None: "记录仪导出"}
_LABELS = {"finance": Label(), "culture": Label(privacy=True), "statistics": Label(internal=False)}


@dataclass(frozen=True)
class Made:
    """The training archive as it was made: who may sign in, and the words of its recovery sheet."""

    people: list[TrainingPerson]
    words: list[str]


def make_training_archive(root: Path, progress: Progress | None = None) -> Made:
    """Make the training archive in an empty folder.

    What it contains (papers, pictures, sound) is the same at every making; keys and object names are not.
    Raises `Refusal` archive.exists.
    """
    progress = progress or Silent()
    clock = FrozenClock(STORY)
    founding = found(root, NAME, PROFILE, [(p, password_of(p)) for p in PEOPLE], training=True, clock=clock)
    archive = founding.archive
    progress.begin(len(TAKES) + len(case_papers()) + 3, "files")
    try:
        with tempfile.TemporaryDirectory(prefix="lantai-training-") as made:
            _make_takes(Path(made), progress)
            _make_papers(Path(made), progress)
            _tell_story(archive, clock, Path(made), progress)
    finally:
        archive.close()
    return Made(training_people(), founding.words)


def _make_takes(folder: Path, progress: Progress) -> None:
    """Two at a time: encoding is what takes long. Spawned, because a fork of a program with threads may hang."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for take, done in [(t, pool.submit(make_take, t, folder)) for t in sorted(TAKES, key=lambda t: -t.seconds)]:
            done.result()
            progress.step(take.name)


def make_take(take: Take, folder: Path) -> None:
    """Write one recording, sound or photograph."""
    target = folder / _FOLDERS[take.case] / take.name
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".mp4":
        make_recording(str(target), take.seconds, 960, 540, 25, take.start, take.caption, take.seed)
    elif target.suffix == ".wav":
        make_wav(str(target), take.seconds, take.seed)
    else:
        place = (Fraction(38_914, 1000), Fraction(121_614, 1000))
        target.write_bytes(make_photo(1600, 1200, take.start, place, take.caption, take.seed))
    os.utime(target, (take.start.timestamp(), take.start.timestamp()))


def _make_papers(folder: Path, progress: Progress) -> None:
    for paper in case_papers():
        target = folder / _FOLDERS[paper.case_key] / paper.file_name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(paper.pdf())
        progress.step(paper.title)


def _tell_story(archive: Archive, clock: FrozenClock, folder: Path, progress: Progress) -> None:
    """What the office did: folders, deposits, an approved viewing, a request that waits for the leader."""
    archive.people.sign_in("沈静宜", password_of(PEOPLE[1]))
    cases, recorders = {}, tell_recorders(archive)
    for outline in case_outlines():
        clock.move_to(clock.now() + timedelta(minutes=12))
        cases[outline.key] = _fill_case(archive, outline, folder)
        tell_procedure(archive, cases[outline.key], outline.key, outline.officers, recorders)
        progress.step(outline.number)
    clock.move_to(clock.now() + timedelta(minutes=20))
    deposit(archive, [os.fsencode(folder / _FOLDERS[None])], None, Label(), Silent())
    _end_cases(archive, cases)
    with _as(archive, "赵平"):
        tell_registers(archive, cases)
    with _as(archive, "周敏"):
        first = _component(archive, cases["finance"], "现场检查录像（第1段）")
        asked = RequestDraft((Asked(first, ((30_000_000, 90_000_000),)),), Verb.VIEW, "核对登记保存的账簿册数", _until(14))
        request = archive.approvals.create(asked)
    clock.move_to(clock.now() + timedelta(minutes=30))
    with _as(archive, "韩立"):
        archive.approvals.decide(request, True, "", password_of(PEOPLE[0]), archive.approvals.digest(request).digest)
    clock.move_to(clock.now() + timedelta(minutes=10))
    with _as(archive, "周敏"):
        archive.media.add_mark(first, 35_000_000, 52_000_000, AnnotationKind.GOODS, "账簿 14 册，第 9 册封面无编号")
        archive.media.add_mark(first, 61_000_000, None, AnnotationKind.RIGHTS, "告知陈述、申辩和申请回避的权利")
        archive.approvals.create(RequestDraft((Asked(first, ((120_000_000, 240_000_000),)),), Verb.VIEW, "制作现场检查笔录的补充说明", _until(14)))
    with _as(archive, "沈静宜"):
        archive.people.sign_out()


def _end_cases(archive: Archive, cases: dict[str, CaseId]) -> None:
    """行政执法行为终结, signed by whoever handled the case."""
    for key, case in cases.items():
        end = ending_of(key)
        if end is not None:
            with _as(archive, end["by"]):
                archive.procedure.case_end(case, end["kind"], end["on"], password_of(next(p for p in PEOPLE if p.name == end["by"])))


def _fill_case(archive: Archive, outline: CaseOutline, folder: Path) -> CaseId:
    known = {p.name: p for p in archive.people.everybody()}
    officers = tuple(OfficerName(n, known[n].certificate if n in known else "", known[n].id if n in known else None) for n in outline.officers)
    papers = case_papers(outline.key)
    case = archive.cases.create(CaseDraft(outline.number, outline.reason, outline.kind, (PartyName(outline.party, True),), officers,
                                          min(p.date for p in papers).isoformat(), None, papers[-1].stage, _LABELS[outline.key], note=outline.unit))
    deposit(archive, [os.fsencode(folder / _FOLDERS[outline.key])], case, Label(internal=_LABELS[outline.key].internal), Silent())
    _catalogue(archive, case, outline.key)
    return case


def _catalogue(archive: Archive, case: CaseId, key: str) -> None:
    """Titles, stages, days, labels and the order of the contents."""
    papers = {p.file_name.removesuffix(".pdf"): p for p in case_papers(key)}
    takes = {t.name.rsplit(".", 1)[0]: t for t in TAKES if t.case == key}
    days = {}
    for record in archive.cases.folder(case).records:
        if paper := papers.get(record.title):
            days[record.id] = (paper.date.isoformat(), 0)
            archive.cases.edit_record(record.id, {"title": paper.title, "stage": paper.stage, "made_on": paper.date.isoformat()}, "著录")
        elif take := takes.get(record.title):
            days[record.id] = (take.start.date().isoformat(), 1)
            archive.cases.edit_record(record.id, {"stage": take.stage, "made_on": days[record.id][0]}, "著录")
            if take.label is not None and take.label != record.label:
                archive.cases.label(record.id, take.label.join(_LABELS[key]), "录像中有第三人和账页")
    archive.cases.order(case, sorted(days, key=lambda r: (days[r], r)), "按形成时间排列")


def _component(archive: Archive, case: CaseId, title: str) -> ComponentId:
    return next(r.components[0].id for r in archive.cases.look(case).records if r.title == title)


@contextmanager
def _as(archive: Archive, name: str) -> Iterator[None]:
    archive.people.sign_in(name, password_of(next(p for p in PEOPLE if p.name == name)))
    yield


def _until(days: int) -> str:
    """Grants of the training archive are counted from today, or it could not be practised on."""
    return stamp(datetime.now(UTC).replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=days))
