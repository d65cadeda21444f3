"""Where a booked visit goes stands in a row of its own, so that no list reads its case's facts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029_booked_visits"
down_revision = "0028_passages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table.

    A visit booked before, or meanwhile by an earlier program that still runs, has no row: its facts
    tell.
    """
    op.create_table(
        "booked_visit",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("attending", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_booked_visit")),
    )
