"""The collection of tables that a store or the centre declares, with named constraints."""

from __future__ import annotations

from sqlalchemy import BindParameter, MetaData, Table, bindparam
from sqlalchemy.orm import DeclarativeBase

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_APPEND_ONLY = "append_only"
APPEND_ONLY = {_APPEND_ONLY: True}
"""`Table(..., info=APPEND_ONLY)`: rows are added and never changed or deleted."""


def new_metadata() -> MetaData:
    """An empty collection with constraints named by rule, so that a migration can name them."""
    return MetaData(naming_convention=_NAMES)


def table_of(row: type[DeclarativeBase]) -> Table:
    """The table of a mapped class: a statement over it that is made once, with `bindparam` for what
    changes, costs a fifth of one that is made anew and maps its rows. For what each act asks."""
    table = row.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{row} is no table")
    return table


def named(name: str) -> BindParameter[list[str]]:
    """For `in_`: the ids of a whole page, given under the name and written into the statement.

    As hundreds of parameters they cost more than what they find. Only for what we made ourselves.
    """
    return bindparam(name, expanding=True, literal_execute=True)


def append_only_tables(metadata: MetaData) -> tuple[str, ...]:
    """Names, sorted, of the tables declared with `info=APPEND_ONLY`."""
    return tuple(sorted(t.name for t in metadata.tables.values() if t.info.get(_APPEND_ONLY)))
