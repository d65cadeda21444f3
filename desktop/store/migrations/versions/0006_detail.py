"""What a work item tells, as values; an earlier one keeps the sentence that was made of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_detail"
down_revision = "0005_status"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("work_item", sa.Column("detail", sa.Text(), server_default="{}", nullable=False))
