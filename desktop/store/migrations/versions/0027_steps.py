"""A row of the queue tells by when its step is promised, once that is told, and that it is late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0027_steps"
down_revision = "0026_readings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns; nothing was promised before."""
    op.add_column("case_row", sa.Column("step_by", IsoDate(), nullable=True))
    op.add_column(
        "case_row",
        sa.Column("step_late", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(
        "ix_case_row_step_late",
        "case_row",
        ["rank", "due_on", "id"],
        sqlite_where=sa.text("step_late = 1"),
    )
