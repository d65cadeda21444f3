"""Cases at other offices: wrong codes and ids are counted, copies that came out are kept."""

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
    """Adds the tables."""
    op.create_table(
        "missed_look",
        sa.Column("look_id", sa.String(length=36), nullable=False),
        sa.Column("missed_at", UtcInstant(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("look_id", name=op.f("pk_missed_look")),
    )
    index = op.f("ix_missed_look_office_missed_at")
    op.create_index(index, "missed_look", ["office", "missed_at"])
    op.create_table(
        "copy_out",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", "copy", "office", name=op.f("pk_copy_out")),
    )
    for table in ("missed_look", "copy_out"):
        create_append_only(op.get_bind(), table)
