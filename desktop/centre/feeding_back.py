"""What upheld objections put right goes back to the records' owner, in numbered batches.

A batch is made before it is given and goes as it is until it is there: given again after a crash it
is the same one, under the same number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import ColumnElement, func, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.objection_tables import UNFED, CorrectionRow, FedBatchRow
from desktop.centre.recovering.standing import next_batch
from desktop.centre.tick import alone
from desktop.centre.transacting import transact

MOST = 1_000
"""So many stand in a batch."""
_UNFED: ColumnElement[bool] = literal_column(f"record_correction.{UNFED}")


@dataclass(frozen=True)
class FedCorrection:
    """A correction as the records' owner reads it, in the records' own writing."""

    code: str
    what: str
    former: str
    value: str
    since: date
    reason: str
    paper: str
    tracking: str
    made_at: datetime
    by: str
    second: str


class RecordOwner(Protocol):
    """Where the records' owner takes what was put right."""

    def give(self, batch: int, corrections: Sequence[FedCorrection]) -> None:
        """Take the batch; the same number again stands in place of what was given before.

        Raises Refusal where it takes nothing now.
        """
        ...


def feed_back(centre: Centre, owner: RecordOwner) -> int:
    """Give the owner all that was put right and not told; how many corrections were told.

    Nothing while another process of the centre is at it. Raises Refusal.
    """
    with alone(centre) as ours:
        told = 0
        while ours and (batch := transact(centre, centre.writer, _batch)):
            told += _give(centre, owner, batch)
    return told


def _batch(session: Session) -> int:
    """The number of the batch that is to be given next; 0 where nothing waits."""
    begun = session.scalar(
        select(func.min(FedBatchRow.batch)).where(FedBatchRow.given_at.is_(None))
    )
    if begun:
        return begun
    row = CorrectionRow
    waits = select(row).where(_UNFED).order_by(row.made_at, row.case_id, row.number).limit(MOST)
    rows = session.scalars(waits).all()
    if not rows:
        return 0
    batch = next_batch(session, session.scalar(select(func.max(FedBatchRow.batch))) or 0)
    for each in rows:
        each.batch = batch
    session.add(FedBatchRow(batch=batch, given_at=None))
    return batch


def _give(centre: Centre, owner: RecordOwner, batch: int) -> int:
    row = CorrectionRow
    with centre.reading() as session:
        rows = session.scalars(
            select(row).where(row.batch == batch).order_by(row.made_at, row.case_id, row.number)
        )
        told = [
            FedCorrection(
                each.code,
                each.what,
                each.former,
                each.value,
                each.since,
                each.reason,
                each.paper,
                each.tracking,
                each.made_at,
                each.by,
                each.second,
            )
            for each in rows
        ]
    owner.give(batch, told)
    at = centre.clock()

    def given(session: Session) -> None:
        own = FedBatchRow.batch == batch
        session.execute(update(FedBatchRow).where(own).values(given_at=at))

    transact(centre, centre.writer, given)
    return len(told)
