"""The till: how days were closed, what finds a day's payments; cases opened from another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0003_cash"
down_revision = "0002_first_outcome"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table with its triggers, the indexes and the column."""
    op.create_table(
        "day_close",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("tool", sa.Text(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("booked", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_day_close")),
    )
    op.create_index(op.f("ix_day_close_day"), "day_close", ["day"], unique=False)
    op.create_index(op.f("ix_fact_kind_at"), "fact", ["kind", "at"], unique=False)
    create_append_only(op.get_bind(), "day_close")
    op.add_column("case_row", sa.Column("linked_to", sa.Text(), server_default="", nullable=False))
    op.create_index(op.f("ix_case_row_linked_to"), "case_row", ["linked_to"], unique=False)
