"""The look: contrast of every pair, names of icons and tokens, parts at four sizes, switching at run time."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.paths import RESOURCES
from desktop.policy.strip import StripDay
from tests.views.lookcheck import check_page, faults, settle
from views import theme
from views.common import (
    LABELS,
    STATUS,
    Banner,
    Cell,
    Check,
    Column,
    DayStrip,
    Dial,
    Empty,
    Para,
    Radio,
    Seal,
    badge,
    banner,
    button,
    chip,
    combo,
    content,
    edit,
    em,
    field,
    figures,
    found,
    hbox,
    page_head,
    panel,
    para,
    password,
    quote,
    rich,
    scroll,
    search_box,
    segmented,
    table,
    text,
    text_area,
    three_lines,
    tip,
    toggle,
    tool,
    vbox,
)
from views.common.text import glue

ROOT = Path(__file__).resolve().parents[2]
TEXT_PAIRS = [
    *[("ink", on) for on in ("surface", "ground", "rail", "sunken", "hover", "accent_soft", "late_soft")],
    *[("ink", on) for on in ("soon_soft", "good_soft")],
    *[("ink2", on) for on in ("surface", "rail", "ground", "sunken", "quiet_soft", "late_soft", "soon_soft", "good_soft")],
    *[("ink3", on) for on in ("surface", "ground", "sunken", "rail", "accent_soft")],
    *[("accent", on) for on in ("surface", "ground", "accent_soft", "hover")],
    *[("on_accent", on) for on in ("accent", "accent_hover", "accent_down")],
    *[("late", on) for on in ("surface", "ground", "late_soft", "accent_soft")],
    *[("soon", on) for on in ("surface", "soon_soft", "accent_soft")],
    *[("good", on) for on in ("surface", "good_soft", "ground")],
    ("quiet", "quiet_soft"),
    ("quiet", "surface"),
    ("privacy", "privacy_soft"),
    ("on_seal", "seal"),
    ("paper_ink", "paper"),
    ("surface", "ink"),
    ("surface", "soon"),
    ("surface", "late"),
]
EDGE_PAIRS = [("line_strong", on) for on in ("surface", "ground")] + [("focus", on) for on in ("surface", "ground", "rail")]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_words_can_be_read(mode: str, ink: str, ground: str) -> None:
    assert ratio(theme.TOKENS[mode][ink], theme.TOKENS[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_PAIRS)
def test_edges_and_the_ring_can_be_seen(mode: str, edge: str, ground: str) -> None:
    assert ratio(theme.TOKENS[mode][edge], theme.TOKENS[mode][ground]) >= 3.0


def test_both_modes_name_the_same_tokens() -> None:
    assert set(theme.TOKENS["light"]) == set(theme.TOKENS["dark"])


def test_the_sheet_uses_only_tokens_there_are(look: QApplication) -> None:
    for mode in ("light", "dark"):
        for density in theme.DENSITIES:
            theme.apply(look, mode, density, contrast=False)
            assert "@" not in theme.sheet()
            assert "{control" not in theme.sheet()


ICON_AT = {"glyph": (0,), "tool": (0,), "toggle": (0,), "icon": (0,), "pixmap": (0,), "Empty": (0,), "Style": (0,), "paint_icon": (1,),
           "button": (2,), "Button": (2,), "show_icon": (0,)}  # fmt: skip


def icons_named() -> set[tuple[str, str]]:
    """Every icon that the views name in a call or as a page's own."""
    out = set()
    for at in sorted((ROOT / "views").rglob("*.py")):
        for node in ast.walk(ast.parse(at.read_text(encoding="utf-8"))):
            out |= {(at.name, str(n.value)) for n in icon_words(node) if isinstance(n, ast.Constant) and n.value}
    return out


def icon_words(node: ast.AST) -> list[ast.expr]:
    """Where a call or a class names an icon."""
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        placed = [node.args[i] for i in ICON_AT.get(called, ()) if i < len(node.args)]
        return placed + [k.value for k in node.keywords if k.arg in ("icon", "icon_name")]
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "icon" for t in node.targets):
        return [node.value]
    return []


