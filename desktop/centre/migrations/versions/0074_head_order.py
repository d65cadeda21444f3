"""A stream's signed heads are counted in the order in which they were signed, and a day may have
another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate, UtcInstant

revision = "0074_head_order"
down_revision = "0073_lost_time"
branch_labels = None
depends_on = None

_TABLE, _NAMES = "daily_head", "day, stream, pos, hash, epoch, at, signature"
_KEY = ("stream", "seq", "day")


def upgrade() -> None:
    """Adds the column to the key. A program before, at work beside, goes on with 0."""
    if op.get_bind().dialect.name == "postgresql":
        op.add_column(_TABLE, sa.Column("seq", sa.Integer(), nullable=False, server_default="0"))
        op.drop_constraint(op.f("pk_daily_head"), _TABLE, type_="primary")
        op.create_primary_key(op.f("pk_daily_head"), _TABLE, list(_KEY))
        return
    # SQLite makes the table anew for it, and its triggers after it.
    op.execute(f"ALTER TABLE {_TABLE} RENAME TO {_TABLE}_by_day")
    op.create_table(
        _TABLE,
        sa.Column("stream", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("pos", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=36), nullable=False),
        sa.Column("at", UtcInstant(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint(*_KEY, name=op.f("pk_daily_head")),
    )
    op.execute(f"INSERT INTO {_TABLE} ({_NAMES}) SELECT {_NAMES} FROM {_TABLE}_by_day")
    op.execute(f"DROP TABLE {_TABLE}_by_day")
    create_append_only(op.get_bind(), _TABLE)
