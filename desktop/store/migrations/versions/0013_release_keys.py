"""All keys by which people release letters, so that a release can be checked at the desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_release_keys"
down_revision = "0012_backup"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the table, with the keys that are known."""
    op.create_table(
        "release_key",
        sa.Column("staff_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("staff_id", "key", name=op.f("pk_release_key")),
    )
    op.execute("INSERT INTO release_key (staff_id, key) SELECT staff_id, release_key FROM person")