def test_every_icon_named_in_the_views_is_shipped() -> None:
    shipped = {p.stem for p in (RESOURCES / "icons").glob("*.svg")}
    named = icons_named() | {("tags.py", s.icon) for s in [*STATUS.values(), *LABELS.values()]}
    assert len(named) > 20
    assert {n for n in named if n[1] not in shipped} == set()


def test_icons_take_their_colour_from_the_look_and_come_with_a_licence() -> None:
    for at in (RESOURCES / "icons").glob("*.svg"):
        assert 'fill="currentColor"' in at.read_text(encoding="utf-8"), at.name
    assert "MIT License" in (RESOURCES / "icons" / "LICENSE-phosphor.txt").read_text(encoding="utf-8")


def kit() -> QWidget:
    """Every part in every state."""
    shut = button("归档", "primary", "archive")
    shut.allow(False, "缺 2 项")
    days = [StripDay(date(2026, 10, 26), "start"), *[StripDay(date(2026, 10, 27 + i), "count", i + 1) for i in range(4)],
            StripDay(date(2026, 10, 31), "skip", 0, "周末"), StripDay(date(2026, 11, 1), "due", 5)]
    columns = [Column("题名", 0, lambda r: Cell(r, "周敏 · 批准 韩立")), Column("状态", 100, lambda r: Cell("缺", chip="late"))]
    left = vbox(
        panel("文字", text("案卷标题", "title", face="serif"), para("正文 " * 60), quote("“20个工作日内予以答复”")),
        panel("按钮", hbox(button("批准", "primary", "stamp"), button("不批准", "danger"), shut, tool("scroll", "打印"), None),
              hbox(segmented(["全部", "今天"], name="范围"), Check("查阅", True), Radio("复制"), toggle("repeat", "循环"), None)),
        panel("标签", hbox(*[badge(b) for b in LABELS], None), hbox(*[chip("已有", k) for k in STATUS], None),
              hbox(Dial(0.3), Dial(0, "late"), Dial(1, "calm"), Seal(40), None), DayStrip(days, date(2026, 10, 28))),
        gap=16,
    )  # fmt: skip
    right = vbox(
        banner("soon", "与共享服务器的连接断了，正在重连", "可以继续查看已打开的内容；保存会等到连上以后。", button("现在重连")),
        panel("表单", hbox(field("姓名", edit("王海涛"), mnemonic="N"), field("证件种类", combo(["居民身份证", "护照"])), gap=12),
              field("委托书有效期至", edit("2026-11-15"), "已到期，请申请人补交；没有补交的，当场出具一次性补正告知书", "bad"),
              field("理由", text_area(lines=2)), field("口令", password()), search_box("案号、当事人")),
        panel("表格", table(columns, ["行政执法立案审批表"] * 9, "样例表")),
        three_lines("第 3 段校验值与首次读取时不同。", "这一件没有入库。", "换一根数据线。"),
        gap=16,
    )  # fmt: skip
    head = page_head("工作台", button("移交入库", "primary", "tray-arrow-down"), sub="1 项已逾期", back=lambda: None, hint="返回")
    return content(vbox(head, hbox((left, 1), (right, 1), gap=16), gap=16, margins=(24, 20, 24, 20)))


def test_nothing_overlaps_is_cut_or_nameless_at_four_sizes(look: QApplication) -> None:
    check_page(look, kit)


def test_an_empty_place_fits(look: QApplication) -> None:
    first = "插上记录仪，或者选择存有录像的文件夹。"
    check_page(look, lambda: content(vbox(Empty("usb", "还没有连接记录仪", first, button("选择文件夹", "primary")))))


def test_the_check_finds_what_is_wrong(look: QApplication) -> None:
    """The walk must be able to fail: a squeezed line, a nameless field and two parts on one spot."""
    place = QWidget()
    short, bare = text("这一行放不下这么多字"), edit()
    for part in (short, bare):
        part.setParent(place)
    place.setLayout(hbox())
    short.setGeometry(0, 0, 20, 24)
    bare.setGeometry(0, 0, 80, 40)
    place.show()
    settle(look)
    said = "\n".join(faults(place))
    place.close()
    assert "cut: 这一行" in said
    assert "no accessible name: Edit" in said
    assert "overlap" in said


