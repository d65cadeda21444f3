"""Appending facts to streams, each gapless and chained, and reading them back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, insert, literal, select, union_all
from sqlalchemy.orm import Session

from desktop.centre.context import Centre
from desktop.centre.tables import CaseRow, FactRow, PassageRow, StreamRow
from desktop.chance import new_id
from desktop.domain.applying import case_of
from desktop.domain.case import Case
from desktop.domain.errors import Refusal
from desktop.domain.people import Staff
from desktop.domain.stream import CITY, Fact, Payload
from desktop.sql import memo
from desktop.sql.metadata import table_of
from desktop.sql.missing import make_missing
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.codec import decode_fact, encode_fact, unfolded
from desktop.wire.payloads import Slice, attested

SLICE = 500
_BEYOND = "این رایانه بیش از آنچه مرکز دارد خوانده است؛ با مرکز تماس بگیرید."
_FACTS, _CASE, _GATHERED = "facts", "case", "gathered facts"
_FACT, _STREAM = table_of(FactRow), table_of(StreamRow)
_APPEND = insert(_FACT)
_NAMED: BindParameter[list[str]] = bindparam("names", expanding=True)
_LOCKED = (
    select(StreamRow)
    .where(StreamRow.name.in_(_NAMED))
    .order_by(StreamRow.name)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_HEADS = select(_STREAM).where(_STREAM.c.name.in_(_NAMED))
_AFTER = (
    select(_FACT.c.pos, _FACT.c.canon, _FACT.c.hash)
    .where(_FACT.c.stream == bindparam("stream"), _FACT.c.pos > bindparam("pos"))
    .order_by(_FACT.c.pos)
    .limit(SLICE + 1)
)
_CASE_ROW, _PASSAGE = table_of(CaseRow), table_of(PassageRow)
_CASES: BindParameter[list[str]] = bindparam("cases", expanding=True)
_HOMES = union_all(
    select(_CASE_ROW.c.case_id, _CASE_ROW.c.stream, literal(0).label("left")).where(
        _CASE_ROW.c.case_id.in_(_CASES)
    ),
    select(_PASSAGE.c.case_id, _PASSAGE.c.stream, _PASSAGE.c.rev).where(
        _PASSAGE.c.case_id.in_(_CASES)
    ),
)


def lock_streams(session: Session, names: Iterable[str]) -> dict[str, StreamRow]:
    """The rows of these streams, made where missing, locked in the order of their names."""
    wanted = sorted(set(names))
    rows = {row.name: row for row in session.scalars(_LOCKED, {"names": wanted})}
    if missing := [name for name in wanted if name not in rows]:
        begun = [{"name": name, "pos": 0, "hash": GENESIS} for name in missing]
        make_missing(session, StreamRow, *begun)
        rows = {row.name: row for row in session.scalars(_LOCKED, {"names": wanted})}
    memo.forget_all(session)
    return rows


def hold_city(session: Session, *, waiting: bool = True) -> bool:
    """Nobody publishes until the transaction ends; others may hold the city as well. Not `waiting`
    it gives up at once where somebody publishes, and says so.

    For who sells a place or moves one: before the streams of offices, as in the order of names.
    """
    held = select(StreamRow.name).where(StreamRow.name == CITY)
    found = session.scalar(held.with_for_update(read=True, skip_locked=not waiting))
    memo.forget_all(session)
    return found is not None


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """The facts that are appended in the block are written together at its end, if it ends well.

    Until then the cases are known from memory: nothing in the block reads facts by SQL that it has
    appended itself.
    """
    rows: list[dict[str, Any]] = []
    session.info[_GATHERED] = rows
    try:
        yield
    finally:
        del session.info[_GATHERED]
    _write(session, rows)


def append(
    session: Session,
    stream: StreamRow,
    payloads: Iterable[Payload],
    *,
    case_id: str,
    rev: int,
    cause: str,
    actor: Staff,
    at: datetime,
    copied: bool = False,
) -> list[Fact]:
    """The payloads as facts at the stream's end; the stream's row must be locked.

    `rev` is the case's revision before them; facts that are no case's have an empty `case_id`. What
    is `copied` is told to an office that the case has left: it is no more of its facts by it.
    """
    facts = []
    rows = []
    for payload in payloads:
        stream.pos += 1
        rev += 1 if case_id else 0
        fact = Fact(
            fact_id=new_id(),
            stream=stream.name,
            pos=stream.pos,
            case_id=case_id,
            rev=rev,
            cause=cause,
            actor=actor.staff_id,
            actor_name=actor.signed,
            at=at,
            payload=payload,
        )
        canon = encode_fact(fact)
        stream.hash = link_hash(stream.hash, canon)
        facts.append(fact)
        rows.append(
            {
                "stream": fact.stream,
                "pos": fact.pos,
                "fact_id": fact.fact_id,
                "case_id": case_id,
                "rev": rev,
                "cause": cause,
                "kind": fact.kind,
                "at": at,
                "canon": canon,
                "hash": stream.hash,
            }
        )
    gathered = session.info.get(_GATHERED)
    if gathered is None:
        _write(session, rows)
    else:
        gathered.extend(rows)
    if case_id and not copied:
        known = memo.known(session, (_FACTS, case_id))
        if known is not None:
            memo.put(session, (_FACTS, case_id), (*known, *facts))
        memo.forget(session, (_CASE, case_id))
    return facts


def _write(session: Session, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(_APPEND, rows)


def homes(session: Session, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By case that is known: the stream it is in, then those that it has left."""
    found: dict[str, tuple[str, ...]] = {}
    rows = session.execute(_HOMES, {"cases": list(case_ids)})
    for case_id, stream, _ in sorted(rows, key=lambda row: row.left):
        found[case_id] = (*found.get(case_id, ()), stream)
    return found


