"""From which office a case came that this one finishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019_came_from"
down_revision = "0018_registers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; none of before came from another office."""
    op.add_column("case_row", sa.Column("came_from", sa.Text(), nullable=False, server_default=""))
