"""Under which question a copy of another office's letter was asked for: the next is the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0037_copies_elsewhere"
down_revision = "0036_printed_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "copy_elsewhere",
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("ask_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_copy_elsewhere")),
    )
