"""The first journey, step by step, through the pages that a person would use; each step is seen in the ledger at the end."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop.approvals import RequestLine
from desktop.cases import Folder
from desktop.demo.footage import make_recording, make_wav
from desktop.demo.papers import case_papers
from desktop.policy.clocks import BEIJING
from desktop.policy.powers import Power, Range, powers_text
from desktop.registers import CertificateDraft
from models.terms import CaseId, Stage
from views.requests.items import SpanLine

CASE = "西财罚〔2026〕17号"
CARRIED = "记录仪0412"


def journey(walk: Any) -> None:
    """Deposit, link, label, ask, sign, watch, verify."""
    walk.picture("01-signin")
    source = carried_in(walk.home / CARRIED)
    archivist_deposits(walk, source)
    archivist_marks(walk)
    officer_asks(walk)
    leader_signs(walk)
    officer_watches(walk)
    clerk_answers(walk)
    auditor_verifies(walk)
    administrators(walk)


def carried_in(folder: Path) -> Path:
    """What comes out of a recorder's bag: a recording, a sound, a paper, a file that broke off."""
    folder.mkdir()
    make_recording(str(folder / "DSJ-0412_送达.mp4"), 12, 640, 360, start=datetime(2026, 11, 21, 9, 30, tzinfo=BEIJING),
                   caption="DSJ-0412", seed=41)
    make_wav(str(folder / "送达说明.wav"), 6, 42)
    (folder / "送达回证.pdf").write_bytes(case_papers("finance")[-1].pdf())
    whole = (folder / "DSJ-0412_送达.mp4").read_bytes()
    (folder / "DSJ-0412_中断.mp4").write_bytes(whole[: len(whole) // 2])
    return folder


def archivist_deposits(walk: Any, source: Path) -> None:
    walk.sign_in("沈静宜")
    walk.picture("02-today")
    today = walk.go("today")
    today.clocks.list.toggle(today.clocks.model.row(0))
    walk.picture("02-today-sum")
    today.step_back()
    page = walk.go("deposit")
    walk.picture("03-deposit")
    page.take([os.fsencode(source)])
    walk.settle()
    walk.picture("04-deposit-ready")
    page.start()
    walk.settle()
    walk.picture("05-deposit-done")
    walk.step("档案员把记录仪里的文件移交入库")
    for number, name in enumerate(("unlinked", "quarantine", "past")):
        page.show_tab(number)
        walk.picture(f"06-deposit-{name}")
    case = walk.archive.cases.numbered(CASE)
    new = [r.id for r in walk.archive.cases.unlinked() if r.title.startswith(("DSJ-0412", "送达"))]
    page.link(new, case, Stage.SERVE, "按送达回证归卷")
    walk.settle()
    walk.step("把录像和文书归入案卷")
    walk.go("cases")
    walk.picture("07-cases")
    walk.go("case", case=case)
    walk.picture("08-case")
    case_opened_up(walk)
    walk.go("footage", case=case)
    walk.picture("08-recordings")
    walk.go("case_form")
    walk.picture("09-case-form")
    search = walk.go("search", words="账簿")
    walk.until(lambda: not walk.window.bridge.busy(), said="search")
    walk.picture("10-search")
    assert search is not None
    walk.go("settings")
    walk.picture("11-settings-archivist")
    rules_read(walk)


def rules_read(walk: Any) -> None:
    """The rules: an article, what is left open, a draft, the year, the list, the recorders."""
    page = walk.go("rulebook", rule="XG-16-deposit")
    walk.picture("25-rulebook")
    page.regulations.begin()
    walk.picture("25-rulebook-draft")
    page.regulations.draft.set_value(("deadline", 2, "number"), 20)
    walk.settle()
    page.regulations.draft.rules.stand_on("XG-18-filing")
    walk.picture("25-rulebook-draft-changed")
    page.regulations.draft.throw_away()
    walk.settle()
    for tab in ("calendar", "matters", "recorders"):
        walk.go("rulebook", tab=tab)
        walk.picture(f"25-rulebook-{tab}")
    registers_filled(walk)
    walk.go("trial")
    walk.picture("25-trial")
    walk.step("档案员把同一件案子放在五份制度下比较")


def registers_filled(walk: Any) -> None:
    """The agency's registers: the list of powers empty and drafted, certificates of the two officers, the act and penalties of the case."""
    walk.go("rulebook", tab="powers")
    walk.picture("25-rulebook-powers-empty")
    room = walk.archive.registers
    fine = Range(kind="fine", least="3000", most="50000")
    room.powers_draft(powers_text([Power(number="1", cause="未按照规定保管会计资料", organ="西岗区财政局", article="会计法第四十条",
                                         penalty=[Range(kind="warning"), fine])]), "按权责清单填写")
    for number, name, last in (("LN-0207-031", "周敏", date(2031, 4, 30)), ("LN-0207-044", "李建国", date(2026, 12, 31))):
        room.certificate_add(CertificateDraft(number, name, date(2022, 1, 1), last, "财政监督科"))
    for tab in ("powers", "certificates"):
        walk.go("rulebook", tab=tab).reread()
        walk.settle()
        walk.picture(f"25-rulebook-{tab}")
    walk.go("case", case=walk.archive.cases.numbered(CASE), item="matter")
    walk.settle()
    walk.picture("08-case-matter")
    walk.page.close_form()
    walk.step("职权清单由一人起草、另一人确认，执法证登记有效期，评查时逐项核对")


def case_opened_up(walk: Any) -> None:
    """The case from its other sides: an item with its article, a paper's form, the limits with a sum, end and filing."""
    page = walk.page
    page.open_item(page.read.course.wanting[0].id if page.read.course.wanting else page.read.course.answers.items[0].id)
    walk.picture("08-case-item")
    page.procedure.begin_paper(page.procedure.item.item)
    walk.picture("08-case-paper")
    page.close_form()
    page.close_form()
    for section, shot in ((1, "08-case-limits"), (2, "08-case-closing")):
        page.show_section(section)
        walk.picture(shot)
    page.show_section(0)


def archivist_marks(walk: Any) -> None:
    """Self-score before filing: what the program found, what it only suspects, and the sheet itself."""
    page = walk.go("scoring", case=walk.archive.cases.numbered(CASE))
    page.begin_it()
    walk.until(lambda: page.sheet.view is not None, said="the marking")
    for item, shot in (("E5", "25-scoring"), ("V8", "26-scoring-suspected")):
        page.sheet.choose(item)
        walk.picture(shot)
    walk.step("档案员归档前自评案卷：哪里扣分、依据哪一条、到哪里补正")
    walk.go("score_sheet")
    walk.picture("27-scoring-sheet")


def recording(walk: Any) -> tuple[CaseId, Folder]:
    case = walk.archive.cases.numbered(CASE)
    return case, walk.archive.cases.look(case)


def officer_asks(walk: Any) -> None:
    walk.sign_in("周敏")
    walk.picture("12-today-officer")
    case, folder = recording(walk)
    record = next(r for r in folder.records if r.title.startswith("现场检查录像（第2段）"))
    page = walk.go("request", case=case, records=[record.id])
    walk.picture("13-request")
    ask_for_half_a_minute(walk, page)
    walk.step("执法人员申请查看录像中的一段")
    walk.go("requests")
    walk.picture("14-requests")


def ask_for_half_a_minute(walk: Any, page: Any) -> None:
    """Fill in the form as a person does: from, to, purpose."""
    item = page.items[0]
    item.whole.group.button(1).click()
    line = item.findChild(SpanLine)
    line.start.setText("0:00:10")
    line.end.setText("0:00:40")
    page.purpose.setPlainText("核对清点过程，制作补充笔录")
    walk.settle()
    walk.picture("13-request-filled")
    before = len(walk.archive.approvals.mine())
    page.submit()
    walk.until(lambda: len(walk.archive.approvals.mine()) > before, said="the request")


def leader_signs(walk: Any) -> None:
    walk.sign_in("韩立")
    walk.picture("15-today-leader")
    page = walk.go("approvals")
    walk.picture("16-approvals")
    waiting: list[RequestLine] = walk.archive.approvals.waiting()
    sign(walk, page, waiting[-1])
    walk.until(lambda: len(walk.archive.approvals.waiting()) < len(waiting), said="the signature")
    walk.settle()
    walk.picture("17-approvals-signed")
    walk.go("statistics")
    for number, name in enumerate(("rates", "matters", "articles")):
        walk.page.choose_view(number)
        walk.picture(f"17-statistics-{name}")
    walk.step("负责人看清申请的内容，重新输入口令，签名批准")


def sign(walk: Any, page: Any, line: RequestLine) -> None:
    """Read, look at the pictures, type the password; a wrong one first, as happens."""
    walk.go("approvals", request=line.id)
    page.view.preview.click()
    walk.settle()
    walk.picture("16-approvals-preview")
    for password in ("not this one", "lantai-leader"):
        page.decision.password.setText(password)
        page.decision.yes.click()
        walk.settle()
        if password == "not this one":
            walk.picture("16-approvals-wrong-password")


def officer_watches(walk: Any) -> None:
    walk.sign_in("周敏")
    line = next(r for r in walk.archive.approvals.mine() if r.usable)
    page = walk.go("player", component=line.items[0].component, grant=line.grant)
    walk.picture("18-player")
    before = page.view.player.position
    page.view.controls.play_button.click()
    walk.until(lambda: page.view.player.position > before + 1_000_000, said="the picture moves")
    page.view.controls.play_button.click()
    walk.picture("19-player-played")
    walk.step("执法人员打开录像，只能看批准的几秒")
    paper = next(r for r in walk.archive.approvals.mine() if r.usable)
    assert paper.number
    walk.go("today")
    walk.until(lambda: ("media.play", "done") in in_ledger(walk), said="the played span in the ledger")


def clerk_answers(walk: Any) -> None:
    """A request for information with its limit opened, the form of its answer, and the complaint that guards a recording."""
    walk.sign_in("赵平")
    page = walk.go("disclosure")
    section = page.requests
    section.detail.toggle(section.file.line.clock.ground.rule)
    walk.picture("28-requests-for-information")
    section.begin_step("answer", section.file.line.id)
    section.form.which.choose("partly")
    walk.picture("28-requests-for-information-answer")
    page.step_back()
    walk.go("disclosure", tab="complaints")
    walk.picture("29-complaints")
    walk.step("窗口接待员看公开申请的答复期限怎样算出，怎样答复")


def auditor_verifies(walk: Any) -> None:
    walk.sign_in("吴岚")
    walk.picture("20-today-auditor")
    page = walk.go("ledger")
    walk.picture("21-ledger")
    walk.step("审计员看到每一步，包括被拒绝的")
    page.verify.click()
    walk.until(lambda: ("ledger.verify", "done") in in_ledger(walk), 120, said="the verification")
    walk.picture("22-ledger-verified")
    walk.step("核验整个档案库：没有改动")
    missing = EXPECTED - in_ledger(walk)
    if missing:
        raise SystemExit(f"not in the ledger: {sorted(missing)}")


def in_ledger(walk: Any) -> set[tuple[str, str]]:
    """The acts that stand in the ledger, with their outcomes."""
    return set(walk.archive.database.connection().execute("SELECT DISTINCT act, outcome FROM ledger_entry").fetchall())


EXPECTED = {("intake.begin", "done"), ("intake.admit", "done"), ("records.edit", "done"), ("requests.create", "done"),
            ("requests.preview", "done"), ("requests.decide", "refused"), ("requests.decide", "done"), ("media.open", "done"),
            ("media.play", "done"), ("people.sign_in", "done"), ("ledger.read", "done"), ("ledger.verify", "done")}


def administrators(walk: Any) -> None:
    for name, shot in (("孙立", "23-settings-sysadmin"), ("马静", "24-settings-secadmin")):
        walk.sign_in(name)
        walk.go("settings")
        walk.picture(shot)
