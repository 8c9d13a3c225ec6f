"""What the player must know of a recording's place in its case: when it truly began, and which key points its activity still wants."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.media.viewing import KeyPoints
from desktop.policy import coverage
from desktop.policy.grounds import ground
from desktop.policy.vocabulary import vocabulary
from desktop.procedure.gathering import gather
from models.terms import ComponentId

if TYPE_CHECKING:
    from desktop.archive import Archive

_CASE = "SELECT r.case_id FROM component c JOIN record r ON r.id = c.record_id WHERE c.id = ? AND r.case_id IS NOT NULL"


def recording_of(archive: Archive, component_id: ComponentId) -> tuple[datetime | None, KeyPoints | None]:
    """The corrected begin of a recording and the key points (重点摄录内容) of its case's rules; None where it is in no case or of no time, and
    where nobody lists key points. For whom procedure is not, recordings beside this one prove nothing."""
    connection = archive.database.connection()
    found = list(connection.execute(_CASE, (int(component_id),)))
    gathered = gather(connection, [found[0][0]], archive.person.clearance) if found else []
    piece = next((one for one in gathered[0].facts.footage if one.id == str(component_id)), None) if gathered else None
    if piece is None:
        return None, None
    rules = archive.rules.profile(gathered[0].profile, gathered[0].version)
    keys = [key for rule in rules.points for key in rule.points] + [key for rule in rules.span for key in rule.spoken]
    if not keys:
        return piece.start, None
    beside = [one for one in gathered[0].facts.footage if one.activity == piece.activity and one.id != piece.id and piece.activity is not None]
    if not archive.may("procedure.read").allowed:
        beside = []
    article = "、".join(dict.fromkeys(ground(rules, rule).article for rule in rules.points))
    wanted = tuple((key, vocabulary().title("point", key)) for key in dict.fromkeys(keys))
    return piece.start, KeyPoints(article, wanted, frozenset(key for key, _words in wanted if coverage.points_proven(beside, key)))
