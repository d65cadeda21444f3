"""Which expert has a case stands in its row while it is looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0034_experts"
down_revision = "0032_told_people"
branch_labels = None
depends_on = None

_HELD = sa.text("expert <> ''")


def upgrade() -> None:
    """Adds the columns; nobody had taken a case before."""
    op.add_column("case", sa.Column("expert", sa.String(36), nullable=False, server_default=""))
    op.add_column("case", sa.Column("expert_name", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_case_expert",
        "case",
        ["expert", "due_on", "case_id"],
        sqlite_where=_HELD,
        postgresql_where=_HELD,
    )
