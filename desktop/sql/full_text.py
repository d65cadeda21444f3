"""An index of the words in a column, kept by the database: rows are found by what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    column,
    literal,
    literal_column,
    select,
    table,
)


def fts5(readings: Sequence[Sequence[str]]) -> str:
    """What SQLite is asked: all the words of one of the readings, the last one as a beginning.

    Words are letters and digits (`domain.search_words`).
    """
    asked = (" ".join(f'"{word}"' for word in reading) for reading in readings)
    return " OR ".join(f"({words}*)" for words in asked)


def _tsquery(readings: Sequence[Sequence[str]]) -> str:
    """The same of PostgreSQL."""
    asked = (" & ".join(f"'{word}'" for word in reading) for reading in readings)
    return " | ".join(f"({words}:*)" for words in asked)


@dataclass(frozen=True)
class FullText:
    """Rows of `table` are found by the words in its column `words`, each told by its `key`.

    On SQLite a table beside it, kept by triggers; on PostgreSQL an index of the column.
    """

    table: str
    key: str
    words: str

    @property
    def vector(self) -> str:
        """What PostgreSQL has an index of."""
        return f"array_to_tsvector(string_to_array({self.words}, ' '))"

    @property
    def index(self) -> str:
        """The name of PostgreSQL's index."""
        return f"ix_{self.table}_found"

    def create(self, connection: Connection) -> None:
        """Make SQLite's table, of what is there, and keep it from here on."""
        # A row is taken out by its key, which is one token as it stands for it; `words` is asked
        # alone, or what a person types would be found in keys.
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {self._beside} USING fts5({self.key} UNINDEXED, token, words, "
            "detail=column, columnsize=0, prefix='1 2 3', "
            "tokenize='unicode61 remove_diacritics 0')"
        )
        connection.exec_driver_sql(
            f"INSERT INTO {self._beside} ({self.key}, token, words) "
            f'SELECT {self.key}, hex({self.key}), {self.words} FROM "{self.table}"'
        )
        for definition in self._sqlite().values():
            connection.exec_driver_sql(definition)

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as `sql.triggers` reads them off the database."""
        return self._sqlite() if dialect == "sqlite" else {}

    def holding(self, dialect: str, readings: Sequence[Sequence[str]]) -> ColumnElement[bool]:
        """Rows that hold all the words of one of the readings, the last one as a beginning."""
        if dialect == "sqlite":
            beside = table(self._beside, column(self.key))
            asked = literal_column(self._beside).op("MATCH")(f"words : ({fts5(readings)})")
            return column(self.key).in_(select(beside.c[self.key]).where(asked))
        return literal_column(self.vector).op("@@", return_type=Boolean())(
            # In words: PostgreSQL's own types would load all of its dialect on every desk.
            literal(_tsquery(readings)).op("::")(literal_column("tsquery"))
        )

    @property
    def _beside(self) -> str:
        return f"{self.table}_found"

    def _sqlite(self) -> dict[str, str]:
        comes = (
            f"INSERT INTO {self._beside} ({self.key}, token, words) "
            f"VALUES (new.{self.key}, hex(new.{self.key}), new.{self.words});"
        )
        goes = (
            f"DELETE FROM {self._beside} "
            f"WHERE {self._beside} MATCH 'token : ' || hex(old.{self.key});"
        )
        return {
            f"{self.table}_words_{name}": (
                f'CREATE TRIGGER {self.table}_words_{name} AFTER {event} ON "{self.table}" '
                f"{when}BEGIN {does} END"
            )
            for name, event, when, does in (
                ("come", "INSERT", "", comes),
                ("go", "DELETE", "", goes),
                (
                    "change",
                    f"UPDATE OF {self.words}",
                    f"WHEN old.{self.words} <> new.{self.words} ",
                    f"{goes} {comes}",
                ),
            )
        }
