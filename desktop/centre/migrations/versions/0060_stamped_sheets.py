"""Stamped sheets by number, and papers that showed something else than their code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0060_stamped_sheets"
down_revision = "0059_doubted_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; nothing of before has a number."""
    op.create_table(
        "sheet_run",
        sa.Column("series", sa.String(length=6), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("taken_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("series", "first", name=op.f("pk_sheet_run")),
    )
    op.create_table(
        "stamped_sheet",
        sa.Column("series", sa.String(length=6), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=8), server_default="blank", nullable=False),
        sa.Column("letter_id", sa.String(length=36), server_default="", nullable=False),
        sa.Column("copy", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state IN ('blank', 'written', 'spoiled', 'dropped')",
            name=op.f("ck_stamped_sheet_state"),
        ),
        sa.PrimaryKeyConstraint("series", "number", name=op.f("pk_stamped_sheet")),
    )
    lettered = sa.text("letter_id <> ''")
    op.create_index(
        "ix_stamped_sheet_letter",
        "stamped_sheet",
        ["letter_id", "copy"],
        sqlite_where=lettered,
        postgresql_where=lettered,
    )
    op.create_table(
        "odd_sheets",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=6), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", "copy", "series", "first", name=op.f("pk_odd_sheets")),
    )
    op.create_index(op.f("ix_odd_sheets_at"), "odd_sheets", ["at"])
    op.create_table(
        "told_paper",
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("office", "number", "copy", name=op.f("pk_told_paper")),
    )
    op.create_index(op.f("ix_told_paper_at"), "told_paper", ["at"])
    create_append_only(op.get_bind(), "odd_sheets")
