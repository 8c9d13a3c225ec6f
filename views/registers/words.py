"""Powers and certificates in words: penalties with their bounds, whose power it is, how long a certificate still runs."""

from __future__ import annotations

from desktop.i18n import _
from desktop.policy.powers import ENTRUSTED, Power, Range, read_yuan, yuan
from desktop.policy.vocabulary import vocabulary
from desktop.registers import CertificateLine, PowerLine

SOON = 60  # days before a certificate ends: renewing takes weeks


def range_words(one: Range) -> str:
    """罚款 1,000–50,000 元（一般）."""
    title = vocabulary().title("penalty", one.kind)
    least, most = (yuan(read_yuan(words)) if words else "" for words in (one.least, one.most))
    amount = _("{least}–{most} yuan").format(least=least or "0", most=most) if most else _("from {least} yuan").format(least=least) if least else ""
    return " ".join(filter(None, [title, amount, _("({grade})").format(grade=one.grade) if one.grade else ""]))


def penalties_words(power: Power) -> str:
    return "；".join(range_words(one) for one in power.penalty)


def organ_words(power: Power) -> str:
    """The organ, and in whose name a body that is entrusted decides."""
    if power.basis == ENTRUSTED:
        return _("{organ}, in the name of {other}").format(organ=power.organ, other=power.for_organ)
    return power.organ


def basis_words(power: Power) -> str:
    return vocabulary().title("power_basis", power.basis)


def version_state(line: PowerLine) -> tuple[str, str]:
    """The chip of a version: kind and words."""
    if line.withdrawn_at is not None:
        return "quiet", _("taken back")
    if line.in_force:
        return "good", _("in force")
    if line.waits:
        return "wait", _("to be confirmed by another")
    return "info", _("from {day}").format(day=line.effective_from.isoformat() if line.effective_from else "")


def version_words(line: PowerLine) -> str:
    """How many powers it has, and who drafted it."""
    return _("{n} powers, drafted by {name}").format(n=line.rows, name=line.author)


def version_more(line: PowerLine) -> str:
    """Who confirmed it, and why it was drafted."""
    return " · ".join(filter(None, [_("confirmed by {name}").format(name=line.seconded_by) if line.seconded_by else "", line.reason]))


def certificate_state(line: CertificateLine) -> tuple[str, str]:
    """The chip of a certificate: kind and words."""
    if line.days_left < 0:
        return "late", _("ended")
    if line.days_left <= SOON:
        return "soon", _("{n} days left").format(n=line.days_left)
    return "good", _("valid")
