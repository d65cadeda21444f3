"""Who asks at an office for a case of another, and has a wrong code or id, is counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0063_missed_looks"
down_revision = "0062_recovery"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "missed_look",
        sa.Column("look_id", sa.String(length=36), nullable=False),
        sa.Column("missed_at", UtcInstant(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_missed_look")),
    )
    index = op.f("ix_missed_look_device_id_missed_at")
    op.create_index(index, "missed_look", ["device_id", "missed_at"])
    create_append_only(op.get_bind(), "missed_look")
