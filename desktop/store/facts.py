"""The facts that came from the centre: appended in their streams' order, read back by case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import Session

from desktop.domain.stream import Fact
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.store.tables import CursorRow, FactRow
from desktop.wire.canon import GENESIS
from desktop.wire.codec import Unreadable, decode_fact, unfolded
from desktop.wire.heads import SignedHead

_CASE = "facts"
_NEWEST = 1_000
_FACTS, _CURSORS = table_of(FactRow), table_of(CursorRow)
_APPEND = insert(_FACTS)
_OF_CASE = (
    select(_FACTS.c.kind, _FACTS.c.canon, _FACTS.c.rev)
    .where(_FACTS.c.case_id == bindparam("case"), _FACTS.c.rev > 0)
    .order_by(_FACTS.c.rev)
)
_WHERE = select(_CURSORS).where(_CURSORS.c.stream.in_(bindparam("streams", expanding=True)))
_AFTER = (
    select(_FACTS.c.canon)
    .where(
        _FACTS.c.stream == bindparam("stream"),
        _FACTS.c.pos > bindparam("after"),
        _FACTS.c.pos <= bindparam("last"),
    )
    .order_by(_FACTS.c.pos)
    .limit(bindparam("most"))
)
_MOVED = upsert(_CURSORS)
_MOVE = _MOVED.on_conflict_do_update(
    index_elements=[_CURSORS.c.stream],
    set_={name: _MOVED.excluded[name] for name in ("pos", "hash", "epoch", "at", "signature")},
)


@dataclass(frozen=True)
class Cursor:
    """The last position applied of a stream (0: none) and the chain's value there.

    `signed` is that head under the centre's signature; None where an earlier program moved it.
    """

    stream: str
    pos: int = 0
    hash: str = GENESIS
    signed: SignedHead | None = None


@dataclass(frozen=True)
class ArrivedFact:
    """A fact's canonical text with what its envelope says, whether its kind is known or not."""

    stream: str
    pos: int
    case_id: str
    rev: int
    cause: str
    kind: str
    at: datetime
    canon: str
    hash: str


@dataclass(frozen=True)
class CaseFacts:
    """A case's readable facts in order, as far as they go without a gap of understanding.

    `rev` is the last confirmed revision; `needs_update` tells that a newer program wrote something
    that this one can't read: what follows it is not computed.
    """

    facts: tuple[Fact, ...]
    rev: int
    needs_update: bool


def arrived(canon: str, chain: str) -> ArrivedFact:
    """The envelope of a canonical text. Raises Unreadable when it is no fact's envelope at all."""
    try:
        envelope: dict[str, Any] = json.loads(canon)
        return ArrivedFact(
            stream=str(envelope["stream"]),
            pos=int(envelope["pos"]),
            case_id=str(envelope["case_id"]),
            rev=int(envelope["rev"]),
            cause=str(envelope["cause"]),
            kind=str(envelope["kind"]),
            at=datetime.fromisoformat(envelope["at"].replace("Z", "+00:00")),
            canon=canon,
            hash=chain,
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as fault:
        raise Unreadable(f"no envelope of a fact: {fault!r}") from fault


def latest(session: Session, stream: str, after: int) -> tuple[int, datetime | None]:
    """Of the stream's newest facts after a position, the last position and the latest moment.

    Of many only the last thousand: years of facts are not read to know what time it is.
    """
    newest = (
        select(FactRow.pos, FactRow.at)
        .where(FactRow.stream == stream, FactRow.pos > after)
        .order_by(FactRow.pos.desc())
        .limit(_NEWEST)
        .subquery()
    )
    pos, at = session.execute(select(func.max(newest.c.pos), func.max(newest.c.at))).one()
    return pos or after, at


def cursors(session: Session, streams: Sequence[str]) -> dict[str, Cursor]:
    """How far each of the streams is applied."""
    rows = session.execute(_WHERE, {"streams": list(streams)})
    known = {row.stream: Cursor(row.stream, row.pos, row.hash, _signed(row)) for row in rows}
    return {stream: known.get(stream, Cursor(stream)) for stream in streams}


def streams_held(session: Session) -> list[str]:
    """The streams of which facts are here, whosever they are."""
    return sorted(session.scalars(select(FactRow.stream).distinct()))


def texts_between(session: Session, stream: str, after: int, last: int, most: int) -> list[str]:
    """The canonical texts behind a position of the stream up to another, the first `most`."""
    asked = {"stream": stream, "after": after, "last": last, "most": most}
    return list(session.scalars(_AFTER, asked))


def hash_at(session: Session, stream: str, pos: int) -> str:
    """The chain's value at a position of the stream. Raises LookupError for one not applied."""
    if pos == 0:
        return GENESIS
    found = session.scalar(select(FactRow.hash).where(FactRow.stream == stream, FactRow.pos == pos))
    if found is None:
        raise LookupError(f"no fact {pos} of {stream}")
    return found


def _signed(row: Any) -> SignedHead | None:
    if not row.signature:
        return None
    at = datetime.fromisoformat(row.at)
    return SignedHead(row.stream, row.pos, row.hash, row.epoch, at, row.signature)


def append(session: Session, facts: Sequence[ArrivedFact]) -> None:
    """Add the facts, in `pos` order of each stream."""
    if facts:
        session.execute(_APPEND, [vars(fact) for fact in facts])
        for case_id in {fact.case_id for fact in facts}:
            memo.forget(session, (_CASE, case_id))


def move_cursor(session: Session, to: SignedHead) -> None:
    """Set how far the stream is applied."""
    session.execute(_MOVE, {**vars(to), "at": to.at.isoformat()})


def of_case(session: Session, case_id: str) -> CaseFacts:
    """The confirmed facts of a case; none when it is not known here."""
    return memo.once(session, (_CASE, case_id), lambda: _of_case(session, case_id))


def _of_case(session: Session, case_id: str) -> CaseFacts:
    rows = session.execute(_OF_CASE, {"case": case_id}).all()
    rev = rows[-1].rev if rows else 0
    read: list[Fact] = []
    try:
        # Also what was told of the case in another office's stream, where it came from there.
        for canon in unfolded((kind, canon) for kind, canon, _ in rows):
            read.append(decode_fact(canon))
    except Unreadable:
        return CaseFacts(tuple(read), rev, needs_update=True)
    return CaseFacts(tuple(read), rev, needs_update=False)


def of_kind(session: Session, kind: str, part: str) -> list[Fact]:
    """The facts of that kind whose canonical text has this part, the earliest first."""
    own = (FactRow.kind == kind, FactRow.canon.contains(part, autoescape=True))
    texts = session.scalars(select(FactRow.canon).where(*own).order_by(FactRow.at, FactRow.pos))
    return [decode_fact(text) for text in texts]


def case_ids(session: Session) -> list[str]:
    """The ids of all cases that have a confirmed fact."""
    found = session.scalars(select(FactRow.case_id).where(FactRow.rev > 0).distinct())
    return list(found)


def known(session: Session, stream: str, positions: Iterable[int]) -> list[ArrivedFact]:
    """Facts of a stream at these positions, as kept."""
    rows = session.scalars(
        select(FactRow)
        .where(FactRow.stream == stream, FactRow.pos.in_(list(positions)))
        .order_by(FactRow.pos)
    )
    return [
        ArrivedFact(r.stream, r.pos, r.case_id, r.rev, r.cause, r.kind, r.at, r.canon, r.hash)
        for r in rows
    ]
