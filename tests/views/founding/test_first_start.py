"""The window before there is an archive, by keys: founding from the first field to the last word of the sheet, leaving, opening, training."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.errors import Cancelled
from desktop.founding import STAGING, Plan, prepare
from desktop.founding_draft import draft_file, load_draft
from desktop.jobs import Progress
from desktop.opening import open_archive
from desktop.people import Newcomer
from tests.office import make_office
from tests.views.lookcheck import faults, settle
from tests.views.walk import Desk
from views import theme
from views.bridge import Bridge
from views.common.dialogs import Confirm
from views.founding import FirstStart
from views.founding.handing_over import PasswordsStep, ProveStep, SheetStep
from views.founding.names import LockStep, NamesStep, PeopleStep
from views.founding.place import PlaceStep
from views.founding.rules import RulesStep

NAMES = ("韩立", "孙立", "马静", "吴岚")


@pytest.fixture(autouse=True)
def _desk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Settings in a folder of the test, no keyring service."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())
    yield
    keyring.set_keyring(before)


class Founder:
    """Somebody at the keyboard of the first window."""

    def __init__(self, bot: QtBot, place: Path, make: Callable[[Path, Progress], object] | None = None) -> None:
        self.bot, self.window = bot, FirstStart(Bridge(), place, make)
        self.window.resize(1180, 800)
        self.window.show()
        bot.waitActive(self.window)
        self.settle()

    def settle(self) -> None:
        self.bot.waitUntil(lambda: not self.window.bridge.busy())
        settle(self.app)

    @property
    def app(self) -> QApplication:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        return app

    @property
    def step(self) -> QWidget:
        return self.window.course.steps[self.window.course.at]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.windowHandle(), key, held)
        self.settle()

    def on(self) -> None:
        self.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.key(Qt.Key.Key_Tab)

    type = Desk.type

    def to_review(self, root: Path) -> None:
        """From the first page to the summary, all by keys."""
        self.key(Qt.Key.Key_Space)
        assert isinstance(self.step, PlaceStep)
        self.step.folder.selectAll()
        self.type(str(root))
        self.on()
        assert isinstance(self.step, RulesStep)
        self.on()
        assert self.step.said.verdict
        self.key(Qt.Key.Key_Space)
        self.on()
        assert isinstance(self.step, NamesStep)
        self.type("某县文旅局")
        self.tab()
        assert self.step.name.text() == "某县文旅局档案室"
        self.on()
        assert isinstance(self.step, LockStep)
        self.type("right passphrase")
        self.tab()
        self.type("right passphrase")
        self.on()
        assert isinstance(self.step, PeopleStep)
        for number, name in enumerate(NAMES):
            if number:
                self.tab()
            self.type(name)
        self.on()
        assert self.step is self.window.course.review

    def prove(self) -> None:
        step = self.step
        assert isinstance(step, ProveStep)
        for number, (sheet, at, _edit, _field) in enumerate(step.asked):
            if number:
                self.tab()
            self.type(sheet.words[at])
        self.on()


@pytest.fixture
def founder(look: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Founder]:
    out = Founder(qtbot, tmp_path / "training")
    yield out
    out.window.course.take_back()
    out.window.close()
    out.window.deleteLater()


def test_an_archive_is_founded_by_keys_alone(founder: Founder, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    founder.to_review(root)
    assert not root.exists()
    founder.on()
    assert isinstance(founder.step, PasswordsStep)
    assert os.listdir(root) == [STAGING]
    made = founder.window.course.made
    assert made is not None
    first = made.people[0]
    founder.on()
    assert isinstance(founder.step, SheetStep)
    founder.on()
    assert isinstance(founder.step, ProveStep)
    founder.on()
    assert all(one.verdict for one in founder.step.fields())
    assert not (root / "lantai.toml").exists()
    founder.step.first().setFocus()
    founder.prove()
    window = founder.window
    assert window.chosen == root
    assert window.prepared is not None
    assert not window.isVisible()
    assert (window.prepared.sheets, window.course.made, len(window.course.steps)) == ([], None, 6)
    assert not draft_file().exists()
    with closing(open_archive(root, passphrase=lambda: "right passphrase")) as archive:
        assert archive.name == "某县文旅局档案室"
        archive.people.sign_in(first.name, first.password)
        assert archive.people.must_change()


def test_who_leaves_before_the_sheet_is_proven_leaves_nothing(founder: Founder, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    founder.to_review(root)
    founder.on()
    founder.on()
    assert os.listdir(root) == [STAGING]
    founder.window.course.ask_leave()
    asked = founder.window.findChild(Confirm)
    assert "作废" in asked.what.plain()
    asked.decide()
    founder.settle()
    assert not root.exists()
    assert founder.window._stack.currentWidget() is founder.window.start
    founder.window.begin()
    founder.settle()
    assert isinstance(founder.step, LockStep)  # what was filled in stays, all but the passphrase
    assert founder.window.course.draft.people[0] == ["韩立", "leader"]


def test_closing_the_window_asks_first_and_then_leaves_nothing(founder: Founder, tmp_path: Path) -> None:
    founder.to_review(tmp_path / "archive")
    founder.on()
    founder.window.close()
    assert founder.window.isVisible()
    founder.window.findChild(Confirm).decide()
    founder.settle()
    assert not founder.window.isVisible()
    assert not (tmp_path / "archive").exists()
    assert founder.window.chosen is None
    assert load_draft().name == "某县文旅局档案室"


def test_what_a_killed_founding_left_is_cleared_away_at_the_next_start(founder: Founder, tmp_path: Path) -> None:
    root = tmp_path / "archive"
    child = os.fork()
    if child == 0:
        prepare(Plan(root, "档案室", "xigang-finance", [(Newcomer("韩立", "leader"), "long enough 1")], "right passphrase"))
        os._exit(0)
    os.waitpid(child, 0)
    assert os.listdir(root) == [STAGING]
    founder.window.course.draft.folder = str(root)
    founder.window.begin()
    founder.settle()
    assert os.listdir(root) == []


def test_a_folder_with_an_archive_is_offered_to_be_opened(founder: Founder, tmp_path: Path) -> None:
    make_office(tmp_path / "there")
    founder.key(Qt.Key.Key_Space)
    step = founder.step
    assert isinstance(step, PlaceStep)
    step.chooser = lambda *_: str(tmp_path / "there")
    step.choose.click()
    founder.settle()
    assert "已有档案库" in step.folder_field.verdict
    assert "西岗区财政局档案室" in step.banner.title.plain()
    founder.on()
    assert founder.step is step
    step.banner.tail.itemAt(0).widget().click()
    assert founder.window.chosen == tmp_path / "there"


def test_input_that_cannot_be_is_said_under_its_field(founder: Founder, tmp_path: Path) -> None:
    founder.key(Qt.Key.Key_Space)
    place = founder.step
    assert isinstance(place, PlaceStep)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    for typed, said in (("", "完整路径"), ("abc", "完整路径"), (str(tmp_path / "full"), "别的东西")):
        place.folder.setText(typed)
        founder.on()
        assert founder.step is place
        assert said in place.folder_field.verdict
    place.folder.setText(str(tmp_path / "new"))
    founder.on()
    rules = founder.step
    assert isinstance(rules, RulesStep)
    rules.radios["provincial"].setChecked(True)
    founder.on()
    assert "省名" in rules.province_field.verdict
    rules.province.setText("辽宁省")
    founder.on()
    names = founder.step
    assert isinstance(names, NamesStep)
    founder.on()
    assert names.agency_field.verdict == names.name_field.verdict != ""
    founder.type("某厅")
    founder.tab()
    founder.on()
    lock = founder.step
    assert isinstance(lock, LockStep)
    assert not lock.keyring.isEnabled()
    lock.known = None  # a keyring that gives no answer holds nobody up who wants none
    lock.secret.setText("short")
    founder.on()
    assert lock.secret_field.verdict
    lock.secret.setText("long enough")
    lock.again.setText("long enougj")
    founder.on()
    assert lock.again_field.verdict
    lock.again.setText("long enough")
    founder.on()
    people = founder.step
    assert isinstance(people, PeopleStep)
    for role in ("leader", "sysadmin", "secadmin", "auditor"):
        people.names[role].setText("韩立")
    founder.on()
    assert "一个角色" in people.rows["leader"].verdict
    founder.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert founder.step is lock


def test_papers_go_to_a_printer_and_into_a_file(founder: Founder, tmp_path: Path) -> None:
    founder.to_review(tmp_path / "archive")
    founder.window.course.review.three.setChecked(True)
    founder.on()
    founder.on()
    sheet = founder.step
    assert isinstance(sheet, SheetStep)
    printed = tmp_path / "printed.pdf"

    def printer(_place: QWidget) -> QPrinter:
        out = QPrinter()
        out.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        out.setOutputFileName(str(printed))
        out.setFullPage(True)
        return out

    sheet.paper.asking = printer
    sheet.paper.print_it.click()
    founder.settle()
    assert "打印机" in sheet.paper.banner.title.plain()
    assert printed.stat().st_size > 10_000
    sheet.paper.chooser = lambda *_: tmp_path / "sheet.pdf"
    sheet.paper.save.click()
    founder.settle()
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    sheet.paper.chooser = lambda *_: tmp_path / "nowhere" / "sheet.pdf"
    sheet.paper.save.click()
    founder.settle()
    assert sheet.paper.banner.kind == "refused"
    founder.on()
    founder.prove()
    assert founder.window.prepared is not None


def test_the_training_archive_is_made_whole_or_not_at_all(look: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    def make(place: Path, progress: Progress) -> None:
        progress.begin(2, "files")
        make_office(place)
        if (tmp_path / "stop").exists():
            raise Cancelled
        progress.step("现场检查录像.mp4", 2)

    (tmp_path / "stop").touch()
    founder = Founder(qtbot, tmp_path / "training", make)
    founder.window.try_it.click()
    founder.settle()
    assert founder.window._stack.currentWidget() is founder.window.start
    assert not (tmp_path / "training").exists()
    assert not (tmp_path / ".training.making").exists()
    (tmp_path / "stop").unlink()
    founder.window.try_it.click()
    founder.settle()
    assert founder.window.chosen == tmp_path / "training"
    open_archive(tmp_path / "training").close()
    founder.window.deleteLater()


def test_another_archive_is_opened_and_a_wrong_folder_said(founder: Founder, tmp_path: Path) -> None:
    founder.window.chooser = lambda *_: str(tmp_path)
    founder.window.other.click()
    assert "lantai.toml" in founder.window.said.plain()
    make_office(tmp_path / "there")
    founder.window.chooser = lambda *_: str(tmp_path / "there")
    founder.window.other.click()
    assert founder.window.chosen == tmp_path / "there"


def test_nothing_is_cut_at_any_size(founder: Founder, tmp_path: Path) -> None:
    founder.to_review(tmp_path / "archive")
    founder.window.course.review.three.setChecked(True)
    founder.on()
    course, found = founder.window.course, []
    assert len(course.steps) == 9
    assert founder.app.activeWindow() is founder.window  # nothing opened as a window of its own
    for width, height, density in ((1440, 900, "comfortable"), (1280, 720, "compact"), (960, 600, "comfortable")):
        theme.apply(founder.app, "light", density, contrast=False)
        founder.window.resize(width, height)
        for number in range(len(course.steps)):
            course.show_step(number)
            settle(founder.app)
            found += [f"{width}x{height} step {number + 1}: {fault}" for fault in faults(founder.window)]
    assert not found, "\n".join(found)
