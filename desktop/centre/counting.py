"""Figures read off the centre's tables by SQL, on another path than the program's own."""

from __future__ import annotations

from sqlalchemy import text

from desktop.centre.context import Centre

DAY = {
    "cases": 'SELECT count(*) FROM "case"',
    "facts": "SELECT count(*) FROM fact",
    "letters": "SELECT count(*) FROM letter",
    "gaps": (
        "SELECT coalesce(sum(top - n), 0) FROM "
        "(SELECT max(serial) AS top, count(*) AS n FROM letter GROUP BY office, year) AS series"
    ),
    "held": "SELECT count(*) FROM command WHERE state = 'held'",
    "refused": "SELECT count(*) FROM command WHERE state = 'refused'",
}


def counted(centre: Centre) -> dict[str, int]:
    """Counts of a day: cases, facts, letters, gaps in letter numbers, held and refused commands."""
    with centre.reader.connect() as connection:
        return {name: int(connection.execute(text(sql)).scalar_one()) for name, sql in DAY.items()}
