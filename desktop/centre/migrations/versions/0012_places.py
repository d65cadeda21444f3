"""A visit's place is taken from an inspector; what lists, days and ticks ask for has its index."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

from desktop.sql.triggers import create_append_only

revision = "0012_places"
down_revision = "0011_recalls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes tables, columns and indexes, and fills them from what is there."""
    _places()
    _days()
    _ticks()
    _indexes()
    _keys()
    _search()


def _places() -> None:
    """Tables of places; the visits that are booked are so with whom they were promised."""
    op.create_table(
        "visit_slot",
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(36), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "half", "staff_id", name=op.f("pk_visit_slot")),
        sa.CheckConstraint("taken >= 0", name=op.f("ck_visit_slot_taken")),
    )
    op.create_table(
        "booking",
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_booking")),
    )
    _book(op.get_bind())
    # No program reads it beside this one: a centre of before lived inside one program.
    op.drop_table("slot")


def _book(connection: sa.Connection) -> None:
    """Nobody is sent away: an inspector may have more than he would be sold now."""
    people = connection.execute(
        sa.text(
            "SELECT staff_id, name FROM person WHERE role = 'inspector' ORDER BY name, staff_id"
        )
    ).all()
    if not people:
        return
    by_name = {person.name: person.staff_id for person in reversed(people)}
    booked = connection.execute(
        sa.text(
            "SELECT case_id, slot_day AS day, slot_half AS half, inspector "
            'FROM "case" WHERE slot_day IS NOT NULL'
        )
    ).all()
    bookings = [
        {
            "case_id": case.case_id,
            "day": case.day,
            "half": case.half,
            "staff_id": by_name.get(case.inspector, people[0].staff_id),
        }
        for case in booked
    ]
    if not bookings:
        return
    connection.execute(
        sa.text("INSERT INTO booking VALUES (:case_id, :day, :half, :staff_id)"), bookings
    )
    taken = Counter((each["day"], each["half"], each["staff_id"]) for each in bookings)
    connection.execute(
        sa.text("INSERT INTO visit_slot VALUES (:day, :half, :staff_id, :taken)"),
        [
            {"day": day, "half": half, "staff_id": staff_id, "taken": count}
            for (day, half, staff_id), count in taken.items()
        ],
    )


def _days() -> None:
    """Columns by which a day of the city is counted."""
    op.add_column("case", sa.Column("hour", sa.Integer(), nullable=False, server_default="0"))
    for name, kind in (("issued_on", sa.String(10)), ("received_on", sa.String(10))):
        op.add_column("letter", sa.Column(name, kind, nullable=True))
    service = sa.Column("service", sa.String(40), nullable=False, server_default="")
    district = sa.Column("district", sa.Integer(), nullable=False, server_default="0")
    op.add_column("letter", service)
    op.add_column("letter", district)
    # Instants are kept in UTC as text; Yazd is three and a half hours ahead, all the year.
    minutes = (
        "(CAST(substr({0}, 12, 2) AS INTEGER) * 60 + CAST(substr({0}, 15, 2) AS INTEGER) + 210)"
    )
    op.execute(f'UPDATE "case" SET hour = {minutes.format("registered_at")} / 60 % 24')
    of_case = '(SELECT "case".{0} FROM "case" WHERE "case".case_id = letter.case_id)'
    taken = ", ".join(
        f"{name} = {of_case.format(name)}" for name in ("received_on", "service", "district")
    )
    op.execute(f'UPDATE letter SET {taken} WHERE case_id IN (SELECT case_id FROM "case")')
    connection = op.get_bind()
    tomorrow = f"{minutes.format('issued_at')} >= 1440"
    day = {
        "sqlite": (
            f"date(substr(issued_at, 1, 10), CASE WHEN {tomorrow} THEN '+1 day' ELSE '+0 day' END)"
        ),
        "postgresql": (
            "to_char(CAST(substr(issued_at, 1, 10) AS date) + "
            f"CASE WHEN {tomorrow} THEN 1 ELSE 0 END, 'YYYY-MM-DD')"
        ),
    }[connection.dialect.name]
    op.execute(f"UPDATE letter SET issued_on = {day}")


