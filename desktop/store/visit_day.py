"""An inspector's days as the centre last told them to this desk, and the order that he chose."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from desktop.store.tables import VisitDayRow, VisitOrderRow


@dataclass(frozen=True)
class KeptDays:
    """The centre's answer as JSON text, and when it came (UTC)."""

    body: str
    told_at: datetime


def keep(session: Session, staff_id: str, kept: KeptDays) -> None:
    """In place of what was kept for the person before."""
    session.merge(VisitDayRow(staff_id=staff_id, body=kept.body, told_at=kept.told_at))


def kept(session: Session, staff_id: str) -> KeptDays | None:
    """What the centre last told the person here; None before it ever did."""
    row = session.get(VisitDayRow, staff_id)
    return None if row is None else KeptDays(row.body, row.told_at)


def arrange(session: Session, staff_id: str, day: date, case_ids: Sequence[str]) -> None:
    """Keep the order that the person chose for the day; orders of days before it are forgotten."""
    own = VisitOrderRow.staff_id == staff_id
    session.execute(delete(VisitOrderRow).where(own, VisitOrderRow.day < day))
    session.merge(VisitOrderRow(staff_id=staff_id, day=day, cases=json.dumps(list(case_ids))))


def order(session: Session, staff_id: str, day: date) -> tuple[str, ...]:
    """The cases of the day in the order that the person chose; none where it was left as it was."""
    row = session.get(VisitOrderRow, (staff_id, day))
    return () if row is None else tuple(json.loads(row.cases))
