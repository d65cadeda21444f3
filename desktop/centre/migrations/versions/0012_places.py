"""A visit's place is taken from an inspector, whose half-day is one in all districts."""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from alembic import op

revision = "0012_places"
down_revision = "0011_recalls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, and books the visits that are booked with whom they were promised."""
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
