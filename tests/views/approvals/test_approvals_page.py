"""审批: what the leader reads is what is asked, what is signed is what was read, and a no or a part has its reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop.jobs import Silent
from desktop.media.excerpts import excerpts
from models.terms import RequestId, RequestState, Verb
from tests.views import office as o
from tests.views.approvals.sitting import Sit, ask, entries, grant
from tests.views.lookcheck import check_page, elided
from views.approvals import ApprovalsPage
from views.approvals.narrowing import read_spans
from views.common.dialogs import Reason

REQUEST = 1


def test_the_sentence_says_who_may_what_and_what_stays_shut(sit: Sit) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        said = page.view.sentence.plain()
        assert "周敏" in said
        assert "2 分" in said
        assert "其余 1 分" in said
        assert "12-03 18:00" in said
        assert "西岗办法第十九条" in page.view.ground.plain()
        assert "经本机关负责人同意" in page.view.ground.plain()
        assert "核对登记保存的账簿册数" in page.view.facts["why"].plain()
        assert "0:00:30–0:02:30" in page.view.facts["what"].plain()
        lines = [page.decision.digest.itemAt(k).widget() for k in range(4)]
        assert "".join(one.full for one in lines).replace(" ", "").lower() == page.digest.digest
        assert page.queue.hasFocus()
        assert ApprovalsPage.waiting(desk.archive) == 1


def test_a_wrong_password_is_told_under_the_field_and_the_right_one_signs(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        desk.press("Ctrl+Return")
        assert page.decision.password_field.verdict == "请输入口令，才能签名"
        page.decision.password.setText("not-the-password")
        desk.press("Ctrl+Return")
        assert "不正确" in page.decision.password_field.verdict
        assert page.decision.password.text() == ""
        assert page.decision.password.hasFocus()
        assert page.digest.request.state is RequestState.WAITING
        page.decision.password.setText(o.PASSWORD)
        desk.press("Ctrl+Return")
        assert page.banner.kind == "good"
        assert page.stack.currentWidget() is page.nothing
    assert ("韩立", "requests.decide", "refused") in entries(archive)
    assert ("韩立", "requests.decide", "done") in entries(archive)


def test_a_no_needs_a_reason(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        page.decision.password.setText(o.PASSWORD)
        desk.click(page.decision.no)
        assert page.decision.reason_field.verdict == "请写明理由，理由会写进决定"
        assert archive.approvals.waiting()
        page.decision.reason.setText("与本案无关")
        desk.click(page.decision.no)
        assert page.banner.kind == "info"
        decided = archive.approvals.decided()[0]
        assert (decided.state, decided.reason) == (RequestState.REFUSED, "与本案无关")


def test_a_part_is_granted_and_never_more_than_was_asked(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        desk.click(page.decision.part)
        row = page.narrowing._rows[0]
        row.spans.setText("0:00:20–0:01:00")
        row.spans.editingFinished.emit()
        assert row.field.verdict == "超出了申请的范围"
        assert not page.decision.yes.isEnabled()
        row.spans.setText("0:00:30–0:01:00")
        row.spans.editingFinished.emit()
        assert "30 秒" in page.narrowing.sentence.plain()
        assert "其余 2 分 30 秒" in page.narrowing.sentence.plain()
        page.decision.reason.setText("其余与册数无关")
        page.decision.password.setText(o.PASSWORD)
        desk.press("Ctrl+Return")
        assert page.banner.kind == "good"
    o.sign_in(archive, o.OFFICER)
    assert [line.spans for line in archive.media.openable()] == [((30_000_000, 60_000_000),)]


def test_nothing_ticked_cannot_be_signed_and_esc_leaves_the_part(sit: Sit) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        desk.click(page.decision.part)
        desk.click(page.narrowing.first())
        assert not page.decision.yes.isEnabled()
        assert page.narrowing.sentence.plain() == "还没有勾选任何一件。"
        desk.press("Esc")
        assert page.view.isVisible()
        assert not page.narrowing.isVisible()
        assert page.decision.yes.isEnabled()


def test_preview_shows_asked_seconds_only_and_is_in_the_ledger(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        desk.press("P")
        assert page.view.bar.pictures == 8
        assert page.view.preview.isEnabled()
        opened = archive.media.preview(page.digest.request.id, page.view.shown_item.component)
        found = excerpts(archive, opened, Silent())
        assert all(30_000_000 <= one.us < 150_000_000 for one in found)
        assert all(len(one.bgra) == one.width * one.height * 4 for one in found)
    assert ("韩立", "requests.preview", "done") in entries(archive)


def test_a_letter_p_in_the_reason_is_a_letter(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        page.decision.reason.setFocus()
        desk.press("P")
        assert page.decision.reason.text().lower() == "p"
    assert ("韩立", "requests.preview", "done") not in entries(archive)


def test_a_paper_is_previewed_by_its_first_page(sit: Sit, archive) -> None:
    request = ask(archive, "现场检查笔录")
    with sit(o.LEADER) as desk:
        page = desk.go("approvals", request=request)
        assert "查阅《现场检查笔录》" in page.view.sentence.plain()
        desk.click(page.view.preview)
        assert page.view.bar.pictures == 1


def test_what_was_decided_can_be_taken_back_with_a_reason(sit: Sit, archive) -> None:
    grant(archive, RequestId(REQUEST))
    with sit(o.LEADER) as desk:
        page = desk.go("approvals", request=REQUEST)
        assert page.which.chosen == 1
        assert "已批准" in page.view.sentence.plain()
        assert not page.decision.signing.isVisible()
        assert page.decision.back.isVisible()
        desk.click(page.decision.back)
        dialog = next(d for d in desk.shell.findChildren(Reason) if d.isVisible())
        desk.click(dialog.verb)
        assert dialog.isVisible(), "without a reason nothing is taken back"
        desk.reason("范围有误")
        assert page.banner.kind == "good"
        assert archive.approvals.decided()[0].revoke_reason == "范围有误"
        assert not page.decision.back.isVisible()


def test_a_request_that_changed_meanwhile_is_not_signed(sit: Sit, archive) -> None:
    with sit(o.LEADER) as desk:
        page = desk.go("approvals")
        connection = archive.database._connect()
        connection.execute("UPDATE request SET purpose = '另有用途' WHERE id = ?", (REQUEST,))
        connection.close()
        page.decision.password.setText(o.PASSWORD)
        desk.press("Ctrl+Return")
        assert page.banner.kind == "refused"
        assert "另有用途" in page.view.facts["why"].plain(), "what is there now is read before anybody can sign"
        assert archive.approvals.waiting()


@pytest.mark.parametrize("size", [(1440, 900), (1280, 720)])
def test_one_decision_needs_no_scrolling(sit: Sit, archive, size: tuple[int, int]) -> None:
    ask(archive, "先行登记保存证据清单", Verb.COPY, copies=2)
    with sit(o.LEADER, size) as desk:
        page = desk.go("approvals", request=2)
        desk.click(page.view.preview)
        assert page.size() == page.parentWidget().size()
        assert "2 份" in page.view.sentence.plain()


def test_nothing_is_cut_nor_unnamed_at_four_sizes(look: QApplication, sit: Sit, archive) -> None:
    o.sign_in(archive, o.LEADER)
    with sit(o.LEADER) as desk:
        digest = archive.approvals.digest(archive.approvals.waiting()[0].id)

        def build() -> ApprovalsPage:
            page = ApprovalsPage(archive, desk.bridge, desk.shell)
            page._lines = ([digest.request], [])
            page._asked = digest.request.id
            page._show_queue()
            page._show(digest)
            return page

        check_page(look, build)
        page = desk.go("approvals")
        assert not any("……" in words for words in elided(page))


def test_spans_are_read_as_people_write_them() -> None:
    assert read_spans("0:00:30–0:02:30") == ((30_000_000, 150_000_000),)
    assert read_spans("30:00-31:00；0:40:00至0:41:00") == ((1_800_000_000, 1_860_000_000), (2_400_000_000, 2_460_000_000))
    assert read_spans(" ") == ()
    for wrong in ("0:02:30–0:00:30", "abc", "0:00:30", "1–2–3"):
        with pytest.raises(ValueError):
            read_spans(wrong)
