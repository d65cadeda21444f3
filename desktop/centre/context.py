"""One centre: its database, its key, its clock, and the reference data it has parsed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from desktop.centre.reference import Reference
from desktop.centre.signing import CentreKey
from desktop.centre.tables import CentreRow
from desktop.domain.calendar import TEHRAN
from desktop.domain.people import Role, Staff

CENTRE_ACTOR = Staff("centre", "مرکز", Role.CENTRE, "")


@dataclass(frozen=True)
class Centre:
    """What every call at the centre works with. `clock` gives aware UTC moments."""

    writer: Engine
    reader: Engine
    key: CentreKey
    clock: Callable[[], datetime]
    reference: Reference = field(default_factory=Reference)

    def epoch(self, session: Session) -> str:
        """The centre's present epoch."""
        return session.scalars(select(CentreRow.epoch)).one()


def day_of(moment: datetime) -> date:
    """The day in Yazd."""
    return moment.astimezone(TEHRAN).date()