def _ticks() -> None:
    """What is due is found without reading cases: terms that lapse, doubles that were told."""
    op.add_column("case", sa.Column("lapses_on", sa.String(10), nullable=True))
    op.create_table(
        "double_told",
        sa.Column("stream", sa.String(40), nullable=False),
        sa.Column("case_id", sa.String(36), nullable=False),
        sa.Column("tracking", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("stream", "case_id", "tracking", name=op.f("pk_double_told")),
    )
    connection = op.get_bind()
    told = connection.execute(
        sa.text("SELECT stream, case_id, canon FROM fact WHERE kind = 'double-told'")
    ).all()
    rows = {(row.stream, row.case_id, _payload(row.canon)["tracking"]) for row in told}
    for stream, case_id, tracking in sorted(rows):
        connection.execute(
            sa.text("INSERT INTO double_told VALUES (:stream, :case_id, :tracking)"),
            {"stream": stream, "case_id": case_id, "tracking": tracking},
        )
    lacking = connection.execute(
        sa.text("SELECT case_id FROM \"case\" WHERE state = 'returned'")
    ).scalars()
    for case_id in lacking.all():
        last = connection.execute(
            sa.text(
                "SELECT canon FROM fact WHERE case_id = :case_id AND kind = 'returned' "
                "ORDER BY rev DESC LIMIT 1"
            ),
            {"case_id": case_id},
        ).scalar()
        if last is not None:
            connection.execute(
                sa.text('UPDATE "case" SET lapses_on = :day WHERE case_id = :case_id'),
                {"day": _payload(last)["until"], "case_id": case_id},
            )


def _payload(canon: str) -> dict[str, str]:
    payload: dict[str, str] = json.loads(canon)["payload"]
    return payload


def _indexes() -> None:
    """Indexes with a reader; those that nobody reads were half of what a fact's took."""
    op.drop_index(op.f("ix_case_received_on"), "case")
    op.create_index(
        "ix_case_day",
        "case",
        ["received_on", "stream", "hour", "first_outcome", "service", "district", "answer_ms"],
    )
    for name, columns, few in (
        ("ix_case_booked", ["slot_day", "slot_half", "case_id"], "state = 'booked'"),
        ("ix_case_lapsing", ["lapses_on", "case_id"], "lapses_on IS NOT NULL"),
    ):
        where = sa.text(few)
        op.create_index(name, "case", columns, sqlite_where=where, postgresql_where=where)
    op.create_index(
        "ix_letter_day", "letter", ["received_on", "state", "copies", "service", "district"]
    )
    op.create_index(
        "ix_letter_waited", "letter", ["issued_on", "kind", "received_on", "service", "district"]
    )
    op.create_index(op.f("ix_person_role"), "person", ["role"])
    op.create_index(op.f("ix_published_pos"), "published", ["pos"])
    op.drop_index(op.f("ix_fact_cause"), "fact")


def _keys() -> None:
    """Keys of what grows most begin with its stream or device, so that it can be parted by them."""
    op.drop_index(op.f("ix_fact_case_id_rev"), "fact")
    _without_unique("fact", "fact_id")
    own = sa.text("rev > 0")
    op.create_index(
        op.f("ix_fact_stream_case_id_rev"),
        "fact",
        ["stream", "case_id", "rev"],
        unique=True,
        sqlite_where=own,
        postgresql_where=own,
    )
    _without_unique("command", "command_id", ["device_id", "command_id"])
    connection = op.get_bind()
    # It is append-only and holds few rows: made anew.
    settled = connection.execute(
        sa.text(
            "SELECT command.device_id, held_settled.command_id, held_settled.state, settled_at "
            "FROM held_settled JOIN command ON command.command_id = held_settled.command_id"
        )
    ).all()
    op.drop_table("held_settled")
    made = op.create_table(
        "held_settled",
        sa.Column("device_id", sa.String(36), nullable=False),
        sa.Column("command_id", sa.String(36), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("device_id", "command_id", name=op.f("pk_held_settled")),
        sa.CheckConstraint("state IN ('done', 'refused')", name=op.f("ck_held_settled_state")),
    )
    op.bulk_insert(made, [dict(row._mapping) for row in settled])
    create_append_only(connection, "held_settled")


def _search() -> None:
    """Any part of a name or number is found by index, where the server has trigrams.

    Debian's has; one without, and a role that may not have them, search row by row as before. No
    table declares it, because not every database can hold it.
    """
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return
    with suppress(DBAPIError), connection.begin_nested():
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute('CREATE INDEX ix_case_folded ON "case" USING gin (folded gin_trgm_ops)')


def _without_unique(table: str, column: str, instead: list[str] | None = None) -> None:
    """The column's values may come twice; those of `instead` together may not."""
    former = op.f(f"uq_{table}_{column}")
    name = op.f(f"uq_{table}_{'_'.join(instead)}") if instead else None
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(former, table, type_="unique")
        if instead and name:
            op.create_unique_constraint(name, table, instead)
        return
    # SQLite makes the table anew for it, and loses its triggers.
    with op.batch_alter_table(table, recreate="always") as anew:
        anew.drop_constraint(former, type_="unique")
        if instead and name:
            anew.create_unique_constraint(name, instead)
    create_append_only(op.get_bind(), table)
