"""Money at the counter: whose a reference is, and cases that rest on a payment nobody has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0003_cash"
down_revision = "0002_centre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table and adds the column."""
    op.create_table(
        "payment_reference",
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("paid_on", IsoDate, nullable=False),
        sa.Column("payer", sa.Text(), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint(
            "stream", "method", "reference", "paid_on", name=op.f("pk_payment_reference")
        ),
    )
    op.add_column(
        "case", sa.Column("doubted", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
