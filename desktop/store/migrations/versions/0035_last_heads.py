"""A desk keeps with each cursor the head that the centre signed there, to show how far that was."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0035_last_heads"
down_revision = "0034_kept_heads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns."""
    for name in ("epoch", "at", "signature"):
        column = sa.Column(name, sa.Text(), server_default="", nullable=False)
        op.add_column("cursor", column)
