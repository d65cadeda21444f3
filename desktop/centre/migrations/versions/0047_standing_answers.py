"""A letter that was voided is no answer: how long citizens waited is added up without it."""

from __future__ import annotations

from alembic import op

from desktop.centre.sum_tables import WAITS

revision = "0047_standing_answers"
down_revision = "0044_steps"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds up anew what answers took; the database goes on by the new count."""
    WAITS.renew(op.get_bind())
