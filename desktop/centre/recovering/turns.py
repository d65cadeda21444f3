"""In which turn facts that came back are done again, and how many of them in one transaction."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from desktop.centre.recovery_tables import WAITING, AdoptedFactRow
from desktop.centre.tables import FactRow
from desktop.domain import facts as f
from desktop.domain.stream import Fact
from desktop.sql.metadata import table_of
from desktop.wire.codec import decode_fact

BOX = 500
"""About so many facts are done in one transaction."""
_ADOPTED, _FACT = table_of(AdoptedFactRow), table_of(FactRow)
_SAME = (_FACT.c.stream == _ADOPTED.c.stream) & (_FACT.c.pos == _ADOPTED.c.pos)
_TOLD_BY = ("stream", "pos", "kind", "at", "case_id", "rev", "cause")
_WAITING = (
    select(*(_FACT.c[name] for name in _TOLD_BY))
    .join(_ADOPTED, _SAME)
    .where(_ADOPTED.c.state == WAITING)
    .order_by(_FACT.c.stream, _FACT.c.pos)
)
_TEXTS = (
    select(_FACT.c.canon)
    .join(_ADOPTED, _SAME)
    .where(
        _ADOPTED.c.state == WAITING,
        _ADOPTED.c.stream == bindparam("own_stream"),
        _ADOPTED.c.pos.between(bindparam("first"), bindparam("last")),
    )
)
Waiting: TypeAlias = Row[Any]
"""Of a fact that waits what its turn is told by (`_TOLD_BY`)."""
Box: TypeAlias = list[list[Waiting]]
"""Facts that are done in one transaction, those together that were made together."""


def boxes(session: Session) -> list[Box]:
    """All facts that wait, in the order in which they are done."""
    return list(_boxed(_together(_in_order(session.execute(_WAITING)))))


def waiting(session: Session, box: Box) -> list[list[Fact]]:
    """The facts of the box that wait still."""
    places: dict[str, list[int]] = {}
    for each in chain.from_iterable(box):
        places.setdefault(each.stream, []).append(each.pos)
    found: dict[tuple[str, int], Fact] = {}
    for stream, own in places.items():
        asked = {"own_stream": stream, "first": min(own), "last": max(own)}
        for fact in map(decode_fact, session.scalars(_TEXTS, asked)):
            found[stream, fact.pos] = fact
    there = (some for some in box if (some[0].stream, some[0].pos) in found)
    return [[found[each.stream, each.pos] for each in some] for some in there]


def _in_order(facts: Iterable[Waiting]) -> Iterator[Waiting]:
    """Each stream in the order of its places, of all streams what was earliest; of a case in two
    streams what was told first."""
    streams: dict[str, deque[Waiting]] = {}
    pending: Counter[tuple[str, int]] = Counter()
    for fact in facts:
        streams.setdefault(fact.stream, deque()).append(fact)
        pending[fact.case_id, fact.rev] += 1
    nexts = [(told[0].at, stream) for stream, told in streams.items()]
    heapify(nexts)
    # Streams whose next fact waits for what another one tells of its case.
    behind: dict[tuple[str, int], list[tuple[datetime, str]]] = {}
    while nexts or behind:
        # Where all wait for each other, none does.
        if knot := not nexts:
            nexts = sorted(chain.from_iterable(behind.values()))
            behind.clear()
        at, stream = heappop(nexts)
        told = streams[stream]
        first = told[0]
        before = (first.case_id, first.rev - 1)
        if first.rev > 1 and pending[before] and not knot:
            behind.setdefault(before, []).append((at, stream))
            continue
        yield told.popleft()
        own = (first.case_id, first.rev)
        pending[own] -= 1
        for each in () if pending[own] else behind.pop(own, ()):
            heappush(nexts, each)
        if told:
            heappush(nexts, (told[0].at, stream))


def _together(facts: Iterable[Waiting]) -> Iterator[list[Waiting]]:
    """A case's facts that one transaction made one after the other, up to where it was decided
    anew: so they were projected, and no state in between is counted."""
    some: list[Waiting] = []
    for fact in facts:
        if some and not _goes_on(some[-1], fact):
            yield some
            some = []
        some.append(fact)
    if some:
        yield some


def _goes_on(last: Waiting, fact: Waiting) -> bool:
    same = (fact.stream, fact.case_id, fact.cause, fact.at) == (
        last.stream, last.case_id, last.cause, last.at,
    )  # fmt: skip
    return same and bool(fact.case_id) and fact.kind != f.Decided.kind


def _boxed(all_: Iterable[list[Waiting]]) -> Iterator[Box]:
    """`BOX` facts at a time, and what belongs together to the last of them."""
    box: Box = []
    size = 0
    for some in all_:
        box.append(some)
        size += len(some)
        if size >= BOX:
            yield box
            box, size = [], 0
    if box:
        yield box
