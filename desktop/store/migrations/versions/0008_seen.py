"""Which letters a person has had on screen to their end, on which day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0008_seen"
down_revision = "0007_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table."""
    op.create_table(
        "letter_seen",
        sa.Column("letter_id", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", "person", "day", name=op.f("pk_letter_seen")),
    )
    op.create_index(op.f("ix_letter_seen_person_day"), "letter_seen", ["person", "day"])
