"""A whole audit, part by part, of one moment of the database; at a city in several processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from desktop.centre.audit import (
    beside,
    cases,
    chains,
    devices,
    heads,
    lists,
    numbers,
    offices,
    outcomes,
    people,
    sheets,
)
from desktop.centre.audit.known import Known, known_of
from desktop.centre.context import Centre
from desktop.centre.tables import StreamRow
from desktop.domain.discrepancy import RUBBISH, Discrepancy, Wrong
from desktop.domain.stream import DeviceTold
from desktop.sql.engine import LONG, limited, reader
from desktop.wire.heads import SignedHead

_Share = tuple[str, str]
"""A part by its name, and a share of it by that one's; empty for a part that has none."""
# Of fewer facts one process has told all before another has begun.
_MANY = 20_000
_UNLIMITED = limited(replace(LONG, silence=0))
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True)
class _Part:
    """What is looked over: whole, or by the `shares` that it names, each with all that is of it."""

    look: Callable[..., Iterable[Discrepancy]]
    shares: Callable[[Session], Sequence[str]] | None = None


_Parts = Mapping[str, _Part]


def audit(
    centre: Centre,
    kept: Sequence[SignedHead] = (),
    begun: Callable[[str], None] = lambda _: None,
    *,
    noted: Sequence[DeviceTold] | None = None,
    papers: bool = True,
    processes: int = 1,
) -> Iterator[Discrepancy]:
    """All findings; `kept` are signed heads that others kept, `noted` the devices in the file
    beside the keys, `begun` is told each part's name.

    Nothing is locked, and nothing is written: a centre at work goes on. Without `papers` those of
    citizens are not read, of which a city has many gigabytes. A city's facts are told again by so
    many `processes` on PostgreSQL; a file of SQLite has one.
    """
    with centre.reader.connect().execution_options(**_UNLIMITED) as connection, connection.begin():
        session = Session(connection)
        known = known_of(session, centre, kept, noted)
        facts = session.scalar(select(func.sum(StreamRow.pos))) or 0
        if processes > 1 and facts >= _MANY and connection.dialect.name == "postgresql":
            yield from _by_several(connection, known, begun, processes, papers=papers)
        else:
            yield from _in_turn(session, known, begun, papers=papers)


def look_over(
    session: Session,
    centre: Centre,
    kept: Sequence[SignedHead] = (),
    begun: Callable[[str], None] = lambda _: None,
    *,
    noted: Sequence[DeviceTold] | None = None,
    papers: bool = True,
) -> Iterator[Discrepancy]:
    """As `audit`, of what the session sees."""
    known = known_of(session, centre, kept, noted)
    yield from _in_turn(session, known, begun, papers=papers)


def _in_turn(
    session: Session, known: Known, begun: Callable[[str], None], *, papers: bool
) -> Iterator[Discrepancy]:
    parts = _parts(known, papers=papers)
    for part, shares in _shares(session, parts).items():
        begun(part)
        for share in shares:
            yield from _looked_over(session, parts, share)


def _by_several(
    connection: Connection,
    known: Known,
    begun: Callable[[str], None],
    processes: int,
    *,
    papers: bool,
) -> Iterator[Discrepancy]:
    """As `_in_turn`, by processes that all see what this connection sees."""
    shares = _shares(Session(connection), _parts(known, papers=papers))
    moment = connection.execute(select(func.pg_export_snapshot())).scalar_one()
    address = connection.engine.url.render_as_string(hide_password=False)
    begin = partial(_begin, address, moment, known)
    pool = ProcessPoolExecutor(processes, _SPAWN, begin)
    try:
        found = pool.map(_looked_over_here, [each for own in shares.values() for each in own])
        for part, own in shares.items():
            begun(part)
            for _ in own:
                yield from next(found)
    finally:
        pool.shutdown(cancel_futures=True)


class _Here:
    """What a process of several has: its session, at everybody's moment, and the parts."""

    session: Session
    parts: _Parts


def _begin(address: str, moment: str, known: Known) -> None:
    connection = reader(address, moment).connect().execution_options(**_UNLIMITED)
    connection.begin()
    _Here.session, _Here.parts = Session(connection), _parts(known, papers=True)


def _looked_over_here(share: _Share) -> list[Discrepancy]:
    return list(_looked_over(_Here.session, _Here.parts, share))


def _shares(session: Session, parts: _Parts) -> Mapping[str, Sequence[_Share]]:
    """All that is looked over, by its part."""
    return {
        name: [(name, share) for share in part.shares(session)] if part.shares else [(name, "")]
        for name, part in parts.items()
    }


def _looked_over(session: Session, parts: _Parts, share: _Share) -> Iterator[Discrepancy]:
    name, own = share
    part = parts[name]
    try:
        yield from part.look(session, own) if part.shares else part.look(session)
    except RUBBISH as fault:
        # Whoever plants what nobody can read does not hide the rest by it.
        where = f"{name} {own}".strip()
        yield Discrepancy(Wrong.UNREADABLE, where, type(fault).__name__)


def _parts(known: Known, *, papers: bool) -> _Parts:
    """What has many shares comes last: so no process waits long for another's end."""
    parts = {
        "streams": _Part(chains.stream, chains.streams),
        "desks' queues": _Part(chains.queue, chains.queues),
        "stamped sheets": _Part(sheets.stamped),
        "acts and how they ended": _Part(outcomes.outcomes),
        "sums": _Part(beside.sums, lambda _: beside.SUMS),
        "who looked at what": _Part(beside.readings),
        "signed heads": _Part(partial(heads.own, known=known)),
        "heads that were kept": _Part(partial(heads.given, known=known)),
        "the centre's life": _Part(partial(heads.life, known=known)),
        "cases without a row": _Part(cases.without_row),
        "inspectors' half-days": _Part(lists.half_days),
        "letters without a case": _Part(cases.strangers),
        "numbers": _Part(numbers.numbers),
        "devices": _Part(partial(devices.devices, known=known)),
        "offices": _Part(offices.offices),
        "people and their keys": _Part(people.people),
        "papers that are doubted": _Part(sheets.told_of_papers),
        "publications": _Part(beside.publications),
        "closed days": _Part(beside.closed_days),
        "papers that are named": _Part(partial(beside.named, known=known)),
        "acts and who signed them": _Part(partial(people.acts, known=known), chains.queues),
        "cases and letters": _Part(partial(cases.cases, known=known), cases.streams),
    }
    if papers:
        parts["papers"] = _Part(beside.papers, lambda _: beside.DIGITS)
    return parts
