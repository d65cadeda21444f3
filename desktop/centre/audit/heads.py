"""Heads that the centre signed, kept here and by offices: each must still be in its stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.heads import DailyHeadRow
from desktop.centre.tables import FactRow
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.wire.heads import SignedHead


def own(session: Session, centre: Centre) -> Iterator[Discrepancy]:
    """The daily heads that are kept here."""
    rows = session.scalars(select(DailyHeadRow).order_by(DailyHeadRow.day))
    kept = (
        SignedHead(row.stream, row.pos, row.hash, row.epoch, row.at, row.signature) for row in rows
    )
    yield from given(session, centre, kept)


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
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream does not reach so far")
        elif found != head.hash:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream was another when it was signed")
