"""A case is found by whole words and beginnings of one, as at an office's desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.centre.tables import CASE_WORDS
from desktop.domain.search_words import words

revision = "0055_case_words"
down_revision = "0054_case_place"
branch_labels = None
depends_on = None

_AT_ONCE = 2_000
_NEXT = sa.text(
    'SELECT case_id, applicant, tracking, code, place FROM "case" '
    "WHERE case_id > :last ORDER BY case_id LIMIT :most"
)
_FOLDED = sa.text('UPDATE "case" SET folded = :folded WHERE case_id = :case_id')


def upgrade() -> None:
    """Folds what cases are found by anew; broken off, it is done again from its beginning.

    The index of trigrams, which not every server has, goes: without it the old program finds the
    same, only more slowly.
    """
    connection, last = op.get_bind(), ""
    while found := connection.execute(_NEXT, {"last": last, "most": _AT_ONCE}).all():
        connection.execute(
            _FOLDED,
            [{"case_id": case_id, "folded": words(*told)} for case_id, *told in found],
        )
        last = found[-1].case_id
        if connection.dialect.name == "postgresql":
            # Nobody who works with these cases waits for all of them.
            connection.commit()
    if connection.dialect.name == "sqlite":
        CASE_WORDS.create(connection)
    else:
        op.drop_index("ix_case_folded", "case", if_exists=True)
