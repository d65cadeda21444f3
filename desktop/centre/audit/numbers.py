"""Letters' numbers: gapless by office and year, up to the last that was taken, but for those that a
restored centre skipped and told of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.centre.audit.chains import texts_of_kind
from desktop.centre.numbers import taken as numbers_taken
from desktop.centre.recovering import skipping
from desktop.centre.tables import LetterRow
from desktop.domain.consultation import Consulted, ConsulteeReminded
from desktop.domain.discrepancy import Discrepancy, Wrong
from desktop.domain.minutes import Minutes
from desktop.domain.office import MUNICIPALITY
from desktop.domain.office_letter import OfficeLetter
from desktop.domain.stream import Published, Topic
from desktop.forms.published_values import published_value
from desktop.wire.codec import decode_fact

_OF_CASES = (Consulted.kind, ConsulteeReminded.kind)


def numbers(session: Session) -> Iterator[Discrepancy]:
    """Those of offices by their letters, the municipality's own by the facts that carry them."""
    taken, skipped = numbers_taken(session), skipping.skipped(session)
    own = (LetterRow.office, LetterRow.year)
    asked = select(*own, func.count(), func.max(LetterRow.serial)).group_by(*own)
    found = {(office, year): (count, last) for office, year, count, last in session.execute(asked)}
    municipal = _municipal(session)
    for year, serials in municipal.items():
        found[MUNICIPALITY, year] = (len(serials), max(serials))
    for place in sorted({*found, *taken}):
        office, year = place
        count, last = found.get(place, (0, 0))
        told_of = skipped.get(place, set())
        if taken.get(place, 0) != max(last, *told_of, 0):
            told = f"the last number taken is {taken.get(place)}, the last letter's {last}"
            yield Discrepancy(Wrong.NUMBER, f"{year}/{office}", told)
        if count == last:
            continue
        known = municipal.get(year, set()) if office == MUNICIPALITY else None
        yield from _gaps(session, office, year, known, told_of)


def _municipal(session: Session) -> dict[int, set[int]]:
    """By Jalali year the serials of letters to other bodies and offices, and of minutes."""
    found: dict[int, set[int]] = {}
    for number in _municipal_numbers(session):
        year, _, serial = number.partition("/")
        found.setdefault(int(year), set()).add(int(serial))
    return found


def _municipal_numbers(session: Session) -> Iterator[str]:
    for kind in _OF_CASES:
        for _, _, canon in texts_of_kind(session, kind):
            told = decode_fact(canon).payload
            if not isinstance(told, Consulted | ConsulteeReminded):
                continue
            # One that the office's own letter asks has that letter's number.
            if told.number.count("/") == 1:
                yield told.number
    for _, _, canon in texts_of_kind(session, Published.kind):
        said = decode_fact(canon).payload
        if not isinstance(said, Published):
            continue
        if said.topic == Topic.OFFICE_LETTER:
            yield published_value(OfficeLetter, said.text).number
        elif said.topic == Topic.MINUTES:
            yield published_value(Minutes, said.text).number


def _gaps(
    session: Session, office: str, year: int, known: set[int] | None, told_of: set[int]
) -> Iterator[Discrepancy]:
    serials = known
    if serials is None:
        asked = select(LetterRow.serial).where(LetterRow.office == office, LetterRow.year == year)
        serials = set(session.scalars(asked))
    # What a restored centre skipped, and told so, is no gap; nor one that came back all the same.
    for before, serial in pairwise((0, *sorted(serials | told_of))):
        if serial > before + 1:
            first, last = before + 1, serial - 1
            named = f"{first}" if first == last else f"{first} to {last}"
            yield Discrepancy(Wrong.NUMBER, f"{year}/{office}/{named}", "no letter has it")
