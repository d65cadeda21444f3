"""Answers that are looked at again have a row each; what the lot is drawn by is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0039_second_looks"
down_revision = "0038_sums"
branch_labels = None
depends_on = None

_WAITS = sa.text("due IS TRUE")
_ANSWERED = "('issued', 'released', 'handed-over')"
# What an earlier program drew left risky answers out of its lot: it tells nothing of all (drawn 0).
_WAITING = f"""
INSERT INTO second_look
    (case_id, stream, service, version, district, received_on, decided_at, why, drawn, due)
SELECT case_id, CASE WHEN received_in = '' THEN stream ELSE received_in END, service, '', district,
    received_on, updated_at, sampled, 0, TRUE
FROM "case" WHERE sampled <> '' AND looked IS FALSE AND state IN {_ANSWERED}
"""
_NO_MORE = f"""
UPDATE "case" SET sampled = ''
WHERE sampled <> '' AND looked IS FALSE AND state NOT IN {_ANSWERED}
"""


def upgrade() -> None:
    """Adds two tables; what waits for a second look has its row."""
    op.create_table(
        "look_secret",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("secret", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_look_secret")),
    )
    create_append_only(op.get_bind(), "look_secret")
    op.create_table(
        "second_look",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("district", sa.Integer(), nullable=False),
        sa.Column("received_on", IsoDate(), nullable=False),
        sa.Column("decided_at", UtcInstant(), nullable=False),
        sa.Column("why", sa.String(length=10), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("looked_at", UtcInstant(), nullable=True),
        sa.Column("looked_by", sa.String(length=36), nullable=False, server_default=""),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("part", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("item", sa.Text(), nullable=False, server_default=""),
        sa.Column("reason", sa.String(length=20), nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_second_look")),
    )
    op.create_index(
        "ix_second_look_due",
        "second_look",
        ["decided_at", "case_id"],
        sqlite_where=_WAITS,
        postgresql_where=_WAITS,
    )
    columns = ["received_on", "service", "district", "stream", "drawn", "right"]
    op.create_index(op.f(f"ix_second_look_{'_'.join(columns)}"), "second_look", columns)
    op.create_index(op.f("ix_second_look_looked_at_right"), "second_look", ["looked_at", "right"])
    op.execute(_WAITING)
    op.execute(_NO_MORE)
