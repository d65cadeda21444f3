"""The third revision: an index of a table that others write to."""

from __future__ import annotations

from desktop.sql.migrate import index_beside

revision = "0003_words"
down_revision = "0002_wide"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the index."""
    index_beside("ix_line_words", "line", ["words"], "id > 1")
