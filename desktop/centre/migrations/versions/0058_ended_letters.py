"""Released letters that no longer hold have a row each, also those that ended before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.domain.calendar import TEHRAN
from desktop.sql.types import IsoDate, UtcInstant

revision = "0058_ended_letters"
down_revision = "0057_clerks_waiting"
branch_labels = None
depends_on = None

_VOID, _REPLACED, _RECALLED = 0, 1, 2
_LETTER = sa.table(
    "letter", sa.column("case_id"), sa.column("state"), sa.column("was_released", sa.Boolean())
)
_CASE = sa.table(
    "case", sa.column("case_id"), sa.column("stream"), sa.column("recall", sa.Boolean())
)
_FACT = sa.table(
    "fact",
    sa.column("stream"),
    sa.column("case_id"),
    sa.column("rev"),
    sa.column("kind"),
    sa.column("at", UtcInstant()),
    sa.column("canon"),
)
_KINDS = ("letter-issued", "letter-released", "letter-voided")


def upgrade() -> None:
    """Adds the table, and a row for each that was voided or recalled before."""
    table = op.create_table(
        "ended_letter",
        sa.Column("letter_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("why", sa.Integer(), nullable=False),
        sa.Column("day", IsoDate(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("told_at", UtcInstant(), nullable=False),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_ended_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_ended_letter_number")),
    )
    op.create_index(op.f("ix_ended_letter_told_at"), "ended_letter", ["told_at"])
    bind = op.get_bind()
    voided = sa.select(_LETTER.c.case_id).where(
        _LETTER.c.state == "voided", _LETTER.c.was_released.is_(sa.true())
    )
    wanted = sa.select(_CASE.c.stream, _CASE.c.case_id, _CASE.c.recall).where(
        sa.or_(_CASE.c.recall.is_(sa.true()), _CASE.c.case_id.in_(voided))
    )
    for stream, case_id, recalled in bind.execute(wanted).all():
        rows = list(_rows(bind, stream, case_id, recalled=bool(recalled)))
        if rows:
            bind.execute(sa.insert(table), rows)


def _rows(
    bind: sa.Connection, stream: str, case_id: str, *, recalled: bool
) -> Iterator[dict[str, Any]]:
    """What has ended of a case's letters, by what was told of each."""
    told = (
        sa.select(_FACT.c.kind, _FACT.c.at, _FACT.c.canon)
        .where(_FACT.c.stream == stream, _FACT.c.case_id == case_id, _FACT.c.kind.in_(_KINDS))
        .order_by(_FACT.c.rev)
    )
    letters: dict[str, dict[str, Any]] = {}
    released, voided = set[str](), dict[str, datetime]()
    last: datetime | None = None
    for kind, at, canon in bind.execute(told):
        payload, last = json.loads(canon)["payload"], at
        if kind == "letter-issued":
            letters[payload["letter"]["letter_id"]] = payload["letter"]
        elif kind == "letter-released":
            released.add(payload["letter_id"])
        else:
            voided[payload["letter_id"]] = at
    stands_in = {
        letters[each].get("replaces", ""): letters[each]["number"]
        for each in released
        if each in letters
    }
    in_force = [
        each
        for each, letter in letters.items()
        if each in released and each not in voided and letter["kind"] != "debt"
    ]
    for letter_id in [each for each in letters if each in voided and each in released]:
        number, at = letters[letter_id]["number"], voided[letter_id]
        by = stands_in.get(number, "")
        yield _row(letter_id, number, _REPLACED if by else _VOID, at, by)
    if recalled and in_force and last is not None:
        number = letters[in_force[-1]]["number"]
        yield _row(in_force[-1], number, _RECALLED, last, "")


def _row(letter_id: str, number: str, why: int, at: datetime, by: str) -> dict[str, Any]:
    day = at.astimezone(TEHRAN).date()
    return {
        "letter_id": letter_id, "number": number, "why": why, "day": day, "by": by, "told_at": at
    }  # fmt: skip
