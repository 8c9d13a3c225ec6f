"""Writes models/migrations/0001_first.py: the tables of `models` and what the database adds to them, as frozen statements.

For the developers, and only until the first release: from then on a change of the tables is a new numbered script.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from peewee import SchemaManager  # noqa: E402 - the path first
from playhouse.apsw_ext import APSWDatabase  # noqa: E402

from models.base import SchemaStep  # noqa: E402
from models.schema import EXTRAS, TABLES  # noqa: E402

HEAD = '''"""The first form of the tables, frozen: written by `installer/freeze_schema.py`, never edited."""

from __future__ import annotations

from typing import Any

'''
TAIL = '''

def up(migrator: Any, db: Any) -> None:
    """Make every table, index and trigger of the first form in an empty database."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
'''


def statements() -> list[str]:
    """What a database of today's models says of itself, in the order in which it was made."""
    database = APSWDatabase(":memory:")
    database.connect()
    for table in TABLES:
        if table is not SchemaStep:  # the runner makes its own history
            SchemaManager(table, database).create_all(safe=False)
    made = [sql for (sql,) in database.execute_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")]
    database.close()
    return [*made, *EXTRAS]


def written(statement: str, width: int = 110) -> str:
    """A statement as Python text, cut at its blanks."""
    lines, rest = [], statement
    while len(rest) > width:
        at = rest.rfind(" ", 0, width) + 1
        lines.append(rest[:at])
        rest = rest[at:]
    lines.append(rest)
    return "\n".join(f"    {'' if n == 0 else ' '}{line!r}" for n, line in enumerate(lines)) + ","


def main() -> int:
    body = "\n".join(written(statement) for statement in statements())
    script = f"{HEAD}STATEMENTS: tuple[str, ...] = (\n{body}\n)\n{TAIL}"
    (ROOT / "models" / "migrations" / "0001_first.py").write_text(script, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
