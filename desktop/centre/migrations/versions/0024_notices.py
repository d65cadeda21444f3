"""Who has read which notice of the unit is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0024_notices"
down_revision = "0022_national_ids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "notice_read",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("read_at", UtcInstant(), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", "staff_id", name=op.f("pk_notice_read")),
    )
    create_append_only(op.get_bind(), "notice_read")
