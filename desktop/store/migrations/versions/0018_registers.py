"""The sealed registers of closed days, as they were drawn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0018_registers"
down_revision = "0017_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "register_file",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("drawn_at", UtcInstant(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_register_file")),
    )
    create_append_only(op.get_bind(), "register_file")
