"""Where a case stands, as people call it, in its row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.backfill import fill_status

revision = "0009_status"
down_revision = "0008_lifted"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and fills it from the rows and the facts that are here."""
    op.add_column("case", sa.Column("status", sa.String(12), server_default="", nullable=False))
    fill_status(op.get_bind(), '"case"', claimed="claimed")
