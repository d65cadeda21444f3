"""Publications: what one person prepared, its texts, and how another person ended it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0007_publications"
down_revision = "0006_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, and has the database refuse to change them.

    What was published before has no publication: nobody had to sign it.
    """
    op.create_table(
        "publication",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("overruled", sa.Text(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        *_signature(),
        sa.Column("prepared_at", UtcInstant, nullable=False),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication")),
    )
    op.create_index(op.f("ix_publication_prepared_at"), "publication", ["prepared_at"])
    op.create_table(
        "publication_item",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("effective_from", IsoDate, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("publication_id", "number", name=op.f("pk_publication_item")),
    )
    op.create_index(op.f("ix_publication_item_sha256"), "publication_item", ["sha256"])
    op.create_table(
        "publication_end",
        sa.Column("publication_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        *_signature(),
        sa.Column("ended_at", UtcInstant, nullable=False),
        sa.CheckConstraint(
            "state IN ('signed', 'withdrawn')", name=op.f("ck_publication_end_state")
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publication_end")),
    )
    for table in ("publication", "publication_item", "publication_end"):
        create_append_only(op.get_bind(), table)


def _signature() -> list[sa.Column[object]]:
    return [
        sa.Column("actor", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcInstant, nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
    ]
