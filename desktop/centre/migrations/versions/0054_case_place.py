"""A case is found by the address of its property too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054_case_place"
down_revision = "0053_clerks_money"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; a case of before is found by its address once something of it changes."""
    op.add_column("case", sa.Column("place", sa.Text(), nullable=False, server_default=""))
