"""The national ids of people at desks: nobody handles his own request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022_national_ids"
down_revision = "0021_conversions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; of whom nobody told an id they are empty."""
    for table in ("person", "enrol_code"):
        column = sa.Column("national_id", sa.String(10), nullable=False, server_default="")
        op.add_column(table, column)
