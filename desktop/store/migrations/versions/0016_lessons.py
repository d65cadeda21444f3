"""Sheets of lessons, records of what was passed on their way, and whose store is for training."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate, UtcInstant

revision = "0016_lessons"
down_revision = "0015_doorkeeping"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables; every store of before is one in earnest."""
    op.add_column(
        "meta", sa.Column("training", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.create_table(
        "lesson_sheet",
        sa.Column("sheet_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("lesson", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Integer(), nullable=False),
        sa.Column("begun_at", UtcInstant(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("marked_at", UtcInstant(), nullable=True),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_lesson_sheet")),
    )
    op.create_index(
        op.f("ix_lesson_sheet_staff_id_service_version"),
        "lesson_sheet",
        ["staff_id", "service", "version"],
    )
    op.create_table(
        "lesson_record",
        sa.Column("sheet_id", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("ask", sa.Text(), nullable=False),
        sa.Column("since", IsoDate(), nullable=True),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_lesson_record")),
    )
    op.create_index(
        "ix_lesson_record_waiting",
        "lesson_record",
        ["made_at"],
        sqlite_where=sa.text("since IS NULL AND refused = ''"),
    )
