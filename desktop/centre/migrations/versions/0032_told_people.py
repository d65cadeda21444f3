"""What a desk tells of its people; messages that did not arrive are read off an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032_told_people"
down_revision = "0031_visits"
branch_labels = None
depends_on = None

_FAILED = sa.text("state = 'failed'")


def upgrade() -> None:
    """Adds the column and two indexes."""
    column = sa.Column("told_people", sa.Text(), nullable=False, server_default="")
    op.add_column("device", column)
    op.create_index(
        op.f("ix_citizen_message_case_id"), "citizen_message", ["case_id", "occasion", "made_at"]
    )
    op.create_index(
        "ix_citizen_message_failed",
        "citizen_message",
        ["made_at"],
        sqlite_where=_FAILED,
        postgresql_where=_FAILED,
    )
