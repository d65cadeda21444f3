"""Whether all that a desk keeps is as it came or as it was made, and its lists what that says."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.store import facts, heads, letters, meta, view
from desktop.store.tables import CursorRow, FactRow, OutboxRow
from desktop.store.view import SettingFor
from desktop.wire.chain_check import ChainCheck

_AT_ONCE = 1_000


def audit(session: Session, setting_for: SettingFor) -> Iterator[Discrepancy]:
    """All of it, of one moment of the store."""
    yield from _streams(session)
    yield from _outbox(session)
    yield from _heads(session)
    yield from _files(session)
    for case_id in view.differing(session, setting_for):
        yield Discrepancy(Wrong.CASE, case_id, "its row is not what facts and acts make of it")


def _streams(session: Session) -> Iterator[Discrepancy]:
    cursors = {row.stream: row for row in session.scalars(select(CursorRow))}
    for name in sorted({*cursors, *facts.streams_held(session)}):
        check = ChainCheck(name)
        asked = select(FactRow.pos, FactRow.canon, FactRow.hash).where(FactRow.stream == name)
        rows = session.execute(asked.order_by(FactRow.pos).execution_options(yield_per=_AT_ONCE))
        for row in rows:
            yield from check.take(row.pos, row.canon, row.hash)
        cursor = cursors.get(name)
        yield from check.end(cursor.pos, cursor.hash) if cursor else check.end(0, "")


def _outbox(session: Session) -> Iterator[Discrepancy]:
    check = ChainCheck("outbox")
    asked = select(OutboxRow.device_seq, OutboxRow.canon, OutboxRow.hash)
    rows = asked.order_by(OutboxRow.device_seq).execution_options(yield_per=_AT_ONCE)
    for row in session.execute(rows):
        yield from check.take(row.device_seq, row.canon, row.hash)


def _heads(session: Session) -> Iterator[Discrepancy]:
    own = meta.get(session).identity
    for head in heads.kept(session):
        where = f"{head.stream} {head.pos} of {head.at:%Y-%m-%d}"
        if not head.is_signed(own.heads_key, own.centre):
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the centre's key did not sign it")
            continue
        at = (FactRow.stream == head.stream, FactRow.pos == head.pos)
        if session.scalar(select(FactRow.hash).where(*at)) != head.hash:
            yield Discrepancy(Wrong.SIGNED_HEAD, where, "the stream was another when it was signed")


def _files(session: Session) -> Iterator[Discrepancy]:
    for sha256 in letters.damaged(session):
        yield Discrepancy(Wrong.LETTER, sha256, "its file is not what its name says")
