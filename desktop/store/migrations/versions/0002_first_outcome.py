"""What the records answered first, beside the last outcome: the day's share counts that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_first_outcome"
down_revision = "0001_store"
branch_labels = None
depends_on = None

# As `row.columns` computes it: the first decision among the confirmed facts.
_FIRST = sa.text("""
    UPDATE case_row SET first_outcome = coalesce((
        SELECT json_extract(fact.canon, '$.payload.decision.outcome') FROM fact
        WHERE fact.case_id = case_row.case_id AND fact.kind = 'decided'
        ORDER BY fact.rev LIMIT 1
    ), '')
""")


def upgrade() -> None:
    """Adds the column and fills it from the facts that are here."""
    op.add_column(
        "case_row", sa.Column("first_outcome", sa.Text(), server_default="", nullable=False)
    )
    op.execute(_FIRST)
