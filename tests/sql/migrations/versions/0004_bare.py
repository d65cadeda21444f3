"""The fourth revision: nothing is read by that index any more."""

from __future__ import annotations

from desktop.sql.migrate import drop_index_beside

revision = "0004_bare"
down_revision = "0003_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Takes the index away."""
    drop_index_beside("ix_line_words")
