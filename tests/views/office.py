"""A small office for tests of pages: real people, real cases, real files; made once a session and copied for each test."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import av
import typst
from PIL import Image

from desktop.approvals import Asked, RequestDraft
from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName, PartyName
from desktop.clock import FrozenClock
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.opening import found, open_archive
from desktop.people import Newcomer
from models.secrecy import Clearance, Label
from models.terms import CaseId, EnforcementKind, RecordId, Stage, Verb

NOW = datetime(2026, 11, 19, 2, 48, tzinfo=UTC)  # 10:48 in the office
PASSWORD = "office-1234"
FULL = Clearance(0, True, True)
LEADER, ARCHIVIST, OFFICER, OUTSIDER, CLERK, REVIEWER = "韩立", "沈静宜", "周敏", "李建国", "赵平", "陈立群"
SYSADMIN, SECADMIN, AUDITOR = "孙立", "马静", "吴岚"
BOOKS, INSPECTION, BARE, FILED = "西财罚〔2026〕17号", "西财检〔2026〕9号", "西财罚〔2026〕21号", "西财罚〔2025〕6号"
RECORDING = "现场检查录像"  # three minutes
_PEOPLE = [
    Newcomer(LEADER, "leader", "副局长", clearance=FULL),
    Newcomer(ARCHIVIST, "archivist", "档案室主任", clearance=FULL),
    Newcomer(OFFICER, "officer", "监督科", "LN-0207-031", FULL),
    Newcomer(OUTSIDER, "officer", "监督科", "LN-0207-044", Clearance()),  # may not know of trade secrets nor of privacy
    Newcomer(CLERK, "clerk"),
    Newcomer(REVIEWER, "reviewer", "法制科", clearance=FULL),
    Newcomer(SYSADMIN, "sysadmin"),
    Newcomer(SECADMIN, "secadmin"),
    Newcomer(AUDITOR, "auditor"),
]
_PAPERS = [
    ("行政执法立案审批表", "2026-10-12", Stage.START, Label(), "经初查，当事人涉嫌未按规定设置会计账簿，建议立案。"),
    ("现场检查通知书", "2026-10-13", Stage.START, Label(), "定于2026年10月20日到你单位进行现场检查。"),
    ("现场检查笔录", "2026-10-20", Stage.INVESTIGATE, Label(), "清点账簿十四册，第九册封面无编号。"),
    ("先行登记保存证据清单", "2026-10-20", Stage.INVESTIGATE, Label(trade=True), "现金日记账一册，银行存款日记账一册。"),
    ("询问笔录（郭振东）", "2026-10-21", Stage.INVESTIGATE, Label(privacy=True), "问：会计账簿由谁保管？答：由会计刘某保管。"),
    ("行政处罚告知书", "2026-10-30", Stage.DECIDE, Label(), "拟给予警告，并处罚款。"),
]


def office(tmp_path: Path) -> Archive:
    """An archive of one's own in `tmp_path`, nobody signed in, at 2026-11-19 10:48 office time; the test closes it."""
    root = tmp_path / "archive"
    shutil.copytree(_made(), root)
    return open_archive(root, clock=FrozenClock(NOW))


def sign_in(archive: Archive, name: str) -> Archive:
    """Let one of the people in."""
    archive.people.sign_in(name, PASSWORD)
    return archive


def case(archive: Archive, number: str = BOOKS) -> CaseId:
    """The case with this number, as the person who is signed in finds it."""
    out = archive.cases.numbered(number)
    assert out is not None, number
    return out


def founded(tmp_path: Path, profile: str) -> Archive:
    """Leader, archivist and officer under that regulation, with nothing in their archive yet; the test closes it."""
    root = tmp_path / "archive"
    shutil.copytree(_founded(profile), root)
    return open_archive(root, clock=FrozenClock(NOW))


@functools.cache
def _founded(profile: str) -> Path:
    place = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    root = place / "archive"
    found(root, "训练用档案室", profile, [(p, PASSWORD) for p in _PEOPLE[:3]], training=True, clock=FrozenClock(NOW)).archive.close()
    return root


