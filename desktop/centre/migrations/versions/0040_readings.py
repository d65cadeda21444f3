"""Who looked at which case or record: lines in chains, where one does not hold, what was asked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0040_readings"
down_revision = "0039_second_looks"
branch_labels = None
depends_on = None

_LOOSE = sa.text("case_id = '' AND code <> '' AND what IN ('record', 'found')")
_BY = ("office", "actor", "case_id", "code")


def upgrade() -> None:
    """Adds the five tables."""
    op.create_table(
        "reading_line",
        *_place("reading_line"),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("heard_at", UtcInstant(), nullable=False),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=10), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("tracking", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("work_since", UtcInstant(), nullable=False),
        sa.Column("work_until", UtcInstant(), nullable=False),
        sa.Column("off_hours", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("canon", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
    )
    op.create_index(op.f("ix_reading_line_at"), "reading_line", ["at"])
    for column in _BY:
        op.create_index(op.f(f"ix_reading_line_{column}_at"), "reading_line", [column, "at"])
    op.create_index(op.f("ix_reading_line_chain_first"), "reading_line", ["chain", "first"])
    op.create_index(
        "ix_reading_line_loose",
        "reading_line",
        ["at"],
        sqlite_where=_LOOSE,
        postgresql_where=_LOOSE,
    )
    op.create_table(
        "reading_head",
        sa.Column("chain", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_reading_head")),
    )
    op.create_table(
        "reading_break",
        *_place("reading_break"),
        sa.Column("office", sa.String(length=32), nullable=False),
        sa.Column("desk", sa.Integer(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
    )
    op.create_index(op.f("ix_reading_break_office"), "reading_break", ["office"])
    op.create_table(
        "reading_question",
        *_place("reading_question"),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("asked_at", UtcInstant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        "reading_reply",
        *_place("reading_reply"),
        sa.Column("replied_at", UtcInstant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    for table in ("reading_line", "reading_break", "reading_question", "reading_reply"):
        create_append_only(op.get_bind(), table)


def _place(table: str) -> tuple[sa.Column[object] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("chain", sa.String(length=60), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "seq", name=op.f(f"pk_{table}")),
    )
