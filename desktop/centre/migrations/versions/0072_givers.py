"""Who gave the code that made a person's keys is kept with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0072_givers"
down_revision = "0071_bulletin"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; of codes and keys of before no giver is known."""
    for table in ("enrol_code", "person_key_made"):
        op.add_column(table, sa.Column("givers", sa.Text(), nullable=False, server_default=""))
