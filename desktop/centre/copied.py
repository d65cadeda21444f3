"""What the bench asks of PostgreSQL itself: the floor of copying, and a lock that is not let go."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import sql

_SAME = "CREATE TABLE copied (LIKE fact INCLUDING ALL)"
_FACTS = sql.SQL(
    "COPY (SELECT * FROM fact WHERE stream = {} AND pos > {} ORDER BY pos LIMIT {}) TO STDOUT"
)
_TEXTS = sql.SQL("COPY (SELECT canon FROM fact WHERE stream = {} ORDER BY pos) TO STDOUT")


def facts_in(place: str, stream: str, after: int, at_once: int) -> float:
    """Seconds that COPY takes to write the stream's later facts into a table like theirs, with its
    keys, so many in each transaction. `place` is as `sql.engine` takes it."""
    seconds = 0.0
    with _connected(place) as connection:
        connection.execute(_SAME)
        # As safe as the facts' own: a commit that is on the disk, into a table that would be read
        # back after the power went.
        connection.commit()
        try:
            while rows := _rows(connection, stream, after, at_once):
                begun = time.perf_counter()
                with connection.cursor().copy("COPY copied FROM STDIN") as copy:
                    copy.write(rows)
                connection.commit()
                seconds += time.perf_counter() - begun
                after += at_once
        finally:
            connection.rollback()
            connection.execute("DROP TABLE copied")
    return seconds


def _rows(
    connection: psycopg.Connection[tuple[object, ...]], stream: str, after: int, most: int
) -> bytes:
    rows = io.BytesIO()
    with connection.cursor().copy(_FACTS.format(stream, after, most)) as copy:
        for block in copy:
            rows.write(block)
    return rows.getvalue()


def texts_out(place: str, stream: str) -> float:
    """Seconds that COPY takes to give out the canonical texts of the stream."""
    begun = time.perf_counter()
    with _connected(place) as connection:
        with connection.cursor().copy(_TEXTS.format(stream)) as copy:
            for _ in copy:
                pass
        return time.perf_counter() - begun


def tend(place: str) -> None:
    """Bring statistics and visibility up to date, as autovacuum does within a minute of a load."""
    with psycopg.connect(place.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


@contextmanager
def device_locked(place: str, device_id: str) -> Iterator[None]:
    """The row of the device is another's for as long as the block lasts: its pushes wait for it."""
    with _connected(place) as connection:
        connection.execute("SELECT 1 FROM device WHERE device_id = %s FOR UPDATE", [device_id])
        yield
        connection.rollback()


class Committing:
    """Commits of one row each, in a table of its own beside the centre's."""

    def __init__(self, place: str) -> None:
        self._connection = _connected(place)
        self._connection.execute("CREATE TABLE IF NOT EXISTS committed (words text)")
        self._connection.commit()

    def commit(self) -> None:
        """Commit once."""
        self._connection.execute("INSERT INTO committed VALUES (%s)", ["x" * 700])
        self._connection.commit()

    def close(self) -> None:
        """Take the table away again."""
        with self._connection as connection:
            connection.execute("DROP TABLE committed")


def _connected(place: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(place.replace("+psycopg", "", 1))
