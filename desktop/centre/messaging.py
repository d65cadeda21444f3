"""Messages go from the outbox to a gateway in batches; what did not arrive comes back to its case.

A batch is made before it is given and goes as it is until the gateway has it: given again after a
crash it is the same batch with the same messages, which the gateway knows by its number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Protocol

from sqlalchemy import ColumnElement, func, literal_column, select, update
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.message_tables import UNSENT, CitizenMessageRow
from desktop.centre.recovering.standing import next_batch
from desktop.centre.tick import act, alone
from desktop.centre.transacting import transact
from desktop.domain.commands import FailMessage

MOST = 1_000
"""So many stand in a batch."""
_LONGEST_CAUSE = 200


@dataclass(frozen=True)
class Outgoing:
    """A message as a gateway gets it."""

    message_id: str
    mobile: str
    words: str


@dataclass(frozen=True)
class Failure:
    """A message that did not arrive, and why, as the gateway says."""

    message_id: str
    cause: str


class Gateway(Protocol):
    """What carries messages to mobiles."""

    def give(self, batch: int, messages: Sequence[Outgoing]) -> None:
        """Take the batch; the same number again stands in place of what was given before.

        Raises Refusal where it takes nothing now.
        """
        ...

    def failures(self) -> Iterable[Failure]:
        """What is known not to have arrived; the same again does no harm."""
        ...

    def heard(self) -> None:
        """All failures that were given are kept."""
        ...


@dataclass(frozen=True)
class Round:
    """What a round with the gateway brought: messages given, failures told to their cases, and how
    many of those it named are none of this outbox."""

    given: int
    failed: int
    unknown: int


def carry(centre: Centre, gateway: Gateway) -> Round:
    """Give the gateway all that waits, and tell cases what did not arrive.

    Nothing while another process of the centre is at it. Raises Refusal.
    """
    with alone(centre) as ours:
        if not ours:
            return Round(0, 0, 0)
        given = 0
        while batch := transact(centre, centre.writer, _batch):
            given += _give(centre, gateway, batch)
        told = [_fail(centre, each) for each in gateway.failures()]
        gateway.heard()
    return Round(given, sum(each is True for each in told), sum(each is None for each in told))


def _batch(session: Session) -> int:
    """The number of the batch that is to be given next; 0 where nothing waits."""
    row = CitizenMessageRow
    waits: ColumnElement[bool] = literal_column(f"citizen_message.{UNSENT}")
    begun = session.scalar(select(func.min(row.batch)).where(waits, row.batch > 0))
    if begun:
        return begun
    ids = list(
        session.scalars(
            select(row.message_id).where(waits).order_by(row.made_at, row.message_id).limit(MOST)
        )
    )
    if not ids:
        return 0
    batch = next_batch(session, session.scalar(select(func.max(row.batch))) or 0)
    session.execute(update(row).where(row.message_id.in_(ids)).values(batch=batch))
    return batch


def _give(centre: Centre, gateway: Gateway, batch: int) -> int:
    row = CitizenMessageRow
    with centre.reading() as session:
        rows = session.scalars(
            select(row).where(row.batch == batch).order_by(row.made_at, row.message_id)
        )
        messages = [Outgoing(each.message_id, each.mobile, each.words) for each in rows]
    gateway.give(batch, messages)
    at = centre.clock()

    def sent(session: Session) -> None:
        session.execute(
            update(row)
            .where(row.batch == batch, row.state == "waiting")
            .values(state="sent", sent_at=at)
        )

    transact(centre, centre.writer, sent)
    return len(messages)


def _fail(centre: Centre, failure: Failure) -> bool | None:
    """Whether its case was told now; None for a message that is none of this outbox."""
    at = centre.clock()
    return transact(centre, centre.writer, partial(_failed, centre=centre, failure=failure, at=at))


def _failed(session: Session, centre: Centre, failure: Failure, at: datetime) -> bool | None:
    row = session.get(CitizenMessageRow, failure.message_id)
    if row is None:
        return None
    if row.state != "sent":
        return False
    cause = failure.cause.strip()[:_LONGEST_CAUSE] or "علت گفته نشد"
    row.state, row.cause = "failed", cause
    told = FailMessage(row.message_id, row.occasion, row.mobile, cause)
    # Of a case that has ended nobody need be called.
    return act(session, centre, row.case_id, told, at)
