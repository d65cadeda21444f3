"""Who agreed that what a revoked device had not sent is taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0064_salvaged"
down_revision = "0063_missed_looks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("device", sa.Column("salvaged_by", sa.Text(), nullable=False, server_default=""))
