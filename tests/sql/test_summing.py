"""Sums that a database keeps: whole from the moment they begin, whoever writes meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError

from desktop.sql.engine import Place, writer
from desktop.sql.summing import Summing

SUMMING = Summing(
    table="paid",
    sums="paid_sum",
    name="paid",
    keys=("office",),
    entries=(("{row}.office",),),
    adds={"amount": "{row}.amount"},
    reads=("office", "amount"),
)


def made(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE paid (office TEXT, amount INTEGER)"))
    connection.execute(text("CREATE TABLE paid_sum (office TEXT PRIMARY KEY, amount INTEGER)"))
    connection.execute(text("INSERT INTO paid VALUES ('21', 5), ('3', 7)"))


def sums(connection: Connection) -> dict[str, int]:
    rows = connection.execute(text("SELECT office, amount FROM paid_sum WHERE amount <> 0"))
    return {str(office): int(amount) for office, amount in rows}


def test_they_follow_what_is_written_changed_and_taken_away(any_url: Place) -> None:
    engine = writer(any_url)
    with engine.begin() as connection:
        made(connection)
        SUMMING.create(connection)
        assert sums(connection) == {"21": 5, "3": 7}
        connection.execute(text("INSERT INTO paid VALUES ('21', 4)"))
        connection.execute(text("UPDATE paid SET office = '21' WHERE office = '3'"))
        connection.execute(text("DELETE FROM paid WHERE amount = 5"))
        assert sums(connection) == {"21": 11}
    engine.dispose()


def test_what_is_written_as_they_begin_is_in_them(postgres_url: str) -> None:
    engine = writer(postgres_url)
    with engine.begin() as connection:
        made(connection)
    written: list[bool] = []

    def write(ran: Connection, cursor: Any, statement: str, *_: Any) -> None:
        """Another program, the moment after what is there was added up."""
        if not statement.startswith("INSERT INTO paid_sum") or written:
            return
        written.append(False)
        with engine.connect() as other:
            other.execute(text("SET lock_timeout = '100ms'"))
            try:
                other.execute(text("INSERT INTO paid VALUES ('21', 100)"))
            except DBAPIError:
                return
            other.commit()
            written[0] = True

    with engine.begin() as connection:
        event.listen(connection, "after_cursor_execute", write)
        SUMMING.create(connection)
    assert written == [False]
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO paid VALUES ('21', 100)"))
        assert sums(connection) == {"21": 105, "3": 7}
    engine.dispose()
