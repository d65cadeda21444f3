"""A term of an office holds its whole card: place, hours and licence change by an act too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020_cards"
down_revision = "0019_tended"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column; terms of before, and of the program before, have none of it."""
    op.add_column("office_term", sa.Column("card", sa.Text(), nullable=False, server_default=""))
