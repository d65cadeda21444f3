"""The steps by which a کارگزاری becomes a پیشخوان are kept, each signed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0021_conversions"
down_revision = "0020_cards"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "conversion_step",
        sa.Column("office_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "number", name=op.f("pk_conversion_step")),
    )
    create_append_only(op.get_bind(), "conversion_step")
