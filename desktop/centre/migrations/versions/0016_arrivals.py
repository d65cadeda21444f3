"""What a desk's word is held against; which office had a paper, and who read what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0016_arrivals"
down_revision = "0014_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns, the index and the tables."""
    op.add_column("device", sa.Column("emptied_at", UtcInstant(), nullable=True))
    op.create_index(op.f("ix_case_tracking"), "case", ["tracking"])
    op.add_column(
        "blob", sa.Column("sender", sa.String(length=40), nullable=False, server_default="")
    )
    op.create_table(
        "blob_holder",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("proven_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "stream", name=op.f("pk_blob_holder")),
    )
    # What came so far was sent by the offices that name it.
    op.execute(
        "INSERT INTO blob_holder (sha256, stream, proven_at) "
        "SELECT DISTINCT blob_use.sha256, blob_use.stream, blob.stored_at "
        "FROM blob_use JOIN blob ON blob.sha256 = blob_use.sha256 "
        "WHERE blob.stored_at IS NOT NULL"
    )
    op.create_table(
        "reading",
        sa.Column("reading_id", sa.String(length=36), nullable=False),
        sa.Column("read_at", UtcInstant(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("call", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("reading_id", name=op.f("pk_reading")),
    )
    for table in ("blob_holder", "reading"):
        create_append_only(op.get_bind(), table)
