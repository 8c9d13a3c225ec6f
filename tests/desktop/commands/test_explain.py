"""`policy explain`: a jurist tries a rule without a case; facts in, answers out, as text or as JSON."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from desktop.__main__ import main
from desktop.i18n import set_language
from desktop.paths import RESOURCES

CASE = {"number": "甲", "case_end": {"kind": "performed", "on": "2026-09-01", "signed_by": "韩立"},
        "footage": [{"id": "f1", "end": "2026-11-20T09:30:00+08:00", "deposited": "2026-11-20T17:00:00+08:00"}]}
NOW = ["--now", "2026-11-21T10:00+08:00", "--language", "zh_CN"]
FIVE = ("xigang-finance", "fushun-culture", "provincial", "jinpu-development", "minhou-statistics")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(CASE, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def _chinese():
    yield
    set_language("zh_CN")


def explain(*arguments: object) -> int:
    return main(["policy", "explain", *map(str, arguments)])


def test_the_sum_is_told_with_its_article(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("--profile", "xigang-finance", *NOW, facts) == 0
    told = capsys.readouterr().out
    for words in ("■ 甲 · 西岗区财政局行政执法全过程记录实施办法", "按时 · 音像记录移交存储 · f1 · 西岗办法第十六条",
                  "已逾期 · 立卷归档 · 西岗办法第十八条 · 到期 2026年10月8日（星期四）24:00", "行政执法行为终结之日起30日内",
                  "– 10月1日至7日 国庆节假日", "仍以2026年10月1日（星期四）提醒", "2026年历第1版", "● 应有事项", "● 本制度未规定的"):
        assert words in told, words


def test_one_case_under_five_regulations_is_filed_by_five_different_sums(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ended Tuesday 1 September 2026: 30 日 (three times), 60 日, 20 工作日; recorded until 9:30 on 20 November and in hand at 17:00."""
    filing, deposit = {}, {}
    for key in FIVE:
        assert explain("--json", "--profile", key, *NOW, facts) == 0
        (one,) = json.loads(capsys.readouterr().out)
        assert (one["number"], one["profile"], one["calendar"]) == ("甲", key, "2007–2026·1")
        clocks = {clock["topic"]: clock for clock in one["clocks"]}
        filing[key] = (clocks["filing"]["raw"][:10], clocks["filing"]["due"][:10])
        deposit[key] = clocks["deposit"]["due"][:16]
    # 24:00 stands as 0:00 of the day after
    assert filing == {"xigang-finance": ("2026-10-02", "2026-10-09"), "jinpu-development": ("2026-10-02", "2026-10-09"),
                      "minhou-statistics": ("2026-10-02", "2026-10-09"), "fushun-culture": ("2026-11-01", "2026-11-03"),
                      "provincial": ("2026-09-30", "2026-09-30")}
    assert deposit == {"xigang-finance": "2026-11-21T09:30", "jinpu-development": "2026-11-21T09:30", "fushun-culture": "2026-11-21T09:30",
                       "minhou-statistics": "2026-11-21T09:30", "provincial": "2026-11-21T00:00"}


def test_a_list_in_is_a_list_out(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([CASE, {"number": "乙"}, {}])))
    assert explain("--json", "--profile", "provincial", *NOW, "-") == 0
    assert [one["number"] for one in json.loads(capsys.readouterr().out)] == ["甲", "乙", ""]


def test_a_further_year_makes_what_was_provisional_certain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, year = tmp_path / "f.json", tmp_path / "cn-2027.toml"
    path.write_text(json.dumps({"case_end": {"kind": "performed", "on": "2026-12-02", "signed_by": "x"}}), encoding="utf-8")
    year.write_text('format = 1\nyear = 2027\nversion = 1\nsource = "通知"\n[[off]]\nname = "元旦"\nfrom = 2027-01-01\nto = 2027-01-04\n',
                    encoding="utf-8")
    found = []
    for further in ([], ["--calendar", year]):
        assert explain("--json", "--profile", "xigang-finance", *NOW, *further, path) == 0
        (one,) = json.loads(capsys.readouterr().out)
        (clock,) = [c for c in one["clocks"] if c["topic"] == "filing"]
        found.append((clock["due"][:10], clock["provisional"], one["calendar"]))
    assert found == [("2027-01-05", True, "2007–2026·1"), ("2027-01-06", False, "2007–2027·1")]


def test_a_file_of_rules_can_be_tried(facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft = tmp_path / "draft.toml"
    text = (RESOURCES / "policy" / "xigang-finance.toml").read_text(encoding="utf-8")
    assert text.count("number = 30") == 1
    draft.write_text(text.replace("number = 30", "number = 45"), encoding="utf-8")
    assert explain("--json", "--profile", draft, *NOW, facts) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert [clock["raw"][:10] for clock in one["clocks"] if clock["topic"] == "filing"] == ["2026-10-17"]


def test_wrong_facts_are_refused_with_their_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps([CASE, {"footage": [{"id": "f1", "end": "gestern"}]}]), encoding="utf-8")
    assert explain("--profile", "provincial", *NOW, path) == 3
    assert "$[1].footage[0].end" in capsys.readouterr().err


def test_an_unknown_regulation_is_refused(facts: Path) -> None:
    assert explain("--profile", "atlantis", *NOW, facts) == 3