@functools.cache
def _made() -> Path:
    place = Path(tempfile.mkdtemp(prefix="office-"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    root = place / "archive"
    clock = FrozenClock(NOW)
    people = [(p, PASSWORD) for p in _PEOPLE]
    archive = found(root, "西岗区财政局档案室", "xigang-finance", people, training=True, clock=clock).archive
    sign_in(archive, ARCHIVIST)
    _fill(archive, place / "files")
    sign_in(archive, OFFICER)
    _ask(archive)
    archive.close()
    shutil.rmtree(place / "files")
    return root


def _fill(archive: Archive, files: Path) -> None:
    officers = (OfficerName(OFFICER, "LN-0207-031"), OfficerName(OUTSIDER, "LN-0207-044"))
    create = archive.cases.create
    create(CaseDraft(FILED, "未按规定保管会计资料案", EnforcementKind.PENALTY, (PartyName("大连海文商行"),), officers[:1],
                     "2025-06-02", "2025-09-20", Stage.SERVE, Label(trade=True)))
    create(CaseDraft(INSPECTION, "会计信息质量检查（会计账簿专项）", EnforcementKind.INSPECTION,
                     (PartyName("本区 12 家代理记账机构", True),), officers[:1], "2026-03-16"))
    books = create(CaseDraft(BOOKS, "未按规定设置会计账簿、编造虚假会计资料案", EnforcementKind.PENALTY,
                             (PartyName("大连和润商贸有限公司", True),), officers, "2026-10-12", stage=Stage.SERVE,
                             place="西岗区新开路 77 号"))
    create(CaseDraft(BARE, "先行登记保存后立案", EnforcementKind.PENALTY, started_on="2026-11-18"))
    filed = case(archive, FILED)
    sign_in(archive, LEADER)
    archive.procedure.order_filing(filed, "早年案卷，按现状归档", PASSWORD)
    sign_in(archive, ARCHIVIST)
    archive.cases.file(filed, "办结归档")
    _deposit(archive, books, files / "papers", _papers)
    _deposit(archive, books, files / "videos", _recordings)
    _deposit(archive, None, files / "unlinked", _unlinked)
    _arrange(archive, books)


def _deposit(archive: Archive, into: CaseId | None, folder: Path, make: object) -> None:
    folder.mkdir(parents=True)
    make(folder)  # type: ignore[operator]  # one of the three below
    report = deposit(archive, [os.fsencode(folder)], into, Label(), Silent())
    assert not report.failed, report


def _papers(folder: Path) -> None:
    for title, day, _stage, _label, words in _PAPERS:
        paper(folder / f"{title}.pdf", title, words, day)


def paper(at: Path, title: str, words: str, day: str = "2026-10-20") -> None:
    """A paper with a text layer."""
    look = '#set text(font: "Noto Serif CJK SC", lang: "zh")\n#set page(width: 200pt, height: 280pt)'
    source = f"{look}\n= {title}\n{words}\n\n{day}"
    at.write_bytes(typst.compile(source.encode()))


def _recordings(folder: Path) -> None:
    recording(folder / f"{RECORDING}.mp4", 180, "2026-10-20T09:05:12+08:00")
    recording(folder / "送达录像.mp4", 42, "2026-11-10T10:05:00+08:00")
    (folder / "DSJ0417_断电.mp4").write_bytes(b"")


def _unlinked(folder: Path) -> None:
    recording(folder / "DSJ0417_20261118.mp4", 30, "2026-11-18T15:20:00+08:00")
    Image.new("RGB", (64, 48), "gray").save(folder / "门头照片.jpg")


def recording(at: Path, seconds: int, made: str) -> None:
    """A recording of one picture a second with the recorder's own time and name."""
    with av.open(str(at), "w", format="mp4", options={"movflags": "use_metadata_tags"}) as box:
        box.metadata.update({"creation_time": made, "model": "DSJ-0412"})
        video = box.add_stream("libx264", rate=1, options={"preset": "ultrafast"})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        for number in range(seconds):
            frame = av.VideoFrame.from_image(Image.new("RGB", (64, 48), (number % 255, 90, 60)))
            box.mux(video.encode(frame))
        box.mux(video.encode())


def _arrange(archive: Archive, books: CaseId) -> None:
    """Stages, days and labels of the records, and the order in which an archivist would lay them."""
    by_title = {r.title: r for r in archive.cases.look(books).records}
    for title, day, stage, label, _words in _PAPERS:
        archive.cases.edit_record(by_title[title].id, {"stage": stage, "made_on": day}, "编目")
        if label != Label():
            archive.cases.label(by_title[title].id, label, "编目")
    for title, day, stage in ((RECORDING, "2026-10-20", Stage.INVESTIGATE), ("DSJ0417_断电", "2026-10-20", Stage.INVESTIGATE),
                              ("送达录像", "2026-11-10", Stage.SERVE)):
        archive.cases.edit_record(by_title[title].id, {"stage": stage, "made_on": day}, "编目")
    titles = [p[0] for p in _PAPERS]
    order = [*titles[:2], RECORDING, "DSJ0417_断电", *titles[2:], "送达录像"]
    archive.cases.order(books, [RecordId(by_title[t].id) for t in order], "编目")


def _ask(archive: Archive) -> None:
    """One request waits: the officer asks for two minutes of the recording."""
    records = archive.cases.look(case(archive)).records
    component = next(r for r in records if r.title == RECORDING).components[0].id
    archive.approvals.create(RequestDraft((Asked(component, ((30_000_000, 150_000_000),)),), Verb.VIEW, "核对登记保存的账簿册数",
                                          "2026-12-03T10:00:00.000000Z"))
