"""The collection of tables that a store or the centre declares, with named constraints."""

from __future__ import annotations

from sqlalchemy import MetaData

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


def append_only_tables(metadata: MetaData) -> tuple[str, ...]:
    """Names, sorted, of the tables declared with `info=APPEND_ONLY`."""
    return tuple(sorted(t.name for t in metadata.tables.values() if t.info.get(_APPEND_ONLY)))
