"""What citizens are told on their mobiles waits in an outbox."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0025_messages"
down_revision = "0024_notices"
branch_labels = None
depends_on = None

_UNSENT = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Adds the table; of what happened before nobody is told now."""
    op.create_table(
        "citizen_message",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("occasion", sa.String(length=12), nullable=False),
        sa.Column("mobile", sa.String(length=11), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcInstant(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'sent', 'failed')", name=op.f("ck_citizen_message_state")
        ),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_citizen_message")),
    )
    op.create_index(
        "ix_citizen_message_unsent",
        "citizen_message",
        ["made_at", "message_id"],
        sqlite_where=_UNSENT,
        postgresql_where=_UNSENT,
    )
