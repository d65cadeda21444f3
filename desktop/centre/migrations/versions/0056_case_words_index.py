"""PostgreSQL's index of the words that a case is found by."""

from __future__ import annotations

from desktop.centre.tables import CASE_WORDS
from desktop.sql.migrate import index_beside

revision = "0056_case_words_index"
down_revision = "0055_case_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SQLite has a table of them beside the cases."""
    index_beside(CASE_WORDS.index, "case", [f"({CASE_WORDS.vector})"], using="gin")
