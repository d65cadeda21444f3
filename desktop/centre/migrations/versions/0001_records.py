"""The municipality's records: exports, properties, changes between exports, overlays."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate

revision = "0001_records"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the four tables of the records."""
    op.create_table(
        "record_export",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("as_of", IsoDate, nullable=False),
        sa.Column("totals", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_export"),
    )
    op.create_table(
        "record",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("section", sa.Integer),
        sa.Column("main", sa.Integer),
        sa.Column("sub", sa.Integer),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("export_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_record"),
        sa.ForeignKeyConstraint(
            ["export_id"], ["record_export.id"], name="fk_record_export_id_record_export"
        ),
    )
    op.create_index("ix_record_section_main_sub", "record", ["section", "main", "sub"])
    op.create_table(
        "record_change",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("export_id", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_record_change"),
        sa.ForeignKeyConstraint(
            ["export_id"], ["record_export.id"], name="fk_record_change_export_id_record_export"
        ),
    )
    op.create_index("ix_record_change_export_id", "record_change", ["export_id"])
    op.create_table(
        "overlay",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_on", IsoDate, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_overlay"),
        sa.UniqueConstraint("code", "kind", "body", name="uq_overlay_code_kind_body"),
    )