def case_texts(session: Session, case_id: str) -> list[str]:
    """The canonical texts of a case's facts in `rev` order, those of former streams too."""
    home = select(CaseRow.stream).where(CaseRow.case_id == case_id).scalar_subquery()
    own = (FactRow.stream == home, FactRow.case_id == case_id, FactRow.rev > 0)
    query = select(FactRow.kind, FactRow.canon).where(*own)
    return unfolded((kind, canon) for kind, canon in session.execute(query.order_by(FactRow.rev)))


def load_facts(session: Session, case_id: str) -> tuple[Fact, ...]:
    """The facts of a case in `rev` order."""
    return memo.once(
        session,
        (_FACTS, case_id),
        lambda: tuple(decode_fact(text) for text in case_texts(session, case_id)),
    )


def load_case(session: Session, case_id: str) -> Case | None:
    """The case by its facts; None when there are none."""
    return memo.once(session, (_CASE, case_id), lambda: case_of(load_facts(session, case_id)))


def load_cases(session: Session, case_ids: Collection[str]) -> dict[str, Case]:
    """These cases by their facts, asked for at once; those that have none are left out."""
    told = texts_of(session, case_ids)
    cases = {case_id: case_of(map(decode_fact, own)) for case_id, own in told.items()}
    return {case_id: case for case_id, case in cases.items() if case is not None}


def texts_of(session: Session, case_ids: Collection[str]) -> dict[str, list[str]]:
    """By case, the canonical texts of its facts in `rev` order, asked for at once."""
    home = (FactRow.stream == CaseRow.stream) & (FactRow.case_id == CaseRow.case_id)
    query = select(FactRow.case_id, FactRow.kind, FactRow.canon).join(CaseRow, home)
    query = query.where(CaseRow.case_id.in_(case_ids), FactRow.rev > 0)
    told: dict[str, list[tuple[str, str]]] = {}
    for case_id, kind, canon in session.execute(query.order_by(FactRow.case_id, FactRow.rev)):
        told.setdefault(case_id, []).append((kind, canon))
    return {case_id: unfolded(own) for case_id, own in told.items()}


