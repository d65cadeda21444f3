"""Every saying of a published text is kept by the database itself, whichever program said it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

_COLUMNS = "pos, topic, key, version, effective_from, text, withdraws"
_SAID = "NEW.pos, NEW.topic, NEW.key, NEW.version, NEW.effective_from, NEW.text"
_SQLITE_DAY = (
    "CASE WHEN NEW.topic = 'withdrawn' AND json_valid(NEW.text) "
    "THEN json_extract(NEW.text, '$.day') END"
)
_POSTGRES_DAY = (
    "CASE WHEN NEW.topic = 'withdrawn' AND NEW.text IS JSON OBJECT "
    "THEN NEW.text::json ->> 'day' END"
)


class Sayings:
    """`published_saying` holds, by triggers, each text that was ever put into `published`.

    The latter has a text once, as programs before write and read it: said again, it lies over what
    it was. See decision 064.
    """

    def create(self, connection: Connection) -> None:
        """Keep what is said from now on."""
        if connection.dialect.name == "sqlite":
            for definition in _sqlite().values():
                connection.exec_driver_sql(definition)
            return
        connection.exec_driver_sql(
            "CREATE FUNCTION published_said() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO published_saying ({_COLUMNS}) VALUES ({_SAID}, {_POSTGRES_DAY}); "
            "RETURN NULL; END $$"
        )
        for name, event in (("said", "INSERT"), ("said_again", "UPDATE")):
            connection.exec_driver_sql(
                f"CREATE TRIGGER published_{name} AFTER {event} ON published "
                "FOR EACH ROW EXECUTE FUNCTION published_said()"
            )

    def declared(self, dialect: str) -> Mapping[str, str]:
        """Name → definition of the triggers, as `sql.triggers` reads them off the database."""
        if dialect == "sqlite":
            return _sqlite()
        kept = "published O published_said row after"
        return {"published_said": kept, "published_said_again": f"{kept} update"}


def _sqlite() -> dict[str, str]:
    keeps = f"INSERT INTO published_saying ({_COLUMNS}) VALUES ({_SAID}, {_SQLITE_DAY});"
    return {
        f"published_{name}": (
            f"CREATE TRIGGER published_{name} AFTER {event} ON published BEGIN {keeps} END"
        )
        for name, event in (("said", "INSERT"), ("said_again", "UPDATE"))
    }


SAYINGS = Sayings()
