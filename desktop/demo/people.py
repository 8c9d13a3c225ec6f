"""Who works in the training archive: one in every role, with passwords that everybody may know."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.people import Newcomer
from desktop.roles import roles
from models.secrecy import Clearance

_FULL = Clearance(0, True, True)

PEOPLE = (
    Newcomer("韩立", "leader", "副局长", clearance=_FULL),
    Newcomer("沈静宜", "archivist", "档案室", clearance=_FULL),
    Newcomer("周敏", "officer", "监督科", "LN-0207-031", _FULL),
    Newcomer("李建国", "officer", "监督科", "LN-0207-044"),
    Newcomer("赵平", "clerk", "服务大厅"),
    Newcomer("陈立群", "reviewer", "法制科", clearance=_FULL),
    Newcomer("孙立", "sysadmin", "信息科"),
    Newcomer("马静", "secadmin", "保密办"),
    Newcomer("吴岚", "auditor", "纪检室", clearance=_FULL),
)


@dataclass(frozen=True)
class TrainingPerson:
    """Somebody of the training archive and their password."""

    name: str
    role: str
    role_title: str
    password: str


def password_of(newcomer: Newcomer) -> str:
    """The training password of a role: printed, because a training archive keeps no secret."""
    return f"lantai-{newcomer.role}" + ("-2" if newcomer.name == "李建国" else "")


def training_people() -> list[TrainingPerson]:
    """Everybody, in the order of the sign-in list."""
    return [TrainingPerson(p.name, p.role, roles()[p.role].title, password_of(p)) for p in PEOPLE]
