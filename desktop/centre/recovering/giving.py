"""Desks give back what the restored copy has not: the calls by which they do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.recovering import standing
from desktop.centre.recovering.adopted import adopt
from desktop.centre.recovering.opening import open_if_all_came
from desktop.centre.recovery_tables import GaveBackRow, GivenFactRow, GivingTurnRow
from desktop.centre.shares import Busy
from desktop.centre.streams import lock_streams, reached
from desktop.centre.tables import DeviceRow
from desktop.domain.errors import Refusal
from desktop.domain.stream import CITY, office_stream
from desktop.sql.missing import put_rows
from desktop.wire.canon import link_hash
from desktop.wire.codec import Unreadable, decode_fact
from desktop.wire.recovery import (
    GiveBackAnswer,
    GiveBackAsk,
    ReachedBody,
    RecoveryAnswer,
    RecoveryAsk,
)

_AWAITED_S, _SILENT_S = 120.0, 10.0
_OPEN = "مرکز دوباره باز شده است؛ دیگر چیزی پس گرفته نمی‌شود."
_ANOTHERS = "این جریان از آنِ دفتر دیگری است."
_UNSIGNED = "آنچه این رایانه دارد به امضای مرکز نمی‌رسد؛ پس گرفته نشد."
_UNREADABLE = "آنچه این رایانه دارد از برنامهٔ تازه‌تری است؛ نخست برنامهٔ مرکز را به‌روز کنید."


class AnothersTurn(Busy):
    """Another desk gives the stream back: who comes behind it has little left to give, or nothing.

    It is waited for while it goes on, for two minutes at most: who gives without end, or what the
    centre never signed, keeps nobody away.
    """


def recovery(
    session: Session, centre: Centre, device: DeviceRow, ask: RecoveryAsk, at: datetime
) -> RecoveryAnswer:
    """How far the centre has come with the desk's streams; with all given, that it has.

    Once every desk at work has, acts are taken again.
    """
    row = standing.restored(session)
    if ask.given:
        told = {"epoch": row.epoch, "device_id": device.device_id, "at": at}
        put_rows(session, GaveBackRow, told | {"records_as_of": ask.records_as_of})
        if standing.takes_back(row):
            # Behind the commit: of two that are the last, one sees both.
            centre.after(session, partial(open_if_all_came, centre))
    heads = reached(session, (CITY, office_stream(device.office)))
    return RecoveryAnswer(
        epoch=row.epoch,
        former=row.lives.split(),
        open=not standing.takes_back(row),
        copied_at=row.copied_at,
        reached=[
            ReachedBody(stream=name, pos=pos, hash=chain)
            for name, (pos, chain) in sorted(
                (name, _given_to(session, device, name, *head)) for name, head in heads.items()
            )
        ],
    )


def give_back(
    session: Session, centre: Centre, device: DeviceRow, ask: GiveBackAsk, at: datetime
) -> GiveBackAnswer | Refusal:
    """Take facts of a stream behind those that are here, which the desk was told before the copy
    was made the centre: none counts until a head that the centre signed is reached.

    Asked from another place than where the stream ends now, nothing is taken and that is told. A
    Refusal for what does not lead to the signed head is given, not raised: what came is dropped.
    Raises AnothersTurn.
    """
    row = standing.restored(session, hold=True)
    if not standing.takes_back(row):
        raise Refusal(_OPEN)
    if ask.stream not in (CITY, office_stream(device.office)):
        raise Refusal(_ANOTHERS)
    head = ask.head.of(ask.stream)
    signed = head.is_signed(centre.keys.heads.public, centre.identity.centre)
    # Of the life that was lost alone: what an earlier one told and it went on without is no more.
    if head.epoch != row.former or not signed:
        raise Refusal(_UNSIGNED)
    stream = lock_streams(session, [ask.stream])[ask.stream]
    pos, chain = _given_to(session, device, stream.name, stream.pos, stream.hash)
    if pos == stream.pos:
        # Another desk of the office has given more meanwhile.
        _drop(session, device, ask.stream)
    if ask.after != pos or head.pos <= pos:
        return GiveBackAnswer(pos=pos, hash=chain)
    _take_turn(session, device, ask.stream, at)
    rows: list[dict[str, Any]] = []
    for text in ask.facts:
        pos, chain = pos + 1, link_hash(chain, text)
        _demand_place(text, ask.stream, pos)
        told = {"device_id": device.device_id, "stream": ask.stream, "pos": pos}
        rows.append(told | {"canon": text, "hash": chain})
    if not rows or pos > head.pos:
        raise Refusal(_UNSIGNED)
    session.execute(insert(GivenFactRow), rows)
    if pos == head.pos:
        if chain != head.hash:
            _drop(session, device, ask.stream)
            return Refusal(_UNSIGNED)
        adopt(session, stream, _given(session, device, ask.stream), row.epoch)
        _drop(session, device, ask.stream)
    return GiveBackAnswer(pos=pos, hash=chain)


def _take_turn(session: Session, device: DeviceRow, stream: str, at: datetime) -> None:
    """The device gives the stream, which is locked. Raises AnothersTurn."""
    turn = session.get(GivingTurnRow, stream)
    if turn is not None and turn.device_id == device.device_id:
        turn.last_at = at
        return
    if turn is not None:
        # Of moments ahead a clock tells that was put back since.
        goes_on = abs(at - turn.last_at) < timedelta(seconds=_SILENT_S)
        if goes_on and abs(at - turn.begun_at) < timedelta(seconds=_AWAITED_S):
            raise AnothersTurn(f"{stream} is given back by {turn.device_id}")
        session.delete(turn)
        session.flush()
    own = {"stream": stream, "device_id": device.device_id}
    session.add(GivingTurnRow(**own, begun_at=at, last_at=at))


def _given_to(
    session: Session, device: DeviceRow, stream: str, pos: int, chain: str
) -> tuple[int, str]:
    """How far the device has given the stream behind its head, and the chain there; where another
    one has given more since, the head itself."""
    own = {"device_id": device.device_id, "stream": stream}
    first = session.scalar(select(func.min(GivenFactRow.pos)).filter_by(**own))
    if first != pos + 1:
        return pos, chain
    given = select(GivenFactRow.pos, GivenFactRow.hash).filter_by(**own)
    last = session.execute(given.order_by(GivenFactRow.pos.desc()).limit(1)).one()
    return last.pos, last.hash


def _given(session: Session, device: DeviceRow, stream: str) -> Sequence[GivenFactRow]:
    own = select(GivenFactRow).filter_by(device_id=device.device_id, stream=stream)
    return session.scalars(own.order_by(GivenFactRow.pos)).all()


def _drop(session: Session, device: DeviceRow, stream: str) -> None:
    """What the device gave of the stream is no longer needed, nor waited for."""
    own = {"device_id": device.device_id, "stream": stream}
    session.execute(delete(GivenFactRow).filter_by(**own))
    session.execute(delete(GivingTurnRow).filter_by(**own))


def _demand_place(text: str, stream: str, pos: int) -> None:
    try:
        fact = decode_fact(text)
    except Unreadable:
        raise Refusal(_UNREADABLE) from None
    if (fact.stream, fact.pos) != (stream, pos):
        raise Refusal(_UNSIGNED)
