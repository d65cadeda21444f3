"""Every key that a person ever had at a desk: what was signed by a former one is still theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import UtcInstant

revision = "0017_keys"
down_revision = "0016_arrivals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, with the keys that stand at desks now."""
    op.create_table(
        "person_key_made",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("release_key", sa.String(length=66), nullable=False),
        sa.Column("made_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "staff_id", "key", name=op.f("pk_person_key_made")),
    )
    op.execute(
        "INSERT INTO person_key_made (staff_id, device_id, key, release_key, made_at) "
        "SELECT staff_id, device_id, key, release_key, made_at FROM person_key"
    )
    create_append_only(op.get_bind(), "person_key_made")
