"""A case's row tells in which step it waits, since when, and when something is to be told of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044_steps"
down_revision = "0043_outages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; of steps that began before it nothing was promised."""
    for name in ("step", "step_to"):
        op.add_column("case", sa.Column(name, sa.String(12), nullable=False, server_default=""))
    for name in ("step_since", "step_by", "step_due"):
        op.add_column("case", sa.Column(name, sa.String(10), nullable=True))
    due = sa.text("step_due IS NOT NULL")
    op.create_index(
        "ix_case_step_due",
        "case",
        ["step_due", "case_id"],
        sqlite_where=due,
        postgresql_where=due,
    )
