"""A centre that was restored from a backup takes back from desks what they have and it has not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate, UtcInstant

revision = "0062_recovery"
down_revision = "0061_daily_heads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables."""
    op.create_table(
        "recovery",
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("former", sa.String(length=36), nullable=False),
        sa.Column("lives", sa.Text(), nullable=False),
        sa.Column("restored_at", UtcInstant(), nullable=False),
        sa.Column("copied_at", UtcInstant(), nullable=False),
        sa.Column("records_as_of", IsoDate(), nullable=True),
        sa.Column("opened_at", UtcInstant(), nullable=True),
        sa.Column("opened_by", sa.Text(), server_default="", nullable=False),
        sa.Column("confirmed_at", UtcInstant(), nullable=True),
        sa.Column("confirmed_by", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_recovery")),
    )
    op.create_table(
        "gave_back",
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("records_as_of", IsoDate(), nullable=True),
        sa.PrimaryKeyConstraint("epoch", "device_id", name=op.f("pk_gave_back")),
    )
    op.create_table(
        "given_fact",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "stream", "pos", name=op.f("pk_given_fact")),
    )
    op.create_table(
        "adopted_fact",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("cause", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'failed')", name=op.f("ck_adopted_fact_state")
        ),
        sa.PrimaryKeyConstraint("stream", "pos", name=op.f("pk_adopted_fact")),
    )
    op.create_index(op.f("ix_adopted_fact_cause"), "adopted_fact", ["cause"])
    op.create_index(
        "ix_adopted_fact_undone",
        "adopted_fact",
        ["stream", "pos"],
        sqlite_where=sa.text("state <> 'done'"),
        postgresql_where=sa.text("state <> 'done'"),
    )
