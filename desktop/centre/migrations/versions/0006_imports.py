"""Imports that are staged: a record holds from one import until another, and one is in force."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0006_imports"
down_revision = "0005_pairs"
branch_labels = None
depends_on = None

_ENDED = "2026-01-01T00:00:00.000000Z"


def upgrade() -> None:
    """Every record of before holds since the last import, which is the one in force."""
    for name, kind, default in (
        ("state", sa.String(12), "read"),
        ("source", sa.Text(), ""),
        ("sha256", sa.String(64), ""),
        ("reader", sa.String(40), ""),
        ("reader_name", sa.Text(), ""),
        ("fault", sa.Text(), ""),
        ("sheet", sa.Text(), ""),
        ("causes", sa.Text(), "[]"),
    ):
        op.add_column(
            "record_export", sa.Column(name, kind, server_default=default, nullable=False)
        )
    op.add_column("record_export", sa.Column("base", sa.Integer(), nullable=True))
    for name in ("done", "rows"):
        op.add_column(
            "record_export", sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        )
    for name in ("begun_at", "heard_at"):
        op.add_column(
            "record_export",
            sa.Column(name, UtcInstant(), server_default=_ENDED, nullable=False),
        )
    op.add_column(
        "record_export",
        sa.Column("stopping", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "property_record",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("section", sa.Integer(), nullable=True),
        sa.Column("main", sa.Integer(), nullable=True),
        sa.Column("sub", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", "since", name=op.f("pk_property_record")),
        sa.ForeignKeyConstraint(
            ["since"], ["record_export.id"], name=op.f("fk_property_record_since_record_export")
        ),
    )
    op.execute(
        "INSERT INTO property_record (code, since, section, main, sub, body) "
        "SELECT code, (SELECT max(id) FROM record_export), section, main, sub, body FROM record"
    )
    op.drop_table("record")
    op.create_index(
        op.f("ix_property_record_section_main_sub"),
        "property_record",
        ["section", "main", "sub"],
        unique=False,
    )
    op.create_index(op.f("ix_property_record_since"), "property_record", ["since"], unique=False)
    op.create_index(op.f("ix_property_record_until"), "property_record", ["until"], unique=False)
    op.create_table(
        "record_force",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_force")),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["record_export.id"],
            name=op.f("fk_record_force_export_id_record_export"),
        ),
    )
    op.execute(
        "INSERT INTO record_force (export_id, kind, at, words) "
        f"SELECT max(id), 'force', '{_ENDED}', '{{}}' FROM record_export "
        "HAVING max(id) IS NOT NULL"
    )
    create_append_only(op.get_bind(), "record_force")
    op.create_table(
        "record_told",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("fate", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("export_id", "number", name=op.f("pk_record_told")),
        sa.ForeignKeyConstraint(
            ["export_id"], ["record_export.id"], name=op.f("fk_record_told_export_id_record_export")
        ),
    )
    op.create_table(
        "record_upload",
        sa.Column("upload_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sender", sa.String(40), nullable=False),
        sa.Column("sent_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("upload_id", "number", name=op.f("pk_record_upload")),
    )
    op.add_column("overlay", sa.Column("until", sa.Integer(), nullable=True))
