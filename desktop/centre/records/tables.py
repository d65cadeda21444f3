"""Tables of the records, on the centre's collection."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from desktop.centre.metadata import METADATA
from desktop.sql.types import IsoDate

EXPORT = Table(
    "record_export",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("as_of", IsoDate, nullable=False),
    Column("totals", Text, nullable=False),
)
"""An import that changed something or moved the as-of date; `totals` as JSON."""

RECORD = Table(
    "record",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("section", Integer),
    Column("main", Integer),
    Column("sub", Integer),
    Column("body", Text, nullable=False),
    Column("export_id", Integer, ForeignKey("record_export.id"), nullable=False),
    Index(None, "section", "main", "sub"),
)
"""A property: code as `2-14-308-27-1-0-0`, plate, `codec` body, the export that last changed it."""

CHANGE = Table(
    "record_change",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("export_id", Integer, ForeignKey("record_export.id"), nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("change", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
)
"""What a newer export changed: kind of row, new, changed or ended, and the rows as JSON."""

OVERLAY = Table(
    "overlay",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_on", IsoDate, nullable=False),
    UniqueConstraint("code", "kind", "body"),
)
"""What the counter learnt after the export: a paid bill or a visit of a property."""
