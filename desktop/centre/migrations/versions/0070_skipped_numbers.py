"""A restored centre skips numbers that may be on paper, and does what came back box by box."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0070_skipped_numbers"
down_revision = "0068_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, and since when a centre opens."""
    op.add_column("recovery", sa.Column("opening_at", UtcInstant(), nullable=True))
    op.create_table(
        "skipped_numbers",
        sa.Column("office", sa.String(length=36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.CheckConstraint("why IN ('absent', 'unheard')", name=op.f("ck_skipped_numbers_why")),
        sa.PrimaryKeyConstraint("office", "year", "first", name=op.f("pk_skipped_numbers")),
    )
    create_append_only(op.get_bind(), "skipped_numbers")
