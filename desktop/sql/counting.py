"""Counts that the database keeps of a table's rows, so that nobody has to count them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class Counting:
    """`counts` holds how many rows of `table` there are by these columns, in `cases`.

    Kept by triggers; its primary key are the same columns by the same names.
    """

    table: str
    counts: str
    by: tuple[str, ...]

    def create(self, connection: Connection) -> None:
        """Count what is there and go on counting."""
        by = ", ".join(self.by)
        connection.exec_driver_sql(
            f"INSERT INTO {self.counts} ({by}, cases) "
            f'SELECT {by}, count(*) FROM "{self.table}" GROUP BY {by}'
        )
        if connection.dialect.name == "sqlite":
            for definition in self._sqlite().values():
                connection.exec_driver_sql(definition)
            return
        connection.exec_driver_sql(
            f"CREATE FUNCTION {self.table}_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {self._less()} END IF; "
            f"IF TG_OP <> 'DELETE' THEN {self._more()} END IF; RETURN NULL; END $$"
        )
        for name, event, when in (
            ("comes", "INSERT", ""),
            ("goes", "DELETE", ""),
            ("moves", f"UPDATE OF {by}", f"WHEN ({self._moved()}) "),
        ):
            connection.exec_driver_sql(
                f'CREATE TRIGGER {self.table}_{name} AFTER {event} ON "{self.table}" '
                f"FOR EACH ROW {when}EXECUTE FUNCTION {self.table}_counted()"
            )

    def differing(self, connection: Connection) -> Iterator[tuple[object, ...]]:
        """Of which there are not as many rows as are counted."""
        by = ", ".join(self.by)
        kept = f"SELECT {by}, cases FROM {self.counts} WHERE cases <> 0"
        again = f'SELECT {by}, count(*) FROM "{self.table}" GROUP BY {by}'
        for one, other in ((kept, again), (again, kept)):
            asked = f"SELECT {by} FROM ({one} EXCEPT {other}) AS differing"
            yield from (tuple(row) for row in connection.exec_driver_sql(asked))

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as `sql.triggers` reads them off the database."""
        if dialect == "sqlite":
            return self._sqlite()
        kept = f"{self.table} O {self.table}_counted row after"
        return {
            f"{self.table}_comes": kept,
            f"{self.table}_goes": f"{kept} delete",
            f"{self.table}_moves": f"{kept} update when",
        }

    def _sqlite(self) -> dict[str, str]:
        by = ", ".join(self.by)
        return {
            f"{self.table}_{name}": (
                f'CREATE TRIGGER {self.table}_{name} AFTER {event} ON "{self.table}" {does} END'
            )
            for name, event, does in (
                ("comes", "INSERT", f"BEGIN {self._more()}"),
                ("goes", "DELETE", f"BEGIN {self._less()}"),
                (
                    "moves",
                    f"UPDATE OF {by}",
                    f"WHEN {self._moved()} BEGIN {self._less()} {self._more()}",
                ),
            )
        }

    def _more(self) -> str:
        by, new = ", ".join(self.by), ", ".join(f"new.{column}" for column in self.by)
        return (
            f"INSERT INTO {self.counts} ({by}, cases) VALUES ({new}, 1) "
            f"ON CONFLICT ({by}) DO UPDATE SET cases = {self.counts}.cases + 1;"
        )

    def _less(self) -> str:
        same = " AND ".join(f"{column} = old.{column}" for column in self.by)
        return f"UPDATE {self.counts} SET cases = cases - 1 WHERE {same};"

    def _moved(self) -> str:
        return " OR ".join(f"old.{column} <> new.{column}" for column in self.by)
