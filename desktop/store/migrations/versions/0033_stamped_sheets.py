"""A desk knows the office's stamped sheets by number, and keeps pictures of papers it doubts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0033_stamped_sheets"
down_revision = "0032_paper_said"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables; sheets of before have no numbers."""
    op.create_table(
        "sheet_run",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("taken_at", UtcInstant(), nullable=False),
        sa.Column("command_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("series", "first", name=op.f("pk_sheet_run")),
    )
    op.create_table(
        "stamped_sheet",
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("letter_id", sa.Text(), server_default="", nullable=False),
        sa.Column("copy", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("series", "number", name=op.f("pk_stamped_sheet")),
    )
    op.create_index(
        "ix_stamped_sheet_letter",
        "stamped_sheet",
        ["letter_id", "copy"],
        sqlite_where=sa.text("letter_id <> ''"),
    )
    op.create_table(
        "sheet_next",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_sheet_next")),
    )
    op.add_column("checked_letters", sa.Column("scan", sa.LargeBinary(), nullable=True))
