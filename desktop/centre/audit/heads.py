"""Heads that the centre signed, kept here and by offices: each must still be in its stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.heads import DailyHeadRow
from desktop.centre.tables import FactRow
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.sql.metadata import table_of
from desktop.wire.heads import SignedHead

_AT_ONCE = 1_000
_HEAD = table_of(DailyHeadRow)


def own(session: Session, centre: Centre) -> Iterator[Discrepancy]:
    """The daily heads that are kept here."""
    asked = select(_HEAD).order_by(_HEAD.c.stream, _HEAD.c.day)
    before: SignedHead | None = None
    for row in session.execute(asked.execution_options(yield_per=_AT_ONCE)):
        head = SignedHead(row.stream, row.pos, row.hash, row.epoch, row.at, row.signature)
        yield from given(session, centre, (head,))
        where = f"{head.stream} {head.pos} of {row.day:%Y-%m-%d}"
        if day_of(head.at) != row.day:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, f"it was signed at {head.at}")
        if before is not None and before.stream == head.stream and head.pos < before.pos:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, f"the stream had come to {before.pos}")
        before = head
    yield from _unsigned(session)


def _unsigned(session: Session) -> Iterator[Discrepancy]:
    """Streams that grew before the last signing and have no head of it."""
    last = session.scalar(select(func.max(_HEAD.c.day)))
    if last is None:
        return
    signed = set(session.scalars(select(_HEAD.c.stream).where(_HEAD.c.day == last)))
    signing = select(func.max(_HEAD.c.at)).where(_HEAD.c.day == last).scalar_subquery()
    begun = select(FactRow.stream).where(FactRow.pos == 1, FactRow.at <= signing)
    for stream in sorted(set(session.scalars(begun)) - signed):
        yield Discrepancy(Wrong.SIGNED_HEAD, stream, f"it has no head of {last:%Y-%m-%d}")


def given(session: Session, centre: Centre, heads: Iterable[SignedHead]) -> Iterator[Discrepancy]:
    """These heads, whoever kept them."""
    public = centre.keys.heads.public
    for head in heads:
        where = f"{head.stream} {head.pos} of {head.at:%Y-%m-%d}"
        if not head.is_signed(public, centre.identity.centre):
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "this centre's key did not sign it")
            continue
        at = (FactRow.stream == head.stream, FactRow.pos == head.pos)
        found = session.scalar(select(FactRow.hash).where(*at))
        if found is None:
            former = "" if head.epoch == centre.identity.epoch else ", in a former epoch"
            told = f"the stream does not reach so far{former}"
            yield Discrepancy(Wrong.SIGNED_HEAD, where, told)
        elif found != head.hash:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream was another when it was signed")
