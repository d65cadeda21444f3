"""Two indexes that nobody reads are gone: an office's codes and when a letter's end was told are
read whole."""

from __future__ import annotations

from alembic import op

revision = "0070_unread_indexes"
down_revision = "0069_answered"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drops them; both tables are small, and programs before read them whole too."""
    op.drop_index(op.f("ix_office_code_office_id"), "office_code")
    op.drop_index(op.f("ix_ended_letter_told_at"), "ended_letter")
