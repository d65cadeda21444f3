"""The first revision: a ledger."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only

revision = "0001_line"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the ledger."""
    op.create_table(
        "line", sa.Column("id", sa.Integer, primary_key=True), sa.Column("words", sa.Text)
    )
    create_append_only(op.get_bind(), "line")
