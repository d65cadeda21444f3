"""The one collection of the centre's tables."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase

from desktop.sql.metadata import new_metadata

METADATA = new_metadata()


class Base(DeclarativeBase):
    """The base of the centre's typed tables."""

    metadata = METADATA
