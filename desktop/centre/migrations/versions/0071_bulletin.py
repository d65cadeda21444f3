"""A month's bulletin is counted once, and given again as it was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0071_bulletin"
down_revision = "0070_unread_indexes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table: what was told before is counted once more, and then kept."""
    op.create_table(
        "bulletin",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("counted_at", UtcInstant(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("year", "month", name=op.f("pk_bulletin")),
    )
    create_append_only(op.get_bind(), "bulletin")
