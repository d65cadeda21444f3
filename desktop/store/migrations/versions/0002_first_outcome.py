"""What the records answered first, beside the last outcome; letters to be stamped by an index."""

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
    """Adds the column, fills it from the facts that are here, and adds the index."""
    op.add_column(
        "case_row", sa.Column("first_outcome", sa.Text(), server_default="", nullable=False)
    )
    op.execute(_FIRST)
    op.create_index(
        op.f("ix_case_row_letter_state_state"), "case_row", ["letter_state", "state"], unique=False
    )
