"""The second revision: a column more, by making the table anew and without its triggers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_note"
down_revision = "0001_line"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table anew, as a careless batch does."""
    with op.batch_alter_table("line", recreate="always") as batch:
        batch.add_column(sa.Column("note", sa.Text))
