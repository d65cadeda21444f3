"""Cases that one office passes on to another: from where to where, and who received them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0028_passages"
down_revision = "0027_newest"
branch_labels = None
depends_on = None

_DAY = ["hour", "first_outcome", "service", "district", "answer_ms"]


def upgrade() -> None:
    """Adds table and column; the city's day counts a case where it was received."""
    op.create_table(
        "passage",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("heir", sa.String(length=40), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "rev", name=op.f("pk_passage")),
    )
    op.create_index(op.f("ix_passage_stream_at"), "passage", ["stream", "at"])
    create_append_only(op.get_bind(), "passage")
    op.add_column(
        "case", sa.Column("received_in", sa.String(length=40), nullable=False, server_default="")
    )
    op.drop_index("ix_case_day", "case")
    op.create_index("ix_case_day", "case", ["received_on", "stream", "received_in", *_DAY])
