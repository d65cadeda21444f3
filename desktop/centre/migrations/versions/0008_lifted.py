"""Holds and Article 100 files that ended by a letter or by two people's word, and by whose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0008_lifted"
down_revision = "0007_publications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table, and has the database refuse to change it.

    What was lifted before stands in the words of `record_force` alone.
    """
    op.create_table(
        "record_lifted",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("row", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("second", sa.Text(), nullable=False),
        sa.Column("signatures", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_lifted")),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["record_export.id"],
            name=op.f("fk_record_lifted_export_id_record_export"),
        ),
    )
    op.create_index(op.f("ix_record_lifted_export_id"), "record_lifted", ["export_id"])
    create_append_only(op.get_bind(), "record_lifted")
