"""Many rows of the queue at once, and bare commits: what the bench measures against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from desktop.chance import new_id
from desktop.domain.persian import sort_key
from desktop.sql.engine import File, writer
from desktop.store import search_table
from desktop.store.row import Rank, words
from desktop.store.tables import CaseRow

_A_DAY, _OPEN_DAYS = 120, 30
_DATES = ("received_on", "received_at", "due_on", "updated_at", "slot_day")
_CHUNK = 5_000


def multiply(path: Path, names: Iterator[tuple[str, str]], count: int) -> None:
    """Add `count` rows like the ones that the store's queue holds, under other names.

    As in an office that has been open for years, every day has so many, and what is older than a
    month is closed. `names` gives (first, last). The rows have no facts behind them: only the queue
    and the search can be looked at afterwards. Raises LookupError for an empty queue.
    """
    engine = writer(path)
    with Session(engine) as session, session.begin():
        columns = [c.key for c in CaseRow.__table__.columns if c.key != "id"]
        models = [
            {name: getattr(row, name) for name in columns}
            for row in session.scalars(select(CaseRow))
        ]
        if not models:
            raise LookupError("the queue is empty")
        closed = [model for model in models if model["rank"] == Rank.CLOSED] or models
        for start in range(0, count, _CHUNK):
            many = []
            for number in range(start, min(start + _CHUNK, count)):
                days = number // _A_DAY
                kind = models if days < _OPEN_DAYS else closed
                many.append(_like(kind[number % len(kind)], next(names), number, days))
            ids = session.scalars(insert(CaseRow).returning(CaseRow.id), many)
            search_table.put_many(
                session, list(zip(ids, (row["words"] for row in many), strict=True))
            )
    engine.dispose()


def _like(model: dict[str, Any], name: tuple[str, str], number: int, days: int) -> dict[str, Any]:
    first, last = name
    past = timedelta(days=days)
    earlier = {key: model[key] - past for key in _DATES if model[key] is not None}
    tracking = f"21{number:014d}"
    person = f"{9_990_000_000 + number}"
    return {
        **model,
        **earlier,
        "case_id": new_id(),
        "applicant": f"{first} {last}",
        "applicant_sort": sort_key(f"{last} {first}"),
        "applicant_id": person,
        "tracking": tracking,
        "words": words(f"{first} {last}", person, tracking, model["code"]),
    }


class Commits:
    """Commits of one row each to a SQLite file in WAL, synchronous=FULL."""

    def __init__(self, place: File) -> None:
        self._engine = writer(place)
        with self._engine.begin() as connection:
            connection.execute(text("CREATE TABLE line (words TEXT)"))

    def commit(self, times: int) -> None:
        """Commit so many times."""
        for _ in range(times):
            with self._engine.begin() as connection:
                connection.execute(text("INSERT INTO line VALUES (:words)"), {"words": "x" * 700})
