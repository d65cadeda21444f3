"""Money is added up by who registered its request too; an outage of the centre knows its desks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.centre.sum_tables import CLERK_TAKINGS
from desktop.sql.types import UtcInstant

revision = "0053_clerks_money"
down_revision = "0050_kept_rows"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the clerk, as the case has it, money by clerks, and the table of desks."""
    op.add_column("taking", sa.Column("clerk", sa.Text(), nullable=False, server_default=""))
    op.execute(
        'UPDATE taking SET clerk = COALESCE((SELECT MAX(clerk) FROM "case" '
        "WHERE \"case\".case_id = taking.case_id), '')"
    )
    op.create_table(
        "clerk_taking_sum",
        sa.Column("span", sa.String(length=1), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("clerk", sa.Text(), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "span", "period", "stream", "clerk", "service", "district",
            name=op.f("pk_clerk_taking_sum"),
        ),
    )  # fmt: skip
    CLERK_TAKINGS.create(op.get_bind())
    op.create_table(
        "outage_desk",
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("delayed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("since", "device_id", name=op.f("pk_outage_desk")),
    )
