"""A small agency for tests: people in every role, three cases, a few records; made once and copied for each test."""

from __future__ import annotations

import os
import shutil
import wave
from pathlib import Path

import desktop.vault.desk
import desktop.vault.keys
from desktop.archive import Archive
from desktop.cases import CaseDraft, OfficerName, PartyName
from desktop.intake import deposit
from desktop.jobs import Silent
from desktop.opening import found, open_archive
from desktop.people import Newcomer
from desktop.vault.wrapping import least_kdf
from models.secrecy import Clearance, Label
from models.terms import CaseId, EnforcementKind

FULL = Clearance(0, True, True)
LEADER, ARCHIVIST, OFFICER, SECOND, CLERK, REVIEWER = "韩立", "沈静宜", "周敏", "李建国", "陈立群", "吴岚"
SYSADMIN, SECADMIN, AUDITOR = "系统员", "安全员", "审计员"
PEOPLE = [
    Newcomer(LEADER, "leader", "副局长", clearance=FULL), Newcomer(ARCHIVIST, "archivist", clearance=FULL),
    Newcomer(OFFICER, "officer", certificate="LN-0412"), Newcomer(SECOND, "officer", certificate="LN-0417", clearance=FULL),
    Newcomer(CLERK, "clerk"), Newcomer(REVIEWER, "reviewer", clearance=FULL), Newcomer(SYSADMIN, "sysadmin"),
    Newcomer(SECADMIN, "secadmin"), Newcomer(AUDITOR, "auditor", clearance=FULL),
]
OPEN_CASE, TRADE_CASE, PRIVATE_CASE = "西财检〔2026〕9号", "西财罚〔2026〕17号", "西财罚〔2026〕21号"


def password_of(name: str) -> str:
    """Every person's password in the test agency."""
    return f"口令-{name}-123"


def passwords_at_least_cost() -> None:
    """Lock new passwords in this process at the least cost: a blob names its own, and is asked as ever; it would be a third of all that tests do.

    That everyday cost is today's is held where nothing is replaced: for persons in test_vault_keys, for desks in test_commands.
    """
    for module in (desktop.vault.keys, desktop.vault.desk):
        module.fresh_kdf = least_kdf


def sign_in(archive: Archive, name: str) -> Archive:
    archive.people.sign_in(name, password_of(name))
    return archive


def make_office(root: Path) -> None:
    """Found the agency in an empty folder, with three cases and three small records in the first."""
    founding = found(root, "西岗区财政局档案室", "xigang-finance", [(p, password_of(p.name)) for p in PEOPLE], training=True)
    archive = sign_in(founding.archive, ARCHIVIST)
    case = archive.cases.create(CaseDraft(OPEN_CASE, "会计信息质量检查", EnforcementKind.INSPECTION, (PartyName("大连和润商贸有限公司", True),),
                                          (OfficerName(OFFICER, "LN-0412"), OfficerName(SECOND, "LN-0417")), started_on="2026-10-12"))
    archive.cases.create(CaseDraft(TRADE_CASE, "未按规定设置会计账簿案", EnforcementKind.PENALTY, (PartyName("大连海川水产有限公司", True),),
                                   (OfficerName(SECOND, "LN-0417"),), label=Label(trade=True)))
    archive.cases.create(CaseDraft(PRIVATE_CASE, "个体工商户账簿案", EnforcementKind.PENALTY, (PartyName("王海涛"),),
                                   (OfficerName(SECOND, "LN-0417"),), label=Label(privacy=True)))
    source = root.parent / f"{root.name}-source"
    source.mkdir()
    for n, name in enumerate(("现场检查笔录", "询问笔录", "现场录音")):
        make_wav(source / f"{name}.wav", n + 2)
    deposit(archive, [os.fsencode(source)], case, Label(), Silent())
    shutil.rmtree(source)
    archive.close()


def let_file(archive: Archive, case: CaseId) -> None:
    """Have the leader order that the case be filed with the gaps it has; whoever was signed in is so again."""
    who = archive.person.name
    sign_in(archive, LEADER)
    if archive.procedure.open_items(case):
        archive.procedure.order_filing(case, "测试案卷，按现状归档", password_of(LEADER))
    sign_in(archive, who)


def make_wav(path: Path, seconds: int) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes((k * 7 * seconds) % 251 for k in range(16_000 * seconds)))


def copy_office(template: Path, root: Path) -> Archive:
    """A fresh copy of the agency, open and with nobody signed in."""
    shutil.copytree(template, root)
    return open_archive(root)
