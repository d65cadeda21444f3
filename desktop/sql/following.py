"""What the database itself does after a row is written, whichever program wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection


@dataclass(frozen=True)
class Following:
    """After a row of `table` comes (`INSERT`) or is written over (`UPDATE`), the statements follow.

    `when` is a condition on the row, `NEW`; `sqlite` and `postgresql` are the statements, each with
    its semicolon. Triggers and function are called by table and `name`.
    """

    table: str
    name: str
    events: tuple[str, ...]
    sqlite: str
    postgresql: str
    when: str = ""

    def create(self, connection: Connection) -> None:
        """Follow what is written from now on."""
        if connection.dialect.name == "sqlite":
            for definition in self._sqlite().values():
                connection.exec_driver_sql(definition)
            return
        connection.exec_driver_sql(
            f"CREATE FUNCTION {self.table}_{self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {self.postgresql} RETURN NULL; END $$"
        )
        for trigger, event in self._triggers().items():
            connection.exec_driver_sql(
                f"CREATE TRIGGER {trigger} AFTER {event} ON {self.table} FOR EACH ROW "
                f"{self._when()}EXECUTE FUNCTION {self.table}_{self.name}()"
            )

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as `sql.triggers` reads them off the database."""
        if dialect == "sqlite":
            return self._sqlite()
        told = f"{self.table} O {self.table}_{self.name} row after"
        more, when = {"INSERT": "", "UPDATE": " update"}, " when" if self.when else ""
        return {
            trigger: f"{told}{more[event]}{when}" for trigger, event in self._triggers().items()
        }

    def _triggers(self) -> dict[str, str]:
        return {f"{self.table}_{self.name}_{event.lower()}": event for event in self.events}

    def _when(self) -> str:
        return f"WHEN ({self.when}) " if self.when else ""

    def _sqlite(self) -> dict[str, str]:
        return {
            trigger: (
                f"CREATE TRIGGER {trigger} AFTER {event} ON {self.table} "
                f"{self._when()}BEGIN {self.sqlite} END"
            )
            for trigger, event in self._triggers().items()
        }
