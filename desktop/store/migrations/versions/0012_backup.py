"""When the store was last backed up, and why it was not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0012_backup"
down_revision = "0011_arrived"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the two columns."""
    op.add_column("meta", sa.Column("backup_at", UtcInstant(), nullable=True))
    op.add_column("meta", sa.Column("backup_fault", sa.Text(), nullable=False, server_default=""))
