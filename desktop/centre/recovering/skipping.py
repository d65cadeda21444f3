"""Numbers of letters as a restored centre opens: those that came back are spent, and what may stand
on a paper of which nobody brought word is never given to another."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre import numbers
from desktop.centre.context import day_of
from desktop.centre.recovering import standing
from desktop.centre.recovery_tables import (
    ABSENT,
    UNHEARD,
    WAITING,
    AdoptedFactRow,
    RecoveryRow,
    SkippedNumbersRow,
)
from desktop.centre.tables import FactRow, LetterRow
from desktop.domain import facts as f
from desktop.domain.calendar import jalali
from desktop.domain.consultation import Consulted, ConsulteeReminded
from desktop.domain.minutes import Minutes
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.stream import Fact, Published, Topic, office_of
from desktop.forms.published_values import published_value
from desktop.wire.codec import decode_fact

LEAST = 100
"""So many numbers are skipped for each lost day, at least."""
_DAY = timedelta(days=1)
# Each Jalali year begins with 1.
_LONGEST = timedelta(days=366)
_MUNICIPAL = (Consulted.kind, ConsulteeReminded.kind, Published.kind)
_BEARING = (*_MUNICIPAL, f.LetterIssued.kind, f.TakenOver.kind)


def settle(session: Session, row: RecoveryRow, at: datetime) -> None:
    """Spend the numbers that came back, and move on the series of which some may be on paper:
    of each office that a desk of it did not come, and the municipality's own. What is skipped by
    it is told by a row, and so is each number that lacks between those that came back.

    A number is spent before anything that a fact changes can fail.
    """
    before, borne = numbers.taken(session), defaultdict[tuple[str, int], set[int]](set)
    for office, number in _came_back(session):
        year, serial = numbers.parted(number)
        borne[office, year].add(serial)
    for (office, year), serials in sorted(borne.items()):
        numbers.spend(session, office, year, max(serials))
    missing = {each.office for each in standing.unheard(session, row)}
    lost = min(at - row.copied_at, _LONGEST)
    years = {jalali(day_of(moment))[0] for moment in (at - lost, at)}
    # The municipality's letters are read at the centre: who printed one may have been told of no
    # fact by then.
    for office in sorted({*missing, MUNICIPALITY}):
        margin = max(1, math.ceil(lost / _DAY)) * max(LEAST, _busiest_day(session, office))
        reached = numbers.taken(session)
        for year in sorted(years):
            numbers.spend(session, office, year, reached.get((office, year), 0) + margin)
    for (office, year), last in sorted(numbers.taken(session).items()):
        for first, end in _gaps(before.get((office, year), 0), last, borne[office, year]):
            why = ABSENT if office in missing else UNHEARD
            place = {"office": office, "year": year, "first": first, "last": end}
            session.add(SkippedNumbersRow(**place, epoch=row.epoch, why=why, at=at))
    session.flush()


def _gaps(before: int, last: int, borne: Iterable[int]) -> Iterator[tuple[int, int]]:
    """From where to where no number is borne, behind one and up to another."""
    for serial in sorted(each for each in {*borne, last + 1} if each > before):
        if serial > before + 1:
            yield before + 1, serial - 1
        before = serial


def _came_back(session: Session) -> Iterator[tuple[str, str]]:
    same = (FactRow.stream == AdoptedFactRow.stream) & (FactRow.pos == AdoptedFactRow.pos)
    asked = select(FactRow.canon).join(AdoptedFactRow, same)
    asked = asked.where(AdoptedFactRow.state == WAITING, AdoptedFactRow.kind.in_(_BEARING))
    for canon in session.scalars(asked):
        yield from _borne(decode_fact(canon))


def _borne(fact: Fact) -> Iterator[tuple[str, str]]:
    """The numbers of letters that the fact bears, each with whose series it is of."""
    told = fact.payload
    if isinstance(told, f.LetterIssued):
        yield office_of(fact.stream), told.letter.number
    elif isinstance(told, f.TakenOver):
        for canon in told.facts:
            yield from _borne(decode_fact(canon))
    elif isinstance(told, Consulted | ConsulteeReminded) and told.number:
        yield MUNICIPALITY, told.number
    elif isinstance(told, Published) and told.topic == Topic.OFFICE_LETTER:
        yield MUNICIPALITY, published_value(OfficeLetter, told.text).number
    elif isinstance(told, Published) and told.topic == Topic.MINUTES:
        yield MUNICIPALITY, published_value(Minutes, told.text).number


def _busiest_day(session: Session, office: str) -> int:
    """How many letters it had on the day on which it had most."""
    if office == MUNICIPALITY:
        texts = session.scalars(select(FactRow.canon).where(FactRow.kind.in_(_MUNICIPAL)))
        days = Counter(day_of(fact.at) for fact in map(decode_fact, texts) for _ in _borne(fact))
        return max(days.values(), default=0)
    a_day = select(func.count().label("letters")).where(LetterRow.office == office)
    return (
        session.scalar(select(func.max(a_day.group_by(LetterRow.issued_on).subquery().c[0]))) or 0
    )


def skipped(session: Session) -> Mapping[tuple[str, int], set[int]]:
    """By whose series and Jalali year the numbers that were skipped and told."""
    found = defaultdict[tuple[str, int], set[int]](set)
    for row in session.scalars(select(SkippedNumbersRow)):
        found[row.office, row.year].update(range(row.first, row.last + 1))
    return found
