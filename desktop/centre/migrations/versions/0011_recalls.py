"""Recalled letters, an office's own cases and the letters of a day are found by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_recalls"
down_revision = "0010_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the indexes."""
    recalled = sa.text("recall IS TRUE")
    op.create_index(
        "ix_case_recall",
        "case",
        ["due_on", "case_id"],
        sqlite_where=recalled,
        postgresql_where=recalled,
    )
    op.create_index(op.f("ix_case_stream_due_on_case_id"), "case", ["stream", "due_on", "case_id"])
    op.create_index(op.f("ix_letter_issued_at"), "letter", ["issued_at"])
