"""A desk keeps what it checks letters with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0030_check_files"
down_revision = "0029_taken"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table of one row."""
    op.create_table(
        "check_files",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("keys", sa.LargeBinary(), nullable=False),
        sa.Column("ended", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_check_files")),
    )
