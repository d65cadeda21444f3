"""Citizens' papers: which case names them, and their content in chunks; questions by day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0004_blobs"
down_revision = "0003_cash"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes tables and indexes; PostgreSQL keeps the chunks as they are: compressed already."""
    op.create_table(
        "blob_use",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "case_id", name=op.f("pk_blob_use")),
    )
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", UtcInstant(), nullable=True),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    op.create_table(
        "blob_chunk",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "number", name=op.f("pk_blob_chunk")),
    )
    op.add_column(
        "question", sa.Column("subject", sa.String(length=120), server_default="", nullable=False)
    )
    op.create_index(
        op.f("ix_question_device_id_asked_at"), "question", ["device_id", "asked_at"], unique=False
    )
    op.create_index(op.f("ix_question_asked_at"), "question", ["asked_at"], unique=False)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE blob_chunk ALTER COLUMN content SET STORAGE EXTERNAL")
