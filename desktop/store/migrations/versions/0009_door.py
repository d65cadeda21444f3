"""Whom the desk believes: the centre's id and its keys, apart by use; people's release keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_door"
down_revision = "0008_seen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; the one key of before, which signed everything, is no more."""
    for name in ("centre", "heads_key", "answers_key"):
        op.add_column("meta", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.drop_column("meta", "centre_key")
    op.add_column("person", sa.Column("release_key", sa.Text(), nullable=False, server_default=""))
