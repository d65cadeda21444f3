"""The days that offices closed, each once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0026_closed_days"
down_revision = "0025_messages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "closed_day",
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("office", "day", name=op.f("pk_closed_day")),
    )
    create_append_only(op.get_bind(), "closed_day")
