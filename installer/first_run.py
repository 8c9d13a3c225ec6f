"""What `make run` does after the set-up: the training archive if there is none, then the window; without a display, pictures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from desktop.demo.people import training_people  # noqa: E402 - the program is found first
from desktop.paths import default_archive  # noqa: E402 - as above


def has_display() -> bool:
    """Whether a window can be shown here; Windows and macOS always have a screen."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def main() -> int:
    root = default_archive()
    if not (root / "lantai.toml").exists():
        print(f"没有档案库，先建练习档案库（约一分钟）：{root}")
        made = subprocess.run([sys.executable, "-m", "desktop", "demo", str(root)], cwd=HERE, check=False)
        if made.returncode:
            return made.returncode
    if has_display():
        print("练习档案库的人员和口令：")
        for person in training_people():
            print(f"  {person.name}  {person.role_title}  {person.password}")
        return subprocess.run([sys.executable, "-m", "desktop", "--archive", str(root)], cwd=HERE, check=False).returncode
    print("这台机器没有显示器：在虚拟屏幕上走一遍同样的流程，图片放在 build/gallery/。")
    return subprocess.run([sys.executable, str(HERE / "installer" / "gallery.py"), str(HERE / "build" / "gallery")], cwd=HERE,
                          check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
