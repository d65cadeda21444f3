"""The offices of the city with their desks, and how each stands: for who looks after the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.tables import (
    HELD_COMMAND,
    CommandRow,
    DeviceRow,
    HeldSettledRow,
    OfficeRow,
)
from desktop.centre.tick import DEVICE


@dataclass(frozen=True)
class Desk:
    """A desk: its device, its number at the office, when it last called, when it was revoked."""

    device_id: str
    number: int
    heard_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True)
class Office:
    """An office and its desks."""

    code: str
    name: str
    desks: tuple[Desk, ...]


def offices(session: Session) -> list[Office]:
    """All offices by their codes; the centre itself is none."""
    rows = session.scalars(
        select(DeviceRow)
        .where(DeviceRow.office != DEVICE)
        .order_by(DeviceRow.office, DeviceRow.desk)
    )
    desks: dict[str, list[Desk]] = {}
    for row in rows:
        desk = Desk(row.device_id, row.desk, row.heard_at, row.revoked_at)
        desks.setdefault(row.office, []).append(desk)
    named = session.execute(select(OfficeRow.code, OfficeRow.name).order_by(OfficeRow.code))
    return [Office(code, name, tuple(desks.get(code, ()))) for code, name in named]


def held(session: Session) -> int:
    """How many commands an unexpected fault has parked."""
    settled = exists().where(HeldSettledRow.command_id == CommandRow.command_id)
    waiting = select(func.count()).select_from(CommandRow)
    parked = waiting.where(literal_column(f"command.{HELD_COMMAND}"), ~settled)
    return session.scalar(parked) or 0
