"""Sums that the database keeps of a table's rows, so that no page has to add them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

_PLUS, _MINUS = "", "-"


@dataclass(frozen=True)
class Summing:
    """`sums` holds, by the columns `keys`, what the rows of `table` add up to.

    Each of `entries` is a row of `sums` that a row of `table` adds to: an expression a key, in
    which `{row}.` stands before columns. `adds` maps the summed columns to what is added,
    likewise. `reads` are the columns of `table` that all of them read. Kept by triggers, called by
    table and `name`.
    """

    table: str
    sums: str
    name: str
    keys: tuple[str, ...]
    entries: tuple[tuple[str, ...], ...]
    adds: Mapping[str, str]
    reads: tuple[str, ...]

    def create(self, connection: Connection) -> None:
        """Add up what is there and go on with it.

        Nobody writes to `table` meanwhile: what came between the two would be in no sum.
        """
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f'LOCK TABLE "{self.table}" IN SHARE ROW EXCLUSIVE MODE')
        for entry in self.entries:
            connection.exec_driver_sql(self._whole(entry))
        if connection.dialect.name == "sqlite":
            for definition in self._sqlite().values():
                connection.exec_driver_sql(definition)
            return
        connection.exec_driver_sql(
            f"CREATE FUNCTION {self._function()}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {self._entered('old', _MINUS)} END IF; "
            f"IF TG_OP <> 'DELETE' THEN {self._entered('new', _PLUS)} END IF; RETURN NULL; END $$"
        )
        for trigger, event, when in self._events("IS DISTINCT FROM"):
            connection.exec_driver_sql(
                f'CREATE TRIGGER {trigger} AFTER {event} ON "{self.table}" FOR EACH ROW '
                f"{when}EXECUTE FUNCTION {self._function()}()"
            )

    def renew(self, connection: Connection) -> None:
        """Another definition has come into the place of one before it: add up anew by it."""
        sqlite = connection.dialect.name == "sqlite"
        for trigger, _, _ in self._events(""):
            of = "" if sqlite else f' ON "{self.table}"'
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}{of}")
        if not sqlite:
            connection.exec_driver_sql(f"DROP FUNCTION {self._function()}()")
        connection.exec_driver_sql(f"DELETE FROM {self.sums}")
        self.create(connection)

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as `sql.triggers` reads them off the database."""
        if dialect == "sqlite":
            return self._sqlite()
        kept = f"{self.table} O {self._function()} row after"
        more = ("", " delete", " update when")
        names = (trigger for trigger, _, _ in self._events(""))
        return {name: f"{kept}{each}" for name, each in zip(names, more, strict=True)}

    def differing(self, connection: Connection) -> Iterator[tuple[object, ...]]:
        """The keys whose sums are not what the rows of `table` add up to now."""
        by = ", ".join(self.keys)
        added = ", ".join(f"SUM({name}) AS {name}" for name in self.adds)
        parts = " UNION ALL ".join(map(self._added, self.entries))
        again = f"SELECT {by}, {added} FROM ({parts}) AS parts GROUP BY {by}"
        kept = f"SELECT {self._columns()} FROM {self.sums}"
        # A sum of nothing is kept where there was something once.
        some = " OR ".join(f"{name} <> 0" for name in self.adds)
        one, other = (f"SELECT * FROM ({each}) AS told WHERE {some}" for each in (kept, again))
        for left, right in ((one, other), (other, one)):
            asked = f"SELECT {by} FROM ({left} EXCEPT {right}) AS differing"
            yield from (tuple(row) for row in connection.exec_driver_sql(asked))

    def _added(self, entry: tuple[str, ...]) -> str:
        """What the rows of `table` add to that entry, each by the names of the sums."""
        told = [*zip(entry, self.keys, strict=True)]
        told += [(added, name) for name, added in self.adds.items()]
        columns = ", ".join(f"{value} AS {name}" for value, name in told)
        return f'SELECT {columns} FROM "{self.table}"'.replace("{row}.", f'"{self.table}".')

    def _function(self) -> str:
        return f"{self.table}_{self.name}_summed"

    def _events(self, differs: str) -> Iterator[tuple[str, str, str]]:
        """Each trigger's name, its event, its condition."""
        began = f"{self.table}_{self.name}"
        moved = " OR ".join(f"old.{column} {differs} new.{column}" for column in self.reads)
        yield f"{began}_comes", "INSERT", ""
        yield f"{began}_goes", "DELETE", ""
        yield f"{began}_moves", f"UPDATE OF {', '.join(self.reads)}", f"WHEN ({moved}) "

    def _sqlite(self) -> dict[str, str]:
        does = (
            self._entered("new", _PLUS),
            self._entered("old", _MINUS),
            f"{self._entered('old', _MINUS)} {self._entered('new', _PLUS)}",
        )
        return {
            trigger: (
                f'CREATE TRIGGER {trigger} AFTER {event} ON "{self.table}" {when}BEGIN {do} END'
            )
            for (trigger, event, when), do in zip(self._events("IS NOT"), does, strict=True)
        }

    def _entered(self, row: str, sign: str) -> str:
        """Add the row's part to each of its entries, or take it away."""
        adds = ", ".join(f"{sign}({each})" for each in self.adds.values())
        rows = ", ".join(f"({', '.join(entry)}, {adds})" for entry in self.entries)
        more = ", ".join(f"{name} = {self.sums}.{name} + excluded.{name}" for name in self.adds)
        told = f"INSERT INTO {self.sums} ({self._columns()}) VALUES {rows} "
        told += f"ON CONFLICT ({', '.join(self.keys)}) DO UPDATE SET {more};"
        return told.replace("{row}", row)

    def _whole(self, entry: tuple[str, ...]) -> str:
        """Add up all rows into one of the entries."""
        adds = ", ".join(f"SUM({each})" for each in self.adds.values())
        by = ", ".join(str(place) for place in range(1, len(self.keys) + 1))
        told = f"INSERT INTO {self.sums} ({self._columns()}) SELECT {', '.join(entry)}, {adds} "
        told += f'FROM "{self.table}" GROUP BY {by}'
        return told.replace("{row}.", f'"{self.table}".')

    def _columns(self) -> str:
        return ", ".join((*self.keys, *self.adds))
