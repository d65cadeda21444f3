"""The national ids of the office's own people: nobody handles his own request."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_national_ids"
down_revision = "0013_release_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; of whom nobody told an id it is empty."""
    op.add_column("person", sa.Column("national_id", sa.Text(), nullable=False, server_default=""))