def test_english_too(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("--profile", "xigang-finance", *NOW[:2], "--language", "en", facts) == 0
    assert "plus 30 days: 2026-10-01 (Thursday)" in capsys.readouterr().out


def test_what_is_not_reckoned_with_is_told_in_text_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    other = {"rule": "XG-18-filing", "number": 45, "unit": "day", "cites": "某条例第九条", "rank": "regulation"}
    path.write_text(json.dumps({**CASE, "overrides": [other]}), encoding="utf-8")
    words = "overrides[0]：XG-18-filing 是西岗办法的规则，抚顺办法没有这一编号，没有计入"
    assert explain("--profile", "fushun-culture", *NOW, path) == 0
    assert f"● 已填写、没有计入的\n  {words}\n" in capsys.readouterr().out
    assert explain("--json", "--profile", "fushun-culture", *NOW, path) == 0
    assert json.loads(capsys.readouterr().out)[0]["unheard"] == [words]
    assert explain("--profile", "xigang-finance", *NOW, path) == 0
    assert "没有计入的" not in capsys.readouterr().out


def test_a_draft_is_tried_with_limits_of_its_own(facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, path = tmp_path / "draft.toml", tmp_path / "f.json"
    text = (RESOURCES / "policy" / "xigang-finance.toml").read_text(encoding="utf-8")
    draft.write_text(text.replace('id = "XG-18-filing"', 'id = "XG-99"'), encoding="utf-8")
    path.write_text(json.dumps({**CASE, "overrides": [{"rule": "XG-99", "number": 45, "unit": "day", "cites": "某条例", "rank": "law"}]}),
                    encoding="utf-8")
    assert explain("--json", "--profile", draft, *NOW, path) == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert [clock["raw"][:10] for clock in one["clocks"] if clock["topic"] == "filing"] == ["2026-10-17"]
    assert explain("--profile", "xigang-finance", *NOW, path) == 3
    assert "$.overrides[0].rule" in capsys.readouterr().err


def test_no_case_given_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    path.write_text("[]", encoding="utf-8")
    assert explain("--profile", "provincial", *NOW, path) == 0
    assert capsys.readouterr().out == "没有给出案件：事实列表是空的。\n"
    assert explain("--json", "--profile", "provincial", *NOW, path) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_json_is_readable_where_the_output_takes_chinese(facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    assert explain("--json", "--profile", "atlantis", *NOW, facts) == 3
    said = capsys.readouterr().out
    assert "\\u" not in said
    assert "atlantis" in json.loads(said)["sentence"]
    assert explain("--json", "--profile", "provincial", *NOW, facts) == 0
    assert '"number": "甲"' in capsys.readouterr().out
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    monkeypatch.setattr("sys.stdout", narrow)
    assert explain("--json", "--profile", "atlantis", *NOW, facts) == 3
    narrow.flush()
    assert json.loads(narrow.buffer.getvalue().decode("ascii"))["sentence"] == json.loads(said)["sentence"]


def test_a_request_confirmed_before_it_came_in_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    asked = {"id": "d", "received": "2026-10-20", "confirmed": "2026-10-12", "channel": "internet",
             "pauses": [{"kind": "third_party", "start": "2026-10-19"}]}
    for request in (asked, {**asked, "pauses": [{"kind": "third_party", "start": "2026-10-19", "end": "2026-10-18"}]}):
        path.write_text(json.dumps({"disclosures": [request]}), encoding="utf-8")
        assert explain("--profile", "provincial", *NOW, path) == 0
        said = capsys.readouterr().out
        assert "确认日2026年10月12日（星期一）早于收到申请之日2026年10月20日（星期二），请核对两个日期" in said
        assert "征求第三方意见发出日2026年10月19日（星期一）早于收到申请之日" in said
    assert "征求第三方意见止于2026年10月18日（星期日），早于起始日" in said


@pytest.mark.parametrize("now", ["20260901", "2026-W10-1", "gestern", "0001-01-01T00:00+08:00", "9999-12-31T23:59+08:00", "2026-09-01T25:00"])
def test_the_moment_is_written_in_one_way(facts: Path, capsys: pytest.CaptureFixture[str], now: str) -> None:
    with pytest.raises(SystemExit) as told:
        explain("--profile", "provincial", "--now", now, "--language", "zh_CN", facts)
    assert told.value.code == 2
    assert "2026-09-01T09:30+08:00" in capsys.readouterr().err


def test_what_is_no_text_on_standard_input_is_refused(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('{"number": "案"}'.encode("gbk")), encoding="utf-8"))
    assert explain("--profile", "provincial", *NOW, "-") == 3
    assert "第 1 行" in capsys.readouterr().err


def test_what_is_no_text_in_a_file_is_refused_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    path.write_bytes('{\n"number":\n "案"}'.encode("gbk"))
    assert explain("--profile", "provincial", *NOW, path) == 3
    assert "第 3 行" in capsys.readouterr().err


def test_what_orders_a_terminal_about_is_shown_and_not_obeyed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "f.json"
    path.write_text(json.dumps({"number": "\x1b[31m甲\u202e\r乙"}), encoding="utf-8")
    assert explain("--profile", "provincial", *NOW, path) == 0
    assert capsys.readouterr().out.startswith("■ \\u001b[31m甲\\u202e\\u000d乙 · ")
    path.write_text(json.dumps({"\x1b]0;x\x07": 1}), encoding="utf-8")
    assert explain("--profile", "provincial", *NOW, path) == 3
    assert "\x1b" not in capsys.readouterr().err
