"""Money that the centre heard of on a later day than it was taken is found by that day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029_taken"
down_revision = "0028_addresses"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Indexes the few such facts."""
    few = sa.text('instr(canon, \'"taken_at":"\') > 0')
    op.create_index("ix_fact_taken_earlier", "fact", ["at"], sqlite_where=few)
