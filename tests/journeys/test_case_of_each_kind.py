"""A case of each kind from opening to filing in the window, as an archivist drives it; filing is refused while something must still be there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from desktop.policy.verdicts import Standing
from models.terms import EnforcementKind, StatementKind
from tests.journeys.casework import Walk
from tests.views import office as o
from views.footage.page import STATEMENTS

Walking = Callable[[str], Walk]


def test_an_ordinary_penalty_with_an_interrupted_recording(walking: Walking, bag: Path) -> None:
    for title in ("行政执法立案审批表", "现场检查（勘验）笔录", "行政处罚决定审批表"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    o.recording(bag / "检查一.mp4", 120, "2026-10-20T09:00:00+08:00")
    o.recording(bag / "检查二.mp4", 90, "2026-10-20T09:02:30+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财罚〔2026〕31号", "未按规定设置会计账簿案", EnforcementKind.PENALTY, "2026-10-12")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("inspection", "2026-10-20 9:00", "9:04")
    walk.link("检查一", "检查二")
    walk.explain_gap("battery", "更换电池，中断三十秒")
    assert [bool(gap.explained) for gap in side.lens.gaps] == [True]
    assert [s.draft.kind for s in walk.archive.procedure.statements(walk.case)] == [StatementKind.INTERRUPTION]
    walk.activity("decision", "2026-11-02 10:00")
    walk.folder()
    assert "启动审批文书（西岗办法第八条）" in walk.refused()
    walk.answer()
    walk.confirm("行政执法立案审批表", "XG-8", "XG-9-1", dated="2026-10-12", approver="局相关负责人")
    walk.confirm("现场检查（勘验）笔录", "XG-10-4", "XG-10-1", "XG-10-9", dated="2026-10-20 9:04")
    walk.confirm("行政处罚决定审批表", "XG-11-1", "XG-11-2", "XG-11-3", "XG-11-7", "XG-12-1", dated="2026-11-02")
    assert "当事人履行情况" in walk.refused()
    walk.waive("XG-12-2", "只予警告，没有需要履行的内容")
    assert walk.standing("CF-42") is Standing.PRESENT
    walk.end("closed_approved", "2026-11-18")
    walk.file()
    told = ["cases.create", "intake.begin", "procedure.activity_add", "procedure.footage_link", "procedure.statement_sign", "procedure.answer",
            "procedure.paper_confirm", "procedure.waive", "procedure.case_end", "cases.file"]
    assert [act for act in walk.ledger() if act in told] == told


def test_a_simple_penalty_that_nobody_recorded(walking: Walking, bag: Path) -> None:
    o.paper(bag / "当场行政处罚决定书.pdf", "当场行政处罚决定书", "当场予以警告。")
    walk = walking("xigang-finance")
    walk.open_case("西财简罚〔2026〕4号", "未按规定保管会计凭证案", EnforcementKind.PENALTY, "2026-11-05", "simple")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("on_the_spot", "2026-11-05 10:00", "10:12")
    walk.desk.click(side.tabs.group.button(STATEMENTS))
    walk.desk.click(side.statements.buttons[StatementKind.NOT_RECORDED])
    walk.sign_statement("记录仪没有电")
    assert "记录仪没有电" in walk.archive.procedure.statements(walk.case)[0].draft.text
    page = walk.folder()
    assert "XG-8" not in {one.id for one in page.read.course.answers.items}  # 简易程序不要求启动审批
    assert "启动原因、案件来源、基本案情" in walk.refused()
    walk.answer()
    walk.confirm("当场行政处罚决定书", "XG-9-1", "XG-10-1", "XG-10-9", "XG-11-1", "XG-11-2", "XG-11-7", "XG-12-1", "XG-12-2", dated="2026-11-05")
    walk.waive("XG-11-3", "执法人员当场作出，没有部门审核")
    walk.end("performed", "2026-11-05")
    walk.file()


def test_an_inspection_that_the_leader_orders_filed_with_gaps(walking: Walking, bag: Path) -> None:
    o.paper(bag / "现场检查（勘验）笔录.pdf", "现场检查（勘验）笔录", "清点账簿十四册。")
    o.recording(bag / "抽查.mp4", 180, "2026-10-20T09:00:00+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财检〔2026〕12号", "会计信息质量检查", EnforcementKind.INSPECTION, "2026-10-19")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("random_inspection", "2026-10-20 9:00", "9:03")
    walk.link("抽查")
    assert not side.lens.gaps
    walk.folder()
    walk.answer()
    walk.confirm("现场检查（勘验）笔录", "XG-10-4", "XG-10-1", dated="2026-10-20 9:03")
    walk.end("performed", "2026-10-30")
    gaps = [one.id for one in walk.page.read.course.wanting]
    assert gaps == ["XG-8", "XG-9-1", "XG-10-9"]
    assert "告知权利及行使情况" in walk.refused()
    walk.order_filing("经办人已调离，审批文书无法补齐")
    walk.file()
    assert "带缺归档：缺 3 项" in walk.tags()
    rows = {row.item.id: row.more for row in walk.page.completeness.list.model_.rows if row.item is not None}
    assert all("负责人" in rows[item] for item in gaps)
    order = walk.page.read.course.orders[0]
    assert (order.person, order.sound, [gap[0] for gap in order.gaps]) == (o.LEADER, True, gaps)


def test_a_sealing_is_recorded_throughout(walking: Walking, bag: Path) -> None:
    for title in ("查封审批表", "查封决定书", "查封、扣押清单", "现场笔录"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    o.recording(bag / "查封.mp4", 120, "2026-10-20T09:00:00+08:00")
    walk = walking("xigang-finance")
    walk.open_case("西财强〔2026〕2号", "查封涉案账簿", EnforcementKind.COERCION, "2026-10-19")
    walk.deposit(bag)
    side = walk.recordings().side
    walk.activity("seal", "2026-10-20 9:00", "9:02")
    assert (side.lens.duty.level, side.lens.duty.standing) == ("full", Standing.MISSING)
    walk.link("查封")
    assert "第十三条" in side.lens.duty.ground.article
    assert side.lens.duty.coverage[0].end - side.lens.duty.coverage[0].start == timedelta(minutes=2)
    walk.activity("release", "2026-11-10 9:00")
    walk.folder()
    assert "启动审批文书" in walk.refused()
    walk.answer(decided=True)
    walk.confirm("查封审批表", "XG-8", "XG-9-1", "XG-11-1", "XG-11-2", "XG-11-3", "XG-11-7", dated="2026-10-19", approver="本机关负责人")
    walk.confirm("查封决定书", "XG-10-1", "XG-10-9", "XG-12-1", "XG-12-2", dated="2026-10-20")
    assert "查封、扣押清单（行政强制法第二十四条第一款）" in walk.refused()  # 西岗办法没有规定，适用上位法
    walk.confirm("查封、扣押清单", "QZ-24-2", dated="2026-10-20")
    walk.confirm("现场笔录", "QZ-18-7", dated="2026-10-20 9:02")
    assert "行政强制执行情况" in walk.refused()
    walk.waive("XG-12-3", "只采取强制措施，没有强制执行")
    assert walk.standing("QZ-18") is Standing.PRESENT
    walk.end("closed_approved", "2026-11-12")
    walk.file()


def test_a_licence_under_the_regulation_of_jinpu(walking: Walking, bag: Path) -> None:
    for title in ("受理通知书", "现场勘验笔录", "行政许可审批表"):
        o.paper(bag / f"{title}.pdf", title, "训练用文书。")
    walk = walking("jinpu-development")
    walk.open_case("金发许〔2026〕8号", "企业投资项目核准", EnforcementKind.LICENSING, "2026-10-12")
    assert "金普" in walk.page.read.course.profile.short
    walk.deposit(bag)
    walk.recordings()
    walk.activity("licence_survey", "2026-10-20 9:00", "9:40")
    walk.activity("licence_decision", "2026-10-28 10:00")
    walk.folder()
    assert "第六条" in walk.refused()
    walk.answer(materials_wanting=True)
    walk.confirm("受理通知书", "JP-6d", "JP-6", dated="2026-10-13")
    walk.confirm("现场勘验笔录", "JP-7-3", "JP-7-1", "JP-7-2", dated="2026-10-20 9:40")
    walk.confirm("行政许可审批表", "JP-8", dated="2026-10-28")
    assert "补充材料的一次性全面告知" in walk.refused()
    walk.waive("JP-6c", "申请人当场补齐，没有另行告知")
    walk.end("closed_approved", "2026-10-28")
    walk.file()
