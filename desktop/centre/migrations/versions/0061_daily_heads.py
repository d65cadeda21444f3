"""The head of every stream is signed each day, and kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0061_daily_heads"
down_revision = "0060_stamped_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "daily_head",
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("day", "stream", name=op.f("pk_daily_head")),
    )
    create_append_only(op.get_bind(), "daily_head")
