"""A withdrawal takes back what was said for one day, and leaves the same text of another day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0020_sayings"
down_revision = "0019_came_from"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the day, of withdrawals that are here already out of their own words."""
    op.add_column("published", sa.Column("withdraws", IsoDate(), nullable=True))
    op.execute(
        "UPDATE published SET withdraws = json_extract(text, '$.day') "
        "WHERE topic = 'withdrawn' AND json_valid(text)"
    )
