"""A place knows where it is and how often it was moved; a case by when it is answered."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0031_visits"
down_revision = "0030_sayings"
branch_labels = None
depends_on = None

_LAST = sa.text(
    "SELECT canon FROM fact WHERE stream = :stream AND case_id = :case_id "
    "AND kind IN ('slot-booked', 'slot-moved') ORDER BY rev DESC LIMIT 1"
)


def upgrade() -> None:
    """Adds the columns with their indexes; where a place is stands in the fact that took it."""
    for name in ("district", "moved"):
        column = sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        op.add_column("booking", column)
    _tell_districts(op.get_bind())
    op.create_index(op.f("ix_booking_day_half_staff_id"), "booking", ["day", "half", "staff_id"])
    op.add_column("case", sa.Column("answer_by", sa.String(10), nullable=True))
    op.add_column(
        "case",
        sa.Column("escalated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    _few("ix_case_answer_due", "answer_by", "answer_by IS NOT NULL")
    _few("ix_case_escalated", "due_on", "escalated IS TRUE")


def _few(name: str, first: str, where: str) -> None:
    op.create_index(
        name,
        "case",
        [first, "case_id"],
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _tell_districts(connection: sa.Connection) -> None:
    held = connection.execute(
        sa.text(
            'SELECT booking.case_id, "case".stream FROM booking '
            'JOIN "case" ON "case".case_id = booking.case_id'
        )
    ).all()
    for row in held:
        canon = connection.scalar(_LAST, {"stream": row.stream, "case_id": row.case_id})
        if canon is not None:
            connection.execute(
                sa.text("UPDATE booking SET district = :district WHERE case_id = :case_id"),
                {
                    "district": json.loads(canon)["payload"]["slot"]["district"],
                    "case_id": row.case_id,
                },
            )
