"""Of how many pictures a paper is that is here whole is kept: none is read for it again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0068_pictures"
down_revision = "0067_revocations_told"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; a paper of before is looked at when it is asked of."""
    op.add_column("blob", sa.Column("pictures", sa.Integer(), nullable=True))
