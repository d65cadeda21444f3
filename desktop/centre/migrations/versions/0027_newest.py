"""The newest requests of a service, by which a file is tried, are read off an index."""

from __future__ import annotations

from alembic import op

revision = "0027_newest"
down_revision = "0026_closed_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the index."""
    op.create_index(
        op.f("ix_case_service_registered_at_case_id"),
        "case",
        ["service", "registered_at", "case_id"],
    )
