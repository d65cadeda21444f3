"""How writing calls were answered, for as long as the same request could come again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0069_answered"
down_revision = "0068_pictures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table; what was answered before is done twice at most by a program of before."""
    op.create_table(
        "answered",
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("until", UtcInstant(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "digest", name=op.f("pk_answered")),
    )
