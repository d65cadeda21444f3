"""The rows that a newer export lost are found without what else was learnt of properties."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0050_kept_rows"
down_revision = "0048_moved_visits"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the index of the few."""
    kept = sa.text("kind = 'kept'")
    op.create_index(
        "ix_overlay_kept", "overlay", ["code", "id"], sqlite_where=kept, postgresql_where=kept
    )
