"""What a desk's word is held against: when it had nothing unsent, which code was given."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0016_arrivals"
down_revision = "0014_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and the index."""
    op.add_column("device", sa.Column("emptied_at", UtcInstant(), nullable=True))
    op.create_index(op.f("ix_case_tracking"), "case", ["tracking"], unique=True)
