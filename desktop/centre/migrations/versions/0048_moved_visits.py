"""Which visits the municipality moved, so that whom to call is known until it was done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate, UtcInstant

revision = "0048_moved_visits"
down_revision = "0047_standing_answers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, and forgets when the centre last did what is due.

    It did so hourly, and says now every few minutes that it runs: the time between would be taken
    for an outage of it.
    """
    op.create_table(
        "moved_visit",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("moved_at", UtcInstant(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("was_day", IsoDate(), nullable=False),
        sa.Column("was_half", sa.Integer(), nullable=False),
        sa.Column("was_staff", sa.String(length=36), nullable=False),
        sa.Column("day", IsoDate(), nullable=True),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("called_at", UtcInstant(), nullable=True),
        sa.Column("called_by", sa.String(length=36), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_moved_visit")),
    )
    op.create_index(op.f("ix_moved_visit_day"), "moved_visit", ["day"])
    op.execute("DELETE FROM beat")
