"""An inspector's days, so that they need no line, and the order that he chose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate, UtcInstant

revision = "0021_visit_days"
down_revision = "0020_sayings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "visit_day",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_visit_day")),
    )
    op.create_table(
        "visit_order",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "day", name=op.f("pk_visit_order")),
    )
