"""A desk keeps which letters it checked, and what was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0031_checked_letters"
down_revision = "0030_check_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, by time."""
    op.create_table(
        "checked_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("differing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checked_letters")),
    )
    op.create_index(op.f("ix_checked_letters_at"), "checked_letters", ["at"])
