"""Many cases of a desk at once, and bare commits: what the bench measures against."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, insert, literal, select, text
from sqlalchemy.orm import Session

from desktop.chance import new_id
from desktop.domain import commands as c
from desktop.domain import facts as f
from desktop.domain.persian import sort_key
from desktop.domain.search_words import words
from desktop.sql.engine import File, writer
from desktop.store import blobs, meta, search_table
from desktop.store.ledger import PrintState
from desktop.store.row import Rank
from desktop.store.tables import (
    Base,
    BlobRow,
    CaseRow,
    FactRow,
    OutboxRow,
    PrintRow,
    ReadingRow,
    WorkItemRow,
)
from desktop.store.work_items import ItemKind

_A_DAY, _OPEN_DAYS = 120, 30
_DATES = ("received_on", "received_at", "due_on", "updated_at", "slot_day")
_CHUNK = 5_000
# One of so many cases left something to be seen to.
_TO_SEE = 20


def multiply(place: File, names: Iterator[tuple[str, str]], count: int) -> None:
    """Add `count` rows like the ones that the store's queue holds, under other names.

    As in an office that has been open for years, every day has so many, and what is older than a
    month is closed. `names` gives (first, last). Of each day before today stands beside them what
    grows with them, as far as pages ask for it: lists, home, till and what waits can be looked at
    afterwards, no single case. Raises LookupError for an empty queue.
    """
    engine = writer(place)
    with Session(engine) as session, session.begin():
        home = meta.get(session).identity.home
        columns = [each.key for each in CaseRow.__table__.columns if each.key != "id"]
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
            ids = list(session.scalars(insert(CaseRow).returning(CaseRow.id), many))
            words_of = [row["words"] for row in many]
            search_table.put_many(session, list(zip(ids, words_of, strict=True)))
            if older := ids[max(0, _A_DAY - start) :]:
                _put_beside(session, home, CaseRow.id.between(older[0], older[-1]))
    engine.dispose()


def _put_beside(session: Session, home: str, those: ColumnElement[bool]) -> None:
    """Acts, facts, prints, looks, papers and what was seen to of those cases, all long settled.

    They stand before all that is there (their numbers are less than nothing), so that nothing goes
    to the centre or is taken for its next. A fact is of no revision, so that nobody reads its text.
    """
    number, at = CaseRow.id, CaseRow.received_at
    for place, (kind, command) in enumerate(
        ((f.Decided.kind, c.Register.kind), (f.FeePaid.kind, c.PayFee.kind))
    ):
        seq = -(number * 2 + place)
        command_id = CaseRow.case_id + f":{command}"
        _put(
            session, OutboxRow, those, device_seq=seq, command_id=command_id,
            case_id=CaseRow.case_id, kind=literal(command), actor=CaseRow.registered_by, made_at=at,
            canon=literal(""), hash=literal(""),
        )  # fmt: skip
        _put(
            session, FactRow, those, stream=literal(home), pos=seq, case_id=CaseRow.case_id,
            rev=literal(0), cause=command_id, kind=literal(kind), at=at, canon=literal(""),
            hash=literal(""),
        )  # fmt: skip
    _put(session, ReadingRow, those, seq=-number, at=at, canon=literal(""), hash=literal(""))
    _put(
        session, PrintRow, those, id=-number, case_id=CaseRow.case_id,
        letter_id=CaseRow.case_id + ":letter", copy=literal(1), sha256=literal(""),
        printer=literal(""), actor=CaseRow.registered_by, reason=literal(""),
        state=literal(PrintState.PRINTED.value), started_at=at, ended_at=at,
    )  # fmt: skip
    _put(
        session, BlobRow, those, sha256=CaseRow.case_id + ":paper", size=literal(0),
        state=literal(blobs.STORED), kept_at=at, content=literal(b""),
    )  # fmt: skip
    _put(
        session, WorkItemRow, those & (number % _TO_SEE == 0), item_id=CaseRow.case_id + ":item",
        kind=literal(ItemKind.DOUBLE.value), case_id=CaseRow.case_id, command_id=literal(""),
        command_kind=literal(""), actor=literal(""), words=literal(""), key=literal(""),
        mine=literal(""), theirs=literal(""), detail=literal("{}"), at=at, done_at=at,
        done_by=CaseRow.registered_by,
    )  # fmt: skip


def _put(
    session: Session, row: type[Base], those: ColumnElement[bool], **told: SQLColumnExpression[Any]
) -> None:
    """A row of that table for each of those cases."""
    session.execute(insert(row).from_select(list(told), select(*told.values()).where(those)))


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
        "provisional": False,
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
