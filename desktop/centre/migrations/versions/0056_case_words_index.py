"""An index of the words that a case is found by, in the place of one that not every server has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.centre.tables import CASE_WORDS
from desktop.sql.migrate import index_beside

revision = "0056_case_words_index"
down_revision = "0055_case_words"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """SQLite's is a table beside the cases."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        CASE_WORDS.create(connection)
        return
    op.execute("DROP INDEX IF EXISTS ix_case_folded")
    index_beside(CASE_WORDS.index, "case", [sa.text(CASE_WORDS.vector)], using="gin")
