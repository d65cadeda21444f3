"""Of the desks that have a stream one gives it back at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0075_giving_turn"
down_revision = "0074_head_order"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table. A program before, at work beside, lets all give at once."""
    op.create_table(
        "giving_turn",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("begun_at", UtcInstant(), nullable=False),
        sa.Column("last_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_giving_turn")),
    )
