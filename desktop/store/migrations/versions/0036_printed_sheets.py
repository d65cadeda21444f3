"""The print ledger tells on which stamped sheets a copy went to paper."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036_printed_sheets"
down_revision = "0035_last_heads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns."""
    series = sa.Column("series", sa.Text(), server_default="", nullable=False)
    op.add_column("print_ledger", series)
    for name in ("sheet_first", "sheet_last"):
        column = sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        op.add_column("print_ledger", column)
