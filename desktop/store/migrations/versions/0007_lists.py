"""Lists as quick with a million cases: counts that are kept, and what they are read by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.store.case_counts import COUNTING

revision = "0007_lists"
down_revision = "0006_detail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the counts, fills them, and adds the indexes."""
    op.create_table(
        "case_count",
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("service", "state", "rank", name=op.f("pk_case_count")),
    )
    COUNTING.create(op.get_bind())
    for columns in (
        ["due_on", "id"],
        ["service", "due_on", "id"],
        ["service", "rank", "due_on", "id"],
    ):
        op.create_index(op.f(f"ix_case_row_{'_'.join(columns)}"), "case_row", columns)
    op.create_index(
        "ix_case_row_waiting",
        "case_row",
        ["updated_at", "id"],
        sqlite_where=sa.text("provisional = 1"),
    )
    op.create_index(
        "ix_case_row_trouble",
        "case_row",
        ["rank", "due_on", "id"],
        sqlite_where=sa.text("(refused = 1 OR recall = 1 OR needs_update = 1)"),
    )
