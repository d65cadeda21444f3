"""The chains of looks at the centre: lines are appended, come from desks, and are gone over."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from desktop.centre.context import Centre, day_of
from desktop.centre.people import of_office
from desktop.centre.reading_tables import ReadingBreakRow, ReadingHeadRow, ReadingLineRow
from desktop.centre.reference import NoFigures
from desktop.centre.tables import CaseRow, DeviceRow
from desktop.domain.office import MUNICIPALITY
from desktop.domain.reading import WORK_AFTER, WORK_BEFORE, Reading
from desktop.domain.stream import office_stream
from desktop.sql.missing import make_missing
from desktop.wire.canon import GENESIS, link_hash
from desktop.wire.readings import TellReadingsAnswer, TellReadingsAsk, line_text, read_line

_log = logging.getLogger(__name__)
# So far back in a chain is looked for the beginning of a run.
_TAIL = 200
_AT_ONCE = 500


@dataclass(frozen=True)
class _Line:
    """A line on its way into a chain; without a look where its text could not be read."""

    seq: int
    look: Reading | None
    canon: str
    hash: str


@dataclass(frozen=True)
class _CaseOf:
    tracking: str
    code: str


_Runs: TypeAlias = dict[tuple[str, ...], tuple[int, Reading]]
"""By who looks at what: the place and the look that began the last run of it."""


def append(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    looks: Sequence[Reading],
    at: datetime,
    *,
    goes_on: bool = False,
) -> None:
    """Put what the centre itself told to somebody at the device at the end of its own chain.

    Where the call only `goes_on` with what was begun, looks that are in a run already are none.
    """
    chain = chain_of(device.device_id)
    head = _locked(session, chain)
    if goes_on:
        runs = _runs(session, head)
        looks = [each for each in looks if not _is_in(runs, each)]
    lines, held = [], head.hash
    for seq, look in enumerate(looks, start=head.seq + 1):
        canon = line_text(chain, seq, look)
        held = link_hash(held, canon)
        lines.append(_Line(seq, look, canon, held))
    # Also a case of another office's, which it told for its code.
    _put(session, centre, device, head, lines, at, sees=MUNICIPALITY)


def _is_in(runs: _Runs, look: Reading) -> bool:
    known = runs.get(look.thing)
    return known is not None and look.follows(known[1])


def chain_of(device_id: str) -> str:
    """The chain of what the centre tells at the device; what the device gives has its id."""
    return f"centre:{device_id}"


def told(
    session: Session, centre: Centre, device: DeviceRow, ask: TellReadingsAsk, at: datetime
) -> TellReadingsAnswer:
    """Take the lines of a desk's own chain; those that are here already change nothing.

    All that is new is kept, also where it does not go on from what was told before: the place is
    kept with it, and told. Of what comes after a gap nothing is taken: what lies in it comes first.
    """
    chain = device.device_id
    head = _locked(session, chain)
    if ask.after > head.seq:
        return TellReadingsAnswer(taken_to=head.seq)
    known = ask.lines[: head.seq - ask.after]
    fresh = ask.lines[head.seq - ask.after :]
    if known and not _same(session, chain, ask.after, known):
        _broken(session, device, ask.after + 1, at)
    if not fresh:
        return TellReadingsAnswer(taken_to=head.seq)
    # The hash at the line before the new ones, as the desk has it.
    held = ask.before
    for canon in known:
        held = link_hash(held, canon)
    if held != head.hash:
        _broken(session, device, head.seq + 1, at)
    lines, held, own = [], head.hash, of_office(session, device.office)
    for seq, canon in enumerate(fresh, start=head.seq + 1):
        held = link_hash(held, canon)
        look = _read(chain, seq, canon)
        if look is not None and look.actor and look.actor not in own:
            # A desk's looks are its own people's; in another's name they count for nobody.
            look = None
        if look is None:
            _broken(session, device, seq, at)
        lines.append(_Line(seq, look, canon, held))
    if lines[-1].hash != ask.hash:
        last = lines[-1]
        _broken(session, device, last.seq, at)
        # The desk goes on from its own hash, and so does the chain; that line is told as wrong.
        lines[-1] = _Line(last.seq, last.look, last.canon, ask.hash)
    _put(session, centre, device, head, lines, at, sees=device.office)
    return TellReadingsAnswer(taken_to=head.seq)


def wrong_lines(session: Session) -> Iterator[tuple[str, int]]:
    """Chain and place of every line whose hash is not what its text and the one before make it, and
    of the first that is missing at a chain's end."""
    row, ends = ReadingLineRow, dict[str, tuple[int, str]]()
    query = select(row.chain, row.seq, row.canon, row.hash).order_by(row.chain, row.seq)
    chain, expected, held = "", 1, GENESIS
    for line in session.execute(query).yield_per(_AT_ONCE):
        if line.chain != chain:
            chain, expected, held = line.chain, 1, GENESIS
        if line.seq != expected or link_hash(held, line.canon) != line.hash:
            yield line.chain, line.seq
        expected, held = line.seq + 1, line.hash
        ends[chain] = (line.seq, line.hash)
    for head in session.scalars(select(ReadingHeadRow).order_by(ReadingHeadRow.chain)):
        seq, last = ends.pop(head.chain, (0, GENESIS))
        if (seq, last) != (head.seq, head.hash):
            yield head.chain, seq + 1
    yield from ((chain, seq + 1) for chain, (seq, _) in ends.items())


