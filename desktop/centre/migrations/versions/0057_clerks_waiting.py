"""What waits, and how long citizens waited, is added up by who registered the request too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.centre.sum_tables import CLERK_STATES, CLERK_WAITS

revision = "0057_clerks_waiting"
down_revision = "0056_case_words_index"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the sums of requests by state, and of answers by days, by clerks."""
    op.create_table(
        "clerk_state_sum",
        sa.Column("span", sa.String(length=1), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "span", "period", "stream", "clerk", "state", "service", "district",
            name=op.f("pk_clerk_state_sum"),
        ),
    )  # fmt: skip
    CLERK_STATES.create(op.get_bind())
    op.create_table(
        "clerk_wait_sum",
        sa.Column("span", sa.String(length=1), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("waited", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "span", "period", "office", "clerk", "waited", "service", "district",
            name=op.f("pk_clerk_wait_sum"),
        ),
    )  # fmt: skip
    CLERK_WAITS.create(op.get_bind())