def test_nothing_is_smaller_than_13_px(look: QApplication) -> None:
    theme.apply(look, "light", "compact", contrast=False)
    page = kit()
    theme.wear(page)
    page.show()
    settle(look)
    sizes = {p.font().pixelSize() for p in page.findChildren(QWidget) if p.isVisible() and p.font().pixelSize() > 0}
    page.close()
    assert min(sizes) == 13


@pytest.mark.parametrize(("mode", "density", "scale", "contrast"), [
    ("dark", "comfortable", 1.0, False), ("light", "compact", 1.3, False), ("light", "comfortable", 1.0, True),
])  # fmt: skip
def test_a_switch_reaches_what_is_already_shown(
    look: QApplication, mode: str, density: str, scale: float, contrast: bool
) -> None:
    page = content(vbox(text("次要", "small", "ink2"), para(rich("{a}", a=em("晚了", "late"))), button("打印", "", "scroll")))
    theme.wear(page)
    page.show()
    settle(look)
    theme.apply(look, mode, density, scale, contrast)
    settle(look)
    label, running = page.findChildren(QWidget)[0], page.findChild(Para)
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == theme.color("ink2").name()
    assert label.font().pixelSize() == round(13 * scale)
    assert running is not None
    assert theme.THEME.hex("late") in running.text()
    assert page.findChild(type(button(""))).iconSize().width() == round(20 * scale)
    page.close()


def test_high_contrast_takes_every_colour_from_the_system(look: QApplication) -> None:
    system = QPalette()
    theme.apply(look, "light", contrast=True)
    known = {theme.THEME.hex(name) for name in theme.COLOURS}
    allowed = {look.palette().color(r).name() for r in QPalette.ColorRole if r != QPalette.ColorRole.NColorRoles}
    assert known <= allowed | {system.color(r).name() for r in QPalette.ColorRole if r != QPalette.ColorRole.NColorRoles}
    assert theme.THEME.hex("late") == theme.THEME.hex("ink")


def test_words_from_outside_are_shown_as_written(look: QApplication) -> None:
    hostile = '<b>&amp;</b><img src="x">.mp4'
    assert para(hostile).plain() == hostile
    assert "<img" not in para(hostile).text()
    assert "<img" not in para(rich("文件 {name}", name=hostile)).text()
    assert "<img" not in para(found(hostile, ["amp", "b"])).text()
    assert "<b>" not in tip(hostile)
    assert para(rich("点 <b>重新读取</b>")).plain() == "点 重新读取"
    assert text(hostile).text() == hostile


def test_found_words_are_marked_by_more_than_colour(look: QApplication) -> None:
    words = found("清点会计账簿与账簿", ["账簿"])
    assert words.count("underline") == 2
    assert words.count("font-weight:700") == 2
    assert re.sub("<[^>]*>", "", words) == "清点会计账簿与账簿"


def test_figures_and_their_units_stay_together() -> None:
    assert glue("还有 3 小时 12 分") == "还有 3\u00a0小\u2060时\u00a012\u00a0分"
    assert figures(48213) == "48\u2009213"
    assert figures(7) == "7"


def test_a_banner_says_one_thing_and_goes(look: QApplication) -> None:
    place = Banner()
    page = content(vbox(place))
    page.show()
    assert not place.isVisible()
    place.say("late", "1 件没有通过复核", "", button("查看"))
    place.say("good", "都好了", "", button("关"))
    settle(look)
    assert place.isVisible()
    assert place.accessibleName() == "都好了"
    assert place.tail.count() == 1
    place.clear()
    assert not place.isVisible()
    page.close()


def test_a_list_inside_a_panel_scrolls_and_fades(look: QApplication) -> None:
    inner = scroll(content(vbox(*[text(f"第 {i} 行") for i in range(40)])), "长表")
    box = panel("长", inner)
    box.resize(300, 300)
    box.show()
    settle(look)
    assert inner.verticalScrollBar().maximum() > 0
    assert faults(box) == []
    box.close()