def _locked(session: Session, chain: str) -> ReadingHeadRow:
    make_missing(session, ReadingHeadRow, {"chain": chain, "seq": 0, "hash": GENESIS})
    own = select(ReadingHeadRow).where(ReadingHeadRow.chain == chain)
    return session.scalars(own.with_for_update()).one()


def _same(session: Session, chain: str, after: int, texts: Sequence[str]) -> bool:
    row = ReadingLineRow
    query = select(row.canon).where(
        row.chain == chain, row.seq > after, row.seq <= after + len(texts)
    )
    return list(session.scalars(query.order_by(row.seq))) == list(texts)


def _broken(session: Session, device: DeviceRow, seq: int, at: datetime) -> None:
    _log.error("the looks of %s do not go on at %s", device.device_id, seq)
    make_missing(
        session,
        ReadingBreakRow,
        {
            "chain": device.device_id,
            "seq": seq,
            "office": device.office,
            "desk": device.desk,
            "at": at,
        },
    )


def _read(chain: str, seq: int, canon: str) -> Reading | None:
    try:
        own, place, look = read_line(canon)
    except ValueError:
        return None
    return look if (own, place) == (chain, seq) else None


def _put(
    session: Session,
    centre: Centre,
    device: DeviceRow,
    head: ReadingHeadRow,
    lines: Sequence[_Line],
    at: datetime,
    sees: str,
) -> None:
    """Put the lines at the chain's end; of cases that the office `sees` it is said which."""
    if not lines:
        return
    named = {line.look.case_id for line in lines if line.look is not None}
    cases = _cases(session, sees, named - {""})
    runs = _runs(session, head)
    rows = []
    for line in lines:
        place = {
            "chain": head.chain,
            "seq": line.seq,
            "heard_at": at,
            "office": device.office,
            "desk": device.desk,
            "canon": line.canon,
            "hash": line.hash,
        }
        rows.append(place | _columns(centre, session, device, line, cases, runs, at))
    session.execute(insert(ReadingLineRow), rows)
    head.seq, head.hash = lines[-1].seq, lines[-1].hash


def _columns(
    centre: Centre,
    session: Session,
    device: DeviceRow,
    line: _Line,
    cases: Mapping[str, _CaseOf],
    runs: _Runs,
    at: datetime,
) -> dict[str, object]:
    """What is read out of the line; of one that can't be read only when it came."""
    look = line.look
    if look is None:
        nothing = dict.fromkeys(
            ("actor", "what", "way", "case_id", "tracking", "code", "about"), ""
        )
        return {**nothing, **_moments(at), "off_hours": False, "first": line.seq}
    # What says that it is to come was seen by now.
    seen = min(look.at, at)
    case = cases.get(look.case_id)
    code = look.code or (case.code if case is not None else "")
    first, begun = runs.get(look.thing, (line.seq, look))
    if not look.follows(begun):
        first, begun = line.seq, look
    runs[look.thing] = (first, begun)
    return _moments(seen) | {
        "actor": look.actor,
        "what": look.what.value,
        "way": look.way.value,
        "case_id": look.case_id if case is not None else "",
        "tracking": case.tracking if case is not None else "",
        "code": code,
        "about": look.about,
        "off_hours": _is_off_hours(centre, session, device.office, seen),
        "first": first,
    }


def _moments(at: datetime) -> dict[str, object]:
    return {"at": at, "work_since": at - WORK_BEFORE, "work_until": at + WORK_AFTER}


def _runs(session: Session, head: ReadingHeadRow) -> _Runs:
    """The runs at the chain's end."""
    row = ReadingLineRow
    tail = select(row.seq, row.first, row.canon).where(
        row.chain == head.chain, row.seq > head.seq - _TAIL
    )
    found: _Runs = {}
    begun: dict[int, Reading] = {}
    for seq, first, canon in session.execute(tail.order_by(row.seq)):
        look = _read(head.chain, seq, canon)
        if look is not None:
            begun[seq] = look
            found[look.thing] = (first, begun.get(first, look))
    return found


def _cases(session: Session, office: str, named: Collection[str]) -> dict[str, _CaseOf]:
    """Of the cases that are named those that the office may see: what they are about."""
    if not named:
        return {}
    row, own = CaseRow, office_stream(office)
    query = select(row.case_id, row.tracking, row.code).where(row.case_id.in_(named))
    if office != MUNICIPALITY:
        query = query.where(or_(row.stream == own, row.received_in == own))
    return {each.case_id: _CaseOf(each.tracking, each.code) for each in session.execute(query)}


def _is_off_hours(centre: Centre, session: Session, office: str, at: datetime) -> bool:
    """Whether the office is shut at the moment, by the hours that it has published."""
    day = day_of(at)
    try:
        hours = centre.reference.office(session, office).on(day).hours
        calendar = centre.reference.city(session, day).calendar
    except (LookupError, NoFigures):
        # Nothing of it is published yet: nobody knows.
        return False
    return hours is not None and hours.open_until(at, calendar) is None
