"""Logs of recorders: every layout as data, strictly read; a fault told with its line; text that is none left alone; all of it in the worker."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.tools.log_layouts import FOLDER, layouts, read_layout
from desktop.tools.log_reading import SIZE_MOST, read_log
from desktop.tools.probe_result import EVENTS_MOST, Probe, probe_of
from desktop.tools.probing import probe_open
from desktop.tools.worker import Workers

PLAIN = """time,event,file,number
2026-10-22 10:02:11,record_start,VID_0001.MP4,0412
2026-10-22 10:40:30,record_stop,VID_0001.MP4,0412
2026-10-22 10:40:35,power_off,,0412
"""
STATION = """\r\n记录时间,设备编号,日志类型,文件名\r\n2026/10/22 10:02:11,DSJ0412,开始录像,a.mp4\r\n2026/10/22 10:02:40,DSJ0412,低电量,\r\n\r\n"""
LINES = """# DSJ-X9 log
[2026-10-22 10:02:11] 开机
[2026-10-22 10:02:15] 0412 开始录像 20261022100215_0412.MP4
2026/10/22 10:40:30 RecordStop VID_0001.MP4
2026/10/22 10:40:31 Power Off
2026/10/22 10:40:32 Button7
"""


def kinds(content: bytes) -> list[str]:
    return [event[1] for event in read_log(content)["log"]]


def test_each_layout_reads_its_kind_of_log() -> None:
    found = read_log(PLAIN.encode())
    assert (found["log_layout"], found["log_numbers"]) == ("plain", ["0412"])
    assert found["log"][0] == [2, "record_start", "2026-10-22T10:02:11+08:00", "VID_0001.MP4", "record_start"]
    assert found["log"][2] == [4, "power_off", "2026-10-22T10:40:35+08:00", "", "power_off"]
    for encoding in ("gb18030", "utf-8", "utf-8-sig"):
        found = read_log(STATION.encode(encoding))
        assert (found["log_layout"], found["log_numbers"]) == ("station", ["DSJ0412"])
        assert [event[:2] for event in found["log"]] == [[3, "record_start"], [4, "low_battery"]]
    assert read_log(STATION.replace(",", "\t").encode())["log_layout"] == "station"
    found = read_log(LINES.encode("utf-16"))
    assert found["log_layout"] == "lines"
    assert kinds(LINES.encode("utf-16")) == ["power_on", "record_start", "record_stop", "power_off", "other"]
    assert [event[3] for event in found["log"]] == ["", "20261022100215_0412.MP4", "VID_0001.MP4", "", ""]


@pytest.mark.parametrize(("content", "line", "code"), [
    (PLAIN.replace("10:40:30", "25:40:30"), 3, "time_wrong"), (PLAIN.replace("2026-10-22 10:40:30", ""), 3, "time_missing"),
    (PLAIN.replace("2026-10-22 10:40:35,power_off", "1970-01-01 00:00:35,power_off"), 4, "time_unset"),
    (PLAIN.replace(",power_off,", ",,"), 4, "event_missing"), (PLAIN + "2026-10-22\n", 5, "columns"),
    (LINES + "something else\n", 7, "line_wrong"), (STATION.replace("10:02:40", "1点2分"), 4, "time_wrong"),
    ("time,event\n" + "2026-10-22 10:02:11,power_on\n" * (EVENTS_MOST + 1), EVENTS_MOST + 2, "too_many"),
])  # fmt: skip
def test_a_bad_line_is_told_by_its_number(content: str, line: int, code: str) -> None:
    found = read_log(content.encode())
    assert "log" not in found
    assert tuple(found["log_fault"][:2]) == (line, code)


def test_text_that_is_no_log_is_no_fault() -> None:
    notes = "2026-10-22 10:00:00 检查开始\n2026-10-22 11:00:00 检查结束\n"
    for text in ("", "案情说明\n2026年10月22日到现场。\n", "name,amount\n甲,3\n", notes, "\x00\x01"):
        assert read_log(text.encode()) == {}, text
    assert read_log(b"x" * (SIZE_MOST + 1))["log_fault"][1] == "too_long"


def test_a_deposit_reads_it_in_the_worker(workers: Workers) -> None:
    found = probe_open(workers, STATION.encode("gb18030"), ".csv")
    assert (found.kind, found.findings, found.log_layout, len(found.log)) == ("other", (), "station", 2)
    assert found.to_json()["log"] == found.log
    faulty = probe_open(workers, PLAIN.replace("10:40:30", "25:40:30").encode(), ".log")
    assert (faulty.log, faulty.log_fault) == ((), (3, "time_wrong", "2026-10-22 25:40:30"))
    assert probe_open(workers, PLAIN.encode(), ".pdf").log == ()


def test_what_a_worker_says_of_a_log_is_checked() -> None:
    for wrong in ({"log": [[1, "a"]]}, {"log": [[1, "a", "b", "c", 5]]}, {"log": 7}, {"log_fault": [1]}, {"log_fault": ["x", "y", "z"]},
                  {"log_numbers": [3]}, {"log_layout": 3}):
        assert probe_of(wrong, b"").findings == ("crashed",), wrong
    assert probe_of({"log_fault": None}, b"") == Probe()


def test_every_layout_that_came_with_the_program_is_sound_and_a_faulty_one_is_told_by_line() -> None:
    assert next(iter(layouts())) == "plain"
    assert len(layouts()) >= 3
    text = (FOLDER / "plain.toml").read_text(encoding="utf-8")
    for old, new, words in (("format = 1", "format = 2", "1"), ('kind = "power_off"', 'kind = "exploded"', "exploded"),
                            ('shape = "table"', 'shape = "cloud"', "cloud"),
                            ('encodings = ["utf-8-sig", "gb18030"]', 'encodings = ["utf-99"]', "utf-99"),
                            ('time = "time"\n', "", "time"), ('"关机"', '"开机"', "开机"),
                            ("[columns]", "[colunms]", "colunms"), ("times", "tmes", "tmes")):
        assert old in text
        _made, mistakes = read_layout(text.replace(old, new, 1))
        assert any(words in str(one) for one in mistakes), (old, mistakes)
        assert any(one.line for one in mistakes) or "tmes" in words, (old, mistakes)
    lines = (FOLDER / "lines.toml").read_text(encoding="utf-8")
    for new in ("pattern = '('", "pattern = '(?P<time>x)'"):
        bad = "\n".join(new if line.startswith("pattern") else line for line in lines.splitlines())
        assert read_layout(bad)[1]
    assert read_layout("= =")[1]


@given(st.binary(max_size=2000))
def test_whatever_the_bytes_it_ends(content: bytes) -> None:
    assert set(read_log(content)) <= {"log", "log_layout", "log_numbers", "log_fault"}


def test_a_torn_log_ends_in_a_line_or_in_none() -> None:
    chance = random.Random(3)
    whole = bytearray(LINES.encode() * 50)
    for _round in range(40):
        for _n in range(20):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
        found = read_log(bytes(whole))
        assert not found or "log" in found or found["log_fault"][0] >= 0
