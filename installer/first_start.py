"""Pictures of the window before there is an archive: the three ways, and the steps of a founding to its recovery sheet."""

from __future__ import annotations

import os
import time
from typing import Any

PEOPLE = {"leader": "韩立", "sysadmin": "孙立", "secadmin": "马静", "auditor": "吴岚", "archivist": "沈静宜"}


def first_start(walk: Any) -> None:
    """Fill in a founding as a new agency would, take its pictures, and give it up before the last word."""
    from views.bridge import Bridge
    from views.founding import FirstStart

    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(walk.home / "config")  # its draft is not this desk's
    window = FirstStart(Bridge(), walk.home / "training")
    window.resize(walk.window.size())
    window.show()

    def picture(name: str) -> None:
        quiet = 0
        while quiet < 10:
            walk.app.processEvents()
            quiet = 0 if window.bridge.busy() else quiet + 1
            time.sleep(0.01)
        if not window.grab().save(str(walk.pictures / f"{name}{walk.suffix}.png")):
            raise SystemExit(f"could not write {name}")
        walk.taken.append(f"{name}{walk.suffix}.png")

    picture("60-first-start")
    window.begin()
    course = window.course
    place, rules, names, lock, people = course.steps[:5]
    place.folder.setText(str(walk.home / "new"))
    course.go_on()
    rules.radios["provincial"].setChecked(True)
    rules.province.setText("某省")
    picture("61-founding-regulation")
    course.go_on()
    names.agency.setText("某县财政局")
    names.name.setText("某县财政局档案室")
    course.go_on()
    lock.by_passphrase.setChecked(True)
    lock.secret.setText("only for the picture")
    lock.again.setText("only for the picture")
    picture("62-founding-lock")
    course.go_on()
    for role, name in PEOPLE.items():
        people.names[role].setText(name)
    picture("63-founding-people")
    course.go_on()
    picture("64-founding-check")
    course.go_on()
    picture("65-founding-passwords")
    course.go_on()
    picture("66-founding-sheet")
    course.take_back()
    window.close()
    if before is None:
        del os.environ["XDG_CONFIG_HOME"]
    else:
        os.environ["XDG_CONFIG_HOME"] = before
    walk.step("首次启动：建立档案库，到恢复页为止（没有建成）")
