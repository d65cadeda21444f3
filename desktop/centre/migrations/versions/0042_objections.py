"""Objections, each with its unit and stage, and what upheld ones corrected in the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import UtcInstant

revision = "0042_objections"
down_revision = "0040_readings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the tables with their indexes."""
    op.create_table(
        "objection",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("tracking", sa.String(40), nullable=False),
        sa.Column("first_case", sa.String(36), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("contested", sa.String(20), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("received_on", sa.String(10), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("told", sa.String(20), nullable=False, server_default=""),
        sa.Column("answered_by", sa.String(36), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_objection")),
    )
    op.create_index(
        op.f("ix_objection_code_contested_received_on"),
        "objection",
        ["code", "contested", "received_on"],
    )
    op.create_index(
        op.f("ix_objection_first_case_contested"), "objection", ["first_case", "contested"]
    )
    _few("ix_objection_open", "objection", "stage = 'registered'", "unit", "due_on", "case_id")
    _few(
        "ix_objection_untold",
        "objection",
        "first_case <> '' AND told <> stage",
        "first_case",
        "case_id",
    )
    op.create_table(
        "record_correction",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("item", sa.String(20), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("former", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("paper", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tracking", sa.String(40), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_record_correction")),
    )
    op.create_index(
        op.f("ix_record_correction_batch_made_at"), "record_correction", ["batch", "made_at"]
    )
    _few(
        "ix_record_correction_unfed",
        "record_correction",
        "batch = 0",
        "made_at",
        "case_id",
        "number",
    )
    op.create_table(
        "fed_batch",
        sa.Column("batch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("given_at", UtcInstant(), nullable=True),
        sa.PrimaryKeyConstraint("batch", name=op.f("pk_fed_batch")),
    )


def _few(name: str, table: str, where: str, *columns: str) -> None:
    op.create_index(
        name,
        table,
        list(columns),
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )
