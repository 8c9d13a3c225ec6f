"""From a request to a verified ledger, at the pages: ask, sign, play, audit, alter, be named."""

from __future__ import annotations

from models.terms import Outcome
from tests.views import office as o
from tests.views.approvals.sitting import Sit
from tests.views.ledger.test_ledger_page import alter


def test_two_minutes_are_asked_signed_played_and_every_step_is_seen(sit: Sit, archive, qtbot) -> None:
    with sit(o.LEADER) as desk:  # the officer's request for two minutes waits since the morning
        page = desk.go("approvals")
        page.decision.password.setText("wrong-0000")
        desk.press("Ctrl+Return")
        assert "不正确" in page.decision.password_field.verdict
        page.decision.password.setText(o.PASSWORD)
        desk.press("Ctrl+Return")
        assert page.banner.kind == "good"

    with sit(o.OUTSIDER) as desk:
        page = desk.go("player", component=8, grant=1)
        assert page.stack.currentWidget() is page.trouble

    with sit(o.OFFICER) as desk:
        desk.go("player")
        desk.press("Return")
        page = desk.page
        qtbot.waitUntil(lambda: page.view.player is not None and page.view.player.shown is not None)
        spans = [(s.start_us, s.end_us) for s in page.view.player.spans]
        assert spans == [(30_000_000, 150_000_000)]
        reader = page.view.player.fenced
        assert reader is not None
        page.view.player.span_played.emit(30_000_000, 45_000_000)
        desk.press("Esc")

    with sit(o.AUDITOR) as desk:
        page = desk.go("ledger")
        seen = [(line.person, line.act, line.outcome) for line in page.model.rows]
        for step in ((o.OFFICER, "requests.create", Outcome.DONE), (o.LEADER, "requests.decide", Outcome.REFUSED),
                     (o.LEADER, "requests.decide", Outcome.DONE), (o.OUTSIDER, "media.open", Outcome.REFUSED),
                     (o.OFFICER, "media.open", Outcome.DONE), (o.OFFICER, "media.play", Outcome.DONE),
                     (o.OFFICER, "media.close", Outcome.DONE)):
            assert step in seen, step
        desk.click(page.verify)
        assert page.verdict.kind == "good"
        alter(archive, "UPDATE decision SET reason = '本来写的是别的' WHERE id = 1")
        desk.click(page.verify)
        assert page.verdict.kind == "late"
        assert any("表 decision 第 1 行" in words for words in page.report.sentences)
        assert page.report.findings[0].facts["act"] == "requests.decide"


def test_a_grant_whose_document_was_altered_opens_nothing(sit: Sit, archive) -> None:
    o.sign_in(archive, o.LEADER)
    digest = archive.approvals.digest(1)
    archive.approvals.decide(1, True, "", o.PASSWORD, digest.digest)
    alter(archive, "UPDATE decision SET document = replace(document, '150000000', '179000000')")
    with sit(o.OFFICER) as desk:
        page = desk.go("player", component=8, grant=1)
        assert page.stack.currentWidget() is page.trouble
        assert "签名与内容不符" in page.trouble.words
        desk.press("Esc")
        assert page.shelf.currentWidget() is page.shelf.nothing
