"""A revocation that a process died before telling is found by the minute's round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0067_revocations_told"
down_revision = "0066_unsigned_until"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; of whom it is not known he is told of once more."""
    op.add_column(
        "device",
        sa.Column("revocation_told", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
