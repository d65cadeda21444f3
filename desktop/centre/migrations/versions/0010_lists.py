"""Queues and boards as quick with a million cases: counts that are kept, and indexes of the few."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from desktop.centre.tables import CASE_COUNTING

revision = "0010_lists"
down_revision = "0009_status"
branch_labels = None
depends_on = None

_FEW: tuple[tuple[str, str, tuple[str, ...], str], ...] = (
    ("ix_case_open", "case", ("due_on", "case_id"), "state NOT IN ('handed-over', 'withdrawn')"),
    (
        "ix_case_look_due",
        "case",
        ("sampled", "registered_at"),
        "sampled <> '' AND looked IS FALSE",
    ),
    ("ix_case_looked", "case", ("looked",), "looked IS TRUE"),
    ("ix_case_claimed", "case", ("due_on", "case_id"), "claimed IS TRUE"),
    ("ix_command_held", "command", ("received_at", "device_id", "device_seq"), "state = 'held'"),
)


def upgrade() -> None:
    """Makes the counts, fills them, and adds the indexes."""
    op.create_table(
        "case_count",
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("service", sa.String(40), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "service", "state", name=op.f("pk_case_count")),
    )
    CASE_COUNTING.create(op.get_bind())
    op.drop_index(op.f("ix_case_state"), "case")
    for whole in (
        ["due_on", "case_id"],
        ["state", "due_on", "case_id"],
        ["service", "due_on", "case_id"],
        ["state", "updated_at"],
    ):
        op.create_index(op.f(f"ix_case_{'_'.join(whole)}"), "case", whole)
    for name, table, columns, where in _FEW:
        few = sa.text(where)
        op.create_index(name, table, list(columns), sqlite_where=few, postgresql_where=few)
