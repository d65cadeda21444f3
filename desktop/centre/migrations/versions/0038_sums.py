"""Figures that the database keeps by day and month, and what a case and a letter tell for them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from desktop.centre.sum_tables import FIRST_SUMMINGS
from desktop.domain.calendar import TEHRAN
from desktop.sql.types import UtcInstant

revision = "0038_sums"
down_revision = "0036_consultations"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000
# Money that moves; the kinds of fees and debts that have a word of their own.
_MOVED = ("terminal", "bill")
_KINDS = ("office", "visit", "debt", "fine", "restoration", "deposit")
_MONEY = sa.text(
    "SELECT fact.stream, fact.case_id, fact.rev, fact.kind, fact.at, fact.canon, "
    '"case".service, "case".district FROM fact '
    'JOIN "case" ON "case".case_id = fact.case_id '
    "WHERE fact.kind IN ('fee-paid', 'amount-paid', 'payment-voided', 'fee-refunded') "
    "AND fact.rev > 0 ORDER BY fact.case_id, fact.rev"
).columns(at=UtcInstant)


def upgrade() -> None:
    """Adds the columns and tables; what was before is told by facts."""
    _columns()
    _tables()
    _remember(op.get_bind())
    _take(op.get_bind())
    op.drop_index("ix_letter_waited", "letter")
    op.create_index(
        "ix_letter_issued", "letter", ["issued_on", "case_id", "office", "state", "copies"]
    )
    op.drop_index("ix_letter_day", "letter")
    op.create_index(op.f("ix_case_received_on_case_id"), "case", ["received_on", "case_id"])
    few = sa.text("waited = -1 AND kind <> 'debt'")
    op.create_index(
        "ix_letter_unreckoned",
        "letter",
        ["issued_on", "received_on"],
        sqlite_where=few,
        postgresql_where=few,
    )
    for summing in FIRST_SUMMINGS:
        summing.create(op.get_bind())


def _columns() -> None:
    for name in ("was_sent_back", "was_escalated"):
        op.add_column("case", _flag(name))
    op.add_column("letter", sa.Column("clerk", sa.Text(), nullable=False, server_default=""))
    op.add_column("letter", sa.Column("waited", sa.Integer(), nullable=False, server_default="-1"))
    op.add_column("letter", _flag("was_released"))


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())


def _text(name: str, length: int = 0) -> sa.Column[str]:
    kind: sa.types.TypeEngine[str] = sa.String(length) if length else sa.Text()
    return sa.Column(name, kind, nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _rial(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _sums(table: str, keys: Iterable[sa.Column[Any]], adds: Iterable[sa.Column[Any]]) -> None:
    own = list(keys)
    op.create_table(
        table,
        *own,
        *adds,
        sa.PrimaryKeyConstraint(*(key.name for key in own), name=op.f(f"pk_{table}")),
    )


def _period() -> Iterator[sa.Column[str]]:
    yield _text("span", 1)
    yield _text("period", 10)


def _tables() -> None:
    counts = (
        "received", "undecided", "answer", "pay", "visit_no_record", "visit", "review", "refuse",
        "sent_back", "escalated",
    )  # fmt: skip
    _sums(
        "request_sum",
        (_text("cut", 6), *_period(), _text("stream", 40), _text("part"), *_served()),
        map(_number, counts),
    )
    _sums(
        "state_sum",
        (*_period(), _text("stream", 40), _text("state", 12), *_served()),
        [_number("requests")],
    )
    _sums(
        "letter_sum",
        (*_period(), _text("office", 32), _text("clerk"), *_served()),
        map(_number, ("issued", "released", "voided", "copies")),
    )
    _sums(
        "wait_sum",
        (*_period(), _text("office", 32), _number("waited"), *_served()),
        [_number("answers")],
    )
    _sums(
        "taking_sum",
        (*_period(), _text("stream", 40), _text("what", 12), *_served()),
        (_number("times"), _rial("amount")),
    )
    op.create_table(
        "taking",
        _text("case_id", 36),
        _text("mark"),
        _text("stream", 40),
        _text("paid_on", 10),
        _text("what", 12),
        _rial("amount"),
        *_served(),
        sa.PrimaryKeyConstraint("case_id", "mark", name=op.f("pk_taking")),
    )
    op.create_index(op.f("ix_taking_paid_on_stream"), "taking", ["paid_on", "stream"])


def _served() -> Iterator[sa.Column[Any]]:
    yield _text("service", 40)
    yield _number("district")


def _remember(connection: sa.Connection) -> None:
    for column, kind in (("was_sent_back", "returned"), ("was_escalated", "escalated")):
        connection.execute(
            sa.text(
                f'UPDATE "case" SET {column} = :yes WHERE case_id IN '
                "(SELECT case_id FROM fact WHERE kind = :kind)"
            ),
            {"yes": True, "kind": kind},
        )
    connection.execute(
        sa.text(
            'UPDATE letter SET clerk = COALESCE((SELECT clerk FROM "case" '
            "WHERE \"case\".case_id = letter.case_id), '')"
        )
    )
    connection.execute(
        sa.text("UPDATE letter SET was_released = :yes WHERE state IN ('released', 'handed')"),
        {"yes": True},
    )
    told = sa.text(
        "SELECT fact.canon FROM fact JOIN letter ON letter.case_id = fact.case_id "
        "WHERE letter.state = 'voided' AND fact.kind = 'letter-released'"
    )
    released = [json.loads(canon)["payload"]["letter_id"] for canon in connection.scalars(told)]
    if released:
        connection.execute(
            sa.text("UPDATE letter SET was_released = :yes WHERE letter_id = :letter"),
            [{"yes": True, "letter": letter} for letter in released],
        )


def _take(connection: sa.Connection) -> None:
    """A row for each sum that a till took or gave back and did not strike since."""
    taken: dict[tuple[str, str], dict[str, Any]] = {}
    case = ""
    for row in connection.execute(_MONEY, execution_options={"yield_per": _AT_ONCE}):
        if row.case_id != case and len(taken) >= _AT_ONCE:
            _keep(connection, taken)
        case = row.case_id
        payload = json.loads(row.canon)["payload"]
        if row.kind == "payment-voided":
            taken.pop((case, payload["mark"]), None)
        elif row.kind == "fee-refunded":
            paid = taken.get((case, payload["mark"]))
            if paid is not None:
                back = {
                    "mark": f"{payload['mark']}/back",
                    "paid_on": row.at.astimezone(TEHRAN).date().isoformat(),
                    "amount": -paid["amount"],
                }
                taken[case, back["mark"]] = {**paid, **back}
        else:
            what, paid = payload.get("fee") or payload.get("key"), payload["payment"]
            mark, kind = f"{what}/{paid['reference']}", what.partition(":")[0]
            if paid["method"] in _MOVED:
                taken[case, mark] = {
                    "case_id": case,
                    "mark": mark,
                    "stream": row.stream,
                    "paid_on": paid["paid_on"],
                    "what": kind if kind in _KINDS else "other",
                    "amount": int(paid["amount"]),
                    "service": row.service,
                    "district": row.district,
                }
    _keep(connection, taken)


def _keep(connection: sa.Connection, taken: dict[tuple[str, str], dict[str, Any]]) -> None:
    if taken:
        names = tuple(next(iter(taken.values())))
        told = (
            f"INSERT INTO taking ({', '.join(names)}) VALUES ({', '.join(f':{n}' for n in names)})"
        )
        connection.execute(sa.text(told), list(taken.values()))
        taken.clear()
