"""Letters that stand have a row each, and those in doubt another."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.sql.types import IsoDate, UtcInstant

revision = "0059_doubted_letters"
down_revision = "0058_ended_letters"
branch_labels = None
depends_on = None

_LETTER = sa.table(
    "letter",
    sa.column("letter_id"),
    sa.column("case_id"),
    sa.column("kind"),
    sa.column("state"),
)
_CASE = sa.table("case", sa.column("case_id"), sa.column("code"))
_PARTS = 4
_AT_ONCE = 5_000


def upgrade() -> None:
    """Adds the tables, and a row for each letter in force; whatever stands is weighed once."""
    standing = op.create_table(
        "standing_letter",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("land", sa.String(length=60), nullable=False),
        sa.Column("due", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_standing_letter")),
    )
    op.create_index(op.f("ix_standing_letter_land"), "standing_letter", ["land"])
    _few("ix_standing_letter_due", "standing_letter", ["letter_id"], "due IS TRUE")
    op.create_table(
        "copy_asked",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", IsoDate(), nullable=False),
        sa.Column("handed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_copy_asked")),
    )
    op.create_index(op.f("ix_copy_asked_since"), "copy_asked", ["since"])
    op.create_table(
        "letter_watch",
        sa.Column("only", sa.Integer(), nullable=False),
        sa.Column("export", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("only", name=op.f("pk_letter_watch")),
    )
    op.create_table(
        "doubted_letter",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_on", IsoDate(), nullable=False),
        sa.Column("handed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("found", sa.Text(), server_default="[]", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("since", UtcInstant(), nullable=False),
        sa.Column("untold", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "state IN ('changed', 'recalled', 'upheld', 'void')",
            name=op.f("ck_doubted_letter_state"),
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_doubted_letter")),
    )
    op.create_index(op.f("ix_doubted_letter_case_id"), "doubted_letter", ["case_id"])
    for name, where in (
        ("changed", "state = 'changed'"),
        ("recalled", "state = 'recalled'"),
        ("untold", "untold > 0"),
    ):
        _few(f"ix_doubted_letter_{name}", "doubted_letter", ["since", "letter_id"], where)
    bind = op.get_bind()
    wanted = (
        sa.select(_LETTER.c.letter_id, _LETTER.c.case_id, _CASE.c.code)
        .join(_CASE, _CASE.c.case_id == _LETTER.c.case_id)
        .where(_LETTER.c.kind == "answer", _LETTER.c.state != "voided", _CASE.c.code != "")
    )
    found = bind.execute(wanted.execution_options(yield_per=_AT_ONCE))
    for page in found.partitions(_AT_ONCE):
        rows: list[dict[str, Any]] = [
            {"letter_id": letter_id, "case_id": case_id, "land": _land(code), "due": True}
            for letter_id, case_id, code in page
        ]
        bind.execute(sa.insert(standing), rows)


def _few(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)


def _land(code: str) -> str:
    """The code of the land: building, flat and shop are 0."""
    return "-".join([*code.split("-")[:_PARTS], "0", "0", "0"])
