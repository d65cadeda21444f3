"""Another second revision: a column more, with the triggers left in place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_wide"
down_revision = "0001_line"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column."""
    op.add_column("line", sa.Column("width", sa.Integer))
