"""What a case waits for at a commission stands in a row of its own."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0035_commissions"
down_revision = "0034_experts"
branch_labels = None
depends_on = None

_SENT = sa.text(
    "SELECT canon FROM fact WHERE stream = :stream AND case_id = :case_id "
    "AND kind = 'sent-to-commission' ORDER BY rev DESC LIMIT 1"
)
_NEW = sa.text(
    "INSERT INTO commission_case (case_id, article, awaits, sent_on, session, ruling, result, "
    "stage, persons, unserved) "
    "VALUES (:case_id, :article, 'session', :sent_on, '', '', '', '', 0, 0)"
)


def upgrade() -> None:
    """Adds the table; cases at a commission wait for a session."""
    op.create_table(
        "commission_case",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("article", sa.String(length=3), nullable=False),
        sa.Column("awaits", sa.String(length=12), nullable=False),
        sa.Column("sent_on", sa.String(10), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("session_on", sa.String(10), nullable=True),
        sa.Column("ruling", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=5), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("unserved", sa.Integer(), nullable=False),
        sa.Column("until", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_commission_case")),
    )
    op.create_index(
        op.f("ix_commission_case_article_awaits_session_on_sent_on_case_id"),
        "commission_case",
        ["article", "awaits", "session_on", "sent_on", "case_id"],
    )
    _tell(op.get_bind())


def _tell(connection: sa.Connection) -> None:
    """The referral's fact says to which commission a case went, and when (its UTC day)."""
    held = sa.text("SELECT case_id, stream FROM \"case\" WHERE state = 'commission'")
    for row in connection.execute(held).all():
        canon = connection.scalar(_SENT, {"stream": row.stream, "case_id": row.case_id})
        if canon is not None:
            fact = json.loads(canon)
            told = {"article": fact["payload"]["article"], "sent_on": fact["at"][:10]}
            connection.execute(_NEW, {"case_id": row.case_id, **told})
