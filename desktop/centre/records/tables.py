"""Tables of the records, on the centre's collection.

An import has a number; a record holds `since` one import `until` another. What is staged stands
beside what is in force, so putting an import into force, and taking it back, is one row.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from desktop.centre.metadata import METADATA
from desktop.sql.metadata import APPEND_ONLY
from desktop.sql.types import IsoDate, UtcInstant

KEPT = "kind = 'kept'"
"""Rows that a newer export lost, as the index of these few among the overlays says it."""
_EPOCH = "2026-01-01T00:00:00.000000Z"


def _text(name: str, kind: Text | String, default: str = "") -> Column[str]:
    return Column(name, kind, nullable=False, server_default=default)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default="0")


EXPORT = Table(
    "record_export",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("as_of", IsoDate, nullable=False),
    Column("totals", Text, nullable=False),
    _text("state", String(12), "read"),
    _text("source", Text()),
    _text("sha256", String(64)),
    _text("reader", String(40)),
    _text("reader_name", Text()),
    _text("fault", Text()),
    _text("sheet", Text()),
    _text("causes", Text(), "[]"),
    Column("base", Integer),
    _count("done"),
    _count("rows"),
    Column("begun_at", UtcInstant, nullable=False, server_default=_EPOCH),
    Column("heard_at", UtcInstant, nullable=False, server_default=_EPOCH),
    Column("stopping", Boolean, nullable=False, server_default=false()),
)
"""An import: who reads it and how far (`done` of 1000, `sheet`, `rows`), then `totals` and `causes`
as JSON. `base` is the import in force that it was held against. `state` is reading, read, stopped,
failed (with `fault` in words) or dropped."""

RECORD = Table(
    "property_record",
    METADATA,
    Column("code", Text, primary_key=True),
    Column("since", Integer, ForeignKey("record_export.id"), primary_key=True, index=True),
    Column("until", Integer, index=True),
    Column("section", Integer),
    Column("main", Integer),
    Column("sub", Integer),
    Column("body", Text, nullable=False),
    Index(None, "section", "main", "sub"),
)
"""A property: code as `2-14-308-27-1-0-0`, plate, `codec` body, between two imports."""

FORCE = Table(
    "record_force",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("export_id", Integer, ForeignKey("record_export.id"), nullable=False),
    Column("former_id", Integer),
    Column("kind", String(8), nullable=False),
    Column("at", UtcInstant, nullable=False),
    Column("words", Text, nullable=False),
    info=APPEND_ONLY,
)
"""An act that put an import into force (`force`), or the former one back (`back`); the last one
says which is. `words` holds who, why and over which causes, as JSON."""

LIFTED = Table(
    "record_lifted",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("export_id", Integer, ForeignKey("record_export.id"), nullable=False, index=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("row", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("signatures", Text, nullable=False),
    Column("at", UtcInstant, nullable=False),
    info=APPEND_ONLY,
)
"""A hold or an Article 100 file that an export lost and a person ended: by the number of its letter
or with a second person, with their signatures as JSON; under the import in force."""

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
"""What a newer export changes: kind of row, new, changed or ended, and the rows as JSON."""

TOLD = Table(
    "record_told",
    METADATA,
    Column("export_id", Integer, ForeignKey("record_export.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("sheet", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fate", Text, nullable=False),
    Column("about", Text, nullable=False),
)
"""A told row of an import: where it stands, why, what became of it, and what it says of itself."""

UPLOAD = Table(
    "record_upload",
    METADATA,
    Column("upload_id", String(36), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("sender", String(40), nullable=False),
    Column("sent_at", UtcInstant, nullable=False),
)
"""An export on its way to the centre, in chunks; gone once it is read."""

OVERLAY = Table(
    "overlay",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("made_on", IsoDate, nullable=False),
    Column("until", Integer),
    UniqueConstraint("code", "kind", "body"),
    Index("ix_overlay_kept", "code", "id", sqlite_where=text(KEPT), postgresql_where=text(KEPT)),
)
"""What the counter learnt after the export: a paid bill or a visit of a property, or a row that a
newer export lost; until the import that holds it."""
