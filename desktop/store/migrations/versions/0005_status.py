"""Where a case stands, as people call it, in its row."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.backfill import fill_status

revision = "0005_status"
down_revision = "0004_blobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and fills it from the rows and the facts that are here."""
    op.add_column("case_row", sa.Column("status", sa.Text(), server_default="", nullable=False))
    fill_status(op.get_bind(), "case_row", claimed="next_step = ''")
