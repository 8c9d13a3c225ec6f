"""As a new user would try it: deposit, link, ask, sign, watch, verify, in the real window, on a screen where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

HERE = Path(__file__).resolve().parents[2]


def test_the_first_journey_is_walked_in_the_window_and_every_page_is_painted(tmp_path: Path, training_archive: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM", "PYTEST_CURRENT_TEST")}
    environment["XDG_DATA_HOME"] = str(tmp_path / "data")
    shutil.copytree(training_archive, tmp_path / "data" / "lantai" / "training")
    if shutil.which("xvfb-run") is None:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    walked = subprocess.run([sys.executable, "installer/gallery.py", str(tmp_path / "pictures"), "--one", "light,1,1440x900"], cwd=HERE,
                            env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert walked.returncode == 0, walked.stderr[-3000:] + walked.stdout[-3000:]
    assert "making the training archive" not in walked.stdout
    assert "  7. " in walked.stdout
    pictures = sorted((tmp_path / "pictures").glob("*.png"))
    assert len(pictures) >= 25
    for path in pictures:
        picture = QImage(str(path))
        colours = {picture.pixel(x, y) for x in range(5, picture.width(), 37) for y in range(5, picture.height(), 29)}
        assert len(colours) > 8, f"{path.name} is nearly blank"
