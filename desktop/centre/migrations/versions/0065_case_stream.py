"""The index of a case's stream alone goes: the key begins with the stream."""

from __future__ import annotations

from desktop.sql.migrate import drop_index_beside

revision = "0065_case_stream"
down_revision = "0064_salvaged"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Takes it away."""
    drop_index_beside("ix_case_stream")
