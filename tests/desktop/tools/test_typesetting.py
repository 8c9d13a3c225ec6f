"""Each form: what it says, how many pages, and that it is PDF/A; whatever the facts hold."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2
import pytest

from desktop.errors import Refusal
from desktop.tools import typesetting
from desktop.tools.typesetting import FORMS, qr_svg, typeset
from tests.desktop.hostile_names import HOSTILE_NAMES

AT = datetime(2026, 11, 21, 8, tzinfo=UTC)
WORDS = list("倍仿径迫共灵仓颗督世没饼太庭钱壳退具紧隶饿锡醒马")
ORIGIN = "archive.example/xigang"
NOTE = f"{ORIGIN}\n1287\nq3Zy8mY7W3Vx0QbTqU0d6m7p0k1uK5lYx1Zb0t8nJ6E=\n\n\u2014 {ORIGIN} {'Ab3+' * 24}==\n"

FACTS: dict[str, dict[str, Any]] = {
    "paper": {
        "unit": "西岗区财政局", "title": "现场检查笔录", "number": "西财检〔2026〕9号", "mark": "训练材料",
        "pairs": [["被检查人", "大连和润商贸有限公司"]], "text": "# 一、经过\n检查人员出示证件。\n问：听清楚了吗？\n答：清楚。",
        "table": {"head": ["序号", "名称"], "rows": [["1", "账簿"]], "note": "核对无误。"},
        "opinions": [["负责人意见", "同意。", "韩立", "2026年11月2日"]], "signs": [["当事人", "王海涛"]],
        "seal": "西岗区财政局", "date": "2026年11月2日",
    },
    "recovery_sheet": {
        "archive": "西岗区财政局行政执法档案库", "made": "2026年11月21日 16:00", "code": "7F3A 91C2", "wanted": 2,
        "sheets": [{"words": WORDS, "qr": qr_svg("".join(WORDS))}],
    },
    "password_slips": {
        "archive": "西岗区财政局行政执法档案库", "made": "2026年11月21日 16:00",
        "people": [{"name": "韩立", "role": "负责人", "password": "acde-4679-hjkm"}],
    },
    "custody_report": {
        "unit": "西岗区财政局", "title": "电子文件经手报告", "number": "西财罚〔2026〕17号", "counts": "共 2 条，其中拒绝 1 条",
        "pairs": [["文件名", "现场.mp4"], ["SHA-256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]],
        "entries": [
            {"seq": 1, "at": "2026-11-21 16:00:00", "person": "周敏", "act": "移交入库", "outcome": "完成",
             "facts": "记录仪 0412"},
            {"seq": 2, "at": "2026-11-21 16:05:00", "person": "李建国", "act": "播放", "outcome": "拒绝", "marked": True},
        ],
        "checkpoint": NOTE, "qr": qr_svg(NOTE), "printed": "赵平 打印于 2026-11-21 16:10",
    },
    "receipt": {
        "unit": "西岗区财政局", "title": "移交回执", "number": "收〔2026〕88号", "pairs": [["移交人", "李建国"]],
        "items": {"head": ["序号", "文件名"], "widths": [1, 6], "rows": [["1", "DSJ_0412.mp4"]]}, "text": "全部入库。",
        "signs": [["接收人签名", ""]], "date": "2026年11月21日", "checkpoint": NOTE, "qr": qr_svg(NOTE),
    },
    "case_cover": {
        "unit": "西岗区财政局", "title": "和润商贸有限公司未按规定设置会计账簿案", "number": "西财罚〔2026〕17号", "mark": "商业秘密",
        "pairs": [["当事人", "和润商贸有限公司"]], "kept": "定期30年", "span": ["2026年3月2日", "2026年10月30日"],
        "amount": ["18件", "64页", "音像1小时12分5秒"], "note": "本卷带缺归档，经韩立书面同意，详见备考表。",
    },
    "contents_list": {
        "unit": "西岗区财政局", "number": "西财罚〔2026〕17号", "total": "共1件、3页。",
        "rows": [{"place": 1, "number": "", "author": "沈静宜", "title": "现场检查笔录", "date": "20260302", "pages": "1—3",
                  "note": ["个人隐私"]}],
    },
    "end_sheet": {
        "unit": "西岗区财政局", "number": "西财罚〔2026〕17号", "situation": ["本卷共18件。"], "gaps": ["听证记录文书（西岗办法第十条第（六）项）"],
        "compiler": "沈静宜", "checker": "", "date": "2026年11月20日",
    },
    "completeness": {
        "unit": "西岗区财政局", "number": "西财罚〔2026〕17号", "title": "未按规定设置会计账簿", "rule": "《西岗办法》第1版",
        "stages": [{"title": "调查取证", "rows": [
            {"item": "询问笔录", "article": "西岗办法第十条第（二）项", "standing": "缺", "wanting": "执法人员签字", "marked": True}]}],
        "alarms": ["决定早于事先告知"], "summary": "应当有的事项中尚缺1项。", "printed": "沈静宜打印",
    },
    "statement": {
        "unit": "闽侯县统计局", "title": "中止记录情况说明", "number": "", "pairs": [["时间", "2026-03-02 10:15:00 至 2026-03-02 10:22:30"]],
        "ground": {"article": "闽侯制度第十四条", "text": "确实无法继续记录的，应当立即向单位主要负责人报告"},
        "body": "电池耗尽。\n更换后继续。", "person": "周敏", "date": "2026年3月3日", "reported": "已于2026-03-02 10:16:00报告单位主要负责人。",
    },
    "evidence_sheet": {
        "unit": "闽侯县统计局", "number": "侯统罚〔2026〕3号", "pairs": [["制作人", ""], ["SHA-256", "9f86d081" * 8]],
        "ground": [{"article": "闽侯制度第二十五条", "text": "注明制作人、提取人、提取时间等信息"}],
        "transcript": "问：清楚吗？\n答：清楚。", "printed": "x",
    },
    "annual_list": {
        "unit": "大连金普新区发展和改革局", "title": "2025年度行政执法案件清单", "ground": "金普办法第三十二条", "head": ["序号", "案号"],
        "widths": [1, 4], "rows": [["1", "金发罚〔2025〕2号"]], "printed": "沈静宜打印",
    },
    "score_sheet": {
        "unit": "西岗区财政局", "title": "行政处罚案卷评查表", "number": "西财罚〔2026〕17号", "pairs": [["评查人", "沈静宜"]],
        "summary": ["得分87.5分，等次良好。"], "draft": "", "source": "默认值由机关定。", "printed": "沈静宜打印",
        "blocks": [{"title": "立案", "points": 8, "rows": [{"id": "A1", "words": "案源登记", "points": "1", "lost": "0.5", "judged": "程序判",
                                                         "standing": "扣分", "marked": True, "why": "案件来源登记表：缺登记时间"}]}],
    },
}  # fmt: skip

SAID = {
    "paper": [
        "现场检查笔录", "西财检〔2026〕9号", "大连和润商贸有限公司", "一、经过", "问：听清楚了吗？", "账簿", "同意。", "韩立",
        "2026年11月2日",
    ],
    "recovery_sheet": ["档案库恢复页", "西岗区财政局行政执法档案库", "7F3A91C2", "desktoprecover", "负责人签名"],
    "password_slips": ["首次口令", "韩立", "负责人", "acde-4679-hjkm", "第一次登录时必须换成"],
    "custody_report": ["电子文件经手报告", "移交入库", "拒绝", "记录仪0412", "archive.example/xigang", "赵平打印于"],
    "receipt": ["移交回执", "DSJ_0412.mp4", "全部入库。", "接收人签名"],
    "case_cover": ["案卷", "和润商贸有限公司未按规定设置会计账簿案", "商业秘密", "定期30年", "自2026年3月2日至2026年10月30日", "64页", "全宗号",
                   "本卷带缺归档"],
    "contents_list": ["卷内目录", "现场检查笔录", "20260302", "1—3", "个人隐私", "共1件、3页。"],
    "end_sheet": ["备考表", "本卷共18件。", "归档时尚缺", "听证记录文书", "立卷人：沈静宜", "检查人："],
    "completeness": ["案卷齐全性检查表", "询问笔录", "西岗办法第十条第（二）项", "缺", "决定早于事先告知", "尚缺1项"],
    "statement": ["中止记录情况说明", "10:15:00至2026-03-0210:22:30", "闽侯制度第十四条", "更换后继续。", "报告单位主要负责人", "说明人：周敏"],
    "evidence_sheet": ["视听资料文字说明", "提取人：", "闽侯制度第二十五条", "声音资料文字记录", "答：清楚。"],
    "score_sheet": ["行政处罚案卷评查表", "得分87.5分", "立案（8分）", "案件来源登记表：缺登记时间", "复核意见", "评查人："],
    "annual_list": ["2025年度行政执法案件清单", "金普办法第三十二条", "金发罚〔2025〕2号"],
}  # fmt: skip


def _text(pdf: bytes) -> tuple[str, int]:
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return re.sub(r"[\s\u200b]", "", "".join(pages)), len(pages)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_says_its_facts_on_one_page_of_pdf_a(form: str) -> None:
    pdf = typeset(form, FACTS[form], AT)
    text, pages = _text(pdf)
    for words in SAID[form]:
        assert words in text, words
    assert pages == 1
    assert ("第1页共1页" in text) is (form != "case_cover"), "a cover has no page number"
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as meta:
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"]) == ("2", "B")
        assert "/OutputIntents" in document.Root


@pytest.mark.parametrize("form", FORMS)
def test_the_same_facts_give_the_same_bytes(form: str) -> None:
    assert typeset(form, FACTS[form], AT) == typeset(form, FACTS[form], AT)


def test_every_form_file_is_known_and_no_other() -> None:
    files = {path.stem for path in typesetting._FOLDER.glob("*.typ")} - {"house"}
    assert files == set(FORMS) == set(FACTS)


def test_the_words_of_the_recovery_sheet_stand_in_their_order() -> None:
    text, _ = _text(typeset("recovery_sheet", FACTS["recovery_sheet"], AT))
    places = [text.index(f"{number}{word}") for number, word in enumerate(WORDS, 1)]
    assert places == sorted(places)
    english = [f"word{number}" for number in range(24)]
    assert "24word23" in _text(typeset("recovery_sheet", FACTS["recovery_sheet"] | {"sheets": [{"words": english, "qr": qr_svg("q")}]}, AT))[0]


def test_three_recovery_sheets_are_three_pages_that_say_so() -> None:
    one = {"words": [f"word{number}" for number in range(33)], "qr": qr_svg("q")}
    text, pages = _text(typeset("recovery_sheet", FACTS["recovery_sheet"] | {"sheets": [one] * 3}, AT))
    assert pages == 3
    assert all(name in text for name in ("之一", "之二", "之三", "任意2页合在一起"))
    assert text.count("33word32") == 3


def test_a_long_ledger_goes_over_pages_with_its_head_on_each() -> None:
    entry = FACTS["custody_report"]["entries"][0]
    text, pages = _text(typeset("custody_report", FACTS["custody_report"] | {"entries": [entry] * 200}, AT))
    assert pages > 4
    assert text.count("序号时间人员行为结果") >= pages - 1
    assert f"第{pages}页共{pages}页" in text


def test_a_receipt_in_large_print_says_the_same() -> None:
    text, _ = _text(typeset("receipt", FACTS["receipt"] | {"large": True}, AT))
    for words in SAID["receipt"]:
        assert words in text


def test_no_name_stops_a_form_and_none_is_markup() -> None:
    rows = [[str(number), name.decode("utf-8", "backslashreplace")] for number, name in enumerate(HOSTILE_NAMES)]
    items = {"head": ["序号", "文件名"], "widths": [1, 8], "rows": rows}
    text, _ = _text(typeset("receipt", FACTS["receipt"] | {"items": items}, AT))
    for words in ("#letx=1.mp4", "$x$.mp4", "<imgsrc=xonerror=alert(1)>.mp4", "=cmd|'C'!A0.mp4", "现场.mp4"[2:]):
        assert words in text
    assert "\\u{e000}" in text


def test_a_character_that_no_font_has_is_printed_as_its_number() -> None:
    facts = FACTS["paper"] | {"text": "甲\ue000乙\U0010fffd丙﷽丁"}
    text, _ = _text(typeset("paper", facts, AT))
    assert "甲\\u{e000}乙\\u{10fffd}丙" in text
    assert "丁" in text


def test_facts_that_a_form_cannot_use_are_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="cannot be set"):
        typeset("paper", {}, AT)
    with pytest.raises(ValueError, match="no form"):
        typeset("../house", {}, AT)


def test_missing_type_is_refused_with_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONTS", (*typesetting.FONTS, "No Such Song"))
    typesetting._fonts.cache_clear()
    try:
        with pytest.raises(Refusal) as refused:
            typeset("paper", FACTS["paper"], AT)
    finally:
        typesetting._fonts.cache_clear()
    assert refused.value.code == "form.font_missing"
    assert "No Such Song" in str(refused.value)
