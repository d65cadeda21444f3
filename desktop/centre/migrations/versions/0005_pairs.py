"""Whose letter a case answers, so that two of one are found; how often a reference is used."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_pairs"
down_revision = "0004_blobs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds both columns. Nobody counted how often an old reference was used: it stays spent."""
    op.add_column(
        "payment_reference", sa.Column("uses", sa.Integer(), server_default="1", nullable=False)
    )
    op.execute("UPDATE payment_reference SET uses = 1000")
    op.add_column("case", sa.Column("inquiry", sa.Text(), server_default="", nullable=False))
    op.execute(
        "UPDATE \"case\" SET inquiry = (SELECT body || '/' || number FROM inquiry_letter "
        'WHERE inquiry_letter.case_id = "case".case_id) WHERE EXISTS (SELECT 1 FROM inquiry_letter '
        'WHERE inquiry_letter.case_id = "case".case_id)'
    )
    op.create_index(op.f("ix_case_inquiry"), "case", ["inquiry"], unique=False)
