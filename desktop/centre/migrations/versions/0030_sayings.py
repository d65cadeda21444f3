"""Each saying of a text is a row of its own; what a program before writes is completed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.centre.beside import BESIDE
from desktop.domain.stream import withdrawn_day
from desktop.sql.triggers import create_append_only
from desktop.sql.types import IsoDate

revision = "0030_sayings"
down_revision = "0029_booked_visits"
branch_labels = None
depends_on = None

_MANY = 1_000


def upgrade() -> None:
    """Adds the table, with all that the stream `city` tells, and what keeps it from now on."""
    table = op.create_table(
        "published_saying",
        sa.Column("pos", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("effective_from", IsoDate(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("withdraws", IsoDate(), nullable=True),
        sa.PrimaryKeyConstraint("pos", name=op.f("pk_published_saying")),
    )
    connection = op.get_bind()
    # Before what was said is read: nothing is said in between that neither would keep.
    for following in BESIDE:
        following.create(connection)
    told = connection.execute(
        sa.text(
            "SELECT pos, canon FROM fact WHERE stream = 'city' AND kind = 'published' ORDER BY pos"
        )
    )
    for some in told.partitions(_MANY):
        connection.execute(sa.insert(table), [_said(pos, canon) for pos, canon in some])
    op.create_index(
        op.f("ix_published_saying_topic_key_version"),
        "published_saying",
        ["topic", "key", "version"],
    )
    create_append_only(connection, "published_saying")


def _said(pos: int, canon: str) -> dict[str, Any]:
    told = json.loads(canon)["payload"]
    return {
        "pos": pos,
        "topic": told["topic"],
        "key": told["key"],
        "version": told["version"],
        "effective_from": date.fromisoformat(told["effective_from"]),
        "text": told["text"],
        "withdraws": withdrawn_day(told["topic"], told["text"]),
    }
