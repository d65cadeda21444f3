"""The offices of the city with their desks, and how each stands: for who looks after the centre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, literal_column, select
from sqlalchemy.orm import Session

from desktop.centre.offices import all_offices
from desktop.centre.tables import (
    HELD_COMMAND,
    CommandRow,
    DeviceRow,
    is_settled,
)
from desktop.centre.tick import DEVICE
from desktop.domain.office import OfficeCard, OfficeKind

# A desk that was off for a day makes one at its next start.
_BACKED_UP = timedelta(days=2)


@dataclass(frozen=True)
class Desk:
    """A desk: its device, its number at the office, when it last called, when it was revoked.

    The rest is what it told of itself: its program, since when its oldest act waits to be sent,
    room on its disk in MB, its own last backup, how many of its acts are held, and of its people
    what `centre.desk_people` reads.
    """

    device_id: str
    number: int
    heard_at: datetime | None
    revoked_at: datetime | None
    version: str
    unsent_since: datetime | None
    disk_mb: int
    backup_at: datetime | None
    held: int
    people: str = ""


@dataclass(frozen=True)
class Office:
    """An office and its desks, under its code of the day; `office_id` names it for good."""

    office_id: str
    code: str
    kind: OfficeKind | None
    name: str
    desks: tuple[Desk, ...]

    @property
    def working(self) -> tuple[Desk, ...]:
        """Its desks that were not revoked."""
        return tuple(desk for desk in self.desks if desk.revoked_at is None)

    @property
    def heard_at(self) -> datetime | None:
        """When one of them last called."""
        heard = [desk.heard_at for desk in self.working if desk.heard_at is not None]
        return max(heard, default=None)

    @property
    def unsent_since(self) -> datetime | None:
        """Since when the oldest act of any of them waits to be sent, as they last told."""
        waiting = [desk.unsent_since for desk in self.working if desk.unsent_since is not None]
        return min(waiting, default=None)

    @property
    def held(self) -> int:
        """How many acts an error has parked at its desks, as they last told."""
        return sum(desk.held for desk in self.working)

    @property
    def disk_mb(self) -> int | None:
        """What is left on the fullest disk of its desks, as they last told."""
        return min((desk.disk_mb for desk in self.working if desk.disk_mb), default=None)

    def without_backup(self, at: datetime) -> int:
        """How many desks at work tell of no backup of their store in the last days."""
        since = at - _BACKED_UP
        return sum(
            _since(desk.heard_at, since) > _since(desk.backup_at, since) for desk in self.working
        )


def _since(moment: datetime | None, since: datetime) -> bool:
    return moment is not None and moment >= since


def offices(session: Session, today: date) -> list[Office]:
    """All offices by their codes of the day; the centre itself is none."""
    rows = session.scalars(
        select(DeviceRow)
        .where(DeviceRow.office != DEVICE)
        .order_by(DeviceRow.office, DeviceRow.desk)
    )
    desks: dict[str, list[Desk]] = {}
    for row in rows:
        desk = Desk(
            device_id=row.device_id,
            number=row.desk,
            heard_at=row.heard_at,
            revoked_at=row.revoked_at,
            version=row.told_version,
            unsent_since=row.told_oldest,
            disk_mb=row.told_disk_mb,
            backup_at=row.told_backup,
            held=row.told_held,
            people=row.told_people,
        )
        desks.setdefault(row.office, []).append(desk)
    cards = sorted((one.on(today) for one in all_offices(session).values()), key=_code)
    return [
        Office(card.own_id, card.code, card.kind, card.name, tuple(desks.get(card.own_id, ())))
        for card in cards
    ]


def _code(card: OfficeCard) -> str:
    return card.code


def held(session: Session) -> int:
    """How many commands an unexpected fault has parked."""
    settled = is_settled()
    waiting = select(func.count()).select_from(CommandRow)
    parked = waiting.where(literal_column(f"command.{HELD_COMMAND}"), ~settled)
    return session.scalar(parked) or 0
