"""A desk keeps the heads that the centre signed for it, one a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate

revision = "0034_kept_heads"
down_revision = "0033_stamped_sheets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "kept_head",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "day", name=op.f("pk_kept_head")),
    )
    create_append_only(op.get_bind(), "kept_head")