def know_case(session: Session, case: Case, facts: tuple[Fact, ...] | None = None) -> None:
    """This is the case as its facts, the last ones appended too, have made it; these `facts`, where
    others follow them that have not been gone through yet."""
    memo.put(session, (_CASE, case.case_id), case)
    if facts is not None:
        memo.put(session, (_FACTS, case.case_id), facts)


def is_read(session: Session, case_id: str) -> bool:
    """Whether the case's facts are known in this transaction."""
    return memo.known(session, (_FACTS, case_id)) is not None


def read_ahead(session: Session, known: Mapping[str, str], new: Iterable[str]) -> None:
    """Read the facts of these `known` cases at once, each of its stream; the `new` ones have none.

    The streams must be locked.
    """
    told: dict[str, list[tuple[str, str]]] = {case_id: [] for case_id in known}
    for stream in sorted(set(known.values())):
        ids = [case_id for case_id, home in known.items() if home == stream]
        own = (FactRow.stream == stream, FactRow.case_id.in_(ids), FactRow.rev > 0)
        query = select(FactRow.case_id, FactRow.kind, FactRow.canon).where(*own)
        for case_id, kind, canon in session.execute(query.order_by(FactRow.case_id, FactRow.rev)):
            told[case_id].append((kind, canon))
    for case_id, each in told.items():
        memo.put(session, (_FACTS, case_id), tuple(map(decode_fact, unfolded(each))))
    for case_id in new:
        memo.put(session, (_FACTS, case_id), ())


def slices_after(
    session: Session, centre: Centre, cursors: Mapping[str, int], now: datetime
) -> list[Slice]:
    """Of each stream at most `SLICE` facts after its cursor, signed.

    Raises Refusal for a cursor beyond the stream's head: no such head is ever signed.
    """
    if not cursors:
        return []
    heads = reached(session, cursors)
    return [
        _slice(session, centre, name, cursors[name], heads[name], now) for name in sorted(cursors)
    ]


def heads_of(session: Session, names: Iterable[str]) -> dict[str, int]:
    """How far each of these streams has come; 0 where nothing was ever told."""
    return {name: pos for name, (pos, _) in reached(session, names).items()}


def reached(session: Session, names: Iterable[str]) -> dict[str, tuple[int, str]]:
    """How far each of these streams has come, and its chain there."""
    wanted = list(names)
    found = session.execute(_HEADS, {"names": wanted})
    known = {row.name: (row.pos, row.hash) for row in found}
    return dict.fromkeys(wanted, (0, GENESIS)) | known


def _slice(
    session: Session,
    centre: Centre,
    name: str,
    after: int,
    head: tuple[int, str],
    now: datetime,
) -> Slice:
    if after > head[0]:
        raise Refusal(_BEYOND)
    # Most streams have nothing new for most calls.
    asked = {"stream": name, "pos": after}
    rows = session.execute(_AFTER, asked).all() if head[0] > after else []
    more = len(rows) > SLICE
    rows = rows[:SLICE]
    if rows:
        pos, chain = rows[-1].pos, rows[-1].hash
    else:
        pos, chain = after, head[1] if head[0] == after else _hash_at(session, name, after)
    own = centre.identity
    return Slice(
        stream=name,
        after=after,
        facts=[row.canon for row in rows],
        pos=pos,
        hash=chain,
        more=more,
        epoch=own.epoch,
        time=now,
        signature=centre.keys.heads.sign(attested(own.centre, name, pos, chain, own.epoch, now)),
    )


def _hash_at(session: Session, name: str, pos: int) -> str:
    if pos == 0:
        return GENESIS
    found = select(FactRow.hash).where(FactRow.stream == name, FactRow.pos == pos)
    return session.scalars(found).one_or_none() or GENESIS
