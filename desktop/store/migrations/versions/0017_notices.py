"""Which notices of the unit the people at this desk have read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0017_notices"
down_revision = "0016_lessons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "notice_read",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("read_at", UtcInstant(), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "key", "staff_id", name=op.f("pk_notice_read")),
    )
    op.create_index(
        "ix_notice_read_untold",
        "notice_read",
        ["read_at"],
        sqlite_where=sa.text("told_at IS NULL"),
    )
