"""Times in which an office had no line, or the centre did not run, and what they delayed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0043_outages"
down_revision = "0042_objections"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the two tables."""
    op.create_table(
        "outage",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("until", UtcInstant(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("delayed", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('line', 'centre')", name=op.f("ck_outage_kind")),
        sa.PrimaryKeyConstraint("device_id", "since", name=op.f("pk_outage")),
    )
    op.create_index(op.f("ix_outage_since"), "outage", ["since"])
    op.create_table(
        "beat",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.CheckConstraint('"only" = 1', name=op.f("ck_beat_one_row")),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_beat")),
    )
