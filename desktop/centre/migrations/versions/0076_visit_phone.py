"""Of a booked visit the telephone is that of who is to be there, not the applicant's."""

from __future__ import annotations

from alembic import op

revision = "0076_visit_phone"
down_revision = "0075_giving_turn"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was written down is told by the facts anew (`whereabouts.booked_visits`)."""
    op.execute("DELETE FROM booked_visit")
