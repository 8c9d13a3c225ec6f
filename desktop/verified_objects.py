"""What the last verification said of each stored object: its findings by object, and from when on nothing is known yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from desktop.ledger.walk import Finding
from models.base import Fact

_NAME = "objects_verified"
_MOST = 10_000  # objects that are named; with more than these, the others are not called sound either
_COMPONENTS = """SELECT c.id, o.object_id, o.created_at FROM component c JOIN stored_object o ON o.id = c.object_id
    WHERE c.id IN (SELECT value FROM json_each(?))"""


def keep_verdict(begun: str, findings: Iterable[Finding]) -> None:
    """Keep the findings of a verification that began then, in the act that writes it down.

    A finding in the ledger or in a row leaves it open whether the digests beside it can be trusted: then no object is called sound.
    """
    faults = list(findings)
    damaged = sorted({str(one.facts["object_id"]) for one in faults if "object_id" in one.facts})
    sound = all(one.code.startswith(("object.", "file.")) for one in faults) and len(damaged) <= _MOST
    value = json.dumps({"begun": begun, "damaged": damaged[:_MOST], "sound": sound})
    if Fact.get_or_none(Fact.name == _NAME) is None:
        Fact.create(name=_NAME, value=value)
    else:
        Fact.update(value=value).where(Fact.name == _NAME).execute()


def verdicts(connection: Any, components: Sequence[int]) -> dict[int, bool]:
    """Of each component whether its object was whole at the last verification; one that came later, or of which nothing is known, is not there."""
    rows = connection.execute("SELECT value FROM fact WHERE name = ?", (_NAME,)).fetchall() if components else []
    if not rows:
        return {}
    told = json.loads(rows[0][0])
    damaged = set(told["damaged"])
    found = {}
    for component, object_id, created in connection.execute(_COMPONENTS, (json.dumps(list(components)),)):
        if object_id in damaged:
            found[component] = False
        elif told["sound"] and created < told["begun"]:
            found[component] = True
    return found
