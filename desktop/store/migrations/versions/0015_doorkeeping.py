"""Wrong passwords in a row, and whom the office's manager keeps out of this desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0015_doorkeeping"
down_revision = "0014_national_ids"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes both tables, empty: nobody was counted or kept out before."""
    op.create_table(
        "sign_in_tries",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_sign_in_tries")),
    )
    op.create_table(
        "sign_in_hold",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_sign_in_hold")),
    )
