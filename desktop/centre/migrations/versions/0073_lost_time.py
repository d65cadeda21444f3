"""A restored centre skips numbers that may be on paper, does what came back box by box, and lists
what its copy lacks as often as it is asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0073_lost_time"
down_revision = "0072_givers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables, and since when a centre opens."""
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
    op.create_table(
        "known_device",
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("office", sa.String(length=36), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "device_id", "revoked", name=op.f("pk_known_device")),
    )
    op.create_table(
        "lost_import",
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("as_of", IsoDate(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", "at", "kind", "as_of", name=op.f("pk_lost_import")),
    )
    create_append_only(op.get_bind(), "skipped_numbers")
