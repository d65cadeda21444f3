"""Which answers that came late were told to their citizens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0011_arrived"
down_revision = "0009_door"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "answer_told",
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_answer_told")),
    )
