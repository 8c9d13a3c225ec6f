"""Walks the first journey in the real window and takes a picture of every page: `python installer/gallery.py [FOLDER]`.

Deposit, link, ask, sign, watch, verify: the steps that a new user would take, on a copy of the training archive. Without a
display it starts Xvfb. At the end it says which steps were walked and where the pictures are.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))


def under_screen(argv: list[str]) -> int | None:
    """Start again under Xvfb where there is no display; None when there is one."""
    if os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM") == "offscreen" or not sys.platform.startswith("linux"):
        return None
    if shutil.which("xvfb-run") is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return None
    screen = ["xvfb-run", "-a", "-s", "-screen 0 2400x1600x24", sys.executable, *argv]
    return subprocess.run(screen, check=False).returncode


class Walk:
    """One walk through the window: waits for what is to be seen, never for a time, and takes pictures."""

    def __init__(self, folder: Path, mode: str, scale: str, size: tuple[int, int]) -> None:
        from desktop.app import application, build, dress
        from desktop.opening import open_archive
        from desktop.settings import DeskSettings
        from views.player import PlayerPage

        self.pictures = folder
        self.suffix = ("-dark" if mode == "dark" else "") + ("-150" if scale == "1.5" else "") + ("-small" if size[0] < 1360 else "")
        PlayerPage.silent = True  # a server has no sound card, and libVLC would say so at length
        self.app = application()
        settings = DeskSettings(mode=mode)
        dress(self.app, settings)
        self.home = Path(tempfile.mkdtemp(prefix="lantai-gallery-"))
        shutil.copytree(training_archive(), self.home / "archive")
        self.archive = open_archive(self.home / "archive")
        self.running = build(self.archive, settings)
        self.window = self.running.window
        self.window.resize(*size)
        self.window.show()
        self.taken: list[str] = []
        self.said: list[str] = []

    def until(self, what: Callable[[], object], seconds: float = 30.0, said: str = "") -> object:
        """Let the window work until `what` is true."""
        last = time.monotonic() + seconds
        while time.monotonic() < last:
            self.app.processEvents()
            if found := what():
                return found
            time.sleep(0.005)
        raise SystemExit(f"gave up waiting: {said}")

    def settle(self) -> None:
        """Until no job runs and nothing is left to paint."""
        quiet = 0
        while quiet < 6:
            self.app.processEvents()
            quiet = 0 if self.running.window.bridge.busy() else quiet + 1
            time.sleep(0.02)

    def picture(self, name: str) -> None:
        """Take the window as it is now."""
        self.settle()
        path = self.pictures / f"{name}{self.suffix}.png"
        if not self.window.grab().save(str(path)):
            raise SystemExit(f"could not write {path}")
        self.taken.append(path.name)

    def step(self, words: str) -> None:
        self.said.append(words)

    @property
    def page(self) -> object:
        assert self.window.shell is not None
        return self.window.shell.page

    def sign_in(self, name: str) -> None:
        """By the same page as everybody: choose the name, type the password, Enter."""
        from desktop.demo.people import training_people

        if self.window.shell is not None:
            self.archive.people.sign_out()
            self.archive.lock()
            self.window.change_person()
        page = self.window.sign_in
        assert page is not None
        self.settle()
        page.who.choose(name)
        page.password.setText(next(p.password for p in training_people() if p.name == name))
        page.submit()
        self.until(lambda: self.window.shell is not None and self.window.sign_in is None, said=f"{name} signs in")
        self.settle()

    def go(self, page: str, **kw: object) -> object:
        assert self.window.shell is not None
        self.window.shell.go(page, **kw)
        self.settle()
        return self.page

    def close(self) -> None:
        self.running.close()
        self.app.processEvents()
        shutil.rmtree(self.home, ignore_errors=True)


def training_archive() -> Path:
    """The training archive of this machine, made when there is none."""
    from desktop.demo.archive import make_training_archive
    from desktop.paths import default_archive

    root = default_archive()
    if not (root / "lantai.toml").exists():
        print("making the training archive …", flush=True)
        make_training_archive(root)
    return root


def walk(folder: Path, mode: str, scale: str, size: tuple[int, int]) -> Walk:
    from installer.first_start import first_start
    from installer.journey import journey

    walked = Walk(folder, mode, scale, size)
    try:
        journey(walked)
        first_start(walked)  # last: it makes another database the one that the tables speak to
    finally:
        walked.close()
    return walked


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=HERE / "build" / "gallery")
    parser.add_argument("--one", help="only this look, as its own program: MODE,SCALE,WIDTHxHEIGHT")
    options = parser.parse_args()
    code = under_screen(sys.argv)
    if code is not None:
        return code
    options.folder.mkdir(parents=True, exist_ok=True)
    if options.one:
        mode, scale, size = options.one.split(",")
        width, height = (int(n) for n in size.split("x"))
        walked = walk(options.folder, mode, scale, (width, height))
        print("\n".join(f"  {n}. {words}" for n, words in enumerate(walked.said, 1)))
        print(f"{len(walked.taken)} pictures: {mode}, {scale}, {size}", flush=True)
        return 0
    training_archive()
    looks = ["light,1,1440x900", "dark,1,1440x900", "light,1.5,1440x900", "light,1,1280x720"]
    for look in looks:
        # Qt reads the scale once, at start: each look is a program of its own.
        environment = {**os.environ, "QT_SCALE_FACTOR": look.split(",")[1]}
        if subprocess.run([sys.executable, __file__, str(options.folder), "--one", look], env=environment, check=False).returncode:
            return 1
    print(f"Pictures: {options.folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
