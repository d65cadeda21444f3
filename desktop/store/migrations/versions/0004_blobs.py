"""Citizens' papers as files, by content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0004_blobs"
down_revision = "0003_cash"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table and its index."""
    op.create_table(
        "blob",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kept_at", UtcInstant(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'named', 'stored', 'unasked', 'broken')",
            name=op.f("ck_blob_state"),
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_index(op.f("ix_blob_state_kept_at"), "blob", ["state", "kept_at"], unique=False)
