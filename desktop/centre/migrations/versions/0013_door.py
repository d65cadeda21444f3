"""The centre's id that never changes, and people's keys for the release of letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_door"
down_revision = "0012_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns."""
    op.add_column(
        "centre", sa.Column("centre", sa.String(length=36), nullable=False, server_default="")
    )
    op.add_column(
        "person", sa.Column("release_key", sa.String(length=66), nullable=False, server_default="")
    )
