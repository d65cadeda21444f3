"""Other bodies that are asked about a case stand in a table of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036_consultations"
down_revision = "0035_commissions"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_consultation_open", "reply_by", "state = 'open'"),
    ("ix_consultation_late", "reply_by", "late IS TRUE"),
    ("ix_consultation_ended", "ended_on", "ended_on IS NOT NULL"),
)


def upgrade() -> None:
    """Adds the table: before it nobody was asked."""
    op.create_table(
        "consultation",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("consultation_id", sa.String(length=36), nullable=False),
        sa.Column("consultee", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("asked_on", sa.String(length=10), nullable=False),
        sa.Column("reply_by", sa.String(length=10), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("reply", sa.String(length=12), nullable=False, server_default=""),
        sa.Column("ended_on", sa.String(length=10), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'replied', 'dropped')", name=op.f("ck_consultation_state")
        ),
        sa.PrimaryKeyConstraint("case_id", "consultation_id", name=op.f("pk_consultation")),
    )
    for name, column, where in _INDEXES:
        op.create_index(
            name,
            "consultation",
            [column, "case_id", "consultation_id"],
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
