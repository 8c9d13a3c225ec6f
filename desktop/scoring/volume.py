"""The bound volume of a filed case as the archive itself makes it: what its cover, closing note and list of contents bear."""

from __future__ import annotations

from dataclasses import replace

from models.cases import CaseFolder
from models.facts import CaseFacts, Volume


def with_volume(case: CaseFolder, unit: str, facts: CaseFacts) -> CaseFacts:
    """The facts with the volume that filing made; before filing there is none, and its items are for a person to look at.

    The list of contents is made from the records themselves. Who checked the volume is signed on paper and not known here.
    """
    if not case.filed_at:
        return replace(facts, volume=None)
    cover = {"全宗名称": unit, "类目名称": case.kind, "案卷题名": case.cause, "起止时间": case.started_on, "保管期限": case.retention_years,
             "件数": facts.volume and facts.volume.contents, "档号": case.case_number}
    listed = tuple(dict.fromkeys([*(paper.id for paper in facts.papers), *(piece.id for piece in facts.footage)]))
    return replace(facts, volume=Volume(case.case_number, True, frozenset(name for name, value in cover.items() if value),
                                        frozenset(("本卷情况说明", "立卷人", "立卷时间")), listed,
                                        unseen=frozenset(("检查人",))))
