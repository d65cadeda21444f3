"""Who looked at which case at this desk, as a chain, and how far the centre has it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0026_readings"
down_revision = "0021_visit_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table and the column."""
    told = sa.Column("readings_told", sa.Integer(), nullable=False, server_default="0")
    op.add_column("meta", told)
    op.create_table(
        "reading",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_at"), "reading", ["at"])
    create_append_only(op.get_bind(), "reading")
