"""The print ledger keeps what a person said of a sheet: readable, spoiled, or nothing yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0032_paper_said"
down_revision = "0031_checked_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was printed before was taken for readable."""
    said = sa.Column("said", sa.Text(), nullable=False, server_default="readable")
    op.add_column("print_ledger", said)
    op.create_index(
        "ix_print_ledger_unsaid", "print_ledger", ["id"], sqlite_where=sa.text("said = ''")
    )
