"""Which devices stand plugged in, read from the kernel's list."""

from __future__ import annotations

from pathlib import Path

from desktop.tools.mounts import list_mounts, parse_mounts

TABLE = rb"""sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
tmpfs /run/media tmpfs rw 0 0
/dev/sdb1 /media/user/DSJ\0400412 vfat rw,nosuid 0 0
/dev/sdc1 /run/media/user/\350\256\260 exfat ro 0 0
/dev/sdd1 /mnt/card ext4 rw 0 0
tmpfs /mnt/fleeting tmpfs rw 0 0
/dev/sdb1 /media/user/DSJ\0400412 vfat rw,nosuid 0 0
/dev/sde1 /mnt ext4 rw 0 0
short
"""


def test_only_what_was_plugged_in_is_listed_once_with_its_true_name() -> None:
    assert parse_mounts(TABLE) == [b"/media/user/DSJ 0412", b"/run/media/user/\xe8\xae\xb0", b"/mnt/card"]


def test_a_device_that_does_not_answer_is_left_out(tmp_path: Path) -> None:
    table = tmp_path / "mounts"
    table.write_bytes(b"/dev/sdb1 /media/nowhere-at-all vfat rw 0 0\n")
    assert list_mounts(table) == []


def test_a_machine_without_such_a_list_has_no_devices(tmp_path: Path) -> None:
    assert list_mounts(tmp_path / "none") == []


def test_this_machine_can_be_asked() -> None:
    assert all(mount.size >= mount.used >= 0 for mount in list_mounts())
