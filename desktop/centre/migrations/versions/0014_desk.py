"""Codes by which devices and people come, keys at each desk, what a desk tells of itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_desk"
down_revision = "0013_door"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds two tables and five columns."""
    op.create_table(
        "enrol_code",
        sa.Column("naming", sa.String(length=3), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.String(length=128), nullable=False),
        sa.Column("office", sa.String(length=20), nullable=False),
        sa.Column("device", sa.Boolean(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("expires_at", sa.String(length=27), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("naming", name=op.f("pk_enrol_code")),
    )
    op.create_table(
        "person_key",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("release_key", sa.String(length=66), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "device_id", name=op.f("pk_person_key")),
    )
    told = (
        sa.Column("told_version", sa.String(length=20), nullable=False, server_default=""),
        sa.Column("told_oldest", sa.String(length=27), nullable=True),
        sa.Column("told_disk_mb", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("told_backup", sa.String(length=27), nullable=True),
        sa.Column("told_held", sa.Integer(), nullable=False, server_default="0"),
    )
    for column in told:
        op.add_column("device", column)
