"""制度: a regulation read by its articles: its words, what it leaves open, both readings; who may do what; nothing cut at any size."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QFrame

from desktop.procedure import DockDraft, RecorderDraft
from desktop.rulebook import DutyDraft
from tests.views import office as o
from tests.views.lookcheck import check_page
from views.common.buttons import Button
from views.rulebook import RulebookPage


def pick(control, value) -> None:
    """Choose in a combo as a click does."""
    control.choose(value)
    control.activated.emit(control.currentIndex())


def buttons(part) -> list[str]:
    return [b.label for b in part.findChildren(Button) if b.isVisible() and b.label]


def test_an_article_is_read_with_its_words_and_values(desk):
    at = desk(o.ARCHIVIST)
    page = at.go("rulebook", rule="XG-16-deposit")
    read = page.regulations.article.words()
    assert "西岗办法第十六条" in read
    assert "“音像记录制作完成后，行政执法人员不得自行保管，应在24小时内将记录信息导出保存。" in read
    for value in ("24小时内", "音像记录制作完成", "返回单位", "制度原文"):
        assert value in read
    assert "案卷沿用开始时的版本" in page.regulations.standing.more.plain()


def test_a_section_asked_for_later_is_read_too(desk):
    at = desk(o.ARCHIVIST)
    at.go("rulebook")
    page = at.go("rulebook", tab="matters")
    assert page.section is page.matters
    assert page.matters.model.rows


def test_what_is_left_open_names_the_law_that_applies(desk):
    at = desk(o.OFFICER)
    section = at.go("rulebook").regulations
    pick(section.group, "silence")
    section.table.choose(0)
    read = section.article.words()
    assert "本制度未规定，适用上位法" in read
    assert "行政处罚法第六十条" in read
    assert "“行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定。" in read
    pick(section.group, "national")
    assert all(one.national for one in section.model.rows)
    assert len(section.model.rows) > 30


def test_both_readings_are_shown_and_the_one_in_force_is_marked(desk):
    section = desk(o.REVIEWER).go("rulebook").regulations
    pick(section.group, "choice")
    words = section.article.words()
    assert "现场检查一律全程音像记录（从严）" in words
    assert "只限直接涉及重大财产权益的现场检查" in words
    frames = [f for f in section.article.findChildren(QFrame) if f.property("panel") == "accent"]
    assert [f.accessibleName() for f in frames] == ["现场检查一律全程音像记录（从严）"]


def test_words_find_articles_and_keys_go_in_and_out(desk):
    at = desk(o.ARCHIVIST)
    section = at.go("rulebook").regulations
    section.look.setFocus()
    at.type("容易引发争议")
    at.settle()
    assert 0 < len(section.model.rows) < 10
    assert all("容易引发争议" in f"{e.title}{e.brief}{getattr(e.of, 'text', '')}" for e in section.model.rows)
    section.table.setFocus()
    at.press("Down")
    at.press("Return")
    assert section.article.area.hasFocus()
    at.press("Escape")
    assert section.table.hasFocus()
    section.look.setText("查无此语")
    assert section.model.rows == []
    assert "没有符合的条文" in section.article.words()


def test_another_regulation_and_an_unnamed_province(desk):
    at = desk(o.ARCHIVIST)
    section = at.go("rulebook").regulations
    pick(section.which, "provincial")
    at.settle()
    assert "省名还没有填写，打印时不出现省名" in section.standing.more.plain()
    assert section.article.panel.heading.full.startswith("省办法")
    section.look.setText("当天")
    assert any(e.brief == "当日" for e in section.model.rows)


@pytest.mark.parametrize(("who", "first"), [(o.ARCHIVIST, ["复制并修改", "导入年历……", "增加一项", "登记记录仪"]),
                                            (o.REVIEWER, ["复制并修改", "导入年历……", "增加一项", ""]), (o.LEADER, ["", "", "", ""]),
                                            (o.CLERK, ["", "", "", ""])])
def test_each_role_is_offered_only_its_own_acts(desk, who, first):
    at = desk(who)
    page = at.go("rulebook")
    found = []
    for number in range(4):
        page.show_tab(number)
        at.settle()
        found.append(page.primary.label if page.primary.isVisible() else "")
    assert found == first


def test_administrators_read_the_articles_and_nothing_of_cases_or_people(desk):
    at = desk(o.SYSADMIN)
    page = at.go("rulebook")
    assert page.regulations.shelf.entries
    assert [one.label for one in page.tabs.group.buttons() if one.isVisible()] == ["制度条文", "日历", "音像记录事项清单"]
    for tab in ("regulations", "calendar", "matters"):
        at.go("rulebook", tab=tab)
        assert not page.primary.isVisible()
        assert not page.banner.isVisible()


def filled(archive) -> None:
    """Something in every section."""
    o.sign_in(archive, o.ARCHIVIST)
    one = archive.procedure.recorder_add(RecorderDraft("DSJ-0412", "某型", o.OFFICER, "监督科"))
    archive.procedure.docked(one, DockDraft(o.NOW))
    archive.rulebook.duty_add(DutyDraft("interview", "sync", reason="局务会纪要"))
    archive.rulebook.draft("xigang-finance", archive.rulebook.text("xigang-finance", 1).replace("version = 1\n", "version = 2\n", 1), "核对条号")


@pytest.mark.parametrize("face", ["reader", "draft", "draft_changed", "draft_text", "compare",
                                  "confirm", "calendar", "matters", "matter_form", "recorders", "recorder_form"])
def test_every_face_looks_right(look, desk, archive, bridge, face):
    filled(archive)
    at = desk(o.LEADER if face == "confirm" else o.ARCHIVIST)
    tab = {"calendar": "calendar", "matters": "matters", "matter_form": "matters", "recorders": "recorders",
           "recorder_form": "recorders"}.get(face, "regulations")

    def rulebook():
        page = RulebookPage(archive, bridge, at.shell)
        page.opened(tab=tab)
        at.settle()
        if face in ("draft", "draft_changed", "draft_text", "matter_form", "recorder_form"):
            page.section.begin()
            at.settle()
        if face == "draft_changed":
            page.regulations.draft.set_value(("duty", 0, "level"), "may")
            at.settle()
            page.regulations.draft.rules.stand_on("XG-13a")
        elif face == "draft_text":
            page.regulations.draft.turn(1)
        elif face == "compare":
            page.regulations.compare()
        elif face == "confirm":
            page.regulations.turn("xigang-finance", 2)
        at.settle()
        QApplication.processEvents()
        return page

    check_page(look, rulebook, [(1440, 900, "comfortable"), (1280, 720, "compact")])
