"""Money at the counter: whose a reference is, cases on a payment nobody has, or claimed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0003_cash"
down_revision = "0002_centre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table and adds the columns."""
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
    for name in ("doubted", "claimed"):
        op.add_column(
            "case", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
        )
